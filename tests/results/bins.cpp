#include "results/bins.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "support/catch.hpp"

using namespace truce::results;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double missing = std::numeric_limits<double>::quiet_NaN();

}  // namespace

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
