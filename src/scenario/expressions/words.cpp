#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "engine/distributions.hpp"
#include "scenario/expressions/functions.hpp"
#include "scenario/expressions/units.hpp"
#include "scenario/syntax.hpp"

namespace truce::scenario {

namespace {

constexpr std::array<NamedUnit, 11> units = {{
    {"d", {'*', 1}},
    {"day", {'*', 1}},
    {"days", {'*', 1}},
    {"h", {'/', 24}},
    {"hour", {'/', 24}},
    {"hours", {'/', 24}},
    {"min", {'/', 1440}},
    {"minute", {'/', 1440}},
    {"minutes", {'/', 1440}},
    {"week", {'*', 7}},
    {"weeks", {'*', 7}},
}};

/// Words that are neither units nor functions nor distributions of a table.
constexpr std::array<std::string_view, 26> words = {
    "and",   "or",       "not",       "true",      "false",     "if",   "per",
    "since", "time",     "active",    "disputes",  "collapsed", "rest", "nan",
    "inf",   "infinity", "truncated", "empirical", "null",      "sum",  "any",
    "all",   "over",     "kept",      "tranche",   "incident",
};

}  // namespace

std::span<const NamedUnit> units_of_time() {
  return units;
}

std::optional<UnitOfTime> unit_of_time(std::string_view name) {
  for (const auto& named : units) {
    if (named.name == name) return named.unit;
  }
  return std::nullopt;
}

std::string unit_names() {
  std::string names;
  for (const auto& named : units) names += (names.empty() ? "" : ", ") + std::string(named.name);
  return names;
}

const std::vector<std::string>& reserved_words() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> result(words.begin(), words.end());
    for (const auto& named : units) {
      if (named.name != "min") result.emplace_back(named.name);  // which is a function too
    }
    for (const Function& function : functions) result.emplace_back(function.name);
    for (const engine::Family family : engine::all_families()) {
      result.emplace_back(engine::name_of(family));
    }
    return result;
  }();
  return all;
}

}  // namespace truce::scenario
