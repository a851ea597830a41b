// Facts of the designs in scenarios/field that turn on who is held by whom (Northern Ireland,
// Korea, the four towns), with the assumptions set so that the outcome, or its law, is known.
#include "support/history.hpp"

using namespace truce;
using namespace truce::test;

namespace {

constexpr std::uint64_t trials = 3000;

const std::string ireland = "field/northern-ireland-1998.yaml";
const std::string korea = "field/korea-1953.yaml";
const std::string towns = "field/four-towns-2015.yaml";

/// Nothing goes wrong, and nobody is held back.
const scenario::Overrides calm{{"granted", 1}, {"breakdown", 0}, {"outside_attack", 0}};

scenario::Overrides with(scenario::Overrides base, const scenario::Overrides& more) {
  base.insert(base.end(), more.begin(), more.end());
  return base;
}

}  // namespace

TEST_CASE("Northern Ireland: who is eligible goes free at the first review under a ceasefire") {
  const Simulation run(shipped(ireland), 500, 1, with(calm, {{"eligible_at_once", 1}}));
  for (const char* group : {"first_ira", "first_loyalists", "first_unaligned"}) {
    CHECK(always(run[group], 45));
  }
  // Reviewed before their ceasefire is recognised, taken up at once when it is.
  CHECK(always(run["first_lvf"], 113));
  CHECK(always(run["first_inla"], 220));
  CHECK(always(run["last_freed"], 220));
  CHECK(always(run["days_after_eligibility"],
               (206 + 172 + 10) * 5 + 20 * (113 - 40) + 20 * (220 - 40)));

  // Whose term is not over within two years is free at their end.
  const Simulation late(shipped(ireland), 500, 1,
                        with(calm, {{"eligible_at_once", 0}, {"eligible_monthly", 0}}));
  CHECK(always(late["freed_before_last_day"], 0));
  CHECK(always(late["last_freed"], 731));
  CHECK(always(late["days_after_eligibility"], 428));  // from day 730 to day 731
}

TEST_CASE("Northern Ireland: terms that are over month by month") {
  const Simulation run(shipped(ireland), trials, 1, calm);
  // Of 428, each by himself: on day 40, or in one of the 23 steps from day 84 to day 700.
  const double p = 1 - (1 - 0.39) * std::pow(1 - 0.047, 23);
  const double error = std::sqrt(428 * p * (1 - p) / trials);
  CHECK(std::abs(mean(run["freed_before_last_day"]) - 428 * p) < 4 * error);
  CHECK(always(run["freed_in_all"], 428));

  // One on licence is recalled at a rate for each, so the number is Poisson in person-days.
  const Simulation recalled(shipped(ireland), trials, 1,
                            with(calm, {{"eligible_at_once", 1}, {"recall", 0.00001}}));
  const double days = 388 * (1100 - 45) + 20 * (1100 - 113) + 20 * (1100 - 220);
  CHECK(std::abs(mean(recalled["licences_revoked"]) - 0.00001 * days) <
        4 * std::sqrt(0.00001 * days / trials));
}

TEST_CASE("Northern Ireland: a lost ceasefire and a suspension hold up what is due") {
  const double rate = 0.01;
  const auto free_in_time = [&](const scenario::Overrides& changes) {
    const Simulation run(shipped(ireland), trials, 1,
                         with({{"granted", 1}, {"eligible_at_once", 1}}, changes));
    CHECK(always(run["first_lvf"], 113) == (changes.front().second == 0));
    return static_cast<std::size_t>(share(run["first_ira"], 45) * trials + 0.5);
  };
  // No suspension: the organisation's own ceasefire must last from day 0 to day 45.
  check_proportion(
      free_in_time({{"outside_attack", 0}, {"suspends", 0}, {"breakdown", rate}, {"grievance", 1}}),
      trials, std::exp(-45 * rate));
  // Attacks by others, each of which stops all releases for years.
  check_proportion(
      free_in_time(
          {{"outside_attack", rate}, {"breakdown", 0}, {"suspends", 1}, {"suspended_for", 1e9}}),
      trials, std::exp(-45 * rate));
}

TEST_CASE("Korea: nobody is lost between four kinds of custody") {
  const Simulation willing(
      shipped(korea), 200, 1,
      {{"refuses_un", 0}, {"refuses_north", 0}, {"handed_over", 1}, {"mortality", 0}});
  CHECK(always(willing["at_once_un"], 13132));
  CHECK(always(willing["at_once_north"], 98427));
  CHECK(always(willing["days_in_neutral_hands"], 0));
  CHECK(always(willing["accounted_for"], 1));

  // All refuse, none changes his mind: 177 days in neutral hands, then back, then free.
  const Simulation none(shipped(korea), 200, 1,
                        {{"refuses_un", 0},
                         {"refuses_north", 1},
                         {"session_held", 0},
                         {"asks_unheard", 0},
                         {"goes_abroad", 0},
                         {"handed_over", 1},
                         {"mortality", 0}});
  CHECK(always(none["changed_north"], 0));
  CHECK(always(none["at_once_north"], 0));
  CHECK(always(none["stayed_north"], 98427));
  CHECK(always(none["days_in_neutral_hands"], 98427.0 * 177));

  const Simulation run(shipped(korea), trials, 1, {{"handed_over", 1}});
  const auto& r = run["refused_north"];
  check_mean(r, 98427 * 0.2297);
  for (std::size_t i = 0; i < trials; ++i) {
    REQUIRE(run["at_once_north"][i] + r[i] == 98427);
    REQUIRE(run["changed_north"][i] + run["stayed_north"][i] + run["abroad_north.freed"][i] +
                run["neutral_north.died"][i] ==
            r[i]);
  }
}

