#pragma once

#include <CLI/CLI.hpp>

#include "cli/exit_code.hpp"
#include "study/ranks.hpp"

namespace truce::cli {

// One verb each: adds its options, and on parsing runs it and sets the exit code. `ranks` are those
// of the job that this process belongs to, if any.
void add_check(CLI::App& app, ExitCode& exit);
void add_run(CLI::App& app, ExitCode& exit, study::Ranks* ranks);
void add_study(CLI::App& app, ExitCode& exit, study::Ranks* ranks);
void add_join(CLI::App& app, ExitCode& exit);
void add_compare(CLI::App& app, ExitCode& exit);
void add_sensitivity(CLI::App& app, ExitCode& exit);
void add_discover(CLI::App& app, ExitCode& exit);
void add_trace(CLI::App& app, ExitCode& exit);
void add_condition(CLI::App& app, ExitCode& exit);
void add_why(CLI::App& app, ExitCode& exit);
void add_show(CLI::App& app, ExitCode& exit);
void add_report(CLI::App& app, ExitCode& exit);
void add_table(CLI::App& app, ExitCode& exit);
void add_export(CLI::App& app, ExitCode& exit);
void add_schema(CLI::App& app, ExitCode& exit);
void add_graph(CLI::App& app, ExitCode& exit);
void add_new(CLI::App& app, ExitCode& exit);
void add_dossier(CLI::App& app, ExitCode& exit);

}  // namespace truce::cli
