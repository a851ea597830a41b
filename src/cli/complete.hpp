#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace truce::cli {

/// What may stand in place of `words[at]` on a command line whose first word is the program: verbs,
/// options, words that an option takes; parameters as NAME=, outcomes and endings of the scenario
/// or results that another word names. Nothing where any file may stand.
std::vector<std::string> completions(const CLI::App& app, const std::vector<std::string>& words,
                                     std::size_t at);

/// Adds the hidden verb that shells ask: `truce complete AT WORD...`.
void add_complete(CLI::App& app);

}  // namespace truce::cli
