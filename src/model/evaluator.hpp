#pragma once

#include <span>

#include "truce/engine/random.hpp"
#include "truce/model/chronicle.hpp"
#include "truce/model/model.hpp"

namespace truce::model {

/// The numbers of a trial: registers of the expressions and streams of the places. Evaluates
/// compiled expressions and draws.
class Evaluator {
 public:
  explicit Evaluator(const Model& model);

  /// All variables 0 and all streams at their beginning.
  void reset(std::uint64_t seed, std::uint64_t trial, ChronicleSink* sink);

  double operator()(const Expr& expression) {
    if (!expression.code.empty()) execute(expression.code);
    return at(expression.result);
  }
  double operator()(const Expr& expression, double fallback) {
    return expression.present() ? (*this)(expression) : fallback;
  }

  double& value(VariableId id) { return registers_[variables_ + id.index()]; }
  [[nodiscard]] double value(VariableId id) const { return registers_[variables_ + id.index()]; }

  /// The value of a distribution at `u`, 0 < u < 1.
  double quantile(const Sampler& sampler, double u);

  /// The next uniform number of a place.
  double uniform(PlaceId place) {
    Stream& stream = streams_[place.index()];
    const double u = random_.uniform(keys_[place.index()], stream);
    if (sink_ != nullptr) [[unlikely]]
      tell(place, stream.drawn - 1, u);
    return u;
  }

 private:
  using Stream = engine::Stream;

  [[nodiscard]] double at(Register index) const {
    return registers_[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(variables_) + index)];
  }

  void execute(Range code);
  double quantile_in_table(const Sampler& sampler, double u) const;
  void tell(PlaceId place, std::uint32_t number, double u);

  const Model* model_;
  std::vector<double> registers_;  ///< constants and temporaries, then variables
  std::size_t variables_ = 0;      ///< where the variables begin
  std::vector<Stream> streams_;
  std::vector<engine::PlaceKey> keys_;
  std::vector<double> arguments_;
  engine::TrialRandom random_{0, 0};
  ChronicleSink* sink_ = nullptr;
};

}  // namespace truce::model
