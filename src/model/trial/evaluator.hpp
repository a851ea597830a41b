#pragma once

#include <span>

#include "base/contract.hpp"
#include "engine/random.hpp"
#include "engine/tabulated_quantile.hpp"
#include "model/draw_hook.hpp"
#include "model/model.hpp"
#include "model/simulator.hpp"
#include "model/trace_sink.hpp"

namespace truce::model {

/// What the numbers of a trial are at a moment: what is drawn and computed next follows from these.
struct EvaluatorState {
  std::vector<double> registers;  ///< constants and temporaries, then variables
  std::vector<engine::StreamState> streams;
  engine::TrialRandom random{0, 0};
};

/// The numbers of a trial: registers of the expressions and the random streams. Evaluates
/// compiled expressions and draws.
///
/// Draws have two forms, from one source. Where anybody listens, each is recorded: handed to the
/// hook, which may replace it, and told to the sink. Where nobody does, that costs the test of a
/// flag.
class Evaluator {
 public:
  using State = EvaluatorState;

  /// Distributions whose parameters are the same in every trial are prepared for fast drawing,
  /// which depends on where the model's parameters come from.
  Evaluator(const Model& model, ParameterSource parameters);
  Evaluator(Evaluator&&) = default;
  Evaluator& operator=(Evaluator&&) = default;

  /// All variables at their start (0, or what was kept) and all streams at their beginning.
  void reset(std::uint64_t seed, std::uint64_t trial);
  /// Who hears of the draws from now on; either may be absent.
  void listen(TraceSink* sink, DrawHook* hook);
  /// Keeps the present values of the variables as those that trials start with.
  void keep_as_start();
  /// Computes what depends on parameters alone, which must be set.
  void share_parameters();

  [[nodiscard]] const State& state() const { return state_; }
  /// The stream's control variate so far.
  [[nodiscard]] double control(StreamId stream) const {
    return state_.streams[stream.index()].control;
  }
  /// That of the same model.
  void restore(const State& state);
  /// All streams become those of a fork; what has been drawn stays. Fork 0 is no change.
  void fork(std::uint64_t number);

  double operator()(const Expr& expression) {
    return expression.form == Form::plain ? at(expression.result) : evaluate(expression);
  }
  double operator()(const Expr& expression, double fallback) {
    return expression.present() ? (*this)(expression) : fallback;
  }

  double& value(VariableId id) {
    TRUCE_EXPECT(id.index() < start_.size());
    return variables_[id.index()];
  }
  [[nodiscard]] double value(VariableId id) const {
    TRUCE_EXPECT(id.index() < start_.size());
    return variables_[id.index()];
  }

  [[nodiscard]] double at(Register index) const { return variables_[index]; }

  /// The value of a distribution at `u`, 0 < u < 1.
  double quantile(const Sampler& sampler, double u);

  /// The next uniform number of a stream, of which `made` makes a value.
  double uniform(StreamId stream, ValueAt::Function made) {
    if (recording_) [[unlikely]]
      return recorded(stream, {.value = {nullptr, made}});
    return counted(next(stream), stream);
  }
  /// Whether it is below `probability`.
  bool below(double probability, StreamId stream) {
    if (recording_) [[unlikely]]
      return recorded(stream, {.use = DrawUse::chance, .probability = probability}) < probability;
    return happened(next(stream), probability, stream);
  }
  /// The next one, to be held against `probability` first, and then against others.
  double position(double probability, StreamId stream) {
    if (recording_) [[unlikely]]
      return recorded(stream, {.use = DrawUse::position, .probability = probability});
    const double u = next(stream);
    happened(u, probability, stream);
    return u;
  }
  /// The next one, among weights of such a sum. Who knows the choice tells it by `tell_choice`.
  double choice(std::span<const double> weights, double sum, StreamId stream) {
    if (recording_) [[unlikely]]
      return offered_choice(weights, sum, stream);
    return chosen(next(stream), weights, sum, stream);
  }
  /// Of the stream's last number, u.
  void tell_choice(StreamId stream, double u, std::span<const double> weights, double sum,
                   std::size_t chosen) {
    if (recording_) [[unlikely]]
      record_choice(stream, u, weights, sum, chosen);
  }
  /// Passes one over, where what it decides is certain. Who listens is told of it all the same.
  void skip_chance(bool yes, StreamId stream) {
    if (recording_) [[unlikely]] {
      recorded(stream, {.use = DrawUse::chance, .probability = yes ? 1.0 : 0.0});
    } else {
      ++state_.streams[stream.index()].drawn;
    }
  }
  /// The same of a choice among `count` alternatives of which one alone is possible.
  void skip_choice(std::size_t only, std::size_t count, StreamId stream) {
    if (recording_) [[unlikely]] {
      record_certain_choice(only, count, stream);
    } else {
      ++state_.streams[stream.index()].drawn;
    }
  }

