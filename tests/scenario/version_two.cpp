#include "read_support.hpp"
#include "scenario/compile.hpp"

using truce::test::Case;

namespace {

/// As `check_cases`, but of all that is said of a scenario until it is compiled: each case has
/// these lines among it, or no error and no warning of a key that is written there.
void check_cases(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    CAPTURE(c.what);
    std::string text = truce::test::sound;
    const auto at = text.find(c.instead_of);
    REQUIRE(at != std::string::npos);
    text.replace(at, c.instead_of.size(), c.written);
    truce::scenario::Diagnostics diagnostics;
    truce::scenario::load_text(text, "s.yaml", {}, diagnostics);
    const std::string findings = diagnostics.text();
    CAPTURE(findings);
    if (c.findings.empty()) {
      CHECK_FALSE(diagnostics.has_errors());
      CHECK(findings.find("this condition") == std::string::npos);
    } else {
      CHECK(findings.find(c.findings) != std::string::npos);
    }
  }
}

}  // namespace

TEST_CASE("a file of version 1 is refused with what has changed, and how to have the old meaning") {
  check_cases({{"version 1", "truce: 2", "truce: 1",
                "s.yaml:1:8: error: 'truce' is 1, and four things mean something else in version 2 "
                "(1. a trial is observed to its horizon, so outcomes, person-days and deaths are "
                "read there; 2. a tranche of nobody is void, not fulfilled; 3. a side's position "
                "on ratification is fixed while talks last; 4. the end of the last phase is "
                "'completed' only if all was kept, else 'incomplete'); write 'truce: 2' where that "
                "is meant; for the old meaning of the first add 'observe: ending' (or 'at: ending' "
                "to an outcome), of the third 'positions: redrawn' to the talks\n"},
               {"another one", "truce: 2", "truce: 3",
                "s.yaml:1:8: error: 'truce' is '3', a version of the language that is not known "
                "(this program reads version 2)\n"}});
}

TEST_CASE("what is said on behalf of a tranche or an incident is read there alone") {
  const std::string of_tranche =
      "it is there for what is evaluated on behalf of a tranche: how it is decided on, performed "
      "and seen, and what follows from it";
  const std::string of_incident =
      "it is there for what follows from an incident: 'do', its policy, trust and mediation";
  check_cases({
      {"in what a tranche does", "comply: word", "comply: if(tranche.number > 1, word, 0.5)", ""},
      {"in a policy", "{tolerate: 1, dispute: 2",
       "{tolerate: 1 + tranche.late + incident.severity, dispute: 2", ""},
      {"in the mediation", "settles: 0.7", "settles: \"if(incident.severity > 2, 0.2, 0.7)\"", ""},
      {"in trust", "breached: -0.1", "breached: -0.1 * tranche.missing", ""},
      {"in a count", "{day: 1, count: 5}", "{day: 1, count: tranche.number}",
       "s.yaml:30:31: error: 'tranche.number' may not be read here (" + of_tranche + ")\n"},
      {"of the other kind", "comply: word", "comply: word * incident.severity",
       "s.yaml:31:24: error: 'incident.severity' may not be read here (" + of_incident + ")\n"},
      {"in a lag", "lag: pace", "lag: pace + tranche.late",
       "s.yaml:41:21: error: 'tranche.late' may not be read here (" + of_tranche + ")\n"},
  });
}

