#!/usr/bin/python3
"""What an expert of ceasefires expects of the plan. Usage: face_validity.py TRUCE SOURCE_DIR [--write]

Each expectation is a row: two variants of a scenario with the same random numbers, outcomes, and what their
paired difference must be with its whole 95 % interval: `< 0`, `> 0`, or `not > 0`, not clear of 0 on that
side. Without a second variant it is the outcome itself. The rows are those of the table in
scenarios/face-validity.md, whose figures must be the measured ones; --write writes them anew.
"""

import dataclasses
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

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SCENARIOS = pathlib.Path(sys.argv[2]).resolve() / "scenarios"
PAGE = SCENARIOS / "face-validity.md"
PLAN, OPENING = "cairo-three-phase.yaml", "cairo-opening.yaml"
SEED, TRIALS = 20240121, 20_000
Z = 1.959964

NAMES = {"hostages_freed": "hostages freed", "hostage_days": "days in captivity", "deaths": "deaths of hostages",
         "civilian_harm": "civilian harm", "second_phase": "second phase, %",
         "all_three_phases": "three phases, %", "first_phase_kept": "first phase kept, %",
         "aid_days": "days of full aid", "hamas_complies": "compliance of Hamas, %",
         "israel_complies": "compliance of Israel, %", "days_a_dispute": "days a dispute",
         "settled": "disputes settled, %", "relapsed": "relapse, %", "quarrels": "quarrels a day",
         "expired": "ran out less broken, %", "ran_its_course": "ran its course, %",
         "if_kept": "second phase if the first was kept less if not, %",
         "if_second_deal": "second phase of second agreements less that of first ones, %",
         "if_kept_at_term": "the same of those that reached the term, %"}
SHARES = {"second_phase", "all_three_phases", "first_phase_kept", "relapsed"}
# Ratios of two sums over the trials: what is summed above, and below.
RATIOS = {"hamas_complies": ("hamas_sum", "first_days"), "israel_complies": ("israel_sum", "first_days"),
          "days_a_dispute": ("dispute_days", "disputes.opened"),
          "settled": ("disputes.settled", "disputes.opened"), "quarrels": ("quarrel_sum", "days_sum")}
SUMS = {"hamas_sum": {"integral": "if(civilians_first.active, hamas_complies, 0)"},
        "israel_sum": {"integral": "if(civilians_first.active, israel_complies, 0)"},
        "first_days": {"integral": "if(civilians_first.active, 1, 0)"},
        "dispute_days": {"integral": "disputes.open"},
        "quarrel_sum": {"value": "quarrel_over_hostages.occurred + quarrel_over_terms.occurred"},
        "days_sum": {"integral": "if(active and held > 0, 1, 0)"},
        "ran_out": {"value": "expired >= 1"}, "broken": {"value": "collapsed >= 1 and expired == 0"}}


def parameters(**values):
    return {"parameters": values}


def overlay(path):
    return {"extends": str(SCENARIOS / path)}


IN_FULL = {"hamas_compliance": 1, "israel_compliance": 1, "quarrel_rate": 0, "fire_rate": 0, "spoiler_rate": 0}
NOT_GIVEN = {"effects": [], "breach": None}
VARIANTS = {
    "as written": {},
    "guarantor 0.2": parameters(engagement=0.2),
    "guarantor 0.95": parameters(engagement=0.95),
    "detection 0.5": parameters(detection=0.5, false_alarms=0),
    "detection 1": parameters(detection=1, false_alarms=0),
    "mediation in 1 day": parameters(mediation_days=1),
    "no mediators": parameters(qatar_access=0, egypt_access=0),
    "hotline": overlay("overlays/hotline.yaml"),
    "monitored zones": overlay("overlays/ceasefire-zones.yaml"),
    "corridors": overlay("overlays/corridors.yaml"),
    "better verification": overlay("overlays/better-verification.yaml"),
    "stronger guarantees": overlay("overlays/stronger-guarantees.yaml"),
    "1 prisoner": parameters(prisoners_per_civilian=1),
    "10 prisoners": parameters(prisoners_per_civilian=10),
    "60 prisoners": parameters(prisoners_per_civilian=60),
    "100 prisoners": parameters(prisoners_per_civilian=100),
    "no aid": {"phases": {"civilians_first": {"obligations": {
        "expand_aid": NOT_GIVEN, "ease_movement": NOT_GIVEN}}}},
    "trust fixed": parameters(trust_moves=0),
    "all kept": parameters(**IN_FULL),
    "all kept, trust fixed": parameters(**IN_FULL, trust_moves=0),
    "stakes do not matter": parameters(stakes_matter=0),
    "front-loaded": overlay("alternatives/front-loaded.yaml")}
