#include <algorithm>

#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"p"};

std::string_view problem(Law::Parameters p) {
  return p[0] > 0 && p[0] <= 1 ? "" : "p is not between 0 (excluded) and 1";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  if (p[0] == 1) return 0;
  return std::max(0.0, std::ceil(log_above(u, tail) / std::log1p(-p[0])) - 1);
}

double probability(Law::Parameters p, double x, Tail tail) {
  const double k = std::floor(x);
  if (k < 0) return tail == Tail::lower ? 0 : 1;
  if (p[0] == 1) return tail == Tail::lower ? 1 : 0;
  return from_log_above((k + 1) * std::log1p(-p[0]), tail);
}

double mean(Law::Parameters p) {
  return (1 - p[0]) / p[0];
}

double variance(Law::Parameters p) {
  return (1 - p[0]) / (p[0] * p[0]);
}

}  // namespace

const Law geometric{"geometric", parameters, true, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
