#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "results/run_writer.hpp"

namespace truce::results {

/// A file that has some of the trials of a run, or of a point of a study.
struct TrialPart {
  std::filesystem::path path;
  TrialRange trials;
  Completion completion = Completion::shard;
};

/// Puts parts into the order of their trials. Throws ResultsError where some trials are in two of
/// them, or of so many are in none, for the output `path`; `of` says of what, e.g. " of point 3".
void order_parts(std::vector<TrialPart>& parts, std::uint64_t trials,
                 const std::filesystem::path& path, const std::string& of = {});

}  // namespace truce::results
