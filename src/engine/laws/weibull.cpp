#include <boost/math/special_functions/gamma.hpp>

#include "engine/detail/boost_policy.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"shape", "scale"};

std::string_view problem(Law::Parameters p) {
  if (!(p[0] > 0)) return "shape is not positive";
  return p[1] >= 0 ? "" : "scale is negative";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return p[1] == 0 ? 0 : p[1] * std::pow(-log_above(u, tail), 1 / p[0]);
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[1] == 0) return at_once(0, x, tail);
  return bounded(0, infinity, x, tail,
                 [&] { return from_log_above(-std::pow(x / p[1], p[0]), tail); });
}

double mean(Law::Parameters p) {
  return p[1] * boost::math::tgamma(1 + 1 / p[0], QuietPolicy{});
}

double variance(Law::Parameters p) {
  const double first = boost::math::tgamma(1 + 1 / p[0], QuietPolicy{});
  return p[1] * p[1] * (boost::math::tgamma(1 + 2 / p[0], QuietPolicy{}) - first * first);
}

}  // namespace

const Law weibull{"weibull", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
