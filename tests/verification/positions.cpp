#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::check_proportion;
using truce::test::Simulation;

namespace {

constexpr std::size_t trials = 40'000;

// Rounds of a day that always agree, ratified at once; `talks` are further keys of them.
Simulation talks(const std::string& keys, const std::string& rest, std::uint64_t count = trials,
                 std::uint64_t seed = 1) {
  return Simulation(R"(
truce: 2
horizon: 100
parties: {a: {role: principal}, b: {role: principal}}
levels: {p: 0.3}
talks: {cairo: {rounds: 1, agree: 1, )" +
                        keys + R"(, agreed: [{end: deal}]}}
begin: [{open: cairo}]
outcomes:
  agreed: {value: cairo.agreed}
  rejected: {value: cairo.rejected}
)" + rest,
                    count, seed);
}

const std::string redrawn = ", positions: redrawn";

}  // namespace

TEST_CASE("a side that refuses goes on refusing, unless its position is redrawn") {
  const std::string half = "ratify: {a: 0.5}, deadline: 2";
  const Simulation fixed = talks(half, "");
  check_proportion(fixed.ended("deal"), trials, 0.5);
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(fixed["rejected"][i] == 2 * (1 - fixed["agreed"][i]));  // never at the second time
  }
  const Simulation drawn = talks(half + redrawn, "");
  check_proportion(drawn.ended("deal"), trials, 1 - 0.25);
  truce::test::check_mean(drawn["rejected"], 0.5 + 0.25);
}

TEST_CASE("a side that refuses ratifies once its probability exceeds its position") {
  const std::string three_times = "ratify: {a: p, b: 0.5}, deadline: 3";
  const std::string rises = "triggers: {up: {upon: cairo.rejected, do: [{set: {p: 0.6}}]}}\n";
  // Over all rounds a ratifies where its position is below 0.6, b where its own is below 0.5.
  const Simulation fixed = talks(three_times, rises);
  check_proportion(fixed.ended("deal"), trials, 0.6 * 0.5);
  std::size_t at_once = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    at_once += fixed["agreed"][i] == 1 && fixed["rejected"][i] == 0;
    REQUIRE((fixed["agreed"][i] == 0 || fixed["rejected"][i] <= 1));
  }
  check_proportion(at_once, trials, 0.3 * 0.5);
  const Simulation drawn = talks(three_times + redrawn, rises);
  check_proportion(drawn.ended("deal"), trials, 1 - (1 - 0.15) * (1 - 0.3) * (1 - 0.3));
}

TEST_CASE("a probability that falls brings no agreement that was not there before") {
  const std::string twice = "ratify: {a: 1 - p, b: 0.5}, deadline: 2";
  const std::string falls = "triggers: {up: {upon: cairo.rejected, do: [{set: {p: 0.8}}]}}\n";
  check_proportion(talks(twice, falls).ended("deal"), trials, 0.7 * 0.5);
  check_proportion(talks(twice + redrawn, falls).ended("deal"), trials, 0.35 + 0.65 * 0.2 * 0.5);
}

TEST_CASE("talks that are opened again are entered with a new position") {
  // Closed before a second ratification, and at once opened again.
  const std::string again = R"(
triggers:
  anew: {at: 1.5, do: [{close: cairo}, {open: cairo}]}
  no_more: {at: 3, do: [{close: cairo}]}
)";
  check_proportion(talks("ratify: {a: 0.5}", again).ended("deal"), trials, 1 - 0.25);
  // Failed, and opened again later: two ratifications each time.
  const std::string later = "triggers: {anew: {at: 10, do: [{open: cairo}]}}\n";
  const std::string keys = "ratify: {a: 0.5}, deadline: 2";
  check_proportion(talks(keys, later).ended("deal"), trials, 1 - 0.25);
  check_proportion(talks(keys + redrawn, later).ended("deal"), trials, 1 - 0.0625);
}

TEST_CASE("positions are drawn at the first ratification, each side its own, and stay paired") {
  const auto ratified = [](const std::string& a) {
    return talks("ratify: {a: " + a + ", b: 0.5}, deadline: 2", "", 5'000);
  };
  const Simulation low = ratified("0.4");
  const Simulation high = ratified("0.7");
  check_proportion(low.ended("deal"), 5'000, 0.4 * 0.5);
  check_proportion(high.ended("deal"), 5'000, 0.7 * 0.5);
  for (std::size_t i = 0; i < 5'000; ++i) REQUIRE(low["agreed"][i] <= high["agreed"][i]);
  // Certain of one side, the other's numbers are as they were.
  const Simulation sure = ratified("1");
  const Simulation never = ratified("0");
  check_proportion(sure.ended("deal"), 5'000, 0.5);
  for (std::size_t i = 0; i < 5'000; ++i) REQUIRE(high["agreed"][i] <= sure["agreed"][i]);
  CHECK(never.ended("deal") == 0);
}

TEST_CASE("with fixed positions the time to a deal waits for a rise of the probability") {
  // p rises from 0.3 to 0.6 on day 10.5: deals on day 1 or on day 11, never between.
  const Simulation run = talks("ratify: {a: p}, deadline: 20", R"(
triggers: {up: {at: 10.5, do: [{set: {p: 0.6}}]}}
)");
  std::size_t first_day = 0;
  std::size_t later = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    if (run["agreed"][i] == 0) continue;
    first_day += run["duration"][i] == 1;
    later += run["duration"][i] == 11;
  }
  check_proportion(first_day, trials, 0.3);
  check_proportion(later, trials, 0.3);
  CHECK(first_day + later == run.ended("deal"));
}
