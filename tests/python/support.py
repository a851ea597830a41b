"""What the tests of the Python module share."""

import os
import pathlib
import subprocess

import numpy as np

TRUCE = os.environ["TRUCE"]
ROOT = pathlib.Path(__file__).resolve().parents[2]
CAIRO = ROOT / "scenarios" / "cairo-three-phase.yaml"

LOTS = """\
truce: 2
name: Lots
horizon: 10
parameters:
  p: {value: 0.25, prior: "uniform(0, 1)"}
parties: {north: {role: principal}, south: {role: principal}}
cohorts:
  prisoners: {held_by: north, living: 10}
begin:
  - release: {prisoners: "binomial(10, p)"}
outcomes:
  few: {value: prisoners.freed < 1}
  never: {first: prisoners.freed > 20}
"""
# A trial fails where the chance is above 1: half of them.
BREAKS = LOTS.replace("binomial(10, p)", "binomial(10, p * uniform(0, 8))")


def truce(*words, cwd=None, code=0):
    """The program's standard output."""
    done = subprocess.run([TRUCE, *map(str, words)], capture_output=True, text=True, cwd=cwd)
    if done.returncode != code:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stderr}")
    return done.stdout


def assert_same(test, expected, found, what=""):
    """Two datasets are the same: names, order, dimensions, types, attributes, and every value."""
    test.assertEqual(dict(expected.sizes), dict(found.sizes), what)
    test.assertEqual(list(expected.data_vars), list(found.data_vars), what)
    test.assertEqual(set(expected.coords), set(found.coords), what)
    assert_same_attributes(test, expected.attrs, found.attrs, what)
    for name in expected.variables:
        a, b = expected[name], found[name]
        where = f"{what} {name}"
        test.assertEqual((a.dims, a.dtype), (b.dims, b.dtype), where)
        assert_same_attributes(test, a.attrs, b.attrs, where)
        if a.dtype.kind == "f":
            np.testing.assert_array_equal(a.values, b.values, where)  # NaN equals NaN
            valid = ~np.isnan(a.values)
            test.assertEqual(a.values[valid].tobytes(), b.values[valid].tobytes(), where)
        elif a.dtype.kind == "O":
            test.assertEqual(a.values.tolist(), b.values.tolist(), where)
        else:
            test.assertEqual(a.values.tobytes(), b.values.tobytes(), where)


def assert_same_attributes(test, expected, found, where):
    # Their order is nobody's: HDF5 gives it as it has come to lie.
    test.assertEqual(set(expected), set(found), where)
    for name, value in expected.items():
        test.assertEqual(np.asarray(value).dtype, np.asarray(found[name]).dtype, f"{where} {name}")
        np.testing.assert_array_equal(value, found[name], f"{where} {name}")
