#pragma once

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>

#include "results/text_table.hpp"

namespace truce::cli {

/// Help that fits the terminal: CLI11 leaves long lines as they are.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_help(const CLI::App* app, std::string name,
                        CLI::AppFormatMode mode) const override {
    const std::string help = CLI::Formatter::make_help(app, std::move(name), mode);
    std::string text;
    for (std::size_t at = 0; at < help.size();) {
      const std::size_t end = std::min(help.find('\n', at), help.size());
      text += fitted(help.substr(at, end - at)) + "\n";
      at = end + 1;
    }
    return text;
  }

 private:
  [[nodiscard]] std::string fitted(const std::string& line) const {
    const std::size_t start = std::min(line.find_first_not_of(' '), line.size());
    // A command that goes on in the next line can be pasted.
    if (line.starts_with("Example: ")) {
      std::string text = results::wrapped(line, 4, results::usual_columns - 2);
      for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 3) {
        text.insert(at, " \\");
      }
      return text;
    }
    // Options and verbs stand two blanks in, and what is said of them in a column.
    return results::wrapped(line, start == 2 ? get_column_width() : start);
  }
};

}  // namespace truce::cli
