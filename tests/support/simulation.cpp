#include "support/simulation.hpp"

#include <atomic>
#include <stdexcept>

#include "study/run.hpp"

namespace truce::test {

Simulation::Simulation(const std::string& yaml, std::uint64_t trials, std::uint64_t seed,
                       const scenario::Overrides& overrides, unsigned threads,
                       model::ParameterSource parameters) {
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

const std::vector<double>& Simulation::operator[](const std::string& column) const {
  const auto at = columns_.find(column);
  if (at == columns_.end()) throw std::runtime_error("no column " + column);
  return at->second;
}

std::size_t Simulation::ended(const std::string& ending) const {
  std::size_t count = 0;
  for (const double code : (*this)["ending"]) {
    count += model_.endings[model::EndingId{static_cast<std::size_t>(code)}] == ending;
  }
  return count;
}

}  // namespace truce::test
