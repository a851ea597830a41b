"""What tests of a plot script share that draws from files which the program has written."""

import os
import pathlib
import subprocess
import tempfile
import unittest

import calling
import sample_results
from test_plots import png_size

TRUCE = os.environ.get("TRUCE", "truce")  # the program


class Drawing(unittest.TestCase):
    """In a folder of its own, once for all tests of a class."""
    script = what = None

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.here = pathlib.Path(folder.name)

    @classmethod
    def truce(cls, verb, name, *options, scenario=sample_results.SCENARIO):
        """The file `name` of the folder, by a verb."""
        subprocess.run([TRUCE, verb, str(scenario), "-o", name, *options], cwd=cls.here, capture_output=True,
                       check=True)

    def run_script(self, *arguments, run=calling.within):
        return run(self.script, arguments, self.here)

    def draw(self, *arguments, run=calling.within):
        done = self.run_script(*arguments, run=run)
        self.assertEqual((0, ""), (done.returncode, done.stderr))
        return [self.here / line for line in done.stdout.splitlines()]

    def refuse(self, *arguments):
        done = self.run_script(*arguments)
        self.assertEqual(2, done.returncode, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        return done.stderr

    def check_beside(self, *names):
        """Drawn beside each file, as a user calls it, and of a size that can be read."""
        images = self.draw(*(f"{name}.h5" for name in names), run=calling.as_user)
        self.assertEqual([f"{name}-{self.what}.png" for name in names], [image.name for image in images])
        for image in images:
            width, height = png_size(image)
            self.assertTrue(1500 < width < 4000 and 500 < height < 5000, (width, height))
            self.assertGreater(image.stat().st_size, 20_000)
