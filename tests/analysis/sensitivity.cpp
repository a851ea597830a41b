// Estimators of sensitivity against published values and closed forms.
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "analysis/emulator.hpp"
#include "analysis/morris.hpp"
#include "analysis/regression.hpp"
#include "analysis/sobol.hpp"
#include "analysis/table_parts.hpp"
#include "analysis/variance_split.hpp"
#include "study/design.hpp"
#include "support/catch.hpp"
#include "support/test_functions.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using truce::study::DesignKind;
using truce::study::unit_points;
using truce::test::evaluate;
using truce::test::g_function;
using truce::test::ishigami;

namespace {

template <class F>
SobolAnalysis sobol_of(std::uint64_t n, Index d, F&& f, std::uint64_t seed = 1) {
  const MatrixXd points = unit_points({.kind = DesignKind::saltelli, .points = n, .seed = seed}, d);
  return sobol_analysis(evaluate(points, f), static_cast<Index>(n), 16);
}

}  // namespace

TEST_CASE("points without a value take the others of their row or trajectory with them") {
  // Of 12 points of two parameters, target and value tell their place in the design.
  StudyTable table;
  table.parameters = {"a", "b"};
  table.left_out = {1, 6};
  table.values.resize(10, 2);
  table.target.resize(10);
  table.batches.resize(10, 2);
  std::size_t row = 0;
  for (int point = 0; point < 12; ++point) {
    if (point == 1 || point == 6) continue;
    const auto i = static_cast<Index>(row);
    table.rows.push_back(100 + row++);
    table.values.row(i).setConstant(point);
    table.target(i) = point;
    table.batches.row(i).setConstant(point);
  }
  const auto places = [](const WholeUnits& whole) {
    return std::vector<double>(whole.table.target.begin(), whole.table.target.end());
  };
  // A, B and two mixed samples of three rows: points 1 and 6 are of rows 1 and 0.
  const WholeUnits rows = whole_units(table, DesignUnit::base_row);
  CHECK(rows.units == 1);
  CHECK(rows.left_out == 2);
  CHECK(places(rows) == std::vector<double>{2, 5, 8, 11});
  CHECK(rows.table.rows == std::vector<std::size_t>{101, 104, 106, 109});
  CHECK(rows.table.values(3, 1) == 11);
  CHECK(rows.table.batches(2, 1) == 8);
  // Four trajectories of three points: the first and the third.
  const WholeUnits trajectories = whole_units(table, DesignUnit::trajectory);
  CHECK(trajectories.units == 2);
  CHECK(trajectories.left_out == 2);
  CHECK(places(trajectories) == std::vector<double>{3, 4, 5, 9, 10, 11});
}

TEST_CASE("Sobol indices of Ishigami's function") {
  const auto result = sobol_of(8192, 3, ishigami);
  const double first[] = {0.3139, 0.4424, 0};
  const double total[] = {0.5576, 0.4424, 0.2437};
  CHECK(result.mean == Approx(3.5).margin(0.01));
  CHECK(result.variance == Approx(13.8446).epsilon(0.01));
  for (std::size_t d = 0; d < 3; ++d) {
    CHECK(result.parameters[d].first.value == Approx(first[d]).margin(0.03));
    CHECK(result.parameters[d].total.value == Approx(total[d]).margin(0.02));
    CHECK(result.parameters[d].first.interval.low <= first[d] + 0.005);
    CHECK(result.parameters[d].first.interval.high >= first[d] - 0.005);
  }
}

TEST_CASE("Sobol indices of the g function") {
  const std::vector<double> a = {0, 1, 4.5, 9, 99};
  const auto result = sobol_of(16384, 5, [&](const auto& u) { return g_function(u, a); });
  double product = 1;
  for (const double ai : a) product *= 1 + 1 / (3 * (1 + ai) * (1 + ai));
  const double variance = product - 1;
  for (std::size_t d = 0; d < a.size(); ++d) {
    const double own = 1 / (3 * (1 + a[d]) * (1 + a[d]));
    CHECK(result.parameters[d].first.value == Approx(own / variance).margin(0.01));
    CHECK(result.parameters[d].total.value ==
          Approx(own * product / (1 + own) / variance).margin(0.01));
  }
}

