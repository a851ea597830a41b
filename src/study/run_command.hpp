#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "scenario/compile.hpp"

namespace truce::study {

/// The settings that a run's results depend on, apart from what its scenario says.
struct RunCommand {
  std::string scenario;  ///< its path
  std::uint64_t trials = 10'000;
  std::string precision;  ///< OUTCOME=HALF_WIDTH; then `trials` is the most
  std::string seed;       ///< as a decimal number
  scenario::Overrides set;
  bool uncertain = false;
  std::uint64_t chronicle = 0;
  std::optional<std::uint64_t> keep = {};
};

/// Seed, values set and whether parameters are drawn, as options: " --seed 7 --set x=0.5".
std::string settings_text(const RunCommand& command);

/// The option by which so many trials keep their rows: " --keep 1000", " --keep none".
std::string keep_text(std::uint64_t keep);

/// As a command that runs it again: not the threads, nor where the output or the scenario lie, nor
/// how a number was spelled, so that equal runs have equal texts.
std::string text_of(const RunCommand& command);

}  // namespace truce::study
