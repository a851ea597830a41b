#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

TEST_CASE("a tranche of nobody is void: nothing is decided, seen, trusted or answered") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: rest}, {day: 2, count: 3}, {day: 3, count: rest}, {day: 4, count: 0}]}
      back: {by: b, release: others, against: give, ratio: 2}
      lump: {by: b, release: others, against: give, count: 7, upon: performed}
)",
                                 R"(
outcomes:
  voided: {value: give.voided}
  second: {first: give.voided == 2}
  trust_a: {value: a.trust}
  trust_b: {value: b.trust}
  kept: {value: kept}
)"),
                       1);
  CHECK(run["voided"][0] == 3);
  CHECK(run["second"][0] == 3);
  CHECK(run["give.performed"][0] == 1);
  CHECK(run["give.fulfilled"][0] == 1);
  CHECK(run["give.delivered"][0] == 20);
  CHECK(run["others.freed"][0] == 40 + 7);
  CHECK(run["back.fulfilled"][0] == 1);
  CHECK(run["trust_a"][0] == Approx(0.52));
  CHECK(run["trust_b"][0] == Approx(0.51));
  CHECK(run["kept"][0] == 1);
  CHECK(run.ended("completed") == 1);
}

TEST_CASE("a tranche of which nobody is left at its performance is void then") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 3}], takes: 2}
      back: {by: b, release: others, against: give, count: 5}
)",
                                 R"(
triggers: {freed: {at: 2, do: [{release: {guests: 20}}]}}
outcomes:
  voided: {first: give.voided == 1}
  trust: {value: b.trust}
)"),
                       1);
  CHECK(run["voided"][0] == 3);
  CHECK(run["give.performed"][0] == 0);
  CHECK(run["give.fulfilled"][0] == 0);
  CHECK(run["others.freed"][0] == 0);
  CHECK(run["trust"][0] == 0.5);
  CHECK(run.ended("completed") == 1);
}

namespace {

// Late beyond its grace; on day 3 all are freed otherwise, and it is void on day 6.
std::string late_and_void(const std::string& rest) {
  return two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 3}], comply: 0, otherwise: {late: 1}, late_by: 5, breach: policy}
      back: {by: b, release: others, against: give, count: 7}
)",
                   R"(
triggers: {freed: {at: 3, do: [{release: {guests: 20}}]}}
outcomes:
  voided: {first: give.voided == 1}
  missing: {first: give.missing == 3}
  remedied: {value: give.remedied}
  trust: {value: b.trust}
  open_days: {integral: disputes.open}
)" + rest);
}

}  // namespace

TEST_CASE("a late tranche that is void ends no suspension") {
  const Simulation run(late_and_void("responses: {policy: {suspend: 1}}\n"), 1);
  CHECK(run["voided"][0] == 6);
  CHECK(run["missing"][0] == 1);
  CHECK(run["give.missing"][0] == 3);  // it stays
  CHECK(run["remedied"][0] == 0);
  CHECK(run["days_suspended"][0] == 49);
  CHECK(run.ended("completed") == 1);  // `kept` does not mind it
}

TEST_CASE("a dispute over a late tranche goes on when it is void, and brings nothing") {
  for (const bool settles : {true, false}) {
    const Simulation run(
        late_and_void(std::string("responses: {policy: {dispute: 1}}\n") +
                      "mediation: {takes: 20, settles: " + (settles ? "1" : "0") + "}\n"),
        1);
    CAPTURE(settles);
    CHECK(run["voided"][0] == 6);
    CHECK(run["open_days"][0] == 20);
    CHECK(run["disputes.settled"][0] == (settles ? 1 : 0));
    CHECK(run["give.fulfilled"][0] == 0);
    CHECK(run["others.freed"][0] == 0);
    CHECK(run["give.missing"][0] == 3);
    CHECK(run["trust"][0] == Approx(0.4));
    CHECK(run.ended("completed") == 1);
  }
}

TEST_CASE("credit covers a tranche of which nobody is held, and has no effect on rest") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: rest}, {day: 5, count: 4}, {day: 6, count: 2}, {day: 7, count: rest}]}
      back: {by: b, release: others, against: give}
)",
                                 R"(
triggers: {credit: {at: 3, do: [{credit: {give: 3}}]}}
outcomes:
  voided: {value: give.voided}
  trust: {value: b.trust}
)"),
                       1);
  CHECK(run["voided"][0] == 2);
  CHECK(run["give.fulfilled"][0] == 2);  // with the three persons credited
  CHECK(run["give.performed"][0] == 1);
  CHECK(run["give.delivered"][0] == 23);
  CHECK(run["give.missing"][0] == 0);
  CHECK(run["others.freed"][0] == 23);
  CHECK(run["trust"][0] == Approx(0.52));
}

TEST_CASE("a rest takes all of them, whatever credit there is") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: rest}, {day: 2, count: rest}, {day: 3, count: 2}]}
)",
                                 R"(
begin: [{credit: {give: 2}}, {advance: only}]
outcomes: {voided: {value: give.voided}}
)"),
                       1);
  CHECK(run["voided"][0] == 1);
  CHECK(run["give.performed"][0] == 1);
  CHECK(run["give.fulfilled"][0] == 2);
  CHECK(run["give.delivered"][0] == 22);
}

TEST_CASE("credit comes before a tranche splits into single persons") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, singly: true, due: [{day: 1, count: 5}, {day: 2, count: 0}, {day: 3, count: 2}, {day: 4, count: rest}, {day: 5, count: rest}]}
      back: {by: b, release: others, against: give}
)",
                                 R"(
begin: [{credit: {give: 2}}, {advance: only}]
outcomes:
  voided: {value: give.voided}
  first_day: {first: others.freed == 5}
)"),
                       1);
  CHECK(run["first_day"][0] == 1);
  CHECK(run["voided"][0] == 2);
  CHECK(run["give.fulfilled"][0] == 20);
  CHECK(run["give.delivered"][0] == 22);
  CHECK(run["others.freed"][0] == 22);
  CHECK(run.ended("completed") == 1);
}

TEST_CASE("a duty of no weight is void, of a negative one an error") {
  const auto with = [](const std::string& weight) {
    return two_sides(R"(
      duty: {by: a, effects: [{add: {x: 1}}], due: []}
)",
                     R"(
levels: {x: 0}
triggers: {extra: {at: 3, do: [{due: {duty: )" +
                         weight + R"(}}, {due: {duty: 2}}]}}
outcomes:
  voided: {value: duty.voided}
  x: {value: x}
)");
  };
  const Simulation run(with("x"), 1);
  CHECK(run["voided"][0] == 1);
  CHECK(run["x"][0] == 2);
  CHECK(run["duty.fulfilled"][0] == 1);
  CHECK(run["duty.delivered"][0] == 2);
  CHECK_THROWS_WITH(Simulation(with("x - 1"), 1), Catch::Contains("'duty': a weight of -1"));
}
