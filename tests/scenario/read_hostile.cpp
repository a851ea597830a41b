// Any value in the place of any other, lines left out, and large files: reading and checking end,
// and every finding has its place.
#include <fmt/format.h>

#include <chrono>
#include <sstream>

#include "read_support.hpp"
#include "scenario/compile.hpp"
#include "scenario/lists/repetition.hpp"
#include "support/sanitized.hpp"

using namespace truce::scenario;
using truce::test::allowed;
using truce::test::findings_of;
using truce::test::sanitized;
using truce::test::sound;

namespace {

/// Repetition, formulas, windows, contexts, severity, and persons taken and moved.
const std::string various = R"yaml(truce: 2
horizon: 60.5 days
start: 2025-01-19
observe: horizon
lists: {zone: [north, south], batch: 1..3}
parameters:
  word: {value: 0.9, prior: "beta(9, 1)"}
parties:
  a: {role: principal, trust: {initial: 0.5, breached: -0.02 * tranche.missing, incident: -0.01 * incident.severity}}
  b: {role: principal, trust: {initial: 0.5, fulfilled: 0.01 * tranche.count}}
cohorts:
  guests: {held_by: a, living: 10}
  neutral: {held_by: b, living: 0}
  others: {held_by: b, living: 40}
levels:
  aid_<zone>: {initial: 10, min: 0}
formulas:
  aid: sum(zone, aid_<zone>)
  fed: {value: "any(zone, aid_<zone> > 5)", summary: whether anybody is}
  faith: clamp(0.5 + a.trust, 0, 1)
windows:
  holiday: {from: 2025-01-25, lasts: 2 days}
  night: {from: -0.25, lasts: 8 h, every: 1 day}
responses:
  measured: {tolerate: 1, dispute: tranche.missing + incident.severity, retaliate: {weight: 1, incident: strike}}
mediation: {takes: 1 + tranche.late, settles: 0.7}
phases:
  first:
    lasts: 30
    obligations:
      give:
        by: a
        release: guests
        due: [{day: 4 * <batch>, count: 2}, {day: 20, count: rest}]
        comply: word * faith
        requires: fed and not holiday.open
        otherwise: {late: 1, partial: "if(tranche.number > 2, 0, 1)"}
        late_by: exponential(2)
        partial_share: uniform(0.2, 0.8)
        tolerance: if(tranche.count > 3, 0.9, 1)
        breach: measured
      answer: {by: b, release: others, against: give, ratio: 3}
    then: [{if: kept and give.missing == 0, do: [{advance: second}]}, {do: [{collapse: broken}]}]
  second: {lasts: 10, ends_when: over or answer.delivered > 5}
talks:
  cairo: {rounds: 3, agree: 0.2, ratify: {a: faith, b: 0.9}, positions: redrawn}
incidents:
  strike: {by: b, to: a}
  shots_<zone>: {by: a, to: b, rate: 0.01, severity: "lognormal(2, 1)", excites: {jump: 0.1 * shots_<zone>.severity, decay: 1}, breach: measured, do: [{add: {aid_<zone>: -incident.severity}}]}
triggers:
  raid: {at: 3, do: [{capture: {guests: 2}}, {open: cairo}]}
  handed_over: {upon: holiday.closed, do: [{transfer: {from: guests, to: neutral, count: 1}}]}
outcomes:
  done: {value: guests.living, at: ending}
  fed_days: {integral: "if(fed, 1, 0)"}
timelines: [aid]
)yaml";

Diagnostics judged(Node document) {
  Diagnostics diagnostics;
  document = repeated(std::move(document), diagnostics);
  const Scenario scenario = read_scenario(document, diagnostics);
  check_structure(scenario, diagnostics);
  const bool sound_so_far = !diagnostics.has_errors();
  // The compiler meets whatever the reader leaves of a wrong document.
  const auto model = compile(scenario, {}, diagnostics);
  CHECK(model.has_value() == !diagnostics.has_errors());
  CHECK((sound_so_far || !model));
  return diagnostics;
}

void check_places(const Diagnostics& diagnostics) {
  for (const Diagnostic& found : diagnostics.all()) {
    CAPTURE(to_string(found));
    CHECK(found.position.file);
    CHECK(found.position.line >= 1);
    CHECK(found.position.column >= 1);
  }
}

std::vector<Node*> all_nodes(Node& node) {
  std::vector<Node*> all = {&node};
  const auto add = [&](Node& child) {
    const auto below = all_nodes(child);
    all.insert(all.end(), below.begin(), below.end());
  };
  for (Node& item : node.items) add(item);
  for (Node::Entry& entry : node.entries) add(entry.value);
  return all;
}

