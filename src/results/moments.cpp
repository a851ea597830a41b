#include "results/moments.hpp"

#include <algorithm>
#include <cmath>

namespace truce::results {

namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

}  // namespace

void Moments::merge(const Moments& later) {
  if (later.count_ == 0) return;
  if (count_ == 0) {
    *this = later;
    return;
  }
  const double here = static_cast<double>(count_);
  const double there = static_cast<double>(later.count_);
  const double share = there / (here + there);
  const double deviation = later.mean_ - mean_;
  mean_ += deviation * share;
  cubes_ += later.cubes_ + deviation * deviation * deviation * here * share * (1 - 2 * share) +
            3 * deviation * ((1 - share) * later.squares_ - share * squares_);
  squares_ += later.squares_ + deviation * deviation * here * share;
  count_ += later.count_;
  min_ = std::min(min_, later.min_);
  max_ = std::max(max_, later.max_);
}

double Moments::mean() const {
  if (count_ == 0) return nan;
  // Infinite numbers leave NaN behind in the recurrence; the mean of those is known.
  if (std::isinf(max_) && min_ > -std::numeric_limits<double>::infinity()) return max_;
  if (std::isinf(min_) && max_ < std::numeric_limits<double>::infinity()) return min_;
  return mean_;
}

double Moments::sd() const {
  if (count_ < 2 || std::isinf(min_) || std::isinf(max_)) return nan;
  return std::sqrt(squares_ / static_cast<double>(count_ - 1));
}

double Moments::standard_error() const {
  return sd() / std::sqrt(static_cast<double>(count_));
}

double Moments::skewness() const {
  if (std::isnan(sd())) return nan;
  if (!(squares_ > 0)) return 0;
  const double variance = squares_ / static_cast<double>(count_);
  return cubes_ / static_cast<double>(count_) / (variance * std::sqrt(variance));
}

double Moments::min() const {
  return count_ == 0 ? nan : min_;
}

double Moments::max() const {
  return count_ == 0 ? nan : max_;
}

}  // namespace truce::results
