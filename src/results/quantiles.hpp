#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace truce::results {

/// Probabilities of all stored quantiles, in thousandths, so that ranks are exact integers.
inline constexpr std::array<std::uint64_t, 9> quantile_thousandths = {25,  50,  100, 250, 500,
                                                                      750, 900, 950, 975};
inline constexpr std::size_t quantile_count = quantile_thousandths.size();
inline constexpr std::size_t median = 4;
inline constexpr std::size_t quantile_05 = 1;
inline constexpr std::size_t quantile_95 = 7;

using Quantiles = std::array<double, quantile_count>;

/// The same as probabilities: 0.025, 0.05, ..., 0.975.
constexpr Quantiles quantile_probabilities() {
  Quantiles result{};
  for (std::size_t i = 0; i < quantile_count; ++i) {
    result[i] = static_cast<double>(quantile_thousandths[i]) / 1000;
  }
  return result;
}

/// Quantiles are those of the inverse empirical distribution function: the smallest x of the sample
/// with F(x) >= p, type 1 of Hyndman and Fan, The American Statistician 50 (1996), 361-365. This is
/// its rank among n > 0 sorted values, counted from 0: ceil(p n) - 1.
constexpr std::uint64_t quantile_rank(std::uint64_t thousandths, std::uint64_t n) {
  // n / 1000 first: p n would overflow for n beyond 1e16.
  return n / 1000 * thousandths + (n % 1000 * thousandths + 999) / 1000 - 1;
}

/// 95 % intervals of quantiles of the law that a sample comes from.
struct QuantileIntervals {
  Quantiles low{};
  Quantiles high{};
  bool operator==(const QuantileIntervals&) const = default;
};

/// Ranks, from 0, of the values between which each quantile lies with 95 %: -1 and n where the
/// sample is too small for a bound on that side.
struct QuantileRanks {
  std::array<std::int64_t, quantile_count> low{};
  std::array<std::int64_t, quantile_count> high{};
};

/// For n independent values, by the binomial number of those below a quantile; each side is passed
/// with at most 2.5 %, whatever the law. Source: H. A. David and H. N. Nagaraja, Order Statistics
/// (2003), 7.1.
QuantileRanks quantile_interval_ranks(std::uint64_t n);

}  // namespace truce::results
