#include "study/detail/study_on_ranks.hpp"

#include <chrono>
#include <limits>
#include <memory>
#include <mutex>

#include "results/study_writer.hpp"
#include "study/detail/earlier_file.hpp"
#include "study/detail/large_point.hpp"
#include "study/detail/large_point_queue.hpp"
#include "study/detail/study_parts.hpp"
#include "study/detail/task_size.hpp"
#include "study/run_parts.hpp"

namespace truce::study {

namespace {

namespace fs = std::filesystem;
using results::TrialRange;

enum class Work : std::uint64_t {
  points,  ///< all trials of some points, into one part
  trials,  ///< some trials of a large point, into a part of it
  join,    ///< the parts of a large point, into one
};

Work work_of(const Message& task) {
  return static_cast<Work>(task.numbers.at(0));
}

/// What a rank answers.
struct Answer {
  std::uint64_t points = 0;
  std::uint64_t trials = 0;
  std::uint64_t events = 0;
  std::uint64_t failed = 0;
  std::uint64_t imprecise = 0;
  std::uint64_t microseconds = 0;
  bool interrupted = false;

  [[nodiscard]] Message message() const {
    return {.numbers = {points, trials, events, failed, imprecise, microseconds,
                        interrupted ? std::uint64_t{1} : 0}};
  }
  static Answer of(const Message& message) {
    const auto& n = message.numbers;
    return {n.at(0), n.at(1), n.at(2), n.at(3), n.at(4), n.at(5), n.at(6) != 0};
  }
};

/// What there is to do, from the first to the last task.
class Tasks {
 public:
  virtual ~Tasks() = default;
  virtual std::optional<Message> next() = 0;
  virtual void end(const Message& task, const Answer& answer) = 0;
};

/// A point of a share, which is in part where the share's is.
Share one_of(const Share& share, std::uint32_t point) {
  return {.points = {point}, .stretch = share.stretch};
}

/// Points of which each rank runs some.
class SmallPoints : public Tasks {
 public:
  SmallPoints(const SharedWork& wanted, const std::vector<std::uint32_t>& missing, unsigned workers)
      : cutter_(wanted.plan, wanted.share.points, missing, wanted.folder), size_(workers, 60) {}

  std::optional<Message> next() override {
    if (cutter_.left() == 0) return {};
    const Part part = cutter_.next(size_.next(cutter_.left()));
    Message task{.numbers = {static_cast<std::uint64_t>(Work::points)},
                 .texts = {part.file.filename().string()}};
    task.numbers.insert(task.numbers.end(), part.points.begin(), part.points.end());
    return task;
  }
  void end(const Message& task, const Answer& answer) override {
    size_.measure(task.numbers.size() - 1, static_cast<double>(answer.microseconds) * 1e-6);
  }

 private:
  Cutter cutter_;
  TaskSize size_;
};

/// Points of which all ranks run one at a time, each some of its trials.
class LargePoints : public Tasks {
 public:
  LargePoints(const SharedWork& wanted, const std::vector<std::uint32_t>& missing, unsigned workers)
      : queue_(missing, wanted.plan.schema().common.trials,
               [&wanted](std::uint32_t point) {
                 return LargePoint(wanted.plan, one_of(wanted.share, point), 1, wanted.folder)
                     .missing();
               }),
        in_part_(wanted.share.stretch.has_value()),
        size_(workers, 60) {}

  std::optional<Message> next() override {
    const auto task = queue_.next(size_);
    if (!task) return {};
    if (task->trials == TrialRange{}) {
      if (in_part_) return {};
      return Message{.numbers = {static_cast<std::uint64_t>(Work::join), task->point}};
    }
    return Message{.numbers = {static_cast<std::uint64_t>(Work::trials), task->point,
                               task->trials.first, task->trials.end}};
  }
  void end(const Message& task, const Answer& answer) override {
    if (work_of(task) == Work::join || answer.interrupted) return;
    size_.measure(answer.trials, static_cast<double>(answer.microseconds) * 1e-6);
    const auto& n = task.numbers;
    queue_.end({.point = static_cast<std::uint32_t>(n.at(1)), .trials = {n.at(2), n.at(3)}});
  }

