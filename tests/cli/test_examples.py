#!/usr/bin/python3
"""The examples of scenarios/README.md and scenarios/version-2.md. Usage: test_examples.py TRUCE SOURCE_DIR

Every YAML block of the page is a file; its first line is a comment with the file's name and,
where something is wrong with it, what: `# wrong.yaml: a mistake`. A CSV block names its file
behind the word csv. Tables are known by their first heading, such as `key of a party`.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import jsonschema
import yaml

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
SCENARIOS = SOURCE / "scenarios"
PAGE = (SCENARIOS / "README.md").read_text()
CHANGES = (SCENARIOS / "version-2.md").read_text()
SCHEMA = json.loads((SCENARIOS / "scenario.schema.json").read_text())
BLOCKS = re.findall(r"^```(\w+) *(\S*)\n(.*?)^```$", PAGE + CHANGES,
                    re.DOTALL | re.MULTILINE)
TITLE = re.compile(r"# ([\w-]+\.yaml)(?:: (a mistake|a warning|fails when run))?\n")
TRIALS = 20_000
STANDARD_ERRORS = 4.5

# Sentences of the page with a number: file and options; the mean of an outcome, or the share of an
# ending or cause, or (with ?) of the trials that have the outcome; value; half of its last digit.
CLAIMS = [
    ("so all come home in 90 % of the trials", "two-steps.yaml", "all_home", 0.9, 0),
    ("and 9.45 of the 10 on average", "two-steps.yaml", "guests.freed", 9.45, 0),
    ("lasts its 14 days in 25 % of the trials", "on-the-whole.yaml", "unbroken", 0.25, 0.005),
    ("a calm is completed in 43 % of them", "on-the-whole.yaml", "endings:completed", 0.43, 0.005),
    ("All come home in 81 % of the trials", "assumptions.yaml", "all_home", 0.81, 0),
    ("with `--set word=0.8` in 72 %", "assumptions.yaml --set word=0.8", "all_home", 0.72, 0),
    ("moves twice by 0.0275 on average, to 0.555", "trusting.yaml", "trust_of_b", 0.555, 0),
    ("29.8 trucks a day are left on day 60", "supplies.yaml", "aid_at_end", 29.8, 0.05),
    ("are 120 together", "zones.yaml", "aid_in_all", 120, 0),
    ("all come home in 87 %", "in-good-faith.yaml", "all_home", 0.87, 0),
    ("In 90 % of the trials all are home on day 14, and the second phase begins",
     "two-phases.yaml", "peace.reached", 0.9, 0),
    ("It lasts 15.95 days on average", "two-phases.yaml", "only.days", 15.95, 0),
    ("Nine come home on average", "one-by-one.yaml", "guests.freed", 9, 0),
    ("but all ten in 35 % of the trials only", "one-by-one.yaml", "all_home", 0.35, 0.005),
    ("575 trucks a day come in at the end, on average", "aid-in-steps.yaml", "aid_at_end", 575, 0),
    ("there are 0.48 of them on average", "aid-in-steps.yaml", "let_aid_in.breached", 0.48, 0),
    ("when it complies: 42.5 on average", "answered.yaml", "prisoners.freed", 42.5, 0.05),
    ("32.4 are freed on average", "by-lump.yaml", "prisoners.freed", 32.4, 0),
    ("So 0.25 breaches of A are seen on average", "verified.yaml", "give.breached", 0.25, 0),
    ("without verification 0.2 would be", "answered.yaml", "give.breached", 0.2, 0),
    ("Of the 0.48 breaches, 0.144 are seen", "poorly-monitored.yaml", "let_aid_in.breached", 0.144,
     0),
    ("The agreement collapses in 4.9 % of the trials", "strict.yaml", "causes:give", 0.049, 5e-4),
    ("the second phase is reached in 48 % of the trials", "talking.yaml", "second.reached", 0.478,
     0.0005),
    ("in the others the talks fail on day 29", "talking.yaml", "causes:talks_failed", 0.522, 5e-4),
    ("Now the second phase is reached in 51 %", "redrawn.yaml", "second.reached", 0.51, 0.005),
    ("these trials have the ending `completed`, the others `incomplete`", "two-steps.yaml",
     "endings:completed", 0.9, 0),
    ("On average the first come on day 4.9", "calendar.yaml", "first_home", 4.9, 0.05),
    ("the end of the holiday, day 16", "calendar.yaml", "last_home", 16, 0),
    ("It is void in 90 % of the trials", "nobody-left.yaml", "nobody_left", 0.9, 0),
    ("1.89 tranches are fulfilled on average", "nobody-left.yaml", "give.fulfilled", 1.89, 0),
    ("and all come home in 99 %", "nobody-left.yaml", "all_home", 0.99, 0),
    ("3.8 of the 4 steps of aid are delivered on average", "aid-in-steps.yaml",
     "let_aid_in.delivered", 3.8, 0),
    ("and 0.2 are missing", "aid-in-steps.yaml", "let_aid_in.missing", 0.2, 0),
    ("though all four are performed", "aid-in-steps.yaml", "let_aid_in.performed", 4, 0),
    ("The second phase is reached in 90 % of the trials", "kept.yaml", "thanks.reached", 0.9, 0),
    ("do harm of 6", "severe.yaml", "harm_done", 6, 0),
    ("All come home in 86 % of the trials", "by-size.yaml", "all_home", 0.8633, 5e-5),
    ("B's trust falls to 0.478 on average", "by-size.yaml", "trust_of_b", 0.4783, 5e-5),
    ("13.05 of 14 come home on average", "taken.yaml", "guests.freed", 13.05, 0),
    ("0.049 persons die on average", "in-danger.yaml", "guests.died", 0.049, 5e-4),
    ("held for 144 days in all, on average", "after-the-end.yaml", "days_held", 144.15, 0),
    ("113 of them until the ending", "after-the-end.yaml", "days_held_at_ending", 113.05, 0),
    ("both outcomes have a mean of 113", "stops.yaml", "days_held", 113.05, 0),
    ("| agreed, so that the second phase begins | 24.6 %", "version-2.yaml", "second.reached",
     0.246, 5e-4),
    ("second phase begins | 24.6 % | 55.1 % |", "as-before.yaml", "second.reached", 0.551, 5e-4),
    ("| completed | 24.4 %", "version-2.yaml", "endings:completed", 0.244, 5e-4),
    ("| completed | 24.4 % | 55.1 % |", "as-before.yaml", "endings:completed", 0.551, 5e-4),
    ("| incomplete | 0.25 %", "version-2.yaml", "endings:incomplete", 0.0025, 5e-5),
    ("| person-days held, mean | 114.5", "version-2.yaml", "days_held", 114.5, 0.05),
    ("| person-days held, mean | 114.5 | 113.3 |", "as-before.yaml", "days_held", 113.3, 0.05),
    ("| B's trust at the end, mean | 0.689", "version-2.yaml", "trust_of_b", 0.689, 5e-4),
    ("| B's trust at the end, mean | 0.689 | 0.779 |", "as-before.yaml", "trust_of_b", 0.779,
     5e-4),
    ("there are 4.8 on average", "shooting.yaml", "shots.occurred", 4.8, 0.05),
    ("There are 2 storms on average", "shooting.yaml", "storm.occurred", 2, 0),
    ("Somebody comes home in 99 % of the trials", "measured.yaml", "first_home?", 0.99, 0),
    ("on day 7.64 on average of those", "measured.yaml", "first_home", 7.64, 0.005)]

# What stands for the capitals of the page's tables in neutral-a-b.yaml.
NEUTRAL = {"PARTY": "a", "COHORT": "guests_of_b", "PHASE": "first", "OBLIGATION": "a_gives",
           "TALKS": "next_step", "INCIDENT": "shots_by_a", "TRIGGER": "talks_begin",
           "WINDOW": "pause"}
# What neutral-a-b.yaml lacks for the tables; the second opens the section of triggers.
WINDOWS = "windows: {pause: {from: 1, lasts: 1}}\n"
CAPTURE = "triggers:\n  raid: {at: 1, do: [{capture: {guests_of_b: 1}}]}\n"
# Tables of keys and what the schema calls their mappings.
MAPPINGS = {
    "the scenario": "scenario", "a parameter": "parameter", "a correlation": "correlation",
    "a party": "party", "trust": "trust", "a cohort": "cohort", "a level": "level",
    "a formula": "formula", "a window": "window",
    "a verification": "verification", "a policy": "policy", "a response": "response",
    "mediation": "mediation", "a phase": "phase", "a rule": "rule", "an obligation": "obligation",
    "a due entry": "due_entry", "talks": "talks", "an incident": "incident",
    "`excites`": "excites", "a trigger": "trigger", "an outcome": "outcome",
    "`suspend`": "suspend", "`hold`": "hold", "`transfer`": "transfer"}


class Loader(yaml.SafeLoader):
    """YAML as editors read it: dates are texts."""


Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def plain(text):
    return " ".join(text.split())


def tables(first_heading):
    """Rows, as lists of cells, of the tables whose first heading begins so, by that heading."""
    found = {}
    for header, body in re.findall(r"^\| (.*) \|\n\|[- |]+\|\n((?:\|.*\n)+)", PAGE, re.MULTILINE):
        heading = header.split(" | ")[0]
        if heading.startswith(first_heading):
            assert heading not in found, f"two tables '{heading}'"
            found[heading] = [re.split(r" *(?<!\\)\| *", row)[1:-1] for row in body.splitlines()]
    return found


WORDS = json.loads(subprocess.run([TRUCE, "schema", "words", "--json"], capture_output=True,
                                  check=True).stdout)


def codes(cell):
    return re.findall(r"`([^`]+)`", cell)


def definition(name):
    """Properties and required keys of a mapping of the schema."""
    entry = SCHEMA["definitions"][name]
    for shape in [entry, *entry.get("anyOf", [])]:
        if "properties" in shape:
            return shape["properties"], set(shape.get("required", []))
    raise KeyError(name)


class ExampleTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        cls.files = {}
        cls.flaws = {}
        for i, (language, name, text) in enumerate(BLOCKS):
            if language == "csv":
                (cls.path / name).write_text(text)
            if language != "yaml":
                continue
            file, flaw = TITLE.match(text).groups()
            assert file not in cls.files, f"{file} stands twice"
            (cls.path / file).write_text(text)
            cls.files[file] = text
            if flaw:
                after, _, message = BLOCKS[i + 1]
                assert after == "text", f"no message behind {file}"
                cls.flaws[file] = (flaw, message)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def truce(self, *arguments, expect=0):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True,
                              cwd=self.path)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done

    def summary(self, file, *arguments, trials=TRIALS):
        done = self.truce("run", file, "-n", trials, "--json", "--quiet", "--force", *arguments)
        return json.loads(done.stdout)

    def written(self, name, text):
        (self.path / name).write_text(text)
        return name

    def assert_near(self, mean, value, se, digit=0.0):
        self.assertLessEqual(abs(mean - value), STANDARD_ERRORS * se + digit + 1e-9,
                             f"{mean} is not {value}")


class BlocksTest(ExampleTest):
    def test_examples_are_sound_and_run(self):
        for file in self.files.keys() - self.flaws.keys():
            with self.subTest(file):
                self.assertEqual(self.truce("check", file).stderr, "")
                for how in [[], ["--uncertain"]]:
                    report = self.summary(file, *how, trials=200)
                    self.assertEqual((report["trials"], report["trials_failed"]), (200, 0))
                document = yaml.load(self.files[file], Loader)
                jsonschema.validate(document, SCHEMA)
                self.assertEqual("truce" in document, "extends" not in document)

    def test_each_stands_behind_its_base(self):
        seen = set()
        for file, text in self.files.items():
            base = re.search(r"^extends: (\S+)$", text, re.MULTILINE)
            self.assertTrue(base is None or base[1] in seen, file)
            seen.add(file)

    def test_messages(self):
        for file, (flaw, message) in self.flaws.items():
            with self.subTest(file):
                done = self.truce("check", file, expect=2 if flaw == "a mistake" else 0)
                if flaw != "fails when run":
                    self.assertEqual(done.stderr, message)
                    continue
                self.assertNotIn("error", done.stderr)  # a warning where the first trials fail
                done = self.truce("run", file, "-n", 200, "--quiet", "--force", expect=1)
                for line in message.splitlines():
                    self.assertIn(line, done.stderr)

    def test_commands(self):
        (self.path / "bin").mkdir()
        (self.path / "bin" / "truce").symlink_to(TRUCE)
        dot = self.path / "bin" / "dot"  # a stand-in for Graphviz
        dot.write_text("#!/bin/sh\nexec cat\n")
        dot.chmod(0o755)
        environment = {**os.environ, "PATH": f"{self.path / 'bin'}:{os.environ['PATH']}"}
        blocks = [text for language, _, text in BLOCKS if language == "sh"]
        self.assertTrue(blocks)
        for text in blocks:
            with self.subTest(text):
                done = subprocess.run(["bash", "-euo", "pipefail", "-c", text], cwd=self.path,
                                      env=environment, capture_output=True, text=True)
                self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_claims(self):
        reports = {}
        for sentence, file, what, value, digit in CLAIMS:
            with self.subTest(sentence):
                self.assertIn(plain(sentence), plain(PAGE + CHANGES))
                if file not in reports:
                    reports[file] = self.summary(*file.split())
                report = reports[file]
                kind, _, name = what.rstrip("?").rpartition(":")
                found = {o["name"]: o for o in report[kind or "outcomes"]}[name]
                if kind or what.endswith("?"):
                    p = found["count"] / TRIALS
                    found = {"mean": p, "se": (p * (1 - p) / TRIALS) ** 0.5}
                self.assert_near(found["mean"], value, found["se"], digit)


class TablesTest(ExampleTest):
    def test_keys_are_those_of_the_schema(self):
        found = tables("key of ")
        self.assertEqual(set(found), {f"key of {name}" for name in MAPPINGS})
        for heading, rows in found.items():
            with self.subTest(heading):
                properties, required = definition(MAPPINGS[heading.removeprefix("key of ")])
                keys = [key for row in rows for key in codes(row[0])]
                self.assertEqual(sorted(keys), sorted(properties))
                self.assertEqual({key for row in rows if row[1] == "required"
                                  for key in codes(row[0])}, required)

    def test_every_word_of_the_schema_occurs(self):
        words = set()

        def walk(node):
            if isinstance(node, dict):
                words.update(node.get("properties", {}))
                words.update(word for word in node.get("enum", []) if isinstance(word, str))
                for value in node.values():
                    walk(value)
            elif isinstance(node, list):
                for value in node:
                    walk(value)

        walk(SCHEMA)
        self.assertGreater(len(words), 100)
        code = " ".join(codes(re.sub(r"^```.*?^```$", "", PAGE, flags=re.DOTALL | re.MULTILINE)))
        examples = " ".join(self.files.values())
        for word in sorted(words):
            found = re.search(rf"(?<![\w.]){re.escape(word)}(?!\w)", code + " " + examples)
            self.assertTrue(found, f"'{word}' is not on the page")
        for effect in codes(" ".join(row[0] for row in tables("effect")["effect"])):
            self.assertTrue(re.search(rf"[{{ ]{effect.split(':')[0]}: ", examples),
                            f"no example of {effect}")

    def measures(self, expressions):
        """Summaries of the expressions, each the initial value of a level."""
        levels = "".join(f'  x{i}: {{initial: "{text}"}}\n' for i, text in enumerate(expressions))
        values = "".join(f"  y{i}: {{value: x{i}}}\n" for i in range(len(expressions)))
        report = self.summary(self.written("probe.yaml", "truce: 2\nhorizon: 1\nlevels:\n" + levels
                                           + "outcomes:\n" + values))
        found = {outcome["name"]: outcome for outcome in report["outcomes"]}
        return [found[f"y{i}"] for i in range(len(expressions))]

    def test_distributions(self):
        rows = tables("distribution")["distribution"]
        known = set(WORDS["distributions"])
        self.assertIn("gamma", known)
        signatures = [codes(row[0])[0] for row in rows]
        self.assertEqual({text.split("(")[0] for text in signatures},
                         known | {"empirical", "truncated"})
        for text in signatures:
            name = text.split("(")[0]
            if name not in ("choice", "elicited", "empirical"):
                probe = self.written("probe.yaml",
                                     f"{{truce: 2, horizon: 1, levels: {{x: {name}()}}}}")
                self.assertIn(f"takes {text}, not 0", self.truce("check", probe, expect=2).stderr)
        for row, found in zip(rows, self.measures([codes(row[2])[0] for row in rows])):
            self.assert_near(found["mean"], float(row[3]), found["se"], 0.0005)

    def test_functions(self):
        rows = tables("function")["function"]
        known = set(WORDS["functions"])
        self.assertIn("clamp", known)
        self.assertEqual({codes(row[0])[0].split("(")[0] for row in rows}, known | {"if", "since"})
        rows = [row for row in rows if row[2]]
        self.assertGreaterEqual(len(rows), len(known))
        for row, found in zip(rows, self.measures([codes(row[2])[0] for row in rows])):
            self.assert_near(found["mean"], float(row[3]), 0, 0.0005)

    def test_reserved_words(self):
        sentence = re.search(r"These words are taken: (.*?)\n\n", PAGE, re.DOTALL)[1]
        words = set(codes(sentence))
        # `begin` and `mediation` are no words of expressions, but cannot be names either.
        self.assertEqual(set(WORDS["reserved"]) | {"begin", "mediation"}, words)
        for word in words:
            probe = self.written("probe.yaml", f'{{truce: 2, horizon: 1, levels: {{"{word}": 1}}}}')
            self.assertIn("is a word of the language", self.truce("check", probe, expect=2).stderr)

    def spelt_out(self, text):
        for capital, name in NEUTRAL.items():
            text = re.sub(rf"\b{capital}\b", name, text)
        return text

    def test_events_state_and_columns(self):
        events = [self.spelt_out(event) for row in tables("event")["event"]
                  for event in codes(row[0])]
        state = [self.spelt_out(code) for row in tables("name")["name"] for code in codes(row[0])]
        known = {event for events in WORDS["events"].values() for event in events} - {""}
        self.assertEqual({event.split(".")[-1] for event in events},
                         known | {"opened", "settled", "failed", "collapsed"})
        self.assertGreater(len(state), 15)
        base = f"extends: {SCENARIOS / 'neutral-a-b.yaml'}\n"
        triggers = "".join(f"  t{i}: {{upon: {event}, do: [{{add: {{a.trust: 0}}}}]}}\n"
                           for i, event in enumerate(events))
        outcomes = "".join(f"  o{i}: {{value: {text}}}\n" for i, text in enumerate(state + events))
        probe = self.written("probe.yaml",
                             f"{base}{WINDOWS}{CAPTURE}{triggers}outcomes:\n{outcomes}")
        self.assertEqual(self.truce("check", probe).stderr, "")
        columns = {self.spelt_out(code) for row in tables("column")["column"]
                   for code in codes(row[0])} - {"ending", "cause", "status", "trial"}
        probe = self.written("probe.yaml", base + CAPTURE + "outcomes: null\n")
        report = self.summary(probe, trials=10)
        whose = {name: "" for name in NEUTRAL.values()}
        self.assertEqual(columns, {o["name"] for o in report["outcomes"]
                                   if o["name"].split(".")[0] in whose
                                   or o["name"].split(".")[0] in ("duration", "disputes",
                                                                  "days_suspended")})

    def test_contexts(self):
        names = [name for row in tables("what")["what"] for name in codes(row[0])]
        self.assertEqual(len(names), 6)
        for name in names:
            here, elsewhere = ("comply", "rate") if name.startswith("tranche") else ("do", "comply")
            places = {"comply": f"phases: {{only: {{obligations: {{give: {{comply: 1 / (1 + {name})"
                                "}}}}\n",
                      "rate": f"incidents: {{x: {{rate: {name}}}}}\n",
                      "do": "levels: {y: 0}\nincidents: {x: {rate: 1, do: [{add: {y: "
                            f"{name}}}}}]}}}}\noutcomes: {{z: {{value: y}}}}\n"}
            for place, expect in [(here, 0), (elsewhere, 2)]:
                with self.subTest(name=name, place=place):
                    probe = self.written("probe.yaml", "extends: two-steps.yaml\n" + places[place])
                    done = self.truce("check", probe, expect=expect)
                    self.assertEqual("may not be read here" in done.stderr, expect == 2)

    def test_files_of_the_folder(self):
        here = {file.name for file in SCENARIOS.iterdir() if file.name != "README.md"}
        rows = tables("file")["file"]
        self.assertEqual({codes(row[0])[0].rstrip("/") for row in rows}, here)
        for row in rows:
            folder = SCENARIOS / codes(row[0])[0]
            for name in codes(row[1].split("to come")[0]) if folder.is_dir() else []:
                self.assertTrue((folder / name).exists() or " " in name, name)

    def test_links_and_contents(self):
        def anchors(page):
            text = re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE)
            return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
                    for heading in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}

        for page in [PAGE, CHANGES]:
            for target in re.findall(r"\]\(([^)#:]+)\)", page):
                self.assertTrue((SCENARIOS / target).exists(), target)
            links = set(re.findall(r"\]\(#([^)]+)\)", page))
            self.assertLessEqual(links, anchors(page))
            self.assertGreater(len(links), 2)
        links = set(re.findall(r"\]\(README.md#([^)]+)\)", CHANGES))
        self.assertLessEqual(links, anchors(PAGE))
        self.assertGreater(len(links), 5)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
