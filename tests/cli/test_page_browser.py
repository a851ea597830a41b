#!/usr/bin/python3
"""The page of `truce report` in headless Chromium: no error, every figure drawn, keys, widths, contrast, paper.

Usage: test_page_browser.py TRUCE SOURCE_DIR. Needs node, Chromium (Debian's `chromium`) and the npm package playwright-core, in the folder
TRUCE_NODE_FOLDER or installed globally; without them it is skipped. TRUCE_PAGE_PICTURES names a folder for pictures."""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
CAIRO = SOURCE / "scenarios" / "cairo-three-phase.yaml"
SCRIPT = pathlib.Path(__file__).with_name("page_browser.mjs")
PICTURES = os.environ.get("TRUCE_PAGE_PICTURES")
SKIPPED = 77

STUDY = f"""
study: 1
name: Which word counts?
scenario: {NEUTRAL}
trials: 300
design: {{kind: grid}}
vary: {{word: [0.6, 0.75, 0.9]}}
variants:
  as_written: {{}}
  rough: {{parameters: {{calm: {{value: 0.06}}}}}}
compare: {{against: as_written}}
"""

SAMPLED = f"""
study: 1
name: What drives it?
scenario: {NEUTRAL}
trials: 40
design: {{kind: latin_hypercube, points: 30}}
vary: {{word: "uniform(0.5, 1)", calm: "uniform(0, 0.1)"}}
"""

HOSTILE = """
truce: 2
name: "</script><script>document.title = 'run'</script><img src=x onerror=\\"document.title = 'run'\\">"
summary: "<b onmouseover='document.title = 1'>bold</b> &amp; <!-- <script>"
sources: ["javascript:document.title = 'run'", "https://example.org/<img src=x onerror=alert(1)>"]
horizon: 1
parameters:
  p: {value: 0.5, prior: "uniform(0, 1)", summary: "</td><script>alert(1)</script>", source: "\\"><svg onload=alert(1)>"}
outcomes:
  x: {value: p, summary: "<iframe src=https://example.org>"}
"""


def node_folder():
    """Where node finds playwright-core; nothing where it does not, or there is no browser."""
    if not shutil.which("node") or not browser():
        return None
    folders = [os.environ.get("TRUCE_NODE_FOLDER")]
    if shutil.which("npm"):
        folders.append(subprocess.run(["npm", "root", "-g"], capture_output=True, text=True).stdout.strip())
    for folder in filter(None, folders):
        found = pathlib.Path(folder)
        if any((found / place / "playwright-core").is_dir() for place in (".", "node_modules")):
            return folder
    return None


def browser():
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


class BrowserTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = pathlib.Path(cls.folder.name)
        for name, text in (("study", STUDY), ("sampled", SAMPLED), ("hostile", HOSTILE)):
            (cls.path / f"{name}.yaml").write_text(text)
        cls.truce("run", NEUTRAL, "-n", 400, "-o", "a.h5", "--quiet")
        cls.truce("run", NEUTRAL, "-n", 400, "-o", "b.h5", "--quiet", "--set", "word=0.6")
        cls.truce("run", "hostile.yaml", "-n", 50, "-o", "hostile.h5", "--quiet", "--uncertain")
        cls.truce("run", NEUTRAL, "-n", 1, "-o", "one.h5", "--quiet")
        cls.truce("study", "study.yaml", "-o", "study.h5", "--quiet")
        cls.truce("study", "sampled.yaml", "-o", "sampled.h5", "--quiet")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    @classmethod
    def truce(cls, *arguments):
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True, cwd=cls.path)
        if done.returncode != 0:
            raise AssertionError(done.stdout + done.stderr)
        return done.stdout

    def seen(self, name, *files):
        self.truce("report", *files, "-o", f"{name}.html", "--quiet")
        arguments = ["node", SCRIPT, browser(), self.path / f"{name}.html"]
        if PICTURES:
            folder = pathlib.Path(PICTURES).resolve() / name
            folder.mkdir(parents=True, exist_ok=True)
            arguments.append(folder)
        done = subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, "TRUCE_NODE_FOLDER": node_folder()})
        self.assertEqual(done.returncode, 0, done.stderr)
        seen = json.loads(done.stdout)
        self.require_sound(seen, 3 if "--explore" in files else 2)
        return seen

    def require_sound(self, seen, sheets):
        """What holds for every page, which prints on so many sheets at most."""
        self.assertEqual(seen["errors"], [])
        self.assertEqual(seen["requests"], [])
        self.assertEqual(seen["dialogs"], 0)
        drawings = [seen["figures"], seen["afterPrint"]]
        drawings += [picker["figures"] for picker in seen["pickers"]]
        drawings += [at["figures"] for at in seen["widths"].values()]
        for figures in drawings:
            self.assertGreater(figures["all"], 0)
            self.assertEqual(figures["drawn"], figures["all"])
            self.assertEqual(figures["named"], figures["all"])
            self.assertEqual(figures["wrong"], 0)
        for width, at in seen["widths"].items():
            self.assertLessEqual(at["needs"], int(width))
        self.assertGreaterEqual(seen["contrast"]["ratio"], 4.5, seen["contrast"]["text"])
        self.assertLessEqual(seen["pages"], sheets)
        self.assertTrue(seen["unfolded"])
        self.assertNotEqual(seen["outline"], "none")
        for picker in seen["pickers"]:
            self.assertTrue(picker["reached"] and picker["value"] and picker["changed"] and picker["focused"], picker["label"])

    def test_a_run(self):
        seen = self.seen("run", "a.h5")
        self.assertEqual(seen["pickers"], [])
        self.assertGreater(seen["figures"]["all"], 5)
        show = json.loads(self.truce("show", "a.h5", "--json"))
        most = max(show["endings"], key=lambda ending: ending["count"])
        self.assertIn(f"{100 * most['probability']:.1f} %", seen["answer"])
        self.assertIn(most["name"].replace("_", " "), seen["answer"])

    def test_the_main_scenario_and_its_comparison_take_two_sheets(self):
        for name, engagement in (("main", 0.9), ("weak", 0.2)):
            self.truce("run", CAIRO, "-n", 400, "-o", f"{name}.h5", "--quiet", "--set", f"engagement={engagement}")
        self.assertEqual(self.seen("main", "main.h5")["pages"], 2)
        self.assertEqual(self.seen("compared", "main.h5", "weak.h5")["pages"], 2)

    def test_one_trial(self):
        self.seen("one", "one.h5")

    def test_two_runs(self):
        seen = self.seen("runs", "a.h5", "b.h5")
        self.assertEqual([picker["label"].startswith("outcome") for picker in seen["pickers"]], [True, False, False])
        self.assertIn("b.h5", seen["answer"])

    def test_a_study_and_its_picker(self):
        seen = self.seen("study", "study.h5")
        compared = json.loads(self.truce("compare", "study.h5", "--json"))["comparisons"]
        names = list(dict.fromkeys(entry["outcome"] for entry in compared))
        names.sort(key=lambda name: name == "duration")  # the scenario's own come first
        words = [name.replace("_", " ").lower() for name in names]
        self.assertIn(words[0], seen["answer"].lower())
        self.assertIn("rough", seen["answer"])
        picker = seen["pickers"][0]
        self.assertIn(words[1], picker["answer"].lower())
        self.assertNotEqual(picker["answer"], seen["answer"])

    def test_a_sampled_study(self):
        seen = self.seen("sampled", "sampled.h5")
        self.assertIn("along the parameter", " ".join(picker["label"] for picker in seen["pickers"]))

    def test_sliders(self):
        for name, of in (("explored", "study.h5"), ("explored-sample", "sampled.h5")):
            seen = self.seen(name, of, "--explore")
            self.assertGreaterEqual(len(seen["sliders"]), 2)
            for slider in seen["sliders"]:
                self.assertTrue(slider["reached"] and slider["focused"] and slider["changed"], slider)
            self.assertTrue(seen["interpolation"])
            for told in seen["interpolation"]:
                self.assertAlmostEqual(told["told"], told["computed"], delta=1e-12)

    def test_texts_stay_texts(self):
        seen = self.seen("hostile", "hostile.h5")
        self.assertTrue(seen["title"].startswith("</script><script>"))
        self.assertTrue(seen["heading"].startswith("</script><script>"))
        self.assertNotIn("img", seen["elements"])
        self.assertNotIn("iframe", seen["elements"])
        for link in seen["links"]:
            self.assertRegex(link, r"^(#|https?://)")


if __name__ == "__main__":
    if node_folder() is None:
        print("skipped: needs node, chromium and the npm package playwright-core (npm install -g playwright-core)")
        sys.exit(SKIPPED)
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=2)
