#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "analysis/turning_points.hpp"
#include "results/turning_points.hpp"

namespace truce::analysis {

/// Explains trials 0 to trials - 1 and sums up by stream. The same for any number of threads (0: as
/// many as the machine has). `check`, where there is one, is handed the row of every trial in order
/// (empty where it failed) once all are explained. Throws TrialInterrupted where `settings.stop`
/// has become true.
results::TurningPoints turning_points_of(
    const model::Model& model, const model::SimulatorSettings& settings, const Watched& watched,
    std::uint64_t trials, unsigned threads,
    const std::function<void(std::uint64_t trial, const std::vector<double>& columns)>& check = {});

}  // namespace truce::analysis
