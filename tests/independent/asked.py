"""Asks the program `independent_numbers` what truce computes."""

import subprocess


def ask(program: str, lines: list[str]) -> list[list[float]]:
    """The numbers that each line of questions gives; see numbers.cpp."""
    done = subprocess.run([program], input="\n".join(lines) + "\n", capture_output=True,
                          text=True, check=True)
    answers = [[float(x) for x in line.split()] for line in done.stdout.splitlines()]
    assert len(answers) == len(lines)
    return answers
