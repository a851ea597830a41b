#pragma once

#include <filesystem>
#include <string>

#include "results/error.hpp"

namespace truce::cli {

/// What is left of the work on an output that could not be finished, to be told after the reason:
/// "; what is finished ...", with `what` as "trials" or "points".
std::string kept_text(const std::filesystem::path& output, const std::string& what);

/// An error while there was work on an output. Where the machine is to blame, what is kept is told.
std::string told_with_kept(const results::ResultsError& error, const std::filesystem::path& output,
                           const std::string& what);

}  // namespace truce::cli
