#!/usr/bin/python3
"""The page of `truce report`: complete in itself, the numbers of the other verbs, texts that stay texts, outputs that are kept.
Usage: test_page.py TRUCE SOURCE_DIR"""

import base64
import hashlib
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
PAGE = SOURCE / "src" / "cli" / "page"
MOST_BYTES = 500_000  # without the data

STUDY = f"""
study: 1
name: Which word counts?
summary: Two of a kind.
scenario: {NEUTRAL}
seed: 3
trials: 300
design: {{kind: grid}}
vary: {{word: [0.6, 0.9]}}
variants:
  as_written: {{}}
  rough: {{parameters: {{calm: {{value: 0.06}}}}}}
compare: {{against: as_written}}
"""

HOSTILE = """
truce: 2
name: "</script><script>document.title = 'run'</script><img src=x onerror=\\"document.title = 'run'\\">"
summary: "<b onmouseover='document.title = 1'>bold</b> &amp; <!-- <script>"
sources: ["javascript:document.title = 'run'", "https://example.org/<img src=x onerror=alert(1)>"]
horizon: 1
parameters:
  p: {value: 0.5, prior: "uniform(0, 1)", summary: "</td><script>1</script>", source: "\\"><svg onload=alert(1)>"}
outcomes:
  x: {value: p, summary: "<iframe src=https://example.org>"}
"""


class Tags(html.parser.HTMLParser):
    """What a browser would find: elements with their attributes, and the texts of scripts."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.scripts, self.styles = [], [], []
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self.inside = (self.scripts if tag == "script" else self.styles)
            self.inside.append("")

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self.inside = None

    def handle_data(self, data):
        if self.inside is not None:
            self.inside[-1] += data


class PageTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        (cls.path / "study.yaml").write_text(STUDY)
        (cls.path / "hostile.yaml").write_text(HOSTILE)
        cls.truce("run", NEUTRAL, "-n", 400, "-o", "a.h5", "--quiet")
        cls.truce("run", NEUTRAL, "-n", 400, "-o", "b.h5", "--quiet", "--set", f"word=0.61")
        cls.truce("run", "hostile.yaml", "-n", 50, "-o", "hostile.h5", "--quiet", "--uncertain")
        cls.truce("study", "study.yaml", "-o", "study.h5", "--quiet")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def truce(cls, *arguments, expect=0):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True, cwd=cls.path)
        if done.returncode != expect:
            raise AssertionError(f"{arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done

    def told(self, *arguments):
        return json.loads(self.truce(*arguments, "--json").stdout)

    def page(self, *files):
        self.truce("report", *files, "-o", "page.html", "--force")
        return (self.path / "page.html").read_text()

    def data(self, *files):
        return json.loads(Tags(self.page(*files)).scripts[0])


class ContentTest(PageTest):
    def test_a_run_has_the_numbers_of_show(self):
        data = self.data("a.h5")
        own = [column["name"] for column in data["columns"] if column["own"]]
        self.assertTrue(own)
        self.assertEqual(data["shows"], [self.told("show", "a.h5", *own, "duration")])
        self.assertEqual(data["kind"], "run")
        # Those that the page names as the commands to print its numbers do print them.
        self.assertEqual(data["shows"][0], json.loads(self.truce(*data["commands"][0].split()[1:]).stdout))

    def test_courses_are_those_of_the_file(self):
        data = self.data("a.h5")
        days = data["days"]
        with h5py.File(self.path / "a.h5") as file:
            incidence = file["endings/cumulative_incidence"][:][:, days]
            np.testing.assert_allclose(data["cases"][0]["incidence"], incidence, rtol=1e-4, atol=1e-12)
            self.assertTrue(data["timelines"])
            for timeline in data["timelines"]:
                group = file["timelines"]
                of = data["cases"][0]["timelines"][timeline["name"]]
                np.testing.assert_allclose(of["mean"], group[timeline["name"] + ".mean"][:][days], rtol=1e-4)
                np.testing.assert_allclose(np.array(of["quantiles"]).T,
                                           group[timeline["name"] + ".quantiles"][:][days], rtol=1e-4)

    def test_the_course_as_agreed_is_the_plan(self):
        (self.path / "plan.yaml").write_text("""
