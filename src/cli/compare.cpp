#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "cli/compare_best.hpp"
#include "cli/comparison.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

struct CompareCommand : CompareOptions {
  std::string best;
  bool largest = false;  ///< as without it
  bool smallest = false;
  ReportOptions report;
  bool json = false;
};

void run(const CompareCommand& options) {
  if (!options.best.empty()) {
    if (options.files.size() != 1) {
      throw std::invalid_argument("--best belongs to the results of a study");
    }
    if (!results::is_study(options.files[0])) {
      throw std::invalid_argument(
          fmt::format("{}: is of one run; give two, or the results of a study", options.files[0]));
    }
    print_best(options.files[0], options.best,
               options.smallest ? analysis::Best::smallest : analysis::Best::largest,
               options.json ? Format::json : Format::text);
    return;
  }
  const Compared all = compared(options);
  if (options.json) {
    fmt::print("{}\n", compared_json(all, options.report).dump(2));
    return;
  }
  ReportOptions report = options.report;
  report.tests = std::max<std::size_t>(1, all.tests);
  const std::string of_factors = factor_effects_text(all.effects);
  fmt::print("{}{}{}{}\n", all.inputs.text, of_factors, of_factors.empty() ? "" : "\n",
             comparisons_text(all.entries, all.note, report));
}

}  // namespace

void add_compare(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<CompareCommand>();
  CLI::App* verb =
      app.add_subcommand("compare", "differences between two runs, or the variants of a study");
  verb->add_option("file", options->files, "two results of runs, or one of a study")
      ->required()
      ->expected(1, 2);
  verb->add_option("--outcome", options->outcomes, "outcomes to compare; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--ending", options->endings, "share of an ending to compare; may be repeated")
      ->allow_extra_args(false);
  verb->add_option("--at", options->days,
                   "day by which the time of an event is compared; may be repeated; default: a "
                   "quarter, half and all of the horizon")
      ->allow_extra_args(false);
  verb->add_option("--equivalence", options->report.margin,
                   "test whether differences are smaller than this (two one-sided tests)")
      ->check(CLI::PositiveNumber);
  verb->add_option("--see", options->report.see,
                   "tell how many trials a difference of this size needs, to be seen with 80 %")
      ->check(CLI::PositiveNumber);
  verb->add_flag("--simultaneous", options->report.simultaneous,
                 "intervals that all hold together with 95 % (Bonferroni)");
  verb->add_option("--against", options->against, "variant that the others are compared with");
  verb->add_option("--given", options->given,
                   "compare the trials for which this condition on the columns holds: of pairs, "
                   "in both");
  verb->add_flag("--by-point", options->by_point, "each point of the design by itself");
  CLI::Option* const best = verb->add_option(
      "--best", options->best,
      "in place of differences: how likely it is that each variant has the best mean of this "
      "outcome");
  for (CLI::Option* other : verb->get_options()) {
    const std::string name = other->get_name();
    if (name == "--best" || name == "--help" || name == "file") continue;
    best->excludes(other);
  }
  CLI::Option* const largest =
      verb->add_flag("--largest", options->largest,
                     "with --best: the largest mean is best (as without it)")
          ->needs(best);
  verb->add_flag("--smallest", options->smallest, "with --best: the smallest mean is best")
      ->needs(best)
      ->excludes(largest);
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce compare results/cairo-three-phase.h5 results/hotline.h5 --outcome duration");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
