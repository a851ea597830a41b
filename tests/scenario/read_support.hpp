#pragma once

#include <string>
#include <vector>

#include "scenario/description.hpp"
#include "support/catch.hpp"

/// Malformed scenarios: each is the sound one with a piece of its text replaced, and must be
/// reported with just these lines, so that an error that only follows from another fails the test.
namespace truce::test {

inline const std::string sound = R"yaml(truce: 2
name: base
start: 2025-01-19
horizon: 100 days
parameters:
  word: {value: 0.9, prior: "beta(9, 1)"}
  pace: 2
parties:
  a: {role: principal, trust: {initial: 0.5, breached: -0.1}}
  b: {role: principal, trust: 0.5, will: {initial: 0.5, min: 0, max: 1}}
  watch: {role: monitor}
cohorts:
  guests: {held_by: a, living: 10, remains: 2, mortality: 0.001}
  others: {held_by: b, held: 90, living: 80}
levels:
  aid: {initial: 100, min: 0, max: 600, unit: trucks/day, drift: 1 per week}
verification:
  eyes: {takes: 6 h, detects: 0.9}
responses:
  measured: {tolerate: 1, dispute: 2, hold: {weight: 1, for: 3 days}}
  fire_back: {tolerate: 1, retaliate: {weight: 1, incident: {a: shots, b: strike}}}
mediation: {takes: 2, settles: 0.7, unsettled: {drop: 1}}
phases:
  first:
    lasts: 30
    obligations:
      give:
        by: a
        release: guests
        due: [{day: 1, count: 5}, {every: 7, from: 7, to: 21, count: 1}]
        comply: word
        otherwise: {late: 1, refuse: 1}
        late_by: exponential(2)
        verified_by: eyes
        breach: measured
      answer:
        by: b
        release: others
        against: give
        ratio: 3
        lag: pace
        comply: 0.8
      open_gates:
        by: b
        effects: [{add: {aid: 50}}]
        due: [{day: 3}]
    then:
      - {if: cairo.agreed >= 1, do: [{advance: second}]}
      - {chance: 0.5, do: [{extend: 7 days}]}
  second:
    lasts: 10
talks:
  cairo: {rounds: 3, agree: 0.2, ratify: {a: 0.9, b: 0.9}, deadline: 20}
incidents:
  shots: {by: a, to: b, rate: 0.01 * b.will, breach: fire_back}
  strike: {by: b, to: a, excites: {jump: 0.1, decay: 0.5}}
triggers:
  start_talks: {at: 5, do: [{open: cairo}]}
  anger: {upon: shots.occurred, do: [{add: {b.will: -0.1}}, {signal: outrage}]}
  calm: {upon: [outrage, cairo.agreed], chance: 0.5, do: [{set: {aid: 200}, after: 2}]}
outcomes:
  done: {value: guests.living + aid}
timelines: [guests.freed, {trust_of_b: b.trust}]
)yaml";

struct Case {
  std::string what;
  std::string instead_of;
  std::string written;
  std::string findings;
};

inline std::string findings_of(const std::string& text) {
  scenario::Diagnostics diagnostics;
  const auto read =
      scenario::read_scenario(scenario::parse_document(text, "s.yaml", diagnostics), diagnostics);
  scenario::check_structure(read, diagnostics);
  return diagnostics.text();
}

inline void check_cases(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.what);
    const auto at = sound.find(c.instead_of);
    REQUIRE(at != std::string::npos);
    REQUIRE(sound.find(c.instead_of, at + 1) == std::string::npos);
    std::string text = sound;
    text.replace(at, c.instead_of.size(), c.written);
    CHECK(findings_of(text) == c.findings);
  }
}

}  // namespace truce::test
