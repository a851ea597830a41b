#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "model/draw_hook.hpp"
#include "model/model.hpp"
#include "model/trace_sink.hpp"

namespace truce::model {

/// A trial that could not go on: a probability outside [0, 1], a negative duration, a loop at one
/// time and the like. The message names the stream and the value.
class TrialError : public std::runtime_error {
 public:
  TrialError(const std::string& message, std::string reason)
      : std::runtime_error(message), reason_(std::move(reason)) {}
  /// The message with "..." for the trial's own numbers: trials that fail alike have the same.
  [[nodiscard]] const std::string& reason() const { return reason_; }

 private:
  std::string reason_;
};

/// A trial that was told to stop.
class TrialInterrupted : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "interrupted"; }
};

/// Where a trial's parameters come from: the point values, or each trial's own draw from the
/// priors.
enum class ParameterSource : std::uint8_t { point, from_priors };

struct SimulatorSettings {
  std::uint64_t seed = 1;
  ParameterSource parameters = ParameterSource::point;
  std::uint64_t event_limit = 10'000'000;   ///< of one trial, with those that triggers hear
  const std::atomic<bool>* stop = nullptr;  ///< looked at now and then, where there is one
  std::vector<StreamId> controls = {};      ///< streams whose control variates are recorded
};

/// A value that a timeline takes on `day`.
struct Segment {
  std::uint32_t timeline = 0;
  std::uint32_t day = 0;
  double value = 0;
};

/// What one trial measured. Buffers are kept between trials.
struct TrialRecord {
  std::vector<double> columns;    ///< in the order of Model::columns; NaN where missing;
                                  ///< `ending` and `cause` as their ids
  std::vector<Segment> segments;  ///< of the timelines, days not decreasing per timeline
  std::vector<double> drawn;  ///< with from_priors: values of the parameters that are `drawn`, in
                              ///< their order; also of trials that fail, then NaN where the
                              ///< failure came before
  std::vector<double> controls;  ///< in the order of SimulatorSettings::controls: of a stream, the
                                 ///< sum over its draws of what each was less its expectation
  std::uint64_t events = 0;      ///< steps of the calendar
};

/// Where a trial stands between two steps, as a value. It belongs to all simulators of the same
/// model and settings.
class SavedTrial {
 public:
  SavedTrial();
  SavedTrial(const SavedTrial& other);
  SavedTrial(SavedTrial&&) noexcept;
  SavedTrial& operator=(const SavedTrial& other);
  SavedTrial& operator=(SavedTrial&&) noexcept;
  ~SavedTrial();

 private:
  friend class Simulator;
  struct State;
  std::unique_ptr<State> state_;
};

/// Runs trials of one model, of which it keeps a copy, one at a time. One per thread.
///
/// A trial can also be taken step by step, and from where it has been saved:
///
///     simulator.start(17, record);
///     simulator.step();
///     simulator.save(saved);
///     simulator.go_on(record);        // the row of trial 17
///     for (std::uint64_t fork = 1; fork <= 100; ++fork) {
///       simulator.restore(saved);
///       simulator.fork(fork);         // the same first step, then another course
///       simulator.go_on(record);
///     }
class Simulator {
 public:
  Simulator(const Model& model, const SimulatorSettings& settings);
  Simulator(Simulator&&) noexcept;
  Simulator& operator=(Simulator&&) noexcept;
  ~Simulator();

  /// Runs trial number `trial` (below 2^48): a function of model, settings and number alone, and of
  /// what the hook replaces. Throws TrialError, and TrialInterrupted where `stop` has become true;
  /// the simulator stays usable.
  void run(std::uint64_t trial, TrialRecord& record, TraceSink* sink = nullptr,
           DrawHook* hook = nullptr);

  // The same in parts. All that go on throw as `run` does; then the trial can only be started or
  // restored.
  /// Up to before the first step; the record is told of the parameters drawn.
  void start(std::uint64_t trial, TrialRecord& record, TraceSink* sink = nullptr,
             DrawHook* hook = nullptr);
  /// Whether there is no step any more.
  [[nodiscard]] bool ended() const;
  /// Whether the ending can no longer change.
  [[nodiscard]] bool over() const;
  /// Days since the start.
  [[nodiscard]] double now() const;
  void step();
  /// To the end; fills the record, but for `drawn`.
  void go_on(TrialRecord& record);
  /// Until the ending can no longer change, which may be before the end; returns it.
  EndingId go_on_to_ending();
  /// Who hears of what follows, and is handed its draws; either may be absent.
  void listen(TraceSink* sink, DrawHook* hook);

  /// Saves where the trial stands; allocates only while `into` grows beyond what it has held.
  void save(SavedTrial& into) const;
  void restore(const SavedTrial& saved);
  /// What is drawn from here on comes from streams of its own, keyed by this number as well; what
  /// has been drawn stays. Forks of forks differ from those of their parents. 0: no change.
  void fork(std::uint64_t number);

 private:
  std::unique_ptr<class Trial> trial_;
};

/// Point values of the parameters, in the order of Model::parameters.
std::vector<std::pair<std::string, double>> point_parameters(const Model& model);

/// The values at these probabilities, each in (0, 1), of an expression that is a single
/// distribution with constant arguments, as most priors are; none where it is anything else, or
/// absent. Throws TrialError where those arguments make no distribution.
std::vector<double> quantiles_of(const Model& model, const Expr& expression,
                                 std::span<const double> probabilities);

/// The horizon, and the time between ticks, in days, at the point values of the parameters.
double horizon_of(const Model& model);
double tick_of(const Model& model);

}  // namespace truce::model
