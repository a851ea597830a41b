// Records: what is read of them, and everything that can be wrong with them, with its place.
#include "scenario/record.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "model/simulator.hpp"
#include "read_support.hpp"
#include "scenario/observed.hpp"

using namespace truce;
using scenario::FactKind;

namespace {

std::string findings_of_record(const std::string& text) {
  scenario::Diagnostics diagnostics;
  const auto record = scenario::read_record_text(text, "r.yaml", diagnostics);
  CHECK(record.has_value() != diagnostics.has_errors());
  return diagnostics.text();
}

std::string findings_of_fact(const std::string& fact) {
  return findings_of_record("record: 1\nknown:\n- " + fact + "\n");
}

/// What the sound scenario of the other tests has to say to it.
std::string findings_against(const std::string& text) {
  scenario::Diagnostics diagnostics;
  const auto record = scenario::read_record_text(text, "r.yaml", diagnostics);
  REQUIRE(record);
  scenario::Observed observed{.record = &*record};
  const auto loaded = scenario::load_observed(
      scenario::parse_document(test::sound, "s.yaml", diagnostics), {}, observed, diagnostics);
  CHECK(loaded.has_value() != diagnostics.has_errors());
  std::string text_of_record;  // without the scenario's own warnings
  for (const scenario::Diagnostic& found : diagnostics.all()) {
    if (found.position.file && *found.position.file == "r.yaml") {
      text_of_record += to_string(found) + "\n";
    }
  }
  return text_of_record;
}

std::string against_fact(const std::string& fact) {
  return findings_against("record: 1\nknown:\n- " + fact + "\n");
}

constexpr const char* whole = R"yaml(record: 1
name: A case
source: [a report, another]
known:
- {event: give.performed, number: 2, between: [6.5 days, 8 days]}
- {at: 20 days, that: "guests.freed >= 5 and collapsed == 0", source: the same}
- {from: 0, to: 20 days, that: "collapsed == 0"}
- {draw: give.comply, number: 3, is: refused}
- {at: 30 days, value: aid, is: 420, sd: 60}
outcomes: {done: 105, ending: collapsed, disputes.opened: 1, duration: {at_least: 265 h}, first.reached: true}
)yaml";

}  // namespace

TEST_CASE("a text that holds nothing is no record") {
  CHECK(findings_of_record("&&nothing*- ").find("the file holds nothing") != std::string::npos);
}

TEST_CASE("a record is read with its facts, and fits the scenario that has its names") {
  scenario::Diagnostics diagnostics;
  const auto record = scenario::read_record_text(whole, "r.yaml", diagnostics);
  CHECK(diagnostics.text().empty());
  REQUIRE(record);
  CHECK(record->name == "A case");
  CHECK(record->sources == std::vector<std::string>{"a report", "another"});
  REQUIRE(record->known.size() == 5);
  CHECK(record->known[0].kind == FactKind::event);
  CHECK(record->known[0].begin == 6.5);
  CHECK(record->known[0].end == 8);
  CHECK(record->known[0].which == 2);
  CHECK(record->known[1].kind == FactKind::condition);
  CHECK(record->known[2].kind == FactKind::throughout);
  CHECK(record->known[3].kind == FactKind::draw);
  CHECK(record->known[4].measured == 420);
  CHECK(record->known[4].error == 60);
  CHECK(record->outcomes.size() == 5);
  CHECK(findings_against(whole).empty());

  scenario::Observed observed{.record = &*record};
  const auto loaded = scenario::load_observed(
      scenario::parse_document(test::sound, "s.yaml", diagnostics), {}, observed, diagnostics);
  REQUIRE(loaded);
  REQUIRE(observed.facts.size() == 5);
  CHECK(observed.facts[0].text == "give.performed no. 2 on day 6.5 to 8");
  CHECK(observed.facts[1].text == "guests.freed >= 5 and collapsed == 0 on day 20");
  CHECK(observed.facts[3].outcome == 1);
  CHECK(observed.facts[3].end == 30);  // the latest fact's
}

