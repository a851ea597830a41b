#pragma once

#include <functional>

#include "results/summary.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// A distribution of one outcome, with the expectation that its interval is of.
struct OutcomeLaw {
  std::string name;
  results::ColumnKind kind = results::ColumnKind::real;
  double mean = 0;
  std::function<double(Uniform&)> draw;
};

/// Number of events of a Poisson process within one unit of time.
inline double poisson(Uniform& uniform, double rate) {
  double count = 0;
  for (double time = -std::log1p(-uniform()) / rate; time < 1; ++count) {
    time += -std::log1p(-uniform()) / rate;
  }
  return count;
}

/// Means of numbers: smooth, skewed and rare.
inline std::vector<OutcomeLaw> laws_of_numbers() {
  using results::ColumnKind;
  return {{"normal", ColumnKind::real, 2, [](Uniform& u) { return 2 + u.normal(); }},
          {"exponential", ColumnKind::real, 1, [](Uniform& u) { return -std::log1p(-u()); }},
          {"lognormal(0, 1)", ColumnKind::real, std::exp(0.5),
           [](Uniform& u) { return std::exp(u.normal()); }},
          {"Poisson, mean 3", ColumnKind::integer, 3, [](Uniform& u) { return poisson(u, 3); }},
          {"Poisson, mean 0.01", ColumnKind::integer, 0.01,
           [](Uniform& u) { return poisson(u, 0.01); }},
          {"30 persons in 1 of 20, else 0", ColumnKind::integer, 1.5,
           [](Uniform& u) { return u() < 0.05 ? 30.0 : 0.0; }},
          // Up to day 100; the expectation is 50 (1 - exp(-2)).
          {"restricted mean of an exponential time", ColumnKind::real, 50 * (1 - std::exp(-2)),
           [](Uniform& u) { return std::min(100.0, -50 * std::log1p(-u())); }},
          // Often in none of the trials, which nothing but a warning can mend.
          {"30 persons in 1 of 500, else 0", ColumnKind::integer, 0.06,
           [](Uniform& u) { return u() < 0.002 ? 30.0 : 0.0; }}};
}

inline std::vector<OutcomeLaw> laws_of_shares() {
  std::vector<OutcomeLaw> laws;
  for (const double p : {0.5, 0.05, 0.0008}) {
    laws.push_back({"chance of " + std::to_string(p).substr(0, 6), results::ColumnKind::boolean, p,
                    [p](Uniform& u) { return u() < p ? 1.0 : 0.0; }});
  }
  return laws;
}

/// Intervals of `truce run` and `truce show`: of means, and of shares of yes or of endings.
inline CoverageRow coverage_of_outcome(const OutcomeLaw& law, int n, int repetitions) {
  const bool share = law.kind == results::ColumnKind::boolean;
  CoverageRow row{
      share ? "run: share" : "run: mean", law.name, std::to_string(n), repetitions, {{}}};
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    results::Moments moments;
    for (int i = 0; i < n; ++i) moments.add(law.draw(uniform));
    const results::OutcomeSummary summary = results::summary_of(moments, law.kind);
    row.of.front().add(summary.ci, law.mean, results::too_few(summary));
  }
  return row;
}

}  // namespace truce::test
