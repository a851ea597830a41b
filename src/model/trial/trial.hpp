#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "engine/calendar.hpp"
#include "engine/hazard.hpp"
#include "model/simulator.hpp"
#include "model/trial/column_plan.hpp"
#include "model/trial/evaluator.hpp"
#include "model/trial/loop_watch.hpp"
#include "model/trial/pool.hpp"
#include "model/trial/records.hpp"

namespace truce::model {

/// The walk of one trial through a model: its state, and the rules by which it changes. Member
/// functions are grouped by subject, one source file each.
class Trial {
 public:
  Trial(const Model& model, const SimulatorSettings& settings);

  void run(std::uint64_t number, TrialRecord& record, ChronicleSink* sink);

 private:
  using Rank = engine::Rank;
  static constexpr double infinity = std::numeric_limits<double>::infinity();
  static constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

  // set_up.cpp: day 0.
  void reset(std::uint64_t number);
  void set_up();
  void set_parameters();
  void draw_parameters(TrialRecord& record);
  void draw_correlated_parameters();
  void draw_initial_values();

  // trial.cpp: the course of a trial.
  void step();
  std::uint32_t next_slot();
  void dispatch(std::uint32_t slot);
  void tick();
  void end(EndingId ending);

  // bounds.cpp: what keeps a trial from going on for ever, or growing beyond memory.
  static constexpr std::uint32_t longest_chain = 100'000;
  static constexpr std::uint32_t most_pending = 1U << 20U;
  void next_generation(std::uint32_t slot);
  void lengthen_reaction();
  template <class Name>
  void watch_chain(std::uint32_t length, const Name& last);
  void look_up();
  [[noreturn]] void refuse_more_pending() const;
  [[noreturn]] void refuse_raised(double count) const;
  [[nodiscard]] std::string rule_of(const Step& step) const;

  // steps.cpp: slots of the calendar.
  std::uint32_t schedule(Step step, double time, Rank rank = Rank::step);
  void schedule_fixed(std::uint32_t slot, double time, Rank rank = Rank::step);
  void cancel(std::uint32_t& slot);
  void more_slots();
  [[nodiscard]] Step fixed_step(std::uint32_t slot) const;

  // values.cpp: checked values, variables, and what depends on them.
  void set(VariableId id, double x);
  void add(VariableId id, double amount);
  [[nodiscard]] double value(VariableId id) const { return numbers_.value(id); }
  [[nodiscard]] double& cell(VariableId id) { return numbers_.value(id); }
  /// Marks what reads a variable that has changed.
  void touch(VariableId id);
  void mark(ReactorId id);
  void mark(std::span<const Marks> marks);
  double duration(const Expr& expression, const std::string& owner, const char* key,
                  double fallback = 0);
  double rate(const Expr& expression, const std::string& owner);
  static double persons(double x, const std::string& owner);
  bool chance(const Expr& expression, PlaceId place);
  [[noreturn]] static void refuse_duration(const std::string& owner, const char* key, double days);
  [[noreturn]] static void refuse_rate(const std::string& owner, double per_day);
  [[noreturn]] static void refuse_persons(const std::string& owner, double x);
  [[noreturn]] void refuse_probability(PlaceId place, double p) const;
  std::size_t choose(std::span<const Expr> weights, PlaceId place);
  void assign(LevelId id, double x);
  void shift_trust(PartyId party, Expr Party::*amount);
  void shift(LevelId level, const Expr& amount);

  // reactions.cpp: events, triggers, conditions.
  void raise(EventId event, double amount = not_a_number);
  void settle();
  [[nodiscard]] bool unsettled() const;
  void settle_all();
  void drain();
  bool react_to_first_condition();
  bool react_to(std::uint32_t condition);
  [[nodiscard]] const Expr& condition_of(const Reactor& reactor) const;
  bool refresh_rates();
  void refresh_rate(const Reactor& reactor);
  void fire(TriggerId id);

  // measures.cpp
  void read_measures();
  void read_measure(std::size_t index);
  void prepare_measures();
  void prepare_columns();
  void record(TrialRecord& record);
  [[nodiscard]] double other_column(const Column& column);
  static constexpr double whole_limit = 2147483648;  ///< of columns of whole numbers, exclusive
  [[noreturn]] static void refuse_whole(const std::string& name, double x);

