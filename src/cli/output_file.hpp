#pragma once

#include <filesystem>
#include <string>

namespace truce::cli {

/// Where a verb writes its results: what was asked for, or `standard` in the folder `results`,
/// which is made where it is missing. Throws ResultsError where the name belongs to another kind of
/// file, or to a file that is there and holds no results: not even --force may replace that.
std::filesystem::path output_file(const std::string& asked, const std::string& standard);

/// Where links lead, so that a link is kept, and what it leads to is written, be it there or not.
std::filesystem::path without_links(std::filesystem::path path);

}  // namespace truce::cli
