#include <string>
#include <vector>

#include "scenario/compile.hpp"
#include "support/catch.hpp"

using namespace truce::scenario;

namespace {

/// A sound scenario, in which each case replaces one piece of text.
const std::string sound = R"yaml(truce: 2
name: sound
horizon: 100
parameters:
  word: {value: 0.9, prior: "beta(9, 1)"}
parties:
  a: {role: principal, trust: {initial: 0.5, breached: -0.1}}
  b: {role: principal, will: {initial: 0.5, min: 0, max: 1}}
cohorts:
  guests: {held_by: a, living: 10, mortality: 0.001}
  others: {held_by: b, living: 30}
verification:
  watch: {takes: 6 h, detects: 0.9}
responses:
  measured: {tolerate: 1, dispute: 2, hold: {weight: 1, for: 3 days}}
mediation: {takes: 2, settles: 0.7}
phases:
  first:
    lasts: 30
    obligations:
      give:
        by: a
        release: guests
        due: [{day: 1, count: 5}, {day: 8, count: rest}]
        comply: word
        otherwise: {late: 1, refuse: 1}
        late_by: exponential(2)
        grace: 0
        verified_by: watch
        breach: measured
      answer:
        by: b
        release: others
        against: give
        ratio: 3
  second: {lasts: 10}
incidents:
  shots: {by: a, to: b, rate: 0.01 * b.will}
triggers:
  anger: {upon: shots.occurred, do: [{add: {b.will: -0.1}}]}
outcomes:
  done: {value: guests.living == 0}
timelines: [guests.freed, a.trust]
)yaml";

struct Case {
  std::string what;
  std::string instead_of;
  std::string written;
  std::string finding;  ///< the line of the report, from the line number on
};

std::string report(const std::string& text) {
  Diagnostics diagnostics;
  const auto loaded = load_text(text, "case.yaml", {}, diagnostics);
  CHECK(loaded.has_value() == !diagnostics.has_errors());
  return diagnostics.text();
}

