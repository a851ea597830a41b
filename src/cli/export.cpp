#include <memory>

#include "cli/export_sheet.hpp"
#include "cli/export_tables.hpp"
#include "cli/interrupt.hpp"
#include "cli/refusal.hpp"
#include "cli/streams.hpp"
#include "cli/verbs.hpp"
#include "cli/written.hpp"
#include "results/study_reader.hpp"

namespace truce::cli {

namespace {

struct ExportOptions {
  std::string file;
  std::string output;
  std::string format = "csv";
  bool force = false;
  Telling telling;
};

const std::atomic<bool>* interruption = nullptr;

bool stopped() {
  return interruption != nullptr && interruption->load();
}

void run(const ExportOptions& options, ExitCode& exit) {
  if (options.format == "parquet") {
    throw std::invalid_argument(
        "truce is built without Parquet, whose library Debian 12 does not have; Python with pandas "
        "and pyarrow makes it of an export in CSV:\n"
        "  import pandas\n"
        "  pandas.read_csv(\"FOLDER/trials.csv\").to_parquet(\"trials.parquet\")");
  }
  const bool of_study = results::is_study(options.file);
  const std::filesystem::path folder =
      options.output.empty() ? std::filesystem::path(options.file).replace_extension("")
                             : std::filesystem::path(options.output);
  const InterruptGuard guard(OnSignal::finish);
  interruption = &guard.flag();
  OutputFolder output(folder, export_mark, options.force);
  try {
    const std::string left_out = of_study ? export_study(options.file, output, stopped)
                                          : export_run(options.file, output, stopped);
    output.publish();
    if (!left_out.empty()) say("truce: warning: {}: {}\n", options.file, left_out);
  } catch (const ExportInterrupted&) {
    print_error("interrupted; nothing was written");
    exit = ExitCode::interrupted;
  }
  interruption = nullptr;
  if (exit == ExitCode::done) print_written(output.path(), options.telling);
}

}  // namespace

void add_export(CLI::App& app, ExitCode& exit) {
  auto options = std::make_shared<ExportOptions>();
  CLI::App* verb = app.add_subcommand("export", "what results hold as tables in CSV, in a folder");
  verb->add_option("file", options->file, "results (HDF5) of a run or a study")->required();
  verb->add_option("-o,--output", options->output,
                   "folder to make; default: the name of the results, without .h5");
  verb->add_option("--format", options->format, "csv (parquet: tells what makes it)")
      ->check(CLI::IsMember({"csv", "parquet"}))
      ->default_str("csv");
  verb->add_flag("--force", options->force, "replace an export that is there");
  verb->add_flag("--quiet", options->telling.quiet, "do not tell the folder's name");
  verb->add_flag("--json", options->telling.json, "tell for machines what was written");
  verb->footer(
      "Example: truce export results/cairo-three-phase.h5 -o cairo\n"
      "columns.csv says what the columns of trials.csv and timelines.csv are. A\n"
      "study's tables begin with the number of the point; design.csv has its variant\n"
      "and parameters.");
  verb->callback([options, &exit] { run_or_refuse([&] { run(*options, exit); }, exit); });
}

}  // namespace truce::cli
