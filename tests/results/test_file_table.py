"""Holds the table of the results file (truce schema results) to files that are really written, and the page to the table.

Usage: test_file_table.py TRUCE WRITE_SAMPLE PAGE; with --print at the end: prints the page's table as it should be
"""

import itertools
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import h5py

TRUCE, WRITE_SAMPLE, PAGE = map(pathlib.Path, sys.argv[1:4])
FILL = "_FillValue"
OF_HDF5 = {"CLASS", "NAME", "DIMENSION_LIST", "REFERENCE_LIST", "_Netcdf4Dimid"}  # mark axes

FULL = """truce: 2
name: All kinds of variables
summary: A scenario of which a run writes all that it can.
start: 2025-01-01
horizon: 20 days
sources: [a report]
parameters: {p: {value: 0.5, prior: "uniform(0, 1)"}}
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 10}}
levels: {x: "uniform(0.9, 1.01)"}
triggers: {t: {at: 1, chance: x}}
phases:
  only:
    lasts: 15 days
    obligations:
      give: {by: a, release: guests, due: [{every: 1, to: 8, count: 1}], comply: p, otherwise: {late: 1},
             late_by: "empirical('days.csv', 'days')"}
outcomes:
  home: {value: guests.freed, summary: came home}
  first_home: {first: guests.freed > 0}
  any: {value: guests.freed > 0}
  held: {integral: guests.living, at: ending}
  freed_by_then: {value: guests.freed, at: ending}
timelines: [guests.freed, x]
"""
# So many days that whole numbers of one timeline cannot be counted.
LONG = """truce: 2
name: Long
horizon: 99000 days
phases: {only: {lasts: 99000 days}}
incidents: {shot: {rate: 0.01}}
timelines: [shot.occurred]
"""
PLAIN = "truce: 2\nhorizon: 3 days\n"
STUDY = """study: 1
name: A study
scenario: full.yaml
seed: 5
design: {kind: latin_hypercube, points: 3}
vary: {p: prior}
variants: {as_written: {}, sure: {levels: {x: 0.5}}}
precision: {outcome: home, half_width: 0.3, at_most: 2000}
"""
RECORD = "record: 1\nknown: [{at: 3, that: guests.freed >= 1}, {at: 6, that: guests.freed >= 3}]\n"
GRID = "study: 1\nname: A grid\nscenario: full.yaml\ntrials: 50\ndesign: {kind: grid}\nvary: {p: [0.1, 0.9]}\n"


def truce(*arguments, cwd=None):
    done = subprocess.run([TRUCE.resolve(), *map(str, arguments)], capture_output=True, text=True, cwd=cwd, check=False)
    if done.returncode not in (0, 1):  # 1: trials failed
        raise AssertionError(done.stderr)
    return done.stdout


TABLE = json.loads(truce("schema", "results", "--json"))


def write_all(folder):
    """Writes files that hold all that the table has, each with its kind."""
    folder = pathlib.Path(folder)
    for name, text in (("full.yaml", FULL), ("long.yaml", LONG), ("plain.yaml", PLAIN), ("study.yaml", STUDY),
                       ("grid.yaml", GRID), ("record.yaml", RECORD), ("days.csv", "days\n1\n2\n")):
        (folder / name).write_text(text)
    quiet = ("--quiet", "-o")
    truce("run", "full.yaml", "-n", 500, "--uncertain", "--chronicle", 3, *quiet, "full.h5", cwd=folder)
    truce("run", "long.yaml", "-n", 2, *quiet, "long.h5", cwd=folder)
    truce("run", "plain.yaml", "-n", 10, *quiet, "plain.h5", cwd=folder)
    truce("run", "plain.yaml", "-n", 10, "--keep", 3, "--shard", "1/2", *quiet, "shard.h5", cwd=folder)
    truce("run", "full.yaml", "-n", 10_000, "--keep", 3, "--shard", "1/4", *quiet, "controls.h5", cwd=folder)
    truce("study", "study.yaml", *quiet, "study.h5", cwd=folder)
    truce("study", "grid.yaml", "--keep", 1, *quiet, "few.h5", cwd=folder)
    truce("study", "grid.yaml", *quiet, "grid.h5", cwd=folder)
    truce("study", "grid.yaml", "--shard", "2/4", *quiet, "share.h5", cwd=folder)
    truce("why", "full.yaml", "-n", 20, "--uncertain", "-o", "why.h5", cwd=folder)
    truce("condition", "full.yaml", "--observed", "record.yaml", "-n", 50, "--effective", 40, "--at-most", 2000, "--uncertain",
          "--method", "smc", *quiet, "given.h5", cwd=folder)
    subprocess.run([WRITE_SAMPLE, folder / "sample.h5"], check=True, capture_output=True)
    return {folder / f"{name}.h5": "study" if name in ("study", "grid", "few", "share") else "run"
            for name in ("full", "long", "plain", "why", "given", "shard", "controls", "sample", "study", "grid",
                         "few", "share")}


