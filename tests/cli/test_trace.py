#!/usr/bin/python3
"""What `truce trace` tells of a trial. Usage: test_trace.py TRUCE SOURCE_DIR"""

import sys
import unittest

import numpy as np

from program import CAIRO, NEUTRAL
from reports import ReportTest


class TraceTest(ReportTest):
    def test_draws_are_told_with_what_they_were_held_against(self):
        self.write("s.yaml", """
truce: 2
horizon: 9
parameters: {p: 0.3}
triggers: {t: {at: 1, chance: p}, sure: {at: 2, chance: 1}}
outcomes: {fired: {value: t.fired}}
""")
        seen = set()
        for trial in range(20):
            told = self.told("trace", "s.yaml", "--trial", trial)
            draws = [d for e in told["events"] for d in e["draws"] + e["later_draws"]]
            draw = next(d for d in draws if d["place"] == "t.chance")
            self.assertEqual(draw["probability"], 0.3)
            self.assertEqual(draw["yes"], draw["u"] < 0.3)
            self.assertEqual(draw["yes"], told["row"]["fired"] == 1)
            self.assertGreaterEqual(len(repr(draw["u"])), 12)  # in full, not rounded
            text = self.truce("trace", "s.yaml", "--trial", trial).stdout
            self.assertIn(f"t.chance[0]: drew {draw['u']:.6f} against 0.3: "
                          f"{'yes' if draw['yes'] else 'no'}\n", text)
            self.assertIn(" against 1: yes\n", text)
            seen.add(draw["yes"])
        self.assertEqual(seen, {True, False})

    def test_formulas_that_a_draw_depended_on_are_told_with_their_values(self):
        self.write("s.yaml", """
truce: 2
horizon: 9
parties: {a: {role: principal}, b: {role: principal, trust: {initial: 0.5, breached: -0.1}}}
cohorts: {guests: {held_by: a, living: 30}}
formulas:
  owed: tranche.count / 10
  faith: (b.trust + owed) / 4
  mild: 1 + faith
  idle: 7
responses: {answer: {tolerate: mild, withdraw: 0.5}}
phases:
  p:
    lasts: 8
    obligations:
      give: {by: a, to: b, release: guests, due: [{day: 1, count: 2}, {day: 2, count: 4}], comply: faith, breach: answer}
outcomes: {left: {value: guests.living + idle}}
""")
        seen = 0
        for trial in range(20):
            told = self.told("trace", "s.yaml", "--trial", trial)
            trust = 0.5
            for event in told["events"]:
                for draw in event["draws"] + event["later_draws"]:
                    if draw["place"] == "give.comply":
                        owed = (0.2, 0.4)[draw["number"]]
                        self.assertEqual(draw["formulas"],
                                         {"faith": (trust + owed) / 4, "owed": owed})
                        self.assertEqual(draw["probability"], draw["formulas"]["faith"])
                        trust -= 0 if draw["yes"] else 0.1
                    elif draw["place"] == "give.response":
                        self.assertEqual(list(draw["formulas"]), ["faith", "mild", "owed"])
                        self.assertEqual(draw["formulas"]["mild"], 1 + draw["formulas"]["faith"])
                        seen += 1
        self.assertGreater(seen, 10)
        text = self.truce("trace", "s.yaml", "--trial", 0).stdout
        self.assertRegex(" ".join(text.split()),
                         r"against 0\.175: (complies|does not comply); by faith = 0\.175, owed = 0\.2")

    def test_choices_are_told_with_the_share_of_the_one_chosen(self):
        counts = np.zeros(3)
        for trial in range(60):
            told = self.told("trace", CAIRO, "--trial", trial)
            for event in told["events"]:
                for draw in event["draws"] + event["later_draws"]:
                    if "choice" in draw:
                        self.assertLessEqual(draw["from"], draw["u"])
                        self.assertLessEqual(draw["u"], draw["from"] + draw["probability"] + 1e-15)
                        counts[min(draw["choice"], 3) - 1] += 1
        self.assertGreater(np.count_nonzero(counts), 1)

    def test_compliance_is_told_in_words(self):
        text = self.truce("trace", NEUTRAL, "--trial", 3).stdout
        self.assertRegex(text, r"a_gives\.comply\[0\]: drew 0\.\d{6} against 0\.\d+: complies\n")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
