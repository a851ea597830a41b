#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "base/nearest.hpp"
#include "base/text.hpp"
#include "cli/complete.hpp"
#include "cli/help_formatter.hpp"
#include "cli/manual.hpp"
#include "cli/scenario_options.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "study/version.hpp"

namespace {

using truce::cli::ExitCode;

std::string version_text() {
  return fmt::format("truce {} ({})\n{}", truce::study::program_version(),
                     truce::study::git_revision(), truce::study::build_description());
}

/// `help`, which is no verb of its own, and words that are none; nothing for what is to be parsed.
std::optional<ExitCode> answer_to_verb(const CLI::App& app, int argc, char** argv) {
  const std::string verb = argv[1];
  if (verb.starts_with('-')) return std::nullopt;
  std::vector<std::string> verbs;
  for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (!each->get_group().empty()) verbs.push_back(each->get_name());
    if (each->get_name() == verb) return std::nullopt;
  }
  const std::string asked = argc > 2 ? argv[2] : "";
  const bool known = std::ranges::find(verbs, asked) != verbs.end();
  if (verb == "help" && (asked.empty() || known)) {
    truce::cli::printing([&] {
      fmt::print("{}", known ? app.get_subcommand(asked)->help("truce") : app.help("truce"));
    });
    return ExitCode::done;
  }
  truce::cli::print_error(
      fmt::format("unknown verb {}; {}", truce::base::shown(verb == "help" ? asked : verb),
                  truce::base::name_hint(verb == "help" ? asked : verb, verbs)));
  return ExitCode::wrong_input;
}

/// Whether --set is followed by a name alone, as in `--set NAME = VALUE`.
bool sets_with_blanks(int argc, char** argv) {
  for (int i = 1; i + 1 < argc; ++i) {
    if (std::string_view(argv[i]) == "--set" &&
        std::string_view(argv[i + 1]).find('=') == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

/// Tells what no verb takes, in the order in which it was written, and the option that was meant.
void refuse_rest(const CLI::App& app) {
  const std::vector<std::string> rest = app.remaining(true);
  std::vector<std::string> known;
  for (const CLI::App* verb : app.get_subcommands()) {
    for (const CLI::Option* option : verb->get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  }
  std::string near;
  for (const std::string& word : rest) {
    if (near.empty() && word.starts_with("--")) {
      near = truce::base::did_you_mean(word.substr(0, word.find('=')), known);
    }
  }
  truce::cli::say("{} not expected: {}{}\nRun with --help for more information.\n",
                  rest.size() == 1 ? "The following argument was" : "The following arguments were",
                  fmt::join(rest, " "), near.empty() ? "" : "; " + near);
}

/// Does what the command line says.
ExitCode run_verb(int argc, char** argv) {
  CLI::App app{
      "truce simulates phased exchanges of hostages and prisoners,\n"
      "to compare assumptions. It does not forecast."};
  app.formatter(std::make_shared<truce::cli::HelpFormatter>());
  app.require_subcommand(1);
  app.set_version_flag("--version", version_text());
  app.footer("Example: truce run scenarios/cairo-three-phase.yaml --trials 10000");
  ExitCode exit = ExitCode::done;
  truce::cli::add_check(app, exit);
  const std::string verb = argc > 1 ? argv[1] : "";
  std::unique_ptr<truce::study::Ranks> ranks;
  try {
    if (verb == "run" || verb == "study") ranks = truce::study::join_ranks();
  } catch (const std::runtime_error& error) {
    truce::cli::print_error(error.what());
    return ExitCode::wrong_input;
  }
  truce::cli::add_run(app, exit, ranks.get());
  truce::cli::add_study(app, exit, ranks.get());
  truce::cli::add_join(app, exit);
  truce::cli::add_compare(app, exit);
  truce::cli::add_sensitivity(app, exit);
  truce::cli::add_discover(app, exit);
  truce::cli::add_trace(app, exit);
  truce::cli::add_why(app, exit);
  truce::cli::add_condition(app, exit);
  truce::cli::add_show(app, exit);
  truce::cli::add_report(app, exit);
  truce::cli::add_table(app, exit);
  truce::cli::add_export(app, exit);
  truce::cli::add_schema(app, exit);
  truce::cli::add_graph(app, exit);
  truce::cli::add_new(app, exit);
  truce::cli::add_dossier(app, exit);
  truce::cli::add_manual(app);
  truce::cli::add_complete(app);
  if (argc > 1) {
    if (const auto told = answer_to_verb(app, argc, argv)) return *told;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ExtrasError&) {
    refuse_rest(app);
    if (sets_with_blanks(argc, argv)) {
      truce::cli::say("--set takes NAME=VALUE, without blanks around '='\n");
    }
    return ExitCode::wrong_input;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? ExitCode::done : ExitCode::wrong_input;
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    if (std::ferror(stdout) == 0) truce::cli::say("truce: error: {}\n", error.what());
    return ExitCode::failed;
  }
  return exit;
}

}  // namespace

int main(int argc, char** argv) {
  truce::cli::prepare_streams();
  ExitCode exit = ExitCode::failed;
  try {
    exit = run_verb(argc, argv);
  } catch (const std::bad_alloc&) {
    truce::cli::say_text("truce: error: there is not enough memory\n");
  }
  if (!truce::cli::finish_streams() && exit == ExitCode::done) exit = ExitCode::failed;
  // Where memory is short, the HDF5 library (1.10) cannot end, and says so at length.
  if (exit == ExitCode::failed) ::_exit(static_cast<int>(exit));
  return static_cast<int>(exit);
}
