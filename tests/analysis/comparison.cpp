#include "truce/analysis/comparison.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

bool covers(const Estimate& estimate, double truth) {
  return estimate.interval.low <= truth && truth <= estimate.interval.high;
}

}  // namespace

TEST_CASE("a paired comparison by hand") {
  const std::vector<double> a = {1, 2, 3, none, 5, none};
  const std::vector<double> b = {0, 2, 1, 4, none, none};
  const Comparison c = compare_paired(a, b, ValueKind::numbers);
  CHECK(c.count_a == 3);
  CHECK(c.only_a == 1);
  CHECK(c.only_b == 1);
  CHECK(c.mean_a == 2);
  CHECK(c.mean_b == 1);
  CHECK(c.difference.value == 1);  // of 1, 0, 2: sd 1, t(2) = 4.3027
  CHECK(c.difference.interval.high == Approx(1 + 4.302653 / std::sqrt(3.0)));
  CHECK(c.variance_reduction == Approx(2));
  CHECK(c.larger.value == Approx(2.0 / 3));
  CHECK(c.smaller.value == 0);
  CHECK(c.p_value == Approx(0.2254033));  // t = sqrt(3) with 2 degrees of freedom
  CHECK(c.dominance == Dominance::a_is_larger);
  CHECK_THROWS_AS(compare_paired(a, std::vector<double>{1}, ValueKind::numbers),
                  std::invalid_argument);
}

TEST_CASE("yes and no in pairs: McNemar's exact test") {
  std::vector<double> a;
  std::vector<double> b;
  const auto add = [&](int count, double x, double y) {
    a.insert(a.end(), static_cast<std::size_t>(count), x);
    b.insert(b.end(), static_cast<std::size_t>(count), y);
  };
  add(40, 1, 1);
  add(50, 0, 0);
  add(8, 1, 0);
  add(2, 0, 1);
  const Comparison c = compare_paired(a, b, ValueKind::yes_or_no);
  CHECK(c.difference.value == Approx(0.06));
  CHECK(c.p_value == Approx(112.0 / 1024));  // 2 (1 + 10 + 45) / 2^10
  CHECK(c.quantiles.empty());
}

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
    const Comparison c = compare_paired(a, b, ValueKind::numbers);
    mean += covers(c.difference, 0.5);
    better += covers(c.larger, 0.638163);  // Phi(0.5 / sqrt 2)
    median += covers(c.quantiles[2].difference, 0.5);
    reduction += c.variance_reduction / repeats;
  }
  // 95 % of 300 is 285, sd 3.8.
  CHECK(mean >= 272);
  CHECK(mean <= 297);
  CHECK(better >= 272);
  CHECK(median >= 268);
  CHECK(reduction == Approx(10).epsilon(0.05));  // 20 / 2
}

TEST_CASE("independent comparisons by published examples") {
  // Newcombe (1998), table II, method 10: 56 of 70 against 48 of 80.
  std::vector<double> a(70, 0.0);
  std::vector<double> b(80, 0.0);
  std::fill_n(a.begin(), 56, 1.0);
  std::fill_n(b.begin(), 48, 1.0);
  const Comparison shares = compare_independent(a, b, ValueKind::yes_or_no);
  CHECK(shares.difference.value == Approx(0.2));
  CHECK(shares.difference.interval.low == Approx(0.0524).margin(5e-5));
  CHECK(shares.difference.interval.high == Approx(0.3339).margin(5e-5));

  const std::vector<double> x = {1, 2, 3, 4, 5};
  const std::vector<double> y = {2, 4, 6, none};
  const Comparison means = compare_independent(x, y, ValueKind::numbers);
  CHECK(means.pairing == Pairing::independent);
  CHECK(means.count_b == 3);
  CHECK(means.difference.value == -1);
  // Welch: se = sqrt(2.5 / 5 + 4 / 3), df = 3.5288.
  CHECK(means.p_value == Approx(0.5060).margin(2e-3));
  CHECK(means.larger.value == Approx(4.0 / 15));  // of 15 pairs
  CHECK(means.smaller.value == Approx(9.0 / 15));
  CHECK(std::isnan(means.variance_reduction));
}

TEST_CASE("dominance needs the distribution functions not to cross") {
  const auto dominance = [](std::vector<double> a, std::vector<double> b) {
    return compare_paired(a, b, ValueKind::numbers).dominance;
  };
  CHECK(dominance({1, 2, 3}, {1, 2, 3}) == Dominance::equal);
  CHECK(dominance({3, 2, 4}, {1, 3, 2}) == Dominance::a_is_larger);
  CHECK(dominance({1, 3, 2}, {3, 2, 4}) == Dominance::b_is_larger);
  CHECK(dominance({0, 9, 2}, {1, 2, 3}) == Dominance::none);
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
