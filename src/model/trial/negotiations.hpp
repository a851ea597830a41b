#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "model/trial/saved.hpp"
#include "model/trial/world.hpp"

namespace truce::model {

class Effects;

struct NegotiationsState {
  std::vector<std::uint8_t> ratifying;  ///< by talks
};

/// Talks: rounds until one agrees, then ratification, all of it before a deadline. Talks are open
/// or closed, as their variable says; while open their next round or ratification is pending, and
/// the deadline where there is one.
class Negotiations : public Saved<NegotiationsState> {
 public:
  Negotiations(World& world, Effects& effects) : world_(world), effects_(effects) {
    state_.ratifying.resize(world.model.talks.size());
  }
  void reset() { std::ranges::fill(state_.ratifying, std::uint8_t{0}); }

  /// Talks that are open stay as they are.
  void open(TalksId id);
  void close(TalksId id);
  /// A round, or the ratification, has come.
  void step(TalksId id);
  /// The deadline has come.
  void fail(TalksId id);

 private:
  void schedule_round(TalksId id);
  void ratify(TalksId id);
  void agree(TalksId id);

  World& world_;
  Effects& effects_;
};

}  // namespace truce::model
