#include <fmt/format.h>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/statistics.hpp"

using truce::test::Simulation;

namespace {

/// Amounts of trust that tell apart what is read of a tranche: each part in digits of its own.
const std::string parts =
    "tranche.count * 1e-2 + tranche.number * 1e-3 + tranche.delivered * 1e-5 + "
    "tranche.missing * 1e-7 + tranche.late * 1e-9";

struct Parts {
  double count, number, delivered, missing, late;
};

double sum_of(const Parts& p) {
  return p.count * 1e-2 + p.number * 1e-3 + p.delivered * 1e-5 + p.missing * 1e-7 + p.late * 1e-9;
}

/// What moves the trust of b, which starts at 0, in the case given; a's moves at settlements.
Simulation with(const std::string& moves, const std::string& obligations,
                const std::string& rest = "") {
  return Simulation(fmt::format(R"(
truce: 2
horizon: 60
parties:
  a: {{role: principal, trust: {{initial: 0, settled: {0}}}}}
  b: {{role: principal, trust: {{initial: 0, {1}}}}}
cohorts:
  guests: {{held_by: a, living: 20}}
  others: {{held_by: b, living: 100}}
levels: {{x: 0, y: 0}}
phases:
  only:
    lasts: 50
    obligations:
{2}
outcomes:
  trust_a: {{value: a.trust}}
  trust_b: {{value: b.trust}}
  x: {{value: x}}
  y: {{value: y}}
  breach: {{first: give.breached >= 1}}
  settled: {{first: disputes.settled >= 1}}
  performed: {{first: give.performed >= 1}}
  again: {{first: give.performed >= 2}}
{3})",
                                parts, moves, obligations, rest),
                    1);
}

std::string moved(const std::string& key) {
  return key + ": " + parts;
}

Approx close_to(double x) {
  return Approx(x).epsilon(0).margin(1e-12);
}

}  // namespace

TEST_CASE("trust moves by what a tranche was owed, has delivered and lacks") {
  const Simulation run = with(moved("fulfilled"), R"(
      give: {by: a, release: guests, due: [{day: 1, count: 5}, {day: 5, count: 30}], share: 0.85, tolerance: 0.8, comply: 0, otherwise: {late: 1}, late_by: 2, grace: 2, takes: 1}
)");
  CHECK(run["trust_b"][0] == close_to(sum_of({5, 1, 4, 1, 0}) + sum_of({16, 2, 13, 3, 0})));
}

TEST_CASE("of a refusal all is missing, and it is late by the time since it was due") {
  const Simulation run =
      with(moved("breached"), R"(
      give: {by: a, release: guests, due: [{day: 1, count: 5}], comply: 0, takes: 1, grace: 2, verified_by: observers}
)",
           "verification: {observers: {takes: 3 + tranche.missing / 5 + tranche.late}}\n");
  CHECK(run["breach"][0] == 1 + 1 + 2 + 4);
  CHECK(run["trust_b"][0] == close_to(sum_of({5, 1, 0, 5, 4})));
}

TEST_CASE("a late tranche is breached with all missing, disputed, and then anew") {
  const Simulation run = with(moved("breached") + ", " + moved("fulfilled"), R"(
      give: {by: a, release: guests, due: [{day: 1, count: 5}], comply: 'if(give.breached >= 1, 1, 0)', otherwise: {late: 1}, late_by: 8, takes: 1, grace: 2, breach: policy}
)",
                              R"(
responses: {policy: {dispute: tranche.missing, tolerate: tranche.delivered}}
mediation: {takes: 3 + tranche.count / 10, settles: 'if(tranche.late == 3.5, 1, 0)'
}
)");
  CHECK(run["breach"][0] == 4);
  CHECK(run["settled"][0] == 7.5);
  CHECK(run["trust_a"][0] == close_to(sum_of({5, 1, 0, 5, 3.5})));
  CHECK(run["trust_b"][0] == close_to(sum_of({5, 1, 0, 5, 0}) + sum_of({5, 1, 5, 0, 0})));
}

TEST_CASE("effects read what their performance delivered, those with a delay too") {
  const Simulation run = with(moved("breached") + ", " + moved("fulfilled"), R"(
      give:
        by: a
        effects:
          - {add: {x: tranche.missing * 100 + tranche.delivered}}
          - {add: {y: tranche.delivered + time * 10}, after: 1 + tranche.missing}
        due: [{day: 1}]
        comply: if(give.breached >= 1, 1, 0)
        otherwise: {partial: 1}
        partial_share: 0.25 * tranche.number
        breach: policy
)",
                              R"(
responses: {policy: {dispute: 1}}
mediation: {takes: 3, settles: 'if(tranche.missing == 0.75, 1, 0)'}
)");
  // A quarter of weight 1 on day 1, acting on day 1 and 2.75; of weight 0.75 on days 4 and 5.
  CHECK(run["x"][0] == Approx(0.25 * (75 + 0.25) + 0.75 * (0 + 0.75)));
  CHECK(run["y"][0] == Approx(0.25 * (0.25 + 27.5) + 0.75 * (0.75 + 50)));
  CHECK(run["trust_a"][0] == close_to(sum_of({1, 1, 0.25, 0.75, 0})));
  CHECK(run["trust_b"][0] ==
        close_to(sum_of({1, 1, 0.25, 0.75, 0}) + sum_of({0.75, 1, 0.75, 0, 0})));
}

TEST_CASE("effects of a late tranche read how late it is") {
  const Simulation run = with("", R"(
      give: {by: a, effects: [{add: {x: tranche.late}}, {add: {y: tranche.late}, after: 5}], due: [{day: 1}], comply: 0, otherwise: {late: 1}, late_by: 4, grace: 1.5}
)");
  CHECK(run["x"][0] == 2.5);
  CHECK(run["y"][0] == 2.5);
}

