#!/usr/bin/python3
"""The back-tests of scenarios/history against what was recorded, and the page that tells of it.

Usage: backtests.py TRUCE SOURCE_DIR [--table]

scenarios/history/records.csv has one recorded value a line: of which scenario, in which column of its results.
Each scenario is run with its parameters drawn from their priors, so that a column is a prediction made on day 0.
The test holds the numbers in scenarios/history/README.md to these runs; `--table` prints its tables anew.

A record tells whole days and persons, so a prediction is cut to whole units before it is compared with a whole
record: what comes on day 7.4 is of day 7. What never came is later than any day.
"""

import csv
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import yaml

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
HISTORY = SOURCE / "scenarios" / "history"
PAGE = HISTORY / "README.md"
TRIALS = 20_000
SEED = 1
INTERVAL = (0.1, 0.9)
# Standard errors by which the page's shares may differ from another run of as many trials.
STANDARD_ERRORS = 4.5

# What comes of an agreement when its assumptions are set so that all goes as signed.
AS_SIGNED = {
    "farc-2001": ("exchange_kept=1 beyond_the_promise=0 fit_to_travel=1",
                  {"freed": 142, "guerrillas_freed": 15}),
    "gaza-2011": ("petition_stops_it=0 with_leverage=1 without_leverage=1",
                  {"second_leg_day": 68, "in_full": 1, "owed_at_the_end": 0}),
    "november-2023": ("compliance=1 extension_granted=0 breakdown=0",
                      {"days_of_pause": 4, "freed_by_day_3": 50, "hostages_freed": 50,
                       "prisoners_freed": 150}),
    "january-2025": ("alive=1 compliance=1 quarrels=0 breakdown=0",
                     {"alive_by_day_13": 10, "alive_by_day_27": 16, "alive_by_day_34": 21,
                      "home_by_day_41": 33, "female_soldiers.freed": 5, "listed.freed": 28,
                      "way_opened": 6.8, "prisoners_freed": 1904, "quarrels_in_term": 0}),
    "russia-ukraine-2025": ("exchange_kept=1", {"ukrainians.freed": 1000, "russians.freed": 1000,
                                                "disputes.opened": 0}),
    "russia-ukraine-june-2025": ("exchange_kept=1", {"ukrainians.freed": 1000, "quarrels": 0,
                                                     "ukrainian_dead.returned": 6000}),
    "yemen-2018": ("round_agrees=0", {"carried_out": 0, "first_release": math.nan}),
    "iran-us-2023": ("confirmed=1 called_off=0 returns=1", {"gate_kept": 1, "went_home": 5}),
    "october-2025": ("compliance=1 at_hand=1 flare_ups_a_day=0 breakdown=0",
                     {"living_home": 3, "dead_by_day_3": 28, "all_returned": 3,
                      "palestinian_dead.returned": 420, "in_force_on_day_265": 1})}


class Comparison:
    """A recorded value and its place in the prediction."""

    def __init__(self, record, predicted):
        self.record = record
        value = float(record["value"])
        whole = value == math.floor(value)
        predicted = np.where(np.isnan(predicted), np.inf, predicted)
        # Sums of shares may be short of a whole by rounding.
        self.predicted = np.sort(np.floor(predicted + 1e-9) if whole else predicted)
        self.below = self.share_below(value)
        self.at_most = self.share_at_most(value)
        self.value = value

    def share_below(self, x):
        return np.searchsorted(self.predicted, x, "left") / len(self.predicted)

    def share_at_most(self, x):
        return np.searchsorted(self.predicted, x, "right") / len(self.predicted)

    def at(self, p):
        """The smallest value that at least the share p of all does not exceed."""
        return self.predicted[math.ceil(p * len(self.predicted)) - 1]

    @property
    def place(self):
        """Quantile of the record; of the trials that hit it exactly, half count as below."""
        return (self.below + self.at_most) / 2

    @property
    def verdict(self):
        low, high = self.at(INTERVAL[0]), self.at(INTERVAL[1])
        return "**below**" if self.value < low else "**above**" if self.value > high else "inside"

    @property
    def expected(self):
        """Chance of `inside`, were the prediction right: more than 0.8 where values are tied."""
        low, high = self.at(INTERVAL[0]), self.at(INTERVAL[1])
        return self.share_at_most(high) - self.share_below(low)

    @property
    def cells(self):
        return [self.record["recorded"], text(self.record["value"]), text(self.at(0.5)),
                f"{text(self.at(INTERVAL[0]))} to {text(self.at(INTERVAL[1]))}",
                f"{self.place:.2f}", self.verdict]


