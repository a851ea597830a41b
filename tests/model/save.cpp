// A trial that is saved, goes on, is restored and goes on again gives the same row and trace.
#include <fmt/format.h>

#include <bit>
#include <string>
#include <type_traits>
#include <utility>

#include "model/trial/trial.hpp"
#include "scenario/compile.hpp"
#include "support/catch.hpp"
#include "support/random_scenario.hpp"
#include "support/trace_text.hpp"

using namespace truce;

namespace {

scenario::Loaded loaded(const std::string& text) {
  scenario::Diagnostics diagnostics;
  auto scenario = scenario::load_text(text, "random.yaml", {}, diagnostics);
  INFO(diagnostics.text());
  REQUIRE(scenario.has_value());
  return std::move(*scenario);
}

/// A row to the last bit.
std::string text_of(const model::TrialRecord& record) {
  std::string text = fmt::format("{} events;", record.events);
  for (const double x : record.columns)
    text += fmt::format(" {:x}", std::bit_cast<std::uint64_t>(x));
  for (const double x : record.drawn)
    text += fmt::format(" d{:x}", std::bit_cast<std::uint64_t>(x));
  for (const model::Segment& s : record.segments) {
    text += fmt::format(" {}/{}/{:x}", s.timeline, s.day, std::bit_cast<std::uint64_t>(s.value));
  }
  return text;
}

struct TraceItem {
  std::string row, trace;
  bool operator==(const TraceItem&) const = default;
};

/// Goes on to the end; `from` is what was told before.
TraceItem go_on(model::Trial& trial, test::TraceText& sink, std::size_t from) {
  while (!trial.ended()) trial.step();
  model::TrialRecord record;
  trial.finish(record);
  return {text_of(record), sink.text.substr(from)};
}

// Its components name one another.
static_assert(!std::is_move_constructible_v<model::Trial>);

constexpr int apart = 7;  // steps between two saves

/// A trial of the scenario, saved at every 7th step; `other` is where it is taken up.
std::size_t check_trial(model::Trial& trial, model::Trial& other, std::uint64_t number) {
  test::TraceText sink;
  model::TrialRecord record;
  model::Trial::State state;
  model::Trial::State before;
  std::size_t saves = 0;
  trial.start(number, record, &sink);
  for (int step = 1; !trial.ended(); ++step) {
    trial.step();
    if (trial.ended() || step % apart != 0) continue;
    ++saves;
    const std::size_t told = sink.text.size();
    trial.save(state);
    before = state;
    const TraceItem first = go_on(trial, sink, told);
    trial.restore(state);
    const std::size_t again = sink.text.size();
    const TraceItem second = go_on(trial, sink, again);
    CAPTURE(step);
    REQUIRE(first.row == second.row);
    REQUIRE(first.trace == second.trace);
    // Where another trial stood makes no difference, be it early, failed or at its end.
    other.restore(state);
    REQUIRE(first.row == go_on(other, sink, 0).row);
    trial.restore(before);
    sink.text.resize(told);
  }
  return saves;
}

}  // namespace

TEST_CASE("saved, gone on, restored and gone on again, a trial has the same row and trace") {
  std::size_t saves = 0;
  for (unsigned seed = 0; seed < 200; ++seed) {
    const std::string text = test::RandomScenario(seed).text();
    CAPTURE(seed, text);
    const scenario::Loaded scenario = loaded(text);
    model::Trial trial(scenario.model, {.seed = seed});
    model::Trial other(scenario.model, {.seed = seed});
    model::TrialRecord record;
    test::TraceText sink;
    other.start(12345, record, &sink);
    saves += check_trial(trial, other, seed % 5);
  }
  CHECK(saves > 2000);
}
