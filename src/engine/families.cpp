#include <algorithm>
#include <array>
#include <cmath>

#include "truce/engine/distributions.hpp"

namespace truce::engine {

namespace {

constexpr double most_counted = 1e9;

struct FamilyInfo {
  Family family;
  std::string_view name;
  std::array<std::string_view, 3> parameters;
  std::size_t count;
  bool discrete;
};

constexpr std::array<FamilyInfo, 14> families = {{
    {Family::uniform, "uniform", {"low", "high"}, 2, false},
    {Family::triangular, "triangular", {"low", "mode", "high"}, 3, false},
    {Family::pert, "pert", {"low", "mode", "high"}, 3, false},
    {Family::exponential, "exponential", {"mean"}, 1, false},
    {Family::gamma, "gamma", {"mean", "sd"}, 2, false},
    {Family::lognormal, "lognormal", {"mean", "sd"}, 2, false},
    {Family::weibull, "weibull", {"shape", "scale"}, 2, false},
    {Family::normal, "normal", {"mean", "sd"}, 2, false},
    {Family::beta, "beta", {"a", "b"}, 2, false},
    {Family::bernoulli, "bernoulli", {"p"}, 1, true},
    {Family::binomial, "binomial", {"n", "p"}, 2, true},
    {Family::poisson, "poisson", {"mean"}, 1, true},
    {Family::geometric, "geometric", {"p"}, 1, true},
    {Family::choice, "choice", {}, 0, true},
}};

constexpr std::array all = [] {
  std::array<Family, families.size()> result{};
  std::ranges::transform(families, result.begin(), &FamilyInfo::family);
  return result;
}();

const FamilyInfo& info(Family family) {
  return *std::ranges::find(families, family, &FamilyInfo::family);
}

bool is_probability(double p) {
  return p >= 0 && p <= 1;
}

std::string_view choice_problem(std::span<const double> p) {
  if (p.empty() || p.size() % 2 != 0) return "choice needs pairs of a value and a weight";
  double sum = 0;
  for (std::size_t i = 1; i < p.size(); i += 2) {
    if (p[i] < 0) return "a weight is negative";
    sum += p[i];
  }
  return sum > 0 ? "" : "the weights sum to zero";
}

}  // namespace

std::span<const Family> all_families() {
  return all;
}

std::string_view name_of(Family family) {
  return info(family).name;
}

std::optional<Family> family_named(std::string_view name) {
  const auto at = std::ranges::find(families, name, &FamilyInfo::name);
  if (at == families.end()) return std::nullopt;
  return at->family;
}

std::span<const std::string_view> parameter_names(Family family) {
  return {info(family).parameters.data(), info(family).count};
}

bool is_discrete(Family family) {
  return info(family).discrete;
}

std::string_view parameter_problem(Family family, std::span<const double> p) {
  for (const double x : p) {
    if (!std::isfinite(x)) return "a parameter is not a finite number";
  }
  if (family != Family::choice && p.size() != info(family).count)
    return "wrong number of parameters";
  switch (family) {
    case Family::uniform:
      return p[0] <= p[1] ? "" : "low is above high";
    case Family::triangular:
    case Family::pert:
      if (p[0] > p[1]) return "low is above mode";
      return p[1] <= p[2] ? "" : "mode is above high";
    case Family::exponential:
      return p[0] >= 0 ? "" : "mean is negative";
    case Family::gamma:
    case Family::lognormal:
      if (p[1] < 0) return "sd is negative";
      if (p[0] < 0) return "mean is negative";
      return p[0] > 0 || p[1] == 0 ? "" : "mean is 0, but sd is not";
    case Family::weibull:
      if (!(p[0] > 0)) return "shape is not positive";
      return p[1] >= 0 ? "" : "scale is negative";
    case Family::normal:
      return p[1] >= 0 ? "" : "sd is negative";
    case Family::beta:
      return p[0] > 0 && p[1] > 0 ? "" : "a and b must be positive";
    case Family::bernoulli:
      return is_probability(p[0]) ? "" : "p is not between 0 and 1";
    case Family::binomial:
      if (p[0] < 0 || p[0] > most_counted) return "n is not between 0 and 1e9";
      if (std::fabs(p[0] - std::round(p[0])) > 1e-9) return "n is not a whole number";
      return is_probability(p[1]) ? "" : "p is not between 0 and 1";
    case Family::poisson:
      return p[0] >= 0 && p[0] <= most_counted ? "" : "mean is not between 0 and 1e9";
    case Family::geometric:
      return p[0] > 0 && p[0] <= 1 ? "" : "p is not between 0 (excluded) and 1";
    case Family::choice:
      return choice_problem(p);
  }
  return "";
}

}  // namespace truce::engine
