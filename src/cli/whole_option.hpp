#pragma once

#include <CLI/CLI.hpp>
#include <cstdint>
#include <string>

namespace truce::cli {

/// An option that takes a whole number from `least` to `most`, with an exponent if it likes (1e6).
/// What is wrong with any other text is told, with a suggestion.
CLI::Option* add_whole_option(CLI::App& verb, const std::string& names, std::uint64_t& into,
                              const std::string& what, std::uint64_t least, std::uint64_t most);

}  // namespace truce::cli
