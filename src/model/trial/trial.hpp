#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "model/trial/components.hpp"

namespace truce::model {

/// The walk of one trial through a model, step by step of the agenda; what a step does is its
/// component's.
///
///     trial.start(0, record, nullptr);
///     while (!trial.ended()) trial.step();
///     trial.finish(record);
///
/// Between two steps all that follows from the steps before has followed: no event is left to be
/// heard, and no condition to be read. There the state can be saved; what is drawn and done after a
/// restore is what would have been without.
class Trial : private Components {
 public:
  Trial(const Model& model, const SimulatorSettings& settings);

  /// All at once.
  void run(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook = nullptr);

  /// Begins a trial, up to its first step. The record is told of the parameters drawn. An exception
  /// here or in `step` leaves a trial that can only be started or restored.
  void start(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook = nullptr);
  /// Who hears of what follows, and is handed its draws.
  void listen(TraceSink* sink, DrawHook* hook) { world.listen(sink, hook); }
  [[nodiscard]] bool ended() const { return phases.stopped(); }
  /// Whether the ending has been reached.
  [[nodiscard]] bool over() const { return phases.over(); }
  [[nodiscard]] double now() const { return world.now(); }
  /// When the next step comes; infinite where the trial has ended.
  [[nodiscard]] double next_time();
  /// What an expression comes to on a day from now to the next step.
  [[nodiscard]] double value(const Expr& expression, double day);
  [[nodiscard]] double value(VariableId variable) const { return world.value(variable); }
  /// Takes the next step, of a trial that has not ended.
  void step();
  /// Goes on to the end and fills the record.
  void go_on(TrialRecord& record);
  /// Goes on until the ending can no longer change, which may be before the end; returns it.
  EndingId go_on_to_ending();
  /// Fills the record of a trial that has ended.
  void finish(TrialRecord& record);

  /// The state of a trial between two steps, as a value: it can be copied and kept, and belongs to
  /// all trials of the same model and settings.
  using State = decltype(states(lasting(std::declval<const Components&>())));

  /// Saves into `state`, which allocates only while it grows beyond what it has held before.
  void save(State& state) const;
  /// Puts the trial where it was; who listens is told of what follows.
  void restore(const State& state);
  /// What is drawn from here on comes from streams of its own, keyed by this number as well; what
  /// has been drawn stays, such as budgets of timers. Fork 0 keeps the streams.
  void fork(std::uint64_t number) { world.numbers.fork(number); }

 private:
  const double horizon_;

  void take_step();
  [[nodiscard]] std::string rule_of(SlotId slot) const;
  [[noreturn]] void refuse_more_pending() const;
  /// What `act` does, with the message of an agenda that is full.
  template <class Act>
  void guarded(const Act& act);
};

}  // namespace truce::model
