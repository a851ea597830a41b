#include "engine/detail/normal_tail.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"mean", "sd"};

/// Mean and sd of the logarithm of a lognormal variable with this mean and sd.
struct Logarithm {
  double mean, sd;
};

Logarithm logarithm_of(Law::Parameters p) {
  const double variance = std::log1p(p[1] / p[0] * (p[1] / p[0]));
  return {std::log(p[0]) - variance / 2, std::sqrt(variance)};
}

std::string_view problem(Law::Parameters p) {
  if (p[1] < 0) return "sd is negative";
  if (p[0] < 0) return "mean is negative";
  return p[0] > 0 || p[1] == 0 ? "" : "mean is 0, but sd is not";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  if (p[1] == 0) return p[0];
  const Logarithm l = logarithm_of(p);
  return std::exp(l.mean + l.sd * normal_quantile(u, tail));
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[1] == 0) return at_once(p[0], x, tail);
  return bounded(0, infinity, x, tail, [&] {
    const Logarithm l = logarithm_of(p);
    return normal_probability((std::log(x) - l.mean) / l.sd, tail);
  });
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[1] * p[1];
}

}  // namespace

const Law lognormal{"lognormal", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
