// How often intervals of sensitivity hold, in a quick subset of benchmark/coverage_sensitivity.cpp.
#include "support/catch.hpp"
#include "support/sensitivity_coverage.hpp"

using namespace truce::test;
using truce::study::DesignKind;

TEST_CASE("intervals of sensitivity hold about as often as they say") {
  struct Case {
    TestFunction f;
    Noise noise;
    DesignKind design;
    std::uint64_t points;
    std::vector<std::string> measures;
  };
  constexpr int repetitions = 80;
  const std::vector<std::string> sample = {"first", "total", "second", "src", "prcc"};
  const Case cases[] = {
      {linear(), {"exact"}, DesignKind::sobol, 64, sample},
      {linear(), {"noise", 0.1}, DesignKind::sobol, 128, sample},
      {ishigami_function(), {"noise", 0.1}, DesignKind::latin_hypercube, 128, sample},
      {rare_chance(), {"shares", 0, true}, DesignKind::sobol, 128, sample},
      {ishigami_function(), {"noise", 0.1}, DesignKind::saltelli, 64, {"first", "total"}},
      {rare_chance(), {"shares", 0, true}, DesignKind::saltelli, 64, {"first", "total"}},
      {g_of_five(), {"exact"}, DesignKind::morris, 10, {"mu", "mu_star"}},
      {rare_chance(), {"shares", 0, true}, DesignKind::morris, 40, {"mu", "mu_star", "sigma"}}};
  for (const Case& c : cases) {
    const auto found =
        CoverageOfSensitivity(c.f, c.noise, c.design, c.points).repeated(repetitions);
    for (const std::string& measure : c.measures) {
      for (const Coverage& of : found.at(measure)) {
        CAPTURE(c.f.name, c.noise.name, c.points, measure);
        CHECK(of.told > repetitions * 3 / 4);
        CHECK(of.share() > 0.86);  // 0.95 less 3.7 standard errors
      }
    }
  }
}

TEST_CASE("intervals are no wider than need be where nothing is uncertain") {
  const auto found =
      CoverageOfSensitivity(ishigami_function(), {"exact"}, DesignKind::sobol, 512).repeated(3);
  for (const Coverage& of : found.at("first")) CHECK(of.width / of.told < 0.003);
  // A bootstrap of the rows as if they were independent gives 0.15.
  const auto replicated =
      CoverageOfSensitivity(linear(), {"exact"}, DesignKind::saltelli, 256).repeated(10);
  for (const Coverage& of : replicated.at("first")) CHECK(of.width / of.told < 0.08);
}
