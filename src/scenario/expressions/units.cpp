#include "scenario/expressions/units.hpp"

#include <array>
#include <string>
#include <vector>

#include "base/nearest.hpp"

namespace truce::scenario {

namespace {

struct Abbreviation {
  std::string_view word, unit;
};

constexpr std::array<Abbreviation, 9> abbreviations = {{
    {"dy", "day"},
    {"dys", "days"},
    {"hr", "hour"},
    {"hrs", "hours"},
    {"m", "min"},
    {"mins", "minutes"},
    {"w", "week"},
    {"wk", "week"},
    {"wks", "weeks"},
}};

std::string in_lower_case(std::string_view word) {
  std::string lower(word);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

std::string unit_advice(std::string_view word) {
  const std::string lower = in_lower_case(word);
  if (unit_of_time(lower)) return "write '" + lower + "'";
  for (const auto& known : abbreviations) {
    if (known.word == lower) return "write '" + std::string(known.unit) + "'";
  }
  if (lower == "month" || lower == "months") return "a month has no fixed length: write days";
  if (lower == "year" || lower == "years") return "write days";
  if (lower == "s" || lower == "sec" || lower == "second" || lower == "seconds") {
    return "write minutes";
  }
  return {};
}

std::string nearest_unit(std::string_view word) {
  std::vector<std::string> names;
  for (const NamedUnit& named : units_of_time()) names.emplace_back(named.name);
  return base::nearest(in_lower_case(word), names);
}

}  // namespace truce::scenario
