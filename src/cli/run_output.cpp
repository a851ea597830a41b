#include "cli/run_output.hpp"

#include "cli/output_file.hpp"
#include "cli/report.hpp"
#include "cli/streams.hpp"
#include "study/run_parts.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

/// Prints what the same command has given before.
ExitCode show_earlier(const RunOptions& options, const fs::path& output, const Earlier& earlier) {
  if (!options.quiet) say("{}: is there already, of the same run\n", output.string());
  if (options.json || !options.quiet) {
    print_summary(output, options.json ? Format::json : Format::text, {}, options.all);
  }
  return earlier.failed > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace

std::optional<ExitCode> open_output(RunWork& work) {
  const RunOptions& options = work.options;
  Output& output = work.output;
  output.lock = lock_of(output.path);
  if (fs::exists(output.path) && !fs::is_empty(output.path)) {
    const Earlier& earlier = output.earlier =
        earlier_run(output.path, work.file.schema, work.trials);
    if (!options.force && earlier.same() && earlier.whole) {
      if (output.lock) study::remove_finished_parts(work.file);
      return show_earlier(options, output.path, earlier);
    }
    if (!options.force && !earlier.same()) {
      print_error(refusal_of(output.path, earlier));
      return ExitCode::wrong_input;
    }
    // What is not finished takes the place of nothing but its own earlier attempt.
    work.file.output_is_taken = earlier.whole || !earlier.same();
  }
  // Says why it cannot be written.
  if (!output.lock) output.lock = std::make_unique<results::OutputLock>(output.path);
  if (options.force || output.earlier.exists) work.file.policy = results::OverwritePolicy::replace;
  return {};
}

}  // namespace truce::cli
