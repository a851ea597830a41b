#!/usr/bin/python3
"""What `sensitivity` makes of a sample. Usage: test_sensitivity.py TRUCE SOURCE_DIR"""

import json
import sys
import unittest

import h5py
import numpy as np
import yaml

from studies import STUDIES, StudyTest


class ReadingSamples(StudyTest):
    """What sensitivity prints for a sample, against what is known of the outcome."""

    def study_of(self, design, vary, outcomes, parameters="", extra="",
                 phases="  only: {lasts: 1 day}\n"):
        (self.path / "s.yaml").write_text(f"""truce: 2
name: Functions of two numbers
horizon: 2 days
parties:
  a: {{role: principal}}
  b: {{role: principal}}
parameters:
  x: {{value: 0.5, prior: "uniform(0, 1)"}}
  w: {{value: 0.5, prior: "uniform(0, 1)"}}
{parameters}phases:
{phases}{extra}outcomes:
{outcomes}""")
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\ntrials: 4\n"
                              f"design: {design}\n" + (f"vary: {vary}\n" if vary else ""))
        self.sound("study", "small.yaml", "-o", "s.h5", "--force", "--quiet")

    def report(self, *arguments):
        return json.loads(self.sound("sensitivity", "s.h5", "--json", *arguments))["variants"][0]

    def test_indices_come_from_an_emulator_that_says_how_good_it_is(self):
        self.study_of("{kind: sobol, points: 128}", "{x: prior, w: prior}",
                      "  bowl: {value: (x - 0.5)^2 + 0.5 * w * x}\n")
        report = self.report("--outcome", "bowl", "--group", "x,w")
        self.assertGreater(report["q_squared"], 0.999)
        # E = w/4 + (x - 1/2)^2 alone: variances by hand.
        x_alone = 1 / 180 + 1 / 16 / 12  # of (x - 1/2)^2 + x / 4
        w_alone, both = 1 / 16 / 12, 1 / 4 / 144
        whole = x_alone + w_alone + both
        self.assertAlmostEqual(x_alone / whole, report["parameters"]["x"]["first"]["value"], 2)
        self.assertAlmostEqual((w_alone + both) / whole,
                               report["parameters"]["w"]["total"]["value"], 2)
        self.assertAlmostEqual(both / whole, report["pairs"]["x x w"]["second"]["value"], 2)
        self.assertAlmostEqual(1, report["groups"]["x, w"]["first"]["value"], 2)
        text = self.sound("sensitivity", "s.h5", "--outcome", "bowl", "--group", "x,w")
        self.assertIn("Q^2 = 1.000", text)
        self.assertIn("x, w", text)
        self.assertIn("'y' is not varied", self.wrong("sensitivity", "s.h5", "--outcome", "bowl",
                                                      "--group", "x,y"))

    def test_an_emulator_that_foretells_little_is_refused_with_advice(self):
        jagged = "  jagged: {value: \"sin(300 * x + 200 * w)\"}\n"
        self.study_of("{kind: latin_hypercube, points: 64}", "{x: prior, w: prior}",
                      jagged.replace("sin(300 * x + 200 * w)", "(97 * x + 61 * w) - floor(97 * x + 61 * w)"))
        report = self.report("--outcome", "jagged")
        self.assertLess(report["q_squared"], 0.5)
        self.assertNotIn("first", report["parameters"]["x"])
        self.assertIn("prcc", report["parameters"]["x"])
        self.assertIn("more points would help", report["warnings"][0])

    def test_regression_is_on_the_parameters_themselves(self):
        self.study_of("{kind: sobol, points: 256}", "{x: \"lognormal(1, 3)\", w: \"bernoulli(0.2)\"}",
                      "  same: {value: x}\n  coin: {value: w}\n")
        for outcome, name in (("same", "x"), ("coin", "w")):
            measures = self.report("--outcome", outcome)["parameters"]
            for measure in ("src", "prcc", "first", "total"):
                self.assertAlmostEqual(1, measures[name][measure]["value"], 3, (outcome, measure))
            for other in {"x", "w"} - {name}:
                self.assertAlmostEqual(0, measures[other]["prcc"]["value"], 3)
            self.assertEqual(1, measures[name]["prcc"]["low"])

    def test_correlated_priors_may_be_varied_where_nothing_is_drawn(self):
        correlated = "correlations: [{between: [x, w], rho: 0.5}]\n"
        outcomes = "  sum: {value: x + w}\n"
        (self.path / "points.csv").write_text("x,w\n0.1,0.2\n0.5,0.3\n")
        for design, vary in (("{kind: grid}", "{x: [0.1, 0.2]}"),
                             ("{kind: one_at_a_time}", "{x: [0.1, 0.2]}"),
                             ("{kind: list, file: points.csv}", "")):
            self.study_of(design, vary, outcomes, extra=correlated)
        self.study.write_text("study: 1\nname: n\nscenario: s.yaml\n"
                              "design: {kind: sobol, points: 8}\nvary: {x: prior}\n")
        self.assertIn("correlated prior (this design draws its parameters independently)",
                      self.wrong("check", "small.yaml"))

    def test_screening_tells_its_intervals_or_why_it_has_none(self):
        self.study_of("{kind: morris, points: 20}", "{x: prior, w: prior}",
                      "  joint: {value: x * w + x}\n")
        for measure in ("mu", "mu_star", "sigma"):
            e = self.report("--outcome", "joint")["parameters"]["x"][measure]
            self.assertLess(e["low"], e["value"])
            self.assertLess(e["value"], e["high"])
        self.study_of("{kind: morris, points: 4}", "{x: prior, w: prior}",
                      "  joint: {value: x * w + x}\n")
        report = self.report("--outcome", "joint")
        self.assertIsNone(report["parameters"]["x"]["sigma"]["low"])
        self.assertIn("4 trajectories", report["warnings"][0])

    def test_screening_names_the_parameters_whose_effects_may_be_too_skewed(self):
        # The effect of x is w^6, of 0.001 to 0.57; that of w is 3 and about the same.
        self.study_of("{kind: morris, points: 60}", "{x: prior, w: prior}",
                      "  skewed: {value: x * w^6}\n  even: {value: x + 2 * w}\n")
        warning = self.report("--outcome", "skewed")["warnings"][0]
        self.assertIn("60 trajectories are few for effects that may be so skewed: the intervals of x",
                      warning)
        self.assertEqual([], self.report("--outcome", "even")["warnings"])

    def test_screening_and_emulator_warn_of_noise(self):
        noisy = "  noisy: {value: x + 6 * w * guests.freed}\n"
        extra = "cohorts: {guests: {held_by: a, living: 1}}\n"
        give = ("  only: {lasts: 1 day, obligations: {give: {by: a, release: guests, "
                "due: [{day: 1, count: 1}], comply: 0.5}}}\n")
        for design, words in (("{kind: morris, points: 40}", "it makes mu_star too large"),
                              ("{kind: sobol, points: 256}", "the trials' noise")):
            self.study_of(design, "{x: prior, w: prior}", noisy, extra=extra, phases=give)
            self.assertIn(words, " ".join(self.report("--outcome", "noisy")["warnings"]))

    def test_points_that_are_no_power_of_two_are_warned_of(self):
        for points, warned in ((64, False), (100, True), (128, False)):
            self.study_of(f"{{kind: sobol, points: {points}}}", "{x: prior, w: prior}",
                          "  sum: {value: x + 2 * w}\n")
            warnings = self.report("--outcome", "sum")["warnings"]
            self.assertEqual(warned, bool(warnings), warnings)
            if warned:
                self.assertIn("100 points are no power of two", warnings[0])
                self.assertIn("take 64 or 128", warnings[0])

    def test_few_points_are_warned_of(self):
        outcomes = "  sum: {value: x + 2 * w}\n"
        self.study_of("{kind: saltelli, points: 64}", "{x: prior, w: prior}", outcomes)
        self.assertIn("64 points in the base sample: the intervals may hold less often than 95 %",
                      self.report("--outcome", "sum")["warnings"][0])
        self.study_of("{kind: saltelli, points: 256}", "{x: prior, w: prior}", outcomes)
        self.assertEqual([], self.report("--outcome", "sum")["warnings"])
        for count, warned in ((100, True), (200, False)):
            rows = [(i / count, (7 * i % count + i) / 2 / count) for i in range(count)]
            (self.path / "points.csv").write_text(
                "x,w\n" + "".join(f"{x},{w}\n" for x, w in rows))
            self.study_of("{kind: list, file: points.csv}", "", outcomes)
            report = self.report("--outcome", "sum")
            self.assertIn("shapley", report["parameters"]["x"])
            self.assertEqual(warned, any(f"{count} points: the intervals of Shapley effects" in w
                                         for w in report["warnings"]), report["warnings"])

    def test_replicates_of_a_saltelli_design(self):
        outcomes = "  sum: {value: x + 2 * w}\n"
        self.study_of("{kind: saltelli, points: 64, replicates: 8}", "{x: prior, w: prior}", outcomes)
        self.assertIn("from 8 independent replicates",
                      self.sound("sensitivity", "s.h5", "--outcome", "sum"))
        self.study.write_text(self.study.read_text().replace("replicates: 8", "replicates: 7"))
        self.assertIn("'replicates' does not divide 'points'", self.wrong("check", "small.yaml"))