TEST_CASE("facts are compiled without a change to the trials") {
  scenario::Diagnostics diagnostics;
  const auto record = scenario::read_record_text(whole, "r.yaml", diagnostics);
  scenario::Observed observed{.record = &*record};
  const auto with = scenario::load_observed(
      scenario::parse_document(test::sound, "s.yaml", diagnostics), {}, observed, diagnostics);
  const auto without = scenario::load_text(test::sound, "s.yaml", {}, diagnostics);
  REQUIRE(with);
  REQUIRE(without);
  model::Simulator a(with->model, {});
  model::Simulator b(without->model, {});
  model::TrialRecord of_a, of_b;
  for (std::uint64_t trial = 0; trial < 50; ++trial) {
    a.run(trial, of_a);
    b.run(trial, of_b);
    CHECK(std::ranges::equal(of_a.columns, of_b.columns, [](double x, double y) {
      return x == y || (std::isnan(x) && std::isnan(y));
    }));
  }
}

TEST_CASE("what is wrong with a record by itself is told with its place") {
  CHECK(findings_of_record("record: 2\n") ==
        "r.yaml:1:9: error: 'record' is '2', a version that is not known (this program reads "
        "version 1)\n");
  CHECK(findings_of_record("").find("r.yaml:1:1: error: the file is empty") == 0);
  CHECK(findings_of_record("truce: 2\nhorizon: 3\n") ==
        "r.yaml:1:1: error: this is a scenario, where a record is expected; run it with 'truce "
        "run'\n");
  CHECK(findings_of_record("record: 1\nknow: []\n") ==
        "r.yaml:2:1: error: unknown key 'know' in record; did you mean 'known'?\n");
  CHECK(findings_of_record("record: 1\nrecord: 1\n").find("r.yaml:2:1: error:") == 0);
  CHECK(findings_of_fact("{at: 3, tat: x > 1}").find("did you mean 'that'?") != std::string::npos);
  CHECK(findings_of_fact("{at: 3}") ==
        "r.yaml:3:3: error: a fact says 0 things; give it one of that, event, value, draw\n");
  CHECK(findings_of_fact("{that: x > 1, event: y}").find("a fact says 2 things") !=
        std::string::npos);
  CHECK(findings_of_fact("{that: x > 1}") ==
        "r.yaml:3:3: error: a fact with 'that' says nothing of when; give it 'at', or 'from' and "
        "'to'\n");
  CHECK(findings_of_fact("{that: x > 1, at: 3, sd: 2}") ==
        "r.yaml:3:24: error: 'sd' does not belong to a fact with 'that'; it takes at, from, to\n");
  CHECK(findings_of_fact("{that: x > 1, at: 3, to: 4}").find("has 'from' or 'to' as well") !=
        std::string::npos);
  CHECK(findings_of_fact("{value: x, at: 3, is: 2}") ==
        "r.yaml:3:3: error: a fact with 'value' lacks the key 'sd' (of 'value': standard deviation "
        "of the error)\n");
}

TEST_CASE("days, numbers and errors of facts are constants within bounds") {
  const auto has = [](const std::string& fact, const std::string& message) {
    CAPTURE(fact, findings_of_fact(fact));
    CHECK(findings_of_fact(fact).find(message) != std::string::npos);
  };
  has("{that: x > 1, at: -3}", "r.yaml:3:21: error: 'at' is day -3 (trials begin on day 0)");
  has("{that: x > 1, at: 1e9}", "no scenario is as long");
  has("{that: x > 1, at: nan}", "r.yaml:3:21: error: 'nan' is no number");
  has("{that: x > 1, at: 1 / 0}", "not a finite number");
  has("{that: x > 1, at: y + 1}", "does not depend on a trial");
  has("{that: x > 1, from: 5, to: 4}", "'to' is day 4, before 'from'");
  has("{that: 'x >', at: 3}", "r.yaml:3:");
  has("{value: x, at: 3, is: 2, sd: 0}", "'sd' is 0 (the error of a measurement is above 0)");
  has("{value: x, at: 3, is: nan, sd: 1}", "r.yaml:3:25: error: 'nan' is no number");
  has("{event: x.fired, between: [3, 2]}", "'between' ends before it begins; write [2, 3]");
  has("{event: x.fired, between: 3}", "'between' is no list of two days");
  has("{event: x.fired, between: [1, 2, 3]}", "'between' is no list of two days");
  has("{event: x.fired, number: 0, between: [1, 2]}", "'number' is 0");
  has("{event: x.fired, number: 1.5, between: [1, 2]}", "'number' is 1.5");
  has("{draw: x.comply, number: 1e30, is: yes}", "'number' is 1e+30");
}

