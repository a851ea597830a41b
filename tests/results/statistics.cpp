#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "results/bins.hpp"
#include "results/bucket_histogram.hpp"
#include "results/detail/share_statistics.hpp"
#include "results/integer_histogram.hpp"
#include "results/interval.hpp"
#include "results/moments.hpp"
#include "results/quantile_search.hpp"
#include "support/catch.hpp"

using namespace truce::results;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

std::vector<double> lognormal(std::size_t n, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<double> result(n);
  std::lognormal_distribution<double> distribution(0, 2);
  for (double& x : result) x = distribution(random);
  return result;
}

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

TEST_CASE("Wilson intervals agree with published values") {
  // R. G. Newcombe, Statistics in Medicine 17 (1998), 857-872, table I, method 3.
  struct Case {
    std::uint64_t successes, n;
    double low, high;
  };
  for (const Case& c :
       {Case{81, 263, 0.2553, 0.3662}, Case{15, 148, 0.0624, 0.1605}, Case{0, 20, 0, 0.1611}}) {
    const Interval ci = wilson_interval(c.successes, c.n);
    CHECK(ci.low == Approx(c.low).margin(5e-5));
    CHECK(ci.high == Approx(c.high).margin(5e-5));
    const Interval mirrored = wilson_interval(c.n - c.successes, c.n);
    CHECK(mirrored.low == Approx(1 - ci.high).margin(1e-14));
    CHECK(mirrored.high == Approx(1 - ci.low).margin(1e-14));
  }
  // Few successes: quantiles of chi-square with 2, 4 and 6 degrees of freedom at 5 %, halved.
  CHECK(wilson_interval(1, 29).low == Approx(0.0512933 / 29));
  CHECK(wilson_interval(2, 29).low == Approx(0.3553615 / 29));
  CHECK(wilson_interval(3, 29).low == Approx(0.8176914 / 29));
  CHECK(wilson_interval(1, 29).high == Approx(0.1718).margin(5e-5));  // the same source
  CHECK(wilson_interval(28, 29).high == Approx(1 - 0.0512933 / 29));
  CHECK(wilson_interval(0, 20).low == 0);
  CHECK(wilson_interval(20, 20).high == 1);
  CHECK(std::isnan(wilson_interval(0, 0).low));
}

