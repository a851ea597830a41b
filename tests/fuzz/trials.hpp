#pragma once

#include "model/model.hpp"

namespace truce::fuzz {

/// Runs trials 0 to 2 with parameters from their priors, and trial 1 once more: each is a row, or
/// an error of the trial, and the same again.
void run_three_trials(const model::Model& model);

}  // namespace truce::fuzz
