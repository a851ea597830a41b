#!/usr/bin/python3
"""Checks that the C++ sources are as clang-format would write them by the project's file. Versions
differ, so that only the one below is asked; without it nothing is checked, and that is said.

Usage: check_format.py ROOT
"""

import pathlib
import shutil
import subprocess
import sys

VERSION = "14"
FOLDERS = ("src", "include", "tests")


def formatter():
    """The program, or nothing where there is none of that version."""
    for name in (f"clang-format-{VERSION}", "clang-format"):
        program = shutil.which(name)
        if program:
            told = subprocess.run([program, "--version"], capture_output=True, text=True).stdout
            if f"version {VERSION}." in told:
                return program
    return None


def main():
    root, program = pathlib.Path(sys.argv[1]), formatter()
    if program is None:
        print(f"no clang-format {VERSION}: nothing is checked")
        return 0
    files = [str(p) for folder in FOLDERS for p in sorted((root / folder).rglob("*.[ch]pp"))]
    done = subprocess.run([program, "--dry-run", "-Werror", f"--style=file:{root}/.clang-format",
                           *files], capture_output=True, text=True)
    print(done.stderr, f"{len(files)} files", sep="")
    return 1 if done.returncode or not files else 0


if __name__ == "__main__":
    sys.exit(main())
