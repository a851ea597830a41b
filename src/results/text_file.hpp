#pragma once

#include <filesystem>
#include <string_view>

#include "results/error.hpp"

namespace truce::results {

/// Writes a text into a file, whole or not at all: hidden, until it is on the disk; what was there
/// is replaced. Throws ResultsError.
void write_text(const std::filesystem::path& path, std::string_view text);

}  // namespace truce::results
