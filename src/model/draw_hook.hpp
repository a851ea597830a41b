#pragma once

#include <cstdint>
#include <span>

#include "engine/distributions.hpp"
#include "model/ids.hpp"

namespace truce::model {

/// Where a draw stands in its trial: number `number` of a stream, counted from 0.
struct DrawAddress {
  StreamId stream;
  std::uint32_t number = 0;
  auto operator<=>(const DrawAddress&) const = default;
};

/// What a uniform number is drawn for.
enum class DrawUse : std::uint8_t {
  chance,    ///< yes where u is below `probability`; may be certain (0 or 1)
  choice,    ///< among alternatives with `shares`; may be certain (one share is 1)
  position,  ///< yes where u is below `probability`, and kept to be held against later ones, too
  value,     ///< becomes a value of a distribution, or the budget of a timer
};

/// What a draw for a value becomes at u: a view of a quantile function.
class ValueAt {
 public:
  using Function = double (*)(const void* source, double u);
  ValueAt() = default;
  ValueAt(const void* source, Function function) : source_(source), function_(function) {}
  /// For 0 < u < 1.
  double operator()(double u) const { return function_(source_, u); }

 private:
  const void* source_ = nullptr;
  Function function_ = nullptr;
};

/// A draw that is about to be used. What it refers to is there during the call only.
struct OfferedDraw {
  DrawAddress address;
  double time = 0;  ///< days
  double u = 0;     ///< as it was drawn, 0 < u < 1
  DrawUse use = DrawUse::value;
  double probability = 0;             ///< of a chance or a position: of yes
  std::span<const double> shares;     ///< of a choice, by alternative; their sum is 1
  ValueAt value;                      ///< of a value
  engine::Family family;              ///< of a value of one of the families, not truncated
  std::span<const double> arguments;  ///< of that family; empty for other values
};

/// Is handed every draw of a trial before it is used.
class DrawHook {
 public:
  virtual ~DrawHook() = default;
  /// The number to be used, above 0 and below 1: `draw.u`, or another in its place. The stream
  /// goes on as if nothing had been replaced.
  virtual double on_draw(const OfferedDraw& draw) = 0;
};

}  // namespace truce::model
