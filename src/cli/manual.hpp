#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace truce::cli {

/// The manual of the program, of section 1, for man (the macros of groff_man(7)), made of the help
/// of each verb: one page for all.
std::string manual_page(const CLI::App& app, const std::string& version);

/// Adds the hidden verb that prints it; a build does so to install the page.
void add_manual(CLI::App& app);

}  // namespace truce::cli
