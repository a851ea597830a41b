#include <array>
#include <cmath>
#include <vector>

#include "engine/distributions.hpp"
#include "engine/normal.hpp"
#include "engine/random.hpp"
#include "support/catch.hpp"
#include "support/family.hpp"

using namespace truce::engine;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

/// The quantile given X >= low, from the ratios of neighbouring probabilities alone.
template <class Ratio>
double by_ratios(double low, Ratio ratio, double u) {
  std::vector<double> weights = {1};
  double sum = 1;
  for (double k = low; weights.back() > 1e-18 * sum; ++k) {
    weights.push_back(weights.back() * ratio(k));
    sum += weights.back();
  }
  double below = 0;
  std::size_t i = 0;
  while (i + 1 < weights.size() && below + weights[i] < u * sum) below += weights[i++];
  return low + static_cast<double>(i);
}

constexpr std::array<double, 7> shares = {1e-9, 0.1, 0.35, 0.6001, 0.9, 0.999, 0.9999999};

double truncated(Family family, const std::vector<double>& p, double low, double u) {
  return truncated_quantile(family, p, low, infinity, u);
}

}  // namespace

TEST_CASE("counts far above what is likely keep their conditional distribution") {
  for (const double u : shares) {
    INFO(u);
    CHECK(truncated(family_of("poisson"), {3}, 60, u) ==
          by_ratios(
              60, [](double k) { return 3 / (k + 1); }, u));
    CHECK(truncated(family_of("poisson"), {3}, 59.5, u) ==
          truncated(family_of("poisson"), {3}, 60, u));
    const double odds = 0.01 / 0.99;
    CHECK(truncated(family_of("binomial"), {1000, 0.01}, 120, u) ==
          by_ratios(
              120, [&](double k) { return (1000 - k) / (k + 1) * odds; }, u));
    // A geometric count has no memory.
    CHECK(truncated(family_of("geometric"), {0.3}, 400, u) ==
          400 + quantile(family_of("geometric"), std::array{0.3}, u));
    CHECK(truncated(family_of("bernoulli"), {1e-20}, 1, u) == 1);
    CHECK(truncated_quantile(family_of("poisson"), std::array{3.0}, 60, 61, u) ==
          (u > 1 / (1 + 3.0 / 61) ? 61 : 60));
  }
  CHECK(std::isnan(truncated(family_of("binomial"), {10, 0.1}, 11, 0.5)));
}

TEST_CASE("a gamma distribution with a large shape is that of Cornish and Fisher") {
  for (const double shape : {1e7, 1e9, 1e12, 1e14}) {
    const double sd = std::sqrt(shape);
    for (const double u : {1e-12, 1e-6, 0.01, 0.3, 0.5, 0.7, 0.99, 1 - 1e-6}) {
      const double z = inverse_normal(u);
      const double expected = z + (z * z - 1) / (3 * sd) + (z * z * z - 7 * z) / (36 * shape);
      const double found = (quantile(family_of("gamma"), std::array{shape, sd}, u) - shape) / sd;
      INFO(shape << ' ' << u);
      // The next term, and the steps of doubles near the shape.
      CHECK(found == Approx(expected).margin(1e-9 + 4e-16 * sd));
      // By another expansion, and from the other side: as exact as doubles near the shape allow.
      const double back = cdf(family_of("gamma"), std::array{shape, sd}, shape + sd * found);
      CHECK(back == Approx(u).epsilon(1e-8 + 1e-14 * sd));
    }
  }
}

TEST_CASE("beta distributions far out are those of their closed forms") {
  for (const double u : {1e-140, 1e-30, 1e-16, 1e-9, 1e-8, 1e-7, 1e-6, 1e-3, 0.4}) {
    INFO(u);
    const double x = quantile(family_of("beta"), std::array{0.5, 2.0}, u);
    CHECK((1.5 * std::sqrt(x) - 0.5 * x * std::sqrt(x)) / u == Approx(1).epsilon(1e-9));
    for (const double b : {10.0, 1000.0, 1e6}) {
      if (u > 1e-9) continue;
      // P(X <= x) = b (b + 1) x^2 / 2 (1 - O(b x)).
      const double first = std::sqrt(2 * u / (b * (b + 1)));
      CHECK(quantile(family_of("beta"), std::array{2.0, b}, u) ==
            Approx(first).epsilon(1e-9 + 2 * b * first));
      // One parameter 1: x = u^(1/a).
      CHECK(quantile(family_of("beta"), std::array{b, 1.0}, u) ==
            Approx(std::pow(u, 1 / b)).epsilon(1e-12));
    }
  }
  // Where Boost's own search gives up: P(X <= x) = x^9 (10 - 9 x).
  CHECK(quantile(family_of("beta"), std::array{9.0, 2.0}, 1e-300) ==
        Approx(std::pow(1e-301, 1.0 / 9)).epsilon(1e-9));
}

TEST_CASE("every truncated quantile gives its conditional probability back, whatever the shape") {
  const std::array<double, 8> sizes = {1e-3, 0.1, 0.5, 1, 2, 30, 1e4, 1e9};
  int checked = 0;
  const auto check = [&](Family family, const std::array<double, 2>& p) {
    for (const double from : {1e-250, 1e-60, 1e-14, 1e-8, 0.2}) {
      const double high = quantile(family, p, from);
      if (!(high > 1e-290) || (family == family_of("beta") && high > 0.999)) continue;
      for (const double u : {0.01, 0.5, 0.9}) {
        const double x = truncated_quantile(family, p, -infinity, high, u);
        const double wanted = u * cdf(family, p, high);
        // As far as the neighbours of x allow.
        const double slack = cdf(family, p, x * (1 + 1e-14)) - cdf(family, p, x * (1 - 1e-14));
        INFO(name_of(family) << ' ' << p[0] << ' ' << p[1] << ' ' << from << ' ' << u);
        CHECK(std::fabs(cdf(family, p, x) - wanted) <= 1e-6 * wanted + slack);
        ++checked;
      }
    }
  };
  for (const double a : sizes) {
    check(family_of("gamma"), {a, std::sqrt(a)});
    check(family_of("weibull"), {std::min(a, 1e4), 1});
    check(family_of("lognormal"), {1, std::min(a, 10.0)});
    for (const double b : sizes) check(family_of("beta"), {a, b});
  }
  CHECK(checked > 600);
}

TEST_CASE("the first and the last draw there is give truncated values, too") {
  const double last = open_unit(~std::uint64_t{0});
  REQUIRE(last == 1 - 0x1p-53);
  const std::vector<std::pair<const char*, std::vector<double>>> laws = {
      {"normal", {0, 1}},    {"lognormal", {1, 0.5}}, {"gamma", {2, 1}}, {"exponential", {1}},
      {"weibull", {1.5, 2}}, {"geometric", {0.3}},    {"poisson", {3}}};
  for (const auto& [name, p] : laws) {
    const Family family = family_of(name);
    for (const double low : {-1.845, -0.3, 0.1, 0.9}) {
      for (const double high : {1000.0, infinity}) {
        INFO(name << " from " << low << " to " << high);
        const double x = truncated_quantile(family, p, low, high, last);
        CHECK((x >= low && x <= high && x < 200));
        CHECK(truncated_quantile(family, p, low, high, 1 - last) >= low);
      }
    }
  }
}
