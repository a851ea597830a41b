#pragma once

#include <algorithm>
#include <cmath>

namespace truce::engine {

/// Smallest whole k in [0, most] that is reached, by bisection outwards from a guess.
template <class Reached>
double search_count(Reached reached, double guess, double most) {
  double at = std::isnan(guess) ? 0 : std::clamp(std::floor(guess), 0.0, most);
  double step = 1;
  double low = -1;  // not reached
  double high = most;
  if (reached(at)) {
    high = at;
    while (high - step > low && reached(high - step)) {
      high -= step;
      step *= 2;
    }
    low = std::max(low, high - step);
  } else {
    low = at;
    while (low + step < most && !reached(low + step)) {
      low += step;
      step *= 2;
    }
    high = std::min(most, low + step);
  }
  while (high - low > 1) {
    const double middle = std::floor((low + high) / 2);
    (reached(middle) ? high : low) = middle;
  }
  return high;
}

}  // namespace truce::engine
