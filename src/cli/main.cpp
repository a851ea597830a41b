#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>

#include "streams.hpp"
#include "truce/study/version.hpp"
#include "verbs.hpp"

namespace {

using truce::cli::ExitCode;

std::string version_text() {
  return fmt::format("truce {} ({})\n{}", truce::study::program_version(),
                     truce::study::git_revision(), truce::study::build_description());
}

/// Does what the command line says.
ExitCode run_verb(int argc, char** argv) {
  CLI::App app{
      "truce simulates phased exchanges of hostages and prisoners, to compare assumptions.\n"
      "It does not forecast."};
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());
  app.footer("Example: truce run scenarios/cairo-three-phase.yaml --trials 10000");
  ExitCode exit = ExitCode::done;
  truce::cli::add_check(app, exit);
  truce::cli::add_run(app, exit);
  truce::cli::add_study(app, exit);
  truce::cli::add_join(app, exit);
  truce::cli::add_compare(app, exit);
  truce::cli::add_sensitivity(app, exit);
  truce::cli::add_discover(app, exit);
  truce::cli::add_trace(app, exit);
  truce::cli::add_show(app, exit);
  truce::cli::add_schema(app, exit);
  truce::cli::add_graph(app, exit);
  truce::cli::add_new(app, exit);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::done : ExitCode::wrong_input;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) == 0) truce::cli::say("truce: error: {}\n", error.what());
    return ExitCode::failed;
  }
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  truce::cli::prepare_streams();
  ExitCode exit = run_verb(argc, argv);
  if (!truce::cli::finish_streams() && exit == ExitCode::done) exit = ExitCode::failed;
  return static_cast<int>(exit);
}
