#!/usr/bin/python3
"""The worked studies of scenarios/studies/README.md and the example of README.md, by the pages' own commands:
every number of a table, and of the sentences, is the one computed, in the digits printed.
Usage: test_worked_studies.py TRUCE SOURCE_DIR
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

import h5py

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
STUDIES = SOURCE / "scenarios" / "studies"
NUMBER = r"[-+−]?[\d,]*\.?\d+"


def sections(path):
    """{heading: text} of a page."""
    parts = re.split(r"^## (.*)\n", path.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text):
    return [line for block in blocks(text, "sh") for line in block.splitlines() if line]


def tables(text):
    """[[row]] of the tables of a text, a row being {column: cell}."""
    found, heading = [], None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            heading = None
        elif heading is None:
            heading = cells
            found.append([])
        elif not set(line) <= set("|- "):
            found[-1].append(dict(zip(heading, cells, strict=True)))
    return found


def number(text):
    """(value, half of its last digit)."""
    text = text.replace("−", "-").replace(",", "")
    return float(text), 0.5 * 10.0 ** -len(text.partition(".")[2])


class Pages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        self.bin = self.here / "build" / "bin"
        self.bin.mkdir(parents=True)
        (self.bin / "truce").symlink_to(TRUCE)

    def run_page(self, text):
        """Runs a section's commands in their order, those that draw only looked for; returns what those that
        report say with --json, by the command. A report that the page also writes into a file is made once.
        """
        lines, reports = commands(text), {}
        for line in lines:
            command, _, file = line.partition(" --json > ")
            words = shlex.split(command)
            if words[0].startswith("scripts/"):
                self.assertTrue((SOURCE / words[0]).exists(), line)
            elif pathlib.Path(words[0]).name == "truce" and words[1] in ("compare", "sensitivity", "discover", "why"):
                if file or not any(other.startswith(f"{line} --json > ") for other in lines):
                    reports[" ".join(words[1:])] = json.loads(self.bash(f"{command} --json"))
            else:
                self.bash(line)
        return reports

    def bash(self, line):
        done = subprocess.run(["bash", "-c", line], cwd=self.here, capture_output=True, text=True, check=False,
                              env={"PATH": f"{self.bin}:/usr/bin:/bin", "HOME": str(self.bin)})
        self.assertEqual(0, done.returncode, f"{line}\n{done.stderr}{done.stdout}")
        return done.stdout

    def equal(self, text, value, where):
        """A printed number is the computed one."""
        printed, half = number(text)
        self.assertLessEqual(abs(printed - value), half * (1 + 1e-6) + 1e-12, f"{where}: {text}, computed {value}")

    def estimate(self, text, computed, where):
        """'0.5 (0.4 to 0.6)'."""
        numbers = re.fullmatch(rf"({NUMBER}) \(({NUMBER}) to ({NUMBER})\)", text)
        self.assertIsNotNone(numbers, f"{where}: {text}")
        for told, key in zip(numbers.groups(), ("value", "low", "high")):
            self.equal(told, computed[key], where)

    def claims(self, text, claims):
        """Each sentence stands on the page, and its numbers (in braces) are the computed ones."""
        text = " ".join(text.split())
        for sentence, *values in claims:
            pattern = "".join(rf"({NUMBER})" if part == "{}" else re.escape(part)
                              for part in re.split(r"(\{\})", sentence))
            found = re.search(pattern, text)
            self.assertIsNotNone(found, f"not on the page: {sentence}")
            self.assertEqual(len(found.groups()), len(values), sentence)
            for printed, value in zip(found.groups(), values):
                self.equal(printed, value, sentence)


class Studies(Pages):
    """scenarios/studies/README.md"""

    @classmethod
    def setUpClass(cls):
        cls.sections = sections(STUDIES / "README.md")

    def setUp(self):
        super().setUp()
        # The page's commands are those of someone in scenarios/studies, who has truce on the PATH.
        scenarios = self.here / "scenarios"
        self.here = scenarios / "studies"
        self.here.mkdir(parents=True)
        for path in (SOURCE / "scenarios").iterdir():
            if path.name != "studies":
                (scenarios / path.name).symlink_to(path)
        for path in STUDIES.glob("*.yaml"):
            text = path.read_text()
            # The page tells of no timeline, and of studies of many points these take as long as the trials.
            if "\nvariants:" not in text and "\nfactors:" not in text:
                text += "variants: {as_written: {timelines: null}}\n"
            (self.here / path.name).write_text(text)

    def run_section(self, heading):
        """The section's text, its tables and its reports."""
        text = self.sections[heading]
        return text, tables(text), self.run_page(text)

    def cells(self, table, computed):
        """Each cell of a table is the estimate computed(row's name, column)."""
        self.assertGreater(len(table), 4)
        for row in table:
            (_, name), *cells = row.items()
            self.assertTrue(cells)
            for column, cell in cells:
                self.estimate(cell, computed(name, column), (name, column))

    def test_monitoring(self):
        text, (pooled, by_point), reports = self.run_section("Does monitoring pay?")
        over_all, at = ({(c["outcome"], c["a"]): c for c in reports[command]["comparisons"]} for command in (
            "compare monitoring.h5", "compare monitoring.h5 --by-point"))
        self.cells(pooled, lambda outcome, variant: over_all[outcome, variant]["difference"])
        self.cells(by_point, lambda outcome, where:
                   at[outcome, f"half_seen {where.replace(' ', '=')}"]["difference"])

        def less(outcome):
            return -over_all[outcome, "half_seen"]["difference"]["value"]
        self.claims(text, [
            ("has {} percentage points fewer first phases that are kept in full, {} days of full aid less and {} "
             "people dead more", 100 * less("first_phase_kept"), less("aid_days"), -less("civilian_harm")),
            ("({} points fewer first phases kept)",
             -100 * at["first_phase_kept", "half_seen temptation=0"]["difference"]["value"])])
        # The words: three persons, a seventh left without temptation, a tenth by no false alarms, next to nothing of speed.
        self.assertAlmostEqual(3, less("hostages_freed"), delta=0.1)
        for outcome in ("hostages_freed", "hostage_days", "civilian_harm"):
            none = at[outcome, "half_seen temptation=0"]["difference"]["value"]
            self.assertAlmostEqual(1 / 7, none / over_all[outcome, "half_seen"]["difference"]["value"], delta=0.02)
            alarms = over_all[outcome, "no_false_alarms"]["difference"]
            self.assertGreater(alarms["low"] * alarms["high"], 0, outcome)
            same = [at[outcome, f"no_false_alarms temptation={t}"]["difference"]["value"] for t in (0, 2, 4)]
            self.assertEqual(1, len(set(same)))  # at nine tenths seen
        self.assertAlmostEqual(0.1, over_all["hostages_freed", "no_false_alarms"]["difference"]["value"], delta=0.03)
        self.assertLess(abs(over_all["first_phase_kept", "fast"]["difference"]["value"]), 0.002)
        self.assertLess(abs(over_all["hostages_freed", "fast"]["difference"]["value"]), 0.04)

    def test_front_loading(self):
        text, (effects, plain), reports = self.run_section("Front-loaded against stepwise release")
        report = reports["compare front-loading.h5"]
        effect = {(e["outcome"], " x ".join(e["factors"])): e["effect"] for e in report["effects"]}
        self.cells(effects, lambda outcome, factor: effect[outcome, factor])
        compared = {(c["outcome"], c["a"]): c["difference"] for c in report["comparisons"]}
        self.cells(plain, lambda outcome, variant: compared[outcome, variant])
        both = "front_loaded+guarantor"
        self.claims(text, [
            ("takes {} days of captivity away", -effect["hostage_days", "front_loaded"]["value"]),
            ("costs {} percentage points of the second phases and {} of the complete agreements",
             -100 * effect["second_phase", "front_loaded"]["value"],
             -100 * effect["all_three_phases", "front_loaded"]["value"]),
            ("and {} more people are killed; {} fewer hostages come home in the end, and {} more die",
             effect["civilian_harm", "front_loaded"]["value"], -effect["hostages_freed", "front_loaded"]["value"],
             effect["deaths", "front_loaded"]["value"]),
            ("has {} percentage points fewer second phases than the plan as written, but frees {} hostages more, with {} "
             "days of captivity less, and {} more people killed", -100 * compared["second_phase", both]["value"],
             compared["hostages_freed", both]["value"], -compared["hostage_days", both]["value"],
             compared["civilian_harm", both]["value"])])
        for told in (effect["hostages_freed", "front_loaded"], effect["deaths", "front_loaded"],
                     *(compared[outcome, both] for outcome in ("second_phase", "hostages_freed", "civilian_harm"))):
            self.assertGreater(told["low"] * told["high"], 0)
        self.assertLess(effect["second_phase", "front_loaded x guarantor"]["high"], 0)
        harm = {variant: d["value"] for (outcome, variant), d in compared.items() if outcome == "civilian_harm"}
        self.assertEqual("guarantor", min(harm, key=harm.get))
        freed = {variant: d["value"] for (outcome, variant), d in compared.items() if outcome == "hostages_freed"}
        self.assertEqual("guarantor", max(freed, key=freed.get))

    MEASURES = {"first order": "first", "total": "total", "prcc": "prcc"}

    def sensitivities(self, study, outcome, reports, table, others):
        """Holds both tables of indices to the reports; returns what they tell of the first, and of the others."""
        def told(name):
            variant, = reports[f"sensitivity {study}.h5 --outcome {name}"]["variants"]
            return variant
        first = told(outcome)
        self.assertEqual([row["parameter"] for row in table], list(first["parameters"]))
        self.assertEqual([row["parameter"] for row in others], list(first["parameters"]))
        self.cells(table, lambda name, column: first["parameters"][name][self.MEASURES[column]])
        of = {name: told(name)["parameters"] for name in others[0] if name != "parameter"}
        self.cells(others, lambda name, column: of[column][name]["total"])
        return first, of

    def test_compliance(self):
        text, (table, others), reports = self.run_section("How much must each side comply?")
        first, of = self.sensitivities("compliance", "second_phase", reports, table, others)
        total = {name: 100 * p["total"]["value"] for name, p in first["parameters"].items()}
        found, = reports["discover compliance.h5 --outcome second_phase --at-least 0.5"]["variants"]
        one, two = (search for search in found["searches"] if search["found"])
        box, limits, checked = one["box"], one["box"]["limits"], one["validated"]
        self.assertEqual({"round_agrees", "ratification", "engagement"}, set(limits))
        self.assertEqual({"extension_granted", "ratification", "initial_trust"}, set(two["box"]["limits"]))
        for outcome in ("hostages_freed", "hostage_days", "deaths", "civilian_harm"):
            for kind in ("hamas", "israel", "conditions"):
                self.assertAlmostEqual(0.055, of[outcome][f"{kind}_compliance"]["total"]["value"], delta=0.03)
        for outcome in ("hostage_days", "deaths"):
            values = {name: parameter["total"]["value"] for name, parameter in of[outcome].items()}
            first_three = sorted(values, key=values.get, reverse=True)[:3]
            self.assertEqual({"engagement", "extension_granted"}, set(first_three[:2]))
            self.assertEqual("initial_trust", first_three[2])
        self.claims(text, [
            ("In {} % of the points half of the trials reach the second phase", 100 * found["base_rate"]),
            ("explains {} % of the variance for Hamas and {} % for Israel, compliance with aid, movement and withdrawal {} %",
             total["hamas_compliance"], total["israel_compliance"], total["conditions_compliance"]),
            ("engagement explains {} %, ratification {} %, agreement in talks {} % and trust at first {} %",
             total["engagement"], total["ratification"], total["round_agrees"], total["initial_trust"]),
            ("foretells {} of the variance in points", first["q_squared"]),
            ("`round_agrees` from {}, `ratification` from {} and `engagement` from {}, with {} % of the cases in {} % "
             "of the points, of which {} % are cases", *(limits[name]["low"] for name in (
                 "round_agrees", "ratification", "engagement")), 100 * box["coverage"], 100 * box["mass"],
             100 * box["density"]),
            ("part in finding it, {} % ({} to {}) are", 100 * checked["density"], 100 * checked["density_low"],
             100 * checked["density_high"]),
            ("All restrictions come back in {} % of the resamples or more (p = {})",
             100 * min(limit["kept"] for limit in limits.values()), one["p_value"]),
            ("extensions (from {}) and trust at first (from {}) may take the place of engagement, but only {} "
             "cases are in that box", two["box"]["limits"]["extension_granted"]["low"],
             two["box"]["limits"]["initial_trust"]["low"],
             two["box"]["coverage"] * found["base_rate"] * found["points"])])

    def test_drivers(self):
        text, (table, others), reports = self.run_section("What drives the days in captivity?")
        first, of = self.sensitivities("drivers", "hostage_days", reports, table, others)
        of_all = first["variance_of_parameters"] + first["variance_of_chance"]
        self.claims(text, [
            ("Of the variance of one trial the nine parameters explain {} %",
             100 * first["variance_of_parameters"] / of_all),
            ("foretells {} of the variance in points", first["q_squared"])])
        total = {name: p["total"]["value"] for name, p in first["parameters"].items()}
        freed = {name: p["total"]["value"] for name, p in of["hostages_freed"].items()}
        for values in (total, freed):
            self.assertEqual("extension_granted", max(values, key=values.get))
            self.assertLessEqual({"calm_worth", "israel_guarantee_worth", "initial_trust"},
                                 set(sorted(values, key=values.get, reverse=True)[:4]))
        self.assertGreater(total["extension_granted"], 1 / 3)
        self.assertEqual([16, 14, 14, 12], sorted((round(100 * total[name]) for name in (
            "calm_worth", "israel_guarantee_worth", "initial_trust", "engagement")), reverse=True))
        self.assertGreater(of["deaths"]["war_mortality"]["total"]["value"], 0.8)
        harm = {name: p["total"]["value"] for name, p in of["civilian_harm"].items()}
        self.assertLess(harm["extension_granted"], total["extension_granted"])
        self.assertGreater(harm["round_agrees"], total["round_agrees"])

    def test_what_decided(self):
        text, (table,), reports = self.run_section("What decided the main scenario?")
        report = reports["why ../cairo-three-phase.yaml --trials 500 --outcome second_phase -o decided.h5"]
        self.assertEqual([row["stream of draws"] for row in table], [s["stream"] for s in report["streams"]][:len(table)])
        for row, stream in zip(table, report["streams"]):
            low, high = stream["changes_ci"]
            self.estimate(row["changes a trial"], {"value": stream["changes"], "low": low, "high": high}, row)
            self.equal(row["trials, %"], 100 * stream["share"], row)
        of_all = report["all"]
        self.claims(text, [("Of the {} draws of a trial {} could have changed it, and in {} % of the trials none",
                            of_all["draws"], of_all["turning_points"], 100 - 100 * of_all["share"])])
        of = {s["stream"]: s["changes"] for s in report["streams"]}
        self.assertLess(max(of.get(f"{step}.comply", 0) for step in ("release_civilians", "release_prisoners")), 0.03)

    def test_every_study_of_the_folder_is_worked_here(self):
        run = {shlex.split(line)[2] for text in self.sections.values() for line in commands(text)
               if line.startswith("truce study ")}
        self.assertEqual({path.name for path in STUDIES.glob("*.yaml")}, run)
        page = (STUDIES / "README.md").read_text()
        for figure in re.findall(r"!\[.*?\]\((.*?)\)", page):
            self.assertTrue((STUDIES / figure).exists(), figure)


