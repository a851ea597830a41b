#pragma once

#include <Eigen/Core>
#include <algorithm>
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

/// A function whose indices are known, of the parameters' values.
struct TestFunction {
  std::string name;
  std::function<double(const Eigen::RowVectorXd&)> value;
  std::vector<double> first, total;
  std::vector<double> second;  ///< of the pairs (0, 1), (0, 2), ..., (1, 2), ...
  /// [parameter] number of equally likely values 0, 1, ...; 0, or none: uniform on (0, 1).
  std::vector<int> levels = {};
  [[nodiscard]] Eigen::Index width() const { return static_cast<Eigen::Index>(first.size()); }
  /// Values [row, parameter] at these places in the unit cube.
  [[nodiscard]] Eigen::MatrixXd values(Eigen::MatrixXd unit) const {
    for (std::size_t d = 0; d < levels.size(); ++d) {
      if (levels[d] == 0) continue;
      auto column = unit.col(static_cast<Eigen::Index>(d)).array();
      column = (levels[d] * column).floor();
    }
    return unit;
  }
};

/// Its indices follow from the variance of the expectation given the parameters of a set, for every
/// set, a bit each.
inline TestFunction by_closed_variances(std::string name,
                                        std::function<double(const Eigen::RowVectorXd&)> value,
                                        unsigned width,
                                        const std::function<double(unsigned)>& closed) {
  TestFunction f{std::move(name), std::move(value), {}, {}, {}};
  const unsigned everything = (1U << width) - 1;
  const double all = closed(everything);
  for (unsigned i = 0; i < width; ++i) {
    const double first = closed(1U << i);
    f.first.push_back(first / all);
    f.total.push_back(1 - closed(everything & ~(1U << i)) / all);
    for (unsigned j = i + 1; j < width; ++j) {
      f.second.push_back((closed(1U << i | 1U << j) - first - closed(1U << j)) / all);
    }
  }
  return f;
}

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

inline TestFunction g_with(std::string name, const std::vector<double>& a) {
  std::vector<double> shares;
  for (const double ai : a) shares.push_back(1 / (3 * (1 + ai) * (1 + ai)));
  return product(
      std::move(name), [a](const auto& u) { return g_function(u, a); }, shares);
}

inline TestFunction g_of_five() {
  return g_with("g function", {0, 1, 4.5, 9, 99});
}

/// Of interactions no less than of first order.
inline TestFunction g_of_equals() {
  return g_with("g function, a = 0.5, 0.5, 1, 3", {0.5, 0.5, 1, 3});
}

/// A product of exp(c x).
inline TestFunction exponentials(std::string name, double scale, const std::vector<double>& rates) {
  std::vector<double> shares;
  for (const double c : rates) {
    const double mean = (std::exp(c) - 1) / c;
    shares.push_back((std::exp(2 * c) - 1) / (2 * c) / (mean * mean) - 1);
  }
  return product(
      std::move(name),
      [scale, rates](const auto& u) {
        double sum = 0;
        for (std::size_t i = 0; i < rates.size(); ++i) {
          sum += rates[i] * u(static_cast<Eigen::Index>(i));
        }
        return scale * std::exp(sum);
      },
      shares);
}

/// Bratley, Fox and Niederreiter (ACM Trans. Model. Comput. Simul. 2, 1992): the alternating sum of
/// the products of the first 1, 2, ... parameters.
inline TestFunction bratley() {
  constexpr unsigned width = 4;
  const auto sign = [](unsigned i) { return i % 2 == 0 ? -1.0 : 1.0; };
  const auto value = [sign](const auto& u) {
    double sum = 0;
    double product = 1;
    for (unsigned i = 0; i < width; ++i) sum += sign(i) * (product *= u(i));
    return sum;
  };
  // E(x^2) = 1/3, E(x)^2 = 1/4.
  const auto closed = [sign](unsigned known) {
    double variance = 0;
    for (unsigned i = 0; i < width; ++i) {
      for (unsigned k = 0; k < width; ++k) {
        double both = sign(i) * sign(k);
        double apart = both;
        for (unsigned j = 0; j <= std::max(i, k); ++j) {
          const bool in_both = j <= std::min(i, k);
          both *= !in_both ? 0.5 : (known >> j & 1U) != 0 ? 1.0 / 3 : 0.25;
          apart *= in_both ? 0.25 : 0.5;
        }
        variance += both - apart;
      }
    }
    return variance;
  };
  return by_closed_variances("Bratley's function", value, width, closed);
}

/// Additive, with parameters of 3 and 2 values.
inline TestFunction additive_with_counts() {
  const std::vector<double> parts = {2.0 / 3, 16.0 / 45, 0.75 * 0.75 / 4};
  double all = 0;
  for (const double part : parts) all += part;
  TestFunction f{"additive, two counts",
                 [](const auto& x) { return x(0) + 2 * x(1) * x(1) + 0.75 * x(2); },
                 {},
                 {},
                 {0, 0, 0},
                 {3, 0, 2}};
  for (const double part : parts) f.first.push_back(part / all);
  f.total = f.first;
  return f;
}

/// A step: whether x + y > 1 and z < 1/2, which is the case in a quarter of the cube.
inline TestFunction threshold() {
  // E(f | x) = x / 2, E(f | z) = 1/2 or 0, E(f | x, z) = x or 0; x + y > 1 has chance x given x.
  const auto closed = [](unsigned known) {
    const double of_z = (known >> 2 & 1U) != 0 ? 0.5 : 0.25;  // mean square of z's part
    const unsigned xy = known & 3U;
    const double of_xy = xy == 3 ? 0.5 : xy != 0 ? 1.0 / 3 : 0.25;
    return of_xy * of_z - 1.0 / 16;
  };
  return by_closed_variances(
      "a step", [](const auto& u) { return u(0) + u(1) > 1 && u(2) < 0.5 ? 1.0 : 0.0; }, 3, closed);
}

/// The chance of a rare event, 0.02 to 0.4.
inline TestFunction rare_chance() {
  return exponentials("rare yes or no", 0.02, {1.5, 1, 0.5});
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
