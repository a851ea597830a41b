#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

// In all of these 20 guests are held, and the trial goes on to day 60, ten days beyond the phase.
namespace {

/// `give` has the keys given, `rest` stands at the top level; with outcomes that tell of `missing`.
Simulation given(const std::string& keys, const std::string& rest = "",
                 const std::string& what = "release: guests") {
  std::string yaml = two_sides("      give: {by: a, " + what + ", " + keys + "}\n", R"(
outcomes:
  missing_days: {integral: give.missing}
  most: {peak: give.missing}
  since: {first: give.missing > 0}
  halved: {first: give.missing == 5}
  delivered_by: {first: give.delivered >= 10}
  remedied: {value: give.remedied}
)" + rest);
  yaml.replace(yaml.find("horizon: 200"), 12, "horizon: 60");
  return {yaml, 1};
}

const std::string disputed = R"(
responses: {policy: {dispute: 1}}
mediation: {takes: 4}
)";
const std::string dropped = R"(
responses: {policy: {dispute: 1}}
mediation: {takes: 4, settles: 0}
)";
// Fails at first, complies once it has been breached.
const std::string at_first = "comply: 'if(give.breached >= 1, 1, 0)', breach: policy, ";

}  // namespace

TEST_CASE("what is refused is missing from its decision on, those held then") {
  const Simulation run = given("due: [{day: 1, count: 30}], comply: 0, takes: 2, grace: 3", R"(
triggers: {freed: {at: 4, do: [{release: {guests: 8}}]}}
)");
  CHECK(run["since"][0] == 1);
  CHECK(run["most"][0] == 20);
  CHECK(run["missing_days"][0] == 20 * 59);
  CHECK(run["give.missing"][0] == 20);
  CHECK(run["give.delivered"][0] == 0);
}

TEST_CASE("what is late is missing beyond its grace, then its shortfall") {
  const Simulation run = given(
      "due: [{day: 1, count: 10}], comply: 0, otherwise: {late: 1}, takes: 1, grace: 1, "
      "late_by: 4, share: 0.5");
  CHECK(run["since"][0] == 3);
  CHECK(run["halved"][0] == 6);
  CHECK(run["missing_days"][0] == 3 * 10 + 54 * 5);
  CHECK(run["give.delivered"][0] == 5);
  CHECK(run["remedied"][0] == 1);
  CHECK(run.ended("incomplete") == 1);
  const Simulation within = given(
      "due: [{day: 1, count: 10}], comply: 0, otherwise: {late: 1}, takes: 1, grace: 4, "
      "late_by: 4");
  CHECK(std::isnan(within["since"][0]));
  CHECK(within.ended("completed") == 1);
}

TEST_CASE("of a late tranche those are missing who are held when its grace is over") {
  const Simulation run = given(
      "due: [{day: 1, count: 10}], comply: 0, otherwise: {late: 1}, takes: 1, grace: 1, "
      "late_by: 4",
      R"(
triggers: {freed: {at: 2, do: [{release: {guests: 16}}]}, die: {at: 4, do: [{deaths: {guests: 2}}]}}
)");
  CHECK(run["missing_days"][0] == 3 * 4);
  CHECK(run["most"][0] == 4);
  CHECK(run["give.delivered"][0] == 2);
  CHECK(run["give.missing"][0] == 0);
}

TEST_CASE("what is tolerated is missing all the same") {
  const Simulation run =
      given("due: [{day: 1, count: 10}, {day: 3, count: 5}], share: 0.85, tolerance: 0.8");
  CHECK(run["give.delivered"][0] == 8 + 4);
  CHECK(run["give.missing"][0] == 2 + 1);
  CHECK(run["give.fulfilled"][0] == 2);
  CHECK(run.ended("completed") == 1);
}

TEST_CASE("a shortfall is missing until a dispute has it fall due again") {
  const Simulation partial =
      given(at_first +
                "due: [{day: 1, count: 10}], otherwise: {partial: 1}, partial_share: 0.5, takes: 2",
            disputed);
  CHECK(partial["since"][0] == 3);
  CHECK(partial["missing_days"][0] == 5 * 4);
  CHECK(partial["delivered_by"][0] == 9);
  CHECK(partial["give.missing"][0] == 0);
  CHECK(partial.ended("completed") == 1);
  const Simulation late =
      given(at_first + "due: [{day: 1, count: 10}], otherwise: {late: 1}, late_by: 10, takes: 1",
            disputed);
  CHECK(late["since"][0] == 2);
  CHECK(late["missing_days"][0] == 10 * 4);
  CHECK(late["delivered_by"][0] == 7);
  CHECK(late["give.performed"][0] == 1);
  CHECK(late.ended("completed") == 1);
}

TEST_CASE("what a dispute drops stays missing") {
  const Simulation partial =
      given(at_first + "due: [{day: 1, count: 10}], otherwise: {partial: 1}, partial_share: 0.5",
            dropped);
  CHECK(partial["missing_days"][0] == 5 * 59);
  CHECK(partial.ended("incomplete") == 1);
  const Simulation late =
      given(at_first + "due: [{day: 1, count: 10}], otherwise: {late: 1}, late_by: 10", dropped);
  CHECK(late["missing_days"][0] == 10 * 59);
  CHECK(late["give.performed"][0] == 0);
  CHECK(late.ended("incomplete") == 1);
}

