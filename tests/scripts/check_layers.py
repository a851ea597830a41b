#!/usr/bin/python3
"""Checks that each layer of src/ includes only layers above it and of those only the headers at
their top (a layer's subfolders are its own), that YAML and HDF5 stay where they belong, and that no
two types of a layer share a name. Prints file:line: problem; exits with 1 if
there is any. Long files are only warned of.

Usage: check_layers.py ROOT
"""

import pathlib
import re
import sys

LAYERS = ["base", "engine", "model", "scenario", "results", "study", "analysis", "api", "cli", "python"]
ALLOWED = {layer: set(LAYERS[:i + 1]) for i, layer in enumerate(LAYERS)}
# Stores and compares trials without knowing how they are described or run.
ALLOWED["results"] -= {"model", "scenario"}
PUBLIC = "truce"  # the folder of include/, which knows no layer
ALLOWED[PUBLIC] = {PUBLIC}
ALLOWED["api"].add(PUBLIC)  # which makes it
ALLOWED["python"] = {"python", PUBLIC}  # a user of what is installed

LIBRARIES = {"yaml-cpp": {"scenario"}, "hdf5": {"results"}, "H5": {"results"}}
MOST_LINES = 250
SUFFIXES = {".cpp", ".hpp", ".h", ".py", ".sh"}
INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')
# A type that is defined at the layer's own level, hence in its namespace.
TYPE = re.compile(r"(?:struct|class|enum|enum class) (\w+)(?: final)?(?: :[^;]*)?\s*\{")


def types_of(lines):
    """(name, line number) of the types that a file defines outside of unnamed namespaces."""
    unnamed = False
    for number, line in enumerate(lines, 1):
        unnamed = line.startswith("namespace {") or unnamed and line.rstrip() != "}  // namespace"
        match = TYPE.match(line)
        if match and not unnamed:
            yield match[1], number


def problems_of(layer, line):
    """What is wrong with a line of a layer's file, if it is an include."""
    match = INCLUDE.match(line)
    if not match:
        return
    path = match[2]
    if path.startswith("../"):
        yield f"includes {path}: name the layer instead"
    if layer == PUBLIC and match[1] == '"' and not path.startswith("truce/"):
        yield f"a public header must not include {path}, which is not installed"
        return
    parts = path.split("/")
    if len(parts) > 1 and parts[0] in ALLOWED and parts[0] not in ALLOWED[layer]:
        yield f"{layer} must not include {parts[0]} ({path})"
    elif len(parts) > 2 and parts[0] in ALLOWED and parts[0] != layer:
        yield f"{path} is {parts[0]}'s own: only headers at a layer's top are for others"
    for library, homes in LIBRARIES.items():
        if match[1] == "<" and path.startswith(library) and layer not in homes:
            yield f"only {', '.join(homes)} may include {path}"


def sources_of(folder):
    return sorted(p for p in folder.rglob("*") if p.suffix in SUFFIXES and p.is_file())


def check(root):
    """(problems, warnings, number of files looked at)"""
    problems, warnings, seen = [], [], 0
    defined = {}  # by layer and name: where. Two would be one to the linker, which takes either.
    for folder in sorted(p for base in ("src", "include") for p in (root / base).glob("*")
                         if p.is_dir()):
        if folder.name not in ALLOWED:
            problems.append(f"{folder.relative_to(root)}: is none of the layers "
                            + ", ".join(LAYERS))
            continue
        for path in sources_of(folder):
            seen += 1
            lines = path.read_text().splitlines()
            for name, number in types_of(lines):
                place = f"{path.relative_to(root)}:{number}"
                first = defined.setdefault((folder.name, name), place)
                if first != place:
                    problems.append(f"{place}: {name} is defined at {first} too")
            for number, line in enumerate(lines, 1):
                problems += [f"{path.relative_to(root)}:{number}: {problem}"
                             for problem in problems_of(folder.name, line)]
    for name in ("src", "include", "tests", "scripts"):
        for path in sources_of(root / name):
            lines = len(path.read_text().splitlines())
            if lines > MOST_LINES:
                warnings.append(f"{path.relative_to(root)}: warning: {lines} lines are more than "
                                f"{MOST_LINES}")
    return problems, warnings, seen


def main():
    problems, warnings, seen = check(pathlib.Path(sys.argv[1]))
    if seen == 0:
        problems.append(f"{sys.argv[1]}: has no sources")
    print("\n".join(warnings + problems + [f"{seen} files, {len(problems)} problems"]))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
