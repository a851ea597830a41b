// How often intervals of differences hold, and shifts are seen.

#include <tuple>
#include <utility>
#include <vector>

#include "analysis/comparison.hpp"
#include "support/catch.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;

namespace {

bool covers(const truce::results::Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

/// Share of `repeats` comparisons that cover, by a generator of pairs (a, b) of one trial at each
/// of `points` points.
struct Coverage {
  double covered = 0;
  double covered_or_warned = 0;
  double shifted = 0;
};

template <class Draw>
Coverage coverage(std::size_t trials, std::size_t points, ValueKind kind, double truth,
                  Draw&& draw) {
  constexpr int repeats = 400;
  truce::test::Uniform uniform(77);
  Coverage result;
  for (int r = 0; r < repeats; ++r) {
    PointValues a(points, std::vector<double>(trials));
    PointValues b = a;
    for (std::size_t i = 0; i < trials; ++i) {
      for (std::size_t p = 0; p < points; ++p) std::tie(a[p][i], b[p][i]) = draw(uniform, p == 0);
    }
    const Comparison c = compare_paired(a, b, kind);
    const bool good = covers(c.difference.interval(0.95), truth);
    result.covered += good / 400.0;
    result.covered_or_warned += (good || c.too_few) / 400.0;
    result.shifted += (c.shift != Shift::none) / 400.0;
    CHECK(covers(c.difference.interval(0.95), 0) == (c.difference.p_value() >= 0.05));
  }
  return result;
}

}  // namespace

TEST_CASE("intervals of paired differences and of P(better) cover, quantiles' as well") {
  truce::test::Uniform uniform(21);
  constexpr int repeats = 300;
  int mean = 0;
  int better = 0;
  int median = 0;
  double reduction = 0;
  for (int r = 0; r < repeats; ++r) {
    std::vector<double> a(200);
    std::vector<double> b(200);
    for (std::size_t i = 0; i < a.size(); ++i) {
      const double shared = 3 * uniform.normal();
      a[i] = shared + 0.5 + uniform.normal();
      b[i] = shared + uniform.normal();
    }
    const Comparison c = compare_paired({a}, {b}, ValueKind::numbers);
    mean += covers(c.difference.interval(0.95), 0.5);
    better += covers(c.larger.interval, 0.638163);  // Phi(0.5 / sqrt 2)
    median += covers(c.quantiles[2].difference.interval, 0.5);
    reduction += c.variance_reduction / repeats;
  }
  // 95 % of 300 is 285, sd 3.8.
  CHECK(mean >= 272);
  CHECK(mean <= 297);
  CHECK(better >= 272);
  CHECK(median >= 268);
  CHECK(reduction == Approx(10).epsilon(0.05));  // 20 / 2
}

// 95 % of 400 is 380 with sd 4.4, or 1.1 %.
TEST_CASE("intervals of differences that are rare cover") {
  const auto rare = [](double p, double q) {
    return [p, q](auto& u, bool) {
      return std::pair{static_cast<double>(u() < p), static_cast<double>(u() < q)};
    };
  };
  for (const auto& [p, q] : {std::pair(0.002, 0.001), std::pair(0.001, 0.001)}) {
    const auto shares = coverage(1000, 1, ValueKind::yes_or_no, p - q, rare(p, q));
    CHECK(shares.covered >= 0.92);
    const auto counts = coverage(1000, 1, ValueKind::numbers, p - q, rare(p, q));
    CHECK(counts.covered_or_warned >= 0.92);
  }
}

TEST_CASE("intervals over several points cover, where these share a trial's numbers") {
  double shared = 0;
  double other = 0;
  const auto numbers = coverage(50, 4, ValueKind::numbers, 0.5, [&](auto& u, bool first) {
    if (first) shared = u.normal();
    return std::pair{shared + 0.5 + 0.1 * u.normal(), 0.1 * u.normal()};
  });
  CHECK(numbers.covered >= 0.92);
  CHECK(numbers.covered <= 0.985);
  const auto shares = coverage(100, 4, ValueKind::yes_or_no, 0.1, [&](auto& u, bool first) {
    if (first) {
      shared = u();
      other = u();
    }
    return std::pair{static_cast<double>(shared < 0.3), static_cast<double>(other < 0.2)};
  });
  CHECK(shares.covered >= 0.92);
  CHECK(shares.covered <= 0.985);
}

TEST_CASE("a shift of distributions is seen where there is one, and not of few values by chance") {
  const auto equal = coverage(300, 1, ValueKind::numbers, 0, [](auto& u, bool) {
    return std::pair{std::floor(3 * u()), std::floor(3 * u())};
  });
  CHECK(equal.shifted <= 0.085);
  const auto shift = [](auto&& of_a, auto&& of_b) {
    truce::test::Uniform u(5);
    std::vector<double> a(2000);
    std::vector<double> b(2000);
    for (std::size_t i = 0; i < a.size(); ++i) {
      a[i] = of_a(u());
      b[i] = of_b(u());
    }
    return compare_paired({a}, {b}, ValueKind::numbers).shift;
  };
  CHECK(shift([](double u) { return u + 0.2; }, [](double u) { return u; }) == Shift::larger);
  CHECK(shift([](double u) { return u; }, [](double u) { return u + 0.2; }) == Shift::smaller);
  CHECK(shift([](double u) { return 2 * u - 0.5; }, [](double u) { return u; }) == Shift::crossing);
}