TEST_CASE("a rest that leaves nobody held makes up for what was missing") {
  const std::string refused_at_first = "comply: 'if(time < 3, 0, 1)', ";
  const Simulation run = given(refused_at_first +
                               "due: [{day: 1, count: 6}, {day: 2, count: 4}, "
                               "{day: 10, count: rest}]");
  CHECK(run["missing_days"][0] == 6 + 8 * 10);
  CHECK(run["give.missing"][0] == 0);
  CHECK(run["give.delivered"][0] == 20);
  CHECK(run.ended("completed") == 1);
  const Simulation some_left = given(refused_at_first +
                                     "due: [{day: 1, count: 6}, {day: 10, count: rest}], "
                                     "share: 0.95, tolerance: 0.9");
  CHECK(some_left["give.missing"][0] == 6 + 1);
  CHECK(some_left.ended("incomplete") == 1);
  const Simulation nobody =
      given(refused_at_first + "due: [{day: 1, count: 6}, {day: 10, count: rest}]",
            "triggers: {freed: {at: 4, do: [{release: {guests: 20}}]}}");
  CHECK(nobody["give.missing"][0] == 6);  // a void one makes up for nothing
  CHECK(nobody.ended("incomplete") == 1);
}

TEST_CASE("a rest of single persons makes up once the last of them is free") {
  const std::string due = "singly: true, due: [{day: 1, count: 6}, {day: 10, count: rest}], ";
  const Simulation all = given(due + "comply: 'if(time < 3, 0, 1)'");
  CHECK(all["missing_days"][0] == 6 * 9);
  CHECK(all["give.breached"][0] == 6);
  CHECK(all.ended("completed") == 1);
  const Simulation but_one = given(due + "comply: 'if(time < 3 or tranche.number == 10, 0, 1)'");
  CHECK(but_one["give.missing"][0] == 7);
  CHECK(but_one["give.delivered"][0] == 19);
  CHECK(but_one.ended("incomplete") == 1);
  // The one who was refused is given once the dispute over it settles.
  const Simulation later = given(
      due + "comply: 'if(time < 3 or (time < 11 and tranche.number == 10), 0, 1)', breach: policy",
      R"(
responses: {policy: {dispute: 'if(time > 5, 1, 0)', tolerate: 'if(time > 5, 0, 1)'
}
}
mediation: {takes: 4}
)");
  CHECK(later["missing_days"][0] == 6 * 9 + 7 * 4 + 6 * 0);
  CHECK(later["give.missing"][0] == 0);
  CHECK(later["give.delivered"][0] == 20);
  CHECK(later.ended("completed") == 1);
}

TEST_CASE("a rest makes up for what was refused and is not yet seen") {
  const Simulation run = given(
      "due: [{day: 1, count: 4}, {day: 2, count: rest}], grace: 5, breach: policy, "
      "comply: 'if(tranche.number == 1, 0, 1)'",
      disputed);
  CHECK(run["missing_days"][0] == 4);
  CHECK(run["give.breached"][0] == 1);
  CHECK(run["give.delivered"][0] == 20);
  CHECK(run.ended("completed") == 1);  // what falls due again then is void
}

TEST_CASE("of effects weight times share is delivered") {
  const std::string grow = "effects: [{add: {x: 10}}]";
  const std::string level = "levels: {x: 0}\n";
  const Simulation partial =
      given(at_first + "due: [{day: 1}], otherwise: {partial: 1}, partial_share: 0.25",
            disputed + level + "triggers: {extra: {at: 10, do: [{due: {give: 2.5}}]}}\n", grow);
  CHECK(partial["give.delivered"][0] == 0.25 + 0.75 + 2.5);
  CHECK(partial["missing_days"][0] == 0.75 * 4);
  CHECK(partial["give.missing"][0] == 0);
  const Simulation quota = given("due: [{day: 1}], share: 1.5", level, grow);
  CHECK(quota["give.delivered"][0] == 1.5);
  CHECK(quota["give.missing"][0] == 0);
  const Simulation refused =
      given("due: [], comply: 0, grace: 1",
            level + "triggers: {extra: {at: 10, do: [{due: {give: 2.5}}]}}\n", grow);
  CHECK(refused["missing_days"][0] == 2.5 * 50);
}

TEST_CASE("more than is owed is delivered, credit is, and what lapses is not missing") {
  const Simulation quota = given("due: [{day: 1, count: 15}], share: 1.5");
  CHECK(quota["give.delivered"][0] == 20);
  CHECK(quota["give.missing"][0] == 0);
  const Simulation credit = given("due: [{day: 1, count: 3}, {day: 2, count: 4}], comply: 0",
                                  "begin: [{credit: {give: 5}}, {advance: only}]\n");
  CHECK(credit["give.delivered"][0] == 5);
  CHECK(credit["give.missing"][0] == 2);
  const Simulation collapsed = given(
      "due: [{day: 1, count: 3}, {day: 2, count: 4}, {day: 9, count: 2}], comply: 0, "
      "otherwise: {late: 1}, late_by: 20",
      "triggers: {breaks: {at: 5, do: [{collapse: quarrel}]}}\n");
  CHECK(collapsed["give.missing"][0] == 7);
}

TEST_CASE("what is missing is so whether it is seen or not") {
  const Simulation unseen = given("due: [{day: 1, count: 3}], comply: 0, verified_by: observers",
                                  "verification: {observers: {detects: 0, takes: 2}}\n");
  CHECK(unseen["give.fulfilled"][0] == 1);
  CHECK(unseen["give.missing"][0] == 3);
  CHECK(unseen.ended("incomplete") == 1);
  const Simulation alarm =
      given("due: [{day: 1, count: 3}], verified_by: observers, breach: policy",
            "verification: {observers: {false_alarms: 1}}\n" + dropped);
  CHECK(alarm["give.breached"][0] == 1);
  CHECK(alarm["give.missing"][0] == 0);
  CHECK(alarm.ended("completed") == 1);
}