TEST_CASE("a sample is too small as far as its skewness, or what it may hide, says") {
  CHECK(too_few(SampleShape{.count = 24, .mean = 1, .sd = 1, .skewness = 0}));
  CHECK_FALSE(too_few(SampleShape{.count = 25, .mean = 1, .sd = 1, .skewness = 0}));
  // sqrt(n) against 5 (skewness + 2 sqrt(6 / n)).
  CHECK(too_few(SampleShape{.count = 100, .mean = 1, .sd = 1, .skewness = 1.52}));
  CHECK_FALSE(too_few(SampleShape{.count = 100, .mean = 1, .sd = 1, .skewness = -1.5}));
  CHECK(too_few(SampleShape{.count = 10'000, .mean = 1, .sd = 1, .skewness = -20}));
  CHECK_FALSE(too_few(SampleShape{.count = 10'000, .mean = 1, .sd = 1, .skewness = 19.9}));
}

TEST_CASE("Moments are those of the definition, also far from zero") {
  Moments moments;
  for (const double x : {4.0, 7.0, 13.0, 16.0}) moments.add(1e9 + x);
  CHECK(moments.count() == 4);
  CHECK(moments.mean() == 1e9 + 10);
  CHECK(moments.sd() == Approx(std::sqrt(30.0)).epsilon(1e-12));
  CHECK(moments.standard_error() == Approx(std::sqrt(30.0) / 2).epsilon(1e-12));
  CHECK(moments.min() == 1e9 + 4);
  CHECK(moments.max() == 1e9 + 16);
}

TEST_CASE("Moments of too few or infinite numbers are not defined") {
  Moments moments;
  CHECK(std::isnan(moments.mean()));
  CHECK(std::isnan(moments.min()));
  moments.add(3);
  CHECK(moments.mean() == 3);
  CHECK(std::isnan(moments.sd()));
  moments.add(infinity);
  moments.add(1);
  CHECK(moments.mean() == infinity);
  CHECK(std::isnan(moments.sd()));
  moments.add(-infinity);
  CHECK(std::isnan(moments.mean()));
}

TEST_CASE("Skewness by hand") {
  Moments moments;
  for (const double x : {0.0, 0.0, 0.0, 4.0}) moments.add(x);
  CHECK(moments.skewness() == Approx(6 / std::pow(3.0, 1.5)));  // deviations -1, -1, -1, 3
  Moments constant;
  for (int i = 0; i < 3; ++i) constant.add(5);
  CHECK(constant.skewness() == 0);
}

TEST_CASE(
    "The interval of a mean is Student's without skewness, and that of a count is Poisson's") {
  const double t = student_quantile(0.95, 9);
  CHECK(t == Approx(2.262157));
  const Interval symmetric = mean_interval({10, 3, 2, 0}, t);
  CHECK(symmetric.low == Approx(3 - t * 2 / std::sqrt(10.0)));
  CHECK(symmetric.high == Approx(3 + t * 2 / std::sqrt(10.0)));

  // k events in n trials, n large: k + z^2/2 -+ z sqrt(k + z^2/4).
  const auto poisson = [](double k) {
    const double n = 1e8;
    return mean_interval({n, k / n, std::sqrt(k / n), 1 / std::sqrt(k / n)}, z_95);
  };
  for (const double k : {1.0, 5.0, 400.0}) {
    const double half = z_95 * std::sqrt(k + z_95 * z_95 / 4);
    CHECK(poisson(k).low * 1e8 == Approx(k + z_95 * z_95 / 2 - half));
    CHECK(poisson(k).high * 1e8 == Approx(k + z_95 * z_95 / 2 + half));
    CHECK(poisson(k).low > 0);
  }
  const Interval none = mean_interval({1000, 0, 0, 0}, z_95, 1);
  CHECK(none.high == Approx(z_95 * z_95 / 1000));
}

TEST_CASE("Counts: means of what is rare have intervals within what is possible, and a warning") {
  const auto summary = [](std::uint64_t n, std::uint64_t k) {
    Moments moments;
    for (std::uint64_t i = 0; i < n; ++i) moments.add(i < k ? 1 : 0);
    return summary_of(moments, ColumnKind::integer);
  };
  CHECK(summary(1000, 0).ci.low == 0);
  CHECK(summary(1000, 0).ci.high == Approx(0.0038416).epsilon(0.01));
  CHECK(summary(1000, 1).ci.low > 0);
  CHECK(too_few(summary(1000, 20)));
  CHECK_FALSE(too_few(summary(1000, 30)));
  CHECK_FALSE(too_few(summary_of({}, ColumnKind::integer)));
}

TEST_CASE("Merged moments are those of all numbers") {
  const auto sample = lognormal(1000, 1);
  Moments all, first, second;
  for (std::size_t i = 0; i < sample.size(); ++i) {
    all.add(sample[i]);
    (i < 300 ? first : second).add(sample[i]);
  }
  Moments merged;
  merged.merge(first);
  merged.merge(second);
  merged.merge({});
  CHECK(merged.count() == all.count());
  CHECK(merged.mean() == Approx(all.mean()).epsilon(1e-13));
  CHECK(merged.sd() == Approx(all.sd()).epsilon(1e-12));
  CHECK(merged.skewness() == Approx(all.skewness()).epsilon(1e-11));
  CHECK(merged.min() == all.min());
  CHECK(merged.max() == all.max());
}

TEST_CASE("Integer histograms count exactly, whatever the size and sign") {
  const std::vector<std::int64_t> sample = {3, -2, 3, 70'000, 0, -2, 3, 65'535, 65'536};
  IntegerHistogram first, second;
  for (std::size_t i = 0; i < sample.size(); ++i) (i % 2 == 0 ? first : second).add(sample[i]);
  first.merge(second);
  const auto entries = first.entries();
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

TEST_CASE("Buckets are ordered, narrow and mergeable") {
  const auto sample = lognormal(5000, 3);
  const auto all = histogram_of(sample);
  BucketHistogram merged = histogram_of({sample.begin(), sample.begin() + 1000});
  merged.merge(histogram_of({sample.begin() + 1000, sample.end()}));
  const auto entries = all.entries();
  CHECK(merged.entries() == entries);
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

TEST_CASE("Bins are nice, cover the range and are few") {
  using Range = std::pair<double, double>;
  const auto [min, max] = GENERATE(values<Range>({{0, 42},
                                                  {0.013, 0.97},
                                                  {-3.2, 1e6},
                                                  {5, 5},
                                                  {0, 0},
                                                  {1e20, 1e20},
                                                  {1e16, 1e16 + 2},
                                                  {-1.7e308, 1.7e308},
                                                  {4e-310, 5e-310},
                                                  {-0.005, -0.001},
                                                  {99.5, 100.5}}));
  const auto edges = nice_edges(min, max);
  REQUIRE(edges.size() >= 2);
  CHECK(edges.size() <= most_bins + 1);
  CHECK(edges.front() <= min);
  CHECK(edges.back() >= max);
  CHECK(std::ranges::is_sorted(edges, std::less_equal()));
  BinCounts bins(edges);
  bins.add(std::vector{min, max, missing, infinity, std::midpoint(min, max)});
  std::uint64_t count = 0;
  for (const auto c : bins.counts()) count += c;
  CHECK(count == 3);
  CHECK(bins.counts().size() == edges.size() - 1);
}

TEST_CASE("Bins have the edges that a person would choose") {
  CHECK(nice_edges(0, 0.5)[3] == 0.015);
  CHECK(nice_edges(0.1, 0.9).front() == 0.1);
  CHECK(nice_edges(0.1, 0.9)[1] == 0.11);
  CHECK(nice_edges(0, 42).size() == 85);
  CHECK(nice_edges(7, 7) == std::vector<double>{7, 8});
}

TEST_CASE("A number on an edge belongs to the bin above, on the last edge to the last bin") {
  BinCounts bins({0, 0.1, 0.2, 0.3});
  bins.add(std::vector{0.0, 0.1, 0.1, 0.2, 0.3, std::nextafter(0.1, 0), -0.01, 0.31});
  CHECK(bins.counts() == std::vector<std::uint64_t>{2, 2, 2});
}

TEST_CASE("Every edge belongs to the bin above, whatever the rounding") {
  using Range = std::pair<double, double>;
  const auto [min, max] =
      GENERATE(values<Range>({{0, 1}, {0, 42}, {0.1, 0.9}, {-0.7, 2.3}, {-17, 1e4}, {1e-3, 7e-3}}));
  const auto edges = nice_edges(min, max);
  BinCounts bins(edges);
  bins.add(edges);
  std::vector<std::uint64_t> expected(edges.size() - 1, 1);
  expected.back() = 2;
  CHECK(bins.counts() == expected);
}

TEST_CASE("Incidences are the shares of trials that have ended by a day's end") {
  ShareStatistics first({"horizon", "collapsed", "never"}, 4);
  ShareStatistics second({"horizon", "collapsed", "never"}, 4);
  first.add(1, 0);
  first.add(1, 1);
  first.add(1, 1.001);
  second.add(0, 2.5);  // the horizon; days to 3
  first.merge(second);
  const auto shares = first.shares();
  CHECK(shares[1].count == 3);
  CHECK(shares[1].cumulative_incidence == std::vector<double>{0.25, 0.5, 0.75, 0.75});
  CHECK(shares[0].cumulative_incidence == std::vector<double>{0, 0, 0, 0.25});
  CHECK(shares[0].probability == 0.25);
  CHECK(shares[2].probability == 0);
  CHECK(shares[2].ci.high == Approx(wilson_interval(0, 4).high));
  CHECK(std::isnan(ShareStatistics({"x"}, 1).shares()[0].probability));
}
