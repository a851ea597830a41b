"""Opens results files with the tools that users have, and holds them to what results/README.md promises.

Usage: test_readers.py WRITE_SAMPLE README
"""

import contextlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

import h5py
import numpy as np
import pandas as pd
import xarray as xr

WRITE_SAMPLE, README = None, None

TRIALS = 2500  # more than one block, and more than what is stored unchunked
DAYS = 44
QUANTILES = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]
GROUPS = {  # variables and their dimensions
    "provenance": {"scenario_yaml": (), "study_yaml": (), "command_line": (), "build": (), "summary": ()},
    "provenance/sources": {"reference": ("source",)},
    "design": {"value": ("parameter",), "origin": ("parameter",)},
    "trials": {
        name: ("trial",)
        for name in (
            "ending", "cause", "duration", "civilians.freed", "first.reached", "time_to_breach", "balance", "status")
    },
    "summary": {
        **{
            name: ("outcome",)
            for name in ("mean", "sd", "se", "ci_low", "ci_high", "min", "max", "skewness", "count", "missing", "unit")
        },
        **{name: ("outcome", "quantile") for name in ("quantiles", "quantiles_low", "quantiles_high")},
    },
    "distributions/civilians.freed": {"counts": ("value",)},
    "distributions/first.reached": {"counts": ("value",)},
    "distributions/balance": {"counts": ("value",)},
    "distributions/duration": {"counts": ("bin",), "edges": ("edge",)},
    "distributions/time_to_breach": {"counts": ("bin",), "edges": ("edge",)},
    "endings": {
        **{name: ("ending",) for name in ("count", "probability", "ci_low", "ci_high")},
        "cumulative_incidence": ("ending", "day"),
    },
    "causes": {
        **{name: ("cause",) for name in ("count", "probability", "ci_low", "ci_high")},
        "cumulative_incidence": ("cause", "day"),
    },
    "timelines": {
        "date": ("day",),
        **{
            f"{name}.{what}": dims
            for name in ("civilians.freed", "israel.trust")
            for what, dims in (("mean", ("day",)), ("sd", ("day",)), ("quantiles", ("day", "quantile")))
        },
    },
    "timelines/counts/civilians.freed": {"counts": ("day", "value")},
    "failures": {name: ("failure",) for name in ("reason", "count", "first_trial", "message")},
    "chronicle": {name: ("event",) for name in ("trial", "time", "what", "who", "amount", "why")},
}
ENGINES = ["netcdf4"]
with contextlib.suppress(ImportError):
    import h5netcdf  # noqa: F401

    ENGINES.append("h5netcdf")


def write(path, *options, trials=TRIALS, check=True):
    command = [WRITE_SAMPLE, path, "--trials", str(trials), *map(str, options)]
    return subprocess.run(command, check=check, capture_output=True, text=True)


def datasets(file):
    """All datasets of a file, with their paths."""
    found = {}
    file.visititems(lambda name, item: found.update({name: item}) if isinstance(item, h5py.Dataset) else None)
    return found


class FileTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = os.path.join(cls.folder.name, "run.h5")
        write(cls.path)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def open(self, group, engine="netcdf4"):
        data = xr.open_dataset(self.path, group=group, engine=engine)
        self.addCleanup(data.close)
        return data


