#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "results/join_runs.hpp"
#include "study/run_file.hpp"

namespace truce::study {

/// The trials that the output is to have.
results::TrialRange trials_of(const RunFile& file);

/// Where the finished parts of an output are kept while others are still to come.
std::filesystem::path parts_folder(const std::filesystem::path& output);

/// Whether anything finished is in the folder for parts of an output. Where nothing is, the folder
/// is removed.
bool keeps_parts(const std::filesystem::path& output);

/// Makes a folder for parts, if it is not there. Throws ResultsError.
void make_parts_folder(const std::filesystem::path& folder);

/// Removes a folder for parts that holds nothing any more. What is no folder stays.
void remove_empty_folder(const std::filesystem::path& folder);

/// Says of what an earlier attempt has left that it is of another one, as `what` differs.
results::ResultsError not_resumable(const std::filesystem::path& left, const std::string& what);

/// Where the part with these trials is. The name begins with a digit: what a killed process leaves
/// of such files is known by it.
std::filesystem::path part_name(const RunFile& file, const results::TrialRange& trials);

/// Whether a file is called so.
bool is_part(const std::filesystem::path& file);

/// What an earlier attempt has left of a run: files with different trials, in their order. Throws
/// ResultsError where there is something of another run.
std::vector<results::RunPart> finished_parts(const RunFile& file);
/// Those in the folder for parts that have some of these trials and no others.
std::vector<results::RunPart> finished_parts(const RunFile& file,
                                             const results::TrialRange& trials);

/// Those of these trials that none of the parts has, which are in their order.
std::vector<results::TrialRange> missing_in(const std::vector<results::RunPart>& parts,
                                            const results::TrialRange& all);

/// Puts finished parts together that have these trials and no others, into one.
void join_finished_parts(const RunFile& file, const results::TrialRange& trials);

/// Removes these files. What is not of this run stays, and the folder with it.
void remove_parts(const RunFile& file, const std::vector<results::RunPart>& parts);

/// Removes those of them that a process left behind which was killed after the file was complete.
void remove_finished_parts(const RunFile& file);

}  // namespace truce::study
