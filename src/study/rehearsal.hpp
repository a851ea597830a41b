#pragma once

#include "scenario/compile.hpp"

namespace truce::study {

/// Reports what a run of the scenario would refuse or lose, though it compiles: results that no
/// file can hold are errors, the first trial that fails among a few is a warning. Takes less than
/// a second or two.
void rehearse(const scenario::Loaded& loaded, scenario::Diagnostics& diagnostics);

/// The part of it that concerns trials, with such a seed: whether none of a few fails. `where`,
/// where it is given, is told with what fails.
bool rehearse_trials(const model::Model& model, std::uint64_t seed,
                     const scenario::Position& position, const std::string& where,
                     scenario::Diagnostics& diagnostics);

/// The part of it that concerns the results alone. Returns whether a file can hold them.
bool check_storage(const scenario::Loaded& loaded, scenario::Diagnostics& diagnostics);

}  // namespace truce::study