class Readme(Pages):
    """The question of README.md: what is a guarantor worth?"""

    def test_the_example(self):
        (self.here / "scenarios").symlink_to(SOURCE / "scenarios")
        (self.here / "results").mkdir()
        text = sections(SOURCE / "README.md")["From a question to an answer"]
        reports = self.run_page(text)
        endings, sums, until = tables(text)
        columns = {"weak guarantor (0.2)": "weak", "strong guarantor (0.9)": "strong"}
        share = {}
        for name in columns.values():
            with h5py.File(self.here / f"results/{name}.h5") as file:
                share[name] = dict(zip(file["endings/ending"].asstr()[:], file["endings/probability"][:]))
        self.assertEqual(4, len(endings))
        for row in endings:
            ending = row["ending"].split(":")[0].split()[0]
            for column, name in columns.items():
                self.equal(row[column].removesuffix(" %"), 100 * share[name][ending], (ending, name))
        found = self.means(sums, reports, "strong", "weak")
        self.means(until, reports, "strong-until-the-ending", "weak-until-the-ending")
        freed, days, deaths, harm = (found[name]["value"] for name in (
            "hostages_freed", "hostage_days", "deaths", "civilian_harm"))
        home = [float(row[column]) for row in sums if row["outcome, mean to day 240"] == "hostages_freed"
                for column in ("weak guarantor", "strong guarantor")]
        self.claims(text, [
            ("frees {} people more on average than a weak one, takes {} days in captivity away, spares {} lives among "
             "the hostages and {} among others", freed, -days, -deaths, -harm),
            ("and {} % of the agreements run their course in place of {} %", *(100 * (
                share[name]["completed"] + share[name]["incomplete"]) for name in ("strong", "weak"))),
            ("With a weak guarantor {} of them come home on average, with a strong one {}.", *home)])
        half = (found["hostages_freed"]["high"] - found["hostages_freed"]["low"]) / 2
        self.claims(blocks(text, "python")[0], [("# {} ± {}", freed, half)])
        self.assertAlmostEqual(0.53, share["strong"]["collapsed"] / share["weak"]["collapsed"], delta=0.03)
        for name in columns.values():
            self.assertAlmostEqual(4 / 5, share[name]["expired"], delta=0.03)
            self.assertGreater(share[name]["expired"], 3 * share[name]["collapsed"])

    def means(self, table, reports, strong, weak):
        """Holds a table of means and differences to two runs; returns the differences."""
        report = reports[f"compare results/{strong}.h5 results/{weak}.h5"]
        of = {c["outcome"]: c for c in report["comparisons"] if "difference" in c}
        self.assertGreater(len(table), 2)
        for row in table:
            (_, outcome), (_, of_weak), (_, of_strong), (_, difference) = row.items()
            self.equal(of_weak, of[outcome]["mean_b"], (outcome, weak))
            self.equal(of_strong, of[outcome]["mean_a"], (outcome, strong))
            self.estimate(difference, of[outcome]["difference"], outcome)
        return {outcome: c["difference"] for outcome, c in of.items()}


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
