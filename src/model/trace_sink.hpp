#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace truce::model {

/// One thing that happened in a trial.
struct TraceEvent {
  double time = 0;        ///< days
  std::string_view what;  ///< an event (`release_civilians.breached`) or a step between events
  std::string_view who;   ///< the party whose event it is, or empty
  double amount = 0;      ///< persons, days or a new value; NaN where there is none
  std::string_view why;   ///< what led to it
};

/// What a uniform number was held against.
enum class Held : std::uint8_t {
  nothing,  ///< it became the value of a distribution, or a time
  chance,   ///< yes where it was below `probability`
  choice,   ///< among weighted alternatives: it fell into the share of the one chosen
};

struct FormulaValue {
  std::string_view name;
  double value = 0;  ///< a condition is 1 or 0
};

/// One uniform number drawn.
struct Draw {
  double time = 0;  ///< days
  std::string_view stream;
  std::uint32_t number = 0;  ///< counted from 0 of this stream in this trial
  double u = 0;
  Held held = Held::nothing;
  double probability = 0;    ///< of yes; of what was chosen
  double from = 0;           ///< of a choice: it was chosen for from <= u < from + probability
  std::uint32_t chosen = 0;  ///< of a choice: which alternative, counted from 0
  std::span<const FormulaValue> formulas;  ///< of a chance or choice: those that it depended on
};

/// Told everything that happens in a trial. The views are valid during the call only.
class TraceSink {
 public:
  virtual ~TraceSink() = default;
  virtual void on_event(const TraceEvent& event) = 0;
  virtual void on_draw(const Draw& draw) = 0;
};

}  // namespace truce::model
