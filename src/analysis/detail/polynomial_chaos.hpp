#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <utility>
#include <vector>

#include "analysis/detail/parameter_basis.hpp"

namespace truce::analysis {

/// A product of functions of different parameters: (parameter, its function), by parameter.
using Term = std::vector<std::pair<std::size_t, Eigen::Index>>;

/// Terms that a sparse expansion may take: of hyperbolic norm (degrees to the power 1/2, summed and
/// squared; Blatman and Sudret, J. Comput. Phys. 230, 2011) up to 24, the lowest `most` of them.
std::vector<Term> candidate_terms(const std::vector<ParameterBasis>& bases, std::size_t most);

/// Values of terms over the sample, [row, term].
Eigen::MatrixXd term_values(const std::vector<ParameterBasis>& bases,
                            const std::vector<Term>& terms);

/// One of the parts into which the rows are split: an expansion fitted to all other rows, and what
/// it misses in these. What it says is by batch of trials.
struct Fold {
  std::vector<Eigen::Index> rows;  ///< those left out
  std::vector<std::size_t> terms;  ///< in SparseExpansion::candidates
  Eigen::MatrixXd coefficients;    ///< [term, batch]
  Eigen::MatrixXd rest;            ///< [row, batch]: the values less the expansion
};

/// Sparse polynomial chaos, fitted as often as there are folds.
struct SparseExpansion {
  std::vector<ParameterBasis> bases;  ///< [parameter]
  std::vector<Term> candidates;
  Eigen::MatrixXd values;  ///< of the candidates, [row, candidate]
  std::vector<Fold> folds;
  std::size_t size = 0;  ///< terms of each
};

/// Fits batch means y [row, batch], each centred over the rows, at points x [row, parameter] of
/// which `unit` are the places in the unit cube, or empty. Terms are taken by orthogonal matching
/// pursuit on the batches' mean, as many as make the squared error in the rows left out least.
SparseExpansion fit_sparse_expansion(const Eigen::MatrixXd& x, const Eigen::MatrixXd& unit,
                                     const Eigen::MatrixXd& y);

}  // namespace truce::analysis
