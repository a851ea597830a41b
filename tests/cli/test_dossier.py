#!/usr/bin/python3
"""`truce dossier`: complete, true to scenario and file, valid as RO-Crate; and the table of constructs and their tests.
Usage: test_dossier.py TRUCE SOURCE_DIR"""

import csv
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import urllib.parse

import yaml

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
CAIRO = SOURCE / "scenarios" / "cairo-three-phase.yaml"

BASE = """
truce: 2
name: Base
horizon: 9
sources: ["A record, 2020"]
parameters:
  told: {value: 0.5, prior: "uniform(0, 1)", source: "record: 5 of 10"}
  guess: {value: 0.25, source: "assumption: about a quarter"}
  bare: 3
outcomes: {x: {value: told * 2}}
"""
OVER = """
extends: ../base/base.yaml
name: "Over | it"
incidents: {bang: {rate: 0.1 per day, source: "record of bangs"}}
triggers: {t: {at: 4, do: [{signal: heard}]}}
"""


class DossierTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.path = pathlib.Path(folder.name)
        for name, text in (("base/base.yaml", BASE), ("over/over.yaml", OVER)):
            (cls.path / name).parent.mkdir(exist_ok=True)
            (cls.path / name).write_text(text)

    def call(self, *arguments, expect=0, **environment):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True, cwd=self.path,
                              env=dict(os.environ, **environment))
        self.assertEqual(expect, done.returncode, done.stdout + done.stderr)
        return done

    def dossier(self, name, *arguments, **environment):
        self.call("dossier", *arguments, "-o", name, **environment)
        return self.path / name


