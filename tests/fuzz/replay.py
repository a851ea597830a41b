#!/usr/bin/python3
"""Hands every fuzz target its seeds (seeds.py), the inputs that once were wrong (found/TARGET/), and for some
seconds what can be made of both.
Usage: replay.py FUZZ_REPLAY TRUCE SOURCE_DIR [SECONDS]"""

import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
TARGETS = ("scenario", "expression", "study", "record", "csv", "results")


def main():
    replay, truce, source = sys.argv[1:4]
    seconds = sys.argv[4] if len(sys.argv) > 4 else "20"
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as name:
        folder = pathlib.Path(name)
        subprocess.run([sys.executable, HERE / "seeds.py", truce, source, folder], check=True)
        words = folder / "words"
        words.write_text("\n".join(re.findall(r'^"(.*)"$', (folder / "words.dict").read_text(), re.MULTILINE)))

        def give(target):
            inputs = [p for p in (folder / target, HERE / "found" / target) if p.exists()]
            last = folder / f"last-{target}"
            try:
                done = subprocess.run([replay, target, seconds, words, last, *inputs], capture_output=True, text=True,
                                      errors="replace", check=False, timeout=float(seconds) + 200)
            except subprocess.TimeoutExpired:
                return f"{target} does not end: {last.read_bytes()!r}\n"
            print(done.stdout, end="", flush=True)
            if done.returncode == 0:
                return ""
            lines = "\n  ".join(done.stderr.splitlines()[-5:])
            return f"{target} ends with {done.returncode}:\n  {lines}\n  {last.read_bytes()!r}\n"

        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            wrong = "".join(pool.map(give, TARGETS))
    print(wrong, end="")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
