#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

/// A party that is suspended, or an obligation that is held: one of both is valid.
struct RestraintTarget {
  explicit RestraintTarget(PartyId id) : party(id) {}
  explicit RestraintTarget(ObligationId id) : obligation(id) {}
  RestraintTarget() = default;

  PartyId party;
  ObligationId obligation;
  bool operator==(const RestraintTarget&) const = default;
};

/// A suspension of a party or a hold of an obligation.
struct Restraint {
  enum class Stage : std::uint8_t { free, announced, active };

  std::uint64_t tranche = 0;  ///< serial of the breached tranche, 0 where there is none
  double lasts = std::numeric_limits<double>::infinity();
  RestraintTarget target;
  SlotId slot;  ///< of its beginning (after notice) or end
  Stage stage = Stage::free;
};

struct RestraintsState {
  Pool<RestraintId, Restraint> restraints;
  std::uint32_t active = 0;
  std::vector<std::uint32_t> suspensions;  ///< by party: those that are active
  std::vector<std::uint32_t> holds;        ///< by obligation: those that are active
};

/// Suspensions and holds. Several may lie on one target: it is restrained while at least one is
/// active, and a party is halted by the first and resumes with the last. The variables `suspended`
/// and `restrained` say so too. Each restraint that is announced, or ends by itself, has one step
/// pending. Tranches that wait are looked at again whenever an active one is lifted.
class Restraints : public Saved<RestraintsState> {
 public:
  explicit Restraints(World& world);
  void reset();

  [[nodiscard]] bool held(ObligationId id) const { return state_.holds[id.index()] > 0; }
  [[nodiscard]] bool suspended(PartyId id) const { return state_.suspensions[id.index()] > 0; }

  /// Restrains the target for `lasts` days, after `notice` days; over the breach of a tranche, by
  /// its serial, or 0.
  void impose(RestraintTarget target, double lasts, double notice, std::uint64_t tranche);
  /// It begins after its notice, or ends.
  void step(RestraintId id);
  /// Lifts all on a target; all over the breach of a tranche; all.
  void lift_all(RestraintTarget target);
  void lift_over(std::uint64_t tranche);
  void lapse();

  [[nodiscard]] const std::string& target_name(RestraintId id) const;

 private:
  void activate(RestraintId id);
  void lift(RestraintId id);
  template <class Predicate>
  void lift_where(const Predicate& predicate);
  [[nodiscard]] const std::string& name_of(const RestraintTarget& target) const;

  World& world_;
};

}  // namespace truce::model
