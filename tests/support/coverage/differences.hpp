#pragma once

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "study/difference_rule.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

/// How often the interval holds at which `DifferenceRule` stops.
namespace truce::test {

/// Pairs (a, b) with a known mean difference, and what is asked of them.
struct StoppingCase {
  std::string name;
  results::ColumnKind values = results::ColumnKind::real;
  double truth = 0;
  double half_width = 0;
  double excludes = 0;
  std::uint64_t at_most = 200'000;
  std::function<std::pair<double, double>(Uniform&)> draw;
};

/// Smooth and rare, wanted narrow or told from a difference that is the true one, or is not.
inline std::vector<StoppingCase> stopping_cases() {
  using enum results::ColumnKind;
  const auto shares = [](double p, double q) {
    return [=](Uniform& u) {
      const double x = u();
      return std::pair{static_cast<double>(x < p), static_cast<double>(x < q)};
    };
  };
  const auto shifted = [](double shift) {
    return [=](Uniform& u) {
      const double shared = 3 * u.normal();
      return std::pair{shared + shift + u.normal(), shared};
    };
  };
  const auto skewed = [](Uniform& u) { return std::pair{-std::log1p(-u()), 0.8}; };
  const auto seldom = [](Uniform& u) {
    const double x = u();
    return std::pair{x < 0.004 ? 100.0 : 0.0, x > 0.998 ? 100.0 : 0.0};
  };
  return {
      {"normal, narrow", real, 0.1, 0.02, 0, 200'000, shifted(0.1)},
      {"exponential, narrow", real, 0.2, 0.012, 0, 200'000, skewed},
      {"rare and large, narrow", real, 0.2, 0.1, 0, 200'000, seldom},
      {"shares 0.30 and 0.25, narrow", boolean, 0.05, 0.005, 0, 200'000, shares(0.3, 0.25)},
      {"shares 0.010 and 0.007, narrow", boolean, 0.003, 0.0012, 0, 200'000, shares(0.01, 0.007)},
      {"normal, told from the true difference", real, 0.1, 0, 0.1, 100'000, shifted(0.1)},
      {"normal, told from one that is not", real, 0, 0, 0.05, 200'000, shifted(0)},
      {"shares, told from the true difference", boolean, 0.02, 0, 0.02, 100'000, shares(0.1, 0.08)},
      {"shares, told from one that is not", boolean, 0.02, 0, 0.01, 200'000, shares(0.1, 0.08)},
  };
}

struct StoppedCoverage {
  Coverage interval;
  double reached = 0;  ///< share of the repetitions
  double trials = 0;   ///< mean
};

inline StoppedCoverage stopped_coverage(const StoppingCase& of, int repetitions) {
  const results::PrecisionGoal goal{
      .outcome = "x", .a = "a", .b = "b", .half_width = of.half_width, .excludes = of.excludes};
  const study::DifferenceRule fresh(goal, of.values, of.at_most);
  StoppedCoverage result;
  for (int r = 0; r < repetitions; ++r) {
    study::DifferenceRule rule = fresh;
    Uniform uniform(static_cast<std::uint64_t>(r) + 1000);
    std::uint64_t trials = 0;
    results::PrecisionReached now;
    for (const std::uint64_t look : rule.looks()) {
      std::vector<double> a, b;
      for (; trials < look; ++trials) {
        const auto [x, y] = of.draw(uniform);
        a.push_back(x);
        b.push_back(y);
      }
      rule.add(a, b);
      now = rule.reached();
      if (now.reached) break;
    }
    result.interval.add(now.ci, of.truth);
    result.reached += now.reached;
    result.trials += static_cast<double>(trials);
  }
  for (double* x : {&result.reached, &result.trials}) *x /= repetitions;
  return result;
}

/// Intervals of a difference at which a study stopped. Those of a rule that looks at where they lie
/// hold at all looks together, and so more often unless they stop by mistake.
inline CoverageRow coverage_of_stopped_difference(const StoppingCase& of, int repetitions) {
  return {
      of.excludes > 0 ? "study until told apart: difference" : "study until precise: difference",
      of.name,
      "",
      repetitions,
      {stopped_coverage(of, repetitions).interval}};
}

}  // namespace truce::test
