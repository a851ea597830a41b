// Intervals of quantiles: known ranks, and how often they hold for known laws.
#include <boost/math/distributions/binomial.hpp>
#include <cmath>

#include "results/quantile_search.hpp"
#include "support/catch.hpp"
#include "support/coverage/quantiles.hpp"
#include "support/uniform.hpp"

using namespace truce;
using namespace truce::results;

using test::summary_of_reals;
using test::summary_of_whole;

TEST_CASE("ranks that bound a quantile are those of the binomial law") {
  // Median of 100: the 40th and the 61st (David and Nagaraja; R's quantileCI, exact).
  const QuantileRanks of_100 = quantile_interval_ranks(100);
  CHECK(of_100.low[median] == 40 - 1);
  CHECK(of_100.high[median] == 61 - 1);
  // Of ten, nothing bounds the outer quantiles outward.
  const QuantileRanks of_ten = quantile_interval_ranks(10);
  CHECK(of_ten.low[0] == -1);
  CHECK(of_ten.high[8] == 10);
  CHECK(of_ten.low[median] == 2 - 1);
  CHECK(of_ten.high[median] == 9 - 1);
  for (const std::uint64_t n : {1U, 2U, 39U, 1000U, 1'000'000U}) {
    const QuantileRanks ranks = quantile_interval_ranks(n);
    for (std::size_t q = 0; q < quantile_count; ++q) {
      const boost::math::binomial law(static_cast<double>(n), quantile_probabilities()[q]);
      const auto cdf = [&](std::int64_t k) {
        return k < 0 ? 0.0 : boost::math::cdf(law, static_cast<double>(k));
      };
      // Fewer than rank + 1 at or below the quantile, with at most 2.5 %; one more is too many.
      CHECK(cdf(ranks.low[q]) <= 0.025 + 1e-12);
      CHECK(cdf(ranks.low[q] + 1) > 0.025 - 1e-12);
      CHECK(1 - cdf(ranks.high[q]) <= 0.025 + 1e-12);
      CHECK(1 - cdf(ranks.high[q] - 1) > 0.025 - 1e-12);
      const auto of = static_cast<std::int64_t>(quantile_rank(quantile_thousandths[q], n));
      CHECK(ranks.low[q] <= of);
      CHECK(of <= ranks.high[q]);
    }
  }
}

TEST_CASE("bounds are the values of those ranks, whole or real, in one pass or several") {
  test::Uniform uniform(6);
  std::vector<double> values(5000);
  for (double& x : values) x = std::floor(20 * uniform() * uniform());
  const OutcomeSummary whole = summary_of_whole(values);
  const OutcomeSummary real = summary_of_reals(values);
  CHECK(whole.quantile_intervals == real.quantile_intervals);
  for (double& x : values) x = std::exp(3 * uniform.normal());
  BucketHistogram histogram;
  for (const double x : values) histogram.add(x);
  QuantileSearch narrowing(histogram, 10);
  while (!narrowing.done()) {
    narrowing.add(values);
    narrowing.end_pass();
  }
  CHECK(narrowing.intervals() == summary_of_reals(values).quantile_intervals);
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const QuantileRanks ranks = quantile_interval_ranks(sorted.size());
  for (std::size_t q = 0; q < quantile_count; ++q) {
    CHECK(narrowing.intervals().low[q] == sorted[static_cast<std::size_t>(ranks.low[q])]);
    CHECK(narrowing.intervals().high[q] == sorted[static_cast<std::size_t>(ranks.high[q])]);
  }
  CHECK(std::isnan(summary_of_whole({}).quantile_intervals.low[0]));
  CHECK(std::isnan(summary_of_reals({}).quantile_intervals.high[8]));
  CHECK(summary_of_reals({3}).quantile_intervals.low[median] == -HUGE_VAL);
  CHECK(summary_of_whole({3}).quantile_intervals.high[median] == HUGE_VAL);
}

TEST_CASE("intervals of quantiles hold for continuous laws and laws of few values") {
  constexpr int repetitions = 1000;  // of 95 %, sd 0.7 %
  for (const test::QuantileLaw& law : test::laws_of_quantiles()) {
    for (const std::size_t n : {50, 400, 2000}) {
      const test::CoverageRow row = test::coverage_of_quantiles(law, n, repetitions);
      for (std::size_t q = 0; q < quantile_count; ++q) {
        CAPTURE(law.name, n, quantile_probabilities()[q]);
        CHECK(row.of[q].share() >= 0.93);
        // Ranks are whole: each side may be passed less often than 2.5 %, of small samples never;
        // a law of few values has atoms.
        if (n >= 400 && !law.whole) CHECK(row.of[q].share() <= 0.99);
      }
    }
  }
}
