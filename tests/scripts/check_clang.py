"""Compiles sources by clang without making code: what gcc alone accepts is found early. With --tidy,
clang-tidy reads them, by the project's .clang-tidy.

usage: check_clang.py BUILD [--tidy] [FOLDER...]   (folders of src/, all by default; needs clang++ or clang-tidy)"""
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
SKIPPED = 77


def commands(build, folders, tidy):
    """The command for each source of these folders."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        parts = source.relative_to(ROOT).parts
        if parts[0] != "src" or folders and parts[1] not in folders:
            continue
        words = shlex.split(entry["command"])
        words = words[next(i for i, word in enumerate(words) if word.startswith("-")):]
        # Precompiled headers are of one compiler alone.
        kept = [word for i, word in enumerate(words) if word not in NOT_OF_CLANG
                and not word.startswith("--param=")
                and not (word == "-include" or i > 0 and words[i - 1] == "-include")]
        end = kept.index("-o")
        if tidy:
            # Headers are judged where a source includes them.
            command = ["clang-tidy", "--quiet", str(source), "--", *kept[:end], "-w"]
        else:
            command = ["clang++", "-fsyntax-only", *kept[:end], str(source)]
        yield source, command, entry["directory"]


def errors(job):
    source, command, folder = job
    run = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    return f"{source}:\n{run.stdout}{run.stderr}" if run.returncode else ""


def main():
    tidy = "--tidy" in sys.argv
    tool = "clang-tidy" if tidy else "clang++"
    if shutil.which(tool) is None:
        print(f"no {tool}: nothing is checked")
        return SKIPPED
    folders = [word for word in sys.argv[2:] if word != "--tidy"]
    jobs = list(commands(pathlib.Path(sys.argv[1]), folders, tidy))
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(errors, jobs) if text]
    print("\n".join(found), f"{len(jobs)} sources, {len(found)} with errors", sep="\n")
    return 1 if found or not jobs else 0


if __name__ == "__main__":
    sys.exit(main())