TEST_CASE("Korea: how many ask to go home") {
  // Unheard, on each of the 116 days from day 61 to day 176, each by himself.
  const Simulation asking(shipped(korea), trials, 1,
                          {{"refuses_un", 1},
                           {"refuses_north", 0},
                           {"session_held", 0},
                           {"asks_unheard", 0.005},
                           {"handed_over", 1},
                           {"mortality", 0}});
  const double p = 1 - std::pow(1 - 0.005, 116);
  CHECK(std::abs(mean(asking["changed_un"]) - 13132 * p) <
        4 * std::sqrt(13132 * p * (1 - p) / trials));

  // Explained to a hundred a day for ninety days, all of whom are persuaded.
  scenario::Overrides explained{{"refuses_un", 1},    {"refuses_north", 0}, {"session_held", 1},
                                {"heard_a_day", 100}, {"persuaded", 1},     {"asks_unheard", 0},
                                {"handed_over", 1},   {"mortality", 0}};
  CHECK(always(Simulation(shipped(korea), 200, 1, explained)["changed_un"], 90 * 100));
  // To all on the first day, and each by himself.
  explained[3].second = 20'000;
  explained[4].second = 0.1;
  const Simulation heard(shipped(korea), trials, 1, explained);
  CHECK(std::abs(mean(heard["changed_un"]) - 13132 * 0.1) <
        4 * std::sqrt(13132 * 0.1 * 0.9 / trials));
}

namespace {

/// The four towns without other deaths than on the road.
std::string safe_towns(const std::vector<std::pair<std::string, std::string>>& more = {}) {
  std::vector<std::pair<std::string, std::string>> changes{
      {"living: 15500, mortality: 0.00002", "living: 15500"},
      {"living: 3300, mortality: 0.00002", "living: 3300"}};
  changes.insert(changes.end(), more.begin(), more.end());
  return shipped(towns, changes);
}

const scenario::Overrides on_time{
    {"boards", 1}, {"last_boards", 1}, {"round_agrees", 1}, {"ransom_adds", 0}};

}  // namespace

TEST_CASE("Four towns: five steps, a ransom and its hostages") {
  const Simulation run(safe_towns(), trials, 1, with(on_time, {{"bombing", 0}, {"waits", 0.01}}));
  CHECK(always(run["second_stage_on"], 240));
  CHECK(always(run["out_of_the_north"], 15500));
  CHECK(always(run["out_of_the_south"], 3300));
  CHECK(always(run["killed_on_the_road"], 0));
  CHECK(always(run["ransom_paid"], 300));
  CHECK(always(run["hunting_party_home"], 240 + 24 + 1));
  // Two convoys wait in each of five steps.
  CHECK(std::abs(mean(run["days_on_the_road"]) - 0.1) < 4 * 0.006 * std::sqrt(10.0 / trials));

  // As many leave in each step as the record says: the first stage alone, and both but for the
  // rest.
  const Simulation two(safe_towns(), 200, 1,
                       {{"boards", 1}, {"round_agrees", 0}, {"ransom_adds", 0}, {"bombing", 0}});
  CHECK(always(two["out_of_the_north"], 335 + 250));
  CHECK(always(two["out_of_the_south"], 120 + 250));
  const Simulation four(safe_towns({{"after: 80 days", "after: 2000 days"}}), 200, 1,
                        with(on_time, {{"bombing", 0}}));
  CHECK(always(four["out_of_the_north"], 335 + 250 + 5000 + 3000));
  CHECK(always(four["out_of_the_south"], 120 + 250 + 2350 + 500));

  // Step for step: where one side lets nobody out, nobody leaves the other side's towns.
  const Simulation stuck(
      safe_towns({{"board_south: {by: government, to: opposition}",
                   "board_south: {by: government, to: opposition, comply: 0, otherwise: {late: "
                   "null, refuse: 1}}"}}),
      200, 1, with(on_time, {{"bombing", 0}}));
  CHECK(always(stuck["board_north.performed"], 5));
  CHECK(always(stuck["out_of_the_north"], 0));
  CHECK(always(stuck["ransom_paid"], 0));
  CHECK(always(stuck["hunting_party.freed"], 0));
}

TEST_CASE("Four towns: bombs come in proportion to the time on the road") {
  const double rate = 0.3;
  const Simulation run(safe_towns(), trials, 1, with(on_time, {{"bombing", rate}, {"killed", 20}}));
  double excess = 0;
  for (std::size_t i = 0; i < trials; ++i) {
    excess += run["bombs"][i] - rate * run["days_on_the_road"][i];
    REQUIRE(run["out_of_the_north"][i] + run["convoy_north.died"][i] <= 15500);
    REQUIRE((run["killed_on_the_road"][i] == 0 || run["bombs"][i] > 0));
  }
  // A counting process less its compensator has mean 0 and the compensator's mean for variance.
  const double error = std::sqrt(rate * mean(run["days_on_the_road"]) / trials);
  CHECK(std::abs(excess / trials) < 4 * error);
  CHECK(mean(run["bombs"]) > 1);
}

TEST_CASE("Four towns: a ransom on offer hastens the second stage") {
  const auto at_once = [](double adds) {
    const Simulation run(safe_towns(), trials, 1, {{"round_agrees", 0.2}, {"ransom_adds", adds}});
    return static_cast<std::size_t>(share(run["second_stage_on"], 240) * trials + 0.5);
  };
  check_proportion(at_once(0), trials, 0.2);
  check_proportion(at_once(0.3), trials, 0.5);
}
