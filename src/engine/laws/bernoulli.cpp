#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"p"};

std::string_view problem(Law::Parameters p) {
  return is_probability(p[0]) ? "" : "p is not between 0 and 1";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return (tail == Tail::lower ? u > 1 - p[0] : u < p[0]) ? 1 : 0;
}

double probability(Law::Parameters p, double x, Tail tail) {
  const double k = std::floor(x);
  if (tail == Tail::upper) return k < 0 ? 1 : k < 1 ? p[0] : 0;
  return k < 0 ? 0 : k < 1 ? 1 - p[0] : 1;
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[0] * (1 - p[0]);
}

}  // namespace

const Law bernoulli{"bernoulli", parameters, true, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
