#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Ledger;
class Phases;
class Tranches;

/// A dated tranche that is still to come.
struct Dated {
  double time = 0;
  std::uint64_t order = 0;  ///< of scheduling
  ObligationId obligation;
  DueEntryId entry;
};

/// Dated tranches that go on as long as a phase is active.
struct Series {
  double start = 0;
  double every = 0;
  std::uint32_t number = 0;  ///< of the next one
  ObligationId obligation;
  DueEntryId entry;
  std::uint32_t run = 0;  ///< of the phase
  SlotId slot;            ///< of the next one
};

struct DueDatesState {
  std::vector<Dated> dated;  ///< the latest first
  Pool<SeriesId, Series> series;
};

/// When tranches fall due by date. The dates of a phase are known when it begins, and may be many:
/// they wait in a list, of which the agenda holds the next one alone. A phase's dates outlast it;
/// its series end with it.
class DueDates : public Saved<DueDatesState> {
 public:
  DueDates(World& world, const Phases& phases, Tranches& tranches, Ledger& ledger)
      : world_(world), phases_(phases), tranches_(tranches), ledger_(ledger) {}
  void reset();

  /// Adds the dates of an obligation of a phase that begins now; `order` is to follow.
  void add(ObligationId id);
  void order();
  /// The next date has come.
  void step();
  void step(SeriesId id);
  [[nodiscard]] const std::string& name_of(SeriesId id) const {
    return world_.model.obligations[state_.series[id].obligation].name;
  }
  /// Forgets all.
  void lapse();

 private:
  void add(const Obligation& obligation, ObligationId id, DueEntryId entry);
  void schedule_next();

  World& world_;
  const Phases& phases_;
  Tranches& tranches_;
  Ledger& ledger_;
};

}  // namespace truce::model
