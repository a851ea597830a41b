#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

/// A quadratic form of the points' means, summed over units (replicates of a design, or its
/// points), as the trials' batches show it: per unit and batch b the form of batch b with the mean
/// of all batches, and with itself.
struct UnitForm {
  Eigen::ArrayXXd with_mean;  ///< [unit, batch]
  Eigen::ArrayXXd with_self;  ///< [unit, batch]

  UnitForm() = default;
  UnitForm(Eigen::Index units, Eigen::Index batches)
      : with_mean(Eigen::ArrayXXd::Zero(units, batches)),
        with_self(Eigen::ArrayXXd::Zero(units, batches)) {}
  void add(const UnitForm& other, double times) {
    with_mean += times * other.with_mean;
    with_self += times * other.with_self;
  }
};

/// Fewest batches from which noise is told from the rest.
inline constexpr Eigen::Index fewest_batches = 4;

/// The form without the trials' noise: the mean over pairs of different batches (a U-statistic),
/// summed over units. Noise that points share through common random numbers is taken out as well.
/// With fewer batches than `fewest_batches`: with the noise.
double noise_free(const UnitForm& form);

/// The same by unit.
Eigen::ArrayXd noise_free_units(const UnitForm& form);

/// What decides how sure a ratio of two forms is.
struct CrossedError {
  double units = 0;        ///< variance between units
  double batches = 0;      ///< variance between batches of trials
  double interaction = 0;  ///< part of both, which counts once
  double freedom = 0;      ///< degrees, by Satterthwaite
  [[nodiscard]] double variance() const;
};

struct CrossedRatio {
  Estimate estimate;
  CrossedError error;
};

/// Ratio of two forms with its 95 % interval: Student's t with the variance of a two-way crossed
/// sample (Owen, Ann. Appl. Stat. 1, 2007): between units by the jackknife, between batches by the
/// jackknife, less what they have in common. `strata` are the units' groups within which their
/// spread is taken, each a number from 0; empty for one group. NaN where the denominator is not
/// positive.
CrossedRatio crossed_ratio(const UnitForm& numerator, const UnitForm& denominator,
                           const std::vector<std::size_t>& strata = {});

/// Mean of cells [unit, batch] with such an interval.
Estimate crossed_mean(const Eigen::ArrayXXd& cells);

}  // namespace truce::analysis
