// A trial that is saved, goes on, is restored and goes on again gives the same row and trace.
#include <string>
#include <type_traits>

#include "model/trial/trial.hpp"
#include "support/catch.hpp"
#include "support/loaded.hpp"
#include "support/random_scenario.hpp"
#include "support/row_text.hpp"
#include "support/sanitized.hpp"
#include "support/trace_text.hpp"

using namespace truce;
using test::loaded;

namespace {

struct TraceItem {
  std::string row, trace;
  bool operator==(const TraceItem&) const = default;
};

/// Goes on to the end; `from` is what was told before.
TraceItem go_on(model::Trial& trial, test::TraceText& sink, std::size_t from) {
  while (!trial.ended()) trial.step();
  model::TrialRecord record;
  trial.finish(record);
  return {test::row_text(record), sink.text.substr(from)};
}

// Its components name one another.
static_assert(!std::is_move_constructible_v<model::Trial>);

constexpr int apart = 7;  // steps between two comparisons of traces

/// A trial of the scenario, saved after every step; `other` is where it is taken up. Each time its
/// row is what it was; now and then its trace is compared, too.
std::size_t check_trial(model::Trial& trial, model::Trial& other, std::uint64_t number) {
  test::TraceText sink;
  model::TrialRecord record;
  model::Trial::State state;
  model::Trial::State before;
  std::size_t saves = 0;
  trial.run(number, record, nullptr);
  const std::string row = test::row_text(record);
  trial.start(number, record, &sink);
  for (int step = 1; !trial.ended(); ++step) {
    trial.step();
    if (trial.ended()) continue;
    ++saves;
    CAPTURE(step);
    trial.save(state);
    // Where another trial stood makes no difference, be it early, failed or at its end.
    other.restore(state);
    model::TrialRecord after;
    after.drawn = record.drawn;
    other.go_on(after);
    REQUIRE(row == test::row_text(after));
    if (step % apart != 0) continue;
    const std::size_t told = sink.text.size();
    before = state;
    const TraceItem first = go_on(trial, sink, told);
    trial.restore(state);
    const std::size_t again = sink.text.size();
    const TraceItem second = go_on(trial, sink, again);
    REQUIRE(first.row == second.row);
    REQUIRE(first.trace == second.trace);
    trial.restore(before);
    sink.text.resize(told);
  }
  return saves;
}

}  // namespace

TEST_CASE("saved, gone on, restored and gone on again, a trial has the same row and trace") {
  std::size_t saves = 0;
  for (unsigned seed = 0; seed < test::repeated(200U); ++seed) {
    const std::string text = test::RandomScenario(seed).text();
    CAPTURE(seed, text);
    const scenario::Loaded scenario = loaded(text);
    model::Trial trial(scenario.model, {.seed = seed});
    model::Trial other(scenario.model, {.seed = seed});
    model::TrialRecord record;
    other.start(12345, record, nullptr);
    saves += check_trial(trial, other, seed % 5);
  }
  CHECK(saves > test::repeated(std::size_t{14'000}));
}
