#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"low", "high"};

std::string_view problem(Law::Parameters p) {
  return p[0] <= p[1] ? "" : "low is above high";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  if (p[0] == p[1]) return p[0];
  return tail == Tail::lower ? p[0] + u * (p[1] - p[0]) : p[1] - u * (p[1] - p[0]);
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[0] == p[1]) return at_once(p[0], x, tail);
  return bounded(p[0], p[1], x, tail,
                 [&] { return (tail == Tail::lower ? x - p[0] : p[1] - x) / (p[1] - p[0]); });
}

double mean(Law::Parameters p) {
  return (p[0] + p[1]) / 2;
}

double variance(Law::Parameters p) {
  return (p[1] - p[0]) * (p[1] - p[0]) / 12;
}

}  // namespace

const Law uniform{"uniform", parameters, false, problem, quantile, probability, mean, variance};

}  // namespace truce::engine::laws