  // effects.cpp
  void act(Range effects, const Portion& portion);
  void act_later(Range group, const Portion& portion, double delay);
  void act_delayed(std::uint32_t delayed);
  void act_group(Range group, const Portion& portion);
  void act(const Effect& effect, const Portion& portion);
  void act_whole(const Effect& effect);
  [[nodiscard]] const std::string& name_of(const Effect& effect) const;

  // cohorts.cpp
  [[nodiscard]] double held(const Obligation& obligation) const;
  void free_persons(CohortId id, Delivery which, double count);
  void die(CohortId id);
  void refresh_mortality(CohortId id);

  // phases.cpp
  void begin_phase(PhaseId id);
  void leave_phase();
  void rule_on_phase();
  void extend_phase(double days);
  void collapse(CauseId cause);

  // dates.cpp: tranches that fall due by date.
  void add_dates(const Obligation& obligation, ObligationId id);
  void order_dates();
  void schedule_next_date();
  void step_date();
  void step_series(std::uint32_t series);

  // tranches.cpp: falling due, waiting, starting, deciding.
  void fall_due(std::uint32_t tranche);
  std::uint32_t new_tranche(ObligationId id);
  [[nodiscard]] bool blocked(ObligationId id) const;
  void wait(std::uint32_t tranche);
  void release_waiting();
  void start(std::uint32_t tranche);
  void start_singly(std::uint32_t tranche, double count);
  void decide(std::uint32_t tranche);
  void step_tranche(std::uint32_t tranche);
  double share_of(const Expr& expression, const std::string& owner, const char* key);
  void close(std::uint32_t tranche);
  void lapse_tranches();

  // performance.cpp: performing, being seen, answers.
  void perform(std::uint32_t tranche);
  void perform_release(Tranche& tranche, const Obligation& obligation);
  void see(std::uint32_t tranche);
  void fulfil(std::uint32_t tranche);
  void breach(std::uint32_t tranche);
  void remedy(std::uint32_t tranche);
  double full_share(const Obligation& obligation);
  void join_answers(Tranche& tranche, Upon upon);
  void trigger_answers(ObligationId id, Upon upon);

  // responses.cpp: what a side does about a breach; holds and suspensions.
  void respond(PolicyId policy, PartyId party, Subject kind, std::uint32_t subject,
               std::uint32_t tranche, PlaceId place);
  void restrain(RestraintKind kind, std::uint32_t target, double lasts, double notice,
                std::uint64_t tranche);
  void step_restraint(std::uint32_t id);
  void activate(std::uint32_t id);
  void lift(std::uint32_t id);
  void lift_all(RestraintKind kind, std::uint32_t target);
  void lift_over(std::uint64_t tranche);
  template <class Predicate>
  void lift_where(Predicate predicate);
  [[nodiscard]] const std::string& restraint_target(const Restraint& restraint) const;
  void lapse_restraints();

  // disputes.cpp
  void open_dispute(Subject kind, std::uint32_t subject, std::uint32_t tranche);
  void mediate();
  void conclude(std::uint32_t dispute);
  void settle_dispute(std::uint32_t dispute);
  void drop_dispute(std::uint32_t dispute);
  void close_dispute(std::uint32_t dispute);
  void enqueue(std::uint32_t dispute);
  void take_from_queue(std::uint32_t dispute);
  Unsettled unsettled(PlaceId place);
  void lapse_disputes();

  // incidents.cpp
  void occur(IncidentId id);
  void refresh_incident(IncidentId id);
  void refresh_trigger_rate(TriggerId id);
  void restart(engine::HazardTimer& timer, PlaceId place);
  void refresh(engine::HazardTimer& timer, std::uint32_t slot, double running, double rate,
               double decay);
  /// Moves a timer that is scheduled too early, if this is one.
  bool refine(std::uint32_t slot);
  engine::HazardTimer& timer_of(IncidentId id);
  engine::HazardTimer& timer_of(TriggerId id);
  engine::HazardTimer& timer_of(CohortId id);

  // talks.cpp
  void open_talks(TalksId id);
  void close_talks(TalksId id);
  void schedule_round(TalksId id);
  void step_talks(TalksId id);
  void ratify(TalksId id);
  void agree(TalksId id);
  void fail_talks(TalksId id);

