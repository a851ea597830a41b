#include "engine/distributions.hpp"

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/exponential.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/geometric.hpp>
#include <boost/math/distributions/logistic.hpp>
#include <boost/math/distributions/lognormal.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/triangular.hpp>
#include <boost/math/distributions/uniform.hpp>
#include <boost/math/distributions/weibull.hpp>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include "support/catch.hpp"
#include "support/family.hpp"
#include "support/probabilities.hpp"
#include "support/sanitized.hpp"
#include "support/statistics.hpp"

using namespace truce::engine;
namespace bm = boost::math;

namespace {

/// A family with parameters, and the law that Boost.Math has for it.
struct Case {
  Family family;
  std::vector<double> parameters;
  std::function<double(double)> cdf;
  std::function<double(double)> pmf;  ///< of discrete ones
};

template <class Law>
Case continuous(Family family, std::vector<double> parameters, Law law) {
  return {family,
          std::move(parameters),
          [law](double x) {
            const auto [low, high] = bm::support(law);
            if (x <= low) return 0.0;
            if (x >= high) return 1.0;
            return static_cast<double>(bm::cdf(law, x));
          },
          {}};
}

template <class Law>
Case discrete(Family family, std::vector<double> parameters, Law law) {
  return {family, std::move(parameters),
          [law](double x) {
            return x < 0 ? 0.0
                   : x >= bm::support(law).second
                       ? 1.0
                       : static_cast<double>(bm::cdf(law, std::floor(x)));
          },
          [law](double k) {
            return k > bm::support(law).second ? 0.0 : static_cast<double>(bm::pdf(law, k));
          }};
}

/// Shape and scale of a gamma, location and scale of a lognormal variable with this mean and sd.
bm::gamma_distribution<> gamma_law(double mean, double sd) {
  return {mean * mean / (sd * sd), sd * sd / mean};
}

bm::lognormal_distribution<> lognormal_law(double mean, double sd) {
  const double variance = std::log(1 + sd * sd / (mean * mean));
  return {std::log(mean) - variance / 2, std::sqrt(variance)};
}

std::vector<Case> cases() {
  std::vector<Case> all = {
      continuous(family_of("uniform"), {-1, 3}, bm::uniform_distribution<>(-1, 3)),
      continuous(family_of("triangular"), {0.2, 0.5, 2},
                 bm::triangular_distribution<>(0.2, 0.5, 2)),
      continuous(family_of("triangular"), {0, 0, 2}, bm::triangular_distribution<>(0, 0, 2)),
      continuous(family_of("triangular"), {0, 2, 2}, bm::triangular_distribution<>(0, 2, 2)),
      continuous(family_of("exponential"), {2.5}, bm::exponential_distribution<>(1 / 2.5)),
      continuous(family_of("gamma"), {4, 3}, gamma_law(4, 3)),
      continuous(family_of("gamma"), {0.5, 2}, gamma_law(0.5, 2)),
      continuous(family_of("gamma"), {100, 1}, gamma_law(100, 1)),
      continuous(family_of("lognormal"), {3, 2}, lognormal_law(3, 2)),
      continuous(family_of("weibull"), {1.7, 3}, bm::weibull_distribution<>(1.7, 3)),
      continuous(family_of("weibull"), {0.6, 3}, bm::weibull_distribution<>(0.6, 3)),
      continuous(family_of("normal"), {-2, 5}, bm::normal_distribution<>(-2, 5)),
      continuous(family_of("beta"), {28, 2}, bm::beta_distribution<>(28, 2)),
      continuous(family_of("beta"), {0.4, 0.7}, bm::beta_distribution<>(0.4, 0.7)),
      discrete(family_of("binomial"), {40, 0.9}, bm::binomial_distribution<>(40, 0.9)),
      discrete(family_of("binomial"), {5000, 0.013}, bm::binomial_distribution<>(5000, 0.013)),
      discrete(family_of("poisson"), {0.7}, bm::poisson_distribution<>(0.7)),
      discrete(family_of("poisson"), {240}, bm::poisson_distribution<>(240)),
      discrete(family_of("geometric"), {0.3}, bm::geometric_distribution<>(0.3)),
      discrete(family_of("bernoulli"), {0.35}, bm::binomial_distribution<>(1, 0.35)),
  };
  // PERT(2, 3, 8) is a beta law on [2, 8] with a = 1 + 4 / 6, b = 1 + 20 / 6.
  const bm::beta_distribution<> unit(1 + 4.0 / 6, 1 + 20.0 / 6);
  all.push_back({family_of("pert"),
                 {2, 3, 8},
                 [unit](double x) { return bm::cdf(unit, std::clamp((x - 2) / 6, 0.0, 1.0)); },
                 {}});
  // Two quantiles make a logistic law; with bounds, that of ln (x - 2) or of the logit of x.
  const double at_90 = std::log(9);
  all.push_back(continuous(family_of("elicited"), {0.1, -at_90, 0.9, at_90},
                           bm::logistic_distribution<>(0, 1)));
  all.push_back({family_of("elicited"),
                 {0, 2, 0.5, 3, 0.9, 2 + std::exp(0.2 * at_90)},
                 [](double x) { return x <= 2 ? 0 : 1 / (1 + std::pow(x - 2, -5.0)); },
                 {}});
  const bm::logistic_distribution<> wide(0, 2);
  const double part = 1 / (1 + std::exp(-2 * at_90));
  const auto bounded = [wide](double x) {
    return x <= -1 ? 0 : x >= 3 ? 1 : bm::cdf(wide, std::log((x + 1) / (3 - x)));
  };
  all.push_back(
      {family_of("elicited"), {0, -1, 0.1, 3 - 4 * part, 0.9, 4 * part - 1, 1, 3}, bounded, {}});
  return all;
}

std::string told(const Case& c) {
  std::string text(name_of(c.family));
  for (const double p : c.parameters) text += " " + std::to_string(p);
  return text;
}

}  // namespace

