#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/outcome_table.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"

namespace truce::cli {

namespace {

const std::map<std::string, TableFormat> formats = {{"md", TableFormat::markdown},
                                                    {"csv", TableFormat::csv},
                                                    {"latex", TableFormat::latex},
                                                    {"html", TableFormat::html}};

}  // namespace

void add_table(CLI::App& app, ExitCode& exit) {
  struct Options {
    std::vector<std::string> files;
    TableChoice choice;
    std::string format = "md";
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "table", "outcomes with intervals, runs or variants side by side, for a paper or a sheet");
  verb->add_option("file", options->files, "results (HDF5): of runs, or of one study")->required();
  verb->add_option("--outcome", options->choice.outcomes, "outcome to tell; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--ending", options->choice.endings, "ending to tell; may be repeated")
      ->allow_extra_args(false);
  verb->add_option(
          "--at", options->choice.days,
          "day by which times of events are told: the share of trials in which it has come; "
          "may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--format", options->format, "md (Markdown), csv, latex or html")
      ->check(CLI::IsMember(formats))
      ->default_str("md");
  verb->footer(
      "Example: truce table results/weak.h5 results/strong.h5 --outcome hostages_freed\n"
      "Without --outcome and --ending: the endings that occurred, the scenario's own\n"
      "outcomes, the duration. Numbers are rounded to where half their 95 % interval\n"
      "has two digits; csv has them in full, shares from 0 to 1, and the intervals'\n"
      "ends in columns of their own.");
  verb->callback([options, &exit] {
    run_or_refuse(
        [&] {
          fmt::print("{}", table_text(outcome_table(options->files, options->choice),
                                      formats.at(options->format)));
        },
        exit);
  });
}

}  // namespace truce::cli