truce: 2
horizon: 12
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {people: {held_by: a, living: 10}}
incidents: {fire: {rate: 5 per day, while: true, do: [{collapse: fire}]}}
phases:
  only:
    lasts: 10 days
    obligations:
      give: {by: a, to: b, release: people, due: [{day: 2, count: 4}, {day: 6, count: rest}], comply: 0.1, breach: harsh}
responses: {harsh: {withdraw: 1}}
timelines: [people.freed]
""")
        self.truce("run", "plan.yaml", "-n", 200, "-o", "plan.h5", "--quiet")
        data = self.data("plan.h5")
        self.assertEqual([0, 0, 4, 4, 4, 4] + 7 * [10], data["agreed"]["people.freed"])
        give = data["graph"]["phases"][0]["obligations"][0]
        self.assertEqual(("give", "a", "people", "day 2: 4; day 6: rest", "harsh"),
                         tuple(give[key] for key in ("name", "by", "gives", "due", "breach")))
        self.assertIsNone(data["turning_points"])

    def test_the_course_as_agreed_needs_the_tables_of_the_run(self):
        folder = self.path / "tables"
        folder.mkdir()
        table = folder / "days.csv"
        table.write_text("days\n1\n2\n4\n")
        (folder / "late.yaml").write_text('truce: 2\nhorizon: 9\nlevels: {late: "empirical(\'days.csv\', \'days\')"}\n'
                                          "triggers: {go: {at: 3}}\noutcomes: {x: {value: late}}\ntimelines: [go.fired]\n")
        self.truce("run", folder / "late.yaml", "-n", 40, "-o", folder / "late.h5", "--quiet")
        data = self.data("tables/late.h5")
        self.assertEqual([0, 0, 0] + 7 * [1], data["agreed"]["go.fired"])
        note = "the course as agreed is not drawn"
        self.assertNotIn(note, " ".join(data["notes"]))
        table.write_text("days\n1\n2\n5\n")
        other = self.data("tables/late.h5")
        table.unlink()
        for data in (other, self.data("tables/late.h5")):
            self.assertIsNone(data["agreed"])
            self.assertIn(note, " ".join(data["notes"]))

    def test_which_chance_decides_is_that_of_the_file(self):
        self.truce("why", NEUTRAL, "--trials", 30, "-o", "why.h5")
        data = self.data("why.h5")["turning_points"]
        with h5py.File(self.path / "why.h5") as file:
            group = file["turning_points"]
            self.assertEqual([name.decode() for name in group["stream"][()]], [each["stream"] for each in data["streams"]])
            for key in ("changes", "share"):
                np.testing.assert_array_equal(group[key][()], [each[key] for each in data["streams"]])
            self.assertEqual(group.attrs["all_share"], data["share"])

    def test_what_drives_a_study_is_what_sensitivity_tells(self):
        (self.path / "sample.yaml").write_text(f"""
