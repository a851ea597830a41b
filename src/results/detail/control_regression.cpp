#include "results/detail/control_regression.hpp"

#include <algorithm>
#include <cmath>

#include "base/number.hpp"

namespace truce::results {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr std::uint64_t least_sampled = 500;  // of a half

/// n times the sum of products less the product of sums: exact, as all of it is below 2^126.
double centred(std::uint64_t n, WholeSum products, WholeSum a, WholeSum b) {
  return static_cast<double>(static_cast<WholeSum>(n) * products - a * b);
}

}  // namespace

ControlledMean controlled_mean(double mean, double se, const Controlled& controlled) {
  return {mean + controlled.shift, se / std::sqrt(controlled.gain), controlled.gain};
}

void write_wholes(ByteWriter& to, std::span<const WholeSum> sums) {
  for (const WholeSum sum : sums) {
    to.number(static_cast<std::int64_t>(sum >> 64));
    to.whole(static_cast<std::uint64_t>(sum));
  }
}

void read_wholes(ByteReader& from, std::span<WholeSum> sums) {
  for (WholeSum& sum : sums) {
    const std::int64_t high = from.number();
    sum = static_cast<WholeSum>(high) * (static_cast<WholeSum>(1) << 64) +
          static_cast<WholeSum>(from.whole());
  }
}

ControlRegression::ControlRegression(const std::array<ControlSums, 2>& halves) {
  for (std::size_t h = 0; h < 2; ++h) {
    const ControlSums& from = halves[h];
    Half& half = halves_[h];
    half.trials = from.trials;
    half.sampled = from.sampled;
    half.sums = from.sums;
    const auto k = static_cast<Index>(from.sums.size());
    half.means.resize(k);
    half.between.resize(k, k);
    for (Index j = 0; j < k; ++j) {
      const auto row = static_cast<std::size_t>(j);
      half.means(j) = static_cast<double>(from.fine[row]) / static_cast<double>(from.trials) *
                      (control_steps / fine_control_steps);
      for (Index i = 0; i < k; ++i) {
        const auto column = static_cast<std::size_t>(i);
        half.between(j, i) = centred(from.sampled, from.products[row * from.sums.size() + column],
                                     from.sums[row], from.sums[column]);
      }
    }
    // As if one more trial had shown that a control variate of 1 explains nothing. Streams may be
    // tied to each other, or not drawn from; and what is all but certain may not have failed in one
    // half, whose coefficient would then be of the number of draws, and huge.
    Eigen::MatrixXd ridged = half.between;
    ridged.diagonal().array() += control_steps * control_steps * static_cast<double>(half.sampled);
    half.solver.compute(ridged);
  }
}

Controlled ControlRegression::of(const Halves& target, double steps) const {
  using base::not_a_number;
  if (halves_[0].sampled < least_sampled || halves_[1].sampled < least_sampled) {
    return {not_a_number, not_a_number};
  }
  std::array<VectorXd, 2> with, coefficients;
  for (std::size_t h = 0; h < 2; ++h) {
    const Half& half = halves_[h];
    with[h].resize(half.means.size());
    for (Index j = 0; j < with[h].size(); ++j) {
      const auto control = static_cast<std::size_t>(j);
      with[h](j) =
          centred(half.sampled, target[h].products[control], half.sums[control], target[h].sum);
    }
    coefficients[h] = half.solver.solve(with[h]);
  }
  const double all = static_cast<double>(halves_[0].trials + halves_[1].trials);
  double shift = 0, plain = 0, left = 0;  // variances of the sum over all trials
  for (std::size_t h = 0; h < 2; ++h) {
    const Half& half = halves_[h];
    const auto n = static_cast<double>(half.trials), sampled = static_cast<double>(half.sampled);
    const VectorXd& beta = coefficients[1 - h];
    const double squares = centred(half.sampled, target[h].square, target[h].sum, target[h].sum);
    const double share = n / (sampled * (sampled - 1));
    plain += share * squares;
    left += share * (squares - 2 * beta.dot(with[h]) + beta.dot(half.between * beta));
    shift -= n / all * beta.dot(half.means);
  }
  if (!(plain > 0)) return {not_a_number, not_a_number};
  // What the controls explain in full leaves nothing but what these sums are rounded by.
  left = std::max(left, 1e-14 * plain);
  return {shift / steps, plain / left};
}

}  // namespace truce::results
