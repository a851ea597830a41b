#!/usr/bin/python3
"""The verbs for those who write scenarios. Usage: test_verbs.py TRUCE SOURCE_DIR"""

import json
import subprocess
import sys
import unittest

import jsonschema
import yaml

from program import NEUTRAL, SCENARIOS, Program


class Loader(yaml.SafeLoader):
    """YAML as editors read it: dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}

# Files that the reader refuses, too, for what a schema can say.
MALFORMED = {
    "no mapping": "[truce, 1]",
    "no horizon": "truce: 2",
    "first version": "{truce: 1, horizon: 10}",
    "another version": "{truce: 3, horizon: 10}",
    "unknown section": "{truce: 2, horizon: 10, partys: {}}",
    "unknown key": "{truce: 2, horizon: 10, cohorts: {c: {held_by: a, alive: 3}}}",
    "missing key": "{truce: 2, horizon: 10, cohorts: {c: {living: 3}}}",
    "no name": "{truce: 2, horizon: 10, levels: {2nd: 1}}",
    "no date": "{truce: 2, horizon: 10, start: 1 May}",
    "unknown role": "{truce: 2, horizon: 10, parties: {a: {role: boss}}}",
    "attribute": "{truce: 2, horizon: 10, parties: {a: {role: donor, money: {initial: 1, top: 2}}}}",
    "a list": "{truce: 2, horizon: 10, parties: [a]}",
    "no flag": "{truce: 2, horizon: 10, phases: {p: {obligations: {o: {by: a, release: c, singly: 2}}}}}",
    "weight": "{truce: 2, horizon: 10, mediation: {unsettled: {again: 1}}}",
    "response": "{truce: 2, horizon: 10, responses: {r: {hold: {for: 3}}}}",
    "two effects": "{truce: 2, horizon: 10, begin: [{end: a, signal: b}]}",
    "no list": "{truce: 2, horizon: 10, begin: {end: a}}",
    "two sources": "{truce: 2, horizon: 10, triggers: {t: {at: 1, every: 2}}}",
    "two measures": "{truce: 2, horizon: 10, outcomes: {o: {value: 1, peak: 2}}}",
    "derived": f"{{truce: 2, extends: {NEUTRAL}, horizont: 10}}",
    "derived deeper": f"{{truce: 2, extends: {NEUTRAL}, phases: {{first: {{last: 10}}}}}}",
}


class VerbTest(Program):
    def scenario(self, text):
        file = self.path / "scenario.yaml"
        file.write_text(text)
        return file


class SchemaTest(VerbTest):
    def setUp(self):
        super().setUp()
        schema = json.loads(self.truce("schema", "scenario").stdout)
        jsonschema.Draft7Validator.check_schema(schema)
        self.validator = jsonschema.Draft7Validator(schema)

    def findings(self, text):
        return [error.message for error in self.validator.iter_errors(yaml.load(text, Loader))]

    def test_kept_file_is_up_to_date(self):
        self.assertEqual(self.truce("schema", "scenario").stdout,
                         (SCENARIOS / "scenario.schema.json").read_text(),
                         "run: truce schema scenario > scenarios/scenario.schema.json")

    def test_shipped_scenarios_are_valid(self):
        files = [file for file in SCENARIOS.rglob("*.yaml")
                 if "truce" in yaml.load(file.read_text(), Loader)]
        self.assertGreaterEqual(len(files), 2)
        for file in files:
            with self.subTest(file.name):
                self.assertEqual(self.findings(file.read_text()), [])

    def test_malformed_scenarios_are_not(self):
        for what, text in MALFORMED.items():
            with self.subTest(what):
                self.assertNotEqual(self.findings(text), [])
                self.truce("check", self.scenario(text), expect=2)

    def test_probabilities_are_bounded(self):
        text = "{truce: 2, horizon: 10, verification: {v: {detects: %s}}}"
        self.assertNotEqual(self.findings(text % "1.5"), [])
        self.assertEqual(self.findings(text % "3 / 4"), [])

    def test_sugar_is_valid(self):
        self.assertEqual(self.findings("""
            truce: 2
            horizon: 10 days
            sources: one
            parameters: {p: 0.5, q: p / 2, r: {value: 1}}
            parties: {a: {role: principal, trust: 0.5, money: 3}, b: {role: principal}}
            levels: {x: "uniform(0, 1)", y: {initial: 2}}
            responses: {r: {tolerate: 1, hold: {weight: p, for: 2 days}}}
            triggers:
              t: {upon: a.halted, do: [{suspend: a}, {suspend: {party: b, for: 1 d}, if: true}]}
              u: {upon: [a.halted, b.resumed]}
            phases:
            timelines: [x, {twice: 2 * x}]"""), [])

    def test_derived_scenarios_may_lack_and_delete_keys(self):
        self.assertEqual(self.findings(
            "{extends: base.yaml, parameters: {p: null}, phases: {first: {lasts: 9, then: null}}, talks: null}"), [])

    def test_what_has_no_schema(self):
        self.truce("schema", expect=2)
        self.truce("schema", "failures", expect=2)
        self.assertIn("Example: truce schema", self.truce("schema", "--help").stdout)


HOSTILE = """
truce: 2
name: 'a <b> & "c" \\\\ ] ;'
horizon: 10
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {c: {held_by: a, living: 9}}
levels: {x: 1}
phases:
  only:
    lasts: 5
    obligations:
      gives: {by: a, release: c, due: [{day: 1, count: 1}], requires: x < 2 and x > 0}
    then:
      - {if: x > 3, chance: 0.5, do: [{collapse: torn}]}
