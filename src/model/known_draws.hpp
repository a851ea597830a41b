#pragma once

#include <cstddef>
#include <map>
#include <optional>

#include "model/draw_hook.hpp"
#include "model/draw_outcomes.hpp"

namespace truce::model {

/// Replaces draws by their addresses, and takes outcomes as known. All others stay as drawn.
///
///     KnownDraws known;
///     known.know({stream, 2}, 1);  // the third decision of the stream is no
///     simulator.run(0, record, nullptr, &known);
///     const double log_weight = known.log_probability();
class KnownDraws : public DrawHook {
 public:
  /// The draw at `address` is `u`, 0 < u < 1.
  void replace(DrawAddress address, double u) { entries_[address] = {.u = u}; }
  /// The draw at `address` comes out as its outcome number `outcome`, in the order of
  /// `outcomes_of`; where in that outcome's part of (0, 1) is as drawn.
  void know(DrawAddress address, std::size_t outcome) {
    entries_[address] = {.outcome = outcome, .known = true};
  }
  /// The draw at `address` is of a value with few outcomes, and comes out as `value`.
  void know_value(DrawAddress address, double value) {
    entries_[address] = {.value = value, .known = true, .by_value = true};
  }
  void clear() { entries_.clear(); }

  /// Before a trial: nothing has been met yet.
  void begin() { log_probability_ = 0, met_ = 0; }
  /// Natural logarithm of the probability of all known outcomes that were met since `begin`, given
  /// what came before each. Minus infinity where one of them could not come about: that draw
  /// stayed as it was.
  [[nodiscard]] double log_probability() const { return log_probability_; }
  /// How many of the addresses were drawn at since `begin`.
  [[nodiscard]] std::size_t met() const { return met_; }

  double on_draw(const OfferedDraw& draw) override;

 private:
  struct Entry {
    double u = 0;
    std::size_t outcome = 0;
    double value = 0;
    bool known = false;
    bool by_value = false;
  };
  /// Where a draw comes out as known; nothing where it cannot.
  static std::optional<DrawOutcome> outcome_of(const OfferedDraw& draw, const Entry& entry);

  std::map<DrawAddress, Entry> entries_;
  double log_probability_ = 0;
  std::size_t met_ = 0;
};

}  // namespace truce::model