 private:
  LargePointQueue queue_;
  bool in_part_;
  TaskSize size_;
};

void add(StudyReport& report, const Answer& answer) {
  report.points += answer.points;
  report.trials += answer.trials;
  report.events += answer.events;
  report.failed += answer.failed;
  report.imprecise += answer.imprecise;
}

std::uint64_t microseconds_of(double seconds) {
  return static_cast<std::uint64_t>(seconds * 1e6);
}

Answer run_points(const SharedWork& of, const std::vector<std::uint32_t>& points, unsigned threads,
                  const fs::path& file, const std::atomic<bool>& stop) {
  const Plan& plan = of.plan;
  results::StudyWriter writer(file, schema_for(plan, {points}), results::OverwritePolicy::replace);
  std::mutex mutex;
  StudyListener listener;
  if (of.earlier != nullptr) {
    listener.earlier = [&](std::uint32_t point) {
      const std::scoped_lock lock(mutex);
      return of.earlier->trials_of(point);
    };
  }
  listener.point = [&](std::uint32_t, const results::PointResults& point) {
    const std::scoped_lock lock(mutex);
    writer.append(point);
  };
  const StudyReport report = run_study(plan, points, threads, listener, stop);
  if (!report.interrupted) writer.finish();
  return {.points = report.interrupted ? 0 : report.points,
          .trials = report.trials,
          .events = report.events,
          .failed = report.failed,
          .imprecise = report.imprecise,
          .microseconds = microseconds_of(report.seconds),
          .interrupted = report.interrupted};
}

Answer run_trials_of(const LargePoint& large, const TrialRange& trials,
                     const std::atomic<bool>& stop) {
  RunFile run = large.run();
  run.part_seconds = std::numeric_limits<double>::infinity();  // rank 0 tells how long parts are
  const RunReport report = run_part(run, trials, {}, stop);
  return {.trials = report.trials,
          .events = report.events,
          .failed = report.failed,
          .microseconds = microseconds_of(report.seconds),
          .interrupted = report.interrupted};
}

Answer join_point(const Plan& plan, const LargePoint& large, const fs::path& folder) {
  const std::uint32_t point = large.number();
  results::StudyWriter writer(file_of_part(folder, {point}), schema_for(plan, {{point}}),
                              results::OverwritePolicy::replace);
  writer.append(large.joined());
  writer.finish();
  remove_parts_of_point(folder, point);
  return {.points = 1};
}

}  // namespace

StudyReport run_share_on_ranks(const SharedWork& wanted, Ranks& ranks,
                               const std::function<void(const StudyProgress&)>& progress,
                               const std::atomic<bool>& stop) {
  const auto start = std::chrono::steady_clock::now();
  const auto seconds = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  make_parts_folder(wanted.folder);
  const std::vector<std::uint32_t> points =
      wanted.earlier != nullptr ? wanted.earlier->points_to_run() : wanted.share.points;
  const auto missing = missing_in(finished_parts(wanted.plan, points, wanted.folder), points);
  std::unique_ptr<Tasks> tasks;
  const bool large = has_large_points(wanted.plan) && wanted.earlier == nullptr;
  if (large || wanted.share.stretch) {
    tasks = std::make_unique<LargePoints>(wanted, missing, ranks.workers());
  } else {
    tasks = std::make_unique<SmallPoints>(wanted, missing, ranks.workers());
  }
  StudyReport report{.threads = ranks.workers()};
  bool interrupted = false;  // a rank has been told to stop: it would end all that it gets at once
  const auto next = [&] { return interrupted ? std::nullopt : tasks->next(); };
  const auto done = [&](const Message& task, const Message& message) {
    const Answer answer = Answer::of(message);
    interrupted |= answer.interrupted;
    add(report, answer);
    tasks->end(task, answer);
  };
  const auto tick = [&] {
    if (progress) {
      progress({.points = wanted.share.points.size() - missing.size() + report.points,
                .planned = wanted.share.points.size(),
                .trials = report.trials,
                .seconds = seconds()});
    }
    return !stop.load();
  };
  ranks.run(next, done, tick);
  // What became ready when nobody asked any more.
  if (!stop && !interrupted) ranks.run(next, done, tick);
  if (wanted.share.stretch) {
    report.points = LargePoint(wanted.plan, wanted.share, 1, wanted.folder).missing().empty();
  }
  report.interrupted = report.points < missing.size();
  report.seconds = seconds();
  if (report.interrupted) remove_empty_folder(wanted.folder);
  return report;
}

Message serve_study(const SharedWork& of, unsigned threads, const Message& task,
                    const std::atomic<bool>& stop) {
  const auto& n = task.numbers;
  if (work_of(task) == Work::points) {
    const std::vector<std::uint32_t> points(n.begin() + 1, n.end());
    return run_points(of, points, threads, of.folder / task.texts.at(0), stop).message();
  }
  const Share share = one_of(of.share, static_cast<std::uint32_t>(n.at(1)));
  const LargePoint large(of.plan, share, threads, of.folder);
  return work_of(task) == Work::join ? join_point(of.plan, large, of.folder).message()
                                     : run_trials_of(large, {n.at(2), n.at(3)}, stop).message();
}

}  // namespace truce::study
