// Each fact of the record that the language must be able to say, in the shipped re-enactment (or
// back-test, where the agreement itself has it) that says it, with the assumptions set so that the
// outcome is known.
#include "support/history.hpp"

using namespace truce;
using namespace truce::test;

namespace {

constexpr std::uint64_t trials = 4000;

const std::string november = "history/november-2023-as-it-went.yaml";
const std::string january = "history/january-2025-as-it-went.yaml";
const std::string october = "history/october-2025-as-it-went.yaml";

/// Four standard errors of a share of these trials.
double tolerance(double p) {
  return 4 * std::sqrt(p * (1 - p) / trials);
}

const std::vector<std::pair<std::string, std::string>> no_false_alarms = {
    {"false_alarms: 0.01", "false_alarms: 0"}};

/// January to March 2025 where all goes as agreed but what a test changes.
scenario::Overrides as_agreed(scenario::Overrides changes) {
  const scenario::Overrides base = {
      {"compliance", 1}, {"order_kept", 1}, {"shelter_in_time", 1}, {"shelter_opened", 1},
      {"withheld", 0},   {"agreement", 0},  {"calm_ends", 0}};
  for (const auto& entry : base) {
    if (std::none_of(changes.begin(), changes.end(),
                     [&](const auto& change) { return change.first == entry.first; })) {
      changes.push_back(entry);
    }
  }
  return changes;
}

}  // namespace

TEST_CASE("November 2023: persons freed on the side are credited, and answered") {
  const Simulation run(shipped(november, no_false_alarms), trials, 1,
                       {{"compliance", 1}, {"side_release", 1}, {"extension_granted", 0}});
  // Four of the fifty agreed come by the other channel.
  CHECK(share(run["women_and_children.freed"], 46) == 1);
  CHECK(share(run["dual_nationals.freed"], 4) == 1);
  CHECK(share(run["prisoners.freed"], 150) == 1);
}

TEST_CASE("November 2023: extensions are decided at the last minute, one after the other") {
  const Simulation run(shipped(november, no_false_alarms), trials, 1,
                       {{"compliance", 1}, {"side_release", 0}, {"extension_granted", 0.5}});
  const std::vector<double> days = {4, 6, 7};
  const std::vector<double> freed = {50, 70, 80};
  double p = 0.5;
  for (std::size_t n = 0; n < 3; ++n, p /= 2) {
    CHECK(std::abs(share(run["extended"], static_cast<double>(n)) - p) < tolerance(p));
  }
  for (std::size_t i = 0; i < trials; ++i) {
    const auto n = static_cast<std::size_t>(run["extended"][i]);
    if (n > 2) continue;
    REQUIRE(run["duration"][i] == days[n]);
    REQUIRE(run["women_and_children.freed"][i] == freed[n]);
    REQUIRE(run["prisoners.freed"][i] == 3 * freed[n]);
  }
}

TEST_CASE("January 2025: mediators insert a batch, one obligation is withheld, the rest runs") {
  const Simulation run(shipped(january), trials, 1, as_agreed({{"order_kept", 0.5}}));
  std::size_t mended = 0;
  std::size_t kept_shut = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    const double breached = run["release_in_order.breached"][i];
    if (breached == 0) {
      REQUIRE(run["extra_batches"][i] == 0);
      REQUIRE(run["way_opened"][i] == Approx(6.6));
      // In order, the fifth of the female soldiers comes with the next batch.
      REQUIRE(run["female_soldiers.freed"][i] == 5);
      REQUIRE(run["days_suspended"][i] == 0);
    } else if (breached == 1 && run["extra_batches"][i] == 1) {
      ++mended;
      REQUIRE(run["female_soldiers.freed"][i] == 5);
      REQUIRE(run["prisoners_for_soldiers.performed"][i] == 2);
      REQUIRE(run["release_in_order.performed"][i] == 1);
      // Shut from the breach on day 6.2 until the dispute is settled.
      const double settled = 6.2 + run["days_suspended"][i];
      REQUIRE(run["way_opened"][i] == Approx(std::max(6.6, settled)));
      kept_shut += settled > 6.6;
      // A lump with each batch that somebody is alive for: with 14 the batch of day 34 is void.
      REQUIRE(run["detainees_in_lumps.performed"][i] >= (run["listed.freed"][i] > 14 ? 6 : 5));
    }
  }
  CHECK(mended > trials / 8);
  CHECK(kept_shut > mended / 2);
}

