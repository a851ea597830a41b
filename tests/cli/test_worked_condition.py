#!/usr/bin/python3
"""scenarios/studies/january-day-20.md by its own commands: the numbers of its tables and sentences are those computed.
Usage: test_worked_condition.py TRUCE SOURCE_DIR
"""

import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
PAGE = SOURCE / "scenarios" / "studies" / "january-day-20.md"
OUTCOMES = {"persons freed alive": "freed_alive", "prisoners and detainees freed": "prisoners_freed",
            "suspensions announced and not begun": "announced", "days of calm after the phase": "days_of_calm"}
ENDINGS = {"a second phase": "second_phase", "collapsed": "collapsed"}


def rows(page, heading):
    """Cells of the table whose heading begins so."""
    found, inside = [], False
    for line in page.splitlines():
        if not line.startswith("|"):
            inside = False
        elif line.startswith(f"| {heading} |"):
            inside = True
        elif inside and not set(line) <= set("|- "):
            found.append([cell.strip() for cell in line.strip("|").split("|")])
    return found


class Page(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        here = pathlib.Path(folder.name) / "studies"
        here.mkdir()
        (here.parent / "history").symlink_to(SOURCE / "scenarios" / "history")
        cls.page = PAGE.read_text()
        cls.shows = {}
        for block in re.findall(r"^```sh\n(.*?)^```$", cls.page, re.MULTILINE | re.DOTALL):
            for line in block.splitlines():
                words = shlex.split(line)
                if words[0] != "truce":
                    assert (SOURCE / words[0]).exists(), line
                    continue
                done = subprocess.run([TRUCE, *words[1:], "--json"], cwd=here, capture_output=True, text=True, check=True)
                cls.shows[words[words.index("-o") + 1].removesuffix(".h5")] = json.loads(done.stdout)

    def equal(self, printed, value):
        printed = printed.replace(",", "")
        self.assertRegex(printed, r"^[\d.]+(e-\d+)?$")
        mantissa, _, power = printed.partition("e")
        half = 0.5 * 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))
        self.assertLessEqual(abs(float(printed) - value), half * (1 + 1e-6), (printed, value))

    def interval(self, cell, *values):
        found = re.fullmatch(r"(\S+) \((\S+) to (\S+)\)", cell)
        self.assertIsNotNone(found, cell)
        for printed, value in zip(found.groups(), values):
            self.equal(printed, value)

    def test_facts_and_evidence(self):
        told = self.shows["day-20"]["conditioned"]
        table = rows(self.page, "known")
        self.assertEqual(len(told["facts"]), len(table))
        for (_, share, evidence), fact in zip(table, told["facts"]):
            self.equal(share, 100 * fact["share"])
            self.equal(evidence, fact["evidence"])
        table = rows(self.page, "assumptions")
        self.assertEqual(4, len(table))
        for _, file, evidence in table:
            of = self.shows[file]["conditioned"]
            self.interval(evidence, of["evidence"], *of["evidence_ci"])
        factor = self.shows["half"]["conditioned"]["evidence"] / self.shows["strict"]["conditioned"]["evidence"]
        self.assertIn(f"The facts are {factor:.1f} times as likely", self.page)

    def test_the_posterior_is_the_one_found_by_hand(self):
        moved = [each for each in self.shows["day-20"]["conditioned"]["posterior"] if each["moved"]]
        self.assertEqual(["order_kept"], [each["name"] for each in moved])
        self.assertAlmostEqual(0.8, moved[0]["prior_mean"], delta=0.01)
        self.assertAlmostEqual(2 / 3, moved[0]["mean"], delta=0.01)

    def test_what_now(self):
        of = {file: {each["name"]: each for each in self.shows[file]["outcomes"]} for file in ("day-0", "day-20")}
        for words, *cells in rows(self.page, "outcome"):
            for cell, file in zip(cells, of):
                outcome = of[file][OUTCOMES[words]]
                self.interval(cell, outcome["mean"], *outcome["ci"])
        for words, *cells in rows(self.page, "ending"):
            for cell, file in zip(cells, of):
                share = next(each for each in self.shows[file]["endings"] if each["name"] == ENDINGS[words])
                self.interval(cell, *(100 * x for x in (share["probability"], *share["ci"])))

    def test_the_whole_course(self):
        told = self.shows["whole"]["conditioned"]
        said = re.search(r"about (\S+) \((\S+) to (\S+)\), from (\S+) trials begun", " ".join(self.page.split()))
        for printed, value in zip(said.groups(), (told["evidence"], *told["evidence_ci"], told["trials_started"])):
            self.equal(printed, value)
        self.assertLess(told["evidence_ci"][0], 5.1e-5)
        self.assertGreater(told["evidence_ci"][1], 5.1e-5)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
