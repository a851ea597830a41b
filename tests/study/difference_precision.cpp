// Stopping on the difference of two variants: when it stops, and how often its interval then holds.
// benchmark/coverage.cpp has more repetitions.
#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "study/looks.hpp"
#include "support/catch.hpp"
#include "support/coverage/differences.hpp"
#include "support/sanitized.hpp"

using namespace truce;
using study::DifferenceRule;

TEST_CASE("looks are block borders that grow by a quarter, and the last one") {
  CHECK(study::looks_until(10'000) == std::vector<std::uint64_t>{4096, 5120, 7168, 8192, 10'000});
  CHECK(study::looks_until(4096) == std::vector<std::uint64_t>{4096});
  CHECK(study::looks_until(100) == std::vector<std::uint64_t>{100});
}

TEST_CASE("the bound for all looks is the known one") {
  // One look, and two equally spaced ones at 5 %: Pocock (1977), table 1, 2.178.
  CHECK(study::bound_at_all({1024}, 0.95) == Approx(1.959964).margin(1e-6));
  CHECK(study::bound_at_all({1000, 2000}, 0.95) == Approx(2.178).margin(5e-4));
  CHECK(study::bound_at_all({1000, 2000, 3000, 4000, 5000}, 0.95) == Approx(2.413).margin(5e-4));
  CHECK(study::bound_at_all({1000, 2000, 3000, 4000, 5000}, 0.99) == Approx(2.986).margin(5e-4));
}

TEST_CASE("intervals of a difference hold at the look where the rule stops") {
  constexpr int repetitions = test::repeated(400);
  const double sd = std::sqrt(0.95 * 0.05 / repetitions);  // of a share of 95 %: 1.1 %
  for (const test::StoppingCase& of : test::stopping_cases()) {
    const test::StoppedCoverage found = test::stopped_coverage(of, repetitions);
    const double covered = found.interval.share();
    CAPTURE(of.name, covered, found.reached, found.trials);
    CHECK(covered >= 0.95 - 2.75 * sd);
    // Those that hold at all looks hold more often than they say, unless they stop by mistake.
    if (of.excludes == 0 || of.truth == of.excludes) CHECK(covered <= 0.95 + 3.2 * sd);
    CHECK(found.trials >= study::PrecisionRule::least_trials);
    if (of.excludes == 0) CHECK(found.reached == 1);
    if (of.truth == of.excludes) CHECK(found.reached <= 0.05 + 2.75 * sd);
  }
}

TEST_CASE("the rule cannot stop on what has not differed, or seldom") {
  DifferenceRule shares({.outcome = "x", .a = "a", .b = "b", .half_width = 0.5, .excludes = 0.5},
                        results::ColumnKind::boolean, 100'000);
  DifferenceRule numbers({.outcome = "x", .a = "a", .b = "b", .half_width = 0.5},
                         results::ColumnKind::real, 100'000);
  std::vector<double> a(50'000, 0);
  const std::vector<double> b(50'000, 0);
  shares.add(a, b);
  numbers.add(a, b);
  CHECK(!shares.reached().reached);
  CHECK(!numbers.reached().reached);
  std::fill_n(a.begin(), 19, 1);
  shares.add(a, b);
  CHECK(!shares.reached().reached);
  shares.add(std::vector<double>{1}, std::vector<double>{0});
  CHECK(shares.reached().reached);
  CHECK(shares.reached().count == 100'001);
  // Twenty of one size are too few for numbers; 25 are enough.
  std::fill_n(a.begin(), 19, 1000);
  numbers.add(a, b);
  CHECK(!numbers.reached().reached);
}

TEST_CASE("pairs without a value on a side do not count") {
  DifferenceRule rule({.outcome = "x", .a = "a", .b = "b", .half_width = 1},
                      results::ColumnKind::real, 4096);
  const double none = std::nan("");
  rule.add(std::vector{1.0, none, 4.0, 2.0}, std::vector{0.0, 1.0, none, 0.0});
  CHECK(rule.reached().count == 2);
  CHECK(rule.reached().value == 1.5);
}
