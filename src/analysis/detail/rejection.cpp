#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <memory>

#include "analysis/detail/conditioning_parts.hpp"
#include "analysis/detail/fact_walk.hpp"
#include "base/parallel.hpp"

namespace truce::analysis {

namespace {

/// Trials that one thread runs at a time.
constexpr std::uint64_t block_size = 1024;

/// What became of some trials in a row.
struct Judged {
  std::vector<std::int32_t> refuted_by;  ///< [trial]: a fact, or one of these
  static constexpr std::int32_t agrees = -1;
  static constexpr std::int32_t failed = -2;
  std::vector<std::vector<double>> prior;
};

Judged judge(FactWalk& walk, std::size_t facts, std::size_t checkpoints, std::uint64_t first,
             std::uint64_t count) {
  Judged judged;
  std::vector<double> factors(facts);
  for (std::uint64_t trial = first; trial < first + count; ++trial) {
    std::int32_t& result = judged.refuted_by.emplace_back(Judged::agrees);
    try {
      walk.start(trial);
      if (trial < prior_draws) {
        judged.prior.resize(walk.drawn().size());
        for (std::size_t p = 0; p < judged.prior.size(); ++p) {
          judged.prior[p].push_back(walk.drawn()[p]);
        }
      }
      for (std::size_t k = 0; k < checkpoints && result == Judged::agrees; ++k) {
        if (const auto fact = walk.go_to(k, factors)) result = static_cast<std::int32_t>(*fact);
      }
    } catch (const model::TrialError&) {
      result = Judged::failed;
    }
  }
  return judged;
}

/// Interval of a share that was found by going on until `successes` of `trials` had it: that of
/// Clopper and Pearson for inverse sampling (Casella and Berger, Statistical Inference, 2002, ex.
/// 9.23).
results::Interval inverse_interval(double successes, double trials) {
  const auto quantile = [](double a, double b, double p) {
    return boost::math::quantile(boost::math::beta_distribution<double>(a, b), p);
  };
  const double others = trials - successes;
  const double high = others > 0 ? quantile(successes, others, 0.975) : 1;
  return {quantile(successes, others + 1, 0.025), high};
}

}  // namespace

Rejected reject(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                const ConditionSettings& settings, std::uint64_t wanted, std::uint64_t at_most) {
  const unsigned threads = threads_of(settings);
  const std::size_t checkpoints = checkpoints_of(facts).size();
  std::vector<std::unique_ptr<FactWalk>> walks;
  for (unsigned i = 0; i < threads; ++i) {
    walks.push_back(std::make_unique<FactWalk>(model, settings.simulator, facts));
  }
  Rejected found;
  found.lost.assign(facts.size(), 0);
  // A batch for all threads at a time; its results are taken in the order of trials.
  // It is foreseen, after a while, whether they will be enough.
  const auto hopeless = [&] {
    constexpr std::uint64_t patience = 500'000;
    return found.started >= patience &&
           static_cast<double>(found.accepted.size()) * static_cast<double>(at_most) <
               0.5 * static_cast<double>(wanted) * static_cast<double>(found.started);
  };
  while (found.accepted.size() < wanted && found.started < at_most && !hopeless()) {
    const std::uint64_t batch =
        std::min(at_most - found.started, std::uint64_t{8} * threads * block_size);
    const std::uint64_t blocks = (batch + block_size - 1) / block_size;
    std::vector<Judged> judged(blocks);
    base::parallel_for_workers(blocks, threads, [&](std::size_t worker, std::uint64_t b) {
      const std::uint64_t first = found.started + b * block_size;
      judged[b] = judge(*walks[worker], facts.size(), checkpoints, first,
                        std::min(block_size, found.started + batch - first));
    });
    for (const Judged& block : judged) {
      found.prior.resize(std::max(found.prior.size(), block.prior.size()));
      for (std::size_t p = 0; p < block.prior.size(); ++p) {
        found.prior[p].insert(found.prior[p].end(), block.prior[p].begin(), block.prior[p].end());
      }
      for (const std::int32_t by : block.refuted_by) {
        if (found.accepted.size() == wanted) break;
        if (by == Judged::agrees) found.accepted.push_back(found.started);
        if (by == Judged::failed) ++found.failed;
        if (by >= 0) ++found.lost[static_cast<std::size_t>(by)];
        ++found.started;
      }
    }
  }
  return found;
}

Conditioning by_rejection(const std::vector<scenario::KnownFact>& facts,
                          const ConditionSettings& settings, Rejected found) {
  Conditioning result;
  result.told.method = "rejection";
  result.told.started = found.started;
  result.told.failed = found.failed;
  result.told.facts = facts_told(facts);
  std::vector<double> shares;
  auto left = static_cast<double>(found.started);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    // A trial that fails is out by the first fact that it did not come to.
    const double lost =
        static_cast<double>(found.lost[i]) + (i == 0 ? static_cast<double>(found.failed) : 0);
    shares.push_back(left > 0 ? (left - lost) / left : 0);
    result.told.facts[i].share = shares.back();
    left -= lost;
  }
  if (found.accepted.size() < settings.rows) {
    refuse_too_few(facts, shares, found.started, static_cast<double>(found.accepted.size()),
                   "allow more trials with --at-most, or leave --method to the program");
  }
  for (const std::uint64_t trial : found.accepted) result.rows.push_back({.origin = trial});
  result.prior = std::move(found.prior);
  finish_told(result);
  result.told.evidence_ci = inverse_interval(static_cast<double>(found.accepted.size()),
                                             static_cast<double>(found.started));
  return result;
}

}  // namespace truce::analysis
