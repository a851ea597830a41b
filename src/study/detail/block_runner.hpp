#pragma once

#include "model/simulator.hpp"
#include "results/block.hpp"
#include "study/run.hpp"

namespace truce::study {

/// Runs one block after another for one thread.
class BlockRunner {
 public:
  BlockRunner(const model::Model& model, const RunSettings& settings,
              const std::atomic<bool>& stop);

  /// Fills `block` with the trials of `work`, or where `stop` becomes true with those before the
  /// one that it came to.
  void run(const Work& work, results::Block& block);

  [[nodiscard]] std::uint64_t events() const { return events_; }

 private:
  const model::Model& model_;
  std::uint64_t chronicle_;
  std::size_t drawn_ = 0;  ///< parameters
  const std::atomic<bool>& stop_;
  model::Simulator simulator_;
  model::TrialRecord record_;
  std::uint64_t events_ = 0;
};

}  // namespace truce::study
