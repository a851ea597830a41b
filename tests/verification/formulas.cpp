#include <fmt/format.h>

#include "support/catch.hpp"
#include "support/simulation.hpp"
#include "support/sketch.hpp"

using truce::test::Simulation;
using truce::test::two_sides;

namespace {

const std::string gives =
    "      give: {by: a, release: guests, due: [{day: 3, count: 4}, {day: 9, count: 5}]}\n";

// Of which nothing is warned.
const std::string five_lines =
    "truce: 2\nhorizon: 200\nparties: {a: {role: principal}, b: {role: principal}}\n"
    "cohorts: {guests: {held_by: a, living: 20}}\n"
    "phases: {only: {lasts: 50, obligations: {give: {by: a, release: guests, due: [{day: 3, count: "
    "9}]}}}}\n";

std::string findings_of(const std::string& rest) {
  truce::scenario::Diagnostics diagnostics;
  truce::scenario::load_text(five_lines + rest, "s.yaml", {}, diagnostics);
  return diagnostics.text();
}

/// What is told in a line behind the five, counted from 0.
std::string told(int line, int column, const std::string& text) {
  return fmt::format("s.yaml:{}:{}: {}\n", 6 + line, column, text);
}

}  // namespace

TEST_CASE("a formula stands for its expression, as if in parentheses") {
  const Simulation run(two_sides(gives, R"(
levels: {aid: {initial: 10, drift: 0.5 * sum_of}}
parameters: {pace: 2 * base_pace, base_pace: 1.5}
formulas:
  sum_of: 1 + one
  one: {value: pace / 3, unit: "1", summary: a third of the pace, source: "assumption: none"}
  many: guests.freed > 4 or guests.freed < 0
triggers:
  seen: {when: many, do: [{add: {aid: 100 * sum_of}}]}
outcomes:
  product: {value: 3 * sum_of}
  power: {value: -sum_of ^ sum_of}
  when_many: {first: many}
  not_many: {value: not many}
  freed: {integral: sum_of * guests.freed}
  aid_end: {value: aid}
timelines: [sum_of, many]
)"),
                       1);
  CHECK(run["product"][0] == Approx(6));
  CHECK(run["power"][0] == Approx(-4));
  CHECK(run["when_many"][0] == Approx(9));
  CHECK(run["not_many"][0] == 0);
  CHECK(run["freed"][0] == Approx(2 * (6 * 4 + 191 * 9)));
  CHECK(run["aid_end"][0] == Approx(10 + 200 + 200));
}

TEST_CASE("parameters may use formulas of parameters, drawn and set ones too") {
  const std::string yaml = two_sides(gives, R"(
parameters: {far: twice + 1, near: {value: 3, prior: 'uniform(10, 20)'}}
formulas: {twice: 2 * near}
outcomes: {at_far: {value: far}, at_near: {value: near}}
)");
  CHECK(Simulation(yaml, 1)["at_far"][0] == Approx(7));
  CHECK(Simulation(yaml, 1, 1, {{"near", 5}})["at_far"][0] == Approx(11));
  const Simulation drawn(yaml, 20, 1, {}, 1, truce::model::ParameterSource::from_priors);
  for (std::size_t i = 0; i < 20; ++i) {
    CHECK(drawn["at_near"][i] >= 10);
    CHECK(drawn["at_far"][i] == Approx(2 * drawn["at_near"][i] + 1));
  }
}

TEST_CASE("a formula that reads a clock or counts is re-read as its expression would be") {
  const Simulation run(two_sides(gives, R"(
formulas: {waited: since(give.fulfilled), late: waited >= 2.5 and give.fulfilled == 1}
outcomes: {at: {first: late}}
)"),
                       1);
  CHECK(run["at"][0] == Approx(6));  // the tick after day 3 + 2.5
}