TEST_CASE("facts do not contradict each other") {
  const auto findings = [](const std::string& facts) {
    return findings_of_record("record: 1\nknown:\n" + facts);
  };
  CHECK(findings("- {at: 3, that: x >= 5}\n- {at: 3, that: y > 1 and 4 > x}\n") ==
        "r.yaml:4:17: error: 'x' cannot be at least 5 and below 4 (the fact of line 3 says the "
        "former, of the same time); correct one of them\n");
  CHECK(findings("- {at: 3, that: x >= 5}\n- {at: 4, that: x < 4}\n").empty());
  CHECK(findings("- {at: 3, that: x >= 5}\n- {from: 2, to: 4, that: x < 4}\n")
            .find("'x' cannot be") != std::string::npos);
  CHECK(findings("- {at: 3, that: x > 5 and x < 3}\n").find("the condition contradicts itself") !=
        std::string::npos);
  CHECK(findings("- {at: 3, that: x == 5}\n- {at: 3, that: x <= 5 and x >= 5}\n").empty());
  CHECK(findings("- {at: 3, that: a.active}\n- {at: 3, that: not a.active}\n")
            .find("'a.active' cannot be") != std::string::npos);
  const std::string first = "- {event: e.fired, between: [1, 2]}\n";
  CHECK(findings(first + "- {event: e.fired, between: [3, 4]}\n") ==
        "r.yaml:4:3: error: occurrence 1 of 'e.fired' cannot be between day 3 and day 4 "
        "(occurrence 1 is between day 1 and day 2, by line 3); correct one of them\n");
  CHECK(findings(first + "- {event: e.fired, number: 2, between: [3, 4]}\n").empty());
  CHECK(findings("- {event: e.fired, number: 2, between: [1, 2]}\n"
                 "- {event: e.fired, number: 1, between: [3, 4]}\n")
            .find("occurrence 1 of 'e.fired' cannot be") != std::string::npos);
  CHECK(findings("- {draw: a.comply, is: yes}\n- {draw: a.comply, is: no}\n") ==
        "r.yaml:4:3: error: draw 1 of 'a.comply' is known twice (it is on line 3 too); remove one "
        "of them\n");
}

TEST_CASE("what a scenario does not have, or cannot be, is told with the record's place") {
  CHECK(against_fact("{at: 5, that: guest.freed > 1}") ==
        "r.yaml:3:17: error: unknown name 'guest.freed'; did you mean 'guests.freed'?\n");
  CHECK(
      against_fact("{at: 5, that: guests.freed}").find("a number where a condition is expected") !=
      std::string::npos);
  CHECK(against_fact("{at: 5, that: 1 > 2}") ==
        "r.yaml:3:17: error: the condition never holds (it depends on nothing that happens in a "
        "trial); correct or remove it\n");
  CHECK(against_fact("{at: 5, value: poisson(3), is: 1, sd: 1}")
            .find("the distribution 'poisson' may not stand here") != std::string::npos);
  CHECK(against_fact("{at: 101, that: guests.freed > 1}") ==
        "r.yaml:3:3: error: the fact is of day 101 (the scenario's horizon is day 100); remove the "
        "fact, or give the scenario a later horizon\n");
  CHECK(against_fact("{event: give.preformed, between: [1, 2]}") ==
        "r.yaml:3:11: error: unknown event 'give.preformed'; did you mean 'give.performed'?\n");
  CHECK(against_fact("{draw: give.complies, is: yes}").find("did you mean 'give.comply'?") !=
        std::string::npos);
  CHECK(against_fact("{draw: give.comply, is: late}") ==
        "r.yaml:3:27: error: 'is' is nothing that 'give.comply' comes to; write yes or no (of "
        "'comply' complies or refused), or a whole number\n");
  CHECK(against_fact("{draw: give.otherwise, is: late}").empty());
  CHECK(
      against_fact("{draw: give.otherwise, is: yes}").find("it is one of late, partial, refuse") !=
      std::string::npos);
  CHECK(against_fact("{draw: shots, is: 3}")
            .find("r.yaml:3:10: error: 'shots' draws the times of what comes by a rate") == 0);
  const auto outcomes = [](const std::string& text) {
    return findings_against("record: 1\noutcomes: " + text + "\n");
  };
  CHECK(outcomes("{don: 3}").find("unknown outcome 'don'") != std::string::npos);
  CHECK(outcomes("{ending: collapses}").find("did you mean 'collapsed'?") != std::string::npos);
  CHECK(outcomes("{ending: {at_least: 3}}").find("'ending' has no bounds") != std::string::npos);
  CHECK(outcomes("{done: collapsed}").find("is no plain number") != std::string::npos);
  CHECK(outcomes("{done: true}").find("'done' is a number") != std::string::npos);
}