class Xarray(FileTest):
    def test_every_group_has_its_variables_and_named_axes(self):
        for engine in ENGINES:
            for group, variables in GROUPS.items():
                with self.subTest(engine=engine, group=group):
                    with warnings.catch_warnings():
                        warnings.simplefilter("error")
                        data = self.open(group, engine).load()
                    dimensions = {name for dims in variables.values() for name in dims}
                    self.assertEqual({name: data[name].dims for name in data.data_vars}, variables)
                    self.assertEqual(set(data.dims), dimensions)
                    self.assertEqual(set(data.coords), dimensions)

    def test_no_group_is_left_out_here(self):
        with h5py.File(self.path) as file:
            self.assertEqual({os.path.dirname(name) for name in datasets(file)}, set(GROUPS))

    def test_root(self):
        expected = {
            "format": "truce-results",
            "format_version": "1.4",
            "title": "Échange d'essai – 交换",
            "program_version": "0.1.0",
            "git_revision": "0123456789abcdef",
            "random_generator": "philox4x32-10",
            "arithmetic": "elementary",
            "seed": 18446744073709551615,
            "trials": TRIALS,
            "trials_failed": TRIALS // 100,
            "trials_planned": TRIALS,
            "completion": "complete",
            "horizon": 42.5,
            "start_date": "2025-01-19",
            "disclaimer": "truce compares assumptions; it does not forecast.",
        }
        for engine in ENGINES:
            root = self.open(None, engine)
            self.assertEqual(root.attrs, expected)
            self.assertEqual(dict(root.dims), {})

    def test_provenance(self):
        data = self.open("provenance")
        self.assertEqual(data.scenario_yaml.item(), "truce: 2\nname: essai – 交换\n")
        self.assertEqual(data.study_yaml.item(), "")
        self.assertEqual(data.command_line.item(), "truce run essai.yaml")
        self.assertEqual(data.build.item(), "gcc 12, Release")
        self.assertEqual(data.summary.item(), "A made-up run.\nWith two lines.")
        self.assertEqual(list(self.open("provenance/sources").reference.values), ["A report, 2025", "Another – one"])

    def test_design(self):
        data = self.open("design")
        self.assertEqual(data.attrs["kind"], "run")
        self.assertEqual(data.value.sel(parameter="compliance").item(), 0.93)
        self.assertEqual(list(data.parameter.values), ["compliance", "delay"])

    def test_kinds_stay_what_they_are(self):
        for engine in ENGINES:
            data = self.open("trials", engine)
            kinds = {name: data[name].dtype for name in data.variables}
            self.assertEqual(kinds["first.reached"], bool)
            self.assertEqual(kinds["civilians.freed"], np.int32)
            self.assertEqual(kinds["balance"], np.int32)
            self.assertEqual(kinds["duration"], np.float64)
            self.assertEqual(kinds["time_to_breach"], np.float64)
            self.assertEqual({kinds[name] for name in ("ending", "cause", "status")}, {np.dtype("int8")})
            self.assertEqual(kinds["trial"], np.int64)
            for group in ("summary", "endings", "causes"):
                self.assertEqual(self.open(group, engine)["count"].dtype, np.int64)
            for group in GROUPS:
                data = self.open(group, engine)
                if "counts" in data:
                    self.assertEqual(data.counts.dtype, np.int64)
                if "day" in data.coords:
                    self.assertEqual(data.day.dtype, np.int32)
            self.assertEqual(self.open("summary", engine).missing.dtype, np.int64)
            self.assertEqual(self.open("distributions/balance", engine).value.dtype, np.int32)
            self.assertEqual(self.open("timelines", engine).date.dtype, "datetime64[ns]")

    def test_trials(self):
        data = self.open("trials")
        self.assertTrue((data.trial.values == np.arange(TRIALS)).all())
        failed = (data.status == 1).values
        self.assertTrue((failed == (np.arange(TRIALS) % 100 == 17)).all())
        self.assertTrue(np.isnan(data.duration.values[failed]).all())
        self.assertTrue((data["civilians.freed"].values[failed] == -(2**31)).all())
        self.assertEqual(data["civilians.freed"].attrs["failed_value"], -(2**31))
        self.assertTrue((data.ending.values[failed] == -1).all())
        self.assertEqual(data.ending.attrs["flag_meanings"], "failed horizon completed collapsed")
        self.assertEqual(list(data.ending.attrs["flag_values"]), [-1, 0, 1, 2])
        self.assertEqual(data.ending.attrs["flag_values"].dtype, np.int8)
        self.assertEqual(data.status.attrs["flag_meanings"], "completed failed")
        self.assertEqual(data.duration.attrs["units"], "day")
        self.assertEqual(data.time_to_breach.attrs["units"], "day")
        self.assertEqual(data["civilians.freed"].attrs["units"], "person")
        self.assertEqual(data["civilians.freed"].attrs["long_name"], "persons freed alive")

    def test_summary_is_that_of_the_trials(self):
        data, summary = self.open("trials"), self.open("summary")
        data = data.isel(trial=(data.status == 0).values)
        self.assertEqual(list(summary["quantile"].values), QUANTILES)
        self.assertEqual(
            list(summary.outcome.values),
            ["duration", "civilians.freed", "first.reached", "time_to_breach", "balance"],
        )
        for name in summary.outcome.values:
            values = data[name].values.astype(float)
            values = values[~np.isnan(values)]
            row = summary.sel(outcome=name)
            n = len(values)
            self.assertEqual(row["count"], n)
            self.assertEqual(row.missing, data.sizes["trial"] - n)
            np.testing.assert_allclose(row["mean"], values.mean(), rtol=1e-12)
            np.testing.assert_allclose(row.sd, values.std(ddof=1), rtol=1e-12)
            np.testing.assert_allclose(row.se, values.std(ddof=1) / n**0.5, rtol=1e-12)
            self.assertEqual((row["min"], row["max"]), (values.min(), values.max()))
            exact = np.quantile(values, QUANTILES, method="inverted_cdf")
            np.testing.assert_array_equal(row.quantiles, exact)
            self.assertTrue(row.ci_low < row["mean"] < row.ci_high)

    def test_distributions_are_those_of_the_trials(self):
        data = self.open("trials")
        data = data.isel(trial=(data.status == 0).values)
        for name in ("civilians.freed", "balance", "first.reached"):
            values, counts = np.unique(data[name].values, return_counts=True)
            found = self.open(f"distributions/{name}")
            np.testing.assert_array_equal(found.value, values)
            np.testing.assert_array_equal(found.counts, counts)
        for name in ("duration", "time_to_breach"):
            found = self.open(f"distributions/{name}")
            values = data[name].values
            counts, _ = np.histogram(values[~np.isnan(values)], bins=found.edges.values)
            np.testing.assert_array_equal(found.counts, counts)
            self.assertLessEqual(found.sizes["bin"], 100)
            np.testing.assert_allclose(np.diff(found.edges), np.diff(found.edges)[0])
            np.testing.assert_allclose(found.bin, (found.edges.values[1:] + found.edges.values[:-1]) / 2)
            self.assertEqual(found.attrs["infinite"], 0)

    def test_endings_are_those_of_the_trials(self):
        data = self.open("trials")
        data = data.isel(trial=(data.status == 0).values)
        for group, coordinate in (("endings", "ending"), ("causes", "cause")):
            found = self.open(group)
            labels = data[coordinate].attrs["flag_meanings"].split()[1:]
            self.assertEqual(list(found[coordinate].values), labels)
            self.assertEqual(list(found.day.values), list(range(44)))
            for code, label in enumerate(labels):
                row, so = found.sel({coordinate: label}), (data[coordinate] == code)
                self.assertEqual(row["count"], so.sum())
                self.assertEqual(row.probability, so.mean())
                for day in (0, 1, 20, 42, 43):
                    incidence = (so & (data.duration <= day)).mean()
                    self.assertEqual(row.cumulative_incidence.sel(day=day), incidence)
            self.assertAlmostEqual(found.probability.sum().item(), 1)

    def test_timelines(self):
        data = self.open("timelines")
        self.assertEqual(list(data.day.values), list(range(DAYS)))
        self.assertEqual(list(data["quantile"].values), QUANTILES)
        self.assertEqual(data.day.attrs["units"], "day")
        self.assertEqual(data.date.encoding["units"], "days since 2025-01-19")
        self.assertEqual(pd.Timestamp(data.date.values[31]), pd.Timestamp("2025-02-19"))
        counts = self.open("timelines/counts/civilians.freed")
        n = TRIALS - TRIALS // 100
        self.assertTrue((counts.counts.sum("value") == n).all())
        mean = (counts.counts * counts.value).sum("value") / n
        np.testing.assert_allclose(data["civilians.freed.mean"], mean, rtol=1e-12)
        for day in (0, 10, 42):
            values = np.repeat(counts.value.values, counts.counts.sel(day=day).values)
            np.testing.assert_array_equal(
                data["civilians.freed.quantiles"].sel(day=day),
                np.quantile(values, QUANTILES, method="inverted_cdf"),
            )
            np.testing.assert_allclose(data["civilians.freed.sd"].sel(day=day), values.std(ddof=1), rtol=1e-12)
        self.assertEqual(data["civilians.freed.quantiles"].attrs["relative_error"], 0)
        self.assertEqual(data["israel.trust.quantiles"].attrs["relative_error"], 2**-10)
        self.assertEqual(data["israel.trust.mean"].attrs["values"], "real")
        self.assertEqual(data["israel.trust.mean"].attrs["units"], "1")

    def test_chronicle(self):
        data = self.open("chronicle")
        self.assertEqual(list(data.trial.values), [0, 0, 1, 1, 2, 2])
        self.assertEqual(list(data.event.values), list(range(6)))
        self.assertEqual(list(data.what.values[:2]), ["first.started", "release.performed"])
        self.assertEqual(list(data.who.values[:2]), ["", "hamas"])
        self.assertEqual(data.why.values[1], "due – day 1")
        self.assertTrue(np.isnan(data.amount.values[0]))
        self.assertEqual(data.amount.values[1], 3)
        self.assertEqual(data.time.attrs["units"], "day")


    def test_long_chronicle(self):
        path = os.path.join(self.folder.name, "chronicle.h5")
        write(path, "--chronicle", 40000, trials=40000)
        for engine in ENGINES:
            with xr.open_dataset(path, group="chronicle", engine=engine) as data:
                np.testing.assert_array_equal(data.event, np.arange(80000))
                np.testing.assert_array_equal(data.trial, np.arange(80000) // 2)
                np.testing.assert_array_equal(data.time, np.tile([0, 1.5], 40000))
                np.testing.assert_array_equal(data.why, np.tile(["begin", "due – day 1"], 40000))


class Hdf5(FileTest):
    def test_every_axis_has_one_scale_of_the_same_group(self):
        with h5py.File(self.path) as file:
            for name, dataset in datasets(file).items():
                if "CLASS" in dataset.attrs:  # a dimension scale
                    self.assertEqual(dataset.ndim, 1)
                    self.assertEqual(dataset.attrs["NAME"].decode(), os.path.basename(name))
                    continue
                scales = [list(axis.values()) for axis in dataset.dims]
                self.assertEqual([len(scale) for scale in scales], [1] * dataset.ndim, name)
                for axis, (scale,) in enumerate(scales):
                    self.assertEqual(scale.parent, dataset.parent, name)
                    self.assertEqual(scale.shape, (dataset.shape[axis],), name)
                self.assertEqual(len({scale.name for (scale,) in scales}), dataset.ndim, name)

    def test_a_scale_lists_the_axes_that_it_names(self):
        listed, named = set(), set()
        with h5py.File(self.path) as file:
            for dataset in datasets(file).values():
                for reference, axis in dataset.attrs.get("REFERENCE_LIST", ()):
                    listed.add((dataset.name, file[reference].name, int(axis)))
                for axis, references in enumerate(dataset.attrs.get("DIMENSION_LIST", ())):
                    named |= {(file[r].name, dataset.name, axis) for r in references}
        self.assertIn(("/trials/trial", "/trials/duration", 0), named)
        self.assertEqual(listed, named)

    def test_strings_are_of_variable_length_and_utf8(self):
        marks = {"CLASS", "NAME"}  # of the dimension scales' specification
        with h5py.File(self.path) as file:
            objects = {"/": file}
            file.visititems(lambda name, item: objects.update({name: item}))
            for name, item in objects.items():
                types = [item.attrs.get_id(key).dtype for key in item.attrs if key not in marks]
                if isinstance(item, h5py.Dataset):
                    types.append(item.dtype)
                    self.assertIsNotNone(item.shape, name)  # no null dataspace
                for kind in types:
                    self.assertNotEqual(kind.kind, "S", name)
                    info = h5py.check_string_dtype(kind)
                    if info:
                        self.assertEqual((info.encoding, info.length), ("utf-8", None), name)

    def test_fill_values_are_on_reals_only(self):
        with h5py.File(self.path) as file:
            for name, dataset in datasets(file).items():
                if "CLASS" in dataset.attrs:  # a dimension scale
                    continue
                self.assertEqual("_FillValue" in dataset.attrs, dataset.dtype.kind == "f", name)
                if dataset.dtype.kind == "f":
                    self.assertTrue(np.isnan(dataset.attrs["_FillValue"]))

    def test_no_unit_becomes_a_duration(self):
        with h5py.File(self.path) as file:
            for name, dataset in datasets(file).items():
                unit = dataset.attrs.get("units", "")
                self.assertFalse(unit.endswith("s") and unit.startswith("day"), name)
                self.assertEqual("since" in unit, name == "timelines/date")

    def test_storage(self):
        path = os.path.join(self.folder.name, "long.h5")
        write(path, trials=70000)
        with h5py.File(path) as file:
            for name, column in file["trials"].items():
                self.assertEqual(column.chunks, (65536,), name)
                self.assertEqual((column.compression, column.compression_opts, column.shuffle), ("gzip", 4, True), name)
                self.assertEqual(column.shape, (70000,), name)

    def test_no_chunk_may_pass_uncompressed(self):
        """Where memory is short, an optional filter is left out, and equal runs have other bytes."""
        optional, filters = [], 0

        def look(name, thing):
            nonlocal filters
            if isinstance(thing, h5py.Dataset):
                plan = thing.id.get_create_plist()
                for i in range(plan.get_nfilters()):
                    filters += 1
                    if plan.get_filter(i)[1] & h5py.h5z.FLAG_OPTIONAL:
                        optional.append(name)

        with h5py.File(self.path) as file:
            file.visititems(look)
        self.assertGreater(filters, 10)
        self.assertEqual([], optional)

    def test_columns_keep_their_order(self):
        with h5py.File(self.path) as file:
            order = []
            trials = file["trials"]
            trials.id.links.iterate(order.append, idx_type=h5py.h5.INDEX_CRT_ORDER)
            self.assertEqual(order, [b"trial", *(name.encode() for name in GROUPS["trials"])])

    def test_equal_runs_have_equal_bytes(self):
        other = os.path.join(self.folder.name, "other.h5")
        write(other, "--block", 777)
        with open(self.path, "rb") as a, open(other, "rb") as b:
            self.assertEqual(a.read(), b.read())

    def test_every_group_can_be_copied_to_netcdf(self):
        copy = os.path.join(self.folder.name, "copy.nc")
        for group in GROUPS:
            with self.subTest(group=group):
                self.open(group).to_netcdf(copy)
                with xr.open_dataset(copy) as data:
                    xr.testing.assert_identical(data, self.open(group))

    def test_tools(self):
        for command in (["h5dump"], ["h5ls", "-r"], ["h5stat"], ["ncdump"]):
            if shutil.which(command[0]):
                done = subprocess.run([*command, self.path], capture_output=True)
                self.assertEqual((done.returncode, done.stderr), (0, b""), command)
                self.assertGreater(len(done.stdout), 100)
            else:
                self.assertNotEqual(command[0], "h5dump", "hdf5-tools are missing")
        copy = os.path.join(self.folder.name, "nccopy.nc")
        done = subprocess.run(["nccopy", self.path, copy], capture_output=True)
        self.assertEqual((done.returncode, done.stderr), (0, b""))


class Unfinished(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.path = os.path.join(self.folder, "run.h5")

    def test_an_interrupted_run_opens(self):
        write(self.path, "--stop-after", 1500)
        for engine in ENGINES:
            with xr.open_dataset(self.path, group="trials", engine=engine) as data:
                self.assertEqual(data.sizes["trial"], 1500)
                self.assertEqual(data.trial.values[-1], 1499)
        with h5py.File(self.path) as file:
            self.assertEqual((file.attrs["trials"], file.attrs["trials_planned"]), (1500, TRIALS))
            self.assertEqual(file.attrs["completion"], "interrupted")

    def test_a_run_without_any_success_opens(self):
        write(self.path, "--stop-after", 1, "--all-fail", 1)
        for engine in ENGINES:
            for group in set(GROUPS) - {"chronicle", "failures"}:
                with xr.open_dataset(self.path, group=group, engine=engine) as data:
                    data.load()
        with xr.open_dataset(self.path, group="endings") as data:
            self.assertTrue(np.isnan(data.probability).all())

    def test_a_full_disk_leaves_nothing_and_keeps_the_old_file(self):
        write(self.path)
        size = os.path.getsize(self.path)
        with open(self.path, "rb") as file:
            old = file.read()
        limits = [200, 1000, 5000, 20000, *np.linspace(30000, size - 1, 12).astype(int)]
        for limit in limits:
            for force in (["--force"], []):
                with self.subTest(limit=limit, force=force):
                    path = self.path if force else os.path.join(self.folder, "new.h5")
                    done = write(path, "--file-size-limit", limit, *force, check=False)
                    self.assertEqual(done.returncode, 1, done.stderr)
                    self.assertEqual(done.stderr, f"{path}: File too large\n")
                    self.assertEqual(os.listdir(self.folder), ["run.h5"])
                    with open(self.path, "rb") as file:
                        self.assertEqual(file.read(), old)
        write(os.path.join(self.folder, "new.h5"), "--file-size-limit", 2 * size)


class Readme(unittest.TestCase):
    def test_examples_run(self):
        with open(README, encoding="utf-8") as file:
            examples = re.findall(r"^```(\w+)\n(.*?)^```", file.read(), re.MULTILINE | re.DOTALL)
        # That of drawn parameters is run where there are some: by cli/test_parameters.py.
        examples = [each for each in examples if "uncertain.h5" not in each[1]]
        examples = [each for each in examples if "pyarrow" not in each[1] and "to_parquet" not in each[1]]
        self.assertEqual([language for language, _ in examples], ["python", "python", "sh"])
        with tempfile.TemporaryDirectory() as folder:
            os.mkdir(os.path.join(folder, "results"))
            write(os.path.join(folder, "results", "example.h5"))
            for language, code in examples:
                command = [sys.executable, "-c", code] if language == "python" else ["sh", "-ec", code]
                done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertGreater(len(done.stdout), 100)


if __name__ == "__main__":
    WRITE_SAMPLE, README = (os.path.abspath(path) for path in sys.argv[1:3])
    unittest.main(argv=sys.argv[:1])
