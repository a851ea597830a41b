#pragma once

#include <cstdint>
#include <memory>

#include "model/draw_hook.hpp"
#include "model/model.hpp"
#include "model/simulator.hpp"

namespace truce::model {

/// Where a walk stands between two steps, as a value. It belongs to all walks of the same model and
/// settings.
class WalkState {
 public:
  WalkState();
  WalkState(WalkState&&) noexcept;
  WalkState& operator=(WalkState&&) noexcept;
  ~WalkState();

 private:
  friend class TrialWalk;
  struct Held;
  std::unique_ptr<Held> held_;
};

/// A trial of a Simulator's that is looked at on its way: between two steps expressions of its
/// model can be read, and it can be saved and forked. One per thread.
///
///     walk.start(17, record, nullptr);
///     while (walk.next_time() <= 20) walk.step();
///     const bool held = walk.value(condition, 20) != 0;  // on day 20, after its last step
///     walk.go_on(record);                                // the row of trial 17
class TrialWalk {
 public:
  TrialWalk(const Model& model, const SimulatorSettings& settings);
  TrialWalk(TrialWalk&&) noexcept;
  TrialWalk& operator=(TrialWalk&&) noexcept;
  ~TrialWalk();

  // These throw as Simulator::run does; then the walk can only be started or restored.
  /// Up to before the first step; the record is told of the parameters drawn.
  void start(std::uint64_t trial, TrialRecord& record, DrawHook* hook);
  /// When the next step comes; infinite where the trial has ended. Until then nothing changes but
  /// the time.
  [[nodiscard]] double next_time();
  void step();
  /// To the end; fills the record, but for `drawn`.
  void go_on(TrialRecord& record);

  /// Days since the start.
  [[nodiscard]] double now() const;
  /// What an expression of the model comes to on `day`, from now to the next step. It may not draw.
  [[nodiscard]] double value(const Expr& expression, double day);
  [[nodiscard]] double value(VariableId variable) const;

  /// Who is handed the draws that follow; may be absent.
  void listen(DrawHook* hook);
  /// Saves where it stands; allocates only while `into` grows beyond what it has held.
  void save(WalkState& into) const;
  void restore(const WalkState& saved);
  /// See Simulator::fork.
  void fork(std::uint64_t number);

 private:
  std::unique_ptr<class Trial> trial_;
};

}  // namespace truce::model
