// The sample of the language's page, completed to a scenario, and the short forms of values.

#include "read_support.hpp"

using namespace truce::scenario;
using truce::test::findings_of;

namespace {

const std::string sample = R"yaml(truce: 2
name: Sample
summary: the sample of the language's page
sources: [one, "two: with a colon"]
start: 2024-02-29
horizon: 120 days
tick: 12 h
parameters:
  trusted: 0.93
  ratio_of_prisoners: {value: 30, prior: "uniform(20, 40)", unit: persons, summary: s, source: t}
  chance_of_agreement: {value: 0.3, prior: "beta(3, 7)"}
correlations: [{between: [ratio_of_prisoners, chance_of_agreement], rho: -0.4}]
parties:
  hamas: {role: principal, trust: 0.5}
  israel: {role: principal, trust: {initial: 0.5, fulfilled: 0.02, breached: -0.1, settled: 0.03, incident: -0.05}}
  us: {role: guarantor, engagement: {initial: 0.8, min: 0, max: 1}, patience: 3}
cohorts:
  civilians: {held_by: hamas, living: 40, remains: 8, mortality: 0.0002}
  prisoners: {held_by: israel, held: 5000, living: "truncated(normal(4990, 5), 0, 5000)"}
levels:
  aid_rate: {initial: 100, min: 0, max: 600, unit: trucks/day, drift: 0.5 * us.engagement}
  movement: 0
verification: {red_cross: {takes: 0.2, detects: 0.98, false_alarms: 0.01}}
responses:
  measured: {tolerate: 1, dispute: 3, hold: {weight: 1, for: 3 days}, suspend: {weight: 1, for: 5 days, notice: 3 days}, retaliate: {weight: 0.5, incident: strike}, withdraw: 0.1}
  over_fire: {tolerate: 1, retaliate: {weight: 1, incident: {israel: strike, hamas: rocket_fire}}}
mediation: {teams: 2, takes: "gamma(4, 3)", settles: 0.7, unsettled: {retry: 2, drop: 1, withdraw: 1}}
phases:
  first:
    lasts: 42 days
    ends_when: civilians.living == 0
    obligations:
      release_civilians:
        by: hamas
        to: israel
        release: civilians
        due:
          - {day: 1, count: 3}
          - {day: 7, count: 4}
          - {every: 7, from: 14, to: 35, count: 3}
          - {day: 41, count: rest}
        singly: false
        requires: aid_rate > 50
        comply: trusted * (0.9 + 0.1 * hamas.trust)
        otherwise: {late: 3, partial: 1, refuse: 1}
        late_by: exponential(2)
        partial_share: uniform(0.3, 0.9)
        share: 1
        tolerance: 1
        takes: 6 h
        grace: 1 day
        verified_by: red_cross
        breach: measured
      release_prisoners:
        by: israel
        release: prisoners
        against: release_civilians
        ratio: ratio_of_prisoners
        upon: performed
        lag: triangular(0.2, 0.5, 2)
      return_remains: {by: hamas, release: civilians.remains, due: [{every: 1 week, count: 1}], singly: true}
      let_move: {by: israel, effects: [{set: {movement: 1}}, {add: {aid_rate: 100}}], due: [{day: 3}]}
      keep_quiet: {by: hamas, effects: [], due: [{every: 10, to: 40}]}
    then:
      - {if: cairo.agreed >= 1, do: [{advance: second}]}
      - {if: cairo.open, chance: 0.5, do: [{extend: 7 days}]}
      - {do: [{collapse: no_second_phase}]}
  second: {lasts: 6 weeks}
talks:
  cairo: {rounds: "gamma(4, 2)", agree: chance_of_agreement, ratify: {israel: 0.8, hamas: 0.9}, ratify_takes: 2, deadline: 30, agreed: [{signal: hope}], failed: []}
incidents:
  rocket_fire: {by: hamas, to: israel, rate: 1 per week, excites: {jump: 0.3, decay: 0.7}, while: active and movement < 1, breach: over_fire, do: [{add: {us.engagement: -0.1}}]}
  strike: {by: israel, to: hamas}
triggers:
  talk: {at: 16 days, do: [{open: cairo}]}
  hopeful: {upon: hope, limit: 3, do: [{add: {us.patience: 1, israel.trust: 0.1}, if: us.patience < 9, chance: 0.5, after: 6 h}]}
  shocked: {upon: [civilians.death, disputes.failed], do: [{suspend: {party: israel, for: 2 days}}, {hold: {obligation: release_civilians}}]}
  relieved: {when: movement >= 1, do: [{resume: israel}, {resume: release_civilians}, {close: cairo}]}
  weekly: {every: 1 week, while: active, do: [{release: {civilians.remains: 1}}, {deaths: {civilians: 1}}, {credit: {release_prisoners: 2}}, {due: {release_prisoners: 1}}]}
  outside: {rate: 0.5 per week, chance: 0.1, do: [{incident: strike}, {end: war}]}
on_collapse: continue
outcomes:
  freed: {value: civilians.freed, unit: persons, summary: s}
  first_death: {first: civilians.died > 0}
  held: {integral: civilians.living}
  most: {peak: disputes.open}
  least: {trough: israel.trust}
timelines: [civilians.freed, "max(israel.trust, hamas.trust)", {deaths: civilians.died}]
)yaml";

