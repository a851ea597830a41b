#include "study/design.hpp"

#include <cmath>
#include <set>
#include <stdexcept>

#include "support/catch.hpp"

using namespace truce::study;
using Eigen::Index;
using Eigen::MatrixXd;

namespace {

MatrixXd points(DesignKind kind, std::uint64_t n, Index dimensions, std::uint64_t seed = 1) {
  return unit_points({.kind = kind, .points = n, .seed = seed}, dimensions);
}

/// Number of points in each of `bins` equal intervals.
std::vector<int> counts(const Eigen::VectorXd& column, int bins) {
  std::vector<int> result(static_cast<std::size_t>(bins));
  for (const double u : column) ++result[static_cast<std::size_t>(u * bins)];
  return result;
}

}  // namespace

TEST_CASE("a grid has all combinations, the last list fastest") {
  const MatrixXd grid = grid_points({{1, 2}, {3, 4, 5}});
  MatrixXd expected(6, 2);
  expected << 1, 3, 1, 4, 1, 5, 2, 3, 2, 4, 2, 5;
  CHECK(grid == expected);
  CHECK_THROWS_AS(grid_points({{1}, {}}), std::invalid_argument);
  const std::vector<std::vector<double>> huge(30, {1, 2, 3, 4});
  CHECK_THROWS_AS(grid_points(huge), std::invalid_argument);
}

TEST_CASE("one at a time leaves all others at the base") {
  const MatrixXd rows = one_at_a_time_points({0.5, 2}, {{0.1, 0.5, 0.9}, {3}});
  MatrixXd expected(4, 2);
  expected << 0.5, 2, 0.1, 2, 0.9, 2, 0.5, 3;
  CHECK(rows == expected);
}

TEST_CASE("a Latin hypercube has each stratum of each column once") {
  const MatrixXd design = points(DesignKind::latin_hypercube, 100, 5);
  for (Index j = 0; j < 5; ++j) {
    CHECK(counts(design.col(j), 100) == std::vector<int>(100, 1));
  }
  // Columns are shuffled by themselves.
  const Eigen::MatrixXd centred = design.rowwise() - design.colwise().mean();
  const double r = centred.col(0).dot(centred.col(1)) /
                   std::sqrt(centred.col(0).squaredNorm() * centred.col(1).squaredNorm());
  CHECK(std::abs(r) < 0.4);
  CHECK(design != points(DesignKind::latin_hypercube, 100, 5, 2));
}

TEST_CASE("scrambled Sobol points are a net") {
  constexpr int n = 256;
  const MatrixXd design = points(DesignKind::sobol, n, 6);
  for (Index j = 0; j < 6; ++j) CHECK(counts(design.col(j), n) == std::vector<int>(n, 1));
  // The first two dimensions are a (0, 8, 2)-net in base 2: one point in each elementary interval.
  for (int split = 0; split <= 8; ++split) {
    const int across = 1 << split;
    const int down = n / across;
    std::set<std::pair<int, int>> cells;
    for (Index i = 0; i < n; ++i) {
      cells.emplace(static_cast<int>(design(i, 0) * across), static_cast<int>(design(i, 1) * down));
    }
    CHECK(cells.size() == n);
  }
  CHECK(design.topRows(100) == points(DesignKind::sobol, 100, 6));
  CHECK(design != points(DesignKind::sobol, n, 6, 2));
}

TEST_CASE("scrambling makes every single point uniform, and integrals far better than random") {
  constexpr int seeds = 400;
  Eigen::VectorXd first(seeds);
  double squares = 0;
  for (int seed = 0; seed < seeds; ++seed) {
    const MatrixXd design = points(DesignKind::sobol, 64, 3, static_cast<std::uint64_t>(seed));
    first(seed) = design(0, 2);
    double sum = 0;
    for (Index i = 0; i < 64; ++i) {
      sum += design(i, 0) * design(i, 1) * design(i, 2) * 8 - 1;
    }
    squares += sum * sum / (64.0 * 64.0);
  }
  // Chi-square of ten bins with 9 degrees of freedom; 27.9 is exceeded once in a thousand.
  double chi2 = 0;
  for (const int count : counts(first, 10)) chi2 += (count - 40.0) * (count - 40.0) / 40;
  CHECK(chi2 < 27.9);
  // Independent points would have variance (64 / 27 - 1) / 64.
  CHECK(squares / seeds < (64.0 / 27 - 1) / 64 / 20);
}

TEST_CASE("Saltelli's rows are A, B, and A with one column of B") {
  constexpr Index n = 16;
  constexpr Index d = 3;
  const MatrixXd design = points(DesignKind::saltelli, n, d);
  REQUIRE(design.rows() == n * (d + 2));
  const MatrixXd a = design.topRows(n);
  const MatrixXd b = design.middleRows(n, n);
  CHECK((a - b).cwiseAbs().minCoeff() > 0);
  for (Index j = 0; j < d; ++j) {
    const MatrixXd mixed = design.middleRows(n * (j + 2), n);
    for (Index k = 0; k < d; ++k) CHECK(mixed.col(k) == (k == j ? b.col(k) : a.col(k)));
  }
}

TEST_CASE("a trajectory of Morris moves each parameter once, by half of the levels") {
  constexpr Index d = 4;
  const MatrixXd design = points(DesignKind::morris, 50, d);
  REQUIRE(design.rows() == 50 * (d + 1));
  std::set<double> values;
  int ups = 0;
  for (Index t = 0; t < 50; ++t) {
    std::set<Index> moved;
    for (Index s = 0; s < d; ++s) {
      const Eigen::RowVectorXd step = design.row(t * (d + 1) + s + 1) - design.row(t * (d + 1) + s);
      Index which = 0;
      CHECK(step.cwiseAbs().maxCoeff(&which) == Approx(0.5));
      CHECK(step.cwiseAbs().sum() == Approx(0.5));
      ups += step(which) > 0;
      moved.insert(which);
    }
    CHECK(moved.size() == d);
  }
  for (const double u : design.reshaped()) values.insert(u);
  CHECK(values == std::set<double>{0.125, 0.375, 0.625, 0.875});
  CHECK(ups > 70);  // of 200, half are expected
  CHECK(ups < 130);
  CHECK_THROWS_AS(unit_points({.kind = DesignKind::morris, .points = 5, .levels = 5}, 2),
                  std::invalid_argument);
}

TEST_CASE("designs that are too large or empty are refused before any memory is taken") {
  CHECK_THROWS_AS(points(DesignKind::sobol, 0, 2), std::invalid_argument);
  CHECK_THROWS_AS(points(DesignKind::sobol, 5, 0), std::invalid_argument);
  CHECK_THROWS_AS(points(DesignKind::saltelli, ~std::uint64_t{0}, 10), std::invalid_argument);
  CHECK_THROWS_AS(points(DesignKind::sobol, 4, 100'000), std::invalid_argument);
}
