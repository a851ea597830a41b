#include "engine/detail/beta.hpp"

#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"a", "b"};

std::string_view problem(Law::Parameters p) {
  return p[0] > 0 && p[1] > 0 ? "" : "a and b must be positive";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return Beta{p[0], p[1], 0, 1}.quantile(u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  return Beta{p[0], p[1], 0, 1}.probability(x, tail);
}

double mean(Law::Parameters p) {
  return p[0] / (p[0] + p[1]);
}

double variance(Law::Parameters p) {
  return Beta{p[0], p[1], 0, 1}.variance();
}

}  // namespace

const Law beta{"beta", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
