#include <fmt/format.h>

#include <stdexcept>

#include "cli/refusal.hpp"
#include "cli/report.hpp"
#include "cli/report_given.hpp"
#include "cli/study_report.hpp"
#include "cli/verbs.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

void add_show(CLI::App& app, ExitCode& exit) {
  struct Options {
    std::string file;
    std::vector<std::string> outcomes;
    std::string given;
    bool all = false;
    bool controlled = false;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("show", "the summary of a results file as a table");
  verb->add_option("file", options->file, "results file (HDF5)")->required();
  verb->add_option("outcome", options->outcomes,
                   "outcomes to draw as histograms; of a study, to list");
  verb->add_option("--given", options->given,
                   "of a run: among the trials for which a condition on the columns holds");
  verb->add_flag("--all", options->all, "of a run: all outcomes and parameters");
  verb->add_flag("--controlled", options->controlled,
                 "of a run: means with narrower intervals, by control variates");
  verb->add_flag("--json", options->json, "print for machines");
  verb->footer(
      "Example: truce show results/cairo-three-phase.h5 civilians.freed\n"
      "         truce show results/cairo-three-phase.h5 --given 'duration > 60 and ending != "
      "collapsed'");
  verb->callback([options, &exit] {
    run_or_refuse(
        [&] {
          // An option that would be passed over in silence is refused.
          if (options->controlled &&
              (options->json || !options->given.empty() || !options->outcomes.empty())) {
            throw std::invalid_argument(
                fmt::format("--controlled beside {}: it prints its own table of all trials; the "
                            "numbers are also in the "
                            "groups summary and endings of the file",
                            options->json             ? "--json"
                            : !options->given.empty() ? "--given"
                                                      : "outcomes"));
          }
          const Format format = options->json ? Format::json : Format::text;
          const bool study = results::is_study(options->file);
          if (!options->given.empty()) {
            if (study) {
              throw std::invalid_argument(fmt::format(
                  "{}: is of a study; --given of `truce show` is for the results of a run",
                  options->file));
            }
            print_summary_given(options->file, options->given, format, options->outcomes,
                                options->all);
          } else if (options->controlled) {
            print_controlled(options->file, options->all);
          } else if (study) {
            print_study(options->file, format, options->outcomes);
          } else {
            print_summary(options->file, format, options->outcomes, options->all);
          }
        },
        exit);
  });
}

}  // namespace truce::cli
