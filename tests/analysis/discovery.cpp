#include "analysis/discovery.hpp"

#include <algorithm>
#include <cmath>
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

Assumptions numbers(MatrixXd points) {
  return {.points = std::move(points)};
}

const Box::Limit* limit_of(const Box& box, Index dimension) {
  const auto at = std::ranges::find(box.limits, dimension, &Box::Limit::dimension);
  return at == box.limits.end() ? nullptr : &*at;
}

}  // namespace

TEST_CASE("a planted box of numbers, counts and categories is found, with its limits") {
  truce::test::Uniform uniform(2);
  constexpr Index n = 2000;
  Assumptions all = numbers(random_points(n, 6, uniform));
  all.categorical = {false, false, true, false, false, true};
  for (Index i = 0; i < n; ++i) {
    for (const Index d : {1, 2, 4, 5}) all.points(i, d) = std::floor(5 * all.points(i, d));
  }
  VectorXd share(n);
  Index planted = 0;
  for (Index i = 0; i < n; ++i) {
    // 0.6 x 3/5 x 3/5 of the points.
    const bool in = all.points(i, 0) > 0.4 && all.points(i, 1) <= 2 && all.points(i, 2) != 1 &&
                    all.points(i, 2) != 3;
    planted += in ? 1 : 0;
    share(i) = uniform() < (in ? 0.95 : 0.05) ? 1 : 0;
  }
  const Discovery found = discover(all, share);
  REQUIRE(found.searches.front().found);
  const Search& search = found.searches.front();
  CHECK(search.p_value == Approx(1.0 / 500));
  REQUIRE(search.box.limits.size() == 3);
  REQUIRE(limit_of(search.box, 0) != nullptr);
  REQUIRE(limit_of(search.box, 1) != nullptr);
  REQUIRE(limit_of(search.box, 2) != nullptr);
  CHECK(limit_of(search.box, 0)->low == Approx(0.4).margin(0.035));  // a peel
  CHECK(std::isinf(limit_of(search.box, 0)->high));
  CHECK(limit_of(search.box, 1)->high == 2.5);
  CHECK(std::isinf(limit_of(search.box, 1)->low));
  CHECK(limit_of(search.box, 2)->allowed == std::vector<double>{0, 2, 4});
  const double mass = static_cast<double>(planted) / n;
  const double base = mass * 0.95 + (1 - mass) * 0.05;
  CHECK(search.box.mass == Approx(mass).margin(0.02));
  CHECK(search.box.density == Approx(0.95).margin(0.04));
  CHECK(search.box.coverage == Approx(mass * 0.95 / base).margin(0.04));
  CHECK(search.density_validated == Approx(0.95).margin(0.04));
  CHECK(search.density_interval.low < 0.95);
  CHECK(search.density_interval.high > 0.95);
  for (const Support& support : search.support) {
    CHECK(support.p_value == Approx(1.0 / 500));
    CHECK(support.kept > 0.95);
  }
}

TEST_CASE("an assumption with two values is peeled off in one go") {
  truce::test::Uniform uniform(3);
  MatrixXd points = random_points(200, 2, uniform);
  VectorXd share(200);
  for (Index i = 0; i < 200; ++i) {
    points(i, 0) = i % 2 == 0 ? 1 : 0;
    share(i) = points(i, 0);
  }
  const Discovery found = discover(numbers(points), share);
  REQUIRE(found.searches.front().found);
  const Box& box = found.searches.front().box;
  REQUIRE(box.limits.size() == 1);
  CHECK(box.limits[0].low == 0.5);
  CHECK(box.mass == 0.5);
  CHECK(box.density == 1);
  CHECK(box.coverage == 1);
  CHECK(found.searches.size() == 2);  // nothing is left to be found
  CHECK_FALSE(found.searches.back().found);
}

TEST_CASE("peeling goes on past a step that raises nothing") {
  // Only the corner counts: no single cut of one side raises the mean much, and a flat one none.
  truce::test::Uniform uniform(5);
  constexpr Index n = 400;
  MatrixXd points(n, 2);
  VectorXd share(n);
  for (Index i = 0; i < n; ++i) {
    points(i, 0) = static_cast<double>(i % 20);
    points(i, 1) = static_cast<double>(i / 20);
    // Cases alternate but for the last two columns, which all are.
    share(i) = points(i, 0) >= 18 ? 1 : static_cast<double>((i % 20 + i / 20) % 2);
  }
  const Discovery found = discover(numbers(points), share);
  CHECK(found.searches.front().trajectory.back().mass < 0.06);
  REQUIRE(found.searches.front().found);
  CHECK(found.searches.front().box.density == 1);
  CHECK(limit_of(found.searches.front().box, 0)->low == 17.5);
}