TEST_CASE("January 2025: a suspension is announced and withdrawn before its date") {
  const Simulation withdrawn(shipped(january), trials, 1, as_agreed({{"shelter_in_time", 0}}));
  CHECK(share(withdrawn["bring_shelter.breached"], 1) == 1);
  CHECK(share(withdrawn["announced"], 1) == 1);
  CHECK(share(withdrawn["days_suspended"], 0) == 1);
  CHECK(share(withdrawn["release_listed.breached"], 0) == 1);

  // Not withdrawn, it begins five days after it was announced on day 21.
  const Simulation begun(shipped(january), trials, 1,
                         as_agreed({{"shelter_in_time", 0}, {"shelter_opened", 0}, {"alive", 1}}));
  CHECK(share(begun["announced"], 0) == 1);
  CHECK(share(begun["listed.freed"], 3 + 1 + 2 * 3) == 1);  // days 0.4, 6.2, 13 and 20
}

TEST_CASE("January 2025: a batch is doubled and brought forward") {
  const Simulation run(shipped(january), trials, 1,
                       as_agreed({{"shelter_in_time", 0}, {"alive", 1}}));
  double late_days = 0;
  double early_days = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    const bool doubled = run["release_listed.performed"][i] == 7;
    (doubled ? early_days : late_days) = run["listed.person_days"][i];
    REQUIRE(run["listed.freed"][i] == 28);
  }
  CHECK(std::abs(share(run["release_listed.performed"], 7) - 0.5) < tolerance(0.5));
  CHECK(late_days - early_days == Approx(3 * (40.5 - 34)));
}

TEST_CASE("January 2025: an answer is withheld for some days, then given") {
  const Simulation free(shipped(january), trials, 1, as_agreed({{"alive", 1}}));
  const Simulation withheld(shipped(january), trials, 1,
                            as_agreed({{"alive", 1}, {"withheld", 1}}));
  CHECK(share(free["days_suspended"], 0) == 1);
  for (const double days : withheld["days_suspended"]) {
    REQUIRE(days >= 3);
    REQUIRE(days <= 6);
  }
  CHECK(withheld["prisoners.freed"] == free["prisoners.freed"]);
  CHECK(withheld["listed.freed"] == free["listed.freed"]);
}

TEST_CASE("January 2025: who is alive is known at the handover, by ratios and lump sums") {
  const Simulation run(shipped(january), trials, 1, as_agreed({{"alive", 0.6}}));
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["listed.freed"][i] + run["listed.returned"][i] == 28);
    REQUIRE(run["prisoners.freed"][i] ==
            30 * run["listed.freed"][i] + 50 * run["female_soldiers.freed"][i]);
    REQUIRE(run["detainees.freed"][i] == 111 * run["detainees_in_lumps.performed"][i]);
  }
  const double se = std::sqrt(28 * 0.6 * 0.4 / trials);
  CHECK(std::abs(test::mean_of(run["listed.freed"]) - 28 * 0.6) < 4 * se);
}

TEST_CASE("January 2025: expiry without a decision, and calm that persists and then ends") {
  const Simulation run(shipped(january), trials, 1, as_agreed({{"calm_ends", 0.05}}));
  CHECK(share(run["first.days"], 42) == 1);
  // Exponential, cut off at the horizon 78 days later.
  const auto& calm = run["days_of_calm"];
  for (const double days : {5.0, 17.0, 40.0}) {
    const auto beyond = std::count_if(calm.begin(), calm.end(), [&](double d) { return d > days; });
    const double p = std::exp(-0.05 * days);
    CHECK(std::abs(static_cast<double>(beyond) / trials - p) < tolerance(p));
  }
  CHECK(run.ended("horizon") + run.ended("collapsed") == trials);
  // A truce without an exchange: nobody is freed in it.
  const Simulation for_ever(shipped(january), trials, 1, as_agreed({}));
  CHECK(run["listed.freed"] == for_ever["listed.freed"]);
}

