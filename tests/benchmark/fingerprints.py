#!/usr/bin/python3
"""Prints checksums of every shipped scenario and study: of its trials, its timelines and all other statistics.

Usage: fingerprints.py TRUCE [--trials N] [--threads N] [NAME...]

A change that is to leave all numbers as they are leaves this list as it was: run it with the program
before and the program after, and compare. Checksums are of values, names and shapes, not of bytes
in the file, so compression and provenance do not matter. Studies run with a hundredth of N trials
a point, from a copy of the scenarios in which their `trials` and `precision` are changed.
"""

import argparse
import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import h5py
import numpy

OTHERS = ("summary", "distributions", "endings", "causes", "precision", "failures")
SHIPPED = pathlib.Path(__file__).resolve().parents[2] / "scenarios"


def inputs(folder, trials):
    """(verb, file) of all shipped scenarios and studies, in a copy below `folder`."""
    copy = pathlib.Path(folder) / "scenarios"
    shutil.copytree(SHIPPED, copy)
    for part in ("", "alternatives", "history", "field"):
        for path in sorted((copy / part).glob("*.yaml")):
            yield "run", path
    for path in sorted((copy / "studies").glob("*.yaml")):
        text = re.sub(r"(?m)^trials:.*$", f"trials: {max(trials // 100, 10)}", path.read_text())
        path.write_text(re.sub(r"(?m)^precision:.*\n", "", text))
        yield "study", path


def fingerprint(group):
    """A checksum of all datasets below a group: names, shapes, types and values."""
    sums = []

    def add(name, item):
        if isinstance(item, h5py.Dataset):
            values = item[()]
            data = values.tobytes() if item.dtype.kind != "O" else repr(values.tolist()).encode()
            digest = hashlib.sha256(f"{name} {item.shape} {item.dtype}".encode() + data).hexdigest()
            sums.append(f"{name} {digest}")

    group.visititems(add)
    return hashlib.sha256("\n".join(sorted(sums)).encode()).hexdigest()[:16]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("truce")
    parser.add_argument("names", nargs="*", help="of files, without .yaml; default: all")
    parser.add_argument("--trials", type=int, default=3000)
    parser.add_argument("--threads", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for verb, path in inputs(folder, asked.trials):
            if asked.names and path.stem not in asked.names:
                continue
            output = pathlib.Path(folder) / f"{verb}-{path.stem}.h5"
            command = [asked.truce, verb, str(path), "--quiet", "--threads", str(asked.threads),
                       "--output", str(output)]
            if verb == "run":
                command += ["--trials", str(asked.trials)]
            done = subprocess.run(command, capture_output=True, text=True)
            if done.returncode != 0:
                print(f"{verb} {path.stem}: {done.stderr.strip()}", file=sys.stderr)
                return 1
            with h5py.File(output) as file:
                parts = [fingerprint(file[name]) if name in file else "-" * 16
                         for name in ("trials", "timelines", *OTHERS)]
                parts[2:] = [hashlib.sha256(" ".join(parts[2:]).encode()).hexdigest()[:16]]
            print(verb, path.relative_to(pathlib.Path(folder) / "scenarios"), *parts, flush=True)
            output.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