# An opening in which agreements come, so that recovery is reached.
EASY = {"opening_agrees": 0.9, "opening_ratified": 0.9, "round_agrees": 0.9, "ratification": 0.98,
        "fire_rate": 0.01, "quarrel_rate": 0.03, "relapse_rate": 0.002}
RECOVERIES = {"recovery succeeds": parameters(**EASY, governance_kept=1, borders_opened=1,
                                              security_kept=1, pledges_paid=1),
              "recovery fails": parameters(**EASY, governance_kept=0, borders_opened=0,
                                           security_kept=0, pledges_paid=0)}
# Whether the second phase began under the second agreement of a trial.
SECOND = {"levels": {"under_second": 0},
          "triggers": {"under_second_agreement": {
              "upon": "women_and_remains.started", "while": "civilians_first.started == 2",
              "do": [{"set": {"under_second": 1}}]}},
          "outcomes": {"under_second": {"value": "under_second"}, "deals": {"value": "civilians_first.started"}}}


@dataclasses.dataclass
class Row:
    expectation: str
    because: str
    one: str
    other: str
    claims: dict  ## by outcome, such as '> 0'


LESS = {"hostage_days": "< 0", "deaths": "< 0", "civilian_harm": "< 0"}
ROWS = [
    Row("A stronger guarantor saves lives and days",
        "leaving costs more, and flare-ups are contained sooner", "guarantor 0.95", "guarantor 0.2",
        {"hostages_freed": "> 0", **LESS, "second_phase": "> 0"}),
    Row("So do stronger guarantees", "the guarantor presses for time as well", "stronger guarantees",
        "as written", {"hostages_freed": "> 0", **LESS}),
    Row("Better detection without false alarms does not cost anything",
        "what is found is mended, what would be found is done; what is missing harms, seen or not",
        "detection 1", "detection 0.5",
        {"hostages_freed": "> 0", **LESS, "first_phase_kept": "> 0", "aid_days": "> 0"}),
    Row("So with better verification", "false alarms are fewer, too", "better verification", "as written",
        {"hostage_days": "< 0", "deaths": "not > 0", "civilian_harm": "not > 0", "first_phase_kept": "> 0"}),
    Row("Quicker mediation helps", "a grave quarrel holds up batches until it is settled",
        "mediation in 1 day", "as written", {**LESS, "first_phase_kept": "> 0", "days_a_dispute": "< 0"}),
    Row("A hotline helps", "fewer incidents flare up, and not for so long", "hotline", "as written",
        {"hostages_freed": "> 0", **LESS}),
    Row("Monitored zones help", "incidents are fewer and less grave", "monitored zones", "as written",
        {"hostages_freed": "> 0", **LESS}),
    Row("Corridors help", "aid comes sooner, goes on in a flare-up, and is less quarrelled about",
        "corridors", "as written", {"hostages_freed": "> 0", **LESS, "hamas_complies": "> 0", "aid_days": "> 0"}),
    Row("More prisoners for a civilian bind the side that receives them, and strain the other",
        "it expects more, and the exchange is cheaper to it", "60 prisoners", "10 prisoners",
        {"hamas_complies": "> 1", "israel_complies": "< -1"}),
    Row("Neither one prisoner for a civilian ...", "the side that holds them gets next to nothing",
        "1 prisoner", "as written", {"hostages_freed": "< 0", "hamas_complies": "< -1"}),
    Row("... nor a hundred serve the agreement", "to the side that pays it is dear", "100 prisoners",
        "as written", {"hostages_freed": "< 0", "israel_complies": "< -1"}),
    Row("Without aid fewer are freed", "relief is what one side would lose by leaving", "no aid",
        "as written", {"hostages_freed": "< 0", "hamas_complies": "< 0", "civilian_harm": "> 0"}),
    Row("Without mediators fewer are freed, disputes are longer, and fewer of them settle",
        "what the sides cannot say to each other goes by others, and slowly", "no mediators", "as written",
        {"hostages_freed": "< 0", "days_a_dispute": "> 0", "settled": "< 0", "deaths": "> 0"}),
    Row("Where all is kept, trust that moves frees more", "each side comes to believe in what is still to come",
        "all kept", "all kept, trust fixed", {"hostages_freed": "> 3", "second_phase": "> 3"}),
    Row("As it goes, trust that moves changes what follows",
        "it falls by what is missing and by fire as much as it rises by persons", "as written", "trust fixed",
        {"all_three_phases": "> 0.5"}),
    Row("Stakes matter", "the side that has got most of what it wanted is less bound", "as written",
        "stakes do not matter", {"second_phase": "< 0", "israel_complies": "< 0", "hamas_complies": "> 0"}),
    Row("The second phase comes after a first that was kept",
        "what was kept raises trust and lowers opposition; what is owed is a grievance", "as written", "",
        {"if_kept": "> 10", "if_kept_at_term": "> 0"}),
    Row("Front-loading saves days in captivity", "all civilians are home in the first week", "front-loaded",
        "as written", {"hostage_days": "< 0", "deaths": "< 0"}),
    Row("Its price is paid in the later phases", "one side has got what it wanted most, the other holds less",
        "front-loaded", "as written",
        {"second_phase": "< 0", "all_three_phases": "< 0", "israel_complies": "< 0", "hamas_complies": "< 0",
         "civilian_harm": "> 0"}),
    Row("Agreements that fail run out; few are broken within their term",
        "flare-ups are contained, disputes are settled", "as written", "", {"expired": "> 0"}),
    Row("Quarrels come about every eight days, and nearly all of them settle",
        "record: 13 disputes of 2023 to 2025, of which 12 ended", "as written", "",
        {"quarrels": "about 0.125", "settled": "about 92"}),
    Row("All for all comes through in less than its 13.5 % of ratification",
        "who refuses goes on refusing", "all for all", "", {"ran_its_course": "< 13.5"}),
    Row("A later agreement is worse", "trust is no higher, what was not given is a grievance, the price has risen",
        "opening", "", {"if_second_deal": "< 0"}),
    Row("A recovery that succeeds keeps the war away",
        "governance, borders, reconstruction and security lower the risk", "recovery succeeds",
        "recovery fails", {"relapsed": "< 0"})]


