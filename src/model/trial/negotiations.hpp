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
  /// By talks, for each that ratifies: the number which its probability must exceed; NaN
  /// where none has been drawn since they opened.
  std::vector<std::vector<double>> positions;
};

/// Talks: rounds until one agrees, then ratification, all of it before a deadline. Where positions
/// are fixed, a party's is drawn at its first ratification after an opening and stays while they
/// last. Talks are open or closed, as their variable says; while open their next round or
/// ratification is pending, and the deadline where there is one.
class Negotiations : public Saved<NegotiationsState> {
 public:
  Negotiations(World& world, Effects& effects) : world_(world), effects_(effects) {
    state_.ratifying.resize(world.model.talks.size());
    for (const Talks& talks : world.model.talks) {
      state_.positions.emplace_back(talks.ratify.size());
    }
  }
  void reset() { std::ranges::fill(state_.ratifying, std::uint8_t{0}); }

  /// Talks that are open stay as they are.
  void open(TalksId id);
  void close(TalksId id);
  /// Closes all.
  void lapse();
  /// A round, or the ratification, has come.
  void step(TalksId id);
  /// The deadline has come.
  void fail(TalksId id);

 private:
  void schedule_round(TalksId id);
  void ratify(TalksId id);
  bool accepts(TalksId id, std::size_t ratifier);
  void agree(TalksId id);

  World& world_;
  Effects& effects_;
};

}  // namespace truce::model
