#!/usr/bin/python3
"""Tables of outcomes and exports in CSV: every number that of the file, every text as it is. Usage: test_tables.py TRUCE SOURCE_DIR"""

import csv
import html.parser
import io
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import pandas as pd

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"

# What each format takes for markup, in the texts that a user can choose.
ODD = """a|b * _c_ <i> & "d" 'e' $f% #g {h} ~i ^j \\k [l] --m, `n`"""

SCENARIO = f"""
truce: 2
name: {json.dumps(ODD)}
horizon: 10
parameters: {{p: {{value: 0.3, prior: "uniform(0.2, 0.4)"}}}}
levels: {{x: 0}}
incidents: {{bang: {{rate: 0.05 per day, while: true}}}}
outcomes:
  came: {{first: bang.occurred > 0}}
  yes: {{value: "x > 0"}}
  high: {{value: p}}
"""

STUDY = """
study: 1
name: Two by two
scenario: SCENARIO
trials: 400
design: {kind: grid}
vary: {word: [0.5, 0.9]}
variants: {as_written: {}, rough: {parameters: {calm: {value: 0.06}}}}
"""


class TablesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.path = pathlib.Path(cls.folder.name)
        for name, word in (("weak", 0.6), ("strong", 0.9)):
            cls.call("run", NEUTRAL, "-n", 500, "--set", f"word={word}", "-o", f"{name}.h5", "--quiet")
        (cls.path / "study.yaml").write_text(STUDY.replace("SCENARIO", str(NEUTRAL)))
        cls.call("study", "study.yaml", "-o", "study.h5", "--quiet")
        (cls.path / "odd.yaml").write_text(SCENARIO)
        cls.call("run", "odd.yaml", "-n", 300, "--uncertain", "-o", "odd.h5", "--quiet")

    @classmethod
    def call(cls, *arguments, expect=0):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True, cwd=cls.path)
        assert done.returncode == expect, (arguments, done.stdout + done.stderr)
        return done

    def table(self, *arguments):
        return self.call("table", *arguments).stdout


def rounded(value, low, high, scale=1):
    """The same rounding by another way: decimal text of Python."""
    value, low, high = scale * value, scale * low, scale * high
    places = 1 - math.floor(math.log10((high - low) / 2))

    def text(x):
        more = places
        for end in (0, 100) if scale == 100 else (0,):
            if x != end and abs(x - end) > 1e-12 and abs(x - end) < 0.5 * 10.0 ** -places:
                more = max(more, -math.floor(math.log10(abs(x - end))))
        out = f"{round(x, more):.{max(more, 0)}f}"
        return "0" if float(out) == 0 and more <= 0 else out
    return text(value), text(low), text(high)


def cells_of(markdown):
    """{row's name: cells} of the table."""
    rows = [line for line in markdown.splitlines() if line.startswith("| ")]
    split = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in rows]
    return {row[0]: row for row in split}