def fits(pattern, name):
    """Whether a name is one of the table, where words in capitals stand for any."""
    return re.fullmatch(re.sub(r"[A-Z]{2,}", lambda _: "[^/]+", re.escape(pattern)), name) is not None


def is_exact(row):
    return not re.search("[A-Z]{2}", row.get("name", row.get("path")))


def type_of(dtype, shape=()):
    name = "text" if h5py.check_string_dtype(dtype) or dtype.kind in "OU" else dtype.name
    return name + "[]" * len(shape)


def axes_of(variable):
    if variable.attrs.get("CLASS") == b"DIMENSION_SCALE":
        return [variable.name.rsplit("/", 1)[1]]
    return [next(iter(axis.values())).name.rsplit("/", 1)[1] for axis in variable.dims]


def attributes_of(thing):
    """{name: (type, value)} of all that HDF5 does not need for itself."""
    found = {}
    for name in set(thing.attrs) - OF_HDF5:
        kind = thing.attrs.get_id(name)
        found[name] = (type_of(kind.dtype, kind.shape), thing.attrs[name])
    return found


def shown(value):
    value = value.decode() if isinstance(value, bytes) else value
    if isinstance(value, str):
        return value
    value = value.item()
    return "NaN" if isinstance(value, float) and math.isnan(value) else str(value)


class Walk:
    """Compares a file with the table: what differs, and which rows were seen."""

    def __init__(self, path, kind):
        self.kind, self.problems, self.seen = kind, [], set()
        with h5py.File(path) as file:
            groups = {"/": file}
            file.visititems(lambda name, item: groups.update({"/" + name: item})
                            if isinstance(item, h5py.Group) else None)
            for name, group in groups.items():
                self.group(name, group)
            for row in TABLE["groups"]:
                if "when" not in row and kind in row["in"] and is_exact(row) and row["path"] not in groups:
                    self.problems.append(f"{row['path']} is missing")

    def group(self, name, group):
        rows = [row for row in TABLE["groups"] if self.kind in row["in"] and fits(row["path"], name)]
        rows = [row for row in rows if is_exact(row)] or rows
        tried = [self.tried(row, name, group) for row in rows]
        self.take(name, tried)

    def take(self, name, tried):
        """Of rows that it may be, the one that it is."""
        if not tried:
            self.problems.append(f"{name} is not in the table")
            return
        problems, seen = min(tried, key=lambda one: len(one[0]))
        self.problems += problems
        self.seen |= seen

    def tried(self, row, name, group):
        seen = {identity(row)}
        problems = self.attributes(row, name, group, seen, identity(row))
        variables = {key: item for key, item in group.items() if isinstance(item, h5py.Dataset)}
        for key, item in variables.items():
            rows = [one for one in row["variables"] if self.kind in one["axes"] and fits(one["name"], key)]
            rows = [one for one in rows if is_exact(one)] or rows
            found = []
            for one in rows:
                its = {(identity(row), identity(one))}
                what = self.attributes(one, f"{name}/{key}", item, its, (identity(row), identity(one)))
                if type_of(item.dtype) != one["type"]:
                    what.append(f"{name}/{key} is {item.dtype}, not {one['type']}")
                if axes_of(item) != one["axes"][self.kind]:
                    what.append(f"{name}/{key} has {axes_of(item)}, not {one['axes'][self.kind]}")
                found.append((what, its))
            if not found:
                problems.append(f"{name}/{key} is not in the table")
                continue
            best = min(found, key=lambda one: len(one[0]))
            problems += best[0]
            seen |= best[1]
        for one in row["variables"]:
            if self.kind in one["axes"] and "when" not in one and is_exact(one) and one["name"] not in variables:
                problems.append(f"{name}/{one['name']} is missing")
        return problems, seen

    def attributes(self, row, name, thing, seen, owner):
        problems, there = [], attributes_of(thing)
        for key, (kind, value) in there.items():
            one = next((a for a in row["attributes"] if fits(a["name"], key) and self.kind in a["in"]), None)
            if one is None:
                problems.append(f"@{key} of {name} is not in the table")
                continue
            seen.add((owner, one["name"]))
            if kind != one["type"]:
                problems.append(f"@{key} of {name} is {kind}, not {one['type']}")
            if "value" in one and shown(value) != one["value"]:
                problems.append(f"@{key} of {name} is {value}, not {one['value']}")
        problems += [f"@{a['name']} of {name} is missing" for a in row["attributes"]
                     if self.kind in a["in"] and "when" not in a and a["name"] not in there]
        return problems


