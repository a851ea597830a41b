#pragma once

#include <cstdint>
#include <vector>

#include "model/simulator.hpp"
#include "results/block.hpp"

namespace truce::study {

/// Puts trials, one after another, together into blocks.
class BlockBuilder {
 public:
  BlockBuilder(const model::Model& model, const model::SimulatorSettings& settings);

  /// A block with room for trials [first, first + count).
  void begin(std::uint64_t first, std::uint64_t count);
  /// Takes the next trial's events, before it is added or fails.
  [[nodiscard]] std::vector<results::ChronicleRow>& chronicle() { return block_.chronicle; }
  /// The next trial.
  void add(const model::TrialRecord& record);
  /// The next trial, which has failed; `drawn` are its parameters.
  void fail(const model::TrialError& error, const std::vector<double>& drawn);
  /// The trials since `begin`, without the events of one that was not finished.
  [[nodiscard]] results::Block take();

 private:
  void end(const std::vector<double>& drawn);

  std::size_t columns_;
  std::size_t drawn_ = 0;  ///< parameters
  std::size_t controls_;
  results::Block block_;
  std::uint64_t done_ = 0;  ///< trials of the block
};

}  // namespace truce::study
