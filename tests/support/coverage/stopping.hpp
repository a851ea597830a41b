#pragma once

#include "study/precision.hpp"
#include "support/coverage/coverage.hpp"
#include "support/coverage/outcomes.hpp"

namespace truce::test {

/// Intervals of a run that stopped when it was precise enough: `half_width` of its 95 % interval.
inline CoverageRow coverage_of_stopping(const OutcomeLaw& law, double half_width, int repetitions) {
  using study::PrecisionRule;
  const bool share = law.kind == results::ColumnKind::boolean;
  CoverageRow row{share ? "run until precise: share" : "run until precise: mean",
                  law.name,
                  "\u00b1 " + std::to_string(half_width).substr(0, 6),
                  repetitions,
                  {{}}};
  for (int r = 0; r < repetitions; ++r) {
    PrecisionRule rule(0, half_width, law.kind);
    Uniform uniform(static_cast<std::uint64_t>(r) + 1);
    results::Moments moments;
    results::Block block;
    block.status.assign(study::block_trials, results::Status::completed);
    block.columns.assign(1, std::vector<double>(study::block_trials));
    study::Verdict verdict = study::Verdict::go_on;
    for (block.first = 0; verdict == study::Verdict::go_on && block.first < 1'000'000;
         block.first += study::block_trials) {
      for (double& x : block.columns[0]) {
        x = law.draw(uniform);
        moments.add(x);
      }
      verdict = rule.add(block);
    }
    const auto summary = results::summary_of(moments, law.kind);
    row.of.front().add(summary.ci, law.mean, results::too_few(summary));
  }
  return row;
}

}  // namespace truce::test
