#!/usr/bin/python3
"""The program as a user meets it: exit codes, messages, files. Usage: test_cli.py TRUCE SOURCE_DIR"""

import json
import os
import resource
import signal
import subprocess
import sys
import time
import unittest

import h5py
import numpy as np

from program import NEUTRAL, TRUCE, Program

LONG = """
truce: 2
horizon: 2000
incidents: {shot: {rate: 1, while: true}}
outcomes: {shots: {value: shot.occurred}}
"""


class CliTest(Program):
    def scenario(self, text, name="scenario.yaml"):
        file = self.path / name
        file.write_text(text)
        return file

    def files(self):
        return sorted(p.name for p in self.path.rglob("*") if p.is_file())

    def test_equal_runs_are_equal_files(self):
        for name, extra in {"one": ["-j1"], "two": ["-j2"], "again": ["-j2"],
                            "other": ["--seed", "2"]}.items():
            self.truce("run", NEUTRAL, "-n", 5000, "-o", f"{name}.h5", "--quiet", *extra)
        one = (self.path / "one.h5").read_bytes()
        self.assertEqual(one, (self.path / "two.h5").read_bytes())
        self.assertEqual(one, (self.path / "again.h5").read_bytes())
        self.assertNotEqual(one, (self.path / "other.h5").read_bytes())
        with h5py.File(self.path / "one.h5") as a, h5py.File(self.path / "other.h5") as b:
            self.assertFalse(np.array_equal(a["trials/duration"], b["trials/duration"]))

    def test_the_last_day_of_timelines_holds_the_end(self):
        (self.path / "half.yaml").write_text("""truce: 2
horizon: 36 h
parties: {a: {role: principal}, b: {role: principal}}
cohorts: {guests: {held_by: a, living: 10}}
phases:
  only:
    obligations:
      give: {by: a, release: guests, due: [{day: 1, count: 2}, {day: 1.5, count: 3}]}
timelines: [guests.freed]
""")
        self.truce("run", "half.yaml", "-n", 10, "-o", "half.h5")
        with h5py.File(self.path / "half.h5") as file:
            self.assertEqual([0, 2, 5], list(file["timelines/guests.freed.mean"]))
            self.assertEqual([0, 1, 2], list(file["timelines/day"]))
            self.assertEqual([5] * 10, list(file["trials/guests.freed"]))

    def test_trace_replays_rows(self):
        self.truce("run", NEUTRAL, "-n", 3000, "-o", "run.h5", "--seed", 9, "--set", "word=0.7")
        with h5py.File(self.path / "run.h5") as file:
            trials = file["trials"]
            for trial in range(0, 3000, 131):
                told = json.loads(self.truce("trace", NEUTRAL, "--trial", trial, "--seed", 9,
                                             "--set", "word=0.7", "--json").stdout)
                self.assertGreater(len(told["events"]), 3)
                for name, value in told["row"].items():
                    column = trials[name]
                    stored = column[trial]
                    meanings = column.attrs.get("flag_meanings")
                    if meanings is not None:
                        codes = list(column.attrs["flag_values"])
                        stored = meanings.split()[codes.index(stored)]
                        self.assertEqual(stored, value, name)
                    elif value is None:
                        self.assertTrue(np.isnan(stored), name)
                    else:
                        self.assertEqual(float(stored), value, name)

    def test_trace_tells_in_words(self):
        text = self.truce("trace", NEUTRAL, "--trial", 3).stdout
        for piece in ["trial 3", "first.started", "a_gives.comply[0]: drew 0.", "row 3 of /trials",
                      "does not forecast"]:
            self.assertIn(piece, text)

    def test_output_is_not_overwritten(self):
        self.truce("run", NEUTRAL, "-n", 100, "-o", "run.h5")
        before = (self.path / "run.h5").read_bytes()
        done = self.truce("run", NEUTRAL, "-n", 200, "-o", "run.h5", expect=2)
        self.assertIn("run.h5", done.stderr)
        self.assertIn("--force", done.stderr)
        self.assertEqual(before, (self.path / "run.h5").read_bytes())
        self.truce("run", NEUTRAL, "-n", 200, "-o", "run.h5", "--force")
        self.assertNotEqual(before, (self.path / "run.h5").read_bytes())

    def test_default_output(self):
        self.truce("run", NEUTRAL, "-n", 100)
        self.assertIn("neutral-a-b.h5", self.files())
        self.assertTrue((self.path / "results" / "neutral-a-b.h5").exists())

    def test_impossible_outputs(self):
        done = self.truce("run", NEUTRAL, "-n", 100, "-o", "no/such/folder/x.h5", expect=2)
        self.assertIn("no/such/folder", done.stderr)
        self.scenario("text", "plain")
        self.truce("run", NEUTRAL, "-n", 100, "-o", "plain/x.h5", expect=2)
        self.truce("run", NEUTRAL, "-n", 100, "-o", ".", expect=2)
        if os.geteuid() != 0:
            folder = self.path / "closed"
            folder.mkdir(mode=0o500)
            self.assertIn("closed", self.truce("run", NEUTRAL, "-n", 100, "-o", "closed/x.h5",
                                               expect=2).stderr)
        self.assertEqual(self.files(), ["plain"])

    def test_full_disk(self):
        self.truce("run", NEUTRAL, "-n", 100, "-o", "run.h5")
        before = (self.path / "run.h5").read_bytes()

        def little_room():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

        done = self.truce("run", NEUTRAL, "-n", 200_000, "-o", "run.h5", "--force", expect=1,
                          preexec_fn=little_room)
        self.assertIn("run.h5", done.stderr)
        self.assertEqual(before, (self.path / "run.h5").read_bytes())
        self.assertEqual(self.files(), ["run.h5", "run.run.json"])

    def interrupted(self, number):
        scenario = self.scenario(LONG)
        process = subprocess.Popen([TRUCE, "run", scenario, "-n", "100000000", "-o", "run.h5"],
                                   cwd=self.path, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        time.sleep(1.5)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("are kept", errors)
        with h5py.File(self.path / "run.h5") as file:
            trials = int(file.attrs["trials"])
            self.assertGreater(trials, 0)
            self.assertEqual(file["trials/shots"].shape, (trials,))
            shots = file["trials/shots"][:]
        self.truce("run", scenario, "-n", trials, "-o", "whole.h5")
        with h5py.File(self.path / "whole.h5") as file:
            self.assertTrue(np.array_equal(shots, file["trials/shots"][:]))

    def test_ctrl_c_keeps_what_is_finished(self):
        self.interrupted(signal.SIGINT)

    def test_sigterm_keeps_what_is_finished(self):
        self.interrupted(signal.SIGTERM)

    def test_wrong_scenarios(self):
        wrong = self.scenario("truce: 2\nhorizon: 10\nlevels: {x: 1}\noutcomes: {y: {value: z}}\n")
        for verb in [["check"], ["run", "-o", "x.h5"], ["trace", "--trial", "1"]]:
            done = self.truce(*verb, wrong.name, expect=2)
            self.assertIn("scenario.yaml:4:", done.stderr)
            self.assertIn("error: unknown name 'z'", done.stderr)
        self.assertNotIn("x.h5", self.files())
        self.assertIn("missing.yaml", self.truce("check", "missing.yaml", expect=2).stderr)
        report = json.loads(self.truce("check", wrong.name, "--json", expect=2).stdout)
        self.assertFalse(report[0]["sound"])
        self.assertEqual(report[0]["findings"][0]["line"], 3)

    def test_check_summarises_sound_scenarios(self):
        done = self.truce("check", NEUTRAL)
        self.assertIn("neutral-a-b.yaml: sound", done.stdout)
        self.assertEqual(done.stderr, "")

    def test_failed_trials(self):
        scenario = self.scenario('truce: 2\nhorizon: 9\nlevels: {x: "uniform(0.9, 1.1)"}\n'
                                 "triggers: {t: {at: 1, chance: x}}\n"
                                 "outcomes: {fired: {value: t.fired}}\n")
        done = self.truce("run", scenario, "-n", 2000, "-o", "run.h5", expect=1)
        self.assertIn("trials failed", done.stderr)
        self.assertIn("'t.chance': the probability is 1.", done.stderr)
        self.assertIn("truce trace", done.stderr)
        with h5py.File(self.path / "run.h5") as file:
            status = file["trials/status"][:]
            self.assertEqual(len(status), 2000)
            self.assertTrue(800 < np.count_nonzero(status) < 1200)
            failed = int(np.flatnonzero(status)[0])
        done = self.truce("trace", scenario, "--trial", failed, expect=1)
        self.assertIn("the probability is 1.", done.stderr)

    def test_precision(self):
        self.truce("run", NEUTRAL, "--precision", "completed=0.01", "-o", "run.h5")
        with h5py.File(self.path / "run.h5") as file:
            summary = file["summary"]
            at = list(summary["outcome"].asstr()).index("completed")
            self.assertEqual("precise", file.attrs["completion"])
            self.assertEqual(4096, file.attrs["trials"])
            self.assertLess(1.96 * summary["se_controlled"][at], 0.01)
            self.assertGreater(1.96 * summary["se"][at], 0.012)  # not enough by itself
        done = self.truce("run", NEUTRAL, "--precision", "complete=0.01", "-o", "x.h5", expect=2)
        self.assertIn("did you mean 'completed'?", done.stderr)
        self.truce("run", NEUTRAL, "--precision", "completed=-1", "-o", "x.h5", expect=2)
        done = self.truce("run", NEUTRAL, "--precision", "completed=1e-6", "--at-most", 5000,
                          "-o", "x.h5")
        self.assertIn("not reached within 5000 trials", done.stderr)
        # Reached with the last trial, where it does not look otherwise.
        done = self.truce("run", NEUTRAL, "--precision", "completed=0.0138", "--at-most", 5000,
                          "-o", "y.h5")
        self.assertIn("5000 trials, seed 1\n", done.stdout)
        self.assertNotIn("not reached", done.stderr)

    def test_show(self):
        self.truce("run", NEUTRAL, "-n", 2000, "-o", "run.h5")
        text = self.truce("show", "run.h5", "guests_of_b.freed").stdout
        self.assertIn("Neutral exchange", text)
        self.assertEqual(text.count("does not forecast"), 1)
        report = json.loads(self.truce("show", "run.h5", "ending", "--json").stdout)
        with h5py.File(self.path / "run.h5") as file:
            mean = file["trials/duration"][:].mean()
        text = json.dumps(report)
        self.assertIn(repr(float(mean))[:10], text)
        self.assertIn("no/such.h5", self.truce("show", "no/such.h5", expect=2).stderr)
        self.scenario("no results", "x.h5")
        self.truce("show", "x.h5", expect=2)
        self.truce("show", "run.h5", "guests.freed", expect=2)

    def test_options(self):
        self.assertIn("compare assumptions", self.truce("--help").stdout)
        self.assertIn("HDF5", self.truce("--version").stdout)
        for verb in ["check", "run", "trace", "show"]:
            self.assertIn("Example: truce " + verb, self.truce(verb, "--help").stdout)
        self.truce(expect=2)
        self.truce("rum", expect=2)
        self.truce("run", NEUTRAL, "--trials", 0, expect=2)
        self.truce("run", NEUTRAL, "--seed", "-3", "-o", "x.h5", expect=2)
        for value in ["word", "word=", "word=nan", "word=1e999", "wrod=0.5"]:
            self.truce("run", NEUTRAL, "--set", value, "-o", "x.h5", expect=2)
        self.assertEqual(self.files(), [])

    def test_random_seed_is_recorded(self):
        self.truce("run", NEUTRAL, "-n", 50, "--seed", "random", "-o", "a.h5")
        with h5py.File(self.path / "a.h5") as file:
            seed = int(file.attrs["seed"])
        self.truce("run", NEUTRAL, "-n", 50, "--seed", seed, "-o", "b.h5")
        self.assertEqual((self.path / "a.h5").read_bytes(), (self.path / "b.h5").read_bytes())

    def test_a_chronicle_does_not_depend_on_threads(self):
        files = []
        for threads in (1, 3):
            self.truce("run", NEUTRAL, "-n", 3000, "--chronicle", 2000, "-j", threads, "-o", "run.h5",
                       "--force")
            files.append((self.path / "run.h5").read_bytes())
        self.assertEqual(*files)

    def test_chronicle(self):
        self.truce("run", NEUTRAL, "-n", 3000, "--chronicle", 3, "-o", "run.h5")
        told = json.loads(self.truce("trace", NEUTRAL, "--trial", 2, "--json").stdout)
        with h5py.File(self.path / "run.h5") as file:
            chronicle = file["chronicle"]
            mine = chronicle["trial"][:] == 2
            self.assertEqual(set(chronicle["trial"][:]), {0, 1, 2})
            what = [w.decode() for w in chronicle["what"][mine]]
            self.assertEqual(what, [e["what"] for e in told["events"]])


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]], verbosity=1)
