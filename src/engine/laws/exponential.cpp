#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"mean"};

std::string_view problem(Law::Parameters p) {
  return p[0] >= 0 ? "" : "mean is negative";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return p[0] == 0 ? 0 : -p[0] * log_above(u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[0] == 0) return at_once(0, x, tail);
  return bounded(0, infinity, x, tail, [&] { return from_log_above(-x / p[0], tail); });
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[0] * p[0];
}

}  // namespace

const Law exponential{"exponential", parameters,  false, problem,
                      quantile,      probability, mean,  variance};

}  // namespace truce::engine::laws
