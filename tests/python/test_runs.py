"""Runs in Python are those that the program writes, to the last bit: variables, dimensions, types,
attributes and values of every group."""

import json
import os
import pathlib
import tempfile
import unittest
import warnings

import h5py
import netCDF4
import xarray as xr

import truce
from support import BREAKS, CAIRO, LOTS, assert_same
from support import truce as program


def groups_of(path):
    """The names of all groups of a file."""
    names = ["/"]
    with h5py.File(path, "r") as file:
        file.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Group) else None)
    return names


class Runs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def written(self, text):
        path = self.folder / "scenario.yaml"
        path.write_text(text)
        return path

    def file_of(self, scenario, trials, *options, code=0):
        output = self.folder / "run.h5"
        program("run", scenario, "-n", trials, *options, "-o", output, "--quiet", "--force", code=code)
        return output

    def compare(self, scenario, trials, options, settings, code=0):
        """All groups, each by itself, on several numbers of threads."""
        file = self.file_of(scenario, trials, *options, code=code)
        with xr.open_dataset(file, group="trials") as expected:
            expected.load()
        for threads in (1, 2, 7):
            with warnings.catch_warnings(record=True):
                found = truce.run(scenario, trials, threads=threads, **settings)
            assert_same(self, expected, found, "trials")
        before = set(os.listdir(self.folder))
        with warnings.catch_warnings(record=True):
            found = truce.run_groups(scenario, trials, threads=2, **settings)
        self.assertEqual(before, set(os.listdir(self.folder)))
        self.assertEqual(set(groups_of(file)), set(found))
        with netCDF4.Dataset(file) as opened:  # once: each opening reads the whole tree of groups
            for name, dataset in found.items():
                group = opened if name == "/" else opened[name]
                assert_same(self, xr.open_dataset(xr.backends.NetCDF4DataStore(group)).load(), dataset, name)
        return found

    def test_the_main_scenario(self):
        found = self.compare(CAIRO, 1500, ["--seed", 7, "--set", "engagement=0.9"],
                             {"seed": 7, "set": {"engagement": 0.9}})
        self.assertIn("timelines", found)
        self.assertEqual(1500, found["/"].attrs["trials"])

    def test_parameters_that_are_drawn(self):
        found = self.compare(CAIRO, 1100, ["--uncertain"], {"uncertain": True})
        self.assertIn("engagement", found["parameters"])

    def test_trials_that_fail(self):
        scenario = self.written(BREAKS)
        found = self.compare(scenario, 300, [], {}, code=1)
        self.assertEqual(found["/"].attrs["trials_failed"], found["trials"].status.sum())
        with self.assertWarnsRegex(RuntimeWarning, r"^1?\d\d of 300 trials failed; trial \d+: .*binomial"):
            run = truce.run(scenario, 300)
        self.assertTrue(100 < int(run.status.sum()) < 200)
        with self.assertWarnsRegex(RuntimeWarning, "of 300 trials failed"):
            truce.run_groups(scenario, 300)

    def test_what_never_came_and_kinds(self):
        found = self.compare(self.written(LOTS), 40, [], {})["trials"]
        self.assertEqual("never", found["never"].attrs["missing"])
        self.assertTrue(bool(found["never"].isnull().all()))
        self.assertEqual(("bool", "int32", "int8"),
                         tuple(str(found[name].dtype) for name in ("few", "prisoners.freed", "ending")))

    def test_a_trial_is_told(self):
        told = json.loads(program("trace", CAIRO, "--trial", 17, "--seed", 3, "--json"))
        for event in told["events"]:
            del event["draws"], event["later_draws"]
        self.assertEqual(told, truce.trace(CAIRO, 17, seed=3))
        row = truce.run(CAIRO, 18, seed=3).isel(trial=17)
        self.assertEqual(told["row"]["duration"], float(row.duration))
        labels = row.ending.attrs["flag_meanings"].split()
        self.assertEqual(told["row"]["ending"], labels[int(row.ending) + 1])

    def test_a_scenario_tells_what_it_has(self):
        scenario = truce.load(self.written(LOTS), {"p": 0.5})
        self.assertEqual(("Lots", 10.0, {"p": 0.5}, []),
                         (scenario.title, scenario.horizon, scenario.parameters, scenario.drawn))
        self.assertEqual(["p"], truce.load(self.folder / "scenario.yaml").drawn)
        self.assertEqual(("person", "day", ""), tuple(scenario.outcomes[name] for name in
                                                      ("prisoners.freed", "duration", "ending")))
        self.assertEqual([str(self.folder / "scenario.yaml")], scenario.files)
        self.assertEqual({"p": 0.25}, scenario.with_values({}).parameters)
        parsed = truce.parse(LOTS, {"p": 0.5})
        assert_same(self, truce.run(scenario, 50), truce.run(parsed, 50))
        assert_same(self, truce.run(scenario, 50), truce.run(self.folder / "scenario.yaml", 50, set={"p": 0.5}))
        assert_same(self, truce.run(scenario, 50, set={"p": 1}), truce.run(parsed.with_values({"p": 1}), 50))


if __name__ == "__main__":
    unittest.main()
