#include "analysis/comparison.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "support/catch.hpp"

using namespace truce::analysis;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

}  // namespace

TEST_CASE("a paired comparison by hand") {
  const std::vector<double> a = {1, 2, 3, none, 5, none};
  const std::vector<double> b = {0, 2, 1, 4, none, none};
  const Comparison c = compare_paired({a}, {b}, ValueKind::numbers);
  CHECK(c.trials == 3);
  CHECK(c.count_a == 3);
  CHECK(c.only_a == 1);
  CHECK(c.only_b == 1);
  CHECK(c.neither == 1);
  CHECK(c.mean_a == 2);
  CHECK(c.mean_b == 1);
  CHECK(c.difference.value() == 1);
  CHECK(c.variance_reduction == Approx(2));
  CHECK(c.larger.value == Approx(2.0 / 3));
  CHECK(c.smaller.value == 0);
  CHECK_THROWS_AS(compare_paired({a}, {{1}}, ValueKind::numbers), std::invalid_argument);
}

TEST_CASE("without skewness and ties the difference has Student's interval and p-value") {
  // Gains 2 and 4, losses 2 and 4, each often: the parts' skewness is alike.
  std::vector<double> a;
  const std::vector<double> b(4000, 10.0);
  for (int i = 0; i < 1000; ++i) a.insert(a.end(), {12, 14, 8, 6});
  const Comparison c = compare_paired({a}, {b}, ValueKind::numbers);
  const double error = std::sqrt(10.0 * 4000 / 3999 / 4000);
  CHECK(c.difference.value() == 0);
  CHECK(c.difference.interval(0.95).high == Approx(1.9605 * error).epsilon(0.002));
  CHECK(c.difference.interval(0.95).low == Approx(-c.difference.interval(0.95).high));
  CHECK(c.difference.p_value(2 * error) == Approx(0.0456).epsilon(0.01));
  CHECK(c.difference.p_not_equivalent(2 * error) == Approx(0.0228).epsilon(0.01));
  CHECK(trials_to_see(c, 0.1) == Approx(7849 * 10 / 10.0).epsilon(0.01));  // (2.8016 sd / 0.1)^2
}

