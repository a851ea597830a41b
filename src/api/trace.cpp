#include "truce/trace.hpp"

#include <cmath>
#include <nlohmann/json.hpp>
#include <utility>

#include "api/scenario_state.hpp"
#include "base/ends.hpp"
#include "base/limits.hpp"
#include "model/simulator.hpp"
#include "results/disclaimer.hpp"
#include "study/run.hpp"

namespace truce {

namespace {

/// Keeps what is told.
class Keeper : public model::TraceSink {
 public:
  void on_event(const model::TraceEvent& event) override {
    events_.push_back({event.time, std::string(event.what), std::string(event.who), event.amount,
                       std::string(event.why)});
  }
  void on_draw(const model::Draw&) override {}
  void give(Trace& trace) {
    trace.left_out = events_.left_out();
    trace.events = events_.take();
  }

 private:
  base::Ends<TraceEvent> events_;
};

/// A trial told, and its row unless it failed.
std::pair<Trace, std::vector<double>> replay(const Scenario& scenario, std::uint64_t trial,
                                             const RunOptions& options) {
  if (trial >= base::trial_numbers) throw Error("trials have numbers below 2^48");
  std::pair<Trace, std::vector<double>> result;
  Keeper keeper;
  model::TrialRecord record;
  try {
    model::Simulator(scenario.state().model, api::simulator_of(options))
        .run(trial, record, &keeper);
    result.second = record.columns;
  } catch (const model::TrialError& error) {
    result.first.failure = error.what();
  }
  keeper.give(result.first);
  return result;
}

nlohmann::json number_or_null(double x) {
  return std::isfinite(x) ? nlohmann::json(x) : nlohmann::json(nullptr);
}

}  // namespace

Trace trace(const Scenario& scenario, std::uint64_t trial, const RunOptions& options) {
  return replay(scenario, trial, options).first;
}

std::string trace_json(const Scenario& scenario, std::uint64_t trial, const RunOptions& options) {
  using nlohmann::json;
  const auto [told, values] = replay(scenario, trial, options);
  json events = json::array();
  for (const TraceEvent& event : told.events) {
    events.push_back({{"time", event.time},
                      {"what", event.what},
                      {"who", event.who},
                      {"amount", number_or_null(event.amount)},
                      {"why", event.why}});
  }
  json row = json::object();
  const auto columns = study::columns_of(scenario.state().model);
  for (std::size_t i = 0; i < values.size(); ++i) {
    const bool named = columns[i].kind == results::ColumnKind::category;
    row[columns[i].name] = named ? json(columns[i].labels.at(static_cast<std::size_t>(values[i])))
                                 : number_or_null(values[i]);
  }
  json report = {
      {"trial", trial}, {"events", events}, {"row", row}, {"disclaimer", results::disclaimer}};
  if (told.left_out > 0) {
    report["left_out"] = {{"at", base::Ends<TraceEvent>::at_first}, {"events", told.left_out}};
  }
  if (!told.failure.empty()) report["failure"] = told.failure;
  return report.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace truce