TEST_CASE("the noise of the trials is no variance of the parameters") {
  // Half of the variance between the means is noise, half of that the same at all points.
  truce::test::Uniform uniform(3);
  constexpr Index n = 1024;
  const MatrixXd points = unit_points({.kind = DesignKind::saltelli, .points = n}, 2);
  const VectorXd y = evaluate(points, [](const auto& u) { return 2 * u(0) + u(1); });
  MatrixXd batches(y.size(), 20);
  const double sd = std::sqrt(20 * 5.0 / 12 / 2);
  for (Index b = 0; b < 20; ++b) {
    const double shared = sd * uniform.normal();
    for (Index i = 0; i < y.size(); ++i) batches(i, b) = y(i) + shared + sd * uniform.normal();
  }
  const auto result = sobol_analysis(batches, n, 16);
  CHECK(result.variance == Approx(5.0 / 12).epsilon(0.06));
  CHECK(result.noise == Approx(1.0 / 3).epsilon(0.15));
  CHECK(result.parameters[0].first.value == Approx(0.8).margin(0.1));
  CHECK(result.parameters[0].total.value == Approx(0.8).margin(0.1));
  CHECK(result.parameters[1].total.value == Approx(0.2).margin(0.05));
  CHECK(result.parameters[0].total.interval.low < 0.8);
  CHECK(result.parameters[0].total.interval.high > 0.8);
}

TEST_CASE("indices are missing where nothing varies, and shapes must fit") {
  const auto result = sobol_analysis(MatrixXd::Ones(40, 2), 10, 1);
  CHECK(std::isnan(result.parameters[0].first.value));
  CHECK(std::isnan(emulator_analysis(MatrixXd::Random(40, 2), {}, MatrixXd::Ones(40, 2)).quality));
  CHECK_THROWS_AS(sobol_analysis(MatrixXd::Ones(39, 2), 10, 1), std::invalid_argument);
  CHECK_THROWS_AS(sobol_analysis(MatrixXd::Ones(40, 2), 10, 3), std::invalid_argument);
}

TEST_CASE("Morris's own example") {
  // Morris (1991): twenty factors, of which the first seven have curved or joint effects, the next
  // three linear ones, and the others none. Coefficients not given there as standard normal.
  truce::test::Uniform uniform(11);
  Eigen::Array<double, 20, 1> beta;
  Eigen::Array<double, 20, 20> beta2;
  for (Index i = 0; i < 20; ++i) {
    beta(i) = i < 10 ? 20 : uniform.normal();
    for (Index j = 0; j < 20; ++j) beta2(i, j) = i < 6 && j < 6 ? -15 : uniform.normal();
  }
  const auto f = [&](const Eigen::RowVectorXd& x) {
    Eigen::Array<double, 20, 1> w;
    for (Index i = 0; i < 20; ++i) {
      const bool curved = i == 2 || i == 4 || i == 6;
      w(i) = curved ? 2 * (1.1 * x(i) / (x(i) + 0.1) - 0.5) : 2 * (x(i) - 0.5);
    }
    double y = (beta * w).sum();
    for (Index i = 0; i < 20; ++i) {
      for (Index j = i + 1; j < 20; ++j) y += beta2(i, j) * w(i) * w(j);
    }
    for (Index i = 0; i < 5; ++i) {
      for (Index j = i + 1; j < 5; ++j) {
        for (Index l = j + 1; l < 5; ++l) {
          y += -10 * w(i) * w(j) * w(l);
          if (l < 4) {
            for (Index s = l + 1; s < 4; ++s) y += 5 * w(i) * w(j) * w(l) * w(s);
          }
        }
      }
    }
    return y;
  };
  // On his grid, 0 to 1 in thirds.
  const MatrixXd points =
      (4 * unit_points({.kind = DesignKind::morris, .points = 40, .levels = 4}, 20).array() - 0.5) /
      3;
  const auto effects = morris_analysis(points, evaluate(points, f));
  for (std::size_t i = 0; i < 20; ++i) {
    CAPTURE(i);
    const double star = effects[i].mu_star.value;
    if (i < 10) {
      CHECK(star > 20);
    } else {
      CHECK(star < 10);
    }
    if (i < 7) CHECK(effects[i].sigma.value > 15);
    if (i >= 7 && i < 10) {
      CHECK(effects[i].mu.value == Approx(40).epsilon(0.15));  // 2 * 20 per unit of the cube
      CHECK(effects[i].sigma.value < 12);
    }
    CHECK(effects[i].mu_star.interval.low <= star);
    CHECK(effects[i].mu_star.interval.high >= star);
  }
}

TEST_CASE("elementary effects of a linear function are its slopes") {
  const MatrixXd points = unit_points({.kind = DesignKind::morris, .points = 10, .levels = 6}, 3);
  const VectorXd y = evaluate(points, [](const auto& u) { return 3 * u(0) - 2 * u(1); });
  const auto effects = morris_analysis(points, y);
  CHECK(effects[0].mu.value == Approx(3));
  CHECK(effects[1].mu.value == Approx(-2));
  CHECK(effects[1].mu_star.value == Approx(2));
  CHECK(effects[2].mu_star.value == Approx(0).margin(1e-12));
  CHECK(effects[0].sigma.value == Approx(0).margin(1e-9));
  CHECK_THROWS_AS(morris_analysis(points.topRows(5), y.head(5)), std::invalid_argument);
  CHECK_THROWS_AS(morris_analysis(MatrixXd::Zero(8, 3), VectorXd::Zero(8)), std::invalid_argument);
}

