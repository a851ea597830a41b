#pragma once

#include <vector>

#include "truce/run.hpp"
#include "truce/scenario.hpp"
#include "truce/truce.h"

/// A scenario, with what is handed out of it.
struct truce_scenario {
  explicit truce_scenario(truce::Scenario from);
  truce_scenario(const truce_scenario&) = delete;
  truce_scenario& operator=(const truce_scenario&) = delete;

  truce::Scenario scenario;
  std::vector<truce::Parameter> named;
  std::vector<truce_parameter> parameters;  ///< their names are those of `named`
};

namespace truce::api {

/// Throws Error for a structure of another size. NULL: the default.
RunOptions run_options(const truce_options* options);

}  // namespace truce::api
