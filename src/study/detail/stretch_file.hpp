#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "results/run_writer.hpp"
#include "study/detail/study_on_ranks.hpp"
#include "study/run_study.hpp"

namespace truce::study {

/// Runs a share that is a stretch of one point's trials into a file, on threads, or where `ranks`
/// are given on these. As run_study_to_file does, it keeps finished parts, and uses those that are
/// there. Throws as that does.
StudyReport run_stretch_to_file(const SharedWork& of, unsigned threads,
                                const std::filesystem::path& output,
                                results::OverwritePolicy policy,
                                const std::function<void(const StudyProgress&)>& progress,
                                const std::atomic<bool>& stop, Ranks* ranks);

}  // namespace truce::study
