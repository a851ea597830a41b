#include "truce/trace.hpp"

#include "api/scenario_state.hpp"
#include "model/simulator.hpp"

namespace truce {

namespace {

/// Keeps what is told.
class Keeper : public model::TraceSink {
 public:
  explicit Keeper(std::vector<TraceEvent>& events) : events_(events) {}
  void on_event(const model::TraceEvent& event) override {
    events_.push_back({event.time, std::string(event.what), std::string(event.who), event.amount,
                       std::string(event.why)});
  }
  void on_draw(const model::Draw&) override {}

 private:
  std::vector<TraceEvent>& events_;
};

}  // namespace

Trace trace(const Scenario& scenario, std::uint64_t trial, const RunOptions& options) {
  if (trial >> 48U != 0) throw Error("trials have numbers below 2^48");
  Trace result;
  Keeper keeper(result.events);
  model::TrialRecord record;
  try {
    model::Simulator(scenario.state().loaded.model, api::simulator_of(options))
        .run(trial, record, &keeper);
  } catch (const model::TrialError& error) {
    result.failure = error.what();
  }
  return result;
}

}  // namespace truce