 private:
  double next(StreamId stream) {
    return state_.random.uniform(keys_[stream.index()], state_.streams[stream.index()]);
  }
  /// The stream's control variate has been moved by u.
  double counted(double u, StreamId stream) {
    state_.streams[stream.index()].control += u - 0.5;
    return u;
  }
  /// Or by whether something happened.
  bool happened(double u, double probability, StreamId stream) {
    const bool yes = u < probability;
    state_.streams[stream.index()].control += (yes ? 1 : 0) - probability;
    return yes;
  }
  /// Or by whether the last of some alternatives was chosen, where it could be: it is the gravest,
  /// as leaving.
  double chosen(double u, std::span<const double> weights, double sum, StreamId stream) {
    const double last = weights.back() / sum;
    if (!(last > 0)) return counted(u, stream);
    happened(1 - u, last, stream);
    return u;
  }
  /// The next number, as the hook gives it back; of the draw, address, time and u are filled in.
  double handed(StreamId stream, OfferedDraw draw);
  /// The same, which is then told as what it was drawn for.
  [[gnu::cold, gnu::noinline]] double recorded(StreamId stream, const OfferedDraw& draw);
  [[gnu::cold, gnu::noinline]] double offered_choice(std::span<const double> weights, double sum,
                                                     StreamId stream);
  [[gnu::cold, gnu::noinline]] void record_choice(StreamId stream, double u,
                                                  std::span<const double> weights, double sum,
                                                  std::size_t chosen);
  [[gnu::cold, gnu::noinline]] void record_certain_choice(std::size_t only, std::size_t count,
                                                          StreamId stream);
  [[gnu::cold, gnu::noinline]] double recorded_value(std::size_t sampler, StreamId stream);
  /// Tells who listens of the stream's last number; time, stream and number are filled in here.
  void tell(StreamId stream, Draw draw);
  [[gnu::noinline]] double evaluate(const Expr& expression);
  [[gnu::noinline]] double execute(const Expr& expression);
  /// A draw of the distribution.
  [[gnu::noinline]] double draw(std::size_t sampler);
  std::span<const double> arguments_of(const Sampler& sampler);
  double value_of(std::size_t sampler, double u);
  double quantile_in_table(const Sampler& sampler, double u) const;

  const Model* model_;
  State state_;
  std::vector<double> start_;                ///< of the variables
  std::vector<engine::StreamState> unused_;  ///< all streams at their beginning
  double* variables_;                        ///< where the variables begin among the registers
  std::vector<engine::StreamKey> keys_;
  std::vector<double> arguments_;
  struct Fixed {
    enum class State : std::uint8_t { no, to_be_made, made } state = State::no;
    engine::TabulatedQuantile quantile;
  };
  std::vector<Fixed> fixed_;  ///< by sampler
  bool recording_ = false;    ///< whether there is a sink or a hook
  TraceSink* sink_ = nullptr;
  DrawHook* hook_ = nullptr;
  std::vector<double> shares_;          ///< of a choice, while it is handed to the hook
  std::vector<FormulaValue> formulas_;  ///< while a draw is told of
};

}  // namespace truce::model