TEST_CASE("windows that cannot be are refused") {
  const auto window = [](const std::string& text) {
    return "windows: {night: " + text + "}\nlevels:";
  };
  check_cases({
      {"that nothing uses", "levels:", window("{from: 1, lasts: 2}"),
       "s.yaml:15:11: warning: window 'night' is not used\n"},
      {"that lasts too long", "levels:", window("{from: 1, lasts: 2, every: 1}"),
       "s.yaml:15:35: error: 'night' is still open when it opens again (it lasts 2 days and opens "
       "every 1)\n"},
      {"that opened once, before day 0", "levels:", window("{from: -1, lasts: 2}"),
       "s.yaml:15:25: error: 'from' of 'night' is -1 days (a window that opens once cannot have "
       "opened before day 0); give it 'every', or a later day\n"},
      {"that may be open on day 0",
       "levels:", window("{from: -1, lasts: exponential(1), every: 9}"),
       "s.yaml:15:36: error: 'lasts' of 'night' is drawn, and it opens before day 0 (whether it is "
       "open on day 0 must be known)\n"},
      {"of the state", "levels:", window("{from: aid, lasts: 2}"),
       "s.yaml:15:25: error: 'from' of 'night' depends on the state (it is fixed before the first "
       "step); use parameters only\n"},
      {"on no day", "levels:", window("{from: 2025-02-30, lasts: 2}"),
       "s.yaml:15:25: error: 'from' of 'night' is '2025-02-30' (there is no such day)\n"},
      {"without a start", "start: 2025-01-19\n", "windows: {night: {from: 2025-02-03, lasts: 2}}\n",
       "s.yaml:3:25: error: 'from' of 'night' is a date, but the scenario has no 'start'; give the "
       "scenario a 'start', or write the number of days\n"},
  });
}

TEST_CASE("transfers name cohorts of one kind") {
  const auto effect = [](const std::string& text) {
    return std::string("triggers:\n  move: {at: 3, do: [{transfer: ") + text + "}]}\n";
  };
  check_cases({
      {"a sound one", "triggers:\n", effect("{from: guests, to: others, count: 2}"), ""},
      {"of an unknown cohort", "triggers:\n", effect("{from: guests, to: strangers, count: 2}"),
       "s.yaml:58:52: error: unknown cohort 'strangers'\n"},
      {"of living into remains", "triggers:\n",
       effect("{from: guests, to: others.remains, count: 2}"),
       "s.yaml:58:52: error: 'guests' and 'others.remains' are not of one kind (living persons and "
       "remains are held apart); write .remains behind both, or behind neither\n"},
      {"into itself", "triggers:\n", effect("{from: guests, to: guests, count: 2}"),
       "s.yaml:58:52: error: 'guests' is transferred to itself\n"},
  });
}

TEST_CASE("what means less than it seems is a warning in version 2") {
  check_cases({
      {"a condition between ticks", "triggers:\n",
       "triggers:\n  dawn: {when: time - floor(time) < 0.25, do: [{add: {aid: 1}}]}\n",
       "s.yaml:58:16: warning: this condition can hold for 0.25 days, but clocks are read every 1 "
       "days (it may come to hold and cease to between two readings); use a window, which opens "
       "and closes at its exact times: windows: {NAME: {from: 0, lasts: 6 h, every: 1 day}}\n"},
      {"one that is long enough", "triggers:\n",
       "triggers:\n  weekly: {when: time - 7 * floor(time / 7) < 2, do: [{add: {aid: 1}}]}\n", ""},
      {"a release of more than there are", "{day: 1, count: 5}", "{day: 1, count: 11}",
       "s.yaml:30:31: warning: 11 persons are to be released of 'guests' (never more than 10 are "
       "held); write 'rest' for all who are held\n"},
      {"a party that does nothing", "  watch: {role: monitor}",
       "  watch: {role: monitor}\n  extra: {role: donor}",
       "s.yaml:12:3: warning: party 'extra' is not used (it owes, holds, checks and does nothing, "
       "and nothing reads it)\n"},
      {"a tranche that may be seen too late", "lasts: 30\n", "lasts: 21\n",
       "s.yaml:30:35: warning: a tranche of 'give' can be open until day 21.25, after the phase "
       "'first' has ended (with what it takes, its grace and its verification; the phase lasts 21 "
       "days)\ns.yaml:36:7: warning: a tranche of 'answer' is performed on day 23, after the phase "
       "'first' has ended (it answers the last of 'give'; the phase lasts 21 days)\n"},
  });
}
