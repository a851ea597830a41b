"""plot_turning_points.py, from outside: on what truce why writes, and on files that are none of its."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import h5py

import calling
import sample_results
from test_plots import png_size

TRUCE = os.environ.get("TRUCE", "truce")  # the program
SCRIPT = "plot_turning_points.py"


class TurningPoints(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)
        cls.why("why.h5")
        cls.why("freed.h5", "--outcome", "guests_of_b.freed", "--by", "1")

    @classmethod
    def why(cls, name, *options):
        subprocess.run([TRUCE, "why", str(sample_results.SCENARIO), "--trials", "40", "-o", name, *options],
                       cwd=cls.here, capture_output=True, check=True)

    def run_script(self, *arguments, run=calling.within):
        return run(SCRIPT, arguments, self.here)

    def refuse(self, *arguments):
        done = self.run_script(*arguments)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr

    def test_draws_beside_the_file(self):
        done = self.run_script("why.h5", "freed.h5", run=calling.as_user)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        images = [self.here / line for line in done.stdout.splitlines()]
        self.assertEqual(["why-turning-points.png", "freed-turning-points.png"], [image.name for image in images])
        for image in images:
            width, height = png_size(image)
            self.assertTrue(1500 < width < 4000 and 500 < height < 4000, (width, height))
            self.assertGreater(image.stat().st_size, 20_000)

    def test_draws_the_streams_asked_for(self):
        with h5py.File(self.here / "why.h5") as file:
            streams = [name.decode() for name in file["turning_points/stream"]]
        self.assertGreater(len(streams), 3)
        sizes = []
        for count in (1, len(streams)):
            asked = [part for name in streams[:count] for part in ("--stream", name)]
            done = self.run_script("why.h5", *asked, "-o", f"{count}.png")
            self.assertEqual((0, ""), (done.returncode, done.stderr))
            sizes.append(png_size(self.here / f"{count}.png")[1])
        self.assertLess(*sizes)
        self.assertIn("did you mean 'next_step.agree'?", self.refuse("why.h5", "--stream", "next_stp.agree"))

    def test_refuses_what_has_no_turning_points(self):
        sample_results.write(self.here / "run.h5", trials=20)
        self.assertIn("truce why", self.refuse("run.h5"))
        self.assertIn("no such file", self.refuse("nowhere.h5"))

    def test_says_where_nothing_could_have_changed(self):
        (self.here / "still.yaml").write_text("truce: 2\nhorizon: 10\n")
        subprocess.run([TRUCE, "why", "still.yaml", "--trials", "5", "-o", "still.h5"], cwd=self.here, check=True,
                       capture_output=True)
        self.assertIn("no single draw", self.refuse("still.h5"))


if __name__ == "__main__":
    unittest.main()
