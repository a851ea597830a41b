#include "cli/run_output.hpp"

#include <fmt/format.h>

#include <system_error>

#include "cli/output_file.hpp"
#include "cli/report.hpp"
#include "cli/streams.hpp"
#include "results/run_record.hpp"
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

/// Where what is finished goes of a run that is not resumable, and would take the place of another
/// file, nothing may be but an earlier attempt.
std::optional<ExitCode> refuse_other(const RunWork& work) {
  const fs::path interrupted = results::interrupted_output(work.output.path);
  if (!work.file.output_is_taken || work.file.resumable ||
      !fs::exists(fs::symlink_status(interrupted))) {
    return {};
  }
  const Earlier earlier = earlier_run(interrupted, work.file.schema, work.trials);
  if (earlier.same() && !earlier.whole) return {};
  print_error(fmt::format(
      "{}: is there already, where a stopped run would go; move it away, or give another --output",
      interrupted.string()));
  return ExitCode::wrong_input;
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
  // Says why it cannot be written.
  if (!output.lock) output.lock = std::make_unique<results::OutputLock>(output.path);
  if (options.force || output.earlier.exists) work.file.policy = results::OverwritePolicy::replace;
  return refuse_other(work);
}

void remove_earlier_attempt(const RunWork& work) {
  if (!work.file.output_is_taken || work.file.resumable) return;
  const fs::path interrupted = results::interrupted_output(work.output.path);
  std::error_code ignored;
  fs::remove(interrupted, ignored);
  fs::remove(results::run_record_path(interrupted), ignored);
}

}  // namespace truce::cli
