// The chance of being the best alternative, where it is known.
#include "analysis/best.hpp"

#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "support/catch.hpp"
#include "support/uniform.hpp"

using namespace truce::analysis;
using truce::test::Uniform;

namespace {

std::vector<double> normals(Uniform& uniform, std::size_t n, double mean, double sd) {
  std::vector<double> values(n);
  double sum = 0;
  for (double& x : values) {
    x = uniform.normal();
    sum += x;
  }
  double squares = 0;
  for (double& x : values) {
    x -= sum / static_cast<double>(n);
    squares += x * x;
  }
  // Moments as wanted, so that the answer is known.
  for (double& x : values) x = mean + x * sd / std::sqrt(squares / static_cast<double>(n));
  return values;
}

}  // namespace

TEST_CASE("chances of three normal means agree with the integral") {
  for (const std::size_t n : {std::size_t{500}, std::size_t{50'000}}) {
    Uniform uniform(4);
    const double root = std::sqrt(static_cast<double>(n));
    // In standard errors of one: means 0, 0.5 and 1, deviations 1, 2 and 0.5.
    const double means[] = {0, 0.5, 1};
    const double deviations[] = {1, 2, 0.5};
    std::vector<PointValues> alternatives;
    for (int v = 0; v < 3; ++v) {
      alternatives.push_back({normals(uniform, n, means[v] / root, deviations[v])});
    }
    for (const Best best : {Best::largest, Best::smallest}) {
      const double sign = best == Best::largest ? 1 : -1;
      const BestAlternative found = best_alternative(alternatives, best);
      CHECK(found.trials == n);
      CHECK(found.tied == 0);
      for (int v = 0; v < 3; ++v) {
        const auto at = [&](double z) {
          double density = std::exp(-z * z / 2) / std::sqrt(2 * M_PI);
          for (int w = 0; w < 3; ++w) {
            const double x = sign * means[v] + deviations[v] * z;
            if (w != v) density *= truce::engine::normal_cdf((x - sign * means[w]) / deviations[w]);
          }
          return density;
        };
        const double exact =
            boost::math::quadrature::gauss_kronrod<double, 61>::integrate(at, -8, 8);
        // Means of 4,096 groups and samples of normals are correlated by chance, which n shows.
        CHECK(found.alternatives[static_cast<std::size_t>(v)].chance.value ==
              Approx(exact).margin(n == 500 ? 0.05 : 0.03));
      }
    }
  }
}

TEST_CASE("equal alternatives have equal chances on average, a better one nearly all") {
  constexpr int repetitions = 60;
  Uniform uniform(8);
  double of_first = 0;
  for (int r = 0; r < repetitions; ++r) {
    PointValues a(1, std::vector<double>(200));
    PointValues b = a;
    PointValues c = a;
    for (std::size_t i = 0; i < 200; ++i) {
      const double shared = 5 * uniform.normal();
      a[0][i] = shared + uniform.normal();
      b[0][i] = shared + uniform.normal();
      c[0][i] = shared + 0.5 + uniform.normal();
    }
    of_first += best_alternative({a, b}, Best::largest).alternatives[0].chance.value / repetitions;
    // Seven standard errors of the paired difference; the shared part is 35 % of a trial's spread.
    CHECK(best_alternative({a, c}, Best::largest).alternatives[1].chance.value > 0.97);
    CHECK(best_alternative({a, c}, Best::smallest).alternatives[1].chance.value < 0.03);
  }
  // Chances of equal ones are uniform: sd 0.29 / sqrt(60).
  CHECK(of_first == Approx(0.5).margin(4 * 0.29 / std::sqrt(60.0)));
}

TEST_CASE("those that tie share the chance, and what not all have is left out") {
  const double none = std::nan("");
  const PointValues a = {{1, 0, 1, 1}, {0, none, 1, 1}};
  const BestAlternative same =
      best_alternative({a, a, {{0, 0, 0, 0}, {0, 0, 0, 0}}}, Best::largest);
  CHECK(same.trials == 4);
  CHECK(same.compared == 7);
  CHECK(same.left_out == 1);
  // All four drawn the second trial: 1 / 256, and all three tie; else the first two do.
  CHECK(same.tied == 1);
  CHECK(same.alternatives[2].chance.value == Approx(1.0 / 3 / 256).margin(0.001));
  CHECK(same.alternatives[0].chance.value == same.alternatives[1].chance.value);
  CHECK(same.alternatives[0].mean == Approx(5.0 / 7));
  CHECK(std::isnan(best_alternative({{{1}}, {{2}}}, Best::largest).alternatives[0].chance.value));
  CHECK_THROWS_AS(best_alternative({{{1, 2}}, {{2}}}, Best::largest), std::invalid_argument);
}

TEST_CASE("trials are drawn with all of their points") {
  // Four points that repeat one another say no more than one.
  Uniform uniform(3);
  const auto a = normals(uniform, 400, 0.05, 1);
  const auto b = normals(uniform, 400, 0, 1);
  const auto once = best_alternative({{a}, {b}}, Best::largest);
  const auto repeated = best_alternative({{a, a, a, a}, {b, b, b, b}}, Best::largest);
  CHECK(repeated.alternatives[0].chance.value == once.alternatives[0].chance.value);
  CHECK(once.alternatives[0].chance.value < 0.9);
}