TEST_CASE("mass, coverage and density belong together, all along the trajectory") {
  truce::test::Uniform uniform(4);
  const MatrixXd points = random_points(500, 3, uniform);
  VectorXd share(500);
  for (Index i = 0; i < 500; ++i) share(i) = points(i, 1) * points(i, 1);
  const Discovery found = discover(numbers(points), share, {.boxes = 1});
  REQUIRE(found.searches.size() == 1);
  const Search& search = found.searches.front();
  REQUIRE(search.trajectory.size() > 40);
  CHECK(found.base_rate == Approx(share.mean()));
  CHECK(search.trajectory.front().mass == 1);
  double most = 0;
  for (const Box& box : search.trajectory) {
    CHECK(box.coverage * found.base_rate == Approx(box.density * box.mass));
    CHECK(box.mass >= 0.05);
    most = std::max(most, box.coverage - box.mass);
  }
  const Box& chosen = search.trajectory[search.chosen];
  CHECK(chosen.coverage - chosen.mass == Approx(most));
  // The gain of x > c is the integral of x^2 - 1/3, greatest at c = sqrt(1/3).
  CHECK(limit_of(search.box, 1)->low == Approx(std::sqrt(1.0 / 3)).margin(0.04));
  CHECK(search.box.limits.size() == 1);
  const Discovery dense = discover(numbers(points), share, {.least_density = 0.8, .boxes = 1});
  REQUIRE(dense.searches.front().found);
  // The mean of x^2 above c is (1 + c + c^2) / 3.
  CHECK(limit_of(dense.searches.front().box, 1)->low == Approx(0.7662).margin(0.04));
}

TEST_CASE("several boxes are found one after the other") {
  truce::test::Uniform uniform(11);
  const MatrixXd points = random_points(1000, 4, uniform);
  VectorXd share(1000);
  for (Index i = 0; i < 1000; ++i) {
    const bool first = points(i, 0) > 0.7 && points(i, 1) > 0.5;
    const bool second = points(i, 2) > 0.8 && points(i, 3) < 0.4;
    share(i) = uniform() < (first || second ? 0.9 : 0.02) ? 1 : 0;
  }
  const Discovery found = discover(numbers(points), share);
  REQUIRE(found.searches.size() >= 2);
  REQUIRE(found.searches[1].found);
  REQUIRE(found.searches[0].box.limits.size() == 2);
  CHECK(limit_of(found.searches[0].box, 0)->low == Approx(0.7).margin(0.03));
  CHECK(limit_of(found.searches[0].box, 1)->low == Approx(0.5).margin(0.05));
  REQUIRE(found.searches[1].box.limits.size() == 2);
  CHECK(limit_of(found.searches[1].box, 2)->low == Approx(0.8).margin(0.03));
  CHECK(limit_of(found.searches[1].box, 3)->high == Approx(0.4).margin(0.05));
  CHECK(found.together.coverage > 0.9);
  CHECK(found.together.density > 0.8);
}

TEST_CASE("where there is nothing to find, boxes are found as rarely as the level says") {
  constexpr int repetitions = 200;
  const PeelingSettings settings{.boxes = 1, .permutations = 99, .resamples = 1};
  int boxes = 0;
  for (int k = 0; k < repetitions; ++k) {
    truce::test::Uniform uniform(static_cast<std::uint64_t>(100 + k));
    Assumptions all = numbers(random_points(100, 4, uniform));
    all.categorical = {false, false, false, true};
    VectorXd share(100);
    for (Index i = 0; i < 100; ++i) {
      all.points(i, 2) = std::floor(3 * all.points(i, 2));
      all.points(i, 3) = std::floor(4 * all.points(i, 3));
      share(i) = uniform() < 0.3 ? 1 : 0;
    }
    boxes += discover(all, share, settings).searches.front().found ? 1 : 0;
  }
  // Exact test: at most 4 of 100; four standard errors above.
  CHECK(boxes <= repetitions * 0.04 + 4 * std::sqrt(repetitions * 0.04 * 0.96));
  CHECK(boxes >= 1);
}

TEST_CASE("assumptions without bearing are restricted as rarely as the level says") {
  constexpr int repetitions = 100;
  const PeelingSettings settings{.boxes = 1, .permutations = 99, .resamples = 1};
  int wrong = 0;
  int right = 0;
  for (int k = 0; k < repetitions; ++k) {
    truce::test::Uniform uniform(static_cast<std::uint64_t>(1000 + k));
    Assumptions all = numbers(random_points(150, 4, uniform));
    VectorXd share(150);
    for (Index i = 0; i < 150; ++i) {
      all.points(i, 2) = std::floor(3 * all.points(i, 2));
      share(i) = uniform() < (all.points(i, 0) > 0.6 ? 0.8 : 0.2) ? 1 : 0;
    }
    const Search search = discover(all, share, settings).searches.front();
    right += search.found && limit_of(search.box, 0) != nullptr ? 1 : 0;
    for (const Index d : {1, 2, 3}) {
      wrong += search.found && limit_of(search.box, d) != nullptr ? 1 : 0;
    }
  }
  CHECK(right >= 85);  // of 150 points, and greedy
  CHECK(wrong <= 3 * repetitions * 0.04 + 4 * std::sqrt(3 * repetitions * 0.04 * 0.96));
}