class Contents(DossierTest):
    def test_every_number_has_its_source_or_is_an_assumption(self):
        folder = self.dossier("one", "over/over.yaml")
        rows = {row["place"]: row for row in csv.DictReader((folder / "assumptions.csv").read_text().splitlines())}
        self.assertEqual(("0.5", "uniform(0, 1)", "record: 5 of 10", "sourced"),
                         tuple(rows["parameters.told"][k] for k in ("value", "prior", "source", "status")))
        self.assertEqual("assumption", rows["parameters.guess"]["status"])
        self.assertEqual(("assumption", "assumption"), (rows["parameters.bare"]["source"], rows["parameters.bare"]["status"]))
        self.assertEqual("sourced", rows["incidents.bang.rate"]["status"])
        self.assertIn("horizon", rows)
        self.assertIn("triggers.t.at", rows)
        self.assertEqual(("base.yaml", "7"), (rows["parameters.told"]["file"], rows["parameters.told"]["line"]))
        text = (folder / "description.md").read_text()
        for part in ("Purpose and patterns", "Entities, state variables and scales", "Process overview and scheduling",
                     "Design concepts", "Initialization", "Input data", "Submodels"):
            self.assertIn(part, text)
        trace = (folder / "trace.md").read_text()
        self.assertEqual(8, len(re.findall(r"^## \d\. ", trace, re.M)))
        for construct in ("effect `signal`", "section `triggers`", "distribution `uniform`", "outcome `value`"):
            self.assertIn(construct, trace)
        self.assertNotIn("effect `deaths`", trace)

    def test_all_files_that_the_scenario_is_read_from_are_there_and_make_it_again(self):
        folder = self.dossier("files", "over/over.yaml")
        self.assertEqual(BASE, (folder / "scenario/base/base.yaml").read_text())
        self.call("run", "over/over.yaml", "-n", 50, "-o", "there.h5", "--quiet")
        for scenario in ("scenario/over/over.yaml", "scenario-merged.yaml"):
            self.call("run", folder / scenario, "-n", 50, "-o", "here.h5", "--quiet", "--force")
            same = self.call("compare", "there.h5", "here.h5").stdout
            self.assertNotIn("scenarios differ", same)

    def test_results_seed_and_build_are_told(self):
        self.call("run", "over/over.yaml", "-n", 60, "--seed", 5, "--uncertain", "-o", "r.h5", "--quiet")
        folder = self.dossier("results", "over/over.yaml", "r.h5", "--author", "A group", "--license",
                              "https://creativecommons.org/licenses/by/4.0/")
        told = json.loads((folder / "results.json").read_text())
        self.assertEqual(told, json.loads(self.call("show", "r.h5", "--json").stdout))
        how = (folder / "reproduce.md").read_text()
        self.assertIn("--seed 5", how)
        self.assertIn("seed 5, random generator", how)
        credibility = (folder / "credibility.md").read_text()
        self.assertIn("Weak spots", credibility)
        self.assertRegex(credibility, r"\| Results uncertainty \| 3 \|")
        self.assertRegex(credibility, r"\| Input pedigree \| 1 \|")
        citation = yaml.safe_load((folder / "CITATION.cff").read_text())
        self.assertEqual(("1.2.0", "Over | it", [{"name": "A group"}]),
                         tuple(citation[k] for k in ("cff-version", "title", "authors")))
        (self.path / "other.yaml").write_text(BASE)
        self.assertIn("another scenario", self.call("dossier", "other.yaml", "r.h5", "-o", "no", expect=2).stderr)
        self.assertFalse((self.path / "no").exists())

    def test_a_study_is_told(self):
        (self.path / "study.yaml").write_text(
            "study: 1\nname: S\nscenario: base/base.yaml\ntrials: 40\ndesign: {kind: grid}\nvary: {told: [0.2, 0.8]}\n")
        self.call("study", "study.yaml", "-o", "study.h5", "--quiet")
        folder = self.dossier("study", "base/base.yaml", "study.h5")
        self.assertIn("vary", (folder / "study.yaml").read_text())
        self.assertRegex((folder / "credibility.md").read_text(), r"\| Results robustness \| 3 \| 1 of 3")

    def test_the_main_scenario_has_one(self):
        folder = self.dossier("cairo", CAIRO)
        rows = list(csv.DictReader((folder / "assumptions.csv").read_text().splitlines()))
        parameters = yaml.safe_load((folder / "scenario-merged.yaml").read_text())["parameters"]
        self.assertEqual(set(parameters), {r["place"].split(".")[1] for r in rows if r["place"].startswith("parameters.")})

    def test_names_may_be_words_of_the_language(self):
        (self.path / "words.yaml").write_text(
            "truce: 2\nhorizon: 9\nparameters: {start: 3, unit: {value: 4, source: S}}\n"
            "levels: {name: {initial: 5, summary: 6 of them}, collapse: start + unit}\n"
            "timelines: [{collapse: collapse}]\n"
            "triggers: {t: {at: 1, do: [{add: {name: 'uniform(0, 1)'}}]}}\n")
        folder = self.dossier("words", "words.yaml")
        rows = list(csv.DictReader((folder / "assumptions.csv").read_text().splitlines()))
        told = {row["place"]: row["value"] for row in rows}
        self.assertEqual({"parameters.start": "3", "parameters.unit": "4", "levels.name.initial": "5"},
                         {place: value for place, value in told.items() if value in "3456"})
        used = (folder / "trace.md").read_text()
        for construct in ("effect `add`", "distribution `uniform`", "section `levels`"):
            self.assertIn(construct, used)
        self.assertNotIn("effect `collapse`", used)  # which names a timeline

    def test_nothing_is_overwritten_unless_forced_and_nothing_foreign_ever(self):
        self.dossier("twice", "over/over.yaml")
        self.assertIn("--force", self.call("dossier", "over/over.yaml", "-o", "twice", expect=2).stderr)
        self.call("dossier", "over/over.yaml", "-o", "twice", "--force")
        (self.path / "mine").mkdir()
        (self.path / "mine" / "notes").write_text("mine")
        self.call("dossier", "over/over.yaml", "-o", "mine", "--force", expect=2)
        self.assertEqual("mine", (self.path / "mine" / "notes").read_text())
        (self.path / "wrong.yaml").write_text("truce: 2\nhorizont: 3\n")
        self.assertIn("wrong.yaml:2", self.call("dossier", "wrong.yaml", "-o", "w", expect=2).stderr)
        self.assertFalse((self.path / "w").exists())


