#include <boost/math/distributions/normal.hpp>
#include <cmath>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

namespace {

const std::string yaml = R"y(
truce: 2
horizon: 1
parameters:
  a: {value: 0.5, prior: "uniform(0, 1)"}
  b: {value: 2, prior: exponential(2)}
  c: {value: 7, prior: "normal(7, 1)"}
  twice: 2 * a
correlations:
  - {between: [a, b], rho: 0.6}
  - {between: [b, c], rho: -0.4}
outcomes: {a: {value: a}, b: {value: b}, c: {value: c}, twice: {value: twice}}
)y";

double correlation(const std::vector<double>& x, const std::vector<double>& y) {
  const double mx = truce::test::mean_of(x);
  const double my = truce::test::mean_of(y);
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += (x[i] - mx) * (y[i] - my);
  return sum / static_cast<double>(x.size() - 1) / truce::test::sd_of(x) / truce::test::sd_of(y);
}

}  // namespace

TEST_CASE("priors keep their laws and have the correlations of a Gaussian copula") {
  constexpr std::size_t trials = 100'000;
  Simulation run(yaml, trials, 1, {}, 2, truce::model::ParameterSource::from_priors);
  std::vector<double> a = run["a"];
  std::vector<double> b = run["b"];
  for (std::size_t i = 0; i < trials; ++i) REQUIRE(run["twice"][i] == 2 * a[i]);
  // Normal scores have the correlations asked for; those not listed are 0.
  std::vector<double> za;
  std::vector<double> zb;
  std::vector<double> zc;
  for (std::size_t i = 0; i < trials; ++i) {
    const boost::math::normal_distribution<> normal;
    za.push_back(boost::math::quantile(normal, a[i]));
    zb.push_back(boost::math::quantile(normal, -std::expm1(-b[i] / 2)));
    zc.push_back(run["c"][i] - 7);
  }
  const double error = 1 / std::sqrt(static_cast<double>(trials));
  CHECK(std::fabs(correlation(za, zb) - 0.6) < 4 * error);
  CHECK(std::fabs(correlation(zb, zc) + 0.4) < 4 * error);
  CHECK(std::fabs(correlation(za, zc)) < 4 * error);
  std::ranges::sort(a);
  std::ranges::sort(b);
  CHECK(truce::test::ks_p_value(a, [](double x) { return x; }) > 1e-4);
  CHECK(truce::test::ks_p_value(b, [](double x) { return -std::expm1(-x / 2); }) > 1e-4);
}

TEST_CASE("without --uncertain parameters have their values, and --set wins over the prior") {
  const Simulation point(yaml, 3);
  CHECK(point["b"][0] == 2);
  const Simulation set(yaml, 3, 1, {{"b", 9}}, 1, truce::model::ParameterSource::from_priors);
  CHECK(set["b"][2] == 9);
  CHECK(set["a"][2] != 0.5);
  // The others are drawn as they were.
  const Simulation free(yaml, 3, 1, {}, 1, truce::model::ParameterSource::from_priors);
  CHECK(set["c"][2] == free["c"][2]);
}

TEST_CASE("correlations that do not fit are refused") {
  const auto refused = [](const std::string& from, const std::string& to) {
    std::string text = yaml;
    text.replace(text.find(from), from.size(), to);
    truce::scenario::Diagnostics diagnostics;
    CHECK_FALSE(truce::scenario::load_text(text, "t.yaml", {}, diagnostics).has_value());
    return diagnostics.text();
  };
  CHECK(refused("rho: -0.4}", "rho: -0.4}\n  - {between: [a, c], rho: 0.9}")
            .find("not positive definite") != std::string::npos);
  CHECK(refused("rho: 0.6", "rho: 1.5").find("t.yaml:10:28: error: 'rho' is not between") !=
        std::string::npos);
  CHECK(
      refused("prior: exponential(2)", "prior: 1 + exponential(2)").find("cannot be correlated") !=
      std::string::npos);
  CHECK(refused("[a, b]", "[a, twice]").find("has no prior") != std::string::npos);
}
