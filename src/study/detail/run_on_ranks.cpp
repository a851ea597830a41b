#include "study/detail/run_on_ranks.hpp"

#include <algorithm>
#include <chrono>

#include "study/detail/task_size.hpp"
#include "study/ranks.hpp"

namespace truce::study {

namespace {

using results::TrialRange;

Message message_of(const TrialRange& trials) {
  return {.numbers = {trials.first, trials.end}};
}

}  // namespace

void run_on_ranks(const RunFile& file, const std::vector<TrialRange>& missing, RunReport& done,
                  const RunFileListener& listener, const std::atomic<bool>& stop) {
  const auto start = std::chrono::steady_clock::now();
  std::uint64_t left = 0;
  for (const TrialRange& range : missing) left += range.end - range.first;
  const std::uint64_t planned = left;
  TaskSize size(file.ranks->workers(), file.part_seconds);
  std::size_t at = 0;
  TrialRange rest = missing.empty() ? TrialRange{} : missing.front();
  done.threads = file.ranks->workers();
  const std::uint64_t before = done.trials;
  const auto next = [&]() -> std::optional<Message> {
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
    return message_of(task);
  };
  const auto take = [&](const Message&, const Message& answer) {
    const auto& n = answer.numbers;
    size.measure(n.at(0), static_cast<double>(n.at(3)) * 1e-6);
    done.trials += n[0];
    done.failed += n[1];
    done.events += n[2];
    done.interrupted = done.interrupted || n.at(4) != 0;
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
  std::ranges::sort(done.first_failures, {}, &results::FailedTrial::trial);
  constexpr std::size_t most_told = 10;
  if (done.first_failures.size() > most_told) done.first_failures.resize(most_told);
  done.interrupted = done.trials - before < planned;
  done.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Message serve_run(const RunFile& file, const Message& task, const std::atomic<bool>& stop) {
  const TrialRange trials{task.numbers.at(0), task.numbers.at(1)};
  const RunReport report = run_part(file, trials, {}, stop);
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
