#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "exit_code.hpp"

namespace truce::cli {

/// The command line as typed, for the results.
struct Invocation {
  std::string command_line;
  ExitCode exit = ExitCode::done;
};

// One verb each: adds its options, and on parsing runs it and sets the exit code.
void add_check(CLI::App& app, Invocation& invocation);
void add_run(CLI::App& app, Invocation& invocation);
void add_trace(CLI::App& app, Invocation& invocation);
void add_show(CLI::App& app, Invocation& invocation);

}  // namespace truce::cli
