#include "study/run_study.hpp"

#include <algorithm>
#include <chrono>
#include <mutex>

#include "base/ordered_join.hpp"
#include "base/parallel.hpp"
#include "study/detail/large_point.hpp"
#include "study/detail/memory.hpp"
#include "study/detail/point_run.hpp"
#include "study/detail/threads.hpp"

namespace truce::study {

namespace {

/// The points by units of work: those of a row together, where they stop together.
std::vector<std::vector<std::uint32_t>> units_of(const Plan& plan,
                                                 const std::vector<std::uint32_t>& points) {
  const std::size_t together = plan.rows_together() ? plan.schema().variants.size() : 1;
  std::vector<std::vector<std::uint32_t>> units;
  for (std::size_t i = 0; i < points.size(); i += together) {
    const auto first = points.begin() + static_cast<std::ptrdiff_t>(i);
    units.emplace_back(first, first + static_cast<std::ptrdiff_t>(together));
  }
  return units;
}

}  // namespace

StudyReport run_study(const Plan& plan, const std::vector<std::uint32_t>& points, unsigned threads,
                      const StudyListener& listener, const std::atomic<bool>& stop) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  StudyReport report;
  report.threads = base::threads_of(threads);
  const auto units = units_of(plan, points);
  // Those in work, and those that wait to be written.
  const double in_memory = (3.0 * report.threads + copies_in_writing) *
                           bytes_of_trials(plan.schema().common) *
                           static_cast<double>(units.empty() ? 0 : units.front().size());
  const bool in_parts = !listener.folder.empty() && has_large_points(plan);
  const bool many = units.size() >= std::size_t{2} * report.threads && !in_parts &&
                    in_memory <= memory_for_trials();
  const unsigned workers = many ? report.threads : 1;
  const unsigned within = many ? 1 : report.threads;

  std::mutex mutex;  // of the report
  const auto join_unit = [&, number = std::size_t{0}](std::vector<Finished> unit) mutable {
    for (std::size_t i = 0; i < unit.size(); ++i) {
      const std::uint32_t point = units[number][i];
      listener.point(point, unit[i].results);
      const RunReport& of_point = unit[i].report;
      const std::scoped_lock lock(mutex);
      ++report.points;
      report.trials += of_point.trials;
      report.events += of_point.events;
      report.failed += of_point.failed;
      report.imprecise += unit[i].imprecise;
    }
    ++number;
    return !stop.load();
  };
  base::OrderedJoin<std::vector<Finished>> join(0, many ? std::size_t{2} * workers : 1, join_unit);
  const auto next = [&](std::uint64_t number) { return std::min(number + 1, units.size()); };
  const unsigned started = run_threads(
      workers,
      [&](unsigned) {
        while (!stop.load()) {
          const auto unit = join.take(base::Room::wait, next);
          if (!unit) break;
          const auto& of_unit = units[unit->begin];
          auto finished = in_parts
                              ? run_in_parts(plan, of_unit.front(), within, listener.folder, stop)
                              : run_together(plan, of_unit, within, listener.earlier, stop);
          if (finished.empty()) break;
          join.give(*unit, std::move(finished));
        }
        if (stop.load()) join.stop();
      },
      [&] {
        if (!listener.progress) return;
        StudyProgress progress{.planned = points.size(), .seconds = seconds()};
        {
          const std::scoped_lock lock(mutex);
          progress.points = report.points;
          progress.trials = report.trials;
        }
        listener.progress(progress);
      },
      [&] { join.stop(); });
  if (many) report.threads = started;
  report.interrupted = report.points < points.size();
  report.seconds = seconds();
  return report;
}

}  // namespace truce::study