TEST_CASE("trials needed on each side do not depend on how unequal the sides of the pilot were") {
  const auto sample = [](std::size_t n, double size) {
    std::vector<double> values;
    for (std::size_t i = 0; i < n; ++i) values.push_back(i % 2 == 0 ? size : -size);
    return values;
  };
  const double expected = std::pow(2.8016 / 0.1, 2) * (1 + 4);
  for (const auto& [n, m] : {std::pair{10'000, 10'000}, {20'000, 500}, {500, 20'000}}) {
    const auto a = sample(static_cast<std::size_t>(n), 1);
    const auto b = sample(static_cast<std::size_t>(m), 2);
    INFO(n);
    CHECK(trials_to_see(compare_independent(a, b, ValueKind::numbers), 0.1) ==
          Approx(expected).epsilon(0.01));
  }
  // Of shares: p (1 - p) on either side.
  const std::vector<double> rare = [] {
    std::vector<double> values(20'000, 0.0);
    std::fill_n(values.begin(), 2000, 1.0);
    return values;
  }();
  std::vector<double> half(400, 0.0);
  std::fill_n(half.begin(), 200, 1.0);
  CHECK(trials_to_see(compare_independent(rare, half, ValueKind::yes_or_no), 0.1) ==
        Approx(std::pow(2.8016 / 0.1, 2) * (0.09 + 0.25)).epsilon(0.02));
}

TEST_CASE("points are pooled, and a trial's points are no independent pairs") {
  // Each of four trials at three points: as if each pair was there three times.
  const std::vector<double> a = {1, 5, 3, 7};
  const std::vector<double> b = {2, 3, 3, 2};
  const Comparison one = compare_paired({a}, {b}, ValueKind::numbers);
  const Comparison three = compare_paired({a, a, a}, {b, b, b}, ValueKind::numbers);
  CHECK(three.trials == 4);
  CHECK(three.count_a == 12);
  CHECK(three.difference.interval(0.95).low == Approx(one.difference.interval(0.95).low));
  CHECK(three.difference.p_value() == Approx(one.difference.p_value()));
  CHECK(three.larger.interval.high == Approx(one.larger.interval.high));

  // A trial that is missing at a point counts at the others.
  const Comparison part = compare_paired({{1, 2}, {none, 6}}, {{0, 0}, {0, 0}}, ValueKind::numbers);
  CHECK(part.trials == 2);
  CHECK(part.count_a == 3);
  CHECK(part.only_b == 1);
  CHECK(part.mean_a == 3);

  // Pooled values, not a trial's means: quantiles and P(more) are those of the pairs.
  const Comparison pooled =
      compare_paired({{0, 0}, {10, 10}}, {{1, 1}, {1, 1}}, ValueKind::numbers);
  CHECK(pooled.larger.value == 0.5);
  CHECK(pooled.quantiles.front().a == 0);
  CHECK(pooled.quantiles.back().a == 10);
}

TEST_CASE("yes and no in pairs: Tango's interval, and the p-value that belongs to it") {
  const auto compared = [](int both, int neither, int only_a, int only_b) {
    std::vector<double> a;
    std::vector<double> b;
    const auto add = [&](int count, double x, double y) {
      a.insert(a.end(), static_cast<std::size_t>(count), x);
      b.insert(b.end(), static_cast<std::size_t>(count), y);
    };
    add(both, 1, 1);
    add(neither, 0, 0);
    add(only_a, 1, 0);
    add(only_b, 0, 1);
    return compare_paired({a}, {b}, ValueKind::yes_or_no);
  };
  const Comparison c = compared(40, 50, 8, 2);
  CHECK(c.difference.value() == Approx(0.06));
  CHECK(c.difference.p_value() == Approx(0.0577796));  // McNemar's score: z = 6 / sqrt(10)
  CHECK(c.quantiles.empty());

  // None of n differ: z^2 / (n + z^2) either way.
  const auto nothing = compared(0, 1000, 0, 0).difference.interval(0.95);
  CHECK(nothing.high == Approx(3.841459 / 1003.841459));
  CHECK(nothing.low == Approx(-3.841459 / 1003.841459));
  CHECK_FALSE(compared(0, 1000, 0, 0).varies);

  for (const int only_a : {0, 1, 3, 4, 5, 9}) {
    const Difference d = compared(3, 90, only_a, 1).difference;
    const auto interval = d.interval(0.95);
    CHECK((interval.low <= 0 && 0 <= interval.high) == (d.p_value() > 0.05));
  }
}

TEST_CASE("independent comparisons by published examples") {
  // Newcombe (1998), table II, method 10: 56 of 70 against 48 of 80.
  std::vector<double> a(70, 0.0);
  std::vector<double> b(80, 0.0);
  std::fill_n(a.begin(), 56, 1.0);
  std::fill_n(b.begin(), 48, 1.0);
  const Comparison shares = compare_independent(a, b, ValueKind::yes_or_no);
  CHECK(shares.difference.value() == Approx(0.2));
  CHECK(shares.difference.interval(0.95).low == Approx(0.0524).margin(5e-5));
  CHECK(shares.difference.interval(0.95).high == Approx(0.3339).margin(5e-5));

  const std::vector<double> x = {1, 2, 3, 4, 5};
  const std::vector<double> y = {2, 4, 6, none};
  const Comparison means = compare_independent(x, y, ValueKind::numbers);
  CHECK(means.pairing == Pairing::independent);
  CHECK(means.count_b == 3);
  CHECK(means.difference.value() == -1);
  // Welch: se = sqrt(2.5 / 5 + 4 / 3), df = 3.5288.
  CHECK(means.difference.p_value() == Approx(0.5060).margin(2e-3));
  CHECK(means.larger.value == Approx(4.0 / 15));  // of 15 pairs
  CHECK(means.smaller.value == Approx(9.0 / 15));
  CHECK(std::isnan(means.variance_reduction));
}

TEST_CASE("Holm's adjustment") {
  const auto adjusted = holm_adjusted({0.01, 0.04, none, 0.03, 0.005});
  CHECK(adjusted[0] == Approx(0.03));
  CHECK(adjusted[1] == Approx(0.06));
  CHECK(std::isnan(adjusted[2]));
  CHECK(adjusted[3] == Approx(0.06));
  CHECK(adjusted[4] == Approx(0.02));
  CHECK(holm_adjusted({0.9, 0.8})[0] == 1);
}

TEST_CASE("quantiles with few trials beyond have no interval of their difference") {
  std::vector<double> a;
  std::vector<double> b;
  for (int i = 0; i < 40; ++i) {
    a.push_back(i);
    b.push_back((7 * i) % 40 + 3);
  }
  for (const Comparison& c : {compare_paired({a}, {b}, ValueKind::numbers),
                              compare_independent(a, b, ValueKind::numbers)}) {
    REQUIRE(c.quantiles.size() == 5);
    for (const QuantileDifference& q : c.quantiles) {
      CHECK(q.difference.value == -3);
      // 2 of 40 beyond the outer ones, 10 beyond the quartiles.
      const bool outer = q.probability < 0.1 || q.probability > 0.9;
      CHECK(std::isnan(q.difference.interval.low) == outer);
    }
  }
}

TEST_CASE("p-values of few events are told, however small") {
  std::vector<double> few(2000, 0.0);
  std::vector<double> many(2000, 0.0);
  std::fill_n(few.begin(), 2, 1.0);
  std::fill_n(many.begin(), 1200, 1.0);
  for (const double n : {1.0, 2.0, 3.0}) {
    std::fill_n(few.begin(), static_cast<int>(n), 1.0);
    const Comparison c = compare_independent(many, few, ValueKind::yes_or_no);
    CHECK(c.difference.p_value() < 1e-100);
    CHECK(c.difference.p_not_equivalent(0.9) < 1e-50);
    CHECK(c.difference.p_not_equivalent(0.1) > 0.99);
  }
}
