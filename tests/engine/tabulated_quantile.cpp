#include "engine/tabulated_quantile.hpp"

#include <cmath>

#include "engine/random.hpp"
#include "support/catch.hpp"
#include "support/family.hpp"
#include "support/sanitized.hpp"

using namespace truce::engine;

namespace {

const std::vector<std::pair<Family, std::vector<double>>> searched = {
    {family_of("gamma"), {4, 3}},       {family_of("gamma"), {1, 2}},
    {family_of("gamma"), {90, 60}},     {family_of("gamma"), {5, 0.01}},
    {family_of("gamma"), {1e-3, 1e-3}}, {family_of("beta"), {2, 5}},
    {family_of("beta"), {0.3, 0.4}},    {family_of("beta"), {200, 3}},
    {family_of("beta"), {1, 1}},        {family_of("pert"), {1, 2, 10}},
    {family_of("pert"), {-5, -5, 3}},
};

}  // namespace

TEST_CASE("a table of quantiles agrees with the search, also far out") {
  for (const auto& [family, parameters] : searched) {
    TabulatedQuantile table(family, parameters);
    double before = -INFINITY;
    for (int i = 0; i <= 4000; ++i) {
      // From 2^-50 to 1 - 2^-50, evenly in the logit.
      const double logit = 34.6 * (i / 2000.0 - 1);
      const double u = 1 / (1 + std::exp(-logit));
      const double x = table(u);
      const double exact = quantile(family, parameters, u);
      INFO(name_of(family) << " " << parameters[0] << " " << parameters[1] << " u " << u);
      REQUIRE(x == Approx(exact).epsilon(2e-12).margin(1e-12 * std::fabs(parameters[0])));
      REQUIRE(x >= before);
      before = x;
    }
    CHECK(std::isfinite(table(open_unit(0))));
    CHECK(std::isfinite(table(open_unit(~std::uint64_t{0}))));
  }
}

TEST_CASE("an exponential takes the logarithm of what is above") {
  TabulatedQuantile fixed(family_of("exponential"), std::vector<double>{3});
  const std::vector<double> mean = {3};
  for (std::uint64_t i = 0; i < 4000; ++i) {
    const double u = open_unit(i * i * i << 28U);
    REQUIRE(fixed(u) == Approx(quantile(family_of("exponential"), mean, u)).epsilon(1e-15));
  }
  CHECK(fixed(open_unit(0)) > 0);
}

TEST_CASE("other fixed distributions are those of quantile to the last bit") {
  const std::vector<std::pair<Family, std::vector<double>>> others = {
      {family_of("uniform"), {1, 2}},      {family_of("triangular"), {0, 1, 3}},
      {family_of("exponential"), {0}},     {family_of("gamma"), {3, 0}},
      {family_of("gamma"), {1, 3}},        {family_of("lognormal"), {2, 1}},
      {family_of("weibull"), {2, 1}},      {family_of("normal"), {0, 1}},
      {family_of("pert"), {2, 2, 2}},      {family_of("beta"), {0.1, 3}},
      {family_of("binomial"), {20, 0.3}},  {family_of("poisson"), {4}},
      {family_of("geometric"), {0.2}},     {family_of("bernoulli"), {0.4}},
      {family_of("choice"), {1, 2, 5, 3}},
  };
  for (const auto& [family, parameters] : others) {
    TabulatedQuantile fixed(family, parameters);
    for (int i = 1; i < 500; ++i)
      REQUIRE(fixed(i / 500.0) == quantile(family, parameters, i / 500.0));
  }
}

TEST_CASE("counts that are looked up are those of the search, from end to end") {
  const std::vector<std::pair<Family, std::vector<double>>> counts = {
      {family_of("binomial"), {40, 0.9}}, {family_of("binomial"), {1, 0.5}},
      {family_of("binomial"), {0, 0.5}},  {family_of("binomial"), {7, 0}},
      {family_of("binomial"), {7, 1}},    {family_of("binomial"), {5000, 0.4}},
      {family_of("poisson"), {0}},        {family_of("poisson"), {0.01}},
      {family_of("poisson"), {300}},      {family_of("poisson"), {1e8}},
  };
  for (const auto& [family, parameters] : counts) {
    TabulatedQuantile fixed(family, parameters);
    INFO(name_of(family) << " " << parameters[0]);
    for (std::uint64_t i = 0; i < truce::test::repeated(std::uint64_t{20'000}); ++i) {
      const double u = open_unit(random_block(1, i, StreamKey{1}, 0)[0]);
      REQUIRE(fixed(u) == quantile(family, parameters, u));
    }
    for (int bit = 12; bit < 64; ++bit) {  // far out on both sides
      const double u = open_unit((std::uint64_t{1} << static_cast<unsigned>(bit)) - 1);
      REQUIRE(fixed(u) == quantile(family, parameters, u));
      REQUIRE(fixed(1 - u) == quantile(family, parameters, 1 - u));
    }
    // Just beside the edges, where guide and search could part.
    for (int k = 0; k <= 400; ++k) {
      const double edge = cdf(family, parameters, k);
      for (const double u : {std::nextafter(edge, 0.0), edge, std::nextafter(edge, 1.0)}) {
        if (u < open_unit(0) || u > open_unit(~std::uint64_t{0})) continue;
        REQUIRE(fixed(u) == quantile(family, parameters, u));
      }
    }
  }
}
