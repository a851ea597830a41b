// Indices through an emulator, against closed forms.
#include "analysis/emulator.hpp"

#include <cmath>

#include "study/design.hpp"
#include "support/catch.hpp"
#include "support/test_functions.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;
using namespace truce::test;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using truce::study::DesignKind;
using truce::study::unit_points;

namespace {

MatrixXd sobol_points(std::uint64_t n, Index d) {
  return unit_points({.kind = DesignKind::sobol, .points = n}, d);
}

bool holds(const Estimate& e, double truth) {
  return e.interval.low <= truth && truth <= e.interval.high;
}

}  // namespace

TEST_CASE("first, total and second order of functions without noise, within their intervals") {
  struct Case {
    TestFunction f;
    std::uint64_t points;
    double quality, margin;
  };
  const Case cases[] = {{linear(), 128, 0.9999, 0.005},  {ishigami_function(), 512, 0.9999, 0.003},
                        {g_of_five(), 512, 0.99, 0.01},  {rare_chance(), 128, 0.9999, 0.005},
                        {u_shape(), 128, 0.9999, 0.005}, {waves(), 128, 0.99, 0.01}};
  for (const Case& c : cases) {
    CAPTURE(c.f.name);
    const MatrixXd x = sobol_points(c.points, c.f.width());
    const auto result = emulator_analysis(x, x, evaluate(x, c.f.value));
    CHECK(result.quality > c.quality);
    REQUIRE(result.parameters.size() == c.f.first.size());
    for (std::size_t d = 0; d < c.f.first.size(); ++d) {
      CHECK(result.parameters[d].first.value == Approx(c.f.first[d]).margin(c.margin));
      CHECK(result.parameters[d].total.value == Approx(c.f.total[d]).margin(c.margin));
      CHECK(holds(result.parameters[d].first, c.f.first[d]));
      CHECK(holds(result.parameters[d].total, c.f.total[d]));
    }
    REQUIRE(result.pairs.size() == c.f.second.size());
    for (std::size_t k = 0; k < c.f.second.size(); ++k) {
      CHECK(holds(result.pairs[k].second, c.f.second[k]));
    }
  }
}

TEST_CASE("groups of parameters") {
  const TestFunction f = ishigami_function();
  const MatrixXd x = sobol_points(512, 3);
  const auto result = emulator_analysis(x, x, evaluate(x, f.value), {{0, 2}, {1}, {1, 2}});
  CHECK(result.groups[0].first.value == Approx(1 - f.first[1]).margin(0.003));
  CHECK(result.groups[0].total.value == Approx(1 - f.first[1]).margin(0.003));
  CHECK(result.groups[1].first.value == Approx(result.parameters[1].first.value));
  CHECK(result.groups[2].first.value == Approx(f.first[1]).margin(0.003));
  CHECK(result.groups[2].total.value == Approx(1 - f.first[0]).margin(0.003));
}

TEST_CASE("parameters of any distribution: skewed, and of few values") {
  truce::test::Uniform uniform(2);
  constexpr Index n = 400;
  MatrixXd x(n, 3);
  VectorXd y(n);
  for (Index i = 0; i < n; ++i) {
    x(i, 0) = std::exp(1.5 * uniform.normal());
    x(i, 1) = uniform() < 0.3 ? 1 : 0;
    x(i, 2) = uniform.normal();
    y(i) = x(i, 0) + 5 * x(i, 1);
  }
  // Shares of the variances of the sample itself.
  const auto variance = [&](Index j) {
    return (x.col(j).array() - x.col(j).mean()).square().mean();
  };
  const double all = variance(0) + 25 * variance(1);
  const auto result = emulator_analysis(x, {}, y);
  CHECK(result.quality > 0.9999);
  CHECK(result.parameters[0].first.value == Approx(variance(0) / all).margin(0.03));
  CHECK(result.parameters[1].total.value == Approx(25 * variance(1) / all).margin(0.03));
  CHECK(result.parameters[2].total.value == Approx(0).margin(0.005));
}

TEST_CASE("noise is taken out, and an emulator that foretells little tells nothing") {
  truce::test::Uniform uniform(4);
  const TestFunction f = ishigami_function();
  const MatrixXd x = sobol_points(512, 3);
  const VectorXd y = evaluate(x, f.value);
  MatrixXd noisy(512, 20);
  MatrixXd noise(512, 20);
  for (Index b = 0; b < 20; ++b) {
    const double shared = 5 * uniform.normal();
    for (Index i = 0; i < 512; ++i) {
      noise(i, b) = uniform.normal();
      noisy(i, b) = y(i) + shared + 5 * noise(i, b);  // 25 / 20 of 13.8 + 25 / 20
    }
  }
  const auto result = emulator_analysis(x, x, noisy);
  CHECK(result.noise == Approx(1.25 / (13.84 + 1.25)).margin(0.02));
  CHECK(result.quality > 0.95);
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(holds(result.parameters[d].first, f.first[d]));
    CHECK(holds(result.parameters[d].total, f.total[d]));
  }
  CHECK_FALSE(emulator_analysis(x, x, noise).sound());
  CHECK(emulator_analysis(x, x, noise).parameters.empty());
  // 24 points say too little of Ishigami's function.
  const auto few = emulator_analysis(x.topRows(24), {}, y.head(24));
  CHECK_FALSE(few.sound());
  CHECK_THROWS_AS(emulator_analysis(x.topRows(10), {}, y.head(10)), std::invalid_argument);
}

TEST_CASE("Shapley effects of parameters that depend on each other") {
  // Linear, normal: closed form of Owen and Prieur, SIAM/ASA J. Uncertain. Quantif. 5 (2017), 3.
  truce::test::Uniform uniform(6);
  constexpr Index n = 1000;
  constexpr double rho = 0.6;
  MatrixXd x(n, 3);
  VectorXd y(n);
  for (Index i = 0; i < n; ++i) {
    x(i, 0) = uniform.normal();
    x(i, 1) = rho * x(i, 0) + std::sqrt(1 - rho * rho) * uniform.normal();
    x(i, 2) = uniform.normal();
    y(i) = 2 * x(i, 0) + x(i, 1) + x(i, 2);
  }
  const auto result = emulator_analysis(x, {}, y);
  REQUIRE(result.depend);
  // Without noise; the squares of the terms' coefficients add up to 71 % of the variance.
  CHECK(result.noise < 0.01);
  REQUIRE(result.shapley.size() == 3);
  CHECK(result.parameters.empty());
  const double half = rho * rho / 2;
  const double all = 4 + 1 + 4 * rho + 1;
  const double truth[] = {(4 * (1 - half) + 2 * rho + half) / all,
                          ((1 - half) + 2 * rho + 4 * half) / all, 1 / all};
  double sum = 0;
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(result.shapley[d].value == Approx(truth[d]).margin(0.03));
    CHECK(holds(result.shapley[d], truth[d]));
    sum += result.shapley[d].value;
  }
  CHECK(sum == Approx(1));
  // Independent rows have indices instead.
  MatrixXd apart(n, 2);
  for (double& value : apart.reshaped()) value = uniform();
  CHECK_FALSE(emulator_analysis(apart, {}, apart.rowwise().sum()).depend);
}