TEST_CASE("all that is drawn at the decision reads the tranche, all of which is missing yet") {
  // The first fails, as it is the first, and is late by 4 beyond 1 of grace: performed on day 6,
  // 3 of 4. The second takes 2 days: 7 of 8.
  const Simulation run = with(moved("breached") + ", " + moved("fulfilled"), R"(
      give:
        by: a
        release: guests
        due: [{day: 1, count: 4}, {day: 1, count: 8}]
        comply: if(tranche.number == 1 and tranche.delivered == 0 and tranche.missing == tranche.count and tranche.late == 0, 0, 1)
        otherwise: {late: tranche.count, refuse: tranche.delivered + tranche.late}
        late_by: tranche.count
        grace: tranche.number + tranche.late
        takes: tranche.missing / 4
        share: 1 - 1 / tranche.count
        tolerance: if(tranche.missing == tranche.count and tranche.delivered == 0, 0.5, 2)
)");
  CHECK(run["performed"][0] == 3);
  CHECK(run["again"][0] == 6);
  CHECK(run["breach"][0] == 3);
  CHECK(run["trust_b"][0] == close_to(sum_of({4, 1, 0, 4, 0}) + sum_of({8, 2, 7, 1, 0})));
  CHECK(run["give.delivered"][0] == 10);
}

TEST_CASE("numbers are given at T, to void and credited tranches too, to each single person") {
  const Simulation run = with(moved("fulfilled"), R"(
      give: {by: a, release: guests, due: [{day: 1, count: 0}, {day: 2, count: 3}, {day: 3, count: 2}, {day: 4, count: 6}]}
      single: {by: b, release: others, singly: true, due: [{day: 1, count: 2}, {day: 2, count: 3}], comply: 'if(tranche.number == 4, 0, 1)'}
)",
                              "begin: [{credit: {give: 4}}, {advance: only}]\n");
  // The first is void; the second covered; of the third one person is left.
  CHECK(run["trust_b"][0] ==
        close_to(sum_of({3, 2, 3, 0, 0}) + sum_of({1, 3, 1, 0, 0}) + sum_of({6, 4, 6, 0, 0})));
  CHECK(run["single.breached"][0] == 1);
  CHECK(run["single.delivered"][0] == 4);
}

TEST_CASE("what follows from an incident reads its severity, then and later") {
  const Simulation run =
      with("incident: incident.severity * 0.01, settled: incident.severity * 0.02", R"(
      give: {by: a, release: guests, due: [{day: 30, count: 5}], comply: 0, breach: over_breach}
)",
           R"(
responses:
  over_breach: {retaliate: {weight: incident.severity + tranche.count, incident: {b: strike}}}
  over_fire: {dispute: incident.severity - 2, tolerate: 'if(incident.severity == 3, tranche.count, 1)'}
mediation: {takes: incident.severity + tranche.count, settles: 'if(incident.severity == 3, 1, 0)'}
incidents:
  fire: {by: a, to: b, severity: 3 + fire.severity, breach: over_fire, do: [{set: {x: incident.severity}}, {incident: shot}, {add: {x: 10 * incident.severity}}, {add: {y: incident.severity * time}, after: incident.severity}]}
  shot: {severity: 2, do: [{add: {x: 100 * incident.severity}}]}
  strike: {by: b, to: a, severity: 7, do: [{add: {y: 1000 * incident.severity}}]}
triggers: {one: {at: 2, do: [{incident: fire}]}}
)");
  CHECK(run["x"][0] == 3 + 30 + 200);
  CHECK(run["y"][0] == 3 * 5 + 7000);
  CHECK(run["settled"][0] == 5);
  CHECK(run["strike.occurred"][0] == 1);
  CHECK(run["trust_b"][0] == Approx(0.03 + 0.06));
}

TEST_CASE("retaliation leaves what the tranche's own effects read") {
  const Simulation run =
      with("", R"(
      give: {by: a, effects: [{add: {x: tranche.count}}, {incident: strike}, {add: {x: 100 * tranche.count}}, {add: {x: 1000 * tranche.count}, after: 1}], due: [{day: 30}]}
)",
           "incidents: {strike: {severity: 7, do: [{add: {y: incident.severity}}]}}\n");
  CHECK(run["x"][0] == 1101);
  CHECK(run["y"][0] == 7);
}

TEST_CASE("severity is drawn at each occurrence, and what it excites reads the new one") {
  constexpr std::size_t trials = 20'000;
  const Simulation run(R"(
truce: 2
horizon: 10
levels: {total: 0}
incidents:
  shot: {rate: 2, while: true, severity: exponential(2), do: [{add: {total: shot.severity}}]}
  fire: {rate: 1, while: true, severity: bernoulli(0.5), excites: {jump: 0.6 * fire.severity, decay: 1}}
  never: {}
outcomes:
  total: {value: total}
  none: {value: never.severity}
)",
                       trials);
  // A compound Poisson sum: mean 20 * 2, variance 20 * E X^2 = 20 * 8.
  truce::test::check_mean(run["total"], 40);
  CHECK(truce::test::sd_of(run["total"]) == Approx(std::sqrt(160.0)).epsilon(0.02));
  // The mean m of the excitation obeys m' = -m + 0.3 (1 + m).
  const double expected = 10 + 0.3 / 0.7 * (10 - (1 - std::exp(-7.0)) / 0.7);
  truce::test::check_mean(run["fire.occurred"], expected);
  CHECK(run["none"][0] == 0);
}
