"""A project outside the tree finds the installed package and runs a scenario.

usage: test_package.py BUILD SOURCE COMPILER C_COMPILER"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
COMPILER, C_COMPILER = sys.argv[3:]
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

    def client(self, *options):
        """The program in C, compiled as C11 and linked with what is installed."""
        library = next(self.prefix.rglob("libtruce.so")).parent
        program = self.root / "client"
        call(C_COMPILER, "-std=c11", "-D_POSIX_C_SOURCE=200809L", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-g",
             *options, f"-I{self.prefix / 'include'}", SOURCE / "tests/package/outside/client.c",
             f"-L{library}", "-ltruce", "-lm", "-lpthread", f"-Wl,-rpath,{library}", "-o", program)
        return program

    def test_c_has_the_numbers_of_the_installed_program(self):
        told = call(self.client(), SCENARIO, "engagement", 0.9, "civilians.freed").splitlines()
        program = self.prefix / "bin" / "truce"
        settings = ["--seed", 7, "--set", "engagement=0.9"]
        summary = json.loads(call(program, "run", SCENARIO, "-n", 2000, *settings, "-o",
                                  self.root / "c.h5", "--json", "--quiet"))
        outcome = next(o for o in summary["outcomes"] if o["name"] == "civilians.freed")
        self.assertEqual([outcome["mean"], *outcome["ci"]], [float(number) for number in told[0].split()])
        traced = json.loads(call(program, "trace", SCENARIO, "--trial", 0, *settings, "--json"))
        for event in traced["events"]:
            del event["draws"], event["later_draws"]
        self.assertEqual(traced, json.loads(told[2]))
        self.assertEqual(traced["row"]["ending"], told[1])

    def test_c_leaves_no_memory_behind_and_uses_none_that_is_not_its_own(self):
        # Valgrind cannot run what holds Boost's inverse error function (tests/README.md).
        program = self.client("-fsanitize=address", "-fno-omit-frame-pointer")
        done = subprocess.run([program, SCENARIO, "engagement", "0.9", "civilians.freed"], text=True,
                              capture_output=True, env=dict(os.environ, ASAN_OPTIONS="detect_leaks=1"))
        self.assertEqual((0, ""), (done.returncode, done.stderr))

    def test_only_public_headers_are_installed(self):
        def headers(folder):
            return {p.relative_to(folder) for p in folder.rglob("*.h*")}
        self.assertEqual(headers(SOURCE / "include"), headers(self.prefix / "include"))

    def test_only_public_names_are_shown(self):
        library = next(self.prefix.rglob("libtruce.so"))
        names = call("nm", "-DC", "--defined-only", library)
        hidden = [line for line in names.splitlines()
                  if any(f" truce::{layer}::" in line for layer in
                         ("base", "engine", "model", "scenario", "results", "study", "analysis"))]
        self.assertEqual([], hidden[:5])


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
