#!/usr/bin/python3
"""The worked studies of scenarios/studies/README.md and the example of README.md, by the pages' own commands:
every number of a table, and of the sentences, is the one computed, in the digits printed.
Usage: test_worked_studies.py TRUCE SOURCE_DIR
"""

import json
import pathlib
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy as np
import yaml

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
STUDIES = SOURCE / "scenarios" / "studies"
NUMBER = r"[-+−]?[\d,]*\.?\d+"


def sections(path):
    """{heading: text} of a page."""
    parts = re.split(r"^## (.*)\n", path.read_text(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2]))


def blocks(text, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(text):
    return [line for block in blocks(text, "sh") for line in block.splitlines() if line]


def tables(text):
    """[[row]] of the tables of a text, a row being {column: cell}."""
    found, heading = [], None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else None
        if cells is None:
            heading = None
        elif heading is None:
            heading = cells
            found.append([])
        elif not set(line) <= set("|- "):
            found[-1].append(dict(zip(heading, cells, strict=True)))
    return found


def number(text):
    """(value, half of its last digit)."""
    text = text.replace("−", "-").replace(",", "")
    return float(text), 0.5 * 10.0 ** -len(text.partition(".")[2])


class Pages(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)
        (self.here / "bin").mkdir()
        (self.here / "bin" / "truce").symlink_to(TRUCE)
        (self.here / "build").mkdir()
        (self.here / "build" / "bin").symlink_to(self.here / "bin")
        (self.here / "scenarios").symlink_to(SOURCE / "scenarios")
        (self.here / "scripts").symlink_to(SOURCE / "scripts")
        (self.here / "results").mkdir()

    def run_lines(self, lines, variables=()):
        """The lines of a page, in one shell, by this folder's truce; stops at the first that fails."""
        script = "set -e\n" + "\n".join(lines)
        done = subprocess.run(["bash", "-c", script], cwd=self.here, capture_output=True, text=True,
                              check=False, env={"PATH": f"{self.here / 'bin'}:/usr/bin:/bin", **dict(variables)})
        self.assertEqual(0, done.returncode, done.stderr + done.stdout)

    def told(self, verb, *arguments):
        done = subprocess.run([str(TRUCE), verb, *map(str, arguments), "--json"], cwd=self.here,
                              capture_output=True, text=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr)
        return json.loads(done.stdout)

    def equal(self, text, value, where):
        """A printed number is the computed one."""
        printed, half = number(text)
        self.assertLessEqual(abs(printed - value), half * (1 + 1e-6) + 1e-12, f"{where}: {text}, computed {value}")

    def estimate(self, text, computed, where):
        """'0.5 (0.4 to 0.6)'."""
        numbers = re.fullmatch(rf"({NUMBER}) \(({NUMBER}) to ({NUMBER})\)", text)
        self.assertIsNotNone(numbers, f"{where}: {text}")
        for told, key in zip(numbers.groups(), ("value", "low", "high")):
            self.equal(told, computed[key], where)

    def claims(self, text, claims):
        """Each sentence stands on the page, and its numbers (in braces) are the computed ones."""
        text = " ".join(text.split())
        for sentence, *values in claims:
            pattern = "".join(rf"({NUMBER})" if part == "{}" else re.escape(part)
                              for part in re.split(r"(\{\})", sentence))
            found = re.search(pattern, text)
            self.assertIsNotNone(found, f"not on the page: {sentence}")
            self.assertEqual(len(found.groups()), len(values), sentence)
            for printed, value in zip(found.groups(), values):
                self.equal(printed, value, sentence)
