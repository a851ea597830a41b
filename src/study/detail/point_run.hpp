#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "results/point_results.hpp"
#include "study/plan.hpp"
#include "study/run.hpp"
#include "study/run_study.hpp"

namespace truce::study {

/// What a point gave, with what its file does not hold.
struct Finished {
  results::PointResults results;
  RunReport report;
  bool imprecise = false;
};

/// Points that are run together: those of one row of the design where the study's precision is
/// that of a difference, else one alone. The trials of each do not depend on the threads. What was
/// interrupted is not there. `earlier` as in StudyListener.
std::vector<Finished> run_together(const Plan& plan, const std::vector<std::uint32_t>& points,
                                   unsigned threads,
                                   const std::function<EarlierTrials(std::uint32_t)>& earlier,
                                   const std::atomic<bool>& stop);

/// A large point, in parts that are kept in this folder.
std::vector<Finished> run_in_parts(const Plan& plan, std::uint32_t point, unsigned threads,
                                   const std::filesystem::path& folder,
                                   const std::atomic<bool>& stop);

}  // namespace truce::study
