#include <fmt/format.h>

#include <memory>

#include "cli/interrupt.hpp"
#include "cli/json.hpp"
#include "cli/page_asset.hpp"
#include "cli/page_data.hpp"
#include "cli/page_file.hpp"
#include "cli/refusal.hpp"
#include "cli/verbs.hpp"
#include "cli/written.hpp"
#include "results/output_lock.hpp"
#include "results/text_file.hpp"

namespace truce::cli {

namespace {

struct PageOptions {
  std::vector<std::string> files;
  std::string output;
  bool explore = false;
  bool force = false;
  Telling telling;
};

/// JSON that no reader of HTML takes for markup, whatever its texts say.
std::string as_data(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string page_of(const Json& data) {
  std::string page(page_asset());
  return page.replace(page.find(data_place), data_place.size(), as_data(data));
}

void run(const PageOptions& options) {
  const InterruptGuard interrupt(OnSignal::give_up);
  const auto path = page_file(options.output, options.files[0], options.force);
  const results::OutputLock lock(path);
  results::write_text(path, page_of(page_data(options.files, options.explore)));
  print_written(path, options.telling);
}

}  // namespace

void add_report(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<PageOptions>();
  CLI::App* verb = app.add_subcommand(
      "report", "one page with figures of a run, of two runs, or of a study, for the browser");
  verb->add_option("file", options->files, "results (HDF5): of a run or a study, or two of runs")
      ->required()
      ->expected(1, 2);
  verb->add_option("-o,--output", options->output,
                   "the page to write; default: the name of the results, with .html");
  verb->add_flag("--explore", options->explore,
                 "of a study: with sliders, interpolated between its points");
  verb->add_flag("--force", options->force, "replace the page that is there");
  verb->add_flag("--quiet", options->telling.quiet, "do not tell the page's name");
  verb->add_flag("--json", options->telling.json, "tell for machines what was written");
  verb->footer("Example: truce report results/cairo-three-phase.h5 -o cairo.html");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options); }, exit); });
}

}  // namespace truce::cli
