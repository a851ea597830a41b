#include "results/moments.hpp"

#include <cmath>
#include <limits>

#include "base/number.hpp"

namespace truce::results {

double Moments::mean() const {
  if (count_ == 0) return base::not_a_number;
  // Infinite numbers leave NaN behind in the recurrence; the mean of those is known.
  if (std::isinf(max_) && min_ > -std::numeric_limits<double>::infinity()) return max_;
  if (std::isinf(min_) && max_ < std::numeric_limits<double>::infinity()) return min_;
  return mean_;
}

double Moments::sd() const {
  if (count_ < 2 || std::isinf(min_) || std::isinf(max_)) return base::not_a_number;
  return std::sqrt(squares_ / static_cast<double>(count_ - 1));
}

double Moments::standard_error() const {
  return sd() / std::sqrt(static_cast<double>(count_));
}

double Moments::skewness() const {
  if (std::isnan(sd())) return base::not_a_number;
  if (!(squares_ > 0)) return 0;
  const double variance = squares_ / static_cast<double>(count_);
  return cubes_ / static_cast<double>(count_) / (variance * std::sqrt(variance));
}

double Moments::min() const {
  return count_ == 0 ? base::not_a_number : min_;
}

double Moments::max() const {
  return count_ == 0 ? base::not_a_number : max_;
}

}  // namespace truce::results
