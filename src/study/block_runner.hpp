#pragma once

#include "truce/model/simulator.hpp"
#include "truce/results/block.hpp"
#include "truce/study/run.hpp"

namespace truce::study {

/// Runs one block after another for one thread.
class BlockRunner {
 public:
  BlockRunner(const model::Model& model, const RunSettings& settings);

  /// Fills `block` with the trials of `work`.
  void run(const Work& work, results::Block& block);

  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  const model::Model& model_;
  std::uint64_t chronicle_;
  model::Simulator simulator_;
  model::TrialRecord record_;
  std::uint64_t events_ = 0;
};

}  // namespace truce::study
