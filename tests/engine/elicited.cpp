#include <algorithm>
#include <boost/math/distributions/logistic.hpp>
#include <cmath>
#include <string>
#include <vector>

#include "engine/distributions.hpp"
#include "support/catch.hpp"
#include "support/family.hpp"
#include "support/probabilities.hpp"
#include "support/statistics.hpp"

using namespace truce::engine;
namespace bm = boost::math;

TEST_CASE("what experts say of quantiles is what the metalog has, within its bounds") {
  const Family elicited = family_of("elicited");
  for (const std::vector<double>& p :
       std::vector<std::vector<double>>{{0.05, 0.5, 0.5, 0.8, 0.95, 0.95},
                                        {0, 0, 0.05, 0.5, 0.5, 0.8, 0.95, 0.95, 1, 1},
                                        {0, -2, 0.1, 3, 0.25, 5, 0.5, 9, 0.75, 17, 0.95, 60},
                                        {0.1, -9, 0.3, -4, 0.5, -2, 0.7, -1, 0.9, -0.2, 1, 0}}) {
    CAPTURE(p);
    REQUIRE(parameter_problem(elicited, p).empty());
    double before = -1e300;
    for (double u = 1.0 / 1024; u < 1; u += 1.0 / 1024) {
      const double x = quantile(elicited, p, u);
      CHECK(x > before);
      before = x;
      CHECK(cdf(elicited, p, x) == Approx(u).epsilon(1e-10));
    }
    for (std::size_t i = 0; i < p.size(); i += 2) {
      if (p[i] > 0 && p[i] < 1)
        CHECK(quantile(elicited, p, p[i]) == Approx(p[i + 1]).epsilon(1e-10));
      if (p[i] == 0) CHECK(quantile(elicited, p, 0x1p-53) >= p[i + 1]);
      if (p[i] == 1) CHECK(quantile(elicited, p, 1 - 0x1p-53) <= p[i + 1]);
    }
  }
  // Keelin's three terms, by his formulas: a1 = x50, a2 = (x90 - x10) / (2 ln 9), and a3 from both.
  const std::vector<double> three = {0.1, 10, 0.5, 13, 0.9, 20};
  const double a2 = 10 / (2 * std::log(9));
  const double a3 = (10 - 2 * (13.0 - 10)) / (0.8 * std::log(9));
  for (const double u : {0.01, 0.3, 0.7, 0.99}) {
    const double logit = std::log(u / (1 - u));
    CHECK(quantile(elicited, three, u) == Approx(13 + a2 * logit + a3 * (u - 0.5) * logit));
  }
  const auto problem = [&](std::vector<double> p) {
    return std::string(parameter_problem(elicited, p));
  };
  CHECK_THAT(problem({0.5, 1}), Catch::Contains("two quantiles"));
  CHECK_THAT(problem({0.1, 0, 0.5, 0.98, 0.9, 1}), Catch::Contains("falls somewhere"));
  CHECK_THAT(problem({0.5, 1, 0.1, 2}), Catch::Contains("probabilities do not ascend"));
  CHECK_THAT(problem({0.1, 2, 0.5, 1}), Catch::Contains("quantiles do not ascend"));
  CHECK_THAT(problem({0.1, 1, 1.5, 2}), Catch::Contains("within 0 and 1"));
  CHECK_THAT(problem({0.1, 1, 0.9, 2, -1, 0}), Catch::Contains("weight is not above 0"));
  CHECK_THAT(problem({0.1, 1, 0.9, 2, -1, 1, 0.1, 1, 0.9, 2}), Catch::Contains("no weight"));
  // Beyond one bound the tail of a log metalog may be too heavy for a mean.
  CHECK(std::isinf(mean(elicited, std::vector<double>{0, 0, 0.5, 1, 0.9, 50})));
}

TEST_CASE("several experts are the mixture of theirs") {
  // Two logistic laws, of weights 3 and 1.
  const double at_90 = std::log(9);
  const std::vector<double> p = {0.1, -at_90, 0.9, at_90, -1, 3, 0.5, 4, 0.9, 4 + at_90, -1, 1};
  const bm::logistic_distribution<> first(0, 1);
  const bm::logistic_distribution<> second(4, 1);
  const auto law = [&](double x) { return 0.75 * bm::cdf(first, x) + 0.25 * bm::cdf(second, x); };
  std::vector<double> x;
  for (const double u : truce::test::uniforms(5'000))
    x.push_back(quantile(family_of("elicited"), p, u));
  for (const double each : truce::test::probabilities) {
    const double at = quantile(family_of("elicited"), p, each);
    CHECK(law(at) == Approx(each).epsilon(1e-9));
    CHECK(cdf(family_of("elicited"), p, at) == Approx(each).epsilon(1e-9));
  }
  CHECK(mean(family_of("elicited"), p) == Approx(1));
  // The variance of a logistic law is pi^2 / 3; that between the means is 16 * 3 / 16.
  CHECK(variance(family_of("elicited"), p) == Approx(std::acos(-1) * std::acos(-1) / 3 + 3));
  std::ranges::sort(x);
  CHECK(truce::test::ks_p_value(x, law) > 1e-4);
}