/// A scenario of five sections with so many entities each; `bad` spoils every reference.
std::string large(int n, const std::string& bad) {
  std::string text =
      "truce: 2\nhorizon: 100\nparties:\n  a: {role: principal}\n  b: {role: principal}\n";
  text += "cohorts:\n";
  for (int i = 0; i < n; ++i) text += fmt::format("  c{}: {{held_by: a{}, living: 5}}\n", i, bad);
  text += "parameters:\n  p0: 1\n";
  for (int i = 1; i < n; ++i) text += fmt::format("  p{}: p{} + 1\n", i, i - 1);
  text += "phases:\n  f:\n    lasts: 50\n    obligations:\n";
  for (int i = 0; i < n; ++i) {
    const std::string when =
        i == 0 ? "due: [{day: 1, count: 2}]" : fmt::format("against: o{}{}", i - 1, bad);
    text += fmt::format("      o{0}: {{by: a, release: c{0}{1}, {2}, comply: 1 / p{0}}}\n", i, bad,
                        when);
  }
  text += "triggers:\n";
  for (int i = 0; i < n; ++i) {
    text += fmt::format("  t{0}: {{upon: o{0}{1}.performed, do: [{{release: {{c{0}{1}: 1}}}}]}}\n",
                        i, bad);
  }
  return text;
}

double seconds_to_judge(const std::string& text, Diagnostics& diagnostics) {
  const Node document = parse_document(text, "large.yaml", diagnostics);
  const auto begin = std::chrono::steady_clock::now();
  check_structure(read_scenario(document, diagnostics), diagnostics);
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace

TEST_CASE("any value in the place of any other is read or refused") {
  const std::string text = GENERATE_COPY(sound, various);
  Diagnostics none;
  Node document = parse_document(text, "s.yaml", none);
  std::size_t refused = 0;
  const auto nodes = all_nodes(document);
  REQUIRE(nodes.size() > 150);
  std::size_t tried = 0;
  for (std::size_t i = 0; i < nodes.size(); i += sanitized ? 7 : 1) {
    Node* const node = nodes[i];
    ++tried;
    for (const char* other : {"[1]", "{x: 1}", "{}", "[]", "~", "3 +", "''", "word", "first.day",
                              "1..3", "<zone>", "sum(zone, aid_<zone>)", "tranche.late"}) {
      Diagnostics parsed;
      Node replacement = parse_document(other, "other.yaml", parsed);
      REQUIRE_FALSE(parsed.has_errors());
      // Swapped, not assigned: the nodes below stay where they are.
      std::swap(*node, replacement);
      const Diagnostics found = judged(document);
      std::swap(*node, replacement);
      check_places(found);
      refused += found.has_errors() ? 1 : 0;
    }
  }
  CHECK(refused > tried * 5);
  CHECK_FALSE(judged(document).has_errors());
}

TEST_CASE("a scenario without any one of its lines is read or refused") {
  std::vector<std::string> lines;
  std::istringstream in(GENERATE_COPY(sound, various));
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  for (std::size_t without = 0; without < lines.size(); ++without) {
    std::string text;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (i != without) text += lines[i] + "\n";
    }
    CAPTURE(lines[without]);
    Diagnostics diagnostics;
    const Node document = parse_document(text, "s.yaml", diagnostics);
    check_places(judged(document));
  }
}

TEST_CASE("work grows with the size of a scenario, not with its square") {
  Diagnostics diagnostics;
  CHECK(seconds_to_judge(large(1250, ""), diagnostics) < allowed(1));
  CHECK_FALSE(diagnostics.has_errors());
  CHECK(seconds_to_judge(large(sanitized ? 5'000 : 20'000, ""), diagnostics) <
        allowed(sanitized ? 2 : 8));
  CHECK_FALSE(diagnostics.has_errors());
}

TEST_CASE("every reference of a large scenario may be wrong") {
  Diagnostics diagnostics;
  CHECK(seconds_to_judge(large(500, "zzq"), diagnostics) < allowed(5));
  CHECK(diagnostics.errors() == 500 * 5 - 1);
}

TEST_CASE("a long name is shortened in messages") {
  const std::string text = findings_of(
      "truce: 2\nhorizon: 1\nparties: {a: {role: monitor}}\ncohorts: {c: {living: 1, held_by: " +
      std::string(100'000, 'x') + "}}\n");
  CHECK(text == "s.yaml:4:35: error: unknown party '" + std::string(60, 'x') + "...'\n");
}
