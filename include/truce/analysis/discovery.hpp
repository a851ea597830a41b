#pragma once

#include <Eigen/Core>
#include <vector>

namespace truce::analysis {

/// A box in the space of assumptions.
struct Box {
  struct Limit {
    Eigen::Index dimension = 0;
    double low = 0;      ///< -infinity where only the upper side is restricted
    double high = 0;     ///< and the other way round
    double p_value = 1;  ///< that the restriction would do as well by chance
  };
  double mass = 1;            ///< share of the points inside
  double coverage = 1;        ///< share of all cases of interest that are inside
  double density = 0;         ///< share of the points inside that are of interest
  std::vector<Limit> limits;  ///< of restricted dimensions, ascending
};

struct Discovery {
  double base_rate = 0;         ///< density over all points
  std::vector<Box> trajectory;  ///< from all points to the smallest box
  /// The box with the largest weighted relative accuracy, mass (density - base rate): Lavrac, Flach
  /// and Zupan, Inductive Logic Programming (1999).
  std::size_t chosen = 0;
};

struct PeelingSettings {
  double alpha = 0.05;  ///< share of the points peeled off at a time
  double least_mass = 0.05;
};

/// The patient rule induction method (Friedman and Fisher, Stat. Comput. 9, 1999): peels off, again
/// and again, the side that raises the mean most, and ends each box by pasting. points [n, D];
/// share [n] in [0, 1] of the cases of interest at each point. p-values of restrictions as in
/// Bryant and Lempert, Technol. Forecast. Soc. Change 77 (2010): one-sided binomial, of the density
/// inside against that of the box without the restriction. Throws std::invalid_argument for other
/// shapes, shares outside [0, 1], or fewer than 20 points.
Discovery discover(const Eigen::MatrixXd& points, const Eigen::VectorXd& share,
                   const PeelingSettings& settings = {});

}  // namespace truce::analysis
