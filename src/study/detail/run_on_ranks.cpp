#include "study/detail/run_on_ranks.hpp"

#include <algorithm>
#include <chrono>

#include "study/detail/part_groups.hpp"
#include "study/ranks.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

using results::TrialRange;

enum class Task : std::uint64_t { run, join };

Message message_of(Task task, const TrialRange& trials) {
  return {.numbers = {static_cast<std::uint64_t>(task), trials.first, trials.end}};
}

TrialRange trials_of(const Message& task) {
  return {task.numbers.at(1), task.numbers.at(2)};
}

bool is_join(const Message& task) {
  return task.numbers.at(0) == static_cast<std::uint64_t>(Task::join);
}

}  // namespace

void run_on_ranks(const RunFile& file, const std::vector<TrialRange>& missing, TaskSize& size,
                  RunReport& done, const RunFileListener& listener, const std::atomic<bool>& stop) {
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t left = 0;
  for (const TrialRange& range : missing) left += range.end - range.first;
  const std::uint64_t planned = left;
  std::size_t at = 0;
  TrialRange rest = missing.empty() ? TrialRange{} : missing.front();
  done.threads = file.ranks->workers();
  const std::uint64_t before = done.trials;
  PartGroups groups;
  bool interrupted = false;  // a rank has been told to stop: it would end all that it gets at once
  const auto next_group = [&]() -> std::optional<Message> {
    if (const auto trials = groups.next()) return message_of(Task::join, *trials);
    return {};
  };
  const auto next = [&]() -> std::optional<Message> {
    if (interrupted) return {};
    if (auto group = next_group()) return group;
    while (rest.first == rest.end) {
      if (++at >= missing.size()) return {};
      rest = missing[at];
    }
    std::uint64_t end = rest.first + std::min(rest.end - rest.first, size.next(left));
    // To be joined by copying where that is possible.
    const std::uint64_t border = end / results::rows_per_chunk * results::rows_per_chunk;
    if (border > rest.first && end != rest.end) end = border;
    const TrialRange task{rest.first, end};
    left -= end - rest.first;
    rest.first = end;
    groups.begin(task);
    return message_of(Task::run, task);
  };
  const auto take = [&](const Message& task, const Message& answer) {
    if (is_join(task)) return;
    const auto& n = answer.numbers;
    size.measure(n.at(0), static_cast<double>(n.at(3)) * 1e-6);
    done.trials += n[0];
    done.failed += n[1];
    done.events += n[2];
    if (n.at(4) == 0) {
      groups.end(trials_of(task));
    } else {
      interrupted = true;
    }
    for (std::size_t i = 0; i < answer.texts.size(); ++i) {
      done.first_failures.push_back({.trial = n.at(5 + i), .message = answer.texts[i]});
    }
  };
  const auto tick = [&] {
    if (listener.progress) {
      // `done` itself is what listeners add to.
      listener.progress({.done = 0, .planned = planned});
    }
    return !stop.load();
  };
  file.ranks->run(next, take, tick);
  if (!stop && !interrupted) {
    groups.finish();
    file.ranks->run(next_group, take, tick);
  }
  std::ranges::sort(done.first_failures, {}, &results::FailedTrial::trial);
  constexpr std::size_t most_told = 10;
  if (done.first_failures.size() > most_told) done.first_failures.resize(most_told);
  done.interrupted = done.trials - before < planned;
  done.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Message serve_run(const RunFile& file, const Message& task, const std::atomic<bool>& stop) {
  if (is_join(task)) {
    join_finished_parts(file, trials_of(task));
    return {};
  }
  const RunReport report = run_part(file, trials_of(task), {}, stop);
  Message answer{.numbers = {report.trials, report.failed, report.events,
                             static_cast<std::uint64_t>(report.seconds * 1e6),
                             report.interrupted ? std::uint64_t{1} : 0}};
  for (const results::FailedTrial& failure : report.first_failures) {
    answer.numbers.push_back(failure.trial);
    answer.texts.push_back(failure.message);
  }
  return answer;
}

}  // namespace truce::study
