#include "fuzz/trials.hpp"

#include <array>
#include <cstring>
#include <string>

#include "fuzz/targets.hpp"
#include "model/simulator.hpp"

namespace truce::fuzz {

namespace {

struct Outcome {
  std::vector<double> columns;
  std::string error;
};

Outcome outcome_of(model::Simulator& simulator, std::uint64_t trial) {
  model::TrialRecord record;
  try {
    simulator.run(trial, record);
  } catch (const model::TrialError& error) {
    return {{}, error.what()};
  }
  return {record.columns, {}};
}

}  // namespace

void run_three_trials(const model::Model& model) {
  // Long trials are no fault; many inputs are tried.
  const model::SimulatorSettings settings{.parameters = model::ParameterSource::from_priors,
                                          .event_limit = 20'000};
  model::Simulator simulator(model, settings);
  std::array<Outcome, 3> first;
  for (std::uint64_t trial = 0; trial < first.size(); ++trial) {
    first[trial] = outcome_of(simulator, trial);
  }
  model::Simulator other(model, settings);
  const Outcome again = outcome_of(other, 1);
  require(again.error == first[1].error, "a trial fails as it has failed");
  require(again.columns.size() == first[1].columns.size() &&
              std::memcmp(again.columns.data(), first[1].columns.data(),
                          again.columns.size() * sizeof(double)) == 0,
          "a trial is a function of its number");
}

}  // namespace truce::fuzz
