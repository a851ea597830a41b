#include <algorithm>
#include <array>
#include <cmath>

#include "engine/laws/law.hpp"

namespace truce::engine {

namespace {

const std::array all = {
#define TRUCE_LAW(name) Family(laws::name),
#include "truce_laws.def"
#undef TRUCE_LAW
};

}  // namespace

std::span<const Family> all_families() {
  return all;
}

std::string_view name_of(Family family) {
  return family.law().name;
}

std::optional<Family> family_named(std::string_view name) {
  const auto at = std::ranges::find(all, name, &name_of);
  return at == all.end() ? std::nullopt : std::optional(*at);
}

std::span<const std::string_view> parameter_names(Family family) {
  return family.law().parameters;
}

bool is_discrete(Family family) {
  return family.law().discrete;
}

std::string_view parameter_problem(Family family, std::span<const double> p) {
  if (!std::ranges::all_of(p, [](double x) { return std::isfinite(x); })) {
    return "a parameter is not a finite number";
  }
  const std::size_t count = family.law().parameters.size();
  if (count > 0 && p.size() != count) return "wrong number of parameters";
  return family.law().problem(p);
}

}  // namespace truce::engine