study: 1
name: What drives it?
scenario: {NEUTRAL}
trials: 100
design: {{kind: latin_hypercube, points: 64}}
vary: {{word: "uniform(0.5, 1)", calm: "uniform(0, 0.1)"}}
compare: {{outcomes: [least_trust]}}
""")
        self.truce("study", "sample.yaml", "-o", "sample.h5", "--quiet")
        drivers, = self.data("sample.h5")["drivers"]
        of = self.told("sensitivity", "sample.h5", "--outcome", "least_trust")["variants"][0]
        self.assertEqual("least_trust", drivers["outcome"])
        told = json.dumps(of)
        for bar in drivers["bars"]:
            self.assertIn(json.dumps(bar["parameter"]), told)
            self.assertIn(json.dumps(bar["value"]), told)
        self.assertEqual([], self.data("study.h5")["drivers"])

    def test_a_study_has_the_numbers_of_show_and_compare(self):
        data = self.data("study.h5")
        own = [column["name"] for column in data["columns"] if column["own"]]
        self.assertEqual(data["show"], self.told("show", "study.h5", *own, "duration"))
        self.assertEqual(data["comparison"], self.told("compare", "study.h5"))
        self.assertEqual(data["by_point"], self.told("compare", "study.h5", "--by-point"))
        endings = [ending["name"] for ending in data["cases"][0]["endings"]]
        asked = [word for ending in endings for word in ("--ending", ending)]
        self.assertEqual(data["by_ending"], self.told("compare", "study.h5", *asked))
        self.assertEqual(len(data["commands"]), 4)
        for command, key in zip(data["commands"], ("show", "comparison", "by_ending", "by_point")):
            self.assertEqual(data[key], json.loads(self.truce(*command.split()[1:]).stdout), command)

    def test_a_study_has_the_courses_of_its_points(self):
        data = self.data("study.h5")
        with h5py.File(self.path / "study.h5") as file:
            self.assertEqual(len(data["cases"]), 4)
            for row, case in enumerate(data["cases"]):
                self.assertEqual([ending["count"] for ending in case["endings"]],
                                 file["endings/count"][row].tolist())
                self.assertEqual([ending["ci"] for ending in case["endings"]],
                                 np.stack([file["endings/ci_low"][row], file["endings/ci_high"][row]], 1).tolist())
                np.testing.assert_allclose(case["incidence"],
                                           file["endings/cumulative_incidence"][row][:, data["days"]],
                                           rtol=1e-4, atol=1e-12)
                for name, of in case["timelines"].items():
                    np.testing.assert_allclose(of["mean"], file[f"timelines/{name}.mean"][row][data["days"]],
                                               rtol=1e-4)
                    np.testing.assert_allclose(np.array(of["quantiles"]).T,
                                               file[f"timelines/{name}.quantiles"][row][data["days"]], rtol=1e-4)

    def test_two_runs_are_compared(self):
        data = self.data("a.h5", "b.h5")
        self.assertEqual(data["comparison"], self.told("compare", "a.h5", "b.h5"))
        self.assertIn("word", data["comparison"]["parameters_differ"])
        self.assertEqual([show["trials"] for show in data["shows"]], [400, 400])
        self.assertEqual(data["names"], ["a.h5", "b.h5"])

    def test_a_study_can_be_explored(self):
        self.assertNotIn("explore", self.data("study.h5"))
        self.assertTrue(self.data("study.h5", "--explore")["explore"])

    def test_warnings_of_show_are_caveats(self):
        self.assertIn("parameters: p (drawn in each trial)", self.data("hostile.h5")["notes"])
        self.assertEqual(self.data("hostile.h5")["disclaimer"],
                         "truce compares assumptions; it does not forecast.")

    def test_parameters_have_their_sources(self):
        parameters = {each["name"]: each for each in self.data("b.h5")["parameters"]}
        self.assertEqual(parameters["word"]["value"], "0.61")
        self.assertEqual(parameters["word"]["origin"], "set")
        of = {each["name"]: each for each in self.data("hostile.h5")["parameters"]}["p"]
        self.assertEqual(of, {"name": "p", "value": "0.5", "origin": "drawn", "prior": "uniform(0, 1)", "unit": "",
                              "summary": "</td><script>1</script>", "source": "\"><svg onload=alert(1)>"})


class SelfContainedTest(PageTest):
    def test_nothing_is_loaded(self):
        for files in (("a.h5",), ("study.h5",), ("hostile.h5",)):
            page = Tags(self.page(*files))
            self.assertEqual([tag for tag, _ in page.tags if tag in ("img", "iframe", "object", "embed", "base")], [])
            for tag, attributes in page.tags:
                self.assertNotIn("src", attributes, tag)
                self.assertEqual([name for name in attributes if name.startswith("on")], [])
                if "href" in attributes:
                    self.assertEqual((tag, attributes["href"]), ("link", "data:,"))
            self.assertEqual(len(page.scripts), 2)
            self.assertEqual(len(page.styles), 1)
            self.assertNotRegex(page.styles[0], r"url\(|@import")

    def test_only_its_own_script_may_run(self):
        page = Tags(self.page("hostile.h5"))
        policy = next(attributes["content"] for tag, attributes in page.tags
                      if attributes.get("http-equiv") == "Content-Security-Policy")
        self.assertIn("default-src 'none'", policy)
        self.assertNotIn("unsafe-inline", re.search(r"script-src ([^;]*)", policy)[1])
        digest = base64.b64encode(hashlib.sha256(page.scripts[1].encode()).digest()).decode()
        self.assertIn(f"script-src 'sha256-{digest}'", policy)

    def test_texts_stay_texts(self):
        text = self.page("hostile.h5")
        page = Tags(text)
        self.assertNotRegex(page.scripts[0], "[<>&]")
        self.assertIn("</script>", json.loads(page.scripts[0])["title"])
        neutral = Tags(self.page("a.h5"))
        self.assertEqual(page.tags, neutral.tags)  # no text has become an element

    def test_size(self):
        text = self.page("a.h5")
        data = Tags(text).scripts[0]
        self.assertLess(len(text.encode()) - len(data.encode()), MOST_BYTES)
        self.assertLess(len(data.encode()), 1_500_000)

    def test_equal_results_make_equal_pages(self):
        self.assertEqual(self.page("study.h5"), self.page("study.h5"))

    def test_the_page_is_that_of_its_sources(self):
        made = hashlib.sha256()
        for file in sorted(PAGE.iterdir()):
            if file.suffix in (".js", ".css") or file.name in ("template.html", "package.json", "package-lock.json"):
                made.update(f"{file.name}\n".encode() + file.read_bytes())
        asset = (PAGE / "page.html").read_text()
        self.assertIn(f'<meta name="made-from" content="{made.hexdigest()}">', asset,
                      "bundle it again: npm ci && npm run bundle")
        self.assertIn(made.hexdigest(), self.page("a.h5"), "the program has an older page; build it again")
        self.assertIn((PAGE / "LICENSES.txt").read_text().splitlines()[2], asset)


class OutputTest(PageTest):
    def refused(self, *arguments, says):
        before = self.state()
        done = self.truce("report", *arguments, expect=2)
        self.assertEqual(done.stdout, "")
        self.assertTrue(done.stderr.startswith("truce: error: "), done.stderr)
        self.assertIn(says, done.stderr)
        self.assertEqual(self.state(), before)

    def state(self):
        return {file.name: file.read_bytes() if file.is_file() else None for file in self.path.iterdir()}

    def test_the_name_is_that_of_the_results(self):
        done = self.truce("report", "a.h5")
        self.assertEqual(done.stdout, "a.html\n")
        self.assertTrue((self.path / "a.html").read_text().startswith("<!DOCTYPE html>"))
        (self.path / "a.html").unlink()

    def test_what_is_there_is_kept(self):
        (self.path / "kept.html").write_text("mine")
        self.refused("a.h5", "-o", "kept.html", says="kept.html: exists already; give another --output, or --force")
        self.assertEqual((self.path / "kept.html").read_text(), "mine")
        self.truce("report", "a.h5", "-o", "kept.html", "--force", "--quiet")
        self.assertIn("truce report", (self.path / "kept.html").read_text())

    def test_results_are_never_the_output(self):
        self.refused("a.h5", "-o", "a.h5", "--force", says="a.h5: a report is a page in HTML; name it a.html")
        self.refused("a.h5", "-o", "page", says="name it page.html")

    def test_where_no_page_can_be(self):
        (self.path / "folder.html").mkdir(exist_ok=True)
        self.refused("a.h5", "-o", "folder.html", "--force", says="folder.html: is a folder")
        self.refused("a.h5", "-o", "nowhere/page.html", says="nowhere: is no folder")

    def test_links_are_kept(self):
        (self.path / "link.html").symlink_to("target.html")
        self.truce("report", "a.h5", "-o", "link.html")
        self.assertTrue((self.path / "link.html").is_symlink())
        self.assertTrue((self.path / "target.html").is_file())

    def test_what_is_no_result(self):
        (self.path / "text.h5").write_text("no results")
        whole = (self.path / "a.h5").read_bytes()
        (self.path / "cut.h5").write_bytes(whole[: len(whole) // 2])
        self.refused("missing.h5", "-o", "x.html", says="missing.h5: ")
        self.refused("text.h5", "-o", "x.html", says="text.h5: ")
        self.refused("cut.h5", "-o", "x.html", says="cut.h5: ")
        self.refused(".", "-o", "x.html", says=".: ")
        self.refused("study.h5", "a.h5", "-o", "x.html", says="study.h5: is of a study")
        self.truce("report", expect=2)
        self.truce("report", "a.h5", "a.h5", "a.h5", expect=2)

    def test_only_what_varies_is_explored(self):
        self.refused("a.h5", "--explore", "-o", "x.html", says="--explore needs the results of a study")

    def test_shards_are_joined_first(self):
        self.truce("study", "study.yaml", "-o", "shard.h5", "--quiet", "--shard", "1/2")
        self.refused("shard.h5", "-o", "x.html", says="shard of a study; join all of them first")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
