#include "engine/detail/normal_tail.hpp"
#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"mean", "sd"};

std::string_view problem(Law::Parameters p) {
  return p[1] >= 0 ? "" : "sd is negative";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  return p[1] == 0 ? p[0] : p[0] + p[1] * normal_quantile(u, tail);
}

double probability(Law::Parameters p, double x, Tail tail) {
  return p[1] == 0 ? at_once(p[0], x, tail) : normal_probability((x - p[0]) / p[1], tail);
}

double mean(Law::Parameters p) {
  return p[0];
}

double variance(Law::Parameters p) {
  return p[1] * p[1];
}

}  // namespace

const Law normal{"normal", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
