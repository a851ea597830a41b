#pragma once

/// The whole public face.
///
///   #include <truce/truce.hpp>
///   const auto scenario = truce::Scenario::load("scenario.yaml", {{"engagement", 0.9}});
///   const auto trials = truce::run(scenario, {.trials = 10'000});
///   const auto freed = trials.estimate("civilians.freed");  // freed.mean, freed.ci_low, ...
#include "truce/error.hpp"
#include "truce/results.hpp"
#include "truce/run.hpp"
#include "truce/scenario.hpp"
#include "truce/study.hpp"
#include "truce/trace.hpp"
#include "truce/version.hpp"
