#!/usr/bin/python3
"""Indices of Ishigami's function and Sobol's points, against OpenTURNS: a table in Markdown.

usage: compare_openturns.py build/bin/independent_numbers    (Debian: python3-openturns)
"""

import math
import sys

import numpy as np
import openturns as ot

from asked import ask

PROGRAM = sys.argv[1]
FUNCTION = ot.SymbolicFunction(
    ["a", "b", "c"], ["sin(a) + 7 * sin(b)^2 + 0.1 * c^4 * sin(a)"])
LAW = ot.ComposedDistribution([ot.Uniform(-math.pi, math.pi)] * 3)


def truth() -> list[float]:
    p4 = math.pi ** 4
    joint = 0.01 * p4 * p4 * (1 / 18 - 1 / 50)
    one = (1 + 0.1 * p4 / 5) ** 2 / 2
    two = 49 / 8
    return list(np.array([one, two, 0, one + joint, two, joint]) / (one + two + joint))


def saltelli(base: int) -> list[float]:
    ot.RandomGenerator.SetSeed(1)
    design = ot.SobolIndicesExperiment(LAW, base, False).generate()
    found = ot.SaltelliSensitivityAlgorithm(design, FUNCTION(design), base)
    return list(found.getFirstOrderIndices()) + list(found.getTotalOrderIndices())


def chaos(points: int) -> list[float]:
    (numbers,) = ask(PROGRAM, [f"points sobol {points} 3"])
    x = ot.Sample((np.array(numbers).reshape(points, 3) * 2 - 1) * math.pi)
    algorithm = ot.FunctionalChaosAlgorithm(x, FUNCTION(x), LAW)
    algorithm.run()
    found = ot.FunctionalChaosSobolIndices(algorithm.getResult())
    return ([found.getSobolIndex(i) for i in range(3)]
            + [found.getSobolTotalIndex(i) for i in range(3)])


def row(name: str, values: list[float]) -> None:
    error = max(abs(a - b) for a, b in zip(values, truth()))
    print(f"| {name} | " + " | ".join(f"{v:.4f}" for v in values) + f" | {error:.4f} |")


def discrepancy(points: int) -> None:
    """Root of the centred L2 discrepancy; less is more even."""
    (ours,) = ask(PROGRAM, [f"points sobol {points} 3"])
    ours = ot.Sample(np.array(ours).reshape(points, 3))
    plain = ot.SobolSequence(3).generate(points)
    chance = ot.Sample(np.random.default_rng(1).random((points, 3)))
    centred = ot.SpaceFillingC2()
    print(f"| {points} | " + " | ".join(f"{math.sqrt(centred.evaluate(x)):.5f}"
                                      for x in (ours, plain, chance)) + " |")


print("| indices of Ishigami's function | first 1 | 2 | 3 | total 1 | 2 | 3 | largest error |")
print("| --- | --- | --- | --- | --- | --- | --- | --- |")
row("exact", truth())
for size in (256, 1024):
    row(f"truce, Saltelli, base {size}", ask(PROGRAM, [f"saltelli {size}"])[0])
    row(f"OpenTURNS, Saltelli, base {size}", saltelli(size))
for size in (64, 256):
    row(f"truce, emulator, {size} points", ask(PROGRAM, [f"emulator {size}"])[0])
    row(f"OpenTURNS, chaos, the same {size} points", chaos(size))
print("\n| points | discrepancy of truce's Sobol points | OpenTURNS', not scrambled | random |")
print("| --- | --- | --- | --- |")
for size in (64, 512):
    discrepancy(size)
