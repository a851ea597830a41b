#pragma once

#include <Eigen/Core>
#include <vector>

namespace truce::analysis {

/// Functions of one parameter with mean 0 and mean square 1 over a sample, orthogonal to each
/// other.
struct ParameterBasis {
  Eigen::MatrixXd at;            ///< [row of the sample, function]
  std::vector<unsigned> degree;  ///< [function]
};

/// Orthonormal functions on the parameter's own values `x` [row], of degree up to `most`:
/// polynomials of x; where x is so skewed that these would say nothing of most of its range (a
/// range of more than 8 standard deviations), x itself and polynomials of its rank, or of `unit`
/// [row], its place in the unit cube, where that is known. Equal values have equal functions, so
/// that there are fewer of them than different values.
ParameterBasis parameter_basis(const Eigen::VectorXd& x, const Eigen::VectorXd& unit,
                               unsigned most);

/// Mean ranks, 0 to n - 1.
Eigen::VectorXd mean_ranks(const Eigen::VectorXd& values);

}  // namespace truce::analysis
