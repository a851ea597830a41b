#!/usr/bin/python3
"""The neutral scenario in SimPy (tests/benchmark/neutral_simpy.py) has the distributions of truce's trials. Skipped
where there is no SimPy (Debian's python3-simpy3). Usage: test_simpy.py TRUCE SOURCE_DIR"""

import importlib.util
import pathlib
import subprocess
import sys
import tempfile

SKIPPED = 77


def main():
    truce, source = map(pathlib.Path, sys.argv[1:])
    if importlib.util.find_spec("simpy") is None:
        print("there is no SimPy")
        return SKIPPED
    benchmark = source / "tests" / "benchmark"
    with tempfile.TemporaryDirectory() as folder:
        run, table = pathlib.Path(folder) / "run.h5", pathlib.Path(folder) / "table.csv"
        for command in ([truce, "run", source / "scenarios" / "neutral-a-b.yaml", "-n", "100000", "-o", run, "--quiet"],
                        [sys.executable, benchmark / "neutral_simpy.py", "6000", "--csv", table],
                        [sys.executable, benchmark / "agreement.py", run, table]):
            done = subprocess.run([str(word) for word in command], check=False)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
