#pragma once

#include <cstdint>
#include <vector>

#include "model/trial/breach_source.hpp"
#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"

namespace truce::model {

struct Dispute {
  enum class Stage : std::uint8_t {
    free,
    queued,
    mediated,   ///< a team has it
    concluded,  ///< a team had it, and it is to be queued again or closed
  };

  BreachSource source;
  TrancheId tranche;         ///< invalid where it is over an incident
  double severity = 0;       ///< of the incident
  SlotId slot;               ///< of the end of its mediation
  DisputeId next, previous;  ///< in the queue
  Stage stage = Stage::free;
};

struct DisputesState {
  Pool<DisputeId, Dispute> disputes;
  DisputeId first, last;  ///< of the queue
  std::uint32_t teams_busy = 0;
  std::vector<std::uint32_t> open_on;  ///< by obligation
};

/// The disputes that are open, and the queue of those that wait for a mediating team: first come,
/// first served; one whose mediation came to nothing queues up again as the last. Each team has one
/// dispute. It only keeps the books: what follows from a dispute is for the mediator.
class Disputes : public Saved<DisputesState> {
 public:
  explicit Disputes(std::size_t obligations) { state_.open_on.resize(obligations); }
  /// None are open, all teams are free.
  void reset();

  Dispute& operator[](DisputeId id) { return state_.disputes[id]; }
  [[nodiscard]] Ids<DisputeId> ids() const { return state_.disputes.ids(); }
  /// Whether a dispute over the obligation is open.
  [[nodiscard]] bool any_on(ObligationId id) const { return state_.open_on[id.index()] > 0; }
  [[nodiscard]] bool any_queued() const { return state_.first.valid(); }
  [[nodiscard]] std::uint32_t teams_busy() const { return state_.teams_busy; }

  /// A dispute that queues up.
  DisputeId open(BreachSource source, TrancheId tranche, double severity = 0);
  /// The first of the queue, which one of `teams` takes on; invalid where none is free or queued.
  DisputeId take(double teams);
  /// Its mediation is over, and the team free again.
  void conclude(DisputeId id);
  /// One that is concluded queues up again.
  void queue_again(DisputeId id);
  /// Closes one of any stage, with nothing pending for it; returns what it was.
  Dispute close(DisputeId id);

 private:
  void enqueue(DisputeId id);
  void unlink(DisputeId id);
};

}  // namespace truce::model
