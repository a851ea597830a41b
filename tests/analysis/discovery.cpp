#include "truce/analysis/discovery.hpp"

#include <algorithm>
#include <stdexcept>

#include "support/catch.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd random_points(Index n, Index d, truce::test::Uniform& uniform) {
  MatrixXd points(n, d);
  for (double& x : points.reshaped()) x = uniform();
  return points;
}

}  // namespace

TEST_CASE("a planted box is found, with its limits") {
  truce::test::Uniform uniform(2);
  const MatrixXd points = random_points(2000, 4, uniform);
  VectorXd share(2000);
  for (Index i = 0; i < 2000; ++i) {
    const bool in = points(i, 0) > 0.6 && points(i, 2) < 0.5;
    share(i) = uniform() < (in ? 0.95 : 0.05) ? 1 : 0;
  }
  const Discovery found = discover(points, share);
  const Box& box = found.trajectory[found.chosen];
  REQUIRE(box.limits.size() >= 2);
  const auto limit = [&](Index d) {
    return std::ranges::find(box.limits, d, &Box::Limit::dimension);
  };
  REQUIRE(limit(0) != box.limits.end());
  REQUIRE(limit(2) != box.limits.end());
  CHECK(limit(0)->low == Approx(0.6).margin(0.06));
  CHECK(limit(2)->high == Approx(0.5).margin(0.06));
  CHECK(limit(0)->p_value < 1e-6);
  CHECK(limit(2)->p_value < 1e-6);
  CHECK(box.density > 0.85);
  CHECK(box.coverage > 0.7);
  for (const Box::Limit& other : box.limits) {
    if (other.dimension == 1 || other.dimension == 3) CHECK(other.p_value > 0.001);
  }
}

TEST_CASE("mass, coverage and density belong together, all along the trajectory") {
  truce::test::Uniform uniform(4);
  const MatrixXd points = random_points(500, 3, uniform);
  VectorXd share(500);
  for (Index i = 0; i < 500; ++i) share(i) = points(i, 1) * points(i, 1);
  const Discovery found = discover(points, share);
  REQUIRE(found.trajectory.size() > 5);
  CHECK(found.base_rate == Approx(share.mean()));
  CHECK(found.trajectory.front().mass == 1);
  double density = 0;
  for (const Box& box : found.trajectory) {
    CHECK(box.coverage * found.base_rate == Approx(box.density * box.mass));
    CHECK(box.mass >= 0.05);
    CHECK(box.density >= density - 1e-12);
    density = box.density;
  }
  // Only what matters is cut, on its lower side.
  const Box& last = found.trajectory.back();
  const auto limit = std::ranges::find(last.limits, Index{1}, &Box::Limit::dimension);
  REQUIRE(limit != last.limits.end());
  CHECK(limit->low > 0.5);
}

TEST_CASE("where there is nothing to find, nothing is cut or significant") {
  truce::test::Uniform uniform(6);
  const MatrixXd points = random_points(400, 3, uniform);
  CHECK(discover(points, VectorXd::Ones(400)).trajectory.size() == 1);
  CHECK(discover(points, VectorXd::Zero(400)).chosen == 0);
  CHECK_THROWS_AS(discover(points.topRows(10), VectorXd::Ones(10)), std::invalid_argument);
  CHECK_THROWS_AS(discover(points, VectorXd::Constant(400, 1.5)), std::invalid_argument);
}
