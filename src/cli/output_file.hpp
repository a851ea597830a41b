#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "results/output_lock.hpp"

namespace truce::cli {

/// Where a verb writes its results: what was asked for, or `standard` in the folder `results`,
/// which is made where it is missing. Throws ResultsError where the name belongs to another kind of
/// file, or to a file that is there and holds no results: not even --force may replace that.
std::filesystem::path output_file(const std::string& asked, const std::string& standard);

/// The lock of an output. None where it is there and its folder cannot be written: it can be shown
/// all the same. Throws ResultsError.
std::unique_ptr<results::OutputLock> lock_of(const std::filesystem::path& output);

/// Where links lead, so that a link is kept, and what it leads to is written, be it there or not.
std::filesystem::path without_links(std::filesystem::path path);

}  // namespace truce::cli
