#pragma once

#include <span>

#include "engine/random.hpp"
#include "engine/tabulated_quantile.hpp"
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
class Evaluator {
 public:
  using State = EvaluatorState;

  /// Distributions whose parameters are the same in every trial are prepared for fast drawing,
  /// which depends on where the model's parameters come from.
  Evaluator(const Model& model, ParameterSource parameters);
  Evaluator(Evaluator&&) = default;
  Evaluator& operator=(Evaluator&&) = default;

  /// All variables at their start (0, or what was kept) and all streams at their beginning.
  void reset(std::uint64_t seed, std::uint64_t trial, TraceSink* sink);
  /// Keeps the present values of the variables as those that trials start with.
  void keep_as_start();
  /// Computes what depends on parameters alone, which must be set.
  void share_parameters();

  [[nodiscard]] const State& state() const { return state_; }
  /// That of the same model.
  void restore(const State& state);

  double operator()(const Expr& expression) {
    return expression.form == Form::plain ? at(expression.result) : evaluate(expression);
  }
  double operator()(const Expr& expression, double fallback) {
    return expression.present() ? (*this)(expression) : fallback;
  }

  double& value(VariableId id) { return variables_[id.index()]; }
  [[nodiscard]] double value(VariableId id) const { return variables_[id.index()]; }

  [[nodiscard]] double at(Register index) const { return variables_[index]; }

  /// The value of a distribution at `u`, 0 < u < 1.
  double quantile(const Sampler& sampler, double u);

  /// The next uniform number of a stream.
  double uniform(StreamId stream) {
    const double u = next(stream);
    if (sink_ != nullptr) [[unlikely]]
      tell(stream, {.u = u});
    return u;
  }
  /// Whether it is below `probability`.
  bool below(double probability, StreamId stream) {
    const double u = next(stream);
    if (sink_ != nullptr) [[unlikely]]
      tell(stream, {.u = u, .held = Held::chance, .probability = probability});
    return u < probability;
  }
  /// The next one without telling it: `tell` is to follow.
  double next(StreamId stream) {
    return state_.random.uniform(keys_[stream.index()], state_.streams[stream.index()]);
  }
  /// Tells who listens of the stream's last number; time, stream and number are filled in here.
  void tell(StreamId stream, Draw draw);
  /// Passes one over, where what it decides is certain. Who listens is told of it all the same.
  void skip(StreamId stream, const Draw& certain) {
    if (sink_ != nullptr) [[unlikely]] {
      Draw draw = certain;
      draw.u = next(stream);
      tell(stream, draw);
    } else {
      ++state_.streams[stream.index()].drawn;
    }
  }

 private:
  [[gnu::noinline]] double evaluate(const Expr& expression);
  [[gnu::noinline]] double execute(const Expr& expression);
  /// A draw of the distribution.
  [[gnu::noinline]] double draw(std::size_t sampler);
  std::span<const double> arguments_of(const Sampler& sampler);
  double quantile_in_table(const Sampler& sampler, double u) const;

  const Model* model_;
  State state_;
  std::vector<double> start_;  ///< of the variables
  double* variables_;          ///< where the variables begin among the registers
  std::vector<engine::StreamKey> keys_;
  std::vector<double> arguments_;
  struct Fixed {
    enum class State : std::uint8_t { no, to_be_made, made } state = State::no;
    engine::TabulatedQuantile quantile;
  };
  std::vector<Fixed> fixed_;  ///< by sampler
  TraceSink* sink_ = nullptr;
};

}  // namespace truce::model
