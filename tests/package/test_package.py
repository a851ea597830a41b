"""A project outside the tree finds the installed package and runs a scenario.

usage: test_package.py BUILD SOURCE COMPILER"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE, COMPILER = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3]
SCENARIO = SOURCE / "scenarios" / "cairo-three-phase.yaml"


def call(*words):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True)
    if done.returncode:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        cls.prefix = root / "prefix"
        call("cmake", "--install", BUILD, "--prefix", cls.prefix)
        call("cmake", "-S", SOURCE / "tests" / "package" / "outside", "-B", root / "build",
             f"-DCMAKE_PREFIX_PATH={cls.prefix}", f"-DCMAKE_CXX_COMPILER={COMPILER}")
        call("cmake", "--build", root / "build")
        cls.program, cls.root = root / "build" / "outside", root

    def test_the_example_of_the_readme_runs(self):
        example = re.search(r"```cpp\n(.*?)```", (SOURCE / "README.md").read_text(), re.S)[1]
        source, program = self.root / "example.cpp", self.root / "example"
        source.write_text(example)
        library = next(self.prefix.rglob("libtruce.so")).parent
        call(COMPILER, "-std=c++20", f"-I{self.prefix / 'include'}", source, f"-L{library}", "-ltruce",
             f"-Wl,-rpath,{library}", "-o", program)
        done = subprocess.run([program], cwd=SOURCE, capture_output=True, text=True)
        self.assertEqual("", done.stderr)
        summary = json.loads(call(self.prefix / "bin" / "truce", "run", SCENARIO, "-n", 10000, "--set",
                                  "engagement=0.9", "-o", self.root / "readme.h5", "--json",
                                  "--quiet"))
        outcome = next(o for o in summary["outcomes"] if o["name"] == "hostages_freed")
        self.assertEqual("{0:.1f} ({1:.1f} to {2:.1f})\n".format(outcome["mean"], *outcome["ci"]),
                         done.stdout)

    def test_it_gives_the_numbers_of_the_installed_program(self):
        numbers, ending = call(self.program, SCENARIO, "civilians.freed").splitlines()
        output = self.root / "run.h5"
        program = self.prefix / "bin" / "truce"
        summary = json.loads(call(program, "run", SCENARIO, "-n", 2000, "--seed", 7, "-o", output,
                                  "--json", "--quiet"))
        outcome = next(o for o in summary["outcomes"] if o["name"] == "civilians.freed")
        self.assertEqual([outcome["mean"], *outcome["ci"]],
                         [float(number) for number in numbers.split()])
        traced = json.loads(call(program, "trace", SCENARIO, "--trial", 0, "--seed", 7, "--json"))
        self.assertEqual(traced["row"]["ending"], ending)

    def test_it_is_told_what_is_wrong(self):
        wrong = self.root / "wrong.yaml"
        wrong.write_text("truce: 2\nhorizn: 3\n")
        done = subprocess.run([self.program, wrong, "x"], capture_output=True, text=True)
        self.assertEqual(2, done.returncode)
        self.assertIn(f"{wrong}:2:1: error: unknown key 'horizn'", done.stdout)

    def test_only_public_headers_are_installed(self):
        installed = {p.relative_to(self.prefix / "include") for p in self.prefix.rglob("*.hpp")}
        public = {p.relative_to(SOURCE / "include") for p in (SOURCE / "include").rglob("*.hpp")}
        self.assertEqual(public, installed)

    def test_only_public_names_are_shown(self):
        library = next(self.prefix.rglob("libtruce.so"))
        names = call("nm", "-DC", "--defined-only", library)
        hidden = [line for line in names.splitlines()
                  if any(f" truce::{layer}::" in line for layer in
                         ("base", "engine", "model", "scenario", "results", "study", "analysis"))]
        self.assertEqual([], hidden[:5])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
