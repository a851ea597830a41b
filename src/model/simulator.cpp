#include "truce/model/simulator.hpp"

#include "evaluator.hpp"
#include "trial.hpp"

namespace truce::model {

Simulator::Simulator(const Model& model, const SimulatorSettings& settings)
    : trial_(std::make_unique<Trial>(model, settings)) {}
Simulator::Simulator(Simulator&&) noexcept = default;
Simulator& Simulator::operator=(Simulator&&) noexcept = default;
Simulator::~Simulator() = default;

void Simulator::run(std::uint64_t trial, TrialRecord& record, ChronicleSink* sink) {
  trial_->run(trial, record, sink);
}

namespace {

/// Registers with the parameters at their point values.
Evaluator at_point(const Model& model) {
  Evaluator numbers(model);
  numbers.reset(0, 0, nullptr);
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

}  // namespace truce::model
