#pragma once

#include <cmath>
#include <functional>

#include "analysis/emulator.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// A function of normal parameters of which the first two have this correlation, with its Shapley
/// effects.
struct DependentFunction {
  std::string name;
  Eigen::Index width = 2;
  double rho = 0;
  std::function<double(const Eigen::RowVectorXd&)> value;
  std::vector<double> shapley;
};

/// Of two parameters, from the variances of the expectations given one of them, and of the whole.
inline std::vector<double> shapley_of_two(double one, double other, double whole) {
  const double first = (one + whole - other) / 2 / whole;
  return {first, 1 - first};
}

inline std::vector<DependentFunction> dependent_functions() {
  // Linear: Owen and Prieur, SIAM/ASA J. Uncertain. Quantif. 5 (2017), 3.
  const double half = 0.6 * 0.6 / 2;
  const double all = 4 + 1 + 4 * 0.6 + 1;
  const DependentFunction linear = {
      "2 x + y + z, correlation 0.6",
      3,
      0.6,
      [](const auto& x) { return 2 * x(0) + x(1) + x(2); },
      {(4 * (1 - half) + 1.2 + half) / all, (1 - half + 1.2 + 4 * half) / all, 1 / all}};
  // E(x^2 + y | x) = x^2 + r x, E(x^2 + y | y) = r^2 y^2 + y and a constant.
  const double r = 0.5;
  const DependentFunction square = {"x^2 + y, correlation 0.5", 2, r,
                                    [](const auto& x) { return x(0) * x(0) + x(1); },
                                    shapley_of_two(2 + r * r, 2 * r * r * r * r + 1, 3)};
  // exp(a x + b y): the variance of exp(s z), z normal, over its squared mean is exp(s^2) - 1.
  const auto spread = [](double s) { return std::exp(s * s) - 1; };
  const double a = 0.6;
  const double b = 0.3;
  const double q = -0.5;
  const DependentFunction skewed = {
      "exp(0.6 x + 0.3 y), correlation -0.5", 2, q,
      [a, b](const auto& x) { return std::exp(a * x(0) + b * x(1)); },
      shapley_of_two(spread(a + b * q), spread(b + a * q),
                     spread(std::sqrt(a * a + b * b + 2 * a * b * q)))};
  return {linear, square, skewed};
}

/// Intervals of the Shapley effects from samples of parameters that depend on each other; `noise`
/// is its share of the variance between the points' means.
inline CoverageRow coverage_of_shapley(const DependentFunction& f, double noise, Eigen::Index n,
                                       int repetitions) {
  constexpr Eigen::Index batches = 20;
  CoverageRow row{"sensitivity, list: shapley",
                  f.name + (noise > 0 ? ", 10 % noise" : ", exact"),
                  std::to_string(n),
                  repetitions,
                  {}};
  row.of.resize(f.shapley.size());
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    Eigen::MatrixXd x(n, f.width);
    Eigen::VectorXd y(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      for (double& value : x.row(i)) value = uniform.normal();
      x(i, 1) = f.rho * x(i, 0) + std::sqrt(1 - f.rho * f.rho) * x(i, 1);
      y(i) = f.value(x.row(i));
    }
    Eigen::MatrixXd means = y.replicate(1, batches);
    const double variance = (y.array() - y.mean()).square().mean();
    const double sd = std::sqrt(variance * noise / (1 - noise) * static_cast<double>(batches));
    if (noise > 0) {
      for (double& value : means.reshaped()) value += sd * uniform.normal();
    }
    const auto found = analysis::emulator_analysis(x, {}, means);
    for (std::size_t d = 0; d < found.shapley.size(); ++d) {
      row.of[d].add(found.shapley[d].interval, f.shapley[d],
                    found.noise > analysis::most_noise || n < analysis::fewest_for_shapley);
    }
  }
  return row;
}

}  // namespace truce::test
