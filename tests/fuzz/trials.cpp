#include "fuzz/trials.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <string>
#include <vector>

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
  const auto same_bits = [](double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
  };
  require(std::ranges::equal(again.columns, first[1].columns, same_bits),
          "a trial is a function of its number");
}

}  // namespace truce::fuzz
