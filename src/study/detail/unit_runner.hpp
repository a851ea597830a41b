#pragma once

#include "model/simulator.hpp"
#include "study/block_builder.hpp"
#include "study/run.hpp"
#include "study/unit.hpp"

namespace truce::study {

/// Runs one unit after another for one thread.
class UnitRunner {
 public:
  UnitRunner(const model::Model& model, const RunSettings& settings, const std::atomic<bool>& stop);

  /// The trials of `unit`, or where `stop` becomes true those before the one that it came to.
  FinishedUnit run(const Unit& unit);

 private:
  /// Puts them into the block, up to the one where it is to stop; returns their events.
  std::uint64_t run_trials_of(const Unit& unit);

  std::uint64_t chronicle_;
  const std::atomic<bool>& stop_;
  model::Simulator simulator_;
  model::TrialRecord record_;
  BlockBuilder block_;
};

}  // namespace truce::study
