#pragma once

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "results/controlled.hpp"
#include "results/detail/bytes.hpp"

namespace truce::results {

/// Sums of whole numbers. They are exact, so that they do not depend on how trials are divided.
__extension__ typedef __int128 WholeSum;

void write_wholes(ByteWriter& to, std::span<const WholeSum> sums);
/// Throws std::range_error.
void read_wholes(ByteReader& from, std::span<WholeSum> sums);

/// Values are rounded to whole numbers before they are summed: outcomes as the plan says, control
/// variates in so many steps; their own means, which take part in estimates, in finer ones.
inline constexpr double control_steps = 0x1p8, fine_control_steps = 0x1p32;
inline constexpr double most_of_target = 0x1p21, most_of_control = 0x1p20;
/// So many products of them are below 2^53, and their sum exact.
inline constexpr std::size_t exact_together = 256;

/// The nearest whole number, within bounds. |x| must be below 2^51, or is cut.
inline double whole(double x, double most) {
  constexpr double shift = 0x1.8p52;
  return std::min(std::max(x, -most), most) + shift - shift;
}

/// Means of control variates are of all trials. Coefficients, and what they leave, are of some of
/// each half: every fourth at first, every sixteenth when there are many.
inline std::size_t half_of(std::uint64_t trial) {
  return trial % 2;
}
inline bool is_sampled(std::uint64_t trial) {
  constexpr std::uint64_t first_ones = 8192;
  return trial / 2 % (trial < first_ones ? 4 : 16) == 0;
}

/// A mean after what control variates explain of it has been taken out.
struct Controlled {
  double shift = 0;  ///< to be added to the plain mean
  double gain = 0;   ///< plain variance of the mean over what is left of it
};

/// From a plain mean and its error.
ControlledMean controlled_mean(double mean, double se, const Controlled& controlled);

/// Of control variates, over the trials of one half.
struct ControlSums {
  std::uint64_t trials = 0;
  std::uint64_t sampled = 0;
  std::vector<WholeSum> fine;      ///< [control], over all trials
  std::vector<WholeSum> sums;      ///< [control], over those sampled
  std::vector<WholeSum> products;  ///< [control][control], over those sampled
};

/// Of something that is to be explained, over the sampled trials of one half.
struct TargetSums {
  WholeSum sum = 0, square = 0;
  std::vector<WholeSum> products;  ///< [control]
};

/// A regression on control variates, whose expectation is 0. Coefficients of the trials with even
/// numbers serve those with odd ones and the other way about (cross-fitting), so that means stay
/// unbiased; what is rounded are the inputs of the coefficients, of which any are right.
///
/// Source: S. Asmussen and P. W. Glynn, Stochastic Simulation (2007), V.2; cross-fitting: V.
/// Chernozhukov et al., Econometrics Journal 21 (2018).
class ControlRegression {
 public:
  using Halves = std::array<TargetSums, 2>;

  explicit ControlRegression(const std::array<ControlSums, 2>& halves);

  [[nodiscard]] std::uint64_t trials() const { return halves_[0].trials + halves_[1].trials; }
  [[nodiscard]] std::uint64_t sampled() const { return halves_[0].sampled + halves_[1].sampled; }
  /// Of a target that was rounded to so many steps in a unit of it. NaN where it does not vary, or
  /// there are few trials.
  [[nodiscard]] Controlled of(const Halves& target, double steps) const;

 private:
  struct Half {
    std::uint64_t trials = 0, sampled = 0;
    std::vector<WholeSum> sums;
    Eigen::VectorXd means;    ///< [control]
    Eigen::MatrixXd between;  ///< n^2 times the covariances, n those sampled
    Eigen::LDLT<Eigen::MatrixXd> solver;
  };
  std::array<Half, 2> halves_;
};

}  // namespace truce::results