def truce(*arguments):
    done = subprocess.run([str(TRUCE), *map(str, arguments)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout


def trials_of(scenario, variants, trials):
    """Columns of each variant, from a study with common random numbers."""
    with tempfile.TemporaryDirectory() as folder:
        study = pathlib.Path(folder) / "study.yaml"
        names = [f"v{i}" for i in range(len(variants))]
        study.write_text(json.dumps({
            "study": 1, "name": "Face validity", "scenario": str(SCENARIOS / scenario), "seed": SEED,
            "trials": trials, "design": {"kind": "grid"},
            "variants": dict(zip(names, variants.values()))}))
        truce("study", study, "--quiet", "-o", study.with_suffix(".h5"))
        with h5py.File(study.with_suffix(".h5")) as file:
            labels = [n.decode() if isinstance(n, bytes) else n for n in file["design/variant"].asstr()[:]]
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
    scale = 1 if outcome in {"days_a_dispute", "quarrels"} else 100
    return scale * (ratio + (above - ratio * below) / below.mean())


def difference_of_shares(yes, no):
    p, q = yes.mean(), no.mean()
    half = Z * np.sqrt(p * (1 - p) / len(yes) + q * (1 - q) / len(no))
    return 100 * (np.array([0.0, -half, half]) + p - q)


class Measured:
    """Runs what the rows need, and tells each row's measures."""

    def __init__(self):
        added = {"timelines": None, "outcomes": SUMS}
        self.columns = trials_of(PLAN, {n: {**v, **added} for n, v in VARIANTS.items()}, TRIALS)
        self.columns |= trials_of(OPENING, {n: {**v, "timelines": None} for n, v in RECOVERIES.items()}, 4000)
        self.columns |= trials_of(OPENING, {"opening": {**SECOND, "timelines": None}}, TRIALS)
        self.columns |= trials_of("alternatives/all-for-all.yaml", {"all for all": {"timelines": None}}, TRIALS)

    def of(self, row, outcome):
        a = self.columns[row.one]
        if row.other:
            b = self.columns[row.other]
            return interval(part(a, outcome) - part(b, outcome))
        if outcome == "ran_its_course":
            return interval(100 * a["all_three_phases"])
        if outcome == "expired":
            return interval(100 * (a["ran_out"] - a["broken"]))
        if outcome in RATIOS:
            return interval(part(a, outcome))
        if outcome == "if_second_deal":
            under_first = a["second_phase"] - a["under_second"]
            return difference_of_shares(a["under_second"][a["deals"] >= 2], under_first[a["deals"] >= 1])
        kept, second = a["first_phase_kept"] == 1, a["second_phase"]
        at_term = a["first_days"] > 41.99 if outcome == "if_kept_at_term" else kept | True
        return difference_of_shares(second[kept & at_term], second[~kept & at_term])


def holds(claim, measured):
    value, low, high = measured
    *words, bound = claim.split()
    bound = float(bound)
    if words == ["about"]:
        return abs(value - bound) < 0.05 * bound
    return {"<": high < bound, ">": low > bound, "not >": low <= bound}[" ".join(words)]


def written(measured):
    """The measure with its interval, to the second digit of the interval's half-width."""
    half = (measured[2] - measured[1]) / 2
    digits = max(0, 1 - int(np.floor(np.log10(half))))
    value, low, high = (f"{x:.{digits}f}".replace("-", "−") for x in measured)
    return f"{value} ({low} to {high})"


def table(measured):
    lines = ["| expected | because | compared | measured (95 %) | agrees |", "| --- | --- | --- | --- | --- |"]
    for row in ROWS:
        measures, agrees = [], True
        for outcome, claim in row.claims.items():
            found = measured.of(row, outcome)
            agrees = agrees and holds(claim, found)
            measures.append(f"{NAMES[outcome]} {written(found)}" + ("" if claim.endswith(" 0") else f", {claim}"))
        lines.append(f"| {row.expectation} | {row.because} | {row.one}" +
                     (f" less {row.other}" if row.other else "") +
                     f" | {'; '.join(measures)} | {'yes' if agrees else 'no'} |")
    return lines


def on_page():
    return [line for line in PAGE.read_text().splitlines() if line.startswith("|")]


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
        """Another processor may turn a few trials: figures may differ by a quarter of their interval."""
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


class Assumptions(unittest.TestCase):
    def moved(self, scenario, base):
        """Of each parameter with a prior, how far its change moves the outcome that it moves most clearly."""
        document = yaml.load((SCENARIOS / scenario).read_text(), Loader=yaml.BaseLoader)["parameters"]
        variants = {"": {"timelines": None, **parameters(**base)}}
        for name, parameter in document.items():
            value = float(base.get(name, parameter["value"]))
            self.assertIn("prior", parameter, name)
            self.assertIn("source", parameter, name)
            other = 2 * value if not parameter["prior"].startswith("beta") else \
                value - 0.5 * value if value > 0.5 else 1.5 * value
            variants[name] = {"timelines": None, **parameters(**{**base, name: other})}
        columns = trials_of(scenario, variants, 2000)
        moved = {}
        for name in document:
            differences = [columns[name][c] - columns[""][c] for c in columns[""]
                           if c not in {"trial", "status", "ending", "cause"}]
            moved[name] = max(abs(np.nanmean(d)) / (np.nanstd(d) / np.sqrt(len(d)) + 1e-12)
                              for d in differences if np.isfinite(d).any())
        return moved

    def test_every_parameter_with_a_prior_moves_some_outcome(self):
        for scenario, base in ((PLAN, {}), (OPENING, EASY)):
            for name, errors in self.moved(scenario, base).items():
                with self.subTest(scenario, parameter=name):
                    self.assertGreater(errors, 4)

    def test_no_party_can_be_deleted(self):
        for scenario in (PLAN, OPENING):
            document = yaml.load((SCENARIOS / scenario).read_text(), Loader=yaml.BaseLoader)
            for party in document["parties"]:
                with self.subTest(scenario, party=party), tempfile.TemporaryDirectory() as folder:
                    without = pathlib.Path(folder) / "without.yaml"
                    without.write_text(json.dumps({"truce": 2, "extends": str(SCENARIOS / scenario),
                                                   "parties": {party: None}}))
                    done = subprocess.run([TRUCE, "check", without], capture_output=True, text=True, check=False)
                    self.assertEqual(2, done.returncode, done.stdout)


if __name__ == "__main__":
    if sys.argv[3:] == ["--write"]:
        text = PAGE.read_text()
        begin = text.index("| expected |")
        end = text.index("\n\n", begin)
        PAGE.write_text(text[:begin] + "\n".join(table(Measured())) + text[end:])
    else:
        unittest.main(argv=sys.argv[:1])
