#pragma once

#include <string>

#include "model/trial/context.hpp"
#include "model/trial/pool.hpp"
#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Cohorts;
class Incidents;
class Negotiations;
class Phases;
class Restraints;
class Tranches;

/// How much of its effects a tranche performs: a share of the weight that is owed.
struct Portion {
  double share = 1;
  double weight = 1;
  bool full = true;  ///< whether effects that cannot be divided act
};

/// An effect with its followers, to act after a delay with the portion and context of what caused
/// it.
struct DelayedEffects {
  Portion portion;
  Context context;
  Range effects;
};

struct EffectsState {
  Pool<DelayedId, DelayedEffects> delayed;
};

/// Lets effects act, at once or after their delay, in the order in which they are written, up to an
/// `end` among them. After an ending what belongs to the agreement does nothing.
/// Those that follow one another from one entry share its condition, chance and delay.
class Effects : public Saved<EffectsState> {
 public:
  Effects(World& world, Phases& phases, Cohorts& cohorts, Tranches& tranches,
          Restraints& restraints, Incidents& incidents, Negotiations& negotiations)
      : world_(world),
        phases_(phases),
        cohorts_(cohorts),
        tranches_(tranches),
        restraints_(restraints),
        incidents_(incidents),
        negotiations_(negotiations) {}
  void reset() { state_.delayed.clear(); }

  void act(Range effects, const Portion& portion);
  /// Those that were delayed act now.
  void act_delayed(DelayedId id);
  /// Where the first of those that are delayed is written.
  [[nodiscard]] const std::string& name_of(DelayedId id) const;

 private:
  void act_later(Range group, const Portion& portion, double delay);
  /// Whether what is written behind it acts too.
  [[nodiscard]] bool act_group(Range group, const Portion& portion);
  void act(const Effect& effect, const Portion& portion);
  void act_whole(const Effect& effect);
  void release(CohortId id, Delivery which, const Expr& count);
  void let_die(CohortId id, const Expr& count);
  void transfer(const Effect& effect, Delivery which);
  void let_fall_due(ObligationId id, const Expr& amount);
  [[nodiscard]] const std::string& name_of(const Effect& effect) const;

  World& world_;
  Phases& phases_;
  Cohorts& cohorts_;
  Tranches& tranches_;
  Restraints& restraints_;
  Incidents& incidents_;
  Negotiations& negotiations_;
};

}  // namespace truce::model