class Numbers(TablesTest):
    def test_every_number_is_that_of_the_file(self):
        rows = cells_of(self.table("weak.h5", "strong.h5"))
        self.assertEqual(["outcome", "unit", "weak", "strong"], rows["outcome"])
        files = [h5py.File(self.path / f"{name}.h5") for name in ("weak", "strong")]
        seen = 0
        for column, file in enumerate(files, 2):
            names = [name.decode() for name in file["summary/outcome"][()]]
            for row, name in enumerate(names):
                if "." in name or name not in rows:
                    continue
                share = rows[name][1] == "% of trials"
                numbers = [float(file[f"summary/{what}"][row]) for what in ("mean", "ci_low", "ci_high")]
                if numbers[1] == numbers[2]:
                    continue
                value, low, high = rounded(*numbers, 100 if share else 1)
                self.assertEqual(rows[name][column].replace("\\~ ", ""),
                                 f"{value}{' %' if share else ''} ({low} to {high})", name)
                seen += 1
            labels = [name.decode() for name in file["endings/ending"][()]]
            for row, label in enumerate(labels):
                numbers = [float(file[f"endings/{what}"][row]) for what in ("probability", "ci_low", "ci_high")]
                if f"ending {label}" in rows:
                    value, low, high = rounded(*numbers, 100)
                    self.assertEqual(rows[f"ending {label}"][column], f"{value} % ({low} to {high})")
                    seen += 1
        self.assertGreater(seen, 10)

    def test_csv_has_them_in_full(self):
        told = pd.read_csv(io.StringIO(self.table("weak.h5", "strong.h5", "--format", "csv", "--outcome", "duration",
                                                  "--ending", "collapsed")),
                           float_precision="round_trip").set_index("outcome")
        for name in ("weak", "strong"):
            with h5py.File(self.path / f"{name}.h5") as file:
                row = [n.decode() for n in file["summary/outcome"][()]].index("duration")
                ending = [n.decode() for n in file["endings/ending"][()]].index("collapsed")
                for column, key in ((name, "mean"), (f"{name} low", "ci_low"), (f"{name} high", "ci_high")):
                    self.assertEqual(file[f"summary/{key}"][row], told.loc["duration", column])
                    key = key.replace("mean", "probability")
                    self.assertEqual(file[f"endings/{key}"][ending], told.loc["ending collapsed", column])

    def test_variants_stand_beside_each_other_at_each_point(self):
        told = pd.read_csv(io.StringIO(self.table("study.h5", "--format", "csv", "--outcome", "duration",
                                                  "--ending", "collapsed")), float_precision="round_trip")
        self.assertEqual(["word", "outcome", "unit"], list(told.columns[:3]))
        with h5py.File(self.path / "study.h5") as file:
            variants = [v.decode() for v in file["design/variant"][()]]
            row = [n.decode() for n in file["summary/outcome"][()]].index("duration")
            ending = [n.decode() for n in file["endings/ending"][()]].index("collapsed")
            for point, variant in enumerate(variants):
                word = file["design/value"][point, 0]
                for name, index, group, mean in (("duration", row, "summary", "mean"),
                                                 ("ending collapsed", ending, "endings", "probability")):
                    line = told[(told.word == word) & (told.outcome == name)]
                    for column, key in ((variant, mean), (f"{variant} low", "ci_low"), (f"{variant} high", "ci_high")):
                        self.assertEqual(file[f"{group}/{key}"][point, index], line[column].item(), (name, variant))

    def test_shares_by_a_day_are_counted(self):
        rows = cells_of(self.table("odd.h5", "--outcome", "came", "--at", 2, "--at", 10))
        with h5py.File(self.path / "odd.h5") as file:
            times = file["trials/came"][()]
        for day in (2, 10):
            share = (times <= day).mean()
            self.assertTrue(rows[f"came by day {day}"][2].startswith(f"{100 * share:.1f} % ("), rows)
        # 1 - exp(-0.05 · 10), within four standard errors.
        self.assertLess(abs((times <= 10).mean() - (1 - math.exp(-0.5))), 4 * 0.5 / math.sqrt(300))

    def test_never_and_rare_are_told_apart(self):
        rows = cells_of(self.table("odd.h5", "--outcome", "yes"))
        self.assertTrue(rows["yes"][2].startswith("0.00 % (0.00 to 1."), rows["yes"])
        (self.path / "rare.yaml").write_text(
            "{truce: 2, horizon: 1, incidents: {bang: {rate: 0.0005 per day, while: true}}, outcomes: {bang: {value: bang.occurred > 0}}}")
        self.call("run", "rare.yaml", "-n", 20_000, "-o", "rare.h5", "--quiet")
        cell = cells_of(self.table("rare.h5", "--outcome", "bang"))["bang"][2]
        self.assertNotRegex(cell, r"\b0\.0+\b")

    def test_what_is_wrong_is_told(self):
        for arguments, said in ((["weak.h5", "--outcome", "duratoin"], "did you mean 'duration'"),
                                (["weak.h5", "--outcome", "ending"], "--ending"),
                                (["weak.h5", "--ending", "colapsed"], "collapsed"),
                                (["weak.h5", "study.h5"], "study"),
                                (["weak.h5", "--outcome", "duration", "--at", "3"], "--at"),
                                (["none.h5"], "none.h5")):
            done = self.call("table", *arguments, expect=2)
            self.assertEqual("", done.stdout)
            self.assertIn(said, done.stderr)


class Cells(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)

    def handle_data(self, data):
        self.texts.append(data)


