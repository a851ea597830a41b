#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "analysis/conditioning.hpp"
#include "analysis/detail/fact_walk.hpp"
#include "results/moments.hpp"
#include "results/quantiles.hpp"
#include "results/summary.hpp"
#include "study/block_builder.hpp"

namespace truce::analysis {

class RowRunner::State {
 public:
  State(const model::Model& model, std::vector<scenario::KnownFact> facts,
        const ConditionSettings& settings)
      : facts_(std::move(facts)),
        walk_(model, settings.simulator, facts_),
        block_(model, settings.simulator) {}

  results::Block run(const std::vector<Lineage>& rows, std::uint64_t first, std::uint64_t count) {
    block_.begin(first, count);
    for (std::uint64_t row = first; row < first + count; ++row) {
      try {
        block_.add(replay(rows[row]));
      } catch (const model::TrialError& error) {
        block_.fail(error, walk_.drawn());
      }
    }
    return block_.take();
  }

 private:
  const model::TrialRecord& replay(const Lineage& row) {
    walk_.start(row.origin);
    for (const LineFork& fork : row.forks) {
      walk_.advance_to(fork.checkpoint);
      walk_.fork(fork.number);
    }
    walk_.advance_to_last();
    return walk_.finish();
  }

  const std::vector<scenario::KnownFact> facts_;
  FactWalk walk_;
  study::BlockBuilder block_;
};

RowRunner::RowRunner(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                     const ConditionSettings& settings)
    : state_(std::make_unique<State>(model, facts, settings)) {}
RowRunner::RowRunner(RowRunner&&) noexcept = default;
RowRunner& RowRunner::operator=(RowRunner&&) noexcept = default;
RowRunner::~RowRunner() = default;

results::Block RowRunner::run(const std::vector<Lineage>& rows, std::uint64_t first,
                              std::uint64_t count) {
  return state_->run(rows, first, count);
}

namespace {

results::Quantiles sample_quantiles(std::vector<double> values) {
  results::Quantiles quantiles{};
  std::ranges::sort(values);
  for (std::size_t q = 0; q < results::quantile_count; ++q) {
    quantiles.at(q) =
        values.at(results::quantile_rank(results::quantile_thousandths.at(q), values.size()));
  }
  return quantiles;
}

/// Of a mean over rows that depend on each other within groups: see results::GroupIntervals.
results::Interval mean_interval_by_group(const std::vector<double>& values,
                                         const std::vector<std::int32_t>& group, double mean) {
  std::map<std::int32_t, std::pair<double, double>> sums;  // count, sum
  for (std::size_t i = 0; i < values.size(); ++i) {
    auto& [count, sum] = sums[group[i]];
    ++count;
    sum += values[i];
  }
  const auto groups = static_cast<double>(sums.size());
  double squares = 0;
  for (const auto& [id, of] : sums) squares += std::pow(of.second - mean * of.first, 2);
  const double error =
      std::sqrt(groups / (groups - 1) * squares) / static_cast<double>(values.size());
  const double half = results::student_quantile(0.95, groups - 1) * error;
  return {mean - half, mean + half};
}

}  // namespace

void add_posterior(const model::Model& model, const std::vector<std::vector<double>>& drawn,
                   Conditioning& conditioning) {
  std::size_t next = 0;
  for (const model::Parameter& parameter : model.parameters) {
    if (!parameter.drawn || next == drawn.size()) continue;
    const std::vector<double>& values = drawn[next];
    results::PosteriorParameter& told = conditioning.told.posterior.emplace_back();
    told.name = parameter.name;
    told.prior_values = conditioning.prior[next++];
    told.prior_values.resize(std::min<std::size_t>(told.prior_values.size(), 4096));
    const auto prior = results::exact_moments(told.prior_values);
    told.prior_mean = prior.mean();
    told.prior_sd = prior.sd();
    told.prior_quantiles = sample_quantiles(told.prior_values);
    const auto posterior = results::exact_moments(values);
    told.mean = posterior.mean();
    told.sd = posterior.sd();
    told.quantiles = sample_quantiles(values);
    told.ci = conditioning.told.independent()
                  ? results::summary_of(posterior, results::ColumnKind::real).ci
                  : mean_interval_by_group(values, conditioning.told.group, told.mean);
  }
}

}  // namespace truce::analysis
