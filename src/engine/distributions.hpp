#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "base/contract.hpp"

namespace truce::engine {

struct Law;

/// A family of distributions of the scenario language: each has a file in src/engine/laws. Their
/// parameters are given in the order of the language's page: uniform(low, high),
/// triangular(low, mode, high), pert(low, mode, high), exponential(mean), gamma(mean, sd),
/// lognormal(mean, sd) (of the variable itself), weibull(shape, scale), normal(mean, sd),
/// beta(a, b), bernoulli(p), binomial(n, p), poisson(mean), geometric(p) (failures before the first
/// success), choice(value, weight, value, weight, ...), elicited(probability, value, ...).
class Family {
 public:
  Family() = default;                               ///< of nothing: to be assigned to
  constexpr Family(const Law& law) : law_(&law) {}  // NOLINT: a law is its family
  [[nodiscard]] const Law& law() const {
    TRUCE_EXPECT(law_ != nullptr);
    return *law_;
  }
  bool operator==(const Family&) const = default;

 private:
  const Law* law_ = nullptr;
};

/// All of them, in the order of their names.
std::span<const Family> all_families();
/// Name in the language, e.g. "lognormal".
std::string_view name_of(Family family);
std::optional<Family> family_named(std::string_view name);
/// Names of the parameters in order, e.g. {"mean", "sd"}; empty where pairs of a value and a weight
/// are given, as to `choice`.
std::span<const std::string_view> parameter_names(Family family);
/// Whether all values are whole numbers.
bool is_discrete(Family family);

/// Why these parameters make no distribution, as a phrase ("sd must not be negative"); empty when
/// they do. NaN and infinite parameters are refused.
std::string_view parameter_problem(Family family, std::span<const double> parameters);

/// Smallest x with P(X <= x) >= u, for 0 < u < 1: the sample by inversion from one uniform number.
/// Parameters must have no problem.
double quantile(Family family, std::span<const double> parameters, double u);

/// P(X <= x), and P(X < x).
double cdf(Family family, std::span<const double> parameters, double x);
double cdf_below(Family family, std::span<const double> parameters, double x);

double mean(Family family, std::span<const double> parameters);
double variance(Family family, std::span<const double> parameters);

/// Inversion of the conditional distribution of X given low <= X <= high. Returns NaN when that
/// event has no probability.
double truncated_quantile(Family family, std::span<const double> parameters, double low,
                          double high, double u);

}  // namespace truce::engine
