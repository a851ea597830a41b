#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// Exponential times of a and b that are past the horizon, and so never come, for some trials.
struct TimesLaw {
  std::string name;
  bool paired = true;
  double mean_a = 0;
  double mean_b = 0;
};

inline std::vector<TimesLaw> laws_of_times() {
  return {{"same draw, means 60 and 50", true, 60, 50},
          {"same draw, rare, means 20000 and 10000", true, 20'000, 10'000},
          {"apart, means 60 and 50", false, 60, 50},
          {"apart, means 60 and 60", false, 60, 60},
          {"apart, rare, means 20000 and 10000", false, 20'000, 10'000}};
}

/// Intervals of `truce compare` of a `first`: of the share in which it has come by a day, one of
/// each of several days of the incidence curve, and of the mean of the time up to the horizon.
inline CoverageRows coverage_of_times(const TimesLaw& law, int n, int repetitions) {
  constexpr double horizon = 100;
  const std::vector<double> days = {5, 30, 100};
  const auto row = [&](const std::string& of) {
    return CoverageRow{(law.paired ? "compare, paired: " : "compare, independent: ") + of,
                       law.name,
                       std::to_string(n),
                       repetitions,
                       {{}}};
  };
  CoverageRow incidence = row("share by a day");
  CoverageRow restricted = row("restricted mean time");
  incidence.of.resize(days.size());
  const auto share = [](double mean, double day) { return 1 - std::exp(-day / mean); };
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    std::vector<double> a;
    std::vector<double> b;
    for (int i = 0; i < n; ++i) {
      const double x = -std::log1p(-uniform());
      const double y = law.paired ? x : -std::log1p(-uniform());
      a.push_back(law.mean_a * x);
      b.push_back(law.mean_b * y);
    }
    const auto compared = [&](auto&& measure, analysis::ValueKind kind) {
      analysis::PointValues of_a(1);
      analysis::PointValues of_b(1);
      for (const double t : a) of_a[0].push_back(measure(t));
      for (const double t : b) of_b[0].push_back(measure(t));
      return law.paired ? analysis::compare_paired(of_a, of_b, kind)
                        : analysis::compare_independent(of_a[0], of_b[0], kind);
    };
    for (std::size_t d = 0; d < days.size(); ++d) {
      const auto c = compared([&](double t) { return t <= days[d] ? 1.0 : 0.0; },
                              analysis::ValueKind::yes_or_no);
      incidence.of[d].add(c.difference.interval(0.95),
                          share(law.mean_a, days[d]) - share(law.mean_b, days[d]), c.too_few);
    }
    const auto c =
        compared([&](double t) { return std::min(t, horizon); }, analysis::ValueKind::numbers);
    if (!c.varies) continue;  // which is printed in place of an interval
    restricted.of[0].add(
        c.difference.interval(0.95),
        law.mean_a * share(law.mean_a, horizon) - law.mean_b * share(law.mean_b, horizon),
        c.too_few);
  }
  return {incidence, restricted};
}

}  // namespace truce::test
