#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <random>
#include <span>
#include <vector>

#include "results/bins.hpp"
#include "results/detail/decimal_grid.hpp"
#include "results/detail/wide_moments.hpp"
#include "results/detail/wide_sum.hpp"
#include "results/timeline_statistics.hpp"

namespace truce::results {
namespace {

/// Numbers of very different sizes, many of which cancel each other.
std::vector<double> wild_numbers(std::size_t n) {
  std::mt19937_64 random(20240121);
  std::uniform_real_distribution<double> size(-60, 60);
  std::vector<double> numbers;
  while (numbers.size() < n) {
    const double x =
        std::ldexp(1 + static_cast<double>(random() % 1000) / 1000, static_cast<int>(size(random)));
    numbers.push_back(random() % 2 == 0 ? x : -x);
    if (random() % 3 == 0) numbers.push_back(-numbers.back());
  }
  return numbers;
}

std::vector<std::uint8_t> bytes_of(const auto& statistics) {
  ByteWriter writer;
  statistics.write(writer);
  return writer.bytes();
}

TEST_CASE("A wide sum has no rounding and no order") {
  WideSum cancelled;
  for (const double x : {1e300, 1.0, -1e300, 1e-300, -1e-300}) cancelled.add(x);
  CHECK(cancelled.rounded().value() == 1);
  WideSum tiny;
  for (const double x : {1e308, 5e-324, -1e308}) tiny.add(x);
  CHECK(tiny.rounded().value() == 5e-324);

  const auto numbers = wild_numbers(20'000);
  WideSum forward;
  WideSum backward;
  for (const double x : numbers) forward.add(x);
  for (auto x = numbers.rbegin(); x != numbers.rend(); ++x) backward.add(*x);
  CHECK(bytes_of(forward) == bytes_of(backward));
  WideSum parts;
  for (std::size_t first = 0; first < numbers.size(); first += 777) {
    WideSum part;
    for (std::size_t i = first; i < std::min(first + 777, numbers.size()); ++i)
      part.add(numbers[i]);
    parts.add(part);
  }
  CHECK(bytes_of(forward) == bytes_of(parts));
  CHECK(forward.rounded().value() == parts.rounded().value());
  const auto stored = bytes_of(forward);
  ByteReader again(stored);
  CHECK(bytes_of(WideSum::read(again)) == stored);
  CHECK(again.done());
}

TEST_CASE("A wide sum adds a number many times at once") {
  for (const std::int64_t times : {0LL, 1LL, -1LL, 37LL, -1000LL, 123'456'789LL}) {
    WideSum sum;
    sum.add(0.5);
    sum.add_times(0.1, times);
    WideSum expected;
    expected.add(0.5);
    // 0.1 has 53 bits, so that products with halves of the number are exact.
    const auto low = static_cast<double>(times % 1024);
    const auto high = static_cast<double>(times / 1024);
    for (const double factor : {low, high * 1024}) {
      const double product = factor * 0.1;
      expected.add(product);
      expected.add(std::fma(factor, 0.1, -product));
    }
    CHECK(bytes_of(sum) == bytes_of(expected));
  }
}

TEST_CASE("Billions of equal numbers do not overflow a wide sum") {
  WideSum sum;
  sum.add_times(1.9999999, std::int64_t{1} << 61U);
  CHECK(sum.rounded().value() == std::ldexp(1.9999999, 61));
}

TEST_CASE("Wide moments are those of the definition, far from zero too") {
  for (const double offset : {0.0, 1e6, 1e12}) {
    WideMoments moments;
    // 1, 2, 3, 4, 10: mean 4, squares 50, cubes 180.
    for (const double x : {1.0, 2.0, 3.0, 4.0, 10.0}) moments.add(offset + x);
    const Moments result = moments.moments();
    CHECK(result.count() == 5);
    CHECK(result.mean() == offset + 4);
    CHECK(result.sd() == std::sqrt(50.0 / 4));
    CHECK(std::abs(result.skewness() - 180.0 / 5 / std::pow(10.0, 1.5)) < 1e-15);
    CHECK(result.min() == offset + 1);
    CHECK(result.max() == offset + 10);
  }
  WideMoments same;
  for (int i = 0; i < 10; ++i) same.add(0.1);
  CHECK(same.moments().mean() == 0.1);
  CHECK(same.moments().sd() == 0);
  CHECK(same.moments().skewness() == 0);
}

TEST_CASE("Wide moments of halves are those of the whole") {
  const auto numbers = wild_numbers(3000);
  WideMoments whole;
  WideMoments halves[2];
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    whole.add(numbers[i]);
    halves[i % 2].add(numbers[i]);
  }
  halves[1].add(halves[0]);
  CHECK(bytes_of(whole) == bytes_of(halves[1]));
  CHECK(whole.moments().skewness() == halves[1].moments().skewness());
}

TEST_CASE("A grid of cells counts as the bins themselves do") {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    std::vector<double> numbers;
    const double scale = std::pow(10.0, static_cast<double>(random() % 12) - 6);
    const double offset = round % 3 == 0 ? 0 : scale * static_cast<double>(random() % 1000);
    const std::size_t n = 1 + random() % 400;
    for (std::size_t i = 0; i < n; ++i) {
      // Whole multiples lie on edges; others between them.
      const auto steps = static_cast<double>(random() % 500);
      numbers.push_back(offset + scale * (round % 2 == 0 ? steps / 10 : steps * 0.0973));
    }
    const auto [min, max] = std::ranges::minmax(numbers);
    const auto edges = nice_edges(min, max);
    BinCounts bins(edges);
    bins.add(numbers);
    DecimalGrid grid;
    DecimalGrid first;
    DecimalGrid second;
    for (std::size_t i = 0; i < n; ++i) {
      grid.add(numbers[i]);
      (i < n / 3 ? first : second).add(numbers[i]);
    }
    second.add(first);
    CHECK(grid.counts(edges) == bins.counts());
    CHECK(second.counts(edges) == bins.counts());
    const auto stored = bytes_of(second);
    ByteReader reader(stored);
    CHECK(DecimalGrid::read(reader).counts(edges) == bins.counts());
  }
}

/// Trials with some changes each, of whole numbers or not.
void add_trials(TimelineStatistics& statistics, std::size_t first, std::size_t end, bool real) {
  for (std::size_t trial = first; trial < end; ++trial) {
    std::mt19937_64 random(trial);
    statistics.next_trial();
    std::uint32_t day = 0;
    for (int i = 0; i < 6 && day < 40; ++i) {
      const auto whole = static_cast<double>(random() % 50);
      statistics.change(day, real && random() % 5 == 0 ? whole * 0.37 : whole);
      day += static_cast<std::uint32_t>(random() % 12);
    }
  }
}

TEST_CASE("Timelines of parts are put together to those of the whole") {
  // Only whole numbers; only the second part with others; the first one; both.
  for (const auto& [first_real, second_real] :
       {std::pair(false, false), {false, true}, {true, false}, {true, true}}) {
    TimelineStatistics whole(40, TimelineValues::whole);
    TimelineStatistics first(40, TimelineValues::whole);
    TimelineStatistics second(40, TimelineValues::whole);
    add_trials(whole, 0, 200, first_real);
    add_trials(whole, 200, 500, second_real);
    add_trials(first, 0, 200, first_real);
    add_trials(second, 200, 500, second_real);
    const auto stored = bytes_of(second);
    ByteReader reader(stored);
    TimelineStatistics read(40, TimelineValues::whole);
    read.read(reader);
    first.add(read);
    CHECK(bytes_of(first) == bytes_of(whole));
    const TimelineSummary a = first.summary();
    const TimelineSummary b = whole.summary();
    CHECK(a.mean == b.mean);
    CHECK(a.sd == b.sd);
    CHECK(a.quantiles == b.quantiles);
    CHECK(a.counts == b.counts);
    CHECK(a.relative_error == b.relative_error);
  }
}

TEST_CASE("A state that is cut off or changed is refused") {
  WideMoments moments;
  for (const double x : wild_numbers(10)) moments.add(x);
  auto stored = bytes_of(moments);
  for (std::size_t size = 0; size < stored.size(); ++size) {
    ByteReader reader{std::span<const std::uint8_t>(stored).first(size)};
    CHECK_THROWS_AS(WideMoments::read(reader), std::range_error);
  }
}

}  // namespace
}  // namespace truce::results
