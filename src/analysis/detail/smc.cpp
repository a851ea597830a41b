#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>

#include "analysis/detail/conditioning_parts.hpp"
#include "analysis/detail/smc_group.hpp"
#include "base/parallel.hpp"
#include "engine/random.hpp"
#include "results/moments.hpp"

namespace truce::analysis {

namespace {

constexpr std::uint64_t groups_a_round = 32;
/// Rows that are worth fewer independent trials tell nothing.
constexpr double least_effective = 30;
/// Then it is foreseen whether the trials allowed will be enough.
constexpr std::uint64_t rounds_of_patience = 8;

/// All groups so far, one after the other.
struct Groups {
  std::vector<double> evidence;             ///< [group]
  std::vector<std::vector<double>> shares;  ///< [group][fact]
  std::vector<Lineage> lines;
  std::vector<double> weights;
  std::uint64_t failed = 0;
  std::vector<std::vector<double>> prior;

  void add(SmcGroup group) {
    evidence.push_back(group.evidence());
    shares.push_back(std::move(group.shares));
    std::ranges::move(group.lines, std::back_inserter(lines));
    weights.insert(weights.end(), group.weights.begin(), group.weights.end());
    failed += group.failed;
    prior.resize(std::max(prior.size(), group.prior.size()));
    for (std::size_t p = 0; p < group.prior.size(); ++p) {
      prior[p].insert(prior[p].end(), group.prior[p].begin(), group.prior[p].end());
    }
  }

  /// Of weights summed over the trials from which lines come.
  [[nodiscard]] double effective() const {
    double sum = 0, squares = 0;
    for (std::size_t i = 0; i < lines.size();) {
      double of_origin = 0;
      const std::uint64_t origin = lines[i].origin;
      for (; i < lines.size() && lines[i].origin == origin; ++i) of_origin += weights[i];
      sum += of_origin;
      squares += of_origin * of_origin;
    }
    return squares > 0 ? sum * sum / squares : 0;
  }

  /// [fact]: what of the evidence of those before it is left after it, over all groups.
  [[nodiscard]] std::vector<double> shares_of_facts(std::size_t facts) const {
    std::vector<double> left(shares.size(), 1.0);
    std::vector<double> result;
    double before = static_cast<double>(shares.size());
    for (std::size_t fact = 0; fact < facts; ++fact) {
      double after = 0;
      for (std::size_t g = 0; g < shares.size(); ++g) after += left[g] *= shares[g][fact];
      result.push_back(before > 0 ? after / before : 0);
      before = after;
    }
    return result;
  }
};

void run_round(std::vector<std::unique_ptr<SmcRunner>>& runners, std::uint64_t group_size,
               Groups& groups) {
  std::vector<SmcGroup> finished(groups_a_round);
  const std::uint64_t first = groups.evidence.size();
  base::parallel_for_workers(groups_a_round, static_cast<unsigned>(runners.size()),
                             [&](std::size_t worker, std::uint64_t i) {
                               const bool keep_prior = (first + i) * group_size < prior_draws;
                               finished[i] =
                                   runners[worker]->run(first + i, group_size, keep_prior);
                             });
  for (SmcGroup& group : finished) groups.add(std::move(group));
}

/// Of the mean of independent estimates, on the scale of logarithms, where it is above 0.
results::Interval evidence_interval(const std::vector<double>& estimates) {
  results::Moments moments;
  for (const double estimate : estimates) moments.add(estimate);
  const double quantile =
      results::student_quantile(0.95, static_cast<double>(estimates.size() - 1));
  const double half = quantile * moments.standard_error() / moments.mean();
  return {moments.mean() * std::exp(-half), moments.mean() * std::exp(half)};
}

void draw_rows(const Groups& groups, const ConditionSettings& settings, std::size_t checkpoints,
               Conditioning& result) {
  const auto block =
      engine::random_block(settings.simulator.seed, 0, engine::stream_key("(rows)"), 0);
  const auto counts = systematic_counts(groups.weights, settings.rows, engine::open_unit(block[0]));
  for (std::size_t i = 0; i < counts.size(); ++i) {
    for (std::uint32_t copy = 0; copy < counts[i]; ++copy) {
      Lineage& row = result.rows.emplace_back(groups.lines[i]);
      if (copy == 0) continue;
      const auto last = static_cast<std::uint32_t>(checkpoints - 1);
      row.forks.push_back({last, fork_number(last, copy)});
    }
  }
}

}  // namespace

Conditioning by_smc(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                    const ConditionSettings& settings) {
  std::vector<std::unique_ptr<SmcRunner>> runners;
  for (unsigned i = 0; i < threads_of(settings); ++i) {
    runners.push_back(std::make_unique<SmcRunner>(model, settings.simulator, facts));
  }
  Groups groups;
  const double wanted = std::min(settings.effective, static_cast<double>(settings.rows));
  const double least = std::min(wanted, least_effective);
  const std::uint64_t group_size =
      std::clamp<std::uint64_t>(settings.at_most / groups_a_round, 1, settings.group_size);
  const std::uint64_t a_round = groups_a_round * group_size;
  std::uint64_t started = 0;
  bool hopeless = false;
  do {
    run_round(runners, group_size, groups);
    started += a_round;
    hopeless = started >= rounds_of_patience * a_round &&
               groups.effective() * static_cast<double>(settings.at_most) <
                   least * static_cast<double>(started);
  } while (groups.effective() < wanted && !hopeless && started + a_round <= settings.at_most);
  const auto shares = groups.shares_of_facts(facts.size());
  const double effective = groups.effective();
  if (effective < least) {
    refuse_too_few(facts, shares, started, effective,
                   "allow more trials with --at-most, or a wider tolerance in the record");
  }
  Conditioning result;
  result.told.method = "smc";
  result.told.started = started;
  result.told.failed = groups.failed;
  result.told.facts = facts_told(facts);
  for (std::size_t i = 0; i < facts.size(); ++i) result.told.facts[i].share = shares[i];
  draw_rows(groups, settings, checkpoints_of(facts).size(), result);
  for (const Lineage& row : result.rows) result.told.group.push_back(row.group);
  result.prior = std::move(groups.prior);
  finish_told(result);
  result.told.evidence_ci = evidence_interval(groups.evidence);
  result.told.group_evidence = std::move(groups.evidence);
  return result;
}

}  // namespace truce::analysis
