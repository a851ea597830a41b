#pragma once

#include <cstdint>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "model/draw_hook.hpp"
#include "model/simulator.hpp"

namespace truce::analysis {

/// What of a trial is looked at: its ending, or another outcome.
struct Watched {
  std::size_t column = 0;  ///< in Model::columns
  /// A number has become another one where it differs by so much or more, above 0; not used for
  /// what has labels or is yes or no.
  double by = 0;
};

/// The ending. Throws std::invalid_argument, with a suggestion, where the model has no such
/// outcome; where `by` is missing (NaN) for a number, or given for another kind; and where it is
/// not above 0.
Watched watched(const model::Model& model, const std::string& outcome = "ending",
                double by = std::numeric_limits<double>::quiet_NaN());

/// What may become of the watched outcome: its labels; "no" and "yes"; or, of a number, "lower",
/// "higher", "missing" and "present" (where it was missing). The last is always "fails": the trial
/// does.
std::vector<std::string> results_of(const model::Model& model, const Watched& watched);

/// Other outcomes of one draw that would have led to another result, all to the same one.
struct Alternative {
  double probability = 0;    ///< of them all together, given what came before the draw
  std::size_t outcome = 0;   ///< of a decision: its number in `outcomes_of`
  double low = 0, high = 0;  ///< of a value: the lowest and the highest of them
  std::size_t result = 0;    ///< in `results_of`
  double value_low = 0;      ///< of the watched column then; NaN where missing or it fails
  double value_high = 0;
};

/// A draw that, replaced with all else kept, could have changed the result.
struct TurningPoint {
  model::DrawAddress address;
  double time = 0;  ///< days
  model::DrawUse use = model::DrawUse::value;
  double u = 0;             ///< as it was drawn
  double probability = 0;   ///< of a chance: of yes
  std::size_t outcome = 0;  ///< of a decision: what it came to; its number in `outcomes_of`
  double value = 0;         ///< of a value
  std::vector<Alternative> alternatives;

  /// The probability that this draw, drawn once more on its own, changes the result.
  [[nodiscard]] double decisiveness() const;
};

/// One trial, with all its turning points in the order in which they were drawn.
struct ExplainedTrial {
  std::uint64_t trial = 0;
  model::TrialRecord record;  ///< as of a run; empty where it failed
  std::string failure;        ///< what it said where it failed; then nothing else is known
  std::vector<std::uint32_t> draws_of_stream;  ///< [stream]: how many the trial made
  std::vector<TurningPoint> points;
};

/// Finds turning points, one trial at a time. One per thread.
///
/// Each draw is replaced, with all others as they are drawn in their streams: a decision by each
/// other outcome, a value of a discrete distribution with at most 8 values by each other one, any
/// other value by 8 equidistant quantiles, at u = 1/16, 3/16, ..., 15/16. The trial goes on from
/// the state saved before the step that draws.
class TurningPointFinder {
 public:
  TurningPointFinder(const model::Model& model, const model::SimulatorSettings& settings,
                     const Watched& watched);
  TurningPointFinder(TurningPointFinder&&) noexcept;
  TurningPointFinder& operator=(TurningPointFinder&&) noexcept;
  ~TurningPointFinder();

  /// Throws TrialInterrupted where `settings.stop` has become true.
  ExplainedTrial explain(std::uint64_t trial);

 private:
  class State;
  std::unique_ptr<State> state_;
};

}  // namespace truce::analysis
