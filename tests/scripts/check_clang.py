"""Compiles sources by clang without making code: what gcc alone accepts is found early. With --tidy,
clang-tidy reads them, by the project's .clang-tidy.

usage: check_clang.py BUILD [--tidy] [FOLDER...]   (folders of src/, all by default; needs clang++ or clang-tidy,
which reads files one by one: a BUILD without CMAKE_UNITY_BUILD, and with CMAKE_DISABLE_PRECOMPILE_HEADERS)"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
NOT_OF_CLANG = {"-flto=auto", "-ffat-lto-objects", "-Wno-restrict", "-Wno-maybe-uninitialized",
                "-Winvalid-pch", "-Wshadow=local"}
SKIPPED = 77


def folder_of(source):
    """The folder of src/ that a source, or a file that includes a dozen of its sources, belongs to."""
    together = re.search(r"/truce_(\w+)\.dir/Unity/", str(source))
    if together:
        return together[1]
    parts = source.relative_to(ROOT).parts
    return parts[1] if parts[0] == "src" else None


def commands(build, folders, tidy):
    """(folder, source, command, where) for each source of these folders."""
    for entry in json.loads((build / "compile_commands.json").read_text()):
        source = pathlib.Path(entry["file"])
        folder = folder_of(source)
        if folder is None or folders and folder not in folders:
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
        yield folder, source, command, entry["directory"]


def errors(job):
    _, source, command, where = job
    run = subprocess.run(command, cwd=where, capture_output=True, text=True)
    return f"{source}:\n{run.stdout}{run.stderr}" if run.returncode else ""


def main():
    tidy = "--tidy" in sys.argv
    tool = "clang-tidy" if tidy else "clang++"
    if shutil.which(tool) is None:
        print(f"no {tool}: nothing is checked")
        return SKIPPED
    folders = [word for word in sys.argv[2:] if word != "--tidy"]
    jobs = list(commands(pathlib.Path(sys.argv[1]), folders, tidy))
    unread = set(folders) - {folder for folder, *_ in jobs}
    if unread or not jobs:
        sys.exit(f"no sources of {', '.join(sorted(unread)) or 'src/'} in that build")
    if tidy and any("/Unity/" in str(source) for _, source, *_ in jobs):
        sys.exit("clang-tidy reads files one by one: configure with CMAKE_UNITY_BUILD=OFF")
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [text for text in pool.map(errors, jobs) if text]
    print("\n".join(found), f"{len(jobs)} sources, {len(found)} with errors", sep="\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
