#include "model/draw_outcomes.hpp"

#include <algorithm>
#include <cmath>

namespace truce::model {

namespace {

/// Numbers are drawn in steps of 2^-52, half a step from 0 and 1.
constexpr double half_step = 0x1p-53;

std::vector<DrawOutcome> of_choice(std::span<const double> shares) {
  std::vector<DrawOutcome> outcomes;
  double from = 0;
  for (const double share : shares) {
    outcomes.push_back({from, std::min(1.0, from + share)});
    from = outcomes.back().to;
  }
  return outcomes;
}

std::vector<DrawOutcome> of_value(const OfferedDraw& draw, std::size_t most) {
  if (draw.arguments.empty() || !engine::is_discrete(draw.family)) return {};
  std::vector<DrawOutcome> outcomes;
  double from = 0;
  while (from < 1 - half_step) {
    if (outcomes.size() == most) return {};
    const double x = draw.value(std::min(from + half_step, 1 - half_step));
    const double to = std::min(1.0, engine::cdf(draw.family, draw.arguments, x));
    if (!(to > from)) return {};  // a tail of which nothing is left
    outcomes.push_back({from, to});
    from = to;
  }
  return outcomes;
}

}  // namespace

double DrawOutcome::inside(double at) const {
  const double u = from + at * (to - from);
  // Rounding may have led to an end, which belongs to the neighbour.
  return std::max(std::nextafter(from, to), std::min(u, std::nextafter(to, from)));
}

std::vector<DrawOutcome> outcomes_of(const OfferedDraw& draw, std::size_t most) {
  switch (draw.use) {
    case DrawUse::chance:
    case DrawUse::position:
      return {{0, draw.probability}, {draw.probability, 1}};
    case DrawUse::choice:
      return of_choice(draw.shares);
    case DrawUse::value:
      return of_value(draw, most);
  }
  return {};
}

}  // namespace truce::model
