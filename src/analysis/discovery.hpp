#pragma once

#include <Eigen/Core>
#include <vector>

#include "results/interval.hpp"

namespace truce::analysis {

/// Where the points of a study lie.
struct Assumptions {
  Eigen::MatrixXd points;  ///< [n, D]
  /// [D] whether the numbers are names of categories, without order; empty: none are.
  std::vector<bool> categorical;
  /// [n] from 0: points of one cluster share their other assumptions, and are resampled and
  /// permuted together; empty: each point is its own.
  std::vector<std::size_t> cluster;
};

/// A box in the space of assumptions.
struct Box {
  struct Limit {
    Eigen::Index dimension = 0;
    double low = 0;               ///< -infinity where only the upper side is restricted
    double high = 0;              ///< and the other way round
    std::vector<double> allowed;  ///< of a category, ascending; without low and high
  };
  double mass = 1;            ///< share of all points that are inside
  double coverage = 1;        ///< share of all cases of interest that are inside
  double density = 0;         ///< share of the points inside that are of interest
  std::vector<Limit> limits;  ///< of restricted dimensions, ascending
};

/// How far a restriction of a box can be believed.
struct Support {
  double p_value = 1;  ///< that a dimension without any bearing would do as well
  double kept = 0;     ///< share of resamples of the points that restrict the same sides
};

/// One search for a box, among the points that no earlier box holds.
struct Search {
  /// From all these points to the smallest box, along the dimensions that matter; along all where
  /// nothing was found.
  std::vector<Box> trajectory;
  std::size_t chosen = 0;  ///< with the greatest gain: mass (density - base rate)
  double p_value = 1;      ///< that points without any pattern would have that gain
  bool found = false;
  // Of what was found:
  Box box;                             ///< the chosen one, pasted
  std::vector<Support> support;        ///< [limit]
  std::vector<Eigen::Index> dropped;   ///< dimensions whose restrictions chance explains
  double density_validated = 0;        ///< in points that took no part in finding the box
  results::Interval density_interval;  ///< 95 %, of the density over all possible points
  double coverage_validated = 0;       ///< the same of the cases of these points
  bool too_few = false;                ///< of cases inside: the interval may hold less often
};

/// Fewest cases in a box with which the interval of its density holds what it says.
inline constexpr double fewest_cases = 30;

struct Discovery {
  double base_rate = 0;          ///< density over all points
  std::vector<Search> searches;  ///< the last one may have found nothing
  Box together;                  ///< all boxes, without limits
};

struct PeelingSettings {
  double alpha = 0.05;       ///< share of the points peeled off at a time
  double least_mass = 0.05;  ///< no box has a smaller share of the points
  double least_density = 0;  ///< nor is one chosen whose density is smaller
  double level = 0.05;       ///< of the p-values, for boxes and for their restrictions
  std::size_t boxes = 3;     ///< at most
  std::size_t permutations = 499;
  std::size_t resamples = 100;
};

/// The patient rule induction method (Friedman and Fisher, Stat. Comput. 9, 1999) for scenario
/// discovery (Bryant and Lempert, Technol. Forecast. Soc. Change 77, 2010), with shares [n] in
/// [0, 1] of the cases of interest at each point.
///
/// Peels off the end of a dimension, or the category, whose points have the lowest mean (the second
/// lenient criterion of Kwakkel and Jaxa-Rozen, Environ. Model. Softw. 79, 2016; that of Friedman
/// and Fisher where all peels are of one size), down to the least mass. Of this trajectory it
/// chooses the box with the largest weighted relative accuracy (Lavrac, Flach and Zupan, Inductive
/// Logic Programming, 1999), which is the base rate times coverage less mass. p-values come from
/// permutations of the whole: peeling and choosing, with the shares permuted among the points (of
/// the box), or the values of one dimension (of its restriction, exact where the dimensions are
/// drawn independently). A box is found where its p-value is below the level; it is then peeled
/// again along the dimensions whose p-values are, and pasted. Density and coverage beyond the
/// sample are those of ten-fold cross-validation along these dimensions, repeated. The interval
/// reaches over that of cross-validation, a score interval, and one of the bootstrap of the whole
/// search. Then the same among the points outside ("covering"), up to so many boxes.
/// Deterministic.
///
/// Throws std::invalid_argument for other shapes, shares outside [0, 1], or fewer than 20 points.
Discovery discover(const Assumptions& assumptions, const Eigen::VectorXd& share,
                   const PeelingSettings& settings = {});

}  // namespace truce::analysis