def text(value):
    x = float(value)
    if math.isinf(x):
        return "never"
    return f"{x:.0f}" if x == math.floor(x) else f"{x:.3f}"


def number(cell):
    return math.inf if cell == "never" else float(cell)


def columns(scenario, *options, trials=TRIALS):
    """The columns of the trials of a run, without its categories."""
    with tempfile.TemporaryDirectory() as folder:
        output = pathlib.Path(folder) / "run.h5"
        subprocess.run([TRUCE, "run", HISTORY / f"{scenario}.yaml", "-n", str(trials), "--seed",
                        str(SEED), "-o", output, "--quiet", *options], check=True,
                       stdout=subprocess.DEVNULL)
        with h5py.File(output, "r") as file:
            assert file.attrs["trials_failed"] == 0, scenario
            return {name: np.array(column, dtype=float) for name, column in file["trials"].items()}


def records():
    with open(HISTORY / "records.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scenarios():
    return list(dict.fromkeys(record["scenario"] for record in records()))


def comparisons():
    """By scenario, in the order of the records."""
    found = {}
    for scenario in scenarios():
        run = columns(scenario, "--uncertain")
        found[scenario] = [Comparison(record, run[record["outcome"]]) for record in records()
                           if record["scenario"] == scenario]
    return found


def heading(scenario):
    return f"### [{scenario}]({scenario}.yaml)"


def section(page, scenario):
    return page.split(heading(scenario) + "\n", 1)[1].split("\n##", 1)[0]


def table(rows):
    lines = ["| recorded | record | median | 80 % of trials | place | |",
             "| --- | --- | --- | --- | --- | --- |"]
    return "\n".join(lines + [f"| {' | '.join(row.cells)} |" for row in rows]) + "\n"


def verdicts(all_rows):
    rows = [row for rows in all_rows.values() for row in rows]
    return sum(row.verdict == "inside" for row in rows), len(rows), sum(r.expected for r in rows)


class BacktestsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.found = comparisons()
        cls.page = PAGE.read_text(encoding="utf-8")

    def test_every_back_test_has_records_and_every_reenactment_says_so(self):
        files = {file.stem for file in HISTORY.glob("*.yaml")}
        again = {name for name in files if name.endswith("-as-it-went")}
        self.assertEqual(files - again, set(scenarios()))
        self.assertEqual(files - again, set(AS_SIGNED))
        for name in files:
            text_of_it = (HISTORY / f"{name}.yaml").read_text(encoding="utf-8")
            kind = "# A re-enactment: " if name in again else "# A back-test: "
            self.assertTrue(text_of_it.startswith(kind), name)
            self.assertIn(f"`{name}.yaml`" if name in again else f"[{name}]({name}.yaml)",
                          self.page)
        for record in records():
            self.assertTrue(record["source"].startswith("http"), record)

    def test_all_as_signed_when_the_assumptions_say_so(self):
        for scenario, (assumptions, outcomes) in AS_SIGNED.items():
            options = [x for word in assumptions.split() for x in ("--set", word)]
            run = columns(scenario, *options, trials=300)
            for name, value in outcomes.items():
                with self.subTest(scenario=scenario, outcome=name):
                    np.testing.assert_allclose(run[name], value, atol=1e-9)

    def test_the_tables(self):
        for scenario, rows in self.found.items():
            part = section(self.page, scenario)
            told = [[cell.strip() for cell in line.split("|")[1:-1]]
                    for line in part.splitlines() if line.startswith("|")][2:]
            self.assertEqual([cells[:2] for cells in told], [row.cells[:2] for row in rows])
            for cells, row in zip(told, rows):
                with self.subTest(scenario=scenario, recorded=cells[0]):
                    self.assert_quantile(row, 0.5, cells[2])
                    low, high = cells[3].split(" to ")
                    self.assert_quantile(row, INTERVAL[0], low)
                    self.assert_quantile(row, INTERVAL[1], high)
                    place = float(cells[4])
                    slack = self.slack(row.place) + 0.005
                    self.assertLessEqual(abs(place - row.place), slack)
                    inside = number(low) <= row.value <= number(high)
                    self.assertEqual(cells[5] == "inside", inside)
                    if not inside:
                        self.assertEqual(cells[5], "**below**" if row.value < number(low)
                                         else "**above**")

    def test_the_count(self):
        inside, all_of_them, expected = verdicts(self.found)
        told = re.search(r"\*\*(\d+) of (\d+) records are inside\*\*, (\d+\.\d) were to be expected",
                         self.page)
        self.assertIsNotNone(told)
        self.assertEqual(int(told[2]), all_of_them)
        self.assertEqual(int(told[1]), len(re.findall(r"\| inside \|$", self.page, re.MULTILINE)))
        on_the_edge = sum(self.on_the_edge(row) for rows in self.found.values() for row in rows)
        self.assertLessEqual(abs(int(told[1]) - inside), on_the_edge)
        self.assertLess(abs(float(told[3]) - expected), 0.5)
        cells = re.findall(r"\| (\d\.\d\d) \| (inside|\*\*above\*\*|\*\*below\*\*) \|$", self.page,
                           re.MULTILINE)
        missed = len(cells) - int(told[1])
        above = sum("above" in verdict for _, verdict in cells)
        page = " ".join(self.page.split())
        self.assertIn(f"The other {missed} are missed", page)
        self.assertIn(f"All {above} misses are above, none below", page)
        self.assertEqual(above, missed)
        high = sum(float(place) > 0.5 for place, _ in cells)
        self.assertIn(f"{high} of the {len(cells)} places are above 0.5", page)

    def test_collapse_was_feared_too_much(self):
        truce = {row.record["outcome"]: row for row in self.found["january-2025"]}["truce_days"]
        self.assertGreater(truce.share_below(42), 1 / 3)
        self.assertGreater(truce.share_below(truce.value), 0.5)
        force = {row.record["outcome"]: row for row in self.found["october-2025"]}
        self.assertGreater(force["in_force_on_day_265"].share_below(1), 0.5)

    def test_the_counts_behind_the_main_scenario(self):
        """beta(kept + 1/2, missed + 1/2), of the steps that the page lists."""
        plan = yaml.safe_load((HISTORY.parent / "cairo-three-phase.yaml").read_text(encoding="utf-8"))
        rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in
                self.page.split("## Counts behind the main scenario\n", 1)[1].splitlines()
                if line.startswith("| Hamas") or line.startswith("| Israel")]
        for kind, name in {"living": "hamas", "dead": "remains", "prisoners": "israel",
                           "aid": "conditions"}.items():
            due = sum(int(row[3]) for row in rows if row[1] == kind)
            kept = sum(int(row[4]) for row in rows if row[1] == kind)
            self.assertIn(f"`{name}_compliance`", self.page)
            self.assertIn(f"{kept} of {due} of ", self.page)
            parameter = plan["parameters"][f"{name}_compliance"]
            self.assertEqual(f"beta({kept + 0.5}, {due - kept + 0.5})", parameter["prior"])
            self.assertAlmostEqual((kept + 0.5) / (due + 1), parameter["value"], delta=0.006)
            self.assertIn(f"record: {kept} of {due} due steps", parameter["source"])

    def test_every_miss_is_explained(self):
        for scenario, rows in self.found.items():
            part = section(self.page, scenario)
            misses = len(re.findall(r"\*\*(?:above|below)\*\* \|$", part, re.MULTILINE))
            self.assertEqual(len(re.findall(r"^- \*\*Missed:", part, re.MULTILINE)), misses,
                             scenario)

    def on_the_edge(self, row):
        """Whether another run of as many trials may judge otherwise."""
        low, high = INTERVAL
        return (abs(row.at_most - low) <= self.slack(low) or
                abs(row.below - high) <= self.slack(high))

    def slack(self, p):
        p = min(max(p, 1 / TRIALS), 1 - 1 / TRIALS)
        return STANDARD_ERRORS * math.sqrt(2 * p * (1 - p) / TRIALS)

    def assert_quantile(self, row, p, cell):
        """The page's quantile is one of this run, too, within what chance makes of it."""
        x = number(cell)
        half_a_digit = 0 if "." not in cell else 0.0005
        self.assertLessEqual(row.share_below(x - half_a_digit), p + self.slack(p))
        self.assertGreaterEqual(row.share_at_most(x + half_a_digit), p - self.slack(p))


if __name__ == "__main__":
    if "--table" in sys.argv:
        found = comparisons()
        for name, compared in found.items():
            print(f"{heading(name)}\n\n{table(compared)}")
        print("**%d of %d records are inside**, %.1f were to be expected" % verdicts(found))
    else:
        unittest.main(argv=[sys.argv[0]], verbosity=1)
