#!/usr/bin/python3
"""Prints the table of tests/README.md: ratios of two commands run in turn, and nanoseconds per event
of every shipped scenario. Called by tests/benchmark/run."""

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
NEUTRAL = ROOT / "scenarios/neutral-a-b.yaml"
CAIRO = ROOT / "scenarios/cairo-three-phase.yaml"


def output(*command):
    done = subprocess.run([str(x) for x in command], capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"error: {' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return done.stdout


def seconds(*command):
    start = time.perf_counter()
    output(*command)
    return time.perf_counter() - start


def number(text, unit):
    return float(re.search(rf"([\d.]+) {unit}", text).group(1))


def in_turn(pairs, first, second):
    """Medians of both, and of the ratios of the pairs."""
    measured = [(first(), second()) for _ in range(pairs)]
    return (statistics.median(a for a, _ in measured), statistics.median(b for _, b in measured),
            statistics.median(a / b for a, b in measured))


def row(what, first, second, ratio, goal):
    print(f"| {what} | {first} | {second} | {ratio} | {goal} |", flush=True)


def many_obligations(count):
    """A scenario of so many obligations, each with its own date, failures and answer in time."""
    duties = "\n".join(
        f"      duty_{i}: {{by: {'ab'[i % 2]}, release: {'cd'[i % 2]}ivilians, "
        f"due: [{{day: {1 + i * 50 / count:g}, count: 1}}], comply: 0.9, "
        "otherwise: {late: 1, refuse: 1}, late_by: exponential(2), grace: 1, breach: react}"
        for i in range(count))
    return ("truce: 2\nhorizon: 100\n"
            "parties: {a: {role: principal, trust: {initial: 0.5, breached: -0.01}}, "
            "b: {role: principal, trust: {initial: 0.5, breached: -0.01}}}\n"
            f"cohorts: {{civilians: {{held_by: a, living: {count}}}, "
            f"divilians: {{held_by: b, living: {count}}}}}\n"
            "responses: {react: {tolerate: 1, dispute: 1}}\n"
            "mediation: {takes: exponential(1)}\n"
            "incidents: {shots: {by: a, to: b, rate: 0.05 * (1 - a.trust), "
            "excites: {jump: 0.1, decay: 0.5}}}\n"
            f"phases:\n  first:\n    lasts: 80\n    obligations:\n{duties}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build")
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--quick", action="store_true", help="a tenth of the trials, two pairs")
    options = parser.parse_args()
    pairs = 2 if options.quick else options.pairs
    scale = 10 if options.quick else 1
    bin_ = options.build / "bin"
    threads = os.cpu_count() or 1
    folder = pathlib.Path(tempfile.mkdtemp())
    out = folder / "run.h5"

    def interpreter(scenario, trials, unit="ns/trial"):
        return number(output(bin_ / "bench_trials", scenario, max(1, trials // scale), 3), unit)

    def run(scenario, trials, jobs):
        return seconds(bin_ / "truce", "run", scenario, "-n", max(1, trials // scale), "-j", jobs,
                       "--quiet", "--force", "-o", out)

    print(f"Medians of {pairs} pairs run in turn; {threads} cores.\n")
    print("| what | first | second | ratio | goal |\n| --- | --- | --- | --- | --- |")

    a, b, ratio = in_turn(
        pairs, lambda: interpreter(NEUTRAL, 20000),
        lambda: number(output(bin_ / "bench_by_hand", 20000 // scale, 3), "ns/trial"))
    row("neutral-a-b: interpreter, C++ by hand", f"{a:.0f} ns/trial", f"{b:.0f} ns/trial",
        f"{ratio:.2f}", "1.5 at most")

    table = folder / "simpy.csv"
    simpy_trials = 20000 // scale

    def simpy():
        return number(output(sys.executable, HERE / "neutral_simpy.py", simpy_trials, "--csv",
                             table), "ns/trial")

    for jobs in dict.fromkeys((1, threads)):
        a, b, ratio = in_turn(pairs, simpy,
                              lambda j=jobs: 1e9 * run(NEUTRAL, 200000, j) / (200000 // scale))
        row(f"neutral-a-b: SimPy, truce run -j{jobs} with its file", f"{a:.0f} ns/trial",
            f"{b:.0f} ns/trial", f"{ratio:.0f}", "200 at least")
    agreement = output(sys.executable, HERE / "agreement.py", out, table)

    a, b, ratio = in_turn(pairs, lambda: run(CAIRO, 300000, 1), lambda: run(CAIRO, 300000, 2))
    row("cairo-three-phase: one thread, two", f"{a:.2f} s", f"{b:.2f} s", f"{ratio:.2f}",
        "1.9 at least")

    trials = 300000
    a, b, ratio = in_turn(pairs, lambda: run(CAIRO, trials, 1),
                          lambda: interpreter(CAIRO, 50000) * trials / scale / 1e9)
    row("cairo-three-phase: with its file, interpreter alone", f"{a:.2f} s", f"{b:.2f} s",
        f"{ratio:.2f}", "1.15 at most")

    few, many = folder / "few.yaml", folder / "many.yaml"
    few.write_text(many_obligations(10))
    many.write_text(many_obligations(200))
    a, b, ratio = in_turn(pairs, lambda: interpreter(many, 2000, "ns/event"),
                          lambda: interpreter(few, 20000, "ns/event"))
    row("200 obligations, 10", f"{a:.0f} ns/event", f"{b:.0f} ns/event", f"{ratio:.2f}",
        "2 at most")

    print("\n| what | measured | goal |\n| --- | --- | --- |")
    million = statistics.median(run(CAIRO, 1000000, threads) for _ in range(1 if scale > 1 else 3))
    print(f"| a million trials of cairo-three-phase, {threads} threads | {million * scale:.1f} s "
          "| 10 s |")
    start = statistics.median(seconds(bin_ / "bench_start", CAIRO, out) for _ in range(15))
    print(f"| start-up of cairo-three-phase: parse, compile, open the file | {1000 * start:.0f} ms "
          "| 30 ms |")
    one = statistics.median(run(CAIRO, 1, 1) for _ in range(15))
    print(f"| the same with one trial, and the file finished | {1000 * one:.0f} ms | |")
    queue = statistics.median(interpreter(HERE / "dispute_queue.yaml", 20 * scale, "ns/event")
                              for _ in range(pairs))
    print(f"| dispute queue (M/M/1) | {queue:.0f} ns/event | 40 |")
    scenarios = ROOT / "scenarios"
    for path in sorted(p for p in scenarios.rglob("*.yaml")
                       if not {"studies", "overlays", "records"} & set(p.relative_to(scenarios).parts)):
        ns = statistics.median(interpreter(path, 2000 * min(scale, 5), "ns/event")
                               for _ in range(3))
        print(f"| {path.relative_to(scenarios)} | {ns:.0f} ns/event | 100 |", flush=True)

    print("\nAgreement with SimPy, by two-sample Kolmogorov-Smirnov tests:\n\n" + agreement)
    if (bin_ / "bench_parts").exists():
        print(output(bin_ / "bench_parts", "--benchmark_format=console"))


if __name__ == "__main__":
    main()