Scenario read(const std::string& text) {
  Diagnostics diagnostics;
  Scenario scenario = read_scenario(parse_document(text, "s.yaml", diagnostics), diagnostics);
  CHECK(diagnostics.text().empty());
  return scenario;
}

double number(const std::optional<Expression>& e) {
  REQUIRE(e);
  REQUIRE(e->kind == Expression::Kind::number);
  return e->value;
}

}  // namespace

TEST_CASE("the sample of the language's page reads and is sound") {
  CHECK(
      findings_of(sample) ==
      "s.yaml:41:13: warning: a tranche of 'release_civilians' can be open until day 42.45, after "
      "the phase 'first' has ended (with what it takes, its grace and its verification; the phase "
      "lasts 42 days)\n");
}

TEST_CASE("the sample's head is read") {
  const Scenario s = read(sample);
  CHECK(s.name == "Sample");
  CHECK(s.sources == std::vector<std::string>{"one", "two: with a colon"});
  CHECK(s.start == "2024-02-29");
  CHECK(s.tick->text == "/");  // 12 / 24
  CHECK(s.on_collapse == truce::model::AfterCollapse::go_on);
  REQUIRE(s.parameters.size() == 3);
  CHECK(number(s.parameters[0].value) == 0.93);
  CHECK_FALSE(s.parameters[0].prior);
  CHECK(number(s.parameters[1].value) == 30);
  CHECK(s.parameters[1].prior->text == "uniform");
  REQUIRE(s.correlations.size() == 1);
  CHECK(s.correlations[0].between[1].text == "chance_of_agreement");
}

TEST_CASE("the sample's parties, cohorts and levels are read, short forms included") {
  const Scenario s = read(sample);
  REQUIRE(s.parties.size() == 3);
  CHECK(number(s.parties[0].trust->initial) == 0.5);
  CHECK_FALSE(s.parties[0].trust->breached);
  CHECK(s.parties[1].trust->breached->kind == Expression::Kind::unary);
  CHECK(s.parties[2].role == Role::guarantor);
  REQUIRE(s.parties[2].attributes.size() == 2);
  CHECK(s.parties[2].attributes[0].name.text == "engagement");
  CHECK(number(s.parties[2].attributes[0].max) == 1);
  CHECK(number(s.parties[2].attributes[1].initial) == 3);
  CHECK_FALSE(s.parties[2].attributes[1].max);
  REQUIRE(s.cohorts.size() == 2);
  CHECK(number(s.cohorts[0].remains) == 8);
  CHECK_FALSE(s.cohorts[0].held);
  CHECK(s.cohorts[1].living->text == "truncated");
  CHECK(number(s.levels[1].initial) == 0);
}

