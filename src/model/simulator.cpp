#include "model/simulator.hpp"

#include <algorithm>

#include "base/contract.hpp"
#include "model/trial/evaluator.hpp"
#include "model/trial/trial.hpp"

namespace truce::model {

Simulator::Simulator(const Model& model, const SimulatorSettings& settings)
    : trial_(std::make_unique<Trial>(model, settings)) {}
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;
Simulator::~Simulator() = default;

void Simulator::run(std::uint64_t trial, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  trial_->run(trial, record, sink, hook);
}

void Simulator::start(std::uint64_t trial, TrialRecord& record, TraceSink* sink, DrawHook* hook) {
  trial_->start(trial, record, sink, hook);
}

bool Simulator::ended() const {
  return trial_->ended();
}

bool Simulator::over() const {
  return trial_->over();
}

double Simulator::now() const {
  return trial_->now();
}

void Simulator::step() {
  trial_->step();
}

void Simulator::go_on(TrialRecord& record) {
  trial_->go_on(record);
}

EndingId Simulator::go_on_to_ending() {
  return trial_->go_on_to_ending();
}

void Simulator::listen(TraceSink* sink, DrawHook* hook) {
  trial_->listen(sink, hook);
}

struct SavedTrial::State {
  Trial::State of_trial;
};

SavedTrial::SavedTrial() = default;
SavedTrial::SavedTrial(const SavedTrial& other)
    : state_(other.state_ ? std::make_unique<State>(*other.state_) : nullptr) {}
SavedTrial::SavedTrial(SavedTrial&&) noexcept = default;
SavedTrial& SavedTrial::operator=(const SavedTrial& other) {
  if (this == &other) return *this;
  if (state_ && other.state_) {
    *state_ = *other.state_;
  } else {
    *this = SavedTrial(other);
  }
  return *this;
}
SavedTrial& SavedTrial::operator=(SavedTrial&&) noexcept = default;
SavedTrial::~SavedTrial() = default;

void Simulator::save(SavedTrial& into) const {
  if (!into.state_) into.state_ = std::make_unique<SavedTrial::State>();
  trial_->save(into.state_->of_trial);
}

void Simulator::restore(const SavedTrial& saved) {
  TRUCE_EXPECT(saved.state_ != nullptr);
  trial_->restore(saved.state_->of_trial);
}

void Simulator::fork(std::uint64_t number) {
  trial_->fork(number);
}

namespace {

/// Registers with the parameters at their point values.
Evaluator at_point(const Model& model) {
  Evaluator numbers(model, ParameterSource::point);
  numbers.reset(0, 0);
  for (const Parameter& parameter : model.parameters) {
    numbers.value(parameter.variable) = numbers(parameter.value);
  }
  return numbers;
}

}  // namespace

std::vector<std::pair<std::string, double>> point_parameters(const Model& model) {
  const Evaluator numbers = at_point(model);
  std::vector<std::pair<std::string, double>> values;
  for (const Parameter& parameter : model.parameters) {
    values.emplace_back(parameter.name, numbers.value(parameter.variable));
  }
  return values;
}

double horizon_of(const Model& model) {
  Evaluator numbers = at_point(model);
  return numbers(model.horizon);
}

double tick_of(const Model& model) {
  Evaluator numbers = at_point(model);
  return numbers(model.tick, 1);
}

std::optional<std::uint32_t> constant_sampler(const Program& program, const Expr& expression) {
  if (expression.length != 1) return std::nullopt;
  const Instruction& only = program.code[expression.code];
  if (only.op != Op::sample) return std::nullopt;
  const Sampler& sampler = program.samplers[static_cast<std::size_t>(only.a)];
  const auto begin = program.parameter_registers.begin();
  // Constants stand below the variables, among what is computed from parameters.
  const auto is_constant = [&](Register r) {
    return r < 0 && std::ranges::find(program.of_parameters, r, &Instruction::dst) ==
                        program.of_parameters.end();
  };
  const bool constant =
      std::all_of(begin + sampler.parameters.begin, begin + sampler.parameters.end, is_constant);
  if (!constant ||
      (sampler.truncated && !(is_constant(sampler.low) && is_constant(sampler.high)))) {
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(only.a);
}

std::vector<double> quantiles_of(const Model& model, const Expr& expression,
                                 std::span<const double> probabilities) {
  std::vector<double> quantiles;
  const auto sampler =
      expression.present() ? constant_sampler(model.program, expression) : std::nullopt;
  if (!sampler) return quantiles;
  Evaluator evaluator(model, ParameterSource::point);
  for (const double u : probabilities) {
    quantiles.push_back(evaluator.quantile(model.program.samplers[*sampler], u));
  }
  return quantiles;
}

}  // namespace truce::model
