#pragma once

#include <string>
#include <vector>

#include "analysis/comparison.hpp"
#include "support/coverage/coverage.hpp"
#include "support/uniform.hpp"

namespace truce::test {

/// Several variants that are compared with one another's baseline.
struct FamilyLaw {
  std::string name;
  analysis::ValueKind kind = analysis::ValueKind::numbers;
  std::vector<double> differences;  ///< of each variant to the baseline
  bool own_draws = true;            ///< whether each variant has noise of its own
};

inline std::vector<FamilyLaw> laws_of_families() {
  using analysis::ValueKind;
  return {
      {"six normal, noise of their own", ValueKind::numbers, {0, 0.1, 0.2, 0.3, 0.4, 0.5}, true},
      {"six shares, noise of their own", ValueKind::yes_or_no, {0, 0.1, 0.2, 0.3, 0.4, 0.5}, true},
      {"four shares, same draw", ValueKind::yes_or_no, {0.05, 0.1, 0.2, 0.3}, false}};
}

/// `truce compare --simultaneous`: how often all intervals hold at once.
inline CoverageRow coverage_of_family(const FamilyLaw& law, std::size_t n, int repetitions) {
  CoverageRow row{
      "compare, simultaneous: all differences", law.name, std::to_string(n), repetitions, {{}}};
  constexpr double chance = 0.3;  // of the baseline
  const bool shares = law.kind == analysis::ValueKind::yes_or_no;
  const double confidence = 1 - 0.05 / static_cast<double>(law.differences.size());
  for (int r = 0; r < repetitions; ++r) {
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    analysis::PointValues baseline(1, std::vector<double>(n));
    std::vector<analysis::PointValues> variants(law.differences.size(), baseline);
    for (std::size_t i = 0; i < n; ++i) {
      const double u = uniform();
      const double x = uniform.normal();
      baseline[0][i] = shares ? (u < chance ? 1.0 : 0.0) : x;
      for (std::size_t v = 0; v < variants.size(); ++v) {
        const double own = law.own_draws ? uniform() : u;
        variants[v][0][i] = shares ? (own < chance + law.differences[v] ? 1.0 : 0.0)
                                   : x + law.differences[v] + uniform.normal();
      }
    }
    bool all = true;
    bool too_few = false;
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const auto c = analysis::compare_paired(variants[v], baseline, law.kind);
      const auto ci = c.difference.interval(confidence);
      all = all && ci.low <= law.differences[v] && law.differences[v] <= ci.high;
      too_few = too_few || c.too_few;
    }
    row.of[0].add(all, too_few);
  }
  return row;
}

}  // namespace truce::test
