#include "study/run.hpp"

#include <algorithm>
#include <chrono>

#include "base/ordered_join.hpp"
#include "study/detail/unit_runner.hpp"
#include "study/detail/unit_size.hpp"

namespace truce::study {

namespace {

using Clock = std::chrono::steady_clock;
using Join = base::OrderedJoin<FinishedUnit>;

constexpr std::size_t failures_kept = 10;

/// The trials of one point.
class PointJob : public Job {
 public:
  PointJob(const model::Model& model, const RunSettings& settings, const Listener& listener,
           const std::atomic<bool>& stop, std::size_t window)
      : model_(model),
        settings_(settings),
        listener_(listener),
        stop_(stop),
        join_(settings.first, window,
              [this](FinishedUnit finished) { return join(std::move(finished)); }) {}

  std::optional<Unit> take(Room room) override {
    if (stop_.load(std::memory_order_relaxed)) return std::nullopt;
    const auto stretch = join_.take(
        room, [&](std::uint64_t first) { return size_.end_of(first, settings_.trials); });
    if (!stretch) return std::nullopt;
    return Unit{.first = stretch->begin, .count = stretch->end - stretch->begin};
  }

  Worker worker() override {
    return [runner = std::make_shared<UnitRunner>(model_, settings_, stop_)](const Unit& unit) {
      return runner->run(unit);
    };
  }

  void give(FinishedUnit finished) override {
    size_.measure(finished);
    const Unit unit = finished.unit;
    join_.give({unit.first, unit.first + unit.count}, std::move(finished));
  }

  bool help() override { return listener_.help && listener_.help(); }

  void stop() override { join_.stop(); }

  void tick() override {
    if (!listener_.progress) return;
    listener_.progress({.done = joined_.load(),
                        .planned = settings_.trials - settings_.first,
                        .seconds = seconds()});
  }

  /// Once all is run.
  RunReport report() {
    report_.trials = joined_.load();
    report_.interrupted = stop_.load() && report_.trials < settings_.trials - settings_.first;
    report_.seconds = seconds();
    return std::move(report_);
  }

 private:
  [[nodiscard]] double seconds() const {
    return std::chrono::duration<double>(Clock::now() - start_).count();
  }

  /// The next unit in order; false after the last one.
  bool join(FinishedUnit finished) {
    const std::uint64_t trials = finished.block.status.size();
    if (trials > 0) {
      for (const results::FailedTrial& failure : finished.block.failures) {
        if (report_.first_failures.size() < failures_kept) {
          report_.first_failures.push_back(failure);
        }
      }
      report_.failed += finished.block.failures.size();
      report_.events += finished.events;
      const Verdict verdict = listener_.block(std::move(finished.block));
      joined_ += trials;
      last_block_ = last_block_ || verdict == Verdict::enough;
      if (last_block_ && (finished.unit.first + trials) % block_trials == 0) return false;
    }
    // What comes after a unit that was cut does not join it.
    return trials == finished.unit.count;
  }

  const Clock::time_point start_ = Clock::now();
  const model::Model& model_;
  const RunSettings& settings_;
  const Listener& listener_;
  const std::atomic<bool>& stop_;
  UnitSize size_;
  RunReport report_;
  std::atomic<std::uint64_t> joined_ = 0;
  bool last_block_ = false;  ///< the listener has enough once it has the present block
  Join join_;
};

}  // namespace

RunReport run_trials(const model::Model& model, const RunSettings& settings,
                     const Listener& listener, const std::atomic<bool>& stop, Executor& executor) {
  PointJob job(model, settings, listener, stop, executor.window());
  const unsigned workers = executor.run(job);
  RunReport report = job.report();
  report.threads = workers;
  return report;
}

RunReport run_trials(const model::Model& model, const RunSettings& settings,
                     const Listener& listener, const std::atomic<bool>& stop) {
  Threads threads(settings.threads);
  return run_trials(model, settings, listener, stop, threads);
}

}  // namespace truce::study
