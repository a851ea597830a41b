#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "model/simulator.hpp"
#include "scenario/compile.hpp"

namespace truce::test {

/// Columns of a run by name, for tests. Throws with all diagnostics where the scenario is wrong,
/// and with the first message where a trial fails.
class Simulation {
 public:
  Simulation(const std::string& yaml, std::uint64_t trials, std::uint64_t seed = 1,
             const scenario::Overrides& overrides = {}, unsigned threads = 2,
             model::ParameterSource parameters = model::ParameterSource::point);

  [[nodiscard]] const std::vector<double>& operator[](const std::string& column) const;
  /// Trials that ended so.
  [[nodiscard]] std::size_t ended(const std::string& ending) const;
  [[nodiscard]] const model::Model& model() const { return model_; }

 private:
  model::Model model_;
  std::map<std::string, std::vector<double>> columns_;
};

}  // namespace truce::test
