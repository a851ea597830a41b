#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/distributions.hpp"

namespace truce::engine {

/// The quantile function of a distribution that is drawn many times with the same parameters.
///
/// Where inversion takes a search (gamma, beta, PERT), ln x, or the logit of x, is interpolated as
/// a function of the normal score z of u: by Chebyshev polynomials (Trefethen, Approximation Theory
/// and Approximation Practice, 2013, ch. 3) on pieces of z, which are made when they are first
/// needed. The relative error is below 1e-12. Binomial and Poisson counts are looked up in their
/// cumulative probabilities, from where a guide table says on (Chen and Asau, AIIE Transactions 6
/// (1974), 163-166). The exponential takes ln(1 - u), where 1 - u is exact for what `open_unit`
/// gives. All other families, shapes below 0.25 or above 1e6, and counts that spread over more than
/// 1,024 values, are those of `quantile` to the last bit, as are counts that are looked up.
class TabulatedQuantile {
 public:
  TabulatedQuantile() = default;
  /// Parameters must have no problem; see `parameter_problem`.
  TabulatedQuantile(Family family, std::span<const double> parameters);

  /// For u that `open_unit` gives.
  double operator()(double u);

 private:
  static constexpr std::size_t terms = 12;
  static constexpr double piece_width = 0.5;
  static constexpr double lowest = -8.5;  ///< no normal score of open_unit is lower
  static constexpr std::size_t pieces = 34;

  static constexpr double most_counts = 1'024;
  enum class Method : std::uint8_t { direct, exponential, table, counts };
  /// A polynomial in (z - middle) / (width / 2).
  struct Piece {
    bool made = false;
    std::array<double, terms> coefficients{};
  };

  [[nodiscard]] double transformed(double z) const;
  [[nodiscard]] double back(double y) const;
  void make(std::size_t piece);
  void look_up_counts();
  [[nodiscard]] double count(double u) const;
  /// Apart, so that what is called for each draw stays small.
  [[gnu::cold, gnu::noinline]] double searched(double u) const;

  Family family_;
  Method method_ = Method::direct;
  std::vector<double> parameters_;
  double low_ = 0, width_ = 1;  ///< of a beta or PERT distribution; lowest count
  std::vector<Piece> table_;
  std::vector<double> cumulative_;    ///< of the counts from low_ on, but for the last
  std::vector<std::uint32_t> guide_;  ///< where u >= i / guide_.size() is not below
};

}  // namespace truce::engine
