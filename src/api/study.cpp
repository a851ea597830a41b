#include "truce/study.hpp"

#include <atomic>

#include "api/errors.hpp"
#include "base/shell_word.hpp"
#include "results/output_lock.hpp"
#include "study/study_file.hpp"

namespace truce {

namespace {

study::Plan plan_of(const std::filesystem::path& file) {
  scenario::Diagnostics diagnostics;
  std::optional<study::Plan> plan;
  if (const auto description = study::read_study(file, diagnostics)) {
    plan = study::Plan::make(
        *description, "truce study " + base::shell_word(file.filename().string()), diagnostics);
  }
  if (!plan) throw Error(diagnostics.text());
  return std::move(*plan);
}

}  // namespace

StudyReport run_study(const std::filesystem::path& study, const std::filesystem::path& output,
                      const StudyOptions& options) {
  const study::Plan plan = plan_of(study);
  return api::with_public_errors([&] {
    const results::OutputLock lock(output);
    std::atomic<bool> stop = false;
    const auto progress = [&](const study::StudyProgress& now) {
      if (options.progress && !options.progress(now.points, now.planned)) stop = true;
    };
    const study::StudyReport report = study::run_study_to_file(
        plan, study::all_of(plan), options.threads, output,
        options.replace ? results::OverwritePolicy::replace : results::OverwritePolicy::refuse,
        progress, stop);
    return StudyReport{report.points, report.trials, report.failed, report.interrupted};
  });
}

}  // namespace truce
