#pragma once

#include <fmt/format.h>

#include <random>
#include <string>
#include <vector>

namespace truce::test {

/// Writes random scenarios that are valid by construction and use every part of the language.
class RandomScenario {
 public:
  explicit RandomScenario(unsigned seed) : random_(seed) {}

  std::string text() {
    phases_ = 1 + pick(3);
    text_ = fmt::format("truce: 2\nhorizon: {}\n", 20 + pick(200));
    if (coin()) text_ += "on_collapse: continue\n";
    if (pick(3) == 0) text_ += "observe: ending\n";
    if (coin()) text_ += fmt::format("tick: {}\n", pick_of({"1", "0.5", "6 h", "2"}));
    text_ +=
        "lists: {side: [a, b], zone: 1..3}\n"
        "windows:\n"
        "  rest_day: {from: -2.25, lasts: 25 h, every: 7}\n"
        "  season: {from: 12.5, lasts: 'uniform(2, 9)', every: 10}\n"
        "  once: {from: 6, lasts: 4}\n";
    text_ += "parties:\n";
    for (const char* party : {"a", "b"}) {
      text_ += fmt::format(
          "  {}: {{role: principal, trust: {{initial: 'uniform(0.2, 0.8)', fulfilled: 0.03, "
          "breached: -0.1, settled: 0.05, incident: -0.05}}, will: {{initial: 0.5, min: 0, max: 1, "
          "drift: '0.01 - 0.02 * {}.will'}}}}\n",
          party, party);
    }
    text_ += "cohorts:\n";
    for (const char* cohort : {"ga", "ha"}) persons(cohort, "a");
    for (const char* cohort : {"gb", "hb"}) persons(cohort, "b");
    text_ +=
        "levels:\n  x: {initial: 1, min: -50, max: 50}\n  gate: {initial: 1, min: 0, max: 1}\n"
        "  stock_<zone>: {initial: <zone>, min: 0, max: 9}\n";
    text_ +=
        "formulas:\n  mood: '0.5 * (a.trust + b.trust)'\n"
        "  uneasy: {value: mood < 0.4 or tense, unit: '1'}\n  tense: fire_a.occurred > 3\n"
        "  strain: if(tranche.late > 1 or tranche.missing > 2, 0.5, 1) + 0.1 * incident.severity\n";
    text_ +=
        "verification:\n  watch: {takes: 'exponential(0.5)', detects: 'if(tranche.missing > 1, "
        "0.9, 0.6)', false_alarms: 0.1}\n";
    responses();
    text_ += fmt::format(
        "mediation: {{teams: {}, takes: {}, settles: 'clamp(0.6 * strain, 0, 1)', unsettled: "
        "{{retry: 2, drop: 1, "
        "withdraw: "
        "{}}}}}\n",
        1 + pick(2), pick_of({"0", "2", "'gamma(3, 2)'"}), pick_of({"0", "0.2"}));
    text_ += "phases:\n";
    for (int i = 0; i < phases_; ++i) phase(i);
    text_ +=
        "talks:\n  cairo: {rounds: 'gamma(4, 2)', agree: 0.3, ratify: {a: 0.8, b: a.trust}, "
        "positions: " +
        pick_of({"fixed", "redrawn"}) +
        ", "
        "ratify_takes: 1, deadline: 20, agreed: [{add: {x: 1}}], failed: [{open: cairo, after: "
        "3}]}\n";
    text_ +=
        "incidents:\n"
        "  fire_a: {by: a, to: b, rate: 0.05 * (1 - b.trust), severity: 'gamma(1, 0.5)', excites: "
        "{jump: "
        "0.1 * fire_a.severity, decay: 0.5}, breach: react, do: [{deaths: {gb: 1}, chance: 0.3}, "
        "{add: {x: 0.1 * incident.severity}, after: 1}]}\n"
        "  fire_b: {by: b, to: a, rate: "
        "'if(uneasy, 0.05, 0.01)', while: gate > 0, breach: react}\n"
        "  raid: {rate: 0.02, while: not rest_day.open, do: [{capture: {gb: 'poisson(1)'}}, "
        "{transfer: {from: ga, to: ha, count: 1}}, {transfer: {from: hb.remains, to: gb.remains, "
        "count: "
        "1}}]}\n"
        "  shock: {rate: 0.01, while: true, do: [{set: {gate: 0}}, {set: {gate: 1}, after: "
        "'uniform(1, 5)'}]}\n";
    triggers();
    text_ += "outcomes:\n";
    for (const std::string cohort : {"ga", "ha", "gb", "hb"}) {
      text_ += fmt::format(
          "  {0}_all: {{value: {0}.living + {0}.remains + {0}.freed + {0}.returned - "
          "{0}.captured}}\n"
          "  {0}_least: {{trough: 'min({0}.living, {0}.remains)'}}\n",
          cohort);
    }
    text_ +=
        "  trust_low: {trough: 'min(a.trust, b.trust)'}\n"
        "  trust_high: {peak: 'max(a.trust, b.trust)'}\n"
        "  open: {trough: disputes.open}\n"
        "  uneasy_at: {first: uneasy}\n"
        "  stocks: {value: 'sum(zone, stock_<zone>)'}\n"
        "  x_at_ending: {value: x, at: ending}\n"
        "  held_until: {integral: ga.living, at: ending}\n"
        "  was_kept: {integral: 'if(kept and not over, 1, 0)'}\n"
        "timelines: [ga.freed, a.trust, mood]\n";
    return text_;
  }

 private:
  int pick(int n) { return static_cast<int>(random_() % static_cast<unsigned>(n)); }
  bool coin() { return random_() % 2 == 0; }
  std::string pick_of(const std::vector<std::string>& items) {
    return items[random_() % items.size()];
  }