TEST_CASE("series of a record are read from their tables") {
  const auto folder = std::filesystem::temp_directory_path() / "truce-record-test";
  std::filesystem::create_directories(folder);
  const auto findings = [&](const std::string& csv, const std::string& series) {
    std::ofstream(folder / "t.csv") << csv;
    std::ofstream(folder / "r.yaml") << "record: 1\nseries:\n  guests.freed: " << series << "\n";
    scenario::Diagnostics diagnostics;
    const auto record = scenario::load_record(folder / "r.yaml", diagnostics);
    CHECK(record.has_value() != diagnostics.has_errors());
    if (record) CHECK(record->series[0].values == std::vector<double>{1, 3});
    return diagnostics.text();
  };
  const std::string good = "day,total,value\n1,5,1\n2,6,3\n";
  CHECK(findings(good, "{file: t.csv}").empty());
  CHECK(findings("day,total\n1,1\n2,3\n", "{file: t.csv, value: total}").empty());
  CHECK(findings(good, "{file: t.csv, day: days}").find("did you mean 'day'?") !=
        std::string::npos);
  CHECK(findings(good, "{file: u.csv}").find("cannot read the table") != std::string::npos);
  CHECK(findings("day,value\n1,1\n1,3\n", "{file: t.csv}").find("t.csv:3:1: error: day 1 of") !=
        std::string::npos);
  CHECK(findings("day,value\n1,1\n2,x\n", "{file: t.csv}").find("t.csv:3:3: error:") !=
        std::string::npos);
  CHECK(findings("day,value\n-1,1\n", "{file: t.csv}").find("is before day 0") !=
        std::string::npos);
  std::filesystem::remove_all(folder);
}

TEST_CASE("hostile records are refused, and nothing else happens") {
  for (const std::string& text :
       {std::string("record: 1\nknown: 5\n"), std::string("record: [1]\n"),
        std::string("record: 1\nknown: [[[]]]\n"), std::string("record: 1\nknown: [null]\n"),
        std::string("record: 1\noutcomes: [a]\n"), std::string("record: 1\nseries: {a: 3}\n"),
        std::string("record: 1\nname: {a: b}\n"), std::string("record: \xff\n"),
        std::string("- 1\n"), std::string("record: 1\nknown:\n- {at: [1], that: {x: 1}}\n"),
        std::string("record: 1\nknown:\n- {draw: x, is: [1]}\n"),
        std::string("record: 1\nknown:\n- {event: x, between: [a, {}]}\n"),
        "record: 1\nknown:\n" + std::string(300, '[')}) {
    CHECK_FALSE(findings_of_record(text).empty());
  }
  std::string many = "record: 1\nknown:\n";
  for (int i = 0; i < 1200; ++i) many += "- {at: 3, that: x > 1}\n";
  CHECK(findings_of_record(many).find("more than 1000 facts") != std::string::npos);
}
