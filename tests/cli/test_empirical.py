#!/usr/bin/python3
"""Draws from a column of a CSV file: each row is as likely as any other. Usage: test_empirical.py TRUCE SOURCE_DIR"""

import sys
import unittest

import h5py
import numpy as np

from program import Program

VALUES = np.array([0.5, 7, 0.5, 2, 7, 7, 10.25, -3])
TRIALS = 40_000


class Empirical(Program):
    def columns(self, value, *options):
        """Outcomes x and y of a run: two levels that begin with draws of their own."""
        (self.path / "days.csv").write_text("kind,days\n" + "".join(f"a,{v}\n" for v in VALUES))
        (self.path / "s.yaml").write_text(
            f"truce: 2\nhorizon: 1\nparameters: {{p: {{value: 1, prior: {value}}}}}\n"
            f"levels: {{x: {value}, y: {value}}}\n"
            "outcomes: {x: {value: x}, y: {value: y}, p: {value: p}}\n")
        self.truce("run", "s.yaml", "-n", TRIALS, "--seed", 3, "--quiet", "-o", "s.h5", *options)
        with h5py.File(self.path / "s.h5") as file:
            return {name: file["trials"][name][:] for name in "xyp"}

    def holds(self, drawn, values):
        """The share of each value is that of the rows, within four standard errors; so are the mean and the variance."""
        self.assertEqual(set(np.unique(values)), set(np.unique(drawn)))
        for value in np.unique(values):
            share = (values == value).mean()
            self.assertAlmostEqual(share, (drawn == value).mean(), delta=4 * np.sqrt(share * (1 - share) / TRIALS))
        self.assertAlmostEqual(values.mean(), drawn.mean(), delta=4 * values.std() / np.sqrt(TRIALS))
        squares = (values - values.mean()) ** 2
        self.assertAlmostEqual(squares.mean(), ((drawn - values.mean()) ** 2).mean(),
                               delta=4 * squares.std() / np.sqrt(TRIALS))

    def test_shares_are_those_of_the_rows(self):
        columns = self.columns("\"empirical('days.csv', 'days')\"", "--uncertain")
        for name in "xyp":
            self.holds(columns[name], VALUES)
        # The draws have nothing to do with one another.
        for one, other in (("x", "y"), ("x", "p")):
            self.assertLess(abs(np.corrcoef(columns[one], columns[other])[0, 1]), 4 / np.sqrt(TRIALS))

    def test_what_is_cut_off_leaves_the_shares_of_the_rest(self):
        columns = self.columns("\"truncated(empirical('days.csv', 'days'), 0.5, 7)\"")
        self.holds(columns["x"], VALUES[(VALUES >= 0.5) & (VALUES <= 7)])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
