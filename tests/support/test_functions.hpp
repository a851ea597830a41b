#pragma once

#include <Eigen/Core>
#include <cmath>
#include <functional>
#include <numbers>
#include <string>
#include <utility>
#include <vector>

namespace truce::test {

/// Ishigami and Homma (1990), a = 7, b = 0.1, on (-pi, pi)^3.
inline double ishigami(const Eigen::RowVectorXd& u) {
  const Eigen::ArrayXd x = (2 * u.array() - 1) * std::numbers::pi;
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

/// Sobol's g function.
inline double g_function(const Eigen::RowVectorXd& u, const std::vector<double>& a) {
  double product = 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    product *= (std::abs(4 * u(static_cast<Eigen::Index>(i)) - 2) + a[i]) / (1 + a[i]);
  }
  return product;
}

template <class F>
Eigen::VectorXd evaluate(const Eigen::MatrixXd& points, F&& f) {
  Eigen::VectorXd y(points.rows());
  for (Eigen::Index i = 0; i < points.rows(); ++i) y(i) = f(Eigen::RowVectorXd(points.row(i)));
  return y;
}

/// A function on the unit cube whose indices are known.
struct TestFunction {
  std::string name;
  std::function<double(const Eigen::RowVectorXd&)> value;
  std::vector<double> first, total;
  std::vector<double> second;  ///< of the pairs (0, 1), (0, 2), ..., (1, 2), ...
  [[nodiscard]] Eigen::Index width() const { return static_cast<Eigen::Index>(first.size()); }
};

/// A product of functions of one variable each, of which `shares` are variance over squared mean.
inline TestFunction product(std::string name,
                            std::function<double(const Eigen::RowVectorXd&)> value,
                            const std::vector<double>& shares) {
  TestFunction f;
  f.name = std::move(name);
  f.value = std::move(value);
  double all = 1;
  for (const double share : shares) all *= 1 + share;
  for (std::size_t i = 0; i < shares.size(); ++i) {
    f.first.push_back(shares[i] / (all - 1));
    f.total.push_back(shares[i] * all / (1 + shares[i]) / (all - 1));
    for (std::size_t j = i + 1; j < shares.size(); ++j) {
      f.second.push_back(shares[i] * shares[j] / (all - 1));
    }
  }
  return f;
}

inline TestFunction linear() {
  return {"linear", [](const auto& u) { return 2 * u(0) + u(1); }, {0.8, 0.2}, {0.8, 0.2}, {0}};
}

inline TestFunction ishigami_function() {
  const double pi4 = std::pow(std::numbers::pi, 4);
  const double joint = 0.01 * pi4 * pi4 * (1.0 / 18 - 1.0 / 50);
  const double one = std::pow(1 + 0.1 * pi4 / 5, 2) / 2;
  const double two = 49.0 / 8;
  const double all = one + two + joint;
  return {"Ishigami",
          ishigami,
          {one / all, two / all, 0},
          {(one + joint) / all, two / all, joint / all},
          {0, joint / all, 0}};
}

inline TestFunction g_of_five() {
  const std::vector<double> a = {0, 1, 4.5, 9, 99};
  std::vector<double> shares;
  for (const double ai : a) shares.push_back(1 / (3 * (1 + ai) * (1 + ai)));
  return product(
      "g function", [a](const auto& u) { return g_function(u, a); }, shares);
}

/// The chance of a rare event, 0.02 to 0.4.
inline TestFunction rare_chance() {
  const std::vector<double> rates = {1.5, 1, 0.5};
  std::vector<double> shares;
  for (const double c : rates) {
    const double mean = (std::exp(c) - 1) / c;
    shares.push_back((std::exp(2 * c) - 1) / (2 * c) / (mean * mean) - 1);
  }
  return product(
      "rare yes or no",
      [](const auto& u) { return 0.02 * std::exp(1.5 * u(0) + u(1) + 0.5 * u(2)); }, shares);
}

inline TestFunction u_shape() {
  return {"U shape", [](const auto& u) { return std::pow(u(0) - 0.5, 2); }, {1, 0}, {1, 0}, {0}};
}

/// Two waves along the first variable: |4 |2 x - 1| - 2| is a triangle of variance 1/3.
inline TestFunction waves() {
  const double small = 0.01 / 12;
  const double all = 1.0 / 3 + small;
  return {"waves",
          [](const auto& u) { return std::abs(4 * std::abs(2 * u(0) - 1) - 2) + 0.1 * u(1); },
          {1 - small / all, small / all},
          {1 - small / all, small / all},
          {0}};
}

}  // namespace truce::test
