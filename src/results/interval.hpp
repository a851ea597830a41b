#pragma once

#include <cstdint>

namespace truce::results {

struct Interval {
  double low = 0;
  double high = 0;
};

/// 0.975 quantile of the standard normal distribution: the half width of a 95 % interval in
/// standard errors.
inline constexpr double z_95 = 1.959963984540054;

/// Score interval of a probability after `successes` in `n` independent trials, within
/// [0, 1]; NaN for n = 0; `z` is the normal quantile of its confidence. Source: E. B. Wilson, JASA
/// 22 (1927), 209-212; where there are 3 successes or failures or fewer, the limit on their side is
/// no nearer than that of the Poisson law (Brown, Cai and DasGupta, Stat. Sci. 16, 2001, 4.1.1), as
/// Wilson's interval of what is as rare as one in 6 n holds 84 % of the time.
Interval wilson_interval(std::uint64_t successes, std::uint64_t n, double z = z_95);

/// The same for numbers that need not be whole: those of dependent trials, divided by how much
/// these repeat each other.
Interval wilson_interval_of(double successes, double n, double z = z_95);

/// Quantile of Student's distribution that makes a two-sided interval of this confidence; of the
/// normal one where `freedom` is infinite.
double student_quantile(double confidence, double freedom);

/// Independent numbers of one distribution, by their moments.
struct SampleShape {
  double count = 0;
  double mean = 0;
  double sd = 0;        ///< divisor count - 1
  double skewness = 0;  ///< third central moment over that of the second to 3/2; 0 where sd is
};

/// Score interval of a mean: the means m with (mean - m)^2 <= q^2 V(m) / count, where the variance
/// V is a line through that of the sample with the slope that it has in the exponential family
/// through the sample, third central moment over variance. It is that of the Poisson distribution
/// for counts, close to Wilson's for shares, and Student's where there is no skewness. `q` is
/// Student's or the normal quantile of its confidence. Of a sample that does not vary, the slope is
/// `unseen`: the size of deviations that may have been missed. NaN where sd is.
Interval mean_interval(const SampleShape& sample, double q, double unseen = 0);

/// Whether the sample is too small, for its skewness, for an interval of its mean to be relied on:
/// count < 25 skewness^2. For rare events of one size: fewer than 25 of them. Source: W. G.
/// Cochran, Sampling Techniques (1977), 2.15. The skewness is taken for as large as it may be, with
/// two standard errors more than the sample shows, so that any sample of fewer than 25 is too
/// small.
bool too_few(const SampleShape& sample);

}  // namespace truce::results