TEST_CASE("what is wrong with formulas is told at its place, once") {
  CHECK(findings_of("formulas:\n  x: y + 1\n  y: 2 * z\n  z: x\noutcomes: {o: {value: x}}\n") ==
        told(3, 6,
             "error: formulas go in a circle (x -> y -> z -> x); let one of them use no "
             "other"));
  CHECK(findings_of("formulas: {x: x}\noutcomes: {o: {value: x}}\n") ==
        told(0, 15, "error: formulas go in a circle (x -> x); let one of them use no other"));
  CHECK(findings_of("formulas: {x: exponential(2)}\n"
                    "levels: {l: {initial: x}}\noutcomes: {o: {value: l}}\n") ==
        told(0, 15,
             "error: the distribution 'exponential' may not stand here (drawn are only "
             "durations of steps, amounts, shares and initial values)"));
  CHECK(findings_of("formulas: {x: time}\n") == told(0, 12, "warning: formula 'x' is not used"));
  CHECK(findings_of("formulas: {x: guest.freed}\noutcomes: {o: {value: x}}\n") ==
        told(0, 15, "error: unknown name 'guest.freed'; did you mean 'guests.freed'?"));
  CHECK(findings_of("formulas: {hope: time}\noutcomes: {o: {value: hpoe}}\n") ==
        told(0, 12, "warning: formula 'hope' is not used") +
            told(1, 23, "error: unknown name 'hpoe'; did you mean 'hope'?"));
  CHECK(findings_of("formulas: {hope: active}\noutcomes: {o: {value: hope + 1}}\n") ==
        told(1, 23, "error: a condition where a number is expected; write if(condition, 1, 0)"));
  CHECK(findings_of("outcomes: {o: {value: 0.5 * active}}\n") ==
        told(0, 29, "error: a condition where a number is expected; write if(active, 0.5, 0)"));
  CHECK(findings_of("formulas: {hope: 2}\noutcomes: {o: {first: hope}}\n") ==
        told(1, 23, "error: a number where a condition is expected; compare it, as in 'x > 0'"));
  CHECK(findings_of("formulas: {hope: 2}\ntriggers: {t: {rate: 1, chance: hope, do: []}}\n"
                    "outcomes: {o: {value: t.fired}}\n") ==
        told(1, 33, "error: 'chance' is 2 (a probability is between 0 and 1)"));
  CHECK(findings_of("formulas: {a: 1}\noutcomes: {o: {value: a}}\n") ==
        told(0, 12,
             "error: the name 'a' is used twice (first at line 3; names are unique in a "
             "scenario)"));
  CHECK(findings_of("formulas: {x: {unit: km}}\noutcomes: {o: {value: x}}\n") ==
        told(0, 15,
             "error: formula 'x' lacks the key 'value' (a number or a condition; may use "
             "other formulas)"));
  CHECK(findings_of("formulas: {x: time}\ntriggers: {t: {at: 1, do: [{set: {x: 2}}]}}\n") ==
        told(1, 35,
             "error: 'x' is a formula, where a level is expected (levels, attributes "
             "and trust can be set)"));
  CHECK(findings_of("parameters: {p: x}\nformulas: {x: guests.freed}\n"
                    "outcomes: {o: {value: p}}\n") ==
        told(0, 17,
             "error: the value of 'p' depends on the state (parameters are fixed within a "
             "trial); use a level"));
  CHECK(findings_of("parameters: {p: x}\nformulas: {x: p}\noutcomes: {o: {value: p}}\n") ==
        told(0, 17, "error: the value of 'p' depends on itself"));
}

TEST_CASE("formulas that grow beyond all bounds are refused") {
  std::string doubled = "formulas:\n  x0: time\n";
  for (int i = 1; i <= 60; ++i) doubled += fmt::format("  x{}: x{} + x{}\n", i, i - 1, i - 1);
  CHECK(findings_of(doubled + "outcomes: {o: {value: x60}}\n") ==
        told(17, 8,
             "error: the formula 'x16' is too long (with the formulas in it, it has more "
             "than 65,535 operations)"));
  std::string chain = "formulas:\n";
  for (int i = 0; i < 5000; ++i) chain += fmt::format("  x{}: x{} + 1\n", i, i + 1);
  const std::string findings = findings_of(chain + "  x5000: time\noutcomes: {o: {value: x0}}\n");
  CHECK(findings.find("nested deeper than 1,000 levels") != std::string::npos);
}
