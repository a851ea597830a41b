#pragma once

#include <cstdint>
#include <string>
#include <tuple>

#include "model/trial/answers.hpp"
#include "model/trial/cohorts.hpp"
#include "model/trial/disputes.hpp"
#include "model/trial/drift.hpp"
#include "model/trial/due_dates.hpp"
#include "model/trial/effects.hpp"
#include "model/trial/hazards.hpp"
#include "model/trial/incidents.hpp"
#include "model/trial/initial_values.hpp"
#include "model/trial/ledger.hpp"
#include "model/trial/loop_guard.hpp"
#include "model/trial/measures.hpp"
#include "model/trial/mediator.hpp"
#include "model/trial/negotiations.hpp"
#include "model/trial/performance.hpp"
#include "model/trial/phases.hpp"
#include "model/trial/responses.hpp"
#include "model/trial/restraints.hpp"
#include "model/trial/tranches.hpp"
#include "model/trial/triggers.hpp"
#include "model/trial/windows.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

/// The walk of one trial through a model. It wires the components, each of which has its own state
/// and rules, and calls the one that a step of the agenda is for.
///
///     trial.start(0, record, nullptr);
///     while (!trial.ended()) trial.step();
///     trial.finish(record);
///
/// Between two steps all that follows from the steps before has followed: no event is left to be
/// heard, and no condition to be read. There the state can be saved; what is drawn and done after a
/// restore is what would have been without.
class Trial {
 public:
  Trial(const Model& model, const SimulatorSettings& settings);
  Trial(const Trial&) = delete;  // the components name one another
  Trial& operator=(const Trial&) = delete;
  ~Trial() = default;

  /// All at once.
  void run(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook = nullptr);

  /// Begins a trial, up to its first step. The record is told of the parameters drawn. An exception
  /// here or in `step` leaves a trial that can only be started or restored.
  void start(std::uint64_t number, TrialRecord& record, TraceSink* sink, DrawHook* hook = nullptr);
  /// Who hears of what follows, and is handed its draws.
  void listen(TraceSink* sink, DrawHook* hook) { world_.listen(sink, hook); }
  [[nodiscard]] bool ended() const { return phases_.stopped(); }
  /// Whether the ending has been reached.
  [[nodiscard]] bool over() const { return phases_.over(); }
  [[nodiscard]] double now() const { return world_.now(); }
  /// When the next step comes; infinite where the trial has ended.
  [[nodiscard]] double next_time();
  /// What an expression comes to on a day from now to the next step.
  [[nodiscard]] double value(const Expr& expression, double day);
  [[nodiscard]] double value(VariableId variable) const { return world_.value(variable); }
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
  using State = std::tuple<EvaluatorState, AgendaState, DependenciesState, LoopGuardState,
                           DriftState, WindowsState, PhasesState, DueDatesState, TranchesState,
                           LedgerState, AnswersState, DisputesState, RestraintsState, HazardsState,
                           NegotiationsState, EffectsState, MeasuresState>;

  /// Saves into `state`, which allocates only while it grows beyond what it has held before.
  void save(State& state) const;
  [[nodiscard]] State save() const {
    State state;
    save(state);
    return state;
  }
  /// Puts the trial where it was; who listens is told of what follows.
  void restore(const State& state);
  /// What is drawn from here on comes from streams of its own, keyed by this number as well; what
  /// has been drawn stays, such as budgets of timers. Fork 0 keeps the streams.
  void fork(std::uint64_t number) { world_.numbers.fork(number); }

 private:
  World world_;

  // The components, in the order in which a trial resets them. They hold references to one another,
  // and call nobody while they are made.
  LoopGuard guard_{world_};
  InitialValues initial_values_{world_};
  Drift drift_{world_};
  Windows windows_{world_};
  Cohorts cohorts_{world_};
  Restraints restraints_{world_};
  Hazards hazards_{world_};
  Disputes disputes_{world_.model.obligations.size()};
  Ledger ledger_{world_};
  Phases phases_{world_,    due_dates_,  tranches_,     ledger_, answers_,
                 mediator_, restraints_, negotiations_, effects_};
  DueDates due_dates_{world_, phases_, tranches_, ledger_};
  Tranches tranches_{world_, cohorts_, disputes_, restraints_, ledger_, performance_};
  Answers answers_{world_, tranches_};
  Performance performance_{world_,   phases_,     cohorts_,  tranches_,  ledger_,
                           answers_, restraints_, mediator_, responses_, effects_};
  Mediator mediator_{world_, disputes_, tranches_, performance_, phases_};
  Responses responses_{world_, phases_, tranches_, mediator_, restraints_, incidents_};
  Incidents incidents_{world_, phases_, hazards_, responses_, effects_};
  Negotiations negotiations_{world_, effects_};
  Effects effects_{world_, phases_, cohorts_, tranches_, restraints_, incidents_, negotiations_};
  Triggers triggers_{world_, guard_, phases_, tranches_, effects_};
  Measures measures_{world_, phases_};
  const double horizon_;

  void take_step();
  void dispatch(SlotId slot);
  void begin_hazards();
  [[nodiscard]] std::string rule_of(SlotId slot) const;
  [[noreturn]] void refuse_more_pending() const;
  /// What `act` does, with the message of an agenda that is full.
  template <class Act>
  void guarded(const Act& act);

  /// All components that have a state, in the order of `State`.
  template <class Self>
  static auto components_of(Self& self) {
    return std::tie(self.world_.numbers, self.world_.agenda, self.world_.dependencies, self.guard_,
                    self.drift_, self.windows_, self.phases_, self.due_dates_, self.tranches_,
                    self.ledger_, self.answers_, self.disputes_, self.restraints_, self.hazards_,
                    self.negotiations_, self.effects_, self.measures_);
  }
};

}  // namespace truce::model
