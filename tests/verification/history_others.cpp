// The facts of the other records (Ukraine, Yemen, Colombia, Iran and the United States), each in
// the shipped scenario that says it, with the assumptions set so that the outcome is known.
#include "support/history.hpp"

using namespace truce;
using namespace truce::test;

namespace {

constexpr std::uint64_t trials = 4000;

const std::string ukraine = "history/russia-ukraine-2025-as-it-went.yaml";
const std::string yemen = "history/yemen-2018-as-it-went.yaml";
const std::string colombia = "history/farc-2001-as-it-went.yaml";
const std::string iran = "history/iran-us-2023.yaml";

}  // namespace

TEST_CASE("Russia and Ukraine: an exchange goes on without a truce") {
  const Simulation run(shipped(ukraine), trials, 1, {{"exchange_kept", 1}, {"shot_down", 0}});
  CHECK(always(run["exchanged_on_day"], 9));
  CHECK(always(run["bodies_by_day"], 30));
  CHECK(always(run["uneven"], 0));  // each answers the other's step at the same hour
  CHECK(always(run["ukrainians.freed"], 1000 + 6 * 200));
  CHECK(run["russians.freed"] == run["ukrainians.freed"]);
  // Meanwhile strikes are a Poisson process of one a day, for sixty days.
  CHECK(std::abs(mean(run["strikes_meanwhile"]) - 60) < 4 * std::sqrt(60.0 / trials));

  // Neither of the two processes reads the other: the same exchange without any strikes.
  const Simulation calm(shipped(ukraine), trials, 1,
                        {{"exchange_kept", 1}, {"shot_down", 0}, {"strikes", 0}});
  CHECK(always(calm["strikes_meanwhile"], 0));
  CHECK(calm["ukrainians.person_days"] == run["ukrainians.person_days"]);

  // Strikes that always hit suspend both sides for seven days: late, but not lost.
  const Simulation hit(shipped(ukraine), trials, 1,
                       {{"exchange_kept", 1}, {"shot_down", 1}, {"strikes", 0.05}});
  std::size_t put_off = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    if (hit["strikes_meanwhile"][i] == 0) {
      REQUIRE(hit["exchanged_on_day"][i] == 9);
    } else if (hit["exchanged_on_day"][i] > 9) {
      ++put_off;
      REQUIRE(hit["days_suspended"][i] > 0);
    }
  }
  CHECK(put_off > trials / 10);
}

TEST_CASE("Yemen: an agreement waits for a list, and is carried out late") {
  const Simulation never(shipped(yemen), 500, 1, {{"round_agrees", 0}, {"own_release", 0}});
  CHECK(always(never["delay"], 1700 - 39));
  CHECK(always(never["carried_out"], 0));

  // The first round agrees: nothing before its end and the seven days that a flight takes.
  const Simulation soon(shipped(yemen), trials, 1, {{"round_agrees", 1}, {"own_release", 0}});
  for (const double day : soon["first_release"]) REQUIRE(day >= 39 + 7);
  CHECK(mean(soon["delay"]) < 7 + 90);

  // Rounds are gamma(90, 60) days long, and the number of them until one agrees is geometric. What
  // is due on day 39 or when a list is agreed, whichever is later, flies seven days afterwards; a
  // round that fails is followed by the next one at once.
  const Simulation run(shipped(yemen, {{"horizon: 1700 days", "horizon: 20000 days"},
                                       {"lasts: 1700 days", "lasts: 20000 days"}}),
                       trials, 1, {{"round_agrees", 0.25}, {"own_release", 0}});
  // Opened on day 7; a sum of N gammas: mean 90 / 0.25, variance (60² + 90² × 0.75) / 0.25² × 0.25.
  const double expected = 7 + 90 / 0.25 + 7;
  const double variance = 60 * 60 / 0.25 + 90 * 90 * 0.75 / (0.25 * 0.25);
  // A list that is agreed before day 39 waits until then, 39 days at most.
  double before = 0;
  for (const double day : run["first_release"]) before += day < 39 + 7 + 1e-9;
  CHECK(before / trials < 0.1);
  const double slack = 39.0 * before / trials;
  CHECK(mean(run["first_release"]) > expected - 4 * std::sqrt(variance / trials));
  CHECK(mean(run["first_release"]) < expected + slack + 4 * std::sqrt(variance / trials));
}

