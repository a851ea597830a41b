#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

#include "study/plan.hpp"
#include "study/ranks.hpp"
#include "study/run_study.hpp"

namespace truce::study {

/// Points of a study that are to be there, and the folder of their parts.
struct PointsOfStudy {
  const Plan& plan;
  const std::vector<std::uint32_t>& points;
  const std::filesystem::path& folder;
};

/// Has ranks run what is not there yet: points together, or of large ones pieces of their trials,
/// which a rank puts together when all are there. Throws ResultsError, and what Ranks::run throws.
StudyReport run_points_on_ranks(const PointsOfStudy& wanted, Ranks& ranks,
                                const std::function<void(const StudyProgress&)>& progress,
                                const std::atomic<bool>& stop);

/// On a rank that is not 0: does a task, on so many threads, and tells what came of it.
Message serve_study(const Plan& plan, unsigned threads, const std::filesystem::path& folder,
                    const Message& task, const std::atomic<bool>& stop);

}  // namespace truce::study