def identity(row):
    return row.get("path", row.get("name")), row.get("when"), row.get("type")


def rows_of_table(kind):
    for group in TABLE["groups"]:
        if kind not in group["in"]:
            continue
        yield identity(group)
        for attribute in group["attributes"]:
            if kind in attribute["in"]:
                yield identity(group), attribute["name"]
        for variable in group["variables"]:
            if kind not in variable["axes"]:
                continue
            yield identity(group), identity(variable)
            for attribute in variable["attributes"]:
                if kind in attribute["in"]:
                    yield (identity(group), identity(variable)), attribute["name"]


class Files(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.walks = {path.name: Walk(path, kind) for path, kind in write_all(folder.name).items()}

    def test_all_that_files_hold_is_as_in_the_table(self):
        for name, walk in self.walks.items():
            with self.subTest(name):
                self.assertEqual([], walk.problems)

    def test_all_that_is_in_the_table_is_written(self):
        for kind in ("run", "study"):
            seen = set().union(*(walk.seen for walk in self.walks.values() if walk.kind == kind))
            # No language's word makes a timeline's summary; the sample of a run, without control variates, has one.
            unseen = [row for row in rows_of_table(kind) if row not in seen
                      and not (row[1] == "long_name" and "NAME." in row[0][1][0] and (kind == "study" or row[0][1][1]))]
            self.assertEqual([], unseen, kind)


def noted(row, owner):
    """When and where something is there, if not always where its owner is."""
    kinds = list(row["axes"]) if "axes" in row else row["in"]
    words = [f"{'runs' if kinds == ['run'] else 'studies'} only"] if kinds != owner else []
    words += [row["when"]] if "when" in row else []
    words += [f"since {row['since']}"] if row["since"] != "1.0" else []
    return "; ".join(words)


def attribute_text(attribute, owner):
    text = f"`{attribute['name']}` {attribute['type']}"
    text += f" = {attribute['value']}" if "value" in attribute else ""
    note = noted(attribute, owner)
    return text + (f" ({note})" if note else "")


def axes_text(variable):
    axes = variable["axes"]
    if len(axes) == 2 and axes["study"] != axes["run"]:
        return "[(point,) " + ", ".join(axes["run"]) + "]"
    return "[" + ", ".join(next(iter(axes.values()))) + "]"


def page_table():
    """The table as the page has it: variables of a group that are alike in one line."""
    lines = ["| group | variable | axes | type | when | attributes |", "| --- | --- | --- | --- | --- | --- |"]
    for group in TABLE["groups"]:
        attributes = ", ".join(attribute_text(a, group["in"]) for a in group["attributes"])
        lines.append(f"| `{group['path']}` | | | | {noted(group, ['run', 'study'])} | {attributes} |")

        def cells(variable, group=group):
            own = [attribute_text(a, list(variable["axes"])) for a in variable["attributes"] if a["name"] != FILL]
            return [axes_text(variable), variable["type"], noted(variable, group["in"]), ", ".join(own)]

        for rest, alike in itertools.groupby(group["variables"], cells):
            names = ", ".join(f"`{variable['name']}`" for variable in alike)
            lines.append("| | " + " | ".join([names, *rest]) + " |")
    return "".join(" ".join(line.split()) + "\n" for line in lines)


class Page(unittest.TestCase):
    page = PAGE.read_text()
    text = page.replace(page_table(), "")

    def sections(self):
        """{paths of groups: what is said of them beside the table of all variables}."""
        found = {}
        for part in re.split(r"^##+ ", self.text, flags=re.M):
            heading, _, text = part.partition("\n")
            found[tuple(re.findall(r"`(/[^`]*)`", heading))] = text
        return found

    def section(self, path):
        found = {one: text for paths, text in self.sections().items() for one in paths}
        while path not in found:
            path = path.rpartition("/")[0] or "/"
        of_all = self.text.partition("\n## Layout")[2].partition("### `/`")[0]
        return of_all + found[path] + self.text.partition("\n## Studies\n")[2]

    def test_its_table_is_the_programs(self):
        self.assertTrue(page_table() in self.page, f"run: {sys.argv[0]} TRUCE WRITE_SAMPLE PAGE --print")

    def test_it_says_what_everything_is(self):
        for group in TABLE["groups"]:
            text = self.section(group["path"])
            # Each axis has a coordinate of its name.
            names = {variable["name"] for variable in group["variables"]
                     if [variable["name"]] not in variable["axes"].values()} - {"NAME", "OUTCOME"}
            for thing in [group, *group["variables"]]:
                names |= {attribute["name"] for attribute in thing["attributes"]}
            for name in names - {FILL}:
                with self.subTest(group["path"], name=name):
                    self.assertTrue(f"`{name.replace('SETTING', '...')}`" in text, "is not said")

    def test_axes_in_its_text_are_those_of_the_table(self):
        """`a` and `b` [axes]: all names before a bracket have these axes, in runs or in studies."""
        checked = 0
        for paths, text in self.sections().items():
            rows = {}
            for group in TABLE["groups"]:
                if any(group["path"] == path or group["path"].startswith(path.rstrip("/") + "/") for path in paths):
                    for variable in group["variables"]:
                        rows.setdefault(variable["name"], []).extend(variable["axes"].values())
            for names, axes in re.findall(r"((?:`[\w.]+`(?:, | and |\s)+)*`[\w.]+`)\s+\[([a-z, ]+)\]", text):
                for name in re.findall("`(.*?)`", names):
                    with self.subTest(paths, name=name):
                        self.assertIn(axes.split(", "), rows.get(name, []))
                        checked += 1
        self.assertGreater(checked, 15)


class Text(unittest.TestCase):
    def test_every_name_is_there_in_80_columns(self):
        text = truce("schema", "results")
        self.assertLessEqual(max(map(len, text.splitlines())), 80)
        words = set(re.split(r"[\s;]+", text))
        for group in TABLE["groups"]:
            self.assertIn(group["path"], words)
            for variable in group["variables"]:
                line = f"  {variable['name']} {axes_text(variable)} {variable['type']}"
                self.assertIn(line, " ".join(text.split("\n" + group["path"])[1:]) + text)
                for attribute in variable["attributes"] + group["attributes"]:
                    self.assertIn("@" + attribute["name"], words)


if __name__ == "__main__":
    if "--print" in sys.argv:
        print(page_table(), end="")
    else:
        unittest.main(argv=sys.argv[:1])
