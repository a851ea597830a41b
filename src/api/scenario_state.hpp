#pragma once

#include <memory>
#include <string>

#include "model/simulator.hpp"
#include "results/schema.hpp"
#include "scenario/compile.hpp"
#include "truce/run.hpp"
#include "truce/scenario.hpp"

namespace truce {

struct Scenario::State {
  std::shared_ptr<const scenario::Scenario> description;  ///< shared by those with other values
  model::Model model;
  std::string file;        ///< as it was named
  bool from_text = false;  ///< so that there is none of that name
  Values set;
  std::string warnings;
};

namespace api {

/// The public form of a simulator's settings.
model::SimulatorSettings simulator_of(const RunOptions& options);

/// What the file of such a run says.
results::Schema schema_of(const Scenario::State& state, const RunOptions& options);

/// The public form of a column.
Outcome outcome_of(const results::Column& column);

}  // namespace api
}  // namespace truce