TEST_CASE("Yemen: what one side frees alone is credited against what it owes") {
  // No list: only releases by one side alone, a hundred at a time.
  const Simulation alone(shipped(yemen), trials, 1, {{"round_agrees", 0}, {"own_release", 0.001}});
  CHECK(always(alone["held_by_houthis.freed"], 0));
  for (const double freed : alone["held_by_government.freed"]) REQUIRE(std::fmod(freed, 100) == 0);
  CHECK(std::abs(mean(alone["held_by_government.freed"]) - 170) <
        4 * 100 * std::sqrt(1.7 / trials));

  // Before any list: an exchange of 1.5 for 1 is short of what was credited, and so the total is
  // that of the exchange alone, or the credit where this is more.
  const auto one_list =
      shipped(yemen, {{"committee_meets: {at: 7 days", "committee_meets: {at: 800 days"},
                      {"agreed: [{signal: list_agreed}, {open: lists, after: 30 days}]",
                       "agreed: [{signal: list_agreed}]"},
                      {"rate: own_release", "rate: own_release\n    while: time < 700"},
                      {"outcomes:", "outcomes:\n  alone: {value: by_one_side_alone.fired}"}});
  const Simulation credited(one_list, trials, 1, {{"round_agrees", 1}, {"own_release", 0.001}});
  std::size_t reduced = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    const double exchanged = credited["held_by_houthis.freed"][i];
    if (exchanged == 0) continue;
    const double alone_freed = 100 * credited["alone"][i];
    const double owed = std::round(1.5 * exchanged);
    REQUIRE(std::abs(credited["held_by_government.freed"][i] - std::max(owed, alone_freed)) <= 1);
    reduced += alone_freed > 0;
  }
  CHECK(reduced > trials / 4);
}

TEST_CASE("Colombia: more is delivered than was promised") {
  const Simulation run(shipped(colombia), trials, 1, {{"exchange_kept", 1}, {"fit_to_travel", 1}});
  CHECK(always(run["guerrillas.freed"], 15));
  CHECK(always(run["guerrillas_missing"], 0));
  std::size_t beyond = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    const double freed = run["soldiers_and_police.freed"][i];
    REQUIRE(freed <= 450);
    REQUIRE(run["more_than_owed"][i] == (freed > 142));
    REQUIRE(run["over_delivery"][i] == Approx(freed / 142));
    beyond += freed > 142;
  }
  // The share given of what was announced is gamma with mean 2.5 and deviation 0.8; 143 is the
  // first number above, and so it exceeds 1.005 with chance 0.9906 (numerically).
  const double p = 0.9906;
  CHECK(std::abs(static_cast<double>(beyond) / trials - p) < 4 * std::sqrt(p * (1 - p) / trials));

  // Of eight owed for each of the two steps, one by one: those refused in the first may still be
  // handed over in the second, so that eight are tried again unless all eight came.
  const Simulation missing(
      shipped(colombia, {{"lag: 1 day, comply: fit_to_travel",
                          "lag: 1 day, comply: fit_to_travel, otherwise: {refuse: 1}"}}),
      trials, 1, {{"exchange_kept", 1}, {"fit_to_travel", 14.0 / 15}});
  const double fit = 14.0 / 15;
  const double expected = 15 * fit + fit * (1 - std::pow(fit, 8));
  CHECK(std::abs(mean(missing["guerrillas.freed"]) - expected) <
        4 * std::sqrt(15 * fit * (1 - fit) / trials));
}

TEST_CASE("Iran and the United States: a gate outside the agreement holds both releases") {
  const Simulation run(shipped(iran), trials, 1, {{"confirmed", 1}, {"called_off", 0}});
  CHECK(always(run["gate_kept"], 1));
  for (std::size_t i = 0; i < trials; ++i) {
    const double arrived = run["funds_on_day"][i];
    const double freed = run["freed_on_day"][i];
    if (run["americans.freed"][i] == 0) continue;
    // Confirmed on the next whole day, from day 1 on, and six hours on the way.
    REQUIRE(freed == Approx(std::max(1.0, std::ceil(arrived)) + 0.25));
    REQUIRE(run["iranians.freed"][i] == 5);
  }
  CHECK(std::abs(mean(run["went_home"]) - 2.5) < 4 * std::sqrt(1.25 / trials));

  const Simulation late(shipped(iran), 500, 1, {{"transfer_days", 4000}, {"called_off", 0}});
  CHECK(always(late["americans.freed"], 0));
  CHECK(always(late["gate_kept"], 1));
  CHECK(late.ended("collapsed") == 500);

  // While it waits, either side may leave: an exponential time races with the transfer.
  const Simulation left(shipped(iran), trials, 1, {{"transfer_days", 4000}, {"called_off", 0.01}});
  double stayed = 0;
  for (const double days : left["duration"]) stayed += days >= 170;
  const double p = std::exp(-0.01 * 170);
  CHECK(std::abs(stayed / trials - p) < 4 * std::sqrt(p * (1 - p) / trials));
}
