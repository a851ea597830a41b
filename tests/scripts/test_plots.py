"""The plot scripts, from outside: on results of a small run, and on files that are none."""

import os
import pathlib
import struct
import subprocess
import tempfile
import unittest

import h5py

import calling
import sample_results
import truce_results

TRUCE = os.environ.get("TRUCE", "truce")  # the program
FORMATS = {".png": b"\x89PNG", ".pdf": b"%PDF", ".svg": b"<?xml"}


def png_size(path):
    """(width, height) in pixels, from the header."""
    return struct.unpack(">II", path.read_bytes()[16:24])


class Plots:
    """What holds for every plot script."""
    script = what = option = known = misspelt = None

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.sample = pathlib.Path(cls.folder.name) / "sample.h5"
        sample_results.write(cls.sample, trials=400)

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)

    def draw(self, *arguments, run=calling.within):
        done = run(self.script, arguments, self.here)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return [self.here / line for line in done.stdout.splitlines()]

    def refuse(self, *arguments, run=calling.within):
        done = run(self.script, arguments, self.here)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual([], list(self.here.glob("**/*.png")))
        return done.stderr

    def broken(self, **attributes):
        path = self.here / "broken.h5"
        sample_results.write(path, trials=50, **attributes)
        return path

    def test_draws_beside_the_file(self):
        expected = self.sample.with_name(f"sample-{self.what}.png")
        self.assertEqual([expected], self.draw(self.sample, run=calling.as_user))
        width, height = png_size(expected)
        self.assertTrue(1000 < width < 4000 and 600 < height < 4000, (width, height))
        self.assertTrue(30_000 < expected.stat().st_size < 1_000_000, expected.stat().st_size)

    def test_draws_where_it_is_told_to(self):
        for suffix, magic in FORMATS.items():
            image, = self.draw(self.sample, "-o", f"new/image{suffix}", self.option, self.known)
            self.assertEqual(self.here / f"new/image{suffix}", image)
            self.assertTrue(image.read_bytes().startswith(magic))
        image, = self.draw(self.sample, "-o", "folder", self.option, self.known)
        self.assertEqual(self.here / f"folder/sample-{self.what}.png", image)

    def test_draws_what_it_is_asked_for(self):
        few, = self.draw(self.sample, "-o", "few.png", self.option, self.known)
        many, = self.draw(self.sample, "-o", "many.png")
        self.assertLess(png_size(few)[0], png_size(many)[0])

    def test_draws_several_files(self):
        other = self.here / "other.h5"
        sample_results.write(other, trials=2)
        self.assertIn("need a folder", self.refuse(self.sample, other, "-o", "both.png"))
        self.assertEqual(2, len(self.draw(self.sample, other, "-o", "folder", self.option,
                                          self.known)))

    def test_takes_any_title(self):
        self.draw(self.broken(title="$\\frac{$ {x}_% " + "very " * 60 + "long\n", start_date=None))

    def test_refuses_what_it_does_not_know(self):
        message = self.refuse(self.sample, "-o", ".", self.option, self.misspelt)
        self.assertIn(f"did you mean '{self.known}'?", message)

    def test_refuses_what_is_no_result(self):
        self.assertIn("no such file", self.refuse("nowhere.h5", run=calling.as_user))
        text = self.here / "text.h5"
        text.write_text("truce-results")
        self.assertIn("HDF5", self.refuse(text))
        cut = self.here / "cut.h5"
        cut.write_bytes(self.sample.read_bytes()[:5000])
        self.assertIn("HDF5", self.refuse(cut))
        self.assertIn("no result of truce", self.refuse(self.broken(format=None)))
        self.assertIn("format version 2.0", self.refuse(self.broken(format_version="2.0")))
        self.assertIn("start date", self.refuse(self.broken(start_date="soon")))

    def test_refuses_a_run_whose_every_trial_failed(self):
        path = self.broken()
        with h5py.File(path, "r+") as file:
            file["trials/status"][:] = 1
        self.assertIn("every trial failed; there is nothing to draw", self.refuse(path))

    def test_refuses_what_lacks_something(self):
        path = self.broken()
        for group in ("endings", "trials"):
            with h5py.File(path, "r+") as file:
                del file[group]
            self.assertIn(f"lacks /{group}", self.refuse(path))


class Outcomes(Plots, unittest.TestCase):
    script, what, option = "plot_outcomes.py", "outcomes", "--outcome"
    known, misspelt = "guests_of_b.freed", "guest_of_b.fred"

    def test_draws_every_outcome(self):
        with h5py.File(self.sample) as file:
            names = [text.decode() for text in file["summary/outcome"]]
        self.draw(self.sample, "-o", ".", *[x for name in names for x in (self.option, name)])

    def test_draws_numbers_that_are_none(self):
        path = self.broken()
        with h5py.File(path, "r+") as file:
            file["trials/least_trust"][:] = float("nan")
            file["trials/half_home"][:3] = [float("inf"), -1e300, 1e300]
            file["trials/duration"][:] = 1e-300
        self.draw(path, self.option, "least_trust", self.option, "half_home", self.option,
                  "duration")

    def test_rows_that_are_not_kept_are_told(self):
        for keep, rows in (("none", 0), ("30", 30)):
            path = self.here / f"keep-{keep}.h5"
            subprocess.run([TRUCE, "run", sample_results.SCENARIO, "-n", "200", "--keep", keep, "-o", path, "--quiet"],
                           check=True)
            results = truce_results.Results(str(path))
            self.assertEqual((200, 0, rows), (results.trials, results.failed, results.rows))
            self.assertIn(" 200 trials, seed 1", results.caption()[-1])
        self.assertEqual("of the first 30 of 200 trials, whose rows are kept.", results.kept(results.rows, results.trials))
        self.assertEqual("", results.kept(200, 200))
        self.assertIn("keeps no rows of its trials (--keep)", self.refuse(self.here / "keep-none.h5"))
        self.assertEqual(1, len(self.draw(path)))