class IndependentIndices(StudyTest):
    def reduced(self, name, trials, points):
        """The results of a shipped study as a Saltelli design."""
        study = yaml.safe_load((STUDIES / name).read_text())
        study["scenario"], study["trials"] = str(STUDIES / study["scenario"]), trials
        study["design"] = {"kind": "saltelli", "points": points}
        study["variants"] = {"as_written": {"timelines": None}}
        (self.path / name).write_text(yaml.safe_dump(study))
        output = name.replace(".yaml", ".h5")
        self.sound("study", name, "-o", output, "--quiet")
        return output

    def test_sobol_indices_by_an_independent_script(self):
        output = self.reduced("drivers.yaml", trials=100, points=32)
        report = json.loads(self.sound("sensitivity", output, "--json", "--outcome",
                                       "hostages_freed"))["variants"][0]["parameters"]
        with h5py.File(self.path / output) as file:
            names = list(file["design/parameter"].asstr()[:])
            trials = file["trials/hostages_freed"][:]
        batches = np.stack([trials[:, b::20].mean(axis=1) for b in range(20)])
        samples = batches.reshape(20, -1, 32)
        samples = samples - samples[:, :2].mean(axis=(1, 2), keepdims=True)

        def between(x, y):
            """[replicate]: sum over its rows, mean over pairs of different batches of x times y, both
            [batch, row]."""
            replicates = x.shape[1] // 4
            x, y = (z.reshape(20, replicates, 4) for z in (x, y))
            pairs = np.einsum("bri,cri->rbc", x, y)
            return (pairs.sum(axis=(1, 2)) - np.einsum("rbb->r", pairs)) / (20 * 19)

        def share_in_others(above, below):
            return np.clip((above.sum() - above) / (below.sum() - below), 0, 1)
        a, b, *mixed = samples.swapaxes(0, 1)
        a_b = between(a, b)
        for name, ab in zip(names, mixed, strict=True):
            of_a = (between(a, a) + between(ab, ab)) / 2
            of_b = (between(b, b) + between(ab, ab)) / 2
            first = between(b, ab) - share_in_others(between(a, ab), of_a) * a_b
            others = between(a, ab) - share_in_others(first, of_b) * a_b
            first = first.sum() / of_b.sum()
            total = 1 - others.sum() / of_a.sum()
            self.assertAlmostEqual(first, report[name]["first"]["value"], places=9)
            self.assertAlmostEqual(total, report[name]["total"]["value"], places=9)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
