#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

#include "analysis/estimate.hpp"

namespace truce::analysis {

/// Least share of the variance that an emulator must reproduce for its indices to be told, and the
/// least that its interval may reach down to.
inline constexpr double least_quality = 0.7;
inline constexpr double least_quality_low = 0.5;

/// Largest share of noise in the variance between the points' means with which intervals hold what
/// they say.
inline constexpr double most_noise = 0.2;

/// Fewest points whose Shapley effects have intervals that hold 93 % or more: of 100 random points
/// they hold 90 to 97 %, as the sample's own skewness counts in full, without strata or a net.
inline constexpr Eigen::Index fewest_for_shapley = 200;

/// A pair of parameters, and the share of the variance that is due to the two together, beyond what
/// each does alone.
struct PairIndex {
  std::size_t a = 0;
  std::size_t b = 0;
  Estimate second;
};

/// First order: the share of the variance that is due to these parameters alone; total: with all
/// that they do together with others.
struct GroupIndices {
  Estimate first;
  Estimate total;
};

struct EmulatorAnalysis {
  /// Q^2: the share of the variance between points that the emulator foretells in points it was not
  /// fitted to; the trials' noise taken out of both. NaN where the points do not differ by more
  /// than noise.
  double quality = 0;
  double quality_low = 0;  ///< lower end of its 95 % interval
  std::size_t terms = 0;   ///< of the expansion
  /// Share of the variance between the points' means that is the trials' noise.
  double noise = 0;
  std::vector<GroupIndices> parameters;  ///< empty where `quality` is too low, or parameters depend
  std::vector<GroupIndices> groups;      ///< as asked for
  std::vector<PairIndex> pairs;
  /// Whether the sample's parameters depend on each other: then there are Shapley effects in place
  /// of the indices, unless there are more than 8 parameters.
  bool depend = false;
  std::vector<Estimate> shapley;  ///< [parameter]
  /// Whether there are indices.
  [[nodiscard]] bool sound() const {
    return quality >= least_quality && quality_low >= least_quality_low;
  }
};

/// Variance-based sensitivity from any sample through an emulator: sparse polynomial chaos on
/// functions orthonormal over the sample. x [point, parameter] in their own units, `unit` their
/// places in the unit cube, or empty; batches [point, batch]: means of batches of trials, each with
/// the same random numbers at all points; `groups`: parameters whose indices are told together.
///
/// Indices are one-step estimates: the variance of the emulator's part, and twice the covariance of
/// that part with what the emulator misses in points left out of its fit (8 folds), so that they
/// err only by the square of the emulator's error (van der Vaart, Asymptotic Statistics,
/// 1998, 25.8). What the emulator misses counts in no first order and in every total; intervals
/// reach over it and over the sample's resolution, 0.5 / points. Throws std::invalid_argument for
/// other shapes or fewer than 20 points.
EmulatorAnalysis emulator_analysis(const Eigen::MatrixXd& x, const Eigen::MatrixXd& unit,
                                   const Eigen::MatrixXd& batches,
                                   const std::vector<std::vector<std::size_t>>& groups = {});

}  // namespace truce::analysis
