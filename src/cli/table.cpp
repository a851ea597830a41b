#include <fmt/format.h>

#include <map>
#include <memory>

#include "cli/json.hpp"
#include "cli/outcome_table.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"

namespace truce::cli {

namespace {

const std::map<std::string, TableFormat> formats = {{"md", TableFormat::markdown},
                                                    {"csv", TableFormat::csv},
                                                    {"latex", TableFormat::latex},
                                                    {"html", TableFormat::html}};

Json json_of(const OutcomeTable& table) {
  Json rows = Json::array();
  for (const OutcomeTable::Row& row : table.rows) {
    Json told = {{"keys", row.keys}, {"share", row.share}, {"cells", Json::array()}};
    for (const OutcomeTable::Cell& cell : row.cells) {
      told["cells"].push_back({{"value", number(cell.value)},
                               {"ci", {number(cell.ci.low), number(cell.ci.high)}},
                               {"too_few", cell.few}});
    }
    rows.push_back(std::move(told));
  }
  return {{"title", table.title},
          {"keys", table.keys},
          {"columns", table.columns},
          {"rows", std::move(rows)},
          {"notes", table.notes}};
}

}  // namespace

void add_table(CLI::App& app, ExitCode& exit) {
  struct Options {
    std::vector<std::string> files;
    TableChoice choice;
    std::string format = "md";
    bool json = false;
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
  CLI::Option* const format =
      verb->add_option("--format", options->format, "md (Markdown), csv, latex or html")
          ->check(CLI::IsMember(formats))
          ->default_str("md");
  verb->add_flag("--json", options->json, "print for machines, with numbers in full")
      ->excludes(format);
  verb->footer(
      "Example: truce table results/weak.h5 results/strong.h5 --outcome hostages_freed\n"
      "Without --outcome and --ending: the endings that occurred, the scenario's own\n"
      "outcomes, the duration. Numbers are rounded to where half their 95 % interval\n"
      "has two digits; csv has them in full, shares from 0 to 1, and the intervals'\n"
      "ends in columns of their own.");
  verb->callback([options, &exit] {
    run_or_refuse(
        [&] {
          const OutcomeTable table = outcome_table(options->files, options->choice);
          fmt::print("{}",
                     options->json
                         ? json_of(table).dump(2, ' ', false, Json::error_handler_t::replace) + "\n"
                         : table_text(table, formats.at(options->format)));
        },
        exit);
  });
}

}  // namespace truce::cli
