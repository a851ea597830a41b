#pragma once

#include <stdexcept>

#include "cli/exit_code.hpp"
#include "cli/scenario_options.hpp"
#include "results/error.hpp"

namespace truce::cli {

inline ExitCode exit_code_of(const results::ResultsError& error) {
  return error.fault() == results::Fault::machine ? ExitCode::failed : ExitCode::wrong_input;
}

/// Runs a verb that only reads. What it refuses (a file that is no result, a name that is none)
/// is told, and is wrong input.
template <class Run>
void run_or_refuse(Run&& run, ExitCode& exit) {
  try {
    run();
  } catch (const results::ResultsError& error) {
    print_error(error.what());
    exit = exit_code_of(error);
  } catch (const std::invalid_argument& error) {
    print_error(error.what());
    exit = ExitCode::wrong_input;
  }
}

}  // namespace truce::cli