namespace {

const scenario::Overrides quiet = {{"compliance", 1}, {"fire_rate", 0}, {"right_person", 1}};

}  // namespace

TEST_CASE("October 2025: the dead are found by two teams, each with a time of its own") {
  const std::vector<std::pair<std::string, std::string>> steady = {
      {"gamma(search_days, 0.7 * search_days)", "search_days"}};
  auto overrides = quiet;
  overrides.emplace_back("at_hand", 0);
  const Simulation run(shipped(october, steady), trials, 1, overrides);
  // Two every six days: the last of 28 is found on day 84, and handed over after gamma(0.5, 0.3).
  const auto& returned = run["all_returned"];
  CHECK(*std::min_element(returned.begin(), returned.end()) > 84);
  CHECK(*std::max_element(returned.begin(), returned.end()) < 90);
  CHECK(test::sd_of(returned) > 0.1);
}

TEST_CASE("October 2025: lump sums by class beside a ratio for the dead") {
  const Simulation run(shipped(october), trials, 1, quiet);
  CHECK(share(run["living_home"], 3) == 1);
  CHECK(share(run["prisoners.freed"], 250) == 1);
  CHECK(share(run["detainees.freed"], 1718) == 1);
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["palestinian_dead.returned"][i] == 15 * run["hostages.returned"][i]);
  }
}

TEST_CASE("October 2025: a second phase is declared with a debt of the first still open") {
  const Simulation run(shipped(october), trials, 1, quiet);
  std::size_t open = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    if (!(run["open_debt"][i] > 0)) continue;
    ++open;
    REQUIRE(run["open_debt"][i] <= 5);
    // It is paid in the second phase.
    if (run["hostages.returned"][i] == 28) {
      REQUIRE(run["all_returned"][i] > run["second_phase"][i]);
    }
  }
  CHECK(open > trials / 10);
  CHECK(share(run["hostages.returned"], 28) > 0.99);
}

TEST_CASE("October 2025: a flare-up is mended within the day under pressure, or ends the truce") {
  const Simulation mended(shipped(october), trials, 1, {{"pressure", 1}});
  for (std::size_t i = 0; i < trials; ++i) {
    const double without = mended["duration"][i] - mended["days_of_aid"][i];
    REQUIRE(without <= mended["flare_ups"][i] + 1e-9);
    if (mended["duration"][i] == 265 && mended["flare_ups"][i] > 1) REQUIRE(without > 0.3);
  }
  CHECK(mended.ended("horizon") > trials * 9 / 10);

  const Simulation left(shipped(october), trials, 1, {{"pressure", 0}});
  for (std::size_t i = 0; i < trials; ++i) {
    const double without = left["duration"][i] - left["days_of_aid"][i];
    // Seen at the first tick two days after it.
    if (left["flare_ups"][i] == 1) REQUIRE(without <= 3 + 1e-9);
    if (left["duration"][i] < 265 && left["flare_ups"][i] > 0) REQUIRE(without >= 2 - 1e-9);
  }
}

TEST_CASE("October 2011: the second leg falls due when no leverage is left") {
  const Simulation run(shipped("history/gaza-2011.yaml"), trials, 1,
                       {{"petition_stops_it", 0},
                        {"with_leverage", 1},
                        {"without_leverage", 0.6},
                        {"guarantee", 0.25}});
  CHECK(share(run["soldiers.freed"], 1) == 1);
  CHECK(share(run["first_leg.performed"], 1) == 1);
  const double p = 0.6 + 0.25 * 0.4;
  CHECK(std::abs(share(run["second_leg_day"], 68) - p) < tolerance(p));
  // With leverage kept, it would have been sure.
  const Simulation held(
      shipped("history/gaza-2011.yaml",
              {{R"-(due: [{day: "uniform(5, 8)", count: rest}])-", "due: [{day: 90, count: rest}]"},
               {"requires: release_soldier.performed >= 1", "requires: true"}}),
      trials, 1, {{"petition_stops_it", 0}, {"with_leverage", 1}});
  CHECK(share(held["second_leg.fulfilled"], 1) == 1);
}
