#include "analysis/turning_points.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

#include "analysis/detail/replacements.hpp"

namespace truce::analysis {

namespace {

using model::DrawAddress;
using model::OfferedDraw;

class Counter : public model::DrawHook {
 public:
  explicit Counter(std::size_t streams) : draws(streams) {}
  double on_draw(const OfferedDraw& draw) override {
    ++draws[draw.address.stream.index()];
    return draw.u;
  }
  std::vector<std::uint32_t> draws;  ///< [stream]
};

/// Keeps what was drawn.
class Recorder : public model::DrawHook {
 public:
  double on_draw(const OfferedDraw& draw) override {
    made.push_back(with_replacements(draw));
    return draw.u;
  }
  std::vector<MadeDraw> made;
};

/// Replaces one draw.
class Override : public model::DrawHook {
 public:
  Override(DrawAddress address, double u) : address_(address), u_(u) {}
  double on_draw(const OfferedDraw& draw) override {
    return draw.address == address_ ? u_ : draw.u;
  }

 private:
  DrawAddress address_;
  double u_;
};

}  // namespace

class TurningPointFinder::State {
  /// What became of the watched column.
  struct Outcome {
    double value = 0;  ///< NaN where missing
    bool failed = false;
  };

 public:
  State(const model::Model& model, const model::SimulatorSettings& settings, const Watched& watched)
      : simulator_(model, settings),
        watched_(watched),
        kind_(model.columns[watched.column].kind),
        is_ending_(model.columns[watched.column].source == model::ColumnSource::ending),
        fails_(results_of(model, watched).size() - 1),
        streams_(model.streams.size()) {}

  ExplainedTrial explain(std::uint64_t trial) {
    ExplainedTrial told;
    told.trial = trial;
    Counter counter(streams_);
    try {
      simulator_.run(trial, told.record, nullptr, &counter);
    } catch (const model::TrialError& error) {
      told.failure = error.what();
      told.record = {};
      return told;
    }
    told.draws_of_stream = std::move(counter.draws);
    base_ = {.value = told.record.columns[watched_.column]};
    // The trial once more: what is drawn up to the first step,
    Recorder recorder;
    simulator_.start(trial, record_, nullptr, &recorder);
    simulator_.save(before_);
    replace(recorder.made, told.points,
            [&](model::DrawHook& hook) { simulator_.start(trial, record_, nullptr, &hook); });
    // and then step by step.
    simulator_.restore(before_);
    while (!simulator_.ended() && !(is_ending_ && simulator_.over())) {
      recorder.made.clear();
      simulator_.listen(nullptr, &recorder);
      simulator_.step();
      simulator_.save(after_);
      const bool moved = replace(recorder.made, told.points, [&](model::DrawHook& hook) {
        simulator_.restore(before_);
        simulator_.listen(nullptr, &hook);
        simulator_.step();
      });
      if (moved) simulator_.restore(after_);
      std::swap(before_, after_);
    }
    return told;
  }

 private:
  /// Replaces each of the draws of one step, which `redo` takes again. Whether there was any.
  template <class Redo>
  bool replace(const std::vector<MadeDraw>& made, std::vector<TurningPoint>& points,
               const Redo& redo) {
    bool moved = false;
    for (const MadeDraw& draw : made) {
      TurningPoint point{.address = draw.address,
                         .time = draw.time,
                         .use = draw.use,
                         .u = draw.u,
                         .probability = draw.probability,
                         .outcome = draw.outcome,
                         .value = draw.value,
                         .alternatives = {}};
      const Replacement* before = nullptr;
      Outcome outcome;
      bool changed = false;  // by the replacement before
      for (const Replacement& other : draw.replacements) {
        const bool value = is_value(draw.use);
        if (value && other.value == draw.value) {
          changed = false;
          before = nullptr;
          continue;
        }
        if (before == nullptr || !value || before->value != other.value) {
          outcome = replaced(draw.address, other.u, redo);
          moved = true;
        }
        const auto result = result_of(outcome);
        // What was drawn lies between no two values of one alternative.
        const bool beside = changed && value && (before->u < draw.u) == (other.u < draw.u);
        if (result) add(point, other, *result, outcome, beside);
        changed = result.has_value();
        before = &other;
      }
      if (!point.alternatives.empty()) points.push_back(std::move(point));
    }
    return moved;
  }

  static bool is_value(model::DrawUse use) {
    return use == model::DrawUse::value || use == model::DrawUse::position;
  }

  /// Values that lie beside one another and lead to the same result are one alternative.
  static void add(TurningPoint& point, const Replacement& other, std::size_t result,
                  const Outcome& outcome, bool follows) {
    const double value = outcome.failed ? std::nan("") : outcome.value;
    if (follows && point.alternatives.back().result == result) {
      Alternative& last = point.alternatives.back();
      last.probability += other.probability;
      last.low = std::min(last.low, other.value);
      last.high = std::max(last.high, other.value);
      last.value_low = std::min(last.value_low, value);
      last.value_high = std::max(last.value_high, value);
      return;
    }
    point.alternatives.push_back({.probability = other.probability,
                                  .outcome = other.outcome,
                                  .low = other.value,
                                  .high = other.value,
                                  .result = result,
                                  .value_low = value,
                                  .value_high = value});
  }

  template <class Redo>
  Outcome replaced(DrawAddress address, double u, const Redo& redo) {
    Override hook(address, u);
    try {
      redo(hook);
      simulator_.listen(nullptr, nullptr);
      if (is_ending_) return {static_cast<double>(simulator_.go_on_to_ending().index())};
      simulator_.go_on(record_);
      return {record_.columns[watched_.column]};
    } catch (const model::TrialError&) {
      return {.failed = true};
    }
  }

  /// What the result has become, where it is another one.
  [[nodiscard]] std::optional<std::size_t> result_of(const Outcome& outcome) const {
    if (outcome.failed) return fails_;
    const double x = outcome.value;
    if (kind_ == model::Column::Kind::category || kind_ == model::Column::Kind::boolean) {
      return x == base_.value ? std::nullopt : std::optional(static_cast<std::size_t>(x));
    }
    enum : std::size_t { lower, higher, missing, present };
    if (std::isnan(x) && std::isnan(base_.value)) return std::nullopt;
    if (std::isnan(x)) return missing;
    if (std::isnan(base_.value)) return present;
    if (x == base_.value || !(std::abs(x - base_.value) >= watched_.by)) return std::nullopt;
    return x < base_.value ? lower : higher;
  }

  model::Simulator simulator_;
  Watched watched_;
  model::Column::Kind kind_;
  bool is_ending_;
  std::size_t fails_;
  std::size_t streams_;
  Outcome base_;
  model::TrialRecord record_;
  model::SavedTrial before_, after_;
};

TurningPointFinder::TurningPointFinder(const model::Model& model,
                                       const model::SimulatorSettings& settings,
                                       const Watched& watched)
    : state_(std::make_unique<State>(model, settings, watched)) {}
TurningPointFinder::TurningPointFinder(TurningPointFinder&&) noexcept = default;
TurningPointFinder& TurningPointFinder::operator=(TurningPointFinder&&) noexcept = default;
TurningPointFinder::~TurningPointFinder() = default;

ExplainedTrial TurningPointFinder::explain(std::uint64_t trial) {
  return state_->explain(trial);
}

double TurningPoint::decisiveness() const {
  double sum = 0;
  for (const Alternative& alternative : alternatives) sum += alternative.probability;
  return sum;
}

}  // namespace truce::analysis