  // telling.cpp: the chronicle. `because` and `note` cost a test of a pointer when nobody listens.
  void tell(std::string_view what, PartyId who, double amount);
  void tell_event(EventId id, double amount);
  [[nodiscard]] bool telling() const {
    if (sink_ != nullptr) [[unlikely]]
      return true;
    return false;
  }
  void note(const std::string& owner, const char* what, double amount = not_a_number) {
    if (telling()) tell_note(owner, what, amount);
  }
  void tell_note(const std::string& owner, const char* what, double amount);

  const Model model_;  ///< a copy: one indirection less wherever it is read
  SimulatorSettings settings_;
  ChronicleSink* sink_ = nullptr;
  std::string why_;
  double horizon_;
  double tick_;

  // State of the trial.
  Evaluator numbers_;
  engine::Calendar calendar_;
  std::vector<Step> steps_;
  FreeNumbers free_slots_;
  double now_ = 0;
  std::uint64_t ticks_ = 0;
  std::uint64_t events_ = 0;
  std::uint64_t next_look_ = 0;  ///< number of events at which to look up
  std::uint64_t reactions_ = 0;  ///< events that triggers have heard
  std::uint64_t next_look_at_reactions_ = 0;
  std::uint64_t generation_end_ = 0;  ///< place of the first step caused by those at this time
  std::uint32_t generation_ = 0;      ///< of steps at this time
  std::uint32_t reaction_ = 0;        ///< links of the chain of reactions to one step
  LoopWatch watch_;
  std::uint32_t nested_ = 0;
  bool ended_ = false;
  bool collapsing_ = false;
  bool collapsed_ = false;
  EndingId ending_;
  CauseId cause_;

  std::vector<EventId> raised_;
  std::size_t raised_done_ = 0;
  std::vector<std::uint64_t> dirty_;           ///< marks of the reactors to be read
  std::vector<std::uint8_t> condition_holds_;  ///< by reactor

  PhaseId phase_;
  std::uint32_t phase_run_ = 0;
  std::uint32_t ruling_run_ = none;
  bool extended_ = false;

  std::vector<Dated> dated_;  ///< the latest first; the next alone is in the calendar
  Pool<Series> series_;
  Pool<DelayedEffects> delayed_;
  Pool<Tranche> tranches_;
  std::uint64_t due_order_ = 0;
  std::uint64_t serial_ = 0;
  std::uint32_t first_waiting_ = none;  ///< in the order in which they fell due
  std::uint32_t last_waiting_ = none;
  std::vector<ObligationState> obligations_;
  std::vector<std::uint32_t> suspensions_;  ///< by party

  Pool<Dispute> disputes_;
  std::uint32_t queue_first_ = none;
  std::uint32_t queue_last_ = none;
  std::uint32_t teams_busy_ = 0;
  Pool<Restraint> restraints_;
  std::uint32_t active_restraints_ = 0;

  std::vector<engine::HazardTimer> timers_;  ///< incidents, then triggers, then cohorts
  std::vector<TalksState> talks_;

  std::vector<MeasureState> measures_;
  std::vector<MeasureState> unread_;  ///< what measures start as
  ColumnPlan columns_;
  std::vector<Segment> segments_;
  std::vector<double> new_levels_;
  std::vector<double> scores_;

  // Slots that are always there.
  static constexpr std::uint32_t horizon_slot = 0;
  static constexpr std::uint32_t tick_slot = 1;
  static constexpr std::uint32_t limit_slot = 2;
  static constexpr std::uint32_t due_slot = 3;
  static constexpr std::uint32_t first_timer_slot = 4;  ///< those of `timers_`, in their order
  [[nodiscard]] std::uint32_t incident_slot(IncidentId id) const;
  [[nodiscard]] std::uint32_t trigger_slot(TriggerId id) const;
  [[nodiscard]] std::uint32_t cohort_slot(CohortId id) const;
  [[nodiscard]] std::uint32_t talks_slot(TalksId id) const;
  [[nodiscard]] std::uint32_t deadline_slot(TalksId id) const;
  std::uint32_t fixed_slots_ = 0;
};

}  // namespace truce::model

#include "model/trial/trial_inline.hpp"
