#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace truce::model {

/// One thing that happened in a trial.
struct Happening {
  double time = 0;        ///< days
  std::string_view what;  ///< an event (`release_civilians.breached`) or a step between events
  std::string_view who;   ///< the party whose event it is, or empty
  double amount = 0;      ///< persons, days or a new value; NaN where there is none
  std::string_view why;   ///< what led to it
};

/// One uniform number drawn.
struct Draw {
  double time = 0;  ///< days
  std::string_view place;
  std::uint32_t number = 0;  ///< counted from 0 at this place in this trial
  double u = 0;
};

/// Told everything that happens in a trial. The views are valid during the call only.
class ChronicleSink {
 public:
  virtual ~ChronicleSink() = default;
  virtual void happened(const Happening& happening) = 0;
  virtual void drew(const Draw& draw) = 0;
};

}  // namespace truce::model
