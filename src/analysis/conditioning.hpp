#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "model/simulator.hpp"
#include "results/block.hpp"
#include "results/conditioned.hpp"
#include "scenario/observed.hpp"

namespace truce::analysis {

/// How the trials given the facts are found.
enum class ConditionMethod : std::uint8_t {
  rejection,  ///< trials are run until as many as are asked for agree with all facts
  smc,        ///< sequential Monte Carlo over saved trials
};

struct ConditionSettings {
  model::SimulatorSettings simulator;
  std::uint64_t rows = 10'000;                 ///< trials that are wanted
  std::uint64_t at_most = 20'000'000;          ///< trials begun
  double effective = 1000;                     ///< independent trials that the rows are to be worth
  std::uint64_t group_size = 2048;             ///< trials begun in a group of SMC
  std::optional<ConditionMethod> method = {};  ///< nothing: rejection where it is cheap enough
  unsigned threads = 0;                        ///< 0: as many as the machine has
};

/// A fork of a trial at a checkpoint.
struct LineFork {
  std::uint32_t checkpoint = 0;
  std::uint64_t number = 0;
};

/// Where a row comes from: a trial of the scenario, forked on its way. It can be run again from
/// this alone.
struct Lineage {
  std::uint64_t origin = 0;
  std::vector<LineFork> forks{};
  std::int32_t group = 0;
};

/// What is left of the trials, and what was learnt on the way.
struct Conditioning {
  results::Conditioned told;               ///< without its posterior
  std::vector<Lineage> rows;               ///< equally weighted
  std::vector<std::vector<double>> prior;  ///< [drawn parameter][draw] of trials begun
};

/// Fewer trials agree with the facts than are needed.
class TooFewLeft : public std::runtime_error {
 public:
  TooFewLeft(const std::string& message, std::size_t fact)
      : std::runtime_error(message), fact_(fact) {}
  /// At which of the facts most were lost.
  [[nodiscard]] std::size_t fact() const { return fact_; }

 private:
  std::size_t fact_;
};

/// Finds trials of a model given facts that were compiled with it: the law of what comes after all
/// facts are known, under the model, is that of Bayes' rule. Facts are taken in the order of their
/// ends. What is found is a function of the arguments but for `threads`.
///
/// Rejection: rows are the first trials that agree, so independent.
///
/// SMC (Del Moral, Doucet and Jasra, J. R. Stat. Soc. B 68, 2006, 411-436; Chopin and
/// Papaspiliopoulos, An Introduction to Sequential Monte Carlo, 2020, ch. 10): groups of trials,
/// independent of each other, are run from fact to fact and weighed, by 0 or 1, or by the
/// likelihood of a measurement or of a known draw; systematic resampling where the effective number
/// falls under half; copies are forked. The mean weight of a group is an unbiased estimate of the
/// evidence. At least 32 groups; more until the rows are worth enough. Rows are resampled from all
/// groups by their evidence.
///
/// Throws TooFewLeft, and std::runtime_error where no trial can begin.
Conditioning condition(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
                       const ConditionSettings& settings);

/// Runs rows to their ends. One per thread.
class RowRunner {
 public:
  RowRunner(const model::Model& model, const std::vector<scenario::KnownFact>& facts,
            const ConditionSettings& settings);
  RowRunner(RowRunner&&) noexcept;
  RowRunner& operator=(RowRunner&&) noexcept;
  ~RowRunner();

  /// Rows [first, first + count).
  results::Block run(const std::vector<Lineage>& rows, std::uint64_t first, std::uint64_t count);

 private:
  class State;
  std::unique_ptr<State> state_;
};

/// The posterior of the drawn parameters, from their values in the rows, [parameter][row].
void add_posterior(const model::Model& model, const std::vector<std::vector<double>>& drawn,
                   Conditioning& conditioning);

}  // namespace truce::analysis