TEST_CASE("the density beyond the sample lies in its interval, and that of the sample above it") {
  constexpr int repetitions = 100;
  const PeelingSettings settings{.level = 0.1, .boxes = 1, .permutations = 19, .resamples = 1};
  int found = 0;
  int covered = 0;
  double in_sample = 0;
  double validated = 0;
  double truth = 0;
  for (int k = 0; k < repetitions; ++k) {
    truce::test::Uniform uniform(static_cast<std::uint64_t>(5000 + k));
    const MatrixXd points = random_points(200, 2, uniform);
    VectorXd share(200);
    for (Index i = 0; i < 200; ++i) share(i) = uniform() < (points(i, 0) > 0.6 ? 0.7 : 0.2) ? 1 : 0;
    const Search search = discover(numbers(points), share, settings).searches.front();
    if (!search.found) continue;
    ++found;
    const auto length = [](double from, double to) { return std::max(0.0, to - from); };
    const Box::Limit* limit = limit_of(search.box, 0);
    const double low = limit == nullptr ? 0 : std::max(0.0, limit->low);
    const double high = limit == nullptr ? 1 : std::min(1.0, limit->high);
    const double inside = length(std::max(low, 0.6), high);
    const double density = (0.7 * inside + 0.2 * (high - low - inside)) / (high - low);
    in_sample += search.box.density;
    validated += search.density_validated;
    truth += density;
    covered += density >= search.density_interval.low && density <= search.density_interval.high;
  }
  REQUIRE(found >= 90);
  // Three standard errors below 95 %.
  CHECK(covered >= found * 0.95 - 3 * std::sqrt(found * 0.95 * 0.05));
  CHECK(in_sample > truth + 0.01 * found);
  CHECK(std::fabs(validated - truth) < 0.02 * found);
}

TEST_CASE("a box of cases alone says something of its density, however few they are") {
  // A tenth more or less in a share of nearly all is not the chance of next to no trials.
  truce::test::Uniform uniform(2);
  MatrixXd points = random_points(64, 2, uniform);
  VectorXd share(64);
  for (Index i = 0; i < 64; ++i) {
    points(i, 1) = i % 5 == 0 ? 0 : 1;
    share(i) = points(i, 1) == 0 ? 1 : points(i, 0) * points(i, 0);
  }
  const Search search = discover(numbers(points), share).searches.front();
  REQUIRE(search.found);
  REQUIRE(search.box.limits.size() == 1);
  CHECK(search.box.density == Approx(1));
  CHECK(search.too_few);
  CHECK(search.density_interval.low > 0.3);
  CHECK(search.density_interval.high == Approx(1));
}

TEST_CASE("the variant of a study is an assumption that differs within points") {
  truce::test::Uniform uniform(6);
  const MatrixXd design = random_points(100, 2, uniform);
  Assumptions all;
  all.points.resize(300, 3);
  all.categorical = {false, false, true};
  VectorXd share(300);
  for (Index i = 0; i < 300; ++i) {
    all.points.row(i) << design.row(i % 100), static_cast<double>(i / 100);
    all.cluster.push_back(static_cast<std::size_t>(i % 100));
    share(i) = all.points(i, 2) == 1 ? 0.9 : 0.1 + 0.2 * all.points(i, 0);
  }
  const Search search = discover(all, share).searches.front();
  REQUIRE(search.found);
  REQUIRE(search.box.limits.size() == 1);
  CHECK(search.box.limits[0].allowed == std::vector<double>{1});
  CHECK(search.box.density == Approx(0.9));
}

TEST_CASE("what does not vary gives no box, and nonsense is refused") {
  truce::test::Uniform uniform(6);
  const Assumptions all = numbers(random_points(400, 3, uniform));
  CHECK_FALSE(discover(all, VectorXd::Ones(400)).searches.front().found);
  CHECK(discover(all, VectorXd::Zero(400)).searches.front().chosen == 0);
  CHECK_THROWS_AS(discover(numbers(all.points.topRows(10)), VectorXd::Ones(10)),
                  std::invalid_argument);
  CHECK_THROWS_AS(discover(all, VectorXd::Constant(400, 1.5)), std::invalid_argument);
}
