#pragma once

#include "model/simulator.hpp"
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
  void run(FinishedUnit& finished);

  const model::Model& model_;
  std::uint64_t chronicle_;
  std::size_t drawn_ = 0;  ///< parameters
  std::size_t controls_ = 0;
  const std::atomic<bool>& stop_;
  model::Simulator simulator_;
  model::TrialRecord record_;
};

}  // namespace truce::study
