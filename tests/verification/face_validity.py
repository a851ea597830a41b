#!/usr/bin/python3
"""The plan against what an expert expects. Usage: face_validity.py TRUCE SOURCE_DIR [--write]

Each expectation (expectations.py) is a row: two variants of a scenario with the same random
numbers, outcomes, and what their paired difference must be with its whole 95 % interval. The rows
are those of the table in scenarios/face-validity.md, whose figures must be the measured ones;
--write writes them anew.
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import yaml

from expectations import (ALL, ALL_FOR_ALL, EASY, INPUTS, LESS, NAMES, OPENING, OPENINGS, PLAN,
                          RATIOS, RECOVERIES, RECOVERY, ROWS, SECOND, SHARES, SUMS, VARIANTS, parameters)

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SCENARIOS = pathlib.Path(sys.argv[2]).resolve() / "scenarios"
PAGE = SCENARIOS / "face-validity.md"
SEED, TRIALS = 20240121, 8_000
Z = 1.959964

def truce(*arguments):
    done = subprocess.run([str(TRUCE), *map(str, arguments)], capture_output=True, text=True,
                          check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def trials_of(scenario, variants, trials):
    """Columns of each variant, from a study with common random numbers."""
    with tempfile.TemporaryDirectory() as folder:
        study = pathlib.Path(folder) / "study.yaml"
        names = [f"v{i}" for i in range(len(variants))]
        study.write_text(json.dumps({
            "study": 1, "name": "Face validity", "scenario": str(SCENARIOS / scenario),
            "seed": SEED, "trials": trials, "design": {"kind": "grid"},
            "variants": {n: {**v, "timelines": None} for n, v in zip(names, variants.values())}}))
        truce("study", study, "--quiet", "-o", study.with_suffix(".h5"))
        with h5py.File(study.with_suffix(".h5")) as file:
            labels = list(file["design/variant"].asstr()[:])
            return {variant: {name: np.asarray(column[labels.index(label)], dtype=float)
                              for name, column in file["trials"].items()
                              if isinstance(column, h5py.Dataset) and column.ndim == 2}
                    for variant, label in zip(variants, names)}


def interval(values):
    """Mean with its 95 % interval, of independent values."""
    half = Z * values.std(ddof=1) / np.sqrt(len(values))
    return np.array([0.0, -half, half]) + values.mean()


def part(columns, outcome):
    """A trial's part in an outcome, so that their mean is the outcome's (a ratio's, linearised)."""
    if outcome not in RATIOS:
        return columns[outcome] * (100 if outcome in SHARES else 1)
    above, below = (columns[name] for name in RATIOS[outcome])
    ratio = above.sum() / below.sum()
    scale = 1 if outcome in {"days_a_dispute", "quarrels", "flares", "breaks"} else 100
    return scale * (ratio + (above - ratio * below) / below.mean())


def difference_of_shares(yes, no):
    p, q = yes.mean(), no.mean()
    half = Z * np.sqrt(p * (1 - p) / len(yes) + q * (1 - q) / len(no))
    return 100 * (np.array([0.0, -half, half]) + p - q)


class Measured:
    """Runs what the rows need, and tells each row's measures."""

    def __init__(self):
        measured = {"outcomes": SUMS}
        variants = {name: {"extends": str(SCENARIOS / overlay)} if isinstance(overlay, str)
                    else overlay for name, overlay in VARIANTS.items()}
        self.columns = trials_of(PLAN, {n: {**v, **measured} for n, v in variants.items()}, TRIALS)
        self.columns |= trials_of(RECOVERY, RECOVERIES, 4000)
        self.columns |= trials_of(OPENING, {"opening": SECOND}, TRIALS)
        self.columns |= trials_of(OPENING, OPENINGS, TRIALS)
        self.columns |= trials_of(ALL_FOR_ALL, ALL, TRIALS)

    def of(self, row, outcome):
        a = self.columns[row.one]
        if row.other:
            b = self.columns[row.other]
            if outcome.startswith("worth"):
                return self.share_without(row, outcome)
            return interval(part(a, outcome) - part(b, outcome))
        if outcome == "less_than_ratified":
            return interval(100 * (a["all_three_phases"] - a["ratifiable"]))
        if outcome == "ran_its_course":
            return interval(100 * a["all_three_phases"])
        if outcome == "expired":
            return interval(100 * (a["ran_out"] - a["broken"]))
        if outcome in RATIOS or outcome in SHARES:
            return interval(part(a, outcome))
        if outcome == "if_second_deal":
            under_first = a["second_phase"] - a["under_second"]
            return difference_of_shares(a["under_second"][a["deals"] >= 2],
                                        under_first[a["deals"] >= 1])
        kept, second = a["first_phase_kept"] == 1, a["second_phase"]
        at_term = a["first_days"] > 41.99 if outcome == "if_kept_at_term" else kept | True
        return difference_of_shares(second[kept & at_term], second[~kept & at_term])


    def share_without(self, row, worth):
        """The share of the difference in hostages freed that is not there without this worth."""
        whole, rest = (self.columns[row.one + suffix]["hostages_freed"] -
                       self.columns[row.other + suffix]["hostages_freed"]
                       for suffix in ("", f", no {worth}"))
        ratio = rest.mean() / whole.mean()
        return interval(100 * (1 - ratio - (rest - ratio * whole) / whole.mean()))


def holds(claim, measured):
    if claim == "told":
        return True
    value, low, high = measured
    *words, bound = claim.split()
    bound = float(bound)
    if words == ["about"]:
        return abs(value - bound) < 0.05 * bound
    return {"<": high < bound, ">": low > bound, "not >": low <= bound}[" ".join(words)]


def written(measured):
    """The measure with its interval, to the second digit of the interval's half-width."""
    half = max((measured[2] - measured[1]) / 2, 1e-6)  # 0 where nothing differs
    digits = max(0, 1 - int(np.floor(np.log10(half))))
    value, low, high = (f"{x:.{digits}f}".replace("-", "−") for x in measured)
    return f"{value} ({low} to {high})"


def table(measured):
    lines = ["| expected | because | compared | measured (95 %) | agrees |",
             "| --- | --- | --- | --- | --- |"]
    for row in ROWS:
        measures, agrees = [], True
        for outcome, claim in row.claims.items():
            found = measured.of(row, outcome)
            agrees = agrees and holds(claim, found)
            amount = "" if claim.endswith(" 0") or claim == "told" else f", {claim}"
            measures.append(f"{NAMES[outcome]} {written(found)}{amount}")
        verdict = "no" if not agrees else "input" if row.expectation in INPUTS else "yes"
        lines.append(f"| {row.expectation} | {row.because} | {row.one}" +
                     (f" less {row.other}" if row.other else "") +
                     f" | {'; '.join(measures)} | {verdict} |")
    return lines


def on_page():
    text = PAGE.read_text()
    return text[text.index("| expected |"):].split("\n\n", 1)[0].splitlines()


def numbers(line):
    return [float(x.replace("−", "-")) for x in re.findall(r"−?\d+(?:\.\d+)?", line)]


class FaceValidity(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.measured = Measured()

    def test_the_plan_does_what_an_expert_expects(self):
        for row in ROWS:
            for outcome, claim in row.claims.items():
                with self.subTest(row.expectation, outcome=outcome):
                    found = self.measured.of(row, outcome)
                    self.assertTrue(holds(claim, found), f"{found}, expected {claim}")

    def test_the_page_says_what_is_measured(self):
        """Another processor may turn a few trials: an eighth of the interval is allowed for."""
        page, now = on_page(), table(self.measured)
        self.assertEqual(len(page), len(now))
        for told, new in zip(page, now):
            with self.subTest(told):
                self.assertEqual(re.sub(r"[\d.−]+", "", told), re.sub(r"[\d.−]+", "", new))
                for a, b in zip(re.findall(r"(\S+) \((\S+) to (\S+)\)", told),
                                re.findall(r"(\S+) \((\S+) to (\S+)\)", new)):
                    old, (mean, low, high) = (numbers(" ".join(x)) for x in (a, b))
                    for x, y in zip(old, (mean, low, high)):
                        self.assertLessEqual(abs(x - y), (high - low) / 8)


# Where a parameter's part is elsewhere than at the values in the file.
AT = {"least_ratio": {"prisoners_per_civilian": 5}, "terms_matter": {"prisoners_per_civilian": 5},
      "temptation": {"detection": 0.5}}


class Assumptions(unittest.TestCase):
    def moved(self, scenario, base):
        """Standard errors by which a change of each parameter moves what it moves most clearly."""
        text = (SCENARIOS / scenario).read_text()
        document = yaml.load(text, Loader=yaml.BaseLoader)["parameters"]
        variants = {"": parameters(**base),
                    **{f"at {name}": parameters(**base, **AT[name]) for name in AT}}
        for name, parameter in document.items():
            value = float(base.get(name, parameter["value"]))
            self.assertIn("prior", parameter, name)
            self.assertIn("source", parameter, name)
            other = 2 * value if not parameter["prior"].startswith("beta") else \
                value - 0.5 * value if value > 0.5 else 1.5 * value
            variants[name] = parameters(**{**base, **AT.get(name, {}), name: other})
        columns = trials_of(scenario, variants, 2000)
        moved = {}
        for name in document:
            before = columns[f"at {name}" if name in AT else ""]
            differences = [columns[name][c] - before[c] for c in before
                           if c not in {"trial", "status", "ending", "cause"}]
            moved[name] = max(abs(np.nanmean(d)) / (np.nanstd(d) / np.sqrt(len(d)) + 1e-12)
                              for d in differences if np.isfinite(d).any())
        return moved

    def test_every_parameter_with_a_prior_moves_some_outcome(self):
        for scenario, base in ((PLAN, {}), (OPENING, EASY)):
            for name, errors in self.moved(scenario, base).items():
                with self.subTest(scenario, parameter=name):
                    self.assertGreater(errors, 4)

    def test_strain_is_1_on_day_0(self):
        looks = {f"{side}_at_first": f"{side}_strain" for side in ("hamas", "israel")}
        columns, = trials_of(PLAN, {"": {"levels": {name: 0 for name in looks},
                                         "triggers": {"look": {"at": 0, "do": [{"set": looks}]}},
                                         "outcomes": {f"strain_{name}": {"value": name} for name in looks}}},
                             2000).values()
        for name in looks:
            self.assertAlmostEqual(1, columns[f"strain_{name}"].mean(), delta=0.005)

    def test_overlays_keep_their_signs_over_the_priors(self):
        with tempfile.TemporaryDirectory() as folder:
            def run(scenario):
                output = pathlib.Path(folder) / (pathlib.Path(scenario).stem + ".h5")
                truce("run", SCENARIOS / scenario, "--uncertain", "--trials", 6000, "--quiet",
                      "-o", output)
                return output

            plan = run(PLAN)
            for overlay_file in sorted((SCENARIOS / "overlays").glob("*.yaml")):
                told = json.loads(truce("compare", run(overlay_file), plan, "--json",
                                        *(x for o in LESS for x in ("--outcome", o))))
                self.assertEqual(len(LESS), len(told["comparisons"]))
                for comparison in told["comparisons"]:
                    with self.subTest(overlay_file.stem, outcome=comparison["outcome"]):
                        self.assertLess(comparison["difference"]["high"], 0)

    def test_no_party_can_be_deleted(self):
        for scenario in (PLAN, OPENING):
            document = yaml.load((SCENARIOS / scenario).read_text(), Loader=yaml.BaseLoader)
            for party in document["parties"]:
                with self.subTest(scenario, party=party), tempfile.TemporaryDirectory() as folder:
                    without = pathlib.Path(folder) / "without.yaml"
                    without.write_text(json.dumps({"truce": 2, "extends": str(SCENARIOS / scenario),
                                                   "parties": {party: None}}))
                    done = subprocess.run([TRUCE, "check", without], capture_output=True,
                                          text=True, check=False)
                    self.assertEqual(2, done.returncode, done.stdout)


if __name__ == "__main__":
    if sys.argv[3:] == ["--write"]:
        text = PAGE.read_text()
        begin = text.index("| expected |")
        end = text.index("\n\n", begin)
        PAGE.write_text(text[:begin] + "\n".join(table(Measured())) + text[end:])
    else:
        unittest.main(argv=sys.argv[:1])
