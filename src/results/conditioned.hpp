#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "results/block.hpp"
#include "results/interval.hpp"
#include "results/quantiles.hpp"
#include "results/run_writer.hpp"
#include "results/schema.hpp"

namespace truce::results {

/// One of the facts that trials are given.
struct ConditionedFact {
  std::string text;
  std::int32_t line = 0;    ///< of the record
  double day = 0;           ///< on which it is all known
  double share = 0;         ///< of those given the facts before it: the share with it, or its mean
                            ///< likelihood
  double evidence = 0;      ///< of it and all facts before it
  bool likelihood = false;  ///< of a measurement: a density, not a share
};

/// A parameter before and after what is known.
struct PosteriorParameter {
  std::string name;
  double prior_mean = 0, prior_sd = 0;
  double mean = 0, sd = 0;
  Interval ci;  ///< of the posterior mean, 95 %
  Quantiles prior_quantiles{};
  Quantiles quantiles{};
  std::vector<double> prior_values;  ///< draws from the prior, as many for each parameter
};

/// How trials came about that are those of a scenario given a record.
struct Conditioned {
  std::string record_yaml;
  std::string method;           ///< "rejection": independent trials; "smc": see `group`
  double evidence = 0;          ///< probability, or density, of all facts
  Interval evidence_ci;         ///< 95 %
  double effective_trials = 0;  ///< independent trials that are worth as much
  std::uint64_t started = 0;    ///< trials begun to find them
  std::uint64_t failed = 0;     ///< of them, before all was known
  std::uint64_t distinct = 0;   ///< trials begun that have a descendant among the rows
  std::vector<ConditionedFact> facts;
  std::vector<double> group_evidence;         ///< [group]: independent estimates; of smc
  std::vector<std::int64_t> origin;           ///< [row]: number of the trial that it comes from
  std::vector<std::int32_t> group;            ///< [row]: which group it comes from; of smc
  std::vector<PosteriorParameter> posterior;  ///< of the parameters that are drawn

  /// Whether rows are independent trials.
  [[nodiscard]] bool independent() const { return group.empty(); }
};

/// What a run's file says of itself as one of `truce condition`; nothing where it is of a run
/// alone. Throws ResultsError.
std::optional<Conditioned> read_conditioned(const std::filesystem::path& file);

/// Writes the file of trials given what is known: that of a run with the groups /evidence and
/// /posterior, in which intervals of trials that depend on each other are those by groups. As with
/// a RunWriter there is a whole file under its name, or what was there before.
class ConditionedWriter {
 public:
  /// Checks what can be known before the work. Throws ResultsError.
  ConditionedWriter(const std::filesystem::path& path, const Schema& schema,
                    OverwritePolicy policy);
  ConditionedWriter(ConditionedWriter&&) noexcept;
  ConditionedWriter& operator=(ConditionedWriter&&) noexcept;
  /// Removes what is not finished.
  ~ConditionedWriter();

  /// Before the first block: where the rows come from.
  void begin(const std::vector<std::int32_t>& group, double effective_trials);
  /// Takes the next rows.
  void append(const Block& block);
  /// Trials among them that failed.
  [[nodiscard]] std::uint64_t failed() const;
  void finish(const Conditioned& conditioned);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::results
