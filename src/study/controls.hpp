#pragma once

#include <atomic>

#include "model/simulator.hpp"
#include "results/schema.hpp"
#include "study/run.hpp"

namespace truce::study {

/// Runs shorter than this gain too little by control variates for what finding them costs.
inline constexpr std::uint64_t least_trials_for_controls = 10'000;

/// Has a run that is long enough record control variates: those streams, of all, which in the first
/// trials were tied most to what came out. The same for whoever runs a part of it. No work is done
/// where `stop` has become true.
void choose_controls(const model::Model& model, RunSettings& settings, results::Schema& schema,
                     const std::atomic<bool>& stop);

}  // namespace truce::study
