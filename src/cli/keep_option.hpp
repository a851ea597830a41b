#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>

namespace truce::cli {

/// --keep N|none: how many trials of each point keep their rows in the results.
void add_keep_option(CLI::App& verb, std::optional<std::uint64_t>& keep);

}  // namespace truce::cli
