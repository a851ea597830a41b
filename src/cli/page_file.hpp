#pragma once

#include <filesystem>
#include <string>

namespace truce::cli {

/// Where the page of these results goes: what was asked for, or their name with `.html`. Throws
/// ResultsError, before any work, for a name that is none of a page, for a folder that is not
/// there, and for what is there already, unless forced.
std::filesystem::path page_file(const std::string& asked, const std::filesystem::path& results,
                                bool force);

}  // namespace truce::cli
