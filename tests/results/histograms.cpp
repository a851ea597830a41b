#include <cmath>
#include <limits>
#include <vector>

#include "results/bucket_histogram.hpp"
#include "results/integer_histogram.hpp"
#include "results/moments.hpp"
#include "results/quantiles.hpp"
#include "support/catch.hpp"
#include "support/lognormal.hpp"

using namespace truce::results;
using truce::test::lognormal;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

BucketHistogram histogram_of(const std::vector<double>& sample) {
  BucketHistogram histogram;
  for (const double x : sample) histogram.add(x);
  return histogram;
}

}  // namespace

TEST_CASE("Integer histograms count exactly, whatever the size and sign") {
  const std::vector<std::int64_t> sample = {3, -2, 3, 70'000, 0, -2, 3, 65'535, 65'536};
  IntegerHistogram histogram;
  for (const auto x : sample) histogram.add(x);
  const auto entries = histogram.entries();
  CHECK(entries == std::vector<IntegerHistogram::Entry>{
                       {-2, 2}, {0, 1}, {3, 3}, {65'535, 1}, {65'536, 1}, {70'000, 1}});
  Moments direct;
  for (const auto x : sample) direct.add(static_cast<double>(x));
  CHECK(moments_of(entries).mean() == Approx(direct.mean()).epsilon(1e-14));
  CHECK(moments_of(entries).sd() == Approx(direct.sd()).epsilon(1e-14));
  CHECK(moments_of(entries).skewness() == Approx(direct.skewness()).epsilon(1e-13));
  CHECK(moments_of(entries).min() == -2);
  CHECK(moments_of(entries).max() == 70'000);
  CHECK(moments_of({}).count() == 0);
  CHECK(std::isnan(quantiles_of({})[0]));
}

TEST_CASE("Buckets are ordered and narrow") {
  const auto sample = lognormal(5000, 3);
  const auto all = histogram_of(sample);
  const auto entries = all.entries();
  std::uint64_t count = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    count += entries[i].count;
    CHECK(entries[i].min <= entries[i].max);
    CHECK(entries[i].max / entries[i].min < 1 + 0x1p-9);
    if (i > 0) CHECK(entries[i - 1].max < entries[i].min);
  }
  CHECK(count == 5000);
  CHECK(histogram_of({-0.0, 0.0, -3}).entries().size() == 2);
  CHECK(from_ordered_bits(ordered_bits(-1.25)) == -1.25);
  CHECK(ordered_bits(-infinity) < ordered_bits(-1));
  CHECK(ordered_bits(-1) < ordered_bits(0));
}
