// The second proof of the semantics: a scenario written by hand gives the trials of the interpreter
// to the last bit.
#include "benchmark/neutral_by_hand.hpp"

#include <bit>

#include "support/catch.hpp"
#include "support/loaded.hpp"

using namespace truce;

TEST_CASE("the neutral scenario written by hand gives the same trials, to the last bit") {
  const auto loaded = test::neutral();
  model::SimulatorSettings settings;
  settings.seed = 7;
  model::Simulator simulator(loaded.model, settings);
  benchmark::NeutralByHand by_hand(settings.seed);
  model::TrialRecord row;
  model::TrialRecord own;
  for (std::uint64_t trial = 0; trial < 100'000; ++trial) {
    simulator.run(trial, row);
    by_hand.run(trial, own);
    REQUIRE(own.columns.size() == row.columns.size());
    for (std::size_t c = 0; c < row.columns.size(); ++c) {
      const bool same = std::bit_cast<std::uint64_t>(own.columns[c] + 0.0) ==
                        std::bit_cast<std::uint64_t>(row.columns[c] + 0.0);
      if (same) continue;
      INFO("trial " << trial << ", " << loaded.model.columns[c].name);
      REQUIRE(own.columns[c] == row.columns[c]);
    }
    REQUIRE(own.events == row.events);
    REQUIRE(own.segments.size() == row.segments.size());
    for (std::size_t i = 0; i < row.segments.size(); ++i) {
      const bool same = own.segments[i].timeline == row.segments[i].timeline &&
                        own.segments[i].day == row.segments[i].day &&
                        own.segments[i].value == row.segments[i].value;
      if (!same) FAIL("trial " << trial << ", segment " << i);
    }
  }
}