  void persons(const char* cohort, const char* by) {
    text_ +=
        fmt::format("  {}: {{held_by: {}, living: 'binomial(20, 0.7)', held: 25, mortality: {}}}\n",
                    cohort, by, pick_of({"0", "0.001", "0.02"}));
  }

  void responses() {
    text_ += "responses:\n  react: {tolerate: strain, dispute: 2, hold: {weight: 1, for: 3}, ";
    text_ += fmt::format("suspend: {{weight: 1, for: 'exponential(3)', notice: {}}}, ",
                         pick_of({"0", "2"}));
    text_ +=
        "retaliate: {weight: 0.5, incident: {a: fire_a, b: fire_b}}, withdraw: 0.1}\n"
        "  stern: {hold: 1, dispute: 1, suspend: {weight: 1, for: 10}}\n";
  }

  void obligation(const std::string& name, const std::string& against) {
    const bool of_a = coin();
    const std::string by = of_a ? "a" : "b";
    const std::string cohort = pick_of(of_a ? std::vector<std::string>{"ga", "ha", "ga.remains"}
                                            : std::vector<std::string>{"gb", "hb", "hb.remains"});
    const bool release = !against.empty() || pick(4) > 0;
    releases_ = release;
    text_ += fmt::format("      {}:\n        by: {}\n", name, by);
    if (release) {
      text_ += fmt::format("        release: {}\n", cohort);
      if (pick(4) == 0) text_ += "        singly: true\n";
    } else {
      text_ +=
          "        effects: [{add: {x: 2, stock_<zone>: tranche.delivered}}, {set: {gate: 1}, "
          "after: "
          "tranche.late}, {signal: done}]\n";
    }
    if (!against.empty()) {
      text_ +=
          fmt::format("        against: {}\n        {}: {}\n        lag: {}\n        upon: {}\n",
                      against, pick_of({"ratio", "count"}), 1 + pick(4),
                      pick_of({"0", "'uniform(0, 2)'"}), pick_of({"fulfilled", "performed"}));
    } else if (release) {
      text_ += fmt::format("        due: [{{day: {}, count: {}}}, {{every: {}, count: 2{}}}]\n",
                           pick(5), pick_of({"3", "rest", "2.5", "0"}), 2 + pick(5),
                           pick_of({"", ", to: 30", ", from: 0, to: 12"}));
    } else {
      text_ += "        due: [{day: 2}, {every: 5, to: 25}]\n";
    }
    text_ += fmt::format(
        "        comply: {}\n        otherwise: {{late: 2, partial: 1, refuse: 1}}\n"
        "        late_by: exponential(3)\n        partial_share: uniform(0, 1)\n",
        pick_of({"0.5", "0.9", by + ".trust", "0.3 + 0.5 * " + by + ".will", "mood",
                 "if(tranche.number > 2 and tranche.count > 1, 0.5, 0.9)"}));
    if (coin()) text_ += "        grace: 1\n";
    if (coin()) text_ += "        takes: exponential(0.5)\n";
    if (coin()) text_ += "        verified_by: watch\n";
    if (coin()) text_ += "        tolerance: 0.6\n";
    if (pick(3) == 0) text_ += "        requires: gate > 0\n";
    if (pick(5) == 0) text_ += "        share: uniform(0.5, 1.5)\n";
    if (pick(5) > 0) text_ += "        breach: " + pick_of({"react", "stern"}) + "\n";
  }

  void phase(int number) {
    text_ += fmt::format("  p{}:\n    lasts: {}\n    obligations:\n", number, 10 + pick(40));
    const int count = 1 + pick(3);
    bool first_releases = false;
    for (int i = 0; i < count; ++i) {
      const bool answers = i > 0 && pick(3) > 0 && first_releases;
      obligation(fmt::format("o{}{}", number, i), answers ? fmt::format("o{}0", number) : "");
      if (i == 0) first_releases = releases_;
    }
    if (pick(3) == 0) {
      text_ += "    then:\n      - {if: cairo.open, chance: 0.5, do: [{extend: 5}]}\n";
      if (number == 0 && coin()) text_ += "      - {chance: 0.1, do: [{collapse: expired}]}\n";
    }
    if (pick(4) == 0) text_ += "    ends_when: x > 20\n";
  }

  void triggers() {
    text_ +=
        "triggers:\n"
        "  say: {at: 15, do: [{signal: done}]}\n"
        "  pause: {upon: [rest_day.opened, once.closed], do: [{suspend: {party: b, for: 1}}]}\n"
        "  peace: {when: x > 40, do: [{end: peace}]}\n"
        "  each_<side>: {upon: <side>.resumed, do: [{add: {<side>.will: 0.01}}]}\n"
        "  talk: {upon: p0.started, do: [{open: cairo}]}\n"
        "  gift: {every: 'exponential(15)', limit: 3, do: [{release: {ga: 2}}, {credit: {o00: 2}, "
        "if: ga.living > 0}]}\n"
        "  extra: {upon: [disputes.settled, done], limit: 4, chance: 0.5, do: [{due: {o00: 1}}]}\n"
        "  stop: {rate: 0.02, do: [{suspend: {party: a, for: 2}}, {hold: {obligation: o00, for: "
        "3}, after: 1}]}\n"
        "  calm: {when: x > 5 and a.trust > 0.3, do: [{resume: a}, {resume: o00}]}\n"
        "  back: {upon: collapsed, limit: 2, do: [{advance: p0, after: 'uniform(1, 9)'}]}\n";
  }

  std::mt19937 random_;
  std::string text_;
  int phases_ = 1;
  bool releases_ = false;  ///< the obligation written last
};

}  // namespace truce::test
