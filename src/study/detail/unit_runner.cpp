#include "study/detail/unit_runner.hpp"

#include <chrono>

namespace truce::study {

namespace {

/// Keeps the events of a trial as rows of a block.
class RowSink : public model::TraceSink {
 public:
  RowSink(std::uint64_t trial, std::vector<results::ChronicleRow>& rows)
      : trial_(trial), rows_(rows) {}

  void on_event(const model::TraceEvent& h) override {
    rows_.push_back({.trial = trial_,
                     .time = h.time,
                     .what = std::string(h.what),
                     .who = std::string(h.who),
                     .amount = h.amount,
                     .why = std::string(h.why)});
  }
  void on_draw(const model::Draw&) override {}

 private:
  std::uint64_t trial_;
  std::vector<results::ChronicleRow>& rows_;
};

model::SimulatorSettings stoppable(model::SimulatorSettings settings,
                                   const std::atomic<bool>& stop) {
  settings.stop = &stop;
  return settings;
}

}  // namespace

UnitRunner::UnitRunner(const model::Model& model, const RunSettings& settings,
                       const std::atomic<bool>& stop)
    : chronicle_(settings.chronicle),
      stop_(stop),
      simulator_(model, stoppable(settings.simulator, stop)),
      block_(model, settings.simulator) {}

FinishedUnit UnitRunner::run(const Unit& unit) {
  const auto start = std::chrono::steady_clock::now();
  FinishedUnit finished{.unit = unit};
  block_.begin(unit.first, unit.count);
  finished.events = run_trials_of(unit);
  finished.block = block_.take();
  finished.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

std::uint64_t UnitRunner::run_trials_of(const Unit& unit) {
  std::uint64_t events = 0;
  for (std::uint64_t trial = unit.first; trial < unit.first + unit.count; ++trial) {
    if (stop_.load(std::memory_order_relaxed)) break;
    RowSink sink(trial, block_.chronicle());
    try {
      simulator_.run(trial, record_, trial < chronicle_ ? &sink : nullptr);
      block_.add(record_);
      events += record_.events;
    } catch (const model::TrialInterrupted&) {
      break;
    } catch (const model::TrialError& error) {
      block_.fail(error, record_.drawn);
    }
  }
  return events;
}

}  // namespace truce::study
