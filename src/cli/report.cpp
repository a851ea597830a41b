#include "cli/report.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <string_view>

#include "results/controlled_text.hpp"
#include "results/summary_json.hpp"
#include "results/summary_text.hpp"
#include "results/text_table.hpp"

namespace truce::cli {

namespace {

/// Whether the locale says that the terminal shows more than ASCII.
results::Glyphs glyphs() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view locale = value;
    const bool unicode = locale.find("UTF-8") != std::string_view::npos ||
                         locale.find("utf8") != std::string_view::npos;
    return unicode ? results::Glyphs::unicode : results::Glyphs::ascii;
  }
  return results::Glyphs::ascii;
}

}  // namespace

std::size_t screen_columns() {
  constexpr std::size_t least = 80;
  winsize size{};
  const bool known = ::isatty(STDOUT_FILENO) == 1 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
  return known ? std::max<std::size_t>(size.ws_col, least) : least;
}

std::string fitted(const std::string& text) {
  return results::wrapped(text, 2, screen_columns());
}

nlohmann::ordered_json summary_report(const results::RunReader& run,
                                      const std::vector<std::string>& outcomes) {
  nlohmann::ordered_json report = results::summary_json(run.summary());
  for (const std::string& outcome : outcomes) {
    report["distributions"][outcome] = results::histogram_json(run, outcome);
  }
  return report;
}

void print_summary(const std::filesystem::path& file, Format format,
                   const std::vector<std::string>& outcomes, bool all) {
  const results::RunReader run(file);
  if (format == Format::json) {
    fmt::print("{}\n", summary_report(run, outcomes).dump(2));
    return;
  }
  std::string bars;
  for (const std::string& outcome : outcomes) {
    bars += "\n" + results::histogram(run, outcome, glyphs());
  }
  fmt::print("{}{}", results::summary_table(run.summary(), {screen_columns(), all}), bars);
}

void print_controlled(const std::filesystem::path& file, bool all) {
  const results::RunReader run(file);
  fmt::print("{}", results::controlled_table(run.summary(), screen_columns(), all));
}

}  // namespace truce::cli
