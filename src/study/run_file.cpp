#include "study/run_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <system_error>

#include "results/output_lock.hpp"
#include "study/common_columns.hpp"
#include "study/detail/run_on_ranks.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;
using results::Completion;
using results::RunPart;
using results::RunWriter;
using results::TrialRange;

constexpr std::size_t failures_told = 10;

void add(RunReport& all, const RunReport& more) {
  all.trials += more.trials;
  all.failed += more.failed;
  std::ranges::copy(more.first_failures, std::back_inserter(all.first_failures));
  if (all.first_failures.size() > failures_told) all.first_failures.resize(failures_told);
  all.events += more.events;
  all.threads = std::max(all.threads, more.threads);
  all.interrupted = more.interrupted;
}

/// Ends a part once it has taken long enough, at the end of a chunk of the file, or of a block
/// where that is far away.
class PartEnd {
 public:
  PartEnd(const RunFile& file) : file_(file) {}

  [[nodiscard]] bool is_at(std::uint64_t trial) const {
    if (!file_.resumable) return false;
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const bool chunk = trial % results::rows_per_chunk == 0;
    return seconds >= (chunk ? 1 : 2) * file_.part_seconds;
  }

 private:
  const RunFile& file_;
  Clock::time_point start_ = Clock::now();
};

/// Runs trials into a writer until they are done, or it is time for another part.
RunReport run_into(const RunFile& file, RunWriter& writer, const TrialRange& trials,
                   const RunFileListener& listener, bool& enough, const std::atomic<bool>& stop) {
  RunSettings settings = file.settings;
  settings.first = trials.first;
  settings.trials = trials.end;
  const PartEnd end(file);
  const Listener own{.block =
                         [&](results::Block&& block) {
                           if (file.columns != nullptr) file.columns->take(block);
                           const std::uint64_t next = block.first + block.status.size();
                           Verdict verdict = Verdict::go_on;
                           if (listener.block) verdict = listener.block(block);
                           enough = enough || verdict == Verdict::enough;
                           writer.take(std::move(block));
                           return end.is_at(next) ? Verdict::enough : verdict;
                         },
                     .help = [&] { return writer.help(); },
                     .progress = listener.progress};
  return run_trials(file.model, settings, own, stop);
}

Completion whole(const RunFile& file) {
  return file.shard ? Completion::shard : Completion::complete;
}

/// Tells the progress of a part as that of all trials that are run now.
RunFileListener overall(const RunFileListener& listener, const RunReport& done,
                        std::uint64_t planned, Clock::time_point start) {
  RunFileListener result = listener;
  if (listener.progress) {
    result.progress = [&listener, &done, planned, start](const Progress& part) {
      listener.progress({.done = done.trials + part.done,
                         .planned = planned,
                         .seconds = std::chrono::duration<double>(Clock::now() - start).count()});
    };
  }
  return result;
}

void join_parts(const RunFile& file, const std::vector<RunPart>& parts) {
  RunWriter joined(file.output, file.schema, file.policy, file.settings.threads, file.shard);
  for (const RunPart& part : parts) joined.join(part.path);
  joined.finish(whole(file));
  remove_parts(file, parts);
}

}  // namespace

TrialRange trials_of_shard(std::uint64_t trials, std::uint32_t k, std::uint32_t n) {
  constexpr std::uint64_t least = 4;  // units of a share, so that shares differ little
  std::uint64_t unit = 1;
  for (const std::uint64_t size : {block_trials, results::rows_per_chunk}) {
    if (trials / n / size >= least) unit = size;
  }
  const std::uint64_t units = (trials + unit - 1) / unit;
  const auto border = [&](std::uint64_t i) {
    // i units / n without overflow
    return std::min(trials, (units / n * i + units % n * i / n) * unit);
  };
  return {border(k - 1), border(k)};
}

void run_parts(const RunFile& file, const std::vector<TrialRange>& missing, RunReport& done,
               const RunFileListener& listener, const std::atomic<bool>& stop) {
  for (const TrialRange& gap : missing) {
    for (std::uint64_t next = gap.first; next < gap.end;) {
      const RunReport part = run_part(file, {next, gap.end}, listener, stop);
      add(done, part);
      if (part.interrupted) return;
      next += part.trials;
    }
  }
}

RunReport run_part(const RunFile& file, const TrialRange& trials, const RunFileListener& listener,
                   const std::atomic<bool>& stop) {
  RunWriter writer(part_name(file, trials), file.schema, results::OverwritePolicy::replace,
                   file.settings.threads, trials);
  bool enough = false;
  RunReport report = run_into(file, writer, trials, listener, enough, stop);
  if (report.trials > 0) {
    writer.finish(report.trials < trials.end - trials.first ? Completion::interrupted
                                                            : Completion::shard);
  }
  return report;
}

RunFileReport run_to_file(const RunFile& file, const RunFileListener& listener,
                          const std::atomic<bool>& stop) {
  const auto start = Clock::now();
  const TrialRange all = trials_of(file);
  RunFileReport report;
  std::vector<RunPart> parts;
  if (file.resumable) parts = finished_parts(file);
  std::vector<TrialRange> missing = missing_in(parts, all);
  std::uint64_t planned = 0;
  for (const TrialRange& range : missing) planned += range.end - range.first;
  report.earlier = all.end - all.first - planned;
  const RunFileListener told = overall(listener, report.run, planned, start);
  const auto end = [&] {
    report.run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
  };
  // Most runs are over before it is time for a second part: they need none.
  std::optional<RunWriter> writer(std::in_place, file.output, file.schema, file.policy,
                                  file.settings.threads, file.shard);
  if (parts.empty() && file.ranks == nullptr) {
    add(report.run, run_into(file, *writer, all, told, report.enough, stop));
    if (report.run.trials == 0) return end();
    const std::uint64_t next = all.first + report.run.trials;
    if (report.run.interrupted && !(file.output_is_taken && file.resumable)) {
      report.output = file.output_is_taken ? results::interrupted_output(file.output) : file.output;
      writer->finish(Completion::interrupted, report.output);
      return end();
    }
    if (!report.run.interrupted && (next == all.end || report.enough)) {
      writer->finish(next == all.end ? whole(file) : Completion::precise);
      report.output = file.output;
      return end();
    }
    make_parts_folder(parts_folder(file.output));
    writer->finish(Completion::interrupted, part_name(file, {all.first, next}));
    if (report.run.interrupted) return end();
    missing = {{next, all.end}};
  }
  writer.reset();
  make_parts_folder(parts_folder(file.output));
  if (file.ranks != nullptr) {
    run_on_ranks(file, missing, report.run, told, stop);
  } else {
    run_parts(file, missing, report.run, told, stop);
  }
  if (!report.run.interrupted) {
    join_parts(file, finished_parts(file));
    report.output = file.output;
  }
  return end();
}

void serve(const RunFile& file, Ranks& ranks, const std::atomic<bool>& stop) {
  RunFile own = file;
  own.resumable = false;  // rank 0 tells how long parts are
  if (own.settings.threads == 0) own.settings.threads = 1;
  ranks.serve([&](const Message& task) { return serve_run(own, task, stop); });
}

}  // namespace truce::study
