#include "cli/whole_option.hpp"

#include <fmt/format.h>

#include <cmath>

#include "base/number.hpp"
#include "base/text.hpp"

namespace truce::cli {

namespace {

/// What to write for "100,000", "100 000", "100_000" or "100'000"; empty for other texts.
std::string without_separators(const std::string& text) {
  std::string digits;
  for (const char c : text) {
    if (c != ',' && c != ' ' && c != '_' && c != '\'' && c != '.') digits += c;
  }
  const bool grouped = text.size() > 4 && std::string_view(", _'.").find(text[text.size() - 4]) !=
                                              std::string_view::npos;
  return grouped && base::whole_number(digits) ? fmt::format("; write {}", digits) : "";
}

}  // namespace

CLI::Option* add_whole_option(CLI::App& verb, const std::string& names, std::uint64_t& into,
                              const std::string& what, std::uint64_t least, std::uint64_t most) {
  const std::string name = names.substr(names.find(',') + 1);
  const auto take = [&into, name, least, most](const std::string& text) {
    const auto number = base::whole_number(text);
    const auto out_of_range = [&] {
      return CLI::ValidationError(name,
                                  fmt::format("{} is not between {} and {}", text, least, most));
    };
    const auto real = base::finite_number(text);
    if (!number && real && *real == std::floor(*real)) throw out_of_range();
    if (!number) {
      throw CLI::ValidationError(name, fmt::format("{} is no whole number{}", base::shown(text),
                                                   without_separators(text)));
    }
    if (*number < least || *number > most) throw out_of_range();
    into = *number;
  };
  return verb.add_option_function<std::string>(names, take, what)->type_name("N");
}

}  // namespace truce::cli
