#include "study/rehearsal.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "model/simulator.hpp"
#include "results/schema_check.hpp"
#include "study/run.hpp"

namespace truce::study {

using scenario::Diagnostics;

namespace {

/// Where the outcome or timeline of that name was written, if it was.
template <class Items>
scenario::Position position_of(const Items& items, const std::string& name,
                               const scenario::Position& otherwise) {
  const auto at =
      std::ranges::find_if(items, [&](const auto& item) { return item.name.text == name; });
  return at == items.end() ? otherwise : at->name.position;
}

}  // namespace

bool check_storage(const scenario::Loaded& loaded, Diagnostics& diagnostics) {
  const std::size_t before = diagnostics.errors();
  const scenario::Position& document = loaded.scenario.document.position;
  const std::string why = "the file of results cannot hold it";
  RunSettings settings;  // the ones that need most: with parameters that are drawn
  settings.simulator.parameters = model::ParameterSource::from_priors;
  const results::Schema schema = schema_of(loaded, settings, "");
  for (const results::Column& column : schema.columns) {
    if (const auto problem = results::problem_of(column)) {
      diagnostics.error(position_of(loaded.scenario.outcomes, column.name, document), *problem,
                        why);
    }
  }
  for (const results::Timeline& timeline : schema.timelines) {
    if (const auto problem = results::problem_of(timeline)) {
      const bool divides = timeline.name.find('/') != std::string::npos;
      diagnostics.error(position_of(loaded.scenario.timelines, timeline.name, document), *problem,
                        why, divides ? "multiply instead of dividing, as in 'x * 0.1'" : "");
    }
  }
  if (diagnostics.errors() == before) {
    if (const auto problem = results::problem_of(schema))
      diagnostics.error(document, *problem, why);
  }
  return diagnostics.errors() == before;
}

void rehearse(const scenario::Loaded& loaded, Diagnostics& diagnostics) {
  if (!check_storage(loaded, diagnostics)) return;
  rehearse_trials(loaded.model, model::SimulatorSettings{}.seed, loaded.scenario.document.position,
                  {}, diagnostics);
}

bool rehearse_trials(const model::Model& model, std::uint64_t seed,
                     const scenario::Position& position, const std::string& where,
                     Diagnostics& diagnostics) {
  using Clock = std::chrono::steady_clock;
  constexpr std::uint64_t trials = 20;
  constexpr auto long_enough = std::chrono::milliseconds(300);
  const std::string at = where.empty() ? "" : fmt::format(" ({})", where);
  const auto start = Clock::now();
  try {
    model::Simulator simulator(model, {.seed = seed});
    model::TrialRecord record;
    for (std::uint64_t trial = 0; trial < trials && Clock::now() - start < long_enough; ++trial) {
      try {
        simulator.run(trial, record);
      } catch (const model::TrialError& error) {
        diagnostics.warning(
            position, fmt::format("trial {} fails{}", trial, at), error.what(),
            where.empty() ? fmt::format("truce trace --trial {} shows how it comes to that", trial)
                          : "");
        return false;
      }
    }
  } catch (const std::runtime_error& error) {  // before any trial
    diagnostics.error(position, fmt::format("no trial can begin{}", at), error.what());
    return false;
  }
  return true;
}

}  // namespace truce::study
