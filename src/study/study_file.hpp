#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <vector>

#include "results/run_writer.hpp"
#include "study/run_file.hpp"
#include "study/run_study.hpp"

namespace truce::study {

/// The most shards of which each has something: one a point, or one a row where rows stop together.
std::size_t most_shards(const Plan& plan);

/// Points of shard k of n (k from 1), ascending: an equal share of consecutive ones, or where rows
/// stop together of consecutive rows. Empty for some k where n is more than `most_shards`.
std::vector<std::uint32_t> points_of_shard(const Plan& plan, std::uint32_t k, std::uint32_t n);

/// Runs these points into a file, on threads, or where `ranks` are given on these. While it goes
/// on, finished parts lie in `parts_folder`; those that an earlier attempt left there are used, so
/// that a study can be stopped at any time and goes on where it was. The file is byte-equal to that
/// of an uninterrupted run. Throws ResultsError: before any work, where the output exists and is
/// not to be replaced, or parts of another study lie there.
StudyReport run_study_to_file(const Plan& plan, const std::vector<std::uint32_t>& points,
                              unsigned threads, const std::filesystem::path& output,
                              results::OverwritePolicy policy,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop, Ranks* ranks = nullptr);

/// Removes parts of these points that a process left behind which was killed after the file was
/// complete.
void remove_finished_parts(const Plan& plan, const std::vector<std::uint32_t>& points,
                           const std::filesystem::path& output);

/// On a rank that is not 0: runs the parts that rank 0 asks for, each on so many threads, 0: one.
void serve(const Plan& plan, unsigned threads, const std::filesystem::path& output, Ranks& ranks,
           const std::atomic<bool>& stop);

/// Adds to a finished study's file the points that this one has beyond it, e.g. as its design has
/// grown, and the trials that its points have beyond those there. What the file has is not computed
/// again, but for trials of points that get more and have timelines (`StudyReport::again`): of
/// these a study keeps no counts to go on from. The file is byte-equal to that of this study
/// run at once; the earlier one stays until it is whole. Stopped, it goes on where it was. Throws
/// ResultsError: before any work, where the file is of a study that this one does not extend.
StudyReport extend_study_file(const Plan& plan, unsigned threads,
                              const std::filesystem::path& output,
                              const std::function<void(const StudyProgress&)>& progress,
                              const std::atomic<bool>& stop);

}  // namespace truce::study
