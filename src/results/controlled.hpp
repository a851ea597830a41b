#pragma once

#include <limits>

#include "results/interval.hpp"

namespace truce::results {

/// A mean or a share after control variates have taken out what they explain of it: an unbiased
/// estimate of the same, with a smaller error. NaN where there are none.
struct ControlledMean {
  double mean = std::numeric_limits<double>::quiet_NaN();
  double se = std::numeric_limits<double>::quiet_NaN();
  double gain = std::numeric_limits<double>::quiet_NaN();  ///< plain variance over this one's
};

/// What is best known of a mean or a share.
struct Estimate {
  double mean = 0;
  Interval ci;
  bool controlled =
      false;  ///< by control variates, whose interval is narrower by a twentieth at least
};

/// The better one of a plain mean and a controlled one, with an interval of z standard errors.
Estimate better_of(const Estimate& plain, const ControlledMean& controlled, double z = z_95);

}  // namespace truce::results