TEST_CASE("the sample's responses and mediation are read") {
  const Scenario s = read(sample);
  REQUIRE(s.policies.size() == 2);
  const auto& measured = s.policies[0].responses;
  REQUIRE(measured.size() == 6);
  CHECK(measured[1].kind == truce::model::ResponseKind::dispute);
  CHECK(number(measured[1].weight) == 3);
  CHECK(measured[3].kind == truce::model::ResponseKind::suspend);
  CHECK(measured[3].notice);
  CHECK(measured[4].incident.any->text == "strike");
  const auto& retaliate = s.policies[1].responses[1];
  CHECK_FALSE(retaliate.incident.any);
  REQUIRE(retaliate.incident.of.size() == 2);
  CHECK(retaliate.incident.of[1].first.text == "hamas");
  CHECK(retaliate.incident.of[1].second.text == "rocket_fire");
  REQUIRE(s.mediation);
  REQUIRE(s.mediation->unsettled.size() == 3);
  CHECK(s.mediation->unsettled[2].first == truce::model::Unsettled::withdraw);
}

TEST_CASE("the sample's phases and obligations are read") {
  const Scenario s = read(sample);
  REQUIRE(s.phases.size() == 2);
  REQUIRE(s.phases[0].obligations.size() == 5);
  const Obligation& release = s.phases[0].obligations[0];
  CHECK(release.to->text == "israel");
  REQUIRE(release.due.size() == 4);
  CHECK(number(release.due[2].from) == 14);
  CHECK(number(release.due[2].count) == 3);
  CHECK_FALSE(release.due[2].rest);
  CHECK(release.due[3].rest);
  CHECK_FALSE(release.due[3].count);
  CHECK(release.otherwise[1].first == Failure::partial);
  CHECK_FALSE(release.singly);
  const Obligation& answer = s.phases[0].obligations[1];
  CHECK(answer.against->text == "release_civilians");
  CHECK(answer.upon == truce::model::Upon::performed);
  CHECK_FALSE(answer.due_position);
  CHECK(s.phases[0].obligations[2].release->text == "civilians.remains");
  CHECK(s.phases[0].obligations[2].singly);
  CHECK(s.phases[0].obligations[2].due[0].every->text == "*");  // 1 * 7
  CHECK(s.phases[0].obligations[3].effects->size() == 2);
  CHECK(s.phases[0].obligations[4].effects->empty());
  REQUIRE(s.phases[0].then->size() == 3);
  CHECK_FALSE((*s.phases[0].then)[2].condition);
  CHECK_FALSE(s.phases[1].then);
}

TEST_CASE("the sample's processes and effects are read") {
  const Scenario s = read(sample);
  CHECK(s.talks[0].ratify.size() == 2);
  CHECK(s.incidents[0].excites);
  CHECK_FALSE(s.incidents[1].rate);
  REQUIRE(s.triggers.size() == 6);
  CHECK(s.triggers[1].upon.size() == 1);
  CHECK(s.triggers[2].upon.size() == 2);
  CHECK(s.triggers[2].upon[1].text == "disputes.failed");
  const Effect& add = s.triggers[1].effects[0];
  REQUIRE(add.assignments.size() == 2);
  CHECK(add.assignments[1].first.text == "israel.trust");
  CHECK((add.condition && add.chance && add.after));
  CHECK(s.triggers[2].effects[0].target.text == "israel");
  CHECK(number(s.triggers[4].effects[0].assignments[0].second) == 1);
  std::vector<truce::model::EffectKind> kinds;
  for (const Effect& effect : s.triggers[4].effects) kinds.push_back(effect.kind);
  CHECK(kinds == std::vector{truce::model::EffectKind::release, truce::model::EffectKind::deaths,
                             truce::model::EffectKind::credit, truce::model::EffectKind::due});
  CHECK(s.triggers[5].effects[1].kind == truce::model::EffectKind::end);
  CHECK(s.triggers[5].effects[1].target.text == "war");
}

TEST_CASE("the sample's measures are read, and a timeline's name is its text") {
  const Scenario s = read(sample);
  REQUIRE(s.outcomes.size() == 5);
  for (std::size_t i = 0; i < 5; ++i) CHECK(s.outcomes[i].form == &outcome_forms.at(i));
  CHECK(s.outcomes[0].unit == "persons");
  REQUIRE(s.timelines.size() == 3);
  CHECK(s.timelines[1].name.text == "max(israel.trust, hamas.trust)");
  CHECK(s.timelines[2].name.text == "deaths");
  CHECK(s.timelines[2].expression.text == "civilians.died");
}
