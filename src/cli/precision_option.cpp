#include "cli/precision_option.hpp"

#include <fmt/format.h>

#include <string_view>

#include "base/nearest.hpp"
#include "base/number.hpp"
#include "base/shell_word.hpp"
#include "cli/scenario_options.hpp"

namespace truce::cli {

namespace {

struct Precision {
  std::string outcome;
  double half_width = 0;  ///< 0 where it is no number
};

Precision precision_of(const std::string& text) {
  const auto equals = text.find('=');
  const auto number = equals == std::string::npos
                          ? std::nullopt
                          : base::finite_number(std::string_view(text).substr(equals + 1));
  return {text.substr(0, equals), number.value_or(0)};
}

}  // namespace

std::string canonical_precision(const std::string& text) {
  const Precision precision = precision_of(text);
  return base::shell_word(fmt::format("{}={}", precision.outcome, precision.half_width));
}

std::optional<study::PrecisionRule> precision_rule(const std::string& text,
                                                   const std::vector<results::Column>& columns) {
  const auto [name, half_width] = precision_of(text);
  if (!(half_width > 0)) {
    print_error(
        fmt::format("--precision '{}': expected OUTCOME=HALF_WIDTH with a number above 0", text));
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].kind == results::ColumnKind::category) continue;
    names.push_back(columns[i].name);
    if (columns[i].name == name) return study::PrecisionRule(i, half_width, columns[i].kind);
  }
  print_error(fmt::format("--precision: no outcome '{}'; {}", name, base::name_hint(name, names)));
  return std::nullopt;
}

}  // namespace truce::cli