class Texts(TablesTest):
    def test_html_shows_them_as_they_are(self):
        page = Cells(self.table("odd.h5", "--format", "html"))
        self.assertIn(ODD, page.texts)
        self.assertLessEqual(set(page.tags), {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "br"})

    def test_markdown_shows_them_as_they_are(self):
        text = self.table("odd.h5").splitlines()[0]
        self.assertEqual(ODD, re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text))
        for char in "|*<>&$#~[]`":
            self.assertNotRegex(text, rf"(?<!\\){re.escape(char)}")

    def test_latex_shows_them_as_they_are(self):
        text = self.table("odd.h5", "--format", "latex")
        caption = re.search(r"\\caption\{(.*)\}\n", text)[1]
        shown = caption
        for name, char in (("textbackslash", "\\"), ("textasciitilde", "~"), ("textasciicircum", "^"), ("textless", "<"),
                           ("textgreater", ">"), ("textbar", "|"), ("textquotedbl", '"')):
            shown = shown.replace(f"\\{name}{{}}", f"\0{ord(char)}\0")
        shown = re.sub(r"\\([&%$#_{}])", lambda m: f"\0{ord(m[1])}\0", shown)
        self.assertNotRegex(shown.replace("{[}", "").replace("{]}", "").replace("{}", ""), r"[\\&%$#_^~{}]")
        shown = re.sub("\0(\\d+)\0", lambda m: chr(int(m[1])), shown.replace("{[}", "[").replace("{]}", "]").replace("-{}-", "--"))
        self.assertEqual(ODD, shown)
        body = text[text.index(r"\midrule"):text.index(r"\bottomrule")]
        for line in body.splitlines()[1:-1]:
            self.assertEqual(2, len(re.findall(r"(?<!\\)&", line)), line)
            self.assertTrue(line.endswith(r" \\"), line)

    def test_csv_shows_them_as_they_are(self):
        name = 'w,"x'
        (self.path / f"{name}.h5").write_bytes((self.path / "weak.h5").read_bytes())
        rows = list(csv.reader(io.StringIO(self.table(f"{name}.h5", "--format", "csv"), newline="")))
        self.assertEqual(["outcome", "unit", name, f"{name} low", f"{name} high"], rows[0])
        self.assertEqual({5}, set(map(len, rows)))