triggers: {t: {when: x <= 0, do: [{end: over}, {add: {x: 1}}]}}
"""


class GraphTest(VerbTest):
    def drawn(self, file):
        dot = self.truce("graph", file).stdout
        svg = subprocess.run(["dot", "-Tsvg"], input=dot, capture_output=True, text=True)
        self.assertEqual((svg.returncode, svg.stderr), (0, ""))
        return dot, svg.stdout

    def test_neutral_scenario(self):
        dot, svg = self.drawn(NEUTRAL)
        for edge in ['"begin" -> "in first"', '"out first" -> "in second"',
                     '"out second" -> "ending end completed"', '"duty a_gives" -> "duty b_gives"',
                     '"out first" -> "ending collapse no_second_phase"',
                     '"trigger talks_begin" -> "talks next_step"']:
            self.assertEqual(dot.count(edge), 1, edge)
        self.assertIn("next_step.agreed &gt;= 1", dot)
        for text in ["a_gives_the_rest", "shots_by_a", "ratified by a, b", "extend 7 days"]:
            self.assertIn(f">{text}<", svg.replace("&#45;", "-").replace("&#160;", ""))

    def test_formulas(self):
        text = HOSTILE.replace("triggers:", "formulas: {low: x < 1, sum: {value: x + 1}}\ntriggers:")
        dot, _ = self.drawn(self.scenario(text.replace("sum:", "more:")))
        self.assertIn("low = x &lt; 1<br/>more = x + 1", dot)

    def test_all_shipped_scenarios_can_be_drawn(self):
        for file in SCENARIOS.rglob("*.yaml"):
            with self.subTest(file.name):
                if "truce" in yaml.load(file.read_text(), Loader):
                    self.drawn(file)

    def test_markup_is_escaped(self):
        dot, svg = self.drawn(self.scenario(HOSTILE))
        self.assertIn("a &lt;b&gt; &amp; &quot;c&quot;", dot)
        self.assertIn("a &lt;b&gt; &amp; &quot;c&quot;", svg)
        self.assertIn("x &lt; 2 and x &gt; 0", dot)
        self.assertIn('"out only" -> "ending end completed" [label=<otherwise, if kept>]', dot)
        self.assertIn('"trigger t" -> "ending end over"', dot)

    def test_wrong_scenario(self):
        done = self.truce("graph", self.scenario("{truce: 2}"), expect=2)
        self.assertEqual(done.stdout, "")
        self.assertIn("lacks the key 'horizon'", done.stderr)
        self.assertIn("Example: truce graph", self.truce("graph", "--help").stdout)


class NewTest(VerbTest):
    def test_what_is_written_is_sound_and_runs(self):
        for name in ["my-exchange", "x", "2025_01", "true"]:
            with self.subTest(name):
                self.truce("new", name)
                text = (self.path / f"{name}.yaml").read_text()
                self.assertLessEqual(len(text.splitlines()), 70)
                self.assertNotIn("{0}", text)
                done = self.truce("check", f"{name}.yaml")
                self.assertIn(f"{name}.yaml: sound: {name};", done.stdout)
                self.assertEqual(done.stderr, "")
                schema = json.loads((SCENARIOS / "scenario.schema.json").read_text())
                jsonschema.validate(yaml.load(text, Loader), schema)
                report = json.loads(self.truce("run", f"{name}.yaml", "-n", 500, "--uncertain",
                                               "--json", "--quiet").stdout)
                self.assertTrue((self.path / "results" / f"{name}.h5").exists())
                self.assertIn("all_home", json.dumps(report))

    def test_nothing_is_overwritten(self):
        self.truce("new", "mine")
        (self.path / "mine.yaml").write_text("precious")
        self.assertIn("already there", self.truce("new", "mine", expect=2).stderr)
        self.assertEqual((self.path / "mine.yaml").read_text(), "precious")
        (self.path / "link.yaml").symlink_to("nowhere.yaml")
        self.truce("new", "link", expect=2)
        self.assertFalse((self.path / "nowhere.yaml").exists())

    def test_names_that_are_no_fine_file_names(self):
        for name in ["", "../up", "a/b", "two words", "mine.yaml", "x" * 101, "caf\u00e9", "a\nb"]:
            with self.subTest(name):
                self.truce("new", name, expect=2)
        self.assertEqual(list(self.path.iterdir()), [])
        self.truce("new", expect=2)
        self.assertIn("Example: truce new", self.truce("new", "--help").stdout)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
