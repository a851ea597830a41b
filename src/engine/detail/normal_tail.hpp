#pragma once

#include <boost/math/special_functions/erf.hpp>
#include <numbers>

#include "engine/detail/boost_policy.hpp"
#include "engine/laws/law.hpp"
#include "engine/normal.hpp"

namespace truce::engine {

/// Of the standard normal law.
inline double normal_probability(double z, Tail tail) {
  const double x = z / std::numbers::sqrt2;
  return 0.5 * boost::math::erfc(tail == Tail::lower ? -x : x, QuietPolicy{});
}

inline double normal_quantile(double u, Tail tail) {
  return tail == Tail::lower ? inverse_normal(u) : -inverse_normal(u);
}

}  // namespace truce::engine