class Timeline(Plots, unittest.TestCase):
    script, what, option = "plot_timeline.py", "timeline", "--timeline"
    known, misspelt = "guests_of_b.freed", "guest_of_b.fred"

    def test_draws_endings_alone_where_there_are_no_timelines(self):
        path = self.broken()
        with h5py.File(path, "r+") as file:
            for name in list(file["timelines"]):
                del file["timelines"][name]
        self.draw(path)

    def test_dates_may_lie_beyond_the_calendar(self):
        self.draw(self.broken(start_date="9999-12-01"))


class Reports(unittest.TestCase):
    """The scripts that draw studies, on what truce itself makes of a small one."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        scenario = calling.SCRIPTS.parent / "scenarios" / "neutral-a-b.yaml"
        for kind, design, vary in (
                ("sample", "{kind: sobol, points: 64}", 'word: prior\n  calm: "uniform(0, 0.1)"'),
                ("saltelli", "{kind: saltelli, points: 16}",
                 'word: prior\n  calm: "uniform(0, 0.1)"'),
                ("morris", "{kind: morris, points: 8}", 'word: prior\n  calm: "uniform(0, 0.1)"'),
                ("line", "{kind: grid}", "word: [0.5, 0.7, 0.9]"),
                ("map", "{kind: grid}", "word: [0.5, 0.9]\n  calm: [0.01, 0.1]"),
                ("one", "{kind: one_at_a_time}", "word: [0.5, 0.9]\n  calm: [0.01, 0.1]")):
            (cls.here / f"{kind}.yaml").write_text(
                f"study: 1\nname: A study\nscenario: {scenario}\ntrials: 100\n"
                f"design: {design}\nvary:\n  {vary}\nvariants:\n  plain: {{}}\n"
                "  calmer: {incidents: {shots_by_a: {rate: 0.001}}}\n")
            cls.truce("study", f"{kind}.yaml", "-o", f"{kind}.h5", "--quiet")
        cls.truce("run", str(scenario), "-n", "50", "-o", "run.h5", "--quiet")
        for name, verb, file, *options in (
                ("compared", "compare", "map.h5"),
                ("sobol", "sensitivity", "saltelli.h5", "--outcome", "half_home"),
                ("effects", "sensitivity", "morris.h5", "--outcome", "duration"),
                ("ranks", "sensitivity", "sample.h5", "--outcome", "duration"),
                ("found", "discover", "sample.h5", "--outcome", "completed")):
            (cls.here / f"{name}.json").write_text(cls.truce(verb, file, *options, "--json"))

    @classmethod
    def truce(cls, *arguments):
        return subprocess.run([TRUCE, *arguments], cwd=cls.here, capture_output=True, text=True,
                              check=True).stdout

    def run_script(self, script, *arguments, run=calling.within):
        return run(script, [*arguments, "-o", "figures"], self.here)

    def test_draws_studies_and_reports(self):
        for script, files in (
                ("plot_sweep.py", ["sample.h5", "line.h5", "map.h5", "one.h5"]),
                ("plot_compare.py", ["compared.json"]),
                ("plot_sensitivity.py", ["sobol.json", "effects.json", "ranks.json"]),
                ("plot_discovery.py", ["found.json"])):
            with self.subTest(script):
                done = self.run_script(script, *files, run=calling.as_user)
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                images = [self.here / line for line in done.stdout.splitlines()]
                self.assertEqual(len(files), len(images))
                for image in images:
                    width, height = png_size(image)
                    self.assertTrue(600 < width < 6000 and 500 < height < 6000, (width, height))
                    self.assertGreater(image.stat().st_size, 20_000)

    def test_refuses_what_is_no_such_thing(self):
        (self.here / "text.json").write_text("[1, 2")
        for script, file, message in (
                ("plot_sweep.py", "compared.json", "HDF5"),
                ("plot_sweep.py", "nowhere.h5", "no such file"),
                ("plot_outcomes.py", "map.h5", "points of a study"),
                ("plot_timeline.py", "map.h5", "points of a study"),
                ("plot_sweep.py", "run.h5", "is of a run"),
                ("plot_compare.py", "nowhere.json", "cannot be read"),
                ("plot_compare.py", "text.json", "is no JSON"),
                ("plot_compare.py", "found.json", "truce compare"),
                ("plot_sensitivity.py", "found.json", "truce sensitivity"),
                ("plot_discovery.py", "sobol.json", "truce discover")):
            with self.subTest((script, file)):
                done = self.run_script(script, file)
                self.assertEqual(2, done.returncode, done.stderr)
                self.assertIn(message, done.stderr)
                self.assertNotIn("Traceback", done.stderr)
        with h5py.File(self.here / "line.h5") as whole, h5py.File(self.here / "none.h5", "w") as file:
            for name in whole:
                whole.copy(name, file)
            file.attrs.update(whole.attrs)
            file["trials/status"][...] = 1
        done = self.run_script("plot_sweep.py", "none.h5")
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertIn("every trial failed; there is nothing to draw", done.stderr)
        for option, name in (("--outcome", "completd"), ("--across", "wrod")):
            done = self.run_script("plot_sweep.py", "map.h5", option, name)
            self.assertEqual(2, done.returncode)
            self.assertIn("did you mean", done.stderr)
        done = self.run_script("plot_compare.py", "compared.json", "--outcome", "completd")
        self.assertIn("did you mean 'completed'?", done.stderr)


if __name__ == "__main__":
    unittest.main()
