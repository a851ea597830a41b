"""Compiles sources by clang without making code: what gcc alone accepts is found early.

usage: check_clang.py BUILD [FOLDER...]   (folders of src/, all by default; needs clang++)"""
import concurrent.futures
import json
import os
import pathlib
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OF_CLANG = {"-flto=auto", "-ffat-lto-objects", "-Wno-restrict", "-Wno-maybe-uninitialized",
                "-Winvalid-pch", "-Wshadow=local"}


def commands(build, folders):
    """Clang's command for each source of these folders."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        parts = source.relative_to(ROOT).parts
        if parts[0] != "src" or folders and parts[1] not in folders:
            continue
        words = shlex.split(entry["command"])
        words = words[next(i for i, word in enumerate(words) if word.startswith("-")):]
        # Precompiled headers are of one compiler alone.
        kept = [word for i, word in enumerate(words) if word not in NOT_OF_CLANG
                and not (word == "-include" or i > 0 and words[i - 1] == "-include")]
        end = kept.index("-o")
        yield source, ["clang++", "-fsyntax-only", *kept[:end], str(source)], entry["directory"]


def errors(job):
    source, command, folder = job
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return f"{source}:\n{run.stderr}" if run.returncode else ""


def main():
    if shutil.which("clang++") is None:
        print("no clang++: nothing is checked")
        return 0
    jobs = list(commands(pathlib.Path(sys.argv[1]), sys.argv[2:]))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(errors, jobs) if text]
    print("\n".join(found), f"{len(jobs)} sources, {len(found)} with errors", sep="\n")
    return 1 if found or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
