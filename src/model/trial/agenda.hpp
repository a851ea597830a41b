#pragma once

#include <cstdint>
#include <exception>
#include <vector>

#include "engine/calendar.hpp"
#include "model/model.hpp"
#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"

namespace truce::model {

/// What a slot of the calendar does when its time comes.
enum class StepKind : std::uint32_t {
  // Of which there is one; each has the slot of its number.
  horizon,
  tick,
  window,  ///< the next opening or closing
  phase_limit,
  due,  ///< the next dated tranche
  // Of which each entity has one.
  incident,
  trigger,
  mortality,
  talks_step,
  talks_deadline,
  // Lent.
  series,           ///< the next of a series without end: SeriesId
  tranche,          ///< the next step of a tranche: TrancheId
  mediation,        ///< the end of one: DisputeId
  restraint,        ///< beginning or end of a hold or suspension: RestraintId
  delayed_effects,  ///< DelayedId
  free
};

struct Step {
  StepKind kind = StepKind::free;
  AnyId subject;
};

/// More steps are pending than a trial may have.
struct AgendaFull : std::exception {};

struct AgendaState {
  engine::Calendar calendar;
  std::vector<Step> steps;  ///< by slot
  FreeIds<SlotId> free;
  double now = 0;
};

/// The time of a trial and the steps that are still to come. Slots are of two sorts. Those that are
/// always there (`fixed`) stand for the same step in every trial, pending or not: the horizon, the
/// tick, the windows' next change, the phase's limit, the next dated tranche, and those of
/// incidents, triggers, cohorts and talks. All others are lent: `schedule` lends one, which comes
/// back when its step begins or is cancelled; who keeps its id forgets it then.
class Agenda : public Saved<AgendaState> {
 public:
  using Rank = engine::Rank;

  explicit Agenda(const Model& model);
  /// Nothing is pending, on day 0.
  void reset();

  [[nodiscard]] double now() const { return state_.now; }
  /// Time moves on, never past a pending step.
  void advance(double time) {
    TRUCE_EXPECT(time >= state_.now && !(time > first_time()));
    state_.now = time;
  }

  // Slots that are always there.
  [[nodiscard]] static constexpr SlotId slot(StepKind only) {
    return SlotId{static_cast<std::size_t>(only)};
  }
  [[nodiscard]] SlotId slot(IncidentId id) const { return SlotId{first_timer + id.index()}; }
  [[nodiscard]] SlotId slot(TriggerId id) const { return SlotId{triggers_ + id.index()}; }
  [[nodiscard]] SlotId slot(CohortId id) const { return SlotId{cohorts_ + id.index()}; }
  [[nodiscard]] SlotId slot(TalksId id) const { return SlotId{talks_ + id.index()}; }
  [[nodiscard]] SlotId deadline(TalksId id) const { return SlotId{deadlines_ + id.index()}; }
  [[nodiscard]] bool fixed(SlotId slot) const { return slot.index() < fixed_; }
  /// Place of an incident's, trigger's or cohort's slot among all of these; of any other slot, a
  /// number that is as large as their number, or larger.
  [[nodiscard]] static std::size_t timer_of(SlotId slot) {
    return static_cast<std::uint32_t>(slot.index()) - static_cast<std::uint32_t>(first_timer);
  }
  [[nodiscard]] std::size_t timers() const { return talks_ - first_timer; }

  /// Lends a slot to the step, to come at `time`, not before now. Throws AgendaFull.
  SlotId schedule(Step step, double time);
  /// Puts a slot that is always there at `time`, in place of what it was at before.
  void schedule_fixed(SlotId slot, double time, Rank rank = Rank::step) {
    TRUCE_EXPECT(fixed(slot) && time >= state_.now);
    state_.calendar.schedule(slot.index(), time, rank);
  }
  void cancel_fixed(SlotId slot) {
    TRUCE_EXPECT(fixed(slot));
    state_.calendar.cancel(slot.index());
  }
  /// Cancels and forgets a slot that was lent; nothing where there is none.
  void cancel(SlotId& slot);

  /// Takes the next place in the order of scheduling, for the slot `due` to be scheduled with
  /// later.
  [[nodiscard]] std::uint64_t reserve() { return state_.calendar.reserve(); }
  void schedule_due(double time, std::uint64_t order) {
    TRUCE_EXPECT(time >= state_.now);
    state_.calendar.schedule_reserved(slot(StepKind::due).index(), time, order);
  }

  [[nodiscard]] bool pending(SlotId slot) const { return state_.calendar.pending(slot.index()); }
  /// Infinite where nothing is pending.
  [[nodiscard]] double time_of(SlotId slot) const { return state_.calendar.time_of(slot.index()); }
  /// The slot that comes first, and its time, once the slot has been asked for.
  [[nodiscard]] SlotId first() { return SlotId{state_.calendar.first()}; }
  [[nodiscard]] double first_time() const { return state_.calendar.first_time(); }
  [[nodiscard]] const Step& step(SlotId slot) const { return state_.steps[slot.index()]; }
  /// The first step begins: its slot is empty, and given back if it was lent.
  Step begin(SlotId slot);

  /// How many places have been taken in the order of scheduling, and the place of a pending slot.
  [[nodiscard]] std::uint64_t scheduled() const { return state_.calendar.scheduled(); }
  [[nodiscard]] std::uint64_t order_of(SlotId slot) const {
    return state_.calendar.order_of(slot.index());
  }
  /// The steps of all slots, of which only those that are `pending` will come.
  [[nodiscard]] Ids<SlotId> slots() const { return Ids<SlotId>(state_.steps.size()); }

  static constexpr std::size_t most_pending = std::size_t{1} << 20U;

 private:
  static constexpr auto first_timer = static_cast<std::size_t>(StepKind::incident);

  void more_slots();

  std::size_t triggers_, cohorts_, talks_, deadlines_, fixed_;
  // What a trial starts with.
  std::vector<Step> steps_;
  FreeIds<SlotId> free_;
};

inline SlotId Agenda::schedule(Step step, double time) {
  TRUCE_EXPECT(time >= state_.now);
  if (state_.free.empty()) [[unlikely]]
    more_slots();
  const SlotId slot = state_.free.take();
  state_.steps[slot.index()] = step;
  state_.calendar.schedule(slot.index(), time);
  return slot;
}

inline void Agenda::cancel(SlotId& slot) {
  if (!slot.valid()) return;
  TRUCE_EXPECT(!fixed(slot));
  state_.calendar.cancel(slot.index());
  state_.steps[slot.index()] = Step{};
  state_.free.give(slot);
  slot = SlotId{};
}

inline Step Agenda::begin(SlotId slot) {
  const Step step = state_.steps[slot.index()];
  state_.calendar.begin(slot.index());
  if (!fixed(slot)) {
    state_.steps[slot.index()] = Step{};
    state_.free.give(slot);
  }
  return step;
}

}  // namespace truce::model
