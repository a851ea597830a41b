#include "study/detail/unit_runner.hpp"

#include <algorithm>
#include <chrono>
#include <limits>

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

/// Leaves the first trials of a block, which is complete but for the others.
void cut(results::Block& block, std::uint64_t trials) {
  block.status.resize(trials);
  for (auto& column : block.columns) column.resize(trials);
  for (auto& column : block.drawn) column.resize(trials);
  for (auto& column : block.controls) column.resize(trials);
  std::erase_if(block.chronicle, [&](const results::ChronicleRow& row) {
    return row.trial >= block.first + trials;
  });
}

}  // namespace

UnitRunner::UnitRunner(const model::Model& model, const RunSettings& settings,
                       const std::atomic<bool>& stop)
    : model_(model),
      chronicle_(settings.chronicle),
      controls_(settings.simulator.controls.size()),
      stop_(stop),
      simulator_(model, stoppable(settings.simulator, stop)) {
  if (settings.simulator.parameters == model::ParameterSource::from_priors) {
    drawn_ = static_cast<std::size_t>(
        std::ranges::count(model.parameters, true, &model::Parameter::drawn));
  }
}

FinishedUnit UnitRunner::run(const Unit& unit) {
  const auto start = std::chrono::steady_clock::now();
  FinishedUnit finished{.unit = unit};
  run(finished);
  finished.seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return finished;
}

void UnitRunner::run(FinishedUnit& finished) {
  const Unit& work = finished.unit;
  results::Block& block = finished.block;
  block.first = work.first;
  block.status.assign(work.count, results::Status::completed);
  block.columns.resize(model_.columns.size());
  for (auto& column : block.columns) column.resize(work.count);
  block.drawn.resize(drawn_);
  for (auto& column : block.drawn) column.resize(work.count);
  block.controls.resize(controls_);
  for (auto& column : block.controls) column.resize(work.count);
  for (std::uint64_t i = 0; i < work.count; ++i) {
    if (stop_.load(std::memory_order_relaxed)) return cut(block, i);
    const std::uint64_t trial = work.first + i;
    RowSink sink(trial, block.chronicle);
    try {
      simulator_.run(trial, record_, trial < chronicle_ ? &sink : nullptr);
      for (std::size_t c = 0; c < block.columns.size(); ++c) {
        block.columns[c][i] = record_.columns[c];
      }
      for (std::size_t c = 0; c < controls_; ++c) block.controls[c][i] = record_.controls[c];
      for (const model::Segment& segment : record_.segments) {
        block.segments.push_back({segment.timeline, segment.day, segment.value});
      }
      finished.events += record_.events;
    } catch (const model::TrialInterrupted&) {
      return cut(block, i);
    } catch (const model::TrialError& error) {
      block.status[i] = results::Status::failed;
      for (auto& column : block.columns) column[i] = std::numeric_limits<double>::quiet_NaN();
      block.failures.push_back({trial, error.what(), error.reason()});
    }
    for (std::size_t p = 0; p < drawn_; ++p) block.drawn[p][i] = record_.drawn[p];
    block.segments_end.push_back(static_cast<std::uint32_t>(block.segments.size()));
  }
}

}  // namespace truce::study
