#pragma once

namespace truce::model {

/// A component whose state between two events is a plain value: copied out, and copied in again.
/// Copying in allocates only while it grows beyond what was there before.
template <class StateType>
class Saved {
 public:
  using State = StateType;
  [[nodiscard]] const State& state() const { return state_; }
  void restore(const State& state) { state_ = state; }

 protected:
  Saved() = default;
  ~Saved() = default;

  State state_;
};

}  // namespace truce::model
