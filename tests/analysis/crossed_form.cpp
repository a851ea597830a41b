// Intervals of few units and batches, against Student's by hand.
#include "analysis/detail/crossed_form.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace truce::analysis;
using Eigen::ArrayXXd;

TEST_CASE("means and ratios of few units have Student's interval") {
  ArrayXXd cells(5, 1);
  cells << 1, 2, 3, 4, 10;
  // Quantile 0.975 of 4 degrees of freedom; sum of squares about the mean of 4 is 50.
  const double half = 2.7764451052 * std::sqrt(50.0 / 4 / 5);
  const Estimate mean = crossed_mean(cells);
  CHECK(mean.value == Approx(4));
  CHECK(mean.interval.low == Approx(4 - half).epsilon(1e-8));
  CHECK(mean.interval.high == Approx(4 + half).epsilon(1e-8));
  UnitForm above(5, 1);
  above.with_mean = above.with_self = cells;
  UnitForm below(5, 1);
  below.with_mean = below.with_self = ArrayXXd::Constant(5, 1, 2);
  const CrossedRatio ratio = crossed_ratio(above, below);
  CHECK(ratio.estimate.value == Approx(2));
  CHECK(ratio.estimate.interval.high == Approx(2 + half / 2).epsilon(1e-8));
  // Within two strata, of means 2 and 7, the squares are 2 and 18, with 3 degrees in 5.
  const CrossedRatio within = crossed_ratio(above, below, {0, 0, 0, 1, 1});
  CHECK(within.error.units == Approx(20.0 / 3 / 5 / 4));
}

TEST_CASE("errors of units and of batches add up, what they have in common counts once") {
  // Unit effects -2, 0, 2 and batch effects -3, -1, 1, 3, without interaction.
  ArrayXXd cells(3, 4);
  for (Eigen::Index u = 0; u < 3; ++u) {
    for (Eigen::Index b = 0; b < 4; ++b) {
      cells(u, b) = 10 + 2.0 * static_cast<double>(u - 1) + static_cast<double>(2 * b - 3);
    }
  }
  const double units = 4.0 / 3;         // variance 4
  const double batches = 20.0 / 3 / 4;  // variance 20 / 3
  const double freedom = std::pow(units + batches, 2) / (units * units / 2 + batches * batches / 3);
  const Estimate mean = crossed_mean(cells);
  CHECK(mean.value == Approx(10));
  const double half = truce::results::student_quantile(0.95, freedom) * std::sqrt(units + batches);
  CHECK(mean.interval.high == Approx(10 + half));
}
