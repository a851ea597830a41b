#include "cli/study_output.hpp"

#include <fmt/format.h>

#include "cli/earlier.hpp"
#include "cli/output_file.hpp"
#include "cli/refusal.hpp"
#include "cli/streams.hpp"
#include "cli/study_report.hpp"
#include "study/study_file.hpp"

namespace truce::cli {

namespace {

namespace fs = std::filesystem;

/// Prints what the same command has given before.
ExitCode show_earlier(const StudyOptions& options, const fs::path& output, const Earlier& earlier) {
  if (!options.quiet) say("{}: is there already, of the same study\n", output.string());
  if (options.json || !options.quiet) {
    print_study(output, options.json ? Format::json : Format::text, {});
  }
  return earlier.failed > 0 ? ExitCode::failed : ExitCode::done;
}

}  // namespace

std::optional<ExitCode> open_output(StudyWork& work) {
  const StudyOptions& options = work.options;
  work.lock = lock_of(work.output);
  if (!options.force && fs::exists(work.output)) {
    const results::StudySchema asked = study::schema_for(work.plan, work.share);
    const Earlier earlier = earlier_study(work.output, asked);
    if (earlier.same()) {
      if (work.lock) study::remove_finished_parts(work.plan, work.share, work.output);
      return show_earlier(options, work.output, earlier);
    }
    if (!options.extend) {
      const bool may_extend = asked.whole() && earlier.difference != "the shard";
      print_error(refusal_of(work.output, earlier) +
                  (may_extend
                       ? "; where the study has become larger only, --extend adds what is new"
                       : ""));
      return ExitCode::wrong_input;
    }
  } else if (options.extend) {
    print_error(fmt::format("{}: is not there, and cannot be extended", work.output.string()));
    return ExitCode::wrong_input;
  }
  // Says why it cannot be written.
  if (!work.lock) work.lock = std::make_unique<results::OutputLock>(work.output);
  return {};
}

}  // namespace truce::cli