TEST_CASE("standardised coefficients of a linear model, and partial rank correlations") {
  truce::test::Uniform uniform(5);
  constexpr Index n = 20'000;
  MatrixXd x(n, 3);
  VectorXd y(n);
  for (Index i = 0; i < n; ++i) {
    for (Index j = 0; j < 3; ++j) x(i, j) = uniform.normal();
    y(i) = 2 * x(i, 0) - x(i, 1) + 2 * uniform.normal();
  }
  const auto result = regression_analysis(x, y);
  // Variance 4 + 1 + 4.
  CHECK(result.src[0].value == Approx(2.0 / 3).margin(0.02));
  CHECK(result.src[1].value == Approx(-1.0 / 3).margin(0.02));
  CHECK(result.src[2].value == Approx(0).margin(0.02));
  CHECK(result.r_squared == Approx(5.0 / 9).margin(0.02));
  // Delta method for b sd(x) / sd(y), the x given: residual variance 4/9, coefficients 2/3 and 1/3.
  const double per_row = 4.0 / 9 * (25.0 / 81 + 4.0 / 81) + 16.0 / 81 * 2 / 9;
  CHECK(result.src[0].interval.high - result.src[0].interval.low ==
        Approx(2 * 1.96 * std::sqrt(per_row / n)).epsilon(0.05));
  // Partial correlations r = 2 / sqrt(8) and -1 / sqrt(5); of ranks of normals 6 / pi asin(r / 2).
  const auto of_ranks = [](double r) { return 6 / std::numbers::pi * std::asin(r / 2); };
  CHECK(result.prcc[0].value == Approx(of_ranks(2 / std::sqrt(8.0))).margin(0.04));
  CHECK(result.prcc[1].value == Approx(of_ranks(-1 / std::sqrt(5.0))).margin(0.04));
  CHECK(std::abs(result.prcc[2].value) < 0.03);
  // Ranks do not see a monotone change of the output.
  const auto curved = regression_analysis(x, y.array().exp().matrix());
  CHECK(curved.prcc[0].value == Approx(result.prcc[0].value).epsilon(1e-9));
  CHECK(curved.r_squared < result.r_squared);

  // A monotone relation without rest is 1, and leaves nothing to the others.
  const auto whole = regression_analysis(x, x.col(1).array().exp().matrix());
  CHECK(whole.prcc[1].value == 1);
  CHECK(whole.prcc[1].interval.low == 1);
  CHECK(whole.prcc[0].value == 0);

  CHECK_THROWS_AS(regression_analysis(x.topRows(6), y.head(6)), std::invalid_argument);
  MatrixXd twice(50, 2);
  twice << x.topRows(50).col(0), 2 * x.topRows(50).col(0);
  CHECK_THROWS_AS(regression_analysis(twice, y.head(50)), std::invalid_argument);
}

TEST_CASE("the variance is split between parameters and chance, also with common random numbers") {
  truce::test::Uniform uniform(8);
  constexpr Index points = 400;
  constexpr Index batches = 10;
  constexpr double per_batch = 50;
  // Mean theta + shared noise + own noise; theta has sd 2, a trial sd 5 of which 4 is shared.
  double parameters = 0;
  double noise = 0;
  constexpr int repeats = 40;
  for (int r = 0; r < repeats; ++r) {
    MatrixXd means(points, batches);
    Eigen::RowVectorXd shared(batches);
    for (Index b = 0; b < batches; ++b) shared(b) = 4 / std::sqrt(per_batch) * uniform.normal();
    for (Index p = 0; p < points; ++p) {
      const double theta = 2 * uniform.normal();
      for (Index b = 0; b < batches; ++b) {
        means(p, b) = theta + shared(b) + 3 / std::sqrt(per_batch) * uniform.normal();
      }
    }
    const VarianceSplit split = split_variance(means, VectorXd::Constant(points, 25));
    parameters += split.parameters / repeats;
    noise += split.noise_of_mean / repeats;
    CHECK(split.chance == 25);
  }
  CHECK(parameters == Approx(4).epsilon(0.05));  // standard error 4 sqrt(2 / 400 / 40)
  CHECK(noise == Approx(9 / (per_batch * batches)).epsilon(0.02));
  // Noise alone is not taken for an effect of parameters.
  CHECK(split_variance(MatrixXd::Constant(5, 4, 1.0), VectorXd::Ones(5)).parameters == 0);
}
