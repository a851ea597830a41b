"""The program called in a folder of its own: what most tests of it share. Its tests are given TRUCE and SOURCE_DIR."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
SCENARIOS = SOURCE / "scenarios"
NEUTRAL = SCENARIOS / "neutral-a-b.yaml"
CAIRO = SCENARIOS / "cairo-three-phase.yaml"


class Program(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)

    def small_disk(self, size):
        """The folder `disk`, a file system of its own of that size; only root can make it."""
        folder = self.path / "disk"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder], check=True)
        self.addCleanup(subprocess.run, ["umount", folder], check=True)
        return folder

    def truce(self, *arguments, expect=0, **options):
        """As it ends, which must be with that code."""
        done = subprocess.run([TRUCE, *map(str, arguments)], capture_output=True, text=True, cwd=self.path,
                              check=False, **options)
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr)
        return done
