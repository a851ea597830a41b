#include "study/run_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <limits>
#include <optional>

#include "study/common_columns.hpp"
#include "study/detail/run_on_ranks.hpp"
#include "study/precision.hpp"
#include "study/ranks.hpp"
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
    const double seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    const bool chunk = trial % results::rows_per_chunk == 0;
    return seconds >= (chunk ? 1 : 2) * file_.part_seconds;
  }

 private:
  const RunFile& file_;
  Clock::time_point start_ = Clock::now();
};

/// Runs trials into a writer until they are done, or enough by the rule, if there is one, or it is
/// time for another part.
RunReport run_into(const RunFile& file, RunWriter& writer, const TrialRange& trials,
                   const RunFileListener& listener, PrecisionRule* rule,
                   const std::atomic<bool>& stop) {
  RunSettings settings = file.settings;
  settings.first = trials.first;
  settings.trials = trials.end;
  const PartEnd end(file);
  const Listener own{.block =
                         [&](results::Block&& block) {
                           if (file.columns != nullptr) file.columns->take(block);
                           const std::uint64_t next = block.first + block.status.size();
                           if (listener.block) listener.block(block);
                           const Verdict verdict = rule ? rule->add(block) : Verdict::go_on;
                           writer.take(std::move(block));
                           return end.is_at(next) ? Verdict::enough : verdict;
                         },
                     .help = [&] { return writer.help(); },
                     .progress = listener.progress};
  RunReport report = run_trials(file.model, settings, own, stop);
  // A signal after the last look stops nothing.
  if (rule && rule->enough()) report.interrupted = false;
  return report;
}

/// So many trials there will be at least.
std::uint64_t certain_trials(const RunFile& file) {
  const TrialRange all = trials_of(file);
  const std::uint64_t planned = all.end - all.first;
  return file.precision ? std::min(planned, PrecisionRule::least_trials) : planned;
}

/// What a file is called that has the trials before `end`, or all that are enough.
Completion completion_of(const RunFile& file, std::uint64_t end) {
  if (end < trials_of(file).end) return Completion::precise;
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
  RunWriter joined(file.output, file.schema, file.policy, file.settings.threads, file.shard,
                   parts.back().trials.end - trials_of(file).first);
  for (const RunPart& part : parts) joined.join(part.path);
  joined.finish(completion_of(file, parts.back().trials.end));
  remove_parts(file, parts);
}

/// Hands those parts to the rule that follow on what it has. But for the first, which may have been
/// judged at looks as it was run, none has trials on both sides of a look.
void judge(PrecisionRule& rule, const std::vector<RunPart>& parts) {
  for (const RunPart& part : parts) {
    if (part.trials.first == rule.trials()) rule.add(part);
  }
}

/// Runs what is missing beside these parts, from one look of the rule to the next where there is
/// one: ranks know no trials but those of their own parts.
void run_rest(const RunFile& file, const std::vector<RunPart>& parts, RunReport& done,
              const RunFileListener& listener, const std::atomic<bool>& stop) {
  const TrialRange all = trials_of(file);
  PrecisionRule* const rule = file.precision;
  if (rule) judge(*rule, parts);
  std::optional<TaskSize> size;
  if (file.ranks) size.emplace(file.ranks->workers(), file.part_seconds);
  for (TrialRange next{all.first, all.first}; next.end < all.end && !(rule && rule->enough());
       next.first = next.end) {
    next.end = rule ? std::min(all.end, rule->next_look()) : all.end;
    const std::vector<TrialRange> missing = missing_in(parts, next);
    if (size) {
      run_on_ranks(file, missing, *size, done, listener, stop);
    } else {
      run_parts(file, missing, done, listener, stop);
    }
    if (done.interrupted) return;
    if (!rule) continue;
    judge(*rule, finished_parts(file, {rule->trials(), next.end}));
    if (rule->trials() < next.end) {
      throw results::ResultsError(
          parts_folder(file.output),
          fmt::format("trial {} and more were finished, and are not there any more",
                      rule->trials()));
    }
  }
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
  RunReport report = run_into(file, writer, trials, listener, nullptr, stop);
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
  std::vector<RunPart> parts = finished_parts(file);
  std::uint64_t planned = 0;
  for (const TrialRange& range : missing_in(parts, all)) planned += range.end - range.first;
  report.earlier = all.end - all.first - planned;
  const RunFileListener told = overall(listener, report.run, file.precision ? 0 : planned, start);
  const auto end = [&] {
    remove_empty_folder(parts_folder(file.output));
    report.run.seconds = std::chrono::duration<double>(Clock::now() - start).count();
    return report;
  };
  // Most runs are over before it is time for a second part: they need none.
  std::optional<RunWriter> writer(std::in_place, file.output, file.schema, file.policy,
                                  file.settings.threads, file.shard, certain_trials(file));
  if (parts.empty() && file.ranks == nullptr) {
    add(report.run, run_into(file, *writer, all, told, file.precision, stop));
    if (report.run.trials == 0) return end();
    const TrialRange first{all.first, all.first + report.run.trials};
    const bool enough = first.end == all.end || (file.precision && file.precision->enough());
    if (report.run.interrupted ? !file.output_is_taken : enough) {
      writer->finish(report.run.interrupted ? Completion::interrupted
                                            : completion_of(file, first.end));
      report.output = file.output;
      return end();
    }
    make_parts_folder(parts_folder(file.output));
    const fs::path part = part_name(file, first);
    writer->finish(Completion::interrupted, part);
    if (report.run.interrupted) return end();
    parts.push_back({part, file.schema, first, Completion::interrupted});
  }
  writer.reset();
  make_parts_folder(parts_folder(file.output));
  run_rest(file, parts, report.run, told, stop);
  if (!report.run.interrupted) {
    join_parts(file, finished_parts(file));
    report.output = file.output;
  }
  return end();
}

void serve(const RunFile& file, Ranks& ranks, const std::atomic<bool>& stop) {
  RunFile own = file;
  own.part_seconds = std::numeric_limits<double>::infinity();  // rank 0 tells how long parts are
  if (own.settings.threads == 0) own.settings.threads = 1;
  ranks.serve([&](const Message& task) { return serve_run(own, task, stop); });
}

}  // namespace truce::study