TEST_CASE("quantiles invert the laws of Boost.Math") {
  for (const Case& c : cases()) {
    double before = -1e300;
    for (const double u : truce::test::probabilities) {
      const double x = quantile(c.family, c.parameters, u);
      CAPTURE(told(c), u, x);
      CHECK(x >= before);
      before = x;
      if (is_discrete(c.family)) {
        CHECK(x == std::floor(x));
        // Boost's own cdf is good to some units in the last stream.
        CHECK(c.cdf(x) >= u * (1 - 1e-13));
        CHECK((x == 0 || c.cdf(x - 1) < u * (1 + 1e-13)));
      } else if (u > 1e-8 && u < 0.9999) {
        CHECK(c.cdf(x) == Approx(u).epsilon(1e-9));
      }
      CHECK(cdf(c.family, c.parameters, x) == Approx(c.cdf(x)).epsilon(1e-9).margin(1e-15));
    }
  }
}

TEST_CASE("samples follow their laws as a whole, and their moments are those of the parameters") {
  const std::vector<double> u = truce::test::uniforms(truce::test::repeated(20'000));
  for (const Case& c : cases()) {
    std::vector<double> x;
    for (const double each : u) x.push_back(quantile(c.family, c.parameters, each));
    CAPTURE(told(c));
    const double m = mean(c.family, c.parameters);
    truce::test::check_mean(x, m);
    std::vector<double> squares;
    for (const double each : x) squares.push_back((each - m) * (each - m));
    truce::test::check_mean(squares, variance(c.family, c.parameters));
    if (!is_discrete(c.family)) {
      std::ranges::sort(x);
      CHECK(truce::test::ks_p_value(x, c.cdf) > 1e-4);
      continue;
    }
    std::map<double, double> counts;
    for (const double k : x) ++counts[k];
    std::vector<double> observed(2, 0);
    std::vector<double> expected(2, 0);  // first cell: all rare values
    for (double k = 0; k < 6000; ++k) {
      const double mean = c.pmf(k) * static_cast<double>(u.size());
      const auto at = counts.find(k);
      const double count = at == counts.end() ? 0 : at->second;
      if (!(mean >= 20)) {
        observed[0] += count;
        expected[0] += std::isnan(mean) ? 0 : mean;
        continue;
      }
      observed.push_back(count);
      expected.push_back(mean);
    }
    observed[1] = observed[0];
    expected[1] = expected[0];
    const std::size_t skip = expected[1] >= 5 ? 1 : 2;
    const std::span<const double> o(observed);
    const std::span<const double> e(expected);
    CHECK(truce::test::chi_square_p_value(o.subspan(skip), e.subspan(skip)) > 1e-4);
  }
}

TEST_CASE("mean and variance are those that the parameters name") {
  const auto moments = [](Family family, std::vector<double> p, double m, double sd) {
    CHECK(mean(family, p) == Approx(m));
    CHECK(variance(family, p) == Approx(sd * sd));
  };
  moments(family_of("gamma"), {4, 3}, 4, 3);
  moments(family_of("lognormal"), {4, 3}, 4, 3);
  moments(family_of("pert"), {2, 3, 8}, 22.0 / 6, std::sqrt((22.0 / 6 - 2) * (8 - 22.0 / 6) / 7));
  moments(family_of("geometric"), {0.25}, 3, std::sqrt(12.0));
}

TEST_CASE("choice takes its values by weight, in the order written") {
  const std::vector<double> p = {7, 1, -2, 0, 3, 3};
  CHECK(quantile(family_of("choice"), p, 0.2) == 7);
  CHECK(quantile(family_of("choice"), p, 0.26) == 3);
  CHECK(quantile(family_of("choice"), p, 1 - 1e-9) == 3);
  CHECK(mean(family_of("choice"), p) == Approx(4));
  CHECK(variance(family_of("choice"), p) == Approx(3));
  CHECK(cdf(family_of("choice"), p, 3) == Approx(0.75));
  CHECK(cdf_below(family_of("choice"), p, 3) == 0);
}

TEST_CASE("truncation is conditional, also far out in a tail") {
  for (const Case& c : cases()) {
    const double low = quantile(c.family, c.parameters, 0.3);
    const double high = quantile(c.family, c.parameters, 0.8);
    const double below = cdf_below(c.family, c.parameters, low);
    const double upto = cdf(c.family, c.parameters, high);
    for (const double u : {0.01, 0.3, 0.5, 0.99}) {
      CAPTURE(told(c), u, low, high);
      const double x = truncated_quantile(c.family, c.parameters, low, high, u);
      CHECK(x >= low);
      CHECK(x <= high);
      const double target = below + u * (upto - below);
      CHECK(x == Approx(quantile(c.family, c.parameters, target)).epsilon(1e-8));
    }
  }
  // Normal beyond 9 sd: P(X > x) / P(X > 9) = 1 - u; the excess is close to exponential(1 / 9).
  const double x = truncated_quantile(family_of("normal"), std::vector<double>{0, 1}, 9, 50, 0.5);
  const bm::normal_distribution<> normal;
  CHECK(bm::cdf(bm::complement(normal, x)) ==
        Approx(0.5 * bm::cdf(bm::complement(normal, 9))).epsilon(1e-9));
  CHECK(std::isnan(truncated_quantile(family_of("uniform"), std::vector<double>{0, 1}, 2, 3, 0.5)));
  CHECK(
      std::isnan(truncated_quantile(family_of("poisson"), std::vector<double>{3}, 1.2, 1.8, 0.5)));
  const std::vector<double> choice = {1, 1, 2, 1, 9, 5};
  CHECK(truncated_quantile(family_of("choice"), choice, 0, 5, 0.4) == 1);
  CHECK(truncated_quantile(family_of("choice"), choice, 0, 5, 0.6) == 2);
}