class Export(TablesTest):
    def read(self, folder, name):
        return pd.read_csv(self.path / folder / f"{name}.csv", float_precision="round_trip")

    def test_a_run_is_all_there(self):
        self.assertEqual("odd\n", self.call("export", "odd.h5").stdout)
        trials = self.read("odd", "trials")
        with h5py.File(self.path / "odd.h5") as file:
            labels = dict(zip(file["trials/ending"].attrs["flag_values"],
                              file["trials/ending"].attrs["flag_meanings"].split()))
            self.assertEqual([labels[code] for code in file["trials/ending"]], list(trials.ending))
            for name in ("came", "high", "duration", "yes"):
                np.testing.assert_array_equal(file[f"trials/{name}"][()], trials[name])
            np.testing.assert_array_equal(file["parameters/p"][()], trials["parameter p"])
            summary = self.read("odd", "summary").set_index("outcome")
            names = [n.decode() for n in file["summary/outcome"][()]]
            for key in ("mean", "sd", "ci_low", "ci_high", "count"):
                np.testing.assert_array_equal(file[f"summary/{key}"][()], summary.loc[names, key])
            endings = self.read("odd", "endings").set_index("ending")
            incidence = self.read("odd", "incidence").set_index(["ending", "day"]).share
            for row, label in enumerate(n.decode() for n in file["endings/ending"][()]):
                self.assertEqual(file["endings/probability"][row], endings.loc[label, "probability"])
                np.testing.assert_array_equal(file["endings/cumulative_incidence"][row], incidence[label])
        self.assertEqual(set(self.read("odd", "columns").name) - set(trials.columns), set())

    def test_timelines_and_causes_too(self):
        self.call("export", "weak.h5", "-o", "w")
        timelines = self.read("w", "timelines").set_index("timeline")
        with h5py.File(self.path / "weak.h5") as file:
            for name in set(timelines.index):
                of = timelines.loc[name]
                np.testing.assert_array_equal(file[f"timelines/{name}.mean"][()], of["mean"])
                np.testing.assert_array_equal(file[f"timelines/{name}.quantiles"][:, 4], of["q0.5"])
            np.testing.assert_array_equal(file["causes/probability"][()], self.read("w", "causes").probability)

    def test_a_study_is_all_there(self):
        self.call("export", "study.h5", "-o", "s")
        trials = self.read("s", "trials")
        design = self.read("s", "design")
        summary = self.read("s", "summary").set_index(["point", "outcome"])
        with h5py.File(self.path / "study.h5") as file:
            self.assertEqual([v.decode() for v in file["design/variant"][()]], list(design.variant))
            np.testing.assert_array_equal(file["design/value"][:, 0], design.word)
            for point in design.point:
                of = trials[trials.point == point]
                np.testing.assert_array_equal(file["trials/duration"][point], of.duration)
                row = [n.decode() for n in file["summary/outcome"][()]].index("duration")
                self.assertEqual(file["summary/mean"][point, row], summary.loc[(point, "duration"), "mean"])
                quantiles = [f"q{p}" for p in file["summary/quantile"][()]]
                np.testing.assert_array_equal(file["summary/quantiles"][point, row],
                                              summary.loc[(point, "duration"), quantiles])

    def test_nothing_is_overwritten_unless_forced_and_nothing_foreign_ever(self):
        self.call("export", "weak.h5", "-o", "twice")
        self.assertIn("--force", self.call("export", "weak.h5", "-o", "twice", expect=2).stderr)
        self.call("export", "strong.h5", "-o", "twice", "--force")
        self.assertEqual(self.read("twice", "parameters").set_index("name").loc["word", "value"], 0.9)
        mine = self.path / "mine"
        mine.mkdir()
        (mine / "notes.txt").write_text("mine")
        self.call("export", "weak.h5", "-o", "mine", "--force", expect=2)
        self.assertEqual("mine", (mine / "notes.txt").read_text())
        self.assertEqual([], [p.name for p in self.path.iterdir() if ".partial" in p.name])

    def test_what_is_written_is_told_for_machines(self):
        told = json.loads(self.call("export", "weak.h5", "-o", "told", "--json").stdout)
        self.assertEqual(told["written"], "told")
        files = {file["name"]: file for file in told["files"]}
        self.assertEqual(files["trials.csv"]["rows"], 500)
        self.assertEqual(files["trials.csv"]["bytes"], (self.path / "told" / "trials.csv").stat().st_size)
        self.assertEqual(told["bytes"], sum(file["bytes"] for file in told["files"]))
        page = json.loads(self.call("report", "weak.h5", "-o", "told.html", "--json").stdout)
        self.assertEqual(page, {"written": "told.html", "bytes": (self.path / "told.html").stat().st_size})
        for k in (1, 2):
            self.call("run", NEUTRAL, "-n", 40, "--shard", f"{k}/2", "-o", f"part{k}.h5", "--quiet")
        joined = json.loads(self.call("join", "parts.h5", "part1.h5", "part2.h5", "--json").stdout)
        self.assertEqual((joined["written"], joined["shards"], joined["trials"]), ("parts.h5", 2, 40))

    def test_a_table_for_machines_has_the_numbers_in_full(self):
        told = json.loads(self.call("table", "weak.h5", "strong.h5", "--outcome", "duration", "--json").stdout)
        self.assertEqual(told["columns"], ["weak", "strong"])
        cells = told["rows"][0]["cells"]
        for name, cell in zip(("weak", "strong"), cells):
            with h5py.File(self.path / f"{name}.h5") as file:
                self.assertAlmostEqual(cell["value"], np.mean(file["trials/duration"][:]), delta=1e-9)
            self.assertLess(cell["ci"][0], cell["value"])

    def test_parquet_says_what_makes_it(self):
        said = self.call("export", "weak.h5", "--format", "parquet", "-o", "p", expect=2).stderr
        self.assertIn("to_parquet", said)
        self.assertFalse((self.path / "p").exists())

    def test_rows_that_are_not_kept_are_told(self):
        self.call("run", NEUTRAL, "-n", 300, "--keep", 10, "-o", "few.h5", "--quiet")
        self.assertIn("--keep", self.call("export", "few.h5").stderr)
        self.assertFalse((self.path / "few" / "trials.csv").exists())
        self.assertTrue((self.path / "few" / "summary.csv").exists())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
