#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "results/failures.hpp"
#include "results/schema.hpp"

namespace truce::cli {

/// What is to be known of the results compared before their differences are read.
struct ComparedInputs {
  std::string text;             ///< lines, or empty
  nlohmann::ordered_json json;  ///< keys for the report
};

/// Of two runs: which parameters differ, and whether the scenarios do.
ComparedInputs differing_inputs(const results::Schema& a, const results::Schema& b);

/// Adds the trials that failed. `whose` names the results where there are several.
void add_failures(ComparedInputs& inputs, const std::string& key,
                  const results::FailureReport& failures, const std::string& whose);

}  // namespace truce::cli
