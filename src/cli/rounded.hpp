#pragma once

#include <string>

#include "results/interval.hpp"

namespace truce::cli {

/// A number, and the ends of its 95 % interval, as texts.
struct Rounded {
  std::string value;
  std::string low, high;  ///< empty where there is no interval
};

/// Rounded to where the interval's half width has two significant digits, all three alike: 8.612
/// with (8.459, 8.767) is 8.61 (8.46 to 8.77), and 17127 with (16450, 17804) is 17130 (16450 to
/// 17800). What is not 0 is never written as 0, nor what is not `top` as `top` (100 for per cent):
/// it has as many digits as that takes. Without an interval, or one of no width, the number has
/// four digits, and is alone; "-" for NaN.
Rounded rounded(double value, const results::Interval& interval, double top = 0);

}  // namespace truce::cli
