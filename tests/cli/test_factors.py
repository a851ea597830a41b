#!/usr/bin/python3
"""Factors: overlays that are crossed, and their effects. Usage: test_factors.py TRUCE SOURCE_DIR"""

import json
import math
import sys
import unittest

from studies import StudyTest

FACTORIAL = """truce: 2
name: A known response
horizon: 1
parameters: {a: 0, b: 0, c: 0, e: 0}
levels:
  noise: {initial: "normal(10, 3)"}
  gain: {initial: "uniform(0, 2)"}
outcomes:
  y: {value: noise + (2 + gain) * a + 5 * b + 2 * a * b - 4 * c + 8 * b * c + 0 * e}
"""


class FactorsTest(StudyTest):
    def setUp(self):
        super().setUp()
        (self.path / "base.yaml").write_text(FACTORIAL)
        for factor in "abce":
            (self.path / f"{factor}.yaml").write_text(
                f"truce: 2\nextends: base.yaml\nparameters: {{{factor}: 1}}\n")

    def factorial(self, factors, rest=""):
        of = ", ".join(f"{f}: {f}.yaml" for f in factors)
        self.study.write_text("study: 1\nscenario: base.yaml\ntrials: 2000\nseed: 3\n"
                              f"design: {{kind: grid}}\nfactors: {{{of}}}\n{rest}")
        return self.truce("study", "small.yaml", "-o", "small.h5")

    def effects(self):
        done = self.truce("compare", "small.h5", "--outcome", "y", "--json")
        self.assertEqual(done.returncode, 0, done.stderr)
        return {tuple([e["variant"], *e["factors"]]): e for e in json.loads(done.stdout)["effects"]}

    def test_effects_are_those_of_the_response(self):
        done = self.factorial("abc")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        # Main effects hold the others at the mean of off and on; an interaction is how much more one
        # does where the other is on.
        for factors, value in {("b",): 5 + 1 + 4, ("c",): -4 + 4, ("a", "b"): 2, ("a", "c"): 0,
                               ("b", "c"): 8}.items():
            effect = effects["as_written", *factors]["effect"]
            for key in ["value", "low", "high"]:  # the noise is that of all variants of a trial
                self.assertAlmostEqual(effect[key], value, places=9, msg=(factors, key))
        a = effects["as_written", "a"]["effect"]
        self.assertLess(a["low"], 3 + 1)
        self.assertGreater(a["high"], 3 + 1)
        # 2 standard errors of a uniform(0, 2) on either side
        self.assertAlmostEqual(a["high"] - a["low"], 2 * 1.96 * math.sqrt(1 / 3 / 2000), delta=0.004)
        self.assertEqual({tuple(e["aliases"]) for e in effects.values()}, {()})
        text = self.truce("compare", "small.h5", "--outcome", "y").stdout
        self.assertRegex(text, r"y +b x c +8 \(8 to 8\)")

    def test_a_half_fraction_names_what_it_cannot_tell_apart(self):
        done = self.factorial("abce", "fraction: 1/2\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        # Main effects are free of interactions of two; those come in pairs that add up.
        self.assertAlmostEqual(effects["as_written", "b"]["effect"]["value"], 5 + 1 + 4, places=9)
        self.assertEqual(effects["as_written", "b"]["aliases"], [])
        self.assertEqual(effects["as_written", "a", "b"]["aliases"], ["c x e"])
        self.assertAlmostEqual(effects["as_written", "a", "b"]["effect"]["value"], 2, places=9)
        self.assertAlmostEqual(effects["as_written", "a", "e"]["effect"]["value"], 8, places=9)
        self.assertIn("cannot tell", self.truce("compare", "small.h5", "--outcome", "y").stdout)

    def test_factors_cross_variants(self):
        done = self.factorial("ab", "variants: {low: {}, high: {parameters: {c: 1}}}\n")
        self.assertEqual(done.returncode, 0, done.stderr)
        effects = self.effects()
        self.assertAlmostEqual(effects["low", "b"]["effect"]["value"], 6, places=9)
        self.assertAlmostEqual(effects["high", "b"]["effect"]["value"], 14, places=9)
        text = self.truce("compare", "small.h5", "--outcome", "y").stdout
        for name in ["low+a", "low+b", "low+a+b", "high", "high+a+b"]:
            self.assertIn(name, text)

    def test_what_is_wrong_with_factors(self):
        def told(factors, rest=""):
            done = self.factorial(factors, rest)
            self.assertEqual(done.returncode, 2)
            return done.stderr
        self.assertIn("small.yaml:7:11: error: half of 2 factors (with fewer than 3 their effects "
                      "cannot be told apart); remove 'fraction'", told("ab", "fraction: 1/2\n"))
        self.assertIn("small.yaml:7:11: error: 'fraction' is '1/3'; write 1/2",
                      told("abc", "fraction: 1/3\n"))
        self.assertIn("small.yaml:6:25: error: cannot read the base 'z.yaml'", told("az"))
        (self.path / "f.yaml").write_text("truce: 2\nextends: other.yaml\nparameters: {a: 1}\n")
        (self.path / "other.yaml").write_text(FACTORIAL)
        self.assertIn("small.yaml:6:25: error: the overlay 'f.yaml' builds on 'other.yaml'",
                      told("af"))
        self.assertIn("two variants are called 'a'",
                      told("ab", "variants: {as_written: {}, a: {}}\n"))

    def test_a_varied_parameter_that_one_variant_deletes(self):
        text = "vary: {e: [0, 1]}\nvariants: {kept: {}, gone: {extends: gone.yaml}}\n"
        (self.path / "gone.yaml").write_text(
            FACTORIAL.replace(", e: 0", "").replace(" + 0 * e", ""))
        self.study.write_text("study: 1\nscenario: base.yaml\ntrials: 20\n"
                              "design: {kind: grid}\n" + text)
        done = self.truce("study", "small.yaml", "-o", "small.h5")
        self.assertIn("small.yaml:5:8: error: the variant 'gone' has no parameter 'e' ('kept' has "
                      "it; what is varied is varied in all of them); keep the parameter in every "
                      "variant, or do not vary it", done.stderr)


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