class Crate(DossierTest):
    """The rules of RO-Crate 1.1 that a program can check."""

    def test_it_is_a_valid_crate(self):
        self.call("run", "over/over.yaml", "-n", 20, "-o", "c.h5", "--quiet")
        folder = self.dossier("crate", "over/over.yaml", "c.h5", SOURCE_DATE_EPOCH="86400")
        crate = json.loads((folder / "ro-crate-metadata.json").read_text())
        self.assertEqual("https://w3id.org/ro/crate/1.1/context", crate["@context"])
        entities = {each["@id"]: each for each in crate["@graph"]}
        self.assertEqual(len(entities), len(crate["@graph"]))
        descriptor = entities["ro-crate-metadata.json"]
        self.assertEqual(({"@id": "https://w3id.org/ro/crate/1.1"}, {"@id": "./"}, "CreativeWork"),
                         (descriptor["conformsTo"], descriptor["about"], descriptor["@type"]))
        root = entities["./"]
        self.assertEqual(("Dataset", "1970-01-02"), (root["@type"], root["datePublished"]))
        for key in ("name", "description", "license"):
            self.assertTrue(root[key])
        files = {str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file()} - {"ro-crate-metadata.json"}
        parts = {urllib.parse.unquote(part["@id"]) for part in root["hasPart"]}
        self.assertEqual(files, parts)
        for name in parts:
            entity = entities[urllib.parse.quote(name)]
            self.assertEqual("File", entity["@type"])
            self.assertEqual(str((folder / name).stat().st_size), entity["contentSize"])

        def references(value):
            if isinstance(value, dict):
                if set(value) == {"@id"}:
                    yield value["@id"]
                for each in value.values():
                    yield from references(each)
            elif isinstance(value, list):
                for each in value:
                    yield from references(each)
        for each in crate["@graph"]:
            self.assertIn("@type", each)
            for reference in references({k: v for k, v in each.items() if k != "@id"}):
                if not reference.startswith("https://w3id.org/ro/"):
                    self.assertIn(reference, entities)


class Constructs(DossierTest):
    def table(self):
        words = json.loads(self.call("schema", "words", "--json").stdout)
        return [(kind, word, test) for kind, all in words["exact_tests"].items() for word, (test, _) in all.items()]

    def test_no_word_of_the_language_is_missing(self):
        words = json.loads(self.call("schema", "words", "--json").stdout)
        schema = json.loads(self.call("schema", "scenario").stdout)
        top = set(schema["definitions"]["scenario"]["properties"]) - {"truce", "name", "summary", "sources", "start", "extends"}
        told = {}
        for kind, word, _ in self.table():
            told.setdefault(kind, set()).add(word)
        self.assertEqual(top, told["section"])
        self.assertEqual(set(words["effects"]), told["effect"])
        self.assertEqual(set(words["responses"]), told["response"])
        self.assertEqual(set(words["outcomes"]), told["outcome"])
        self.assertEqual(set(words["distributions"]) | {"empirical", "truncated"}, told["distribution"])

    def test_the_tests_are_there_and_speak_of_them(self):
        said_otherwise = {"parties": "by:", "withdraw": "withdraw", "horizon": "horizon", "outcomes": "outcome"}
        for _, word, test in self.table():
            file = SOURCE / "tests" / test
            self.assertTrue(file.is_file(), test)
            if test.endswith("neutral_by_hand.cpp"):
                file = SOURCE / "tests/benchmark/neutral_by_hand_breaches.cpp"
            self.assertIn(said_otherwise.get(word, word), file.read_text(), f"{test} does not speak of {word}")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
