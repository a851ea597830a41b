#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

TEST_CASE("an answer falls due a lag after the tranche is fulfilled, by ratio") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 3}], verified_by: watch}
      answer: {by: b, release: others, against: give, ratio: 2.5, lag: 2}
)",
                                 R"(
verification: {watch: {takes: 0.5}}
outcomes:
  answered: {first: others.freed == 8}
)"),
                       1);
  CHECK(run["answered"][0] == Approx(3.5));  // 1 + 0.5 + 2; 7.5 rounds up
}

TEST_CASE("upon performed, an answer does not wait for what is seen") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 4}], comply: 0, otherwise: {partial: 1}, partial_share: 0.5, verified_by: watch}
      answer: {by: b, release: others, against: give, upon: performed, ratio: 10}
)",
                                 R"(
verification: {watch: {takes: 5}}
outcomes:
  answered: {first: others.freed == 20}
)"),
                       1);
  CHECK(run["answered"][0] == Approx(1));
  CHECK(run["give.breached"][0] == 1);
}

TEST_CASE("those of a tolerated partial tranche are answered with the next fulfilled one") {
  const Simulation run(two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 4}, {day: 5, count: 4}]
        comply: if(time > 3, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.5
        breach: meek
      answer: {by: b, release: others, against: give, ratio: 3}
)",
                                 R"(
responses: {meek: {tolerate: 1}}
outcomes:
  answered: {first: others.freed == 18}
  before: {value: answer.performed}
)"),
                       1);
  CHECK(run["answered"][0] == Approx(5));  // 3 * (2 + 4)
  CHECK(run["before"][0] == 1);
}

TEST_CASE("a lump sum answers each tranche, whatever its size") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{every: 5, to: 15, count: 2}]}
      answer: {by: b, release: others, against: give, count: 30}
      comfort: {by: b, effects: [{add: {aid: 1}}], against: give}
)",
                                 R"(
levels: {aid: 0}
outcomes: {aid_end: {value: aid}}
)"),
                       1);
  CHECK(run["others.freed"][0] == 90);
  CHECK(run["aid_end"][0] == 3);
}

TEST_CASE("a dispute over the answered obligation makes the answer wait, and the reverse not") {
  const Simulation run(two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 2}, {day: 2, count: 2}, {day: 3, count: 2}]
        comply: if(give.breached >= 1 or time < 2, 1, 0)
        breach: complain
      answer: {by: b, release: others, against: give, ratio: 1, lag: 1.5}
)",
                                 R"(
responses: {complain: {dispute: 1}}
mediation: {takes: 10}
outcomes:
  first_answer: {first: others.freed >= 2}
  all_given: {first: guests.freed == 6}
  all_answered: {first: others.freed == 6}
)"),
                       1);
  // Day 1: given, seen at once, answer due at 2.5. Day 2: refused, disputed until day 12, which
  // holds the tranche of day 3 and the answer.
  CHECK(run["first_answer"][0] == Approx(12));
  CHECK(run["all_given"][0] == Approx(12));
  CHECK(run["all_answered"][0] == Approx(13.5));
}

TEST_CASE("a late tranche beyond its grace is remedied, counts for answers, ends the dispute") {
  const Simulation run(two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 2}]
        comply: 0
        otherwise: {late: 1}
        late_by: 6
        grace: 1
        breach: complain
      answer: {by: b, release: others, against: give, ratio: 5}
)",
                                 R"(
responses: {complain: {dispute: 1}}
mediation: {takes: 10}
outcomes:
  answered: {first: others.freed == 10}
  dispute_days: {integral: disputes.open}
  trust_b: {value: b.trust}
)"),
                       1);
  CHECK(run["answered"][0] == Approx(7));
  CHECK(run["dispute_days"][0] == Approx(5));  // from day 2 to day 7
  CHECK(run["disputes.settled"][0] == 0);
  CHECK(run["give.fulfilled"][0] == 0);
  CHECK(run["trust_b"][0] == Approx(0.4));  // no trust for a remedy
}

TEST_CASE("a dispute that settles first cancels the late performance: all falls due again") {
  const Simulation run(two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 4}]
        comply: if(give.breached >= 1, 1, 0)
        otherwise: {late: 1}
        late_by: 20
        breach: complain
)",
                                 R"(
responses: {complain: {dispute: 1}}
mediation: {takes: 3}
outcomes: {given: {first: guests.freed == 4}}
)"),
                       1);
  CHECK(run["given"][0] == Approx(4));
  CHECK(run["give.performed"][0] == 1);
  CHECK(run["guests.freed"][0] == 4);
}

TEST_CASE("hold and suspension after notice, unless the breach is mended by then") {
  const auto scenario = [](const std::string& response, const std::string& late_by) {
    return two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 2}, {day: 4, count: 2}]
        comply: if(time < 3, 1, 0)
        otherwise: {late: 1}
        late_by: )" + late_by +
                         R"(
        breach: react
      answer: {by: b, release: others, against: give, ratio: 1, lag: 6}
      own: {by: b, release: others, due: [{day: 7.5, count: 50}]}
)",
                     "\nresponses: {react: {" + response + R"(}}
outcomes:
  answered: {first: answer.performed >= 1}
  other: {first: own.performed >= 1}
  halted: {value: b.halted}
)");
  };
  // Breached on day 4 (no grace), notice of 2 days: from day 6 on; the answer is due on day 7.
  const Simulation held(scenario("hold: {weight: 1, for: 3, notice: 2}", "30"), 1);
  CHECK(held["answered"][0] == Approx(9));
  CHECK(held["other"][0] == Approx(7.5));
  const Simulation suspended(scenario("suspend: {weight: 1, for: 3, notice: 2}", "30"), 1);
  CHECK(suspended["answered"][0] == Approx(9));
  CHECK(suspended["other"][0] == Approx(9));
  CHECK(suspended["halted"][0] == 1);
  const Simulation mended(scenario("suspend: {weight: 1, for: 3, notice: 2}", "1"), 1);
  CHECK(mended["answered"][0] == Approx(7));
  CHECK(mended["halted"][0] == 0);
  // Without `for`: until the breach is mended, on day 12.
  const Simulation until_mended(scenario("suspend: {weight: 1}", "8"), 1);
  CHECK(until_mended["answered"][0] == Approx(12));
}

TEST_CASE("persons of a partial tranche are answered once, also when its shortfall settles") {
  const Simulation run(two_sides(R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 4}]
        comply: if(give.breached >= 1, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.5
        breach: complain
      answer: {by: b, release: others, against: give, ratio: 3}
)",
                                 R"(
responses: {complain: {dispute: 1}}
mediation: {takes: 2}
)"),
                       1);
  CHECK(run["guests.freed"][0] == 4);
  CHECK(run["others.freed"][0] == 12);
}

TEST_CASE("upon performed, what credit covers is answered with the next performance") {
  const Simulation run(two_sides(R"(
      give: {by: a, release: guests, due: [{day: 1, count: 2}, {day: 5, count: 3}]}
      answer: {by: b, release: others, against: give, upon: performed, ratio: 2}
)",
                                 R"(
triggers:
  aside: {at: 0.5, do: [{credit: {give: 2}}]}
outcomes:
  nothing_yet: {first: give.fulfilled == 1 and others.freed == 0}
  answered: {first: others.freed == 10}
)"),
                       1);
  CHECK(run["nothing_yet"][0] == Approx(1));
  CHECK(run["answered"][0] == Approx(5));
  CHECK(run["guests.freed"][0] == 3);
}
