#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <span>

#include "results/bucket_histogram.hpp"
#include "results/integer_histogram.hpp"
#include "results/quantile_search.hpp"
#include "support/catch.hpp"
#include "support/lognormal.hpp"

using namespace truce::results;
using truce::test::lognormal;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

/// By the definition: the smallest x of the sample with F(x) >= p.
double quantile_by_definition(std::vector<double> sample, std::uint64_t thousandths) {
  std::ranges::sort(sample);
  for (std::size_t i = 0; i < sample.size(); ++i) {
    if ((i + 1) * 1000 >= thousandths * sample.size()) return sample[i];
  }
  return missing;
}

BucketHistogram histogram_of(const std::vector<double>& sample) {
  BucketHistogram histogram;
  for (const double x : sample) histogram.add(x);
  return histogram;
}

/// Returns the number of passes.
int search(QuantileSearch& search, const std::vector<double>& sample) {
  int passes = 0;
  for (; !search.done(); ++passes) {
    const std::span all(sample);
    search.add(all.first(all.size() / 3));
    search.add(all.subspan(all.size() / 3));
    search.end_pass();
  }
  return passes;
}

}  // namespace

TEST_CASE("Quantiles are those of the inverse empirical distribution function") {
  // n at which p n is whole, where rounding could move the rank.
  const auto n = GENERATE(1U, 2U, 3U, 10U, 20U, 39U, 40U, 41U, 1000U);
  IntegerHistogram histogram;
  std::vector<double> sample;
  std::mt19937 random(n);
  for (unsigned i = 0; i < n; ++i) {
    const auto x = static_cast<std::int64_t>(random() % 50) - 25;
    histogram.add(x);
    sample.push_back(static_cast<double>(x));
  }
  const Quantiles whole = quantiles_of(histogram.entries());
  QuantileSearch real(histogram_of(sample));
  search(real, sample);
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const double expected = quantile_by_definition(sample, quantile_thousandths[q]);
    CHECK(whole[q] == expected);
    CHECK(real.quantiles()[q] == expected);
  }
}

TEST_CASE("Ranks are exact for any number of trials") {
  CHECK(quantile_rank(500, 1) == 0);
  CHECK(quantile_rank(25, 40) == 0);
  CHECK(quantile_rank(25, 41) == 1);
  CHECK(quantile_rank(975, std::uint64_t{1} << 48U) == 274438102292889);
}

TEST_CASE("Exact quantiles are found also where few numbers can be kept") {
  auto sample = lognormal(20'000, 2);
  // A cluster of neighbouring doubles around the median, with others of the same bucket about it.
  for (std::size_t i = 0; i < 4000; ++i) {
    sample[i] = 1.001 + 0x1p-52 * static_cast<double>(i % 1000);
  }
  for (std::size_t i = 4000; i < 5000; ++i) sample[i] = 1 + 1.9e-6 * static_cast<double>(i - 4000);
  for (std::size_t i = 5000; i < 6000; ++i) sample[i] = -sample[i];
  sample[0] = infinity;
  sample[1] = -infinity;
  const BucketHistogram histogram = histogram_of(sample);
  QuantileSearch keeping(histogram);
  QuantileSearch narrowing(histogram, 10);
  CHECK(search(keeping, sample) == 1);
  CHECK(search(narrowing, sample) > 1);
  for (std::size_t q = 0; q < quantile_count; ++q) {
    const double expected = quantile_by_definition(sample, quantile_thousandths[q]);
    CHECK(keeping.quantiles()[q] == expected);
    CHECK(narrowing.quantiles()[q] == expected);
  }
}

TEST_CASE("No pass is needed where all numbers of a bucket are equal") {
  std::vector<double> sample(100, 42.5);
  sample.resize(150, 7);
  QuantileSearch quantiles(histogram_of(sample));
  CHECK(quantiles.done());
  CHECK(quantiles.quantiles()[0] == 7);
  CHECK(quantiles.quantiles()[median] == 42.5);
  CHECK(std::isnan(QuantileSearch(BucketHistogram()).quantiles()[median]));
}
