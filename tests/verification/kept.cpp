#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

namespace {

/// The ending of a phase of 50 days with these obligations, on the day after which `kept` held for
/// good.
struct Result {
  bool completed;
  double since;  ///< the last day on which it came to be kept, -1 where never after day 0
};

Result result(const std::string& obligations, const std::string& rest = "") {
  const Simulation run(two_sides(obligations, R"(
levels: {latest: -1}
triggers:
  mark: {when: kept and time > 0, do: [{set: {latest: time}}]}
outcomes:
  latest: {value: latest, at: ending}
)" + rest),
                       1);
  REQUIRE(run.ended("completed") + run.ended("incomplete") == 1);
  return {run.ended("completed") == 1, run["latest"][0]};
}

const std::string give = "      give: {by: a, release: guests, due: [{day: 1, count: 3}], ";
const std::string back = "      back: {by: b, release: others, against: give, ";
const std::string observers = "verification: {observers: {takes: 60}}\n";

}  // namespace

TEST_CASE("an agreement is kept once all that is scheduled has been given") {
  const Result all = result(
      "      give: {by: a, release: guests, due: [{day: 1, count: 3}, {day: 40, count: 1}]}\n");
  CHECK(all.completed);
  CHECK(all.since == 40);
  CHECK_FALSE(result(give + "comply: 0}\n").completed);
  CHECK_FALSE(result(give + "requires: time > 100}\n").completed);
  CHECK_FALSE(result(give + "takes: 49.5}\n").completed);
  CHECK(result(give + "takes: 49}\n").completed);
  CHECK_FALSE(
      result("      give: {by: a, release: guests, due: [{day: 60, count: 3}]}\n").completed);
}

TEST_CASE("an answer still to come is not kept") {
  CHECK_FALSE(result(give + "}\n" + back + "lag: 50}\n").completed);
  const Result in_time = result(give + "}\n" + back + "lag: 48}\n");
  CHECK(in_time.completed);
  CHECK(in_time.since == 49);
  // What is to be seen first is to be answered, what is answered upon performance has been.
  CHECK_FALSE(result(give + "verified_by: observers}\n" + back + "}\n", observers).completed);
  CHECK(result(give + "verified_by: observers}\n" + back + "upon: performed}\n", observers)
            .completed);
  CHECK(result(give + "verified_by: observers}\n", observers).completed);
  // An answer to an answer.
  const std::string chain = "      again: {by: a, release: guests, against: back, lag: ";
  CHECK(result(give + "}\n" + back + "lag: 10}\n" + chain + "20}\n").since == 31);
  CHECK_FALSE(result(give + "}\n" + back + "lag: 10}\n" + chain + "40}\n").completed);
}

TEST_CASE("what is refused and not yet seen, or in dispute, is not kept") {
  const std::string disputed = "responses: {policy: {dispute: 1}}\n";
  const std::string at_first = "comply: 'if(give.breached >= 1, 1, 0)', breach: policy}\n";
  const Result settled = result(give + at_first, disputed + "mediation: {takes: 5}\n");
  CHECK(settled.completed);
  CHECK(settled.since == 6);
  CHECK_FALSE(result(give + at_first, disputed + "mediation: {takes: 60}\n").completed);
  CHECK_FALSE(result(give + at_first, disputed + "mediation: {takes: 5, settles: 0}\n").completed);
  // A false alarm over what is to be answered.
  const Result alarm = result(
      give + "verified_by: observers, breach: policy}\n" + back + "}\n",
      "verification: {observers: {false_alarms: 1}}\n" + disputed + "mediation: {takes: 10}\n");
  CHECK(alarm.completed);
  CHECK(alarm.since == 11);
}

TEST_CASE("a series without end is kept between its tranches, extra ones count") {
  const auto each_week = [](const std::string& takes) {
    return result("      give: {by: a, release: guests, due: [{every: 7, count: 1}], takes: " +
                  takes + "}\n");
  };
  // The last one is due on day 49; the one before was done 1.5 days after day 42.
  CHECK_FALSE(each_week("1.5").completed);
  CHECK(each_week("1.5").since == 43.5);
  CHECK(each_week("0.5").completed);
  CHECK(each_week("0.5").since == 49.5);
  const std::string extra = "      give: {by: a, release: guests, due: [], takes: ";
  const auto at_40 = [&](const std::string& takes) {
    const Simulation run(two_sides(extra + takes + "}\n", R"(
triggers: {more: {at: 40, do: [{due: {give: 3}}]}}
outcomes: {until: {first: not kept}}
)"),
                         1);
    CHECK(run["until"][0] == 40);
    return run.ended("completed") == 1;
  };
  CHECK(at_40("9"));
  CHECK_FALSE(at_40("11"));
}

TEST_CASE("a duty whose effects end the agreement is kept then, if all else is") {
  const auto kept = [](const std::string& other) {
    const Simulation run(
        two_sides("      last: {by: a, effects: [{end: peace}], due: [{day: 5}]}\n" + other,
                  "outcomes: {kept: {value: kept}}\n"),
        1);
    CHECK(run.ended("peace") == 1);
    CHECK(run["last.delivered"][0] == 1);
    return run["kept"][0] == 1;
  };
  CHECK(kept(""));
  CHECK(kept("      give: {by: a, release: guests, due: [{day: 4, count: 1}]}\n"));
  CHECK_FALSE(kept("      give: {by: a, release: guests, due: [{day: 6, count: 1}]}\n"));
}

TEST_CASE("phases count as far as they have begun, each time anew, and what lapses is never kept") {
  const auto run_of = [](const std::string& rest) {
    return Simulation(R"(
truce: 2
horizon: 60
on_collapse: continue
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 20}}
phases:
  one:
    lasts: 5
    obligations: {give: {by: a, release: guests, due: [{day: 4, count: 1}]}}
    then: [{if: one.started < 2, do: [{advance: one}]}]
outcomes:
  kept: {value: kept}
  kept_days: {integral: kept}
)" + rest,
                      1);
  };
  const Simulation twice = run_of("");
  CHECK(twice.ended("completed") == 1);
  CHECK(twice["kept_days"][0] == 60 - 4 - 4);
  const Simulation none_yet = run_of("begin: []\ntriggers: {t: {at: 2, do: [{advance: one}]}}\n");
  CHECK(none_yet.ended("completed") == 1);
  CHECK(none_yet["kept_days"][0] == 60 - 4 - 4);
  const std::string anew = "  anew: {at: 10, do: [{advance: one}]}\n";
  const Simulation lapsed = run_of("triggers:\n  breaks: {at: 2, do: [{collapse: x}]}\n" + anew);
  CHECK(lapsed.ended("incomplete") == 1);
  CHECK(lapsed["give.delivered"][0] == 1);
  CHECK(lapsed["kept_days"][0] == 0);
  // A collapse of which nothing lapses.
  const Simulation nothing = run_of("triggers:\n  breaks: {at: 4.5, do: [{collapse: x}]}\n" + anew);
  CHECK(nothing.ended("completed") == 1);
  CHECK(nothing["give.delivered"][0] == 2);
}
