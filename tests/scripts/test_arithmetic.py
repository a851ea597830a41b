#!/usr/bin/python3
"""What a program or library of truce takes from the C library must have one exact answer.

Usage: test_arithmetic.py FILE...

Elementary functions are truce's own (src/base/elementary/), as the C library's differ by a unit in the last place with
the processor and the version. Those that IEEE 754 defines exactly may be anybody's. Nor may a program ask what its
processor is, so that nothing in a results file tells of it.
"""

import re
import subprocess
import sys

ELEMENTARY = re.compile(
    r"(a?(sin|cos|tan)h?|atan2|sincos|exp|exp2|exp10|expm1|log|log2|log10|log1p|pow|cbrt|hypot|erfc?|[lt]?gamma|lgamma_r)[fl]?")


def taken(path):
    """Names that the file has from elsewhere, without their versions."""
    listed = subprocess.run(["nm", "-D", "--undefined-only", path], capture_output=True, text=True, check=True).stdout
    return {line.split()[-1].split("@")[0] for line in listed.splitlines() if line.strip()}


def asks_the_processor(path):
    """Whether the file has what gcc's and clang's __builtin_cpu_supports needs."""
    return "__cpu_model" in subprocess.run(["nm", path], capture_output=True, text=True, check=True).stdout


def main():
    wrong = []
    for path in sys.argv[1:]:
        names = taken(path)
        assert names, f"nothing is read of {path}"
        wrong += [f"{path}: {name}" for name in sorted(names) if ELEMENTARY.fullmatch(name)]
    if wrong:
        sys.exit("taken from the C library:\n" + "\n".join(wrong))
    asking = [path for path in sys.argv[1:] if asks_the_processor(path)]
    if asking:
        sys.exit("asks what its processor is: " + ", ".join(asking))


if __name__ == "__main__":
    main()
