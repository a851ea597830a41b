#include "study/detail/stretch_file.hpp"

#include <chrono>

#include "base/parallel.hpp"
#include "results/study_writer.hpp"
#include "study/detail/large_point.hpp"
#include "study/detail/study_parts.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

StudyReport run_on_threads(const LargePoint& point, unsigned threads,
                           const std::function<void(const StudyProgress&)>& progress,
                           const std::atomic<bool>& stop) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  RunReport run;
  RunFileListener listener;
  if (progress) {
    listener.progress = [&](const Progress& of_part) {
      progress({.planned = 1, .trials = run.trials + of_part.done, .seconds = seconds()});
    };
  }
  run_parts(point.run(), point.missing(), run, listener, stop);
  return {.points = run.interrupted ? std::size_t{0} : 1,
          .trials = run.trials,
          .events = run.events,
          .failed = run.failed,
          .threads = base::threads_of(threads),
          .seconds = seconds(),
          .interrupted = run.interrupted};
}

}  // namespace

StudyReport run_stretch_to_file(const SharedWork& of, unsigned threads,
                                const std::filesystem::path& output,
                                results::OverwritePolicy policy,
                                const std::function<void(const StudyProgress&)>& progress,
                                const std::atomic<bool>& stop, Ranks* ranks) {
  make_parts_folder(of.folder);
  if (!finished_parts(of.plan, of.share.points, of.folder).empty()) {
    throw not_resumable(of.folder, "the shard");
  }
  const LargePoint point(of.plan, of.share, threads, of.folder);
  const NoEmptyFolders afterwards(point);
  const StudyReport report = ranks == nullptr ? run_on_threads(point, threads, progress, stop)
                                              : run_share_on_ranks(of, *ranks, progress, stop);
  if (!report.interrupted) {
    results::StudyWriter writer(output, schema_for(of.plan, of.share), policy);
    writer.append(point.joined());
    writer.finish();
    point.remove_parts();
  }
  return report;
}

}  // namespace truce::study
