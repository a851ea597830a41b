#pragma once

#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Answers;
class DueDates;
class Effects;
class Ledger;
class Mediator;
class Negotiations;
class Restraints;
class Tranches;

struct PhasesState {
  PhaseId phase;  ///< the active one, if any
  std::uint32_t run = 0;
  bool extended = false;
  bool collapsed = false;   ///< and not yet begun again
  bool collapsing = false;  ///< in the step that goes on
  bool stopped = false;     ///< nothing more happens
  EndingId ending;          ///< invalid until it is reached
  double ended_at = 0;
  CauseId cause;  ///< of the first collapse
};

/// The course of an agreement: its phases one after the other, its collapse, its ending, and the
/// end of the trial. At most one phase is active. `run` counts beginnings, so that what belongs to
/// one is told from what belongs to another of the same phase. A collapse leaves nothing pending of
/// what is owed, disputed or restrained, an ending nothing that is talked about either; after its
/// ending nothing of the agreement begins again. Once the trial has stopped nothing more happens.
class Phases : public Saved<PhasesState> {
 public:
  Phases(World& world, DueDates& dates, Tranches& tranches, Ledger& ledger, Answers& answers,
         Mediator& mediator, Restraints& restraints, Negotiations& negotiations, Effects& effects)
      : world_(world),
        dates_(dates),
        tranches_(tranches),
        ledger_(ledger),
        answers_(answers),
        mediator_(mediator),
        restraints_(restraints),
        negotiations_(negotiations),
        effects_(effects) {}
  void reset() {
    state_ = {.cause = CauseId{0}};
    ruling_run_ = none;
  }

  [[nodiscard]] PhaseId active() const { return state_.phase; }
  /// Whether run number `run` goes on.
  [[nodiscard]] bool goes_on(std::uint32_t run) const {
    return state_.phase.valid() && state_.run == run;
  }
  [[nodiscard]] std::uint32_t run() const { return state_.run; }
  [[nodiscard]] bool collapsing() const { return state_.collapsing; }
  /// Whether the ending has been reached.
  [[nodiscard]] bool over() const { return state_.ending.valid(); }
  /// Whether the trial is at its end.
  [[nodiscard]] bool stopped() const { return state_.stopped; }
  [[nodiscard]] EndingId ending() const { return state_.ending; }
  /// The time of the ending.
  [[nodiscard]] double ended_at() const { return state_.ended_at; }
  [[nodiscard]] CauseId cause() const { return state_.cause; }

  /// Begins a phase in place of the active one.
  void begin(PhaseId id);
  /// The active phase's time is up, or its condition holds: its rules say what follows, else the
  /// next phase does, or the end.
  void rule();
  /// Lets the active phase last longer, or, from its own rules, go on.
  void extend(double days);
  /// Ends the agreement at once. Once triggers have heard of it, `conclude_collapse` is due.
  void collapse(CauseId cause);
  /// Reaches the ending where a collapse does so.
  void conclude_collapse();
  /// Reaches the ending; the first one counts.
  void end(EndingId ending);
  /// The horizon has come: the trial stops. It is the ending where there was none.
  void stop();

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  void leave();
  void lapse();

  World& world_;
  DueDates& dates_;
  Tranches& tranches_;
  Ledger& ledger_;
  Answers& answers_;
  Mediator& mediator_;
  Restraints& restraints_;
  Negotiations& negotiations_;
  Effects& effects_;
  std::uint32_t ruling_run_ = none;  ///< while a rule of it acts
};

}  // namespace truce::model