std::string with(const std::string& from, const std::string& to) {
  std::string text = sound;
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const std::vector<Case> cases = {
    {"unknown key", "comply: word", "complys: word",
     "25:9: error: unknown key 'complys' in obligation 'give'; did you mean 'comply'?"},
    {"unknown name, near miss", "comply: word", "comply: wrod",
     "25:17: error: unknown name 'wrod'; did you mean 'word'?"},
    {"unknown name within an expression", "0.01 * b.will", "0.01 * b.wil",
     "38:38: error: unknown name 'b.wil'; did you mean 'b.will'?"},
    {"unknown cohort", "release: guests", "release: guest",
     "23:18: error: unknown cohort 'guest'; did you mean 'guests'?"},
    {"entity of another kind", "by: a\n        release: guests",
     "by: first\n        release: guests",
     "22:13: error: 'first' is a phase, where a party is expected"},
    {"unknown event", "upon: shots.occurred", "upon: shots.occured",
     "40:17: error: unknown event 'shots.occured'; did you mean 'shots.occurred'?"},
    {"probability above 1", "detects: 0.9", "detects: 1.2",
     "13:32: error: 'detects' is 1.2 (a probability is between 0 and 1)"},
    {"probability by a parameter", "comply: word", "comply: word + 0.3",
     "25:17: error: 'comply' is 1.2 (a probability is between 0 and 1)"},
    {"negative duration", "lasts: 30", "lasts: -30",
     "19:12: error: 'lasts' is -30 (a duration is not negative)"},
    {"negative rate", "mortality: 0.001", "mortality: -0.001",
     "10:47: error: 'mortality' is -0.001 (a rate is not negative)"},
    {"wrong type", "release: guests", "release: [guests]",
     "23:18: error: 'release' of obligation 'give': expected a name, found a list"},
    {"number for a condition", "value: guests.living == 0", "first: guests.living",
     "42:17: error: a number where a condition is expected; compare it, as in 'x > 0'"},
    {"condition for a number", "comply: word", "comply: word > 0",
     "25:17: error: a condition where a number is expected; write if(condition, 1, 0)"},
    {"missing required key", "truce: 2\nname: sound\nhorizon: 100", "truce: 2\nname: sound",
     "1:1: error: the scenario lacks the key 'horizon' (when every trial ends)"},
    {"duplicate key", "ratio: 3", "ratio: 3\n        ratio: 4",
     "36:9: error: the key 'ratio' stands twice"},
    {"a comma in a text", "will: {initial: 0.5, min: 0, max: 1}",
     "will: {initial: 0.5, min: 0, max: 1, summary: late, but kept}",
     "8:76: error: unknown key 'but kept' in level 'will' (it has no value: inside { } a comma "
     "ends "
     "a text that is not quoted); quote the text: summary: \"late, but kept\""},
    {"the comma trap", "prior: \"beta(9, 1)\"", "prior: beta(9, 1)", "5:29: error: "},
    {"distribution in a probability", "comply: word", "comply: uniform(0, 1)",
     "25:17: error: the distribution 'uniform' may not stand here (drawn are only "
     "durations of steps, amounts, shares and initial values)"},
    {"distribution in the horizon", "horizon: 100", "horizon: exponential(100)",
     "3:10: error: the distribution 'exponential' may not stand here (drawn are only durations of "
     "steps, amounts, shares and initial values)"},
    {"initial value of what comes later", "living: 10", "living: others.living",
     "10:32: error: 'guests.living' reads 'others.living', which has no value yet (initial "
     "values are drawn in the order parties, cohorts, levels); let the later one read the earlier "
     "one"},
    {"distribution without sense", "late_by: exponential(2)", "late_by: uniform(2, 1)",
     "27:18: error: uniform(2, 1) is no distribution (low is above high)"},
    {"truncation to where nothing is", "late_by: exponential(2)",
     "late_by: truncated(poisson(3), 2.2, 2.8)",
     "27:18: error: poisson(3) has no probability between 2.2 and 2.8"},
    {"negative severity", "rate: 0.01 * b.will", "rate: 0.01, severity: -1",
     "38:47: error: 'severity' is -1 (a severity is not negative)"},
    {"negative number of persons", "do: [{add: {b.will: -0.1}}]", "do: [{capture: {guests: -1}}]",
     "40:57: error: 'capture: guests' is -1 (a count is not negative)"},
    {"a moment that is none", "done: {value: guests.living == 0}",
     "done: {value: guests.living == 0, at: end}",
     "42:41: error: 'at' of outcome 'done': expected 'ending', found 'end'"},
    {"arguments of a distribution", "late_by: exponential(2)", "late_by: gamma(2)",
     "27:18: error: 'gamma' takes gamma(mean, sd), not 1 argument"},
    {"unknown function", "late_by: exponential(2)", "late_by: exponental(2)",
     "27:18: error: unknown function 'exponental'; did you mean 'exponential'?"},
    {"cohort of the other side", "release: guests", "release: others",
     "23:18: error: 'a' does not hold 'others' (it is held by 'b')"},
    {"cycle", "due: [{day: 1, count: 5}, {day: 8, count: rest}]", "against: answer",
     "24:18: error: obligations answer each other in a cycle: give against answer against give "
     "(none of them would ever fall due)"},
    {"late without late_by", "late_by: exponential(2)", "takes: 1",
     "21:7: error: obligation 'give' has a weight of 'late' without 'late_by'"},
    {"weights that sum to zero", "otherwise: {late: 1, refuse: 1}",
     "otherwise: {late: 0, refuse: 0}",
     "21:7: error: the weights of 'otherwise' of 'give' sum to zero"},
    {"dispute without mediation", "mediation: {takes: 2, settles: 0.7}\n", "",
     "15:27: error: policy 'measured' disputes, but there is no mediation (nothing would end the "
     "dispute); add the key 'mediation'"},
    {"unreachable phase", "lasts: 30", "then: [{do: [{end: over}]}]\n    lasts: 30",
     "37:3: error: nothing reaches the phase 'second' (no effect advances to it, and the phase "
     "before it never ends by default)"},
    {"name used twice", "  anger:", "  shots:",
     "40:3: error: the name 'shots' is used twice (first at line 38; names are unique in a "
     "scenario)"},
    {"reserved word", "  word: {", "  time: {",
     "5:3: error: the name 'time' is a word of the language; choose another"},
    {"set of a parameter", "add: {b.will: -0.1}", "set: {word: 1}",
     "40:45: error: the parameter 'word' cannot be set (parameters are fixed within a trial); use "
     "a level"},
    {"parameter that depends on itself", "word: {value: 0.9, prior: \"beta(9, 1)\"}",
     "word: word / 2", "5:9: error: the value of 'word' depends on itself"},
    {"horizon by the state", "horizon: 100", "horizon: 100 * b.will",
     "3:10: error: 'horizon' depends on the state (it is fixed before the first trial); use "
     "parameters only"},
    {"trigger with two sources", "upon: shots.occurred,", "upon: shots.occurred, at: 3,",
     "40:3: error: trigger 'anger' has 2 sources; give it one of upon, when, at, every, rate"},
    {"two effects in an item", "[{add: {b.will: -0.1}}]", "[{add: {b.will: -0.1}, end: x}]",
     "40:38: error: an item of effects has one effect, this has 2; write them as items of their "
     "own"},
    {"release without a count", "{day: 1, count: 5}", "{day: 1}",
     "24:15: error: a due entry of 'give' lacks 'count'"},
    {"huge series", "{day: 1, count: 5}", "{every: 0.0001, to: 30, count: 1}",
     "24:15: error: a due entry of 'give' makes more than 100000 tranches"},
    {"version of the language", "truce: 2", "truce: 3",
     "1:8: error: 'truce' is '3', a version of the language that is not known (this program reads "
     "version 2)"},
    {"not a date", "name: sound", "start: 2025-02-30",
     "2:8: error: 'start' is '2025-02-30' (no date); write YYYY-MM-DD"},
    {"since of what is no event", "value: guests.living == 0", "value: since(guests) > 3",
     "42:23: error: unknown event 'guests'"},
};

}  // namespace

