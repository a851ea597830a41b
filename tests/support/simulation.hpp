#pragma once

#include <atomic>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "scenario/compile.hpp"
#include "study/run.hpp"

namespace truce::test {

/// Columns of a run by name, for tests. Throws with all diagnostics where the scenario is wrong,
/// and with the first message where a trial fails.
class Simulation {
 public:
  Simulation(const std::string& yaml, std::uint64_t trials, std::uint64_t seed = 1,
             const scenario::Overrides& overrides = {}, unsigned threads = 2,
             model::ParameterSource parameters = model::ParameterSource::point) {
    scenario::Diagnostics diagnostics;
    auto loaded = scenario::load_text(yaml, "test.yaml", overrides, diagnostics);
    if (!loaded) throw std::runtime_error(diagnostics.text());
    model_ = std::move(loaded->model);
    study::RunSettings settings{.trials = trials, .threads = threads};
    settings.simulator.seed = seed;
    settings.simulator.parameters = parameters;
    study::Listener listener;
    listener.block = [&](const results::Block& block) {
      for (std::size_t c = 0; c < block.columns.size(); ++c) {
        auto& column = columns_[model_.columns[c].name];
        column.insert(column.end(), block.columns[c].begin(), block.columns[c].end());
      }
      return study::Verdict::go_on;
    };
    const std::atomic<bool> stop = false;
    const study::RunReport report = study::run_trials(model_, settings, listener, stop);
    if (report.failed > 0) throw std::runtime_error(report.first_failures.front().message);
  }

  [[nodiscard]] const std::vector<double>& operator[](const std::string& column) const {
    const auto at = columns_.find(column);
    if (at == columns_.end()) throw std::runtime_error("no column " + column);
    return at->second;
  }
  /// Trials that ended so.
  [[nodiscard]] std::size_t ended(const std::string& ending) const {
    std::size_t count = 0;
    for (const double code : (*this)["ending"]) {
      count += model_.endings[model::EndingId{static_cast<std::size_t>(code)}] == ending;
    }
    return count;
  }
  [[nodiscard]] const model::Model& model() const { return model_; }

 private:
  model::Model model_;
  std::map<std::string, std::vector<double>> columns_;
};

}  // namespace truce::test
