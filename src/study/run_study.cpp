#include "truce/study/run_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <thread>

#include "point_queue.hpp"
#include "threads.hpp"
#include "truce/results/interval.hpp"
#include "truce/study/precision.hpp"

namespace truce::study {

namespace {

/// What a point gave, with what its file does not hold.
struct Finished {
  results::PointResults results;
  RunReport report;
  bool imprecise = false;
};

std::optional<PrecisionRule> rule_of(const Plan& plan) {
  const auto& precision = plan.description().precision;
  if (!precision) return std::nullopt;
  const auto& columns = plan.schema().common.columns;
  const auto at = std::ranges::find(columns, precision->outcome, &results::Column::name);
  return PrecisionRule(static_cast<std::size_t>(at - columns.begin()), precision->half_width,
                       at->kind == results::ColumnKind::boolean ? PrecisionRule::Values::yes_or_no
                                                                : PrecisionRule::Values::numbers,
                       precision->confidence);
}

Finished run_point(const Plan& plan, std::uint32_t point, unsigned threads,
                   const std::atomic<bool>& stop) {
  const results::Schema& common = plan.schema().common;
  const std::size_t variant = plan.schema().points[point].variant;
  const model::Model model = plan.model_of(point);
  RunSettings settings{.trials = common.trials, .threads = threads};
  settings.simulator.seed = common.seed;
  Finished finished{.results = results::PointResults(common)};
  auto rule = rule_of(plan);
  Verdict verdict = Verdict::go_on;
  Listener listener;
  listener.block = [&](const results::Block& block) {
    results::Block shared = block;
    plan.columns_of(variant).take(shared);
    finished.results.append(shared);
    if (rule) verdict = rule->add(shared);
    return verdict;
  };
  finished.report = run_trials(model, settings, listener, stop);
  finished.imprecise = rule.has_value() && verdict == Verdict::go_on;
  if (!finished.report.interrupted) finished.results.finish();
  return finished;
}

}  // namespace

StudyReport run_study(const Plan& plan, const std::vector<std::uint32_t>& points, unsigned threads,
                      const StudyListener& listener, const std::atomic<bool>& stop) {
  using Clock = std::chrono::steady_clock;
  const auto start = Clock::now();
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - start).count(); };
  StudyReport report;
  report.threads = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  const bool many = points.size() >= std::size_t{2} * report.threads;
  const unsigned workers = many ? report.threads : 1;
  const unsigned within = many ? 1 : report.threads;

  std::mutex mutex;  // of the report
  PointQueue<Finished> queue(
      points.size(), std::size_t{2} * workers, [&](std::size_t number, Finished finished) {
        listener.point(points[number], finished.results);
        const std::scoped_lock lock(mutex);
        ++report.points;
        report.trials += finished.report.trials;
        report.events += finished.report.events;
        report.failed += finished.report.failed;
        report.imprecise += finished.imprecise;
        if (report.first_failure.empty() && finished.report.failed > 0) {
          const results::FailedTrial& first = finished.report.first_failures.front();
          report.first_failure =
              fmt::format("point {}, trial {}: {}", points[number], first.trial, first.message);
        }
      });
  std::vector<std::exception_ptr> errors(workers);
  std::atomic<unsigned> done = 0;
  {
    const std::vector<std::jthread> all = start_threads(workers, [&](unsigned i) {
      try {
        std::size_t number = 0;
        while (!stop.load() && queue.take(number)) {
          Finished finished = run_point(plan, points[number], within, stop);
          if (finished.report.interrupted) break;
          queue.give(number, std::move(finished));
        }
      } catch (...) {
        errors[i] = std::current_exception();
      }
      if (errors[i] || stop.load()) queue.stop();
      ++done;
    });
    if (many) report.threads = std::max(1U, static_cast<unsigned>(all.size()));
    while (listener.progress && done < all.size()) {
      StudyProgress progress{.planned = points.size(), .seconds = seconds()};
      {
        const std::scoped_lock lock(mutex);
        progress.points = report.points;
        progress.trials = report.trials;
      }
      listener.progress(progress);
      for (int slice = 0; slice < 20 && done < all.size(); ++slice) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    }
  }
  for (const std::exception_ptr& error : errors) {
    if (error) std::rethrow_exception(error);
  }
  report.interrupted = report.points < points.size();
  report.seconds = seconds();
  return report;
}

}  // namespace truce::study
