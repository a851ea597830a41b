#!/usr/bin/python3
"""Hands every fuzz target its seeds (seeds.py), and the inputs that once were wrong (found/TARGET/).
Usage: replay.py FUZZ_REPLAY TRUCE SOURCE_DIR"""

import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def main():
    replay, truce, source = sys.argv[1:4]
    failed = 0
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, HERE / "seeds.py", truce, source, folder], check=True)
        for target in ("scenario", "expression", "study", "record", "csv", "results"):
            inputs = [p for p in (pathlib.Path(folder) / target, HERE / "found" / target) if p.exists()]
            done = subprocess.run([replay, target, *inputs], capture_output=True, text=True, errors="replace")
            print(done.stdout, end="")
            if done.returncode != 0:
                failed += 1
                print(f"{target} ends with {done.returncode}:", *done.stderr.splitlines()[-5:], sep="\n  ")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
