#pragma once

#include <atomic>
#include <filesystem>
#include <functional>

#include "results/run_writer.hpp"
#include "study/run_file.hpp"
#include "study/run_study.hpp"
#include "study/share.hpp"

namespace truce::study {

/// Runs a share of a study, or all of it, into a file, on threads, or where `ranks` are given on
/// these. While it goes on, finished parts lie in `parts_folder`; those that an earlier attempt
/// left there are used, so that a study can be stopped at any time and goes on where it was. The
/// file is byte-equal to that of an uninterrupted run. Throws ResultsError: before any work, where
/// the output exists and is not to be replaced, or parts of another study lie there.
StudyReport run_study_to_file(const Plan& plan, const Share& share, unsigned threads,
                              const std::filesystem::path& output, results::OverwritePolicy policy,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop, Ranks* ranks = nullptr);

/// Removes parts of this share that a process left behind which was killed after the file was
/// complete.
void remove_finished_parts(const Plan& plan, const Share& share,
                           const std::filesystem::path& output);

/// Whether a study's file is there, and gets what the study has beyond it.
enum class Extends : std::uint8_t { no, yes };

/// On a rank that is not 0: runs the parts that rank 0 asks for, each on so many threads, 0: one.
void serve(const Plan& plan, const Share& share, unsigned threads,
           const std::filesystem::path& output, Ranks& ranks, const std::atomic<bool>& stop,
           Extends extends = Extends::no);

/// Adds to a finished study's file the points that this one has beyond it, e.g. as its design has
/// grown, and the trials that its points have beyond those there. What the file has is not computed
/// again, but for trials of points that get more and have timelines (`StudyReport::again`): of
/// these a study keeps no counts to go on from. The file is byte-equal to that of this study
/// run at once; the earlier one stays until it is whole. Stopped, it goes on where it was. Throws
/// ResultsError: before any work, where the file is of a study that this one does not extend.
StudyReport extend_study_file(const Plan& plan, unsigned threads,
                              const std::filesystem::path& output,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop, Ranks* ranks = nullptr);

}  // namespace truce::study
