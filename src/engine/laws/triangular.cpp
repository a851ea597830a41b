#include "engine/laws/law.hpp"

namespace truce::engine::laws {

namespace {

constexpr std::string_view parameters[] = {"low", "mode", "high"};

std::string_view problem(Law::Parameters p) {
  if (p[0] > p[1]) return "low is above mode";
  return p[1] <= p[2] ? "" : "mode is above high";
}

double quantile(Law::Parameters p, double u, Tail tail) {
  if (p[0] == p[2]) return p[0];
  const double width = p[2] - p[0];
  const double below = tail == Tail::lower ? u : 1 - u;
  const double above = tail == Tail::lower ? 1 - u : u;
  if (below * width <= p[1] - p[0]) return p[0] + std::sqrt(below * width * (p[1] - p[0]));
  return p[2] - std::sqrt(above * width * (p[2] - p[1]));
}

double probability(Law::Parameters p, double x, Tail tail) {
  if (p[0] == p[2]) return at_once(p[0], x, tail);
  return bounded(p[0], p[2], x, tail, [&] {
    const double width = p[2] - p[0];
    const bool lower_side = x < p[1] || p[1] == p[2];
    const double part = lower_side ? (x - p[0]) * (x - p[0]) / (width * (p[1] - p[0]))
                                   : (p[2] - x) * (p[2] - x) / (width * (p[2] - p[1]));
    return lower_side == (tail == Tail::lower) ? part : 1 - part;
  });
}

double mean(Law::Parameters p) {
  return (p[0] + p[1] + p[2]) / 3;
}

double variance(Law::Parameters p) {
  return (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] - p[0] * p[1] - p[0] * p[2] - p[1] * p[2]) / 18;
}

}  // namespace

const Law triangular{"triangular", parameters,  false, problem,
                     quantile,     probability, mean,  variance};

}  // namespace truce::engine::laws