TEST_CASE("the sound scenario is sound") {
  CHECK(report(sound).empty());
}

TEST_CASE("each malformed scenario is reported where it is wrong") {
  for (const Case& c : cases) {
    const std::string text = report(with(c.instead_of, c.written));
    CAPTURE(c.what, text);
    CHECK(text.find("case.yaml:" + c.finding) != std::string::npos);
  }
}

TEST_CASE("several findings come at once, in the order of the file") {
  std::string text = with("comply: word", "complys: wrod");
  text.replace(text.find("lasts: 30"), 9, "lasts: -1");
  text.replace(text.find("shots.occurred"), 14, "shot.occurred");
  const std::string found = report(text);
  const auto a = found.find("case.yaml:19:12: error:");
  const auto b = found.find("case.yaml:25:9: error:");
  const auto c = found.find("case.yaml:40:17: error:");
  CAPTURE(found);
  REQUIRE(a != std::string::npos);
  REQUIRE(b != std::string::npos);
  REQUIRE(c != std::string::npos);
  CHECK(a < b);
  CHECK(b < c);
}

TEST_CASE("what nothing uses is a warning") {
  const std::string found = report(with("comply: word", "comply: 0.7"));
  CHECK(found == "case.yaml:5:3: warning: parameter 'word' is not used\n");
}

TEST_CASE("an unknown parameter of --set is reported") {
  Diagnostics diagnostics;
  CHECK_FALSE(load_text(sound, "case.yaml", {{"wrod", 0.5}}, diagnostics).has_value());
  CHECK(diagnostics.text() == "--set: error: unknown parameter 'wrod'; did you mean 'word'?\n");
}
