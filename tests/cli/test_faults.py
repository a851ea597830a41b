#!/usr/bin/python3
"""Signals, lost descriptors, full disks, missing threads, two processes at one output: no result is
lost or damaged, nothing is left behind, and the exit code tells. Usage: test_faults.py TRUCE
SOURCE_DIR FAULTS_LIBRARY"""

import json
import os
import pathlib
import resource
import shlex
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import h5py

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
FAULTS = pathlib.Path(sys.argv[3]).resolve() if len(sys.argv) > 3 else None
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

# 2,000 events per trial: a block takes some tens of milliseconds.
LONG = """truce: 2
horizon: 2000
incidents: {shot: {rate: 1, while: true}}
outcomes: {shots: {value: shot.occurred}}
"""
STUDY = f"""study: 1
name: Small
scenario: {NEUTRAL}
trials: TRIALS
design: {{kind: latin_hypercube, points: 20}}
vary: {{word: "uniform(0.5, 1)", calm: "uniform(0.01, 0.05)"}}
"""


class FaultTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        (self.path / "long.yaml").write_text(LONG)
        self.study("study.yaml", 200)

    def study(self, name, trials):
        (self.path / name).write_text(STUDY.replace("TRIALS", str(trials)))

    def start(self, *arguments, faults=None, **options):
        environment = dict(os.environ)
        if faults is not None:
            environment |= {"LD_PRELOAD": str(FAULTS), **faults}
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | options
        return subprocess.Popen([TRUCE, *map(str, arguments)], cwd=self.path, text=True,
                                env=environment, **settings)

    def truce(self, *arguments, expect=0, **options):
        process = self.start(*arguments, **options)
        out, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, expect, f"{arguments}: {out}{errors}")
        return out, errors

    def shell(self, line):
        """The exit code and stderr of a line in which $T is the program."""
        done = subprocess.run(["bash", "-c", line], cwd=self.path, text=True,
                              capture_output=True, check=False,
                              env=dict(os.environ, T=str(TRUCE), S=str(NEUTRAL)))
        return done.returncode, done.stderr

    def new_files(self):
        return sorted(p.relative_to(self.path).as_posix() for p in self.path.rglob("*")
                      if p.suffix != ".yaml")

    def trials(self, name):
        with h5py.File(self.path / name) as file:
            trials = int(file.attrs["trials"])
            self.assertEqual(file["trials/duration"].shape[-1], trials)
            return trials

    def wait_for(self, condition):
        until = time.monotonic() + 30
        while not condition():
            self.assertLess(time.monotonic(), until)
            time.sleep(0.005)


class Signals(FaultTest):
    def stopped(self, number, delay):
        process = self.start("run", "long.yaml", "-n", 10**8, "-o", "run.h5", "--quiet")
        self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
        time.sleep(delay)
        process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        return errors

    def test_in_the_middle_of_a_run(self):
        for number in STOPS:
            with self.subTest(number):
                self.assertIn("are kept", self.stopped(number, 0.4))
                self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])
                self.assertGreater(self.trials("run.h5"), 0)
                (self.path / "run.h5").unlink()

    def test_trials_that_take_seconds_hear_at_once(self):
        (self.path / "long.yaml").write_text(LONG.replace("rate: 1,", "rate: 1e6,"))
        for delay in (0.1, 0.7):
            process = self.start("run", "long.yaml", "-n", 1000, "-o", "run.h5", "--force", "--quiet")
            self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
            time.sleep(delay)
            sent = time.monotonic()
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130)
            self.assertLess(time.monotonic() - sent, 2)

    def test_hang_up_is_ignored_under_nohup(self):
        process = self.start("run", "long.yaml", "-n", 10**8, "-o", "run.h5", "--quiet",
                             preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
        process.send_signal(signal.SIGHUP)
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130)

    def test_before_the_first_trial(self):
        for number in STOPS:
            faults = {"FAULT_AT": "pthread_create", "FAULT_SIGNAL": str(int(number))}
            _, errors = self.truce("run", "long.yaml", "-n", 10**8, "-o", "run.h5", faults=faults,
                                   expect=130)
            self.assertIn("nothing was written", errors)
            self.truce("study", "study.yaml", "-o", "study.h5", faults=faults, expect=130)
            self.assertEqual(self.new_files(), [])

    def test_after_the_last_trial(self):
        for call in ("fsync", "rename"):
            for number in STOPS:
                faults = {"FAULT_AT": call, "FAULT_SIGNAL": str(int(number))}
                self.truce("run", NEUTRAL, "-n", 2000, "-o", "run.h5", "--force", faults=faults)
                self.assertEqual(self.trials("run.h5"), 2000)
        self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])

    def test_while_a_part_of_a_study_is_written(self):
        self.truce("study", "study.yaml", "-o", "whole.h5")
        for number in STOPS:
            for call in ("fsync", "rename"):
                faults = {"FAULT_AT": call, "FAULT_SIGNAL": str(int(number))}
                process = self.start("study", "study.yaml", "-o", "study.h5", faults=faults)
                _, errors = process.communicate(timeout=60)
                if process.returncode == 130:
                    self.assertIn("goes on from there", errors)
                    self.assertTrue(list((self.path / "study.h5.parts").glob("0*.h5")))
                    self.assertFalse(list(self.path.rglob(".*")))
                    self.truce("study", "study.yaml", "-o", "study.h5")
                else:
                    self.assertEqual(process.returncode, 0, errors)
                self.assertEqual((self.path / "whole.h5").read_bytes(),
                                 (self.path / "study.h5").read_bytes())
                (self.path / "study.h5").unlink()

    def test_a_signal_does_not_change_why_a_call_has_failed(self):
        faults = {"FAULT_CALL": "fsync", "FAULT_NTH": "1", "FAULT_HOW": f"ENOSPC {int(signal.SIGINT)}"}
        _, errors = self.truce("run", NEUTRAL, "-n", 200, "-o", "run.h5", "--quiet", faults=faults, expect=1)
        self.assertIn("run.h5: No space left on device", errors)

    def test_a_second_signal_gives_up_and_leaves_nothing(self):
        self.truce("run", NEUTRAL, "-n", 100, "-o", "run.h5")
        before = (self.path / "run.h5").read_bytes()
        for number in STOPS:
            faults = {"FAULT_AT": "fsync", "FAULT_SIGNAL": str(int(number)), "FAULT_TWICE": "1"}
            self.truce("run", NEUTRAL, "-n", 2000, "-o", "run.h5", "--force", faults=faults,
                       expect=130)
            self.assertEqual(before, (self.path / "run.h5").read_bytes())
            self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])

    def test_join_gives_up_and_leaves_its_shards(self):
        for k in (1, 2):
            self.truce("study", "study.yaml", "-o", f"{k}.h5", "--shard", f"{k}/2")
        before = self.new_files()
        for number in STOPS:
            faults = {"FAULT_AT": "fsync", "FAULT_SIGNAL": str(int(number))}
            self.truce("join", "whole.h5", "1.h5", "2.h5", faults=faults, expect=130)
            self.assertEqual(self.new_files(), before)
        self.truce("join", "whole.h5", "1.h5", "2.h5")

    def test_a_reader_that_leaves_loses_no_run(self):
        code, _ = self.shell('"$T" run "$S" -n 300000 -o run.h5 2>&1 | true; exit ${PIPESTATUS[0]}')
        self.assertEqual(code, 1)
        self.assertEqual(self.trials("run.h5"), 300_000)
        code, errors = self.shell('"$T" show run.h5 | true; exit ${PIPESTATUS[0]}')
        self.assertEqual((code, errors), (1, ""))


class Damage(FaultTest):
    """Shards and parts are used as they were written, or not at all."""

    def shards(self, count):
        for k in range(1, count + 1):
            self.truce("study", "study.yaml", "-o", f"{k}.h5", "--shard", f"{k}/{count}", "--quiet")
        return [f"{k}.h5" for k in range(1, count + 1)]

    def test_a_changed_bit_of_a_shard_is_told(self):
        shards = self.shards(2)
        shard = self.path / "1.h5"
        whole = shard.read_bytes()
        for i in range(30):
            damaged = bytearray(whole)
            damaged[i * 104729 % len(whole)] ^= 1 << i % 8
            shard.write_bytes(damaged)
            _, errors = self.truce("join", "x.h5", *shards, expect=2)
            self.assertRegex(errors, "1.h5: (is damaged: its checksum|has no seal|is no HDF5 file)")
            self.assertFalse((self.path / "x.h5").exists())

    def test_a_shard_that_was_changed_is_refused_and_a_changed_file_shown(self):
        shards = self.shards(2)
        self.truce("join", "whole.h5", *shards)
        first, _ = self.truce("show", "whole.h5")
        for name in ("whole.h5", "1.h5"):
            with h5py.File(self.path / name, "r+") as file:
                file["trials/notes"] = [1, 2, 3]
        self.assertEqual(self.truce("show", "whole.h5")[0], first)
        self.assertIn("has no seal", self.truce("join", "x.h5", *shards, expect=2)[1])
        with h5py.File(self.path / "whole.h5", "r+") as file:
            del file["summary/mean"]
            file["summary/mean"] = [[1.0]]
        self.assertIn("'mean' has an unexpected shape",
                      self.truce("show", "whole.h5", expect=2)[1])

    def test_a_damaged_part_is_not_gone_on_from(self):
        faults = {"FAULT_AT": "fsync", "FAULT_SIGNAL": str(int(signal.SIGINT))}
        self.truce("study", "study.yaml", "-o", "study.h5", "-j", 1, faults=faults, expect=130)
        part = sorted((self.path / "study.h5.parts").glob("0*.h5"))[0]
        damaged = bytearray(part.read_bytes())
        damaged[5000] ^= 4
        part.write_bytes(damaged)
        _, errors = self.truce("study", "study.yaml", "-o", "study.h5", expect=2)
        self.assertIn(f"{part.name}: is damaged: its checksum", errors)
        self.assertIn("remove it", errors)
        part.unlink()
        self.truce("study", "study.yaml", "-o", "study.h5")

    def test_shards_may_be_more_than_files_that_can_be_open(self):
        shards = self.shards(20)
        few = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (14, 14))
        self.truce("join", "x.h5", *shards, preexec_fn=few)
        self.truce("study", "study.yaml", "-o", "whole.h5")
        self.assertEqual((self.path / "x.h5").read_bytes(), (self.path / "whole.h5").read_bytes())
        none = lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (4, 4))  # the lock is the last
        _, errors = self.truce("join", "y.h5", *shards, expect=1, preexec_fn=none)
        self.assertIn("1.h5: Too many open files", errors)

    def test_a_disk_that_fails_join_is_no_wrong_input(self):
        shards = self.shards(2)
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        before = self.new_files()
        _, errors = self.truce("join", "x.h5", *shards, expect=1, preexec_fn=limit)
        self.assertIn("x.h5: File too large", errors)
        self.assertEqual(self.new_files(), before)


class Descriptors(FaultTest):
    def test_what_is_not_printed_is_no_success(self):
        self.truce("run", NEUTRAL, "-n", 200, "-o", "run.h5")
        self.truce("study", "study.yaml", "-o", "study.h5")
        self.truce("study", "study.yaml", "-o", "1.h5", "--shard", "1/1")
        verbs = {
            "check": '"$S"', "run": '"$S" -n 10 --force -o new.h5',
            "run --quiet --json": '"$S" -n 10 --force -o new.h5',
            "study": "study.yaml --force -o new.h5", "join": "new.h5 1.h5 --force",
            "compare": "study.h5 --outcome duration", "sensitivity": "study.h5 --outcome duration",
            "discover": "study.h5 --outcome completed --at-least 0.5", "trace": '"$S" --trial 1',
            "trace --json": '"$S" --trial 1', "show": "run.h5 duration", "show --json": "study.h5",
            "schema": "scenario", "graph": '"$S"', "new": "fresh", "--help": "", "run --help": "",
            "--version": ""}
        for verb, arguments in verbs.items():
            for lost in ("> /dev/full", ">&-"):
                with self.subTest(verb + " " + lost):
                    for fresh in self.path.glob("fresh*"):
                        fresh.unlink()
                    code, errors = self.shell(f'"$T" {verb} {arguments} {lost}')
                    self.assertEqual(code, 1, errors)
                    self.assertIn("standard output cannot be written", errors)

    def test_results_are_kept_whatever_becomes_of_the_messages(self):
        self.truce("run", NEUTRAL, "-n", 3000, "-o", "run.h5")
        right = (self.path / "run.h5").read_bytes()
        for lost in ("2>&-", "2> /dev/full", ">&- 2>&-", "<&- >&- 2>&-", "> /dev/full 2> /dev/full"):
            with self.subTest(lost):
                code, _ = self.shell(f'"$T" run "$S" -n 3000 --force -o run.h5 {lost}')
                self.assertEqual(code, 1)
                self.assertEqual(right, (self.path / "run.h5").read_bytes())
        self.assertEqual(
            self.shell('"$T" run "$S" -n 3000 --quiet -o new.h5 <&- >&- 2>&-')[0], 0)
        self.assertEqual(right, (self.path / "new.h5").read_bytes())

    def test_wrong_input_stays_wrong_input(self):
        for lost in ("2>&-", "2> /dev/full"):
            self.assertEqual(self.shell(f'"$T" check none.yaml {lost}')[0], 2)
            self.assertEqual(self.shell(f'"$T" runn {lost}')[0], 2)

    def test_quiet_prints_nothing(self):
        self.assertEqual(self.truce("run", NEUTRAL, "-n", 99, "--quiet", "-o", "run.h5"), ("", ""))
        self.assertEqual(self.truce("study", "study.yaml", "--quiet", "-o", "s.h5"), ("", ""))
        out, _ = self.truce("run", NEUTRAL, "-n", 99, "--quiet", "--json", "-o", "new.h5")
        self.assertEqual(json.loads(out)["trials"], 99)

    def test_a_limit_on_the_size_of_files(self):
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
        _, errors = self.truce("run", NEUTRAL, "-n", 100_000, "-o", "run.h5", expect=1,
                               preexec_fn=limit)
        self.assertIn("File too large", errors)
        self.assertEqual(self.new_files(), [])


@unittest.skipIf(FAULTS is None, "no library of faults")
class Threads(FaultTest):
    def test_fewer_threads_do_the_work(self):
        self.truce("run", NEUTRAL, "-n", 20_000, "-o", "run.h5", "-j", 4)
        self.truce("study", "study.yaml", "-o", "study.h5", "-j", 4)
        for most in ("0", "1", "3"):
            with self.subTest(most):
                faults = {"FAULT_THREADS": most}
                _, told = self.truce("run", NEUTRAL, "-n", 20_000, "-o", "few.h5", "-j", 4,
                                     "--force", faults=faults)
                self.assertIn(" on 1 thread:" if most < "2" else " on 3 threads:", told)
                self.truce("study", "study.yaml", "-o", "few-study.h5", "-j", 2, "--force",
                           faults=faults)
                for some, all_ in (("few.h5", "run.h5"), ("few-study.h5", "study.h5")):
                    self.assertEqual((self.path / some).read_bytes(),
                                     (self.path / all_).read_bytes())


class Outputs(FaultTest):
    def refused(self, *arguments, says):
        before = self.new_files()
        _, errors = self.truce(*arguments, expect=2)
        self.assertIn(says, errors)
        self.assertEqual(self.new_files(), before)

    def test_names_that_cannot_be(self):
        for verb in (("run", NEUTRAL, "-n", 10**9), ("study", "study.yaml")):
            self.refused(*verb, "-o", "-", says="cannot go to standard output")
            self.refused(*verb, "-o", "x.csv", says="name it x.h5")
            self.refused(*verb, "-o", "none/x.h5", says="none does not exist")
            self.refused(*verb, "-o", "long.yaml", "--force", says="not .yaml")
            (self.path / "results").write_text("a file")
            self.refused(*verb, says="results: the folder cannot be made")
            (self.path / "results").unlink()
        self.refused("join", "x.csv", "a.h5", says="name it x.h5")

    def test_what_holds_no_results_is_not_replaced(self):
        notes = self.path / "notes"
        notes.write_text("of a user")
        for verb in (("run", NEUTRAL), ("study", "study.yaml")):
            self.refused(*verb, "--force", "-o", "notes", says="no file of results")
        self.assertEqual(notes.read_text(), "of a user")
        notes.write_text("")
        self.truce("run", NEUTRAL, "-n", 9, "--force", "-o", "notes")

    def test_the_same_run_again_is_shown(self):
        (self.path / "days.csv").write_text("days\n1\n2\n3\n")
        (self.path / "s.yaml").write_text(
            "truce: 2\nhorizon: 9\nparameters: {p: {value: 1, prior: 'uniform(0, 2)'}}\n"
            "levels: {x: \"empirical('days.csv', 'days')\", y: p}\n"
            "outcomes: {x: {value: x}, y: {value: y}}\n")
        first, _ = self.truce("run", "s.yaml", "-n", 200, "-o", "run.h5")
        time_of = lambda name: (self.path / name).stat().st_mtime_ns
        before = time_of("run.h5")
        again, told = self.truce("run", "s.yaml", "-n", 200, "-o", "run.h5")
        self.assertEqual(first, again)
        self.assertIn("is there already, of the same run", told)
        self.assertEqual(self.truce("run", "s.yaml", "-n", 200, "-o", "run.h5", "--quiet"),
                         ("", ""))
        for extra, what in {("--seed", 2): "the seed", ("--set", "p=0.5"): "",
                            ("--uncertain",): "", ("--chronicle", 3): "",
                            ("-n", 201): "the number of trials"}.items():
            self.refused("run", "s.yaml", "-o", "run.h5",
                         *(extra if "-n" in extra else ("-n", 200, *extra)),
                         says=f"{what} differs")
        (self.path / "days.csv").write_text("days\n1\n2\n4\n")
        self.refused("run", "s.yaml", "-n", 200, "-o", "run.h5", says="days.csv differs")
        self.refused("study", "study.yaml", "-o", "run.h5", says="its content differs")
        self.assertEqual(time_of("run.h5"), before)

    def test_the_same_study_again_is_shown(self):
        first, _ = self.truce("study", "study.yaml", "-o", "study.h5")
        before = (self.path / "study.h5").stat().st_mtime_ns
        again, told = self.truce("study", "study.yaml", "-o", "study.h5")
        self.assertEqual(first, again)
        self.assertIn("is there already, of the same study", told)
        self.refused("study", "study.yaml", "-o", "study.h5", "--shard", "1/2", says="the shard differs")
        self.refused("run", NEUTRAL, "-o", "study.h5", says="its content differs")
        self.study("study.yaml", 201)
        self.refused("study", "study.yaml", "-o", "study.h5", says="the study differs")
        self.assertEqual((self.path / "study.h5").stat().st_mtime_ns, before)

    def test_failed_trials_are_told_again(self):
        (self.path / "s.yaml").write_text('truce: 2\nhorizon: 9\nlevels: {x: "uniform(0.9, 1.1)"}\n'
                                          "triggers: {t: {at: 1, chance: x}}\n"
                                          "outcomes: {fired: {value: t.fired}}\n")
        for _ in range(2):
            self.truce("run", "s.yaml", "-n", 200, "-o", "x.h5", expect=1)

    def test_a_stopped_run_is_replaced_by_a_longer_one(self):
        command = ("run", "long.yaml", "-n", 60_000, "-o", "run.h5")
        def stop(delay):
            process = self.start(*command)
            # A run that goes on has its parts in a folder of their own.
            self.wait_for(lambda: [*self.path.glob(".run.h5.partial*"), *self.path.glob("run.h5.parts")])
            time.sleep(delay)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate(timeout=60)
            self.assertEqual(process.returncode, 130, errors)
            return errors
        stop(0.2)
        kept = self.trials("run.h5")
        faults = {"FAULT_AT": "pthread_create", "FAULT_SIGNAL": str(int(signal.SIGINT))}
        self.truce(*command, faults=faults, expect=130)
        self.assertEqual(self.trials("run.h5"), kept)
        errors = stop(0.3)
        self.assertGreaterEqual(self.trials("run.h5"), kept)
        self.assertIn("are kept", errors)
        self.truce(*command, "--quiet")
        self.assertEqual(self.trials("run.h5"), 60_000)
        self.truce("run", "long.yaml", "-n", 60_000, "-o", "new.h5", "--quiet")
        self.assertEqual((self.path / "run.h5").read_bytes(), (self.path / "new.h5").read_bytes())

    def test_a_forced_run_that_is_stopped_replaces_nothing_complete(self):
        self.truce("run", "long.yaml", "-n", 20, "-o", "run.h5", "--quiet")
        before = (self.path / "run.h5").read_bytes()
        process = self.start("run", "long.yaml", "-n", 10**8, "-o", "run.h5", "--force", "--quiet")
        self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
        time.sleep(0.4)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("are kept in run.interrupted.h5; the file that was there stays", errors)
        self.assertEqual((self.path / "run.h5").read_bytes(), before)
        self.assertGreater(self.trials("run.interrupted.h5"), 20)
        self.assertEqual(self.new_files(), ["run.h5", "run.interrupted.h5",
                                            "run.interrupted.run.json", "run.run.json"])

    def test_a_link_is_kept_and_what_it_leads_to_is_written(self):
        (self.path / "far").mkdir()
        link = self.path / "run.h5"
        link.symlink_to("far/away.h5")
        for trials in (100, 200):  # there is nothing at its end, then there is a file
            self.truce("run", NEUTRAL, "-n", trials, "-o", "run.h5", "--force")
            self.assertTrue(link.is_symlink())
            self.assertEqual(self.trials("far/away.h5"), trials)
        (self.path / "round").symlink_to("round")
        self.truce("run", NEUTRAL, "-n", 9, "-o", "round", expect=2)

    def test_the_spelling_of_a_command_and_the_folder_change_no_byte(self):
        text = ("truce: 2\nhorizon: 9\nparameters: {p: 1, q: 2}\n"
                "triggers: {t: {at: 1, chance: x}}\n"
                "levels: {x: \"uniform(0.9, 1.1)\", y: p + q}\noutcomes: {y: {value: y}}\n")
        (self.path / "far").mkdir()
        (self.path / "s.yaml").write_text(text)
        (self.path / "far" / "s.yaml").write_text(text)
        spelled = [("s.yaml", "--set", "p=0.5", "--set", "q=1", "-n", 200),
                   ("./s.yaml", "--set", "q=1.0", "--set", "p=0.50", "-n", "2e2"),
                   (self.path / "far" / "s.yaml", "--set", "q=1e0", "--set", "p=.5", "-n", 200)]
        files = set()
        for i, command in enumerate(spelled):
            self.truce("run", *command, "-o", f"{i}.h5", "--quiet", expect=1)
            files.add((self.path / f"{i}.h5").read_bytes())
        self.assertEqual(len(files), 1)
        with h5py.File(self.path / "0.h5") as file:
            self.assertEqual(file["provenance/command_line"].asstr()[()],
                             "truce run s.yaml --trials 200 --seed 1 --set p=0.5 --set q=1")
            self.assertEqual(file["failures/message"].shape, (1,))
        for target in ("y=0.50", "y=.5"):
            self.truce("run", "s.yaml", "--precision", target, "--at-most", 500, "--force",
                       "--quiet", "-o", "x.h5", expect=1)
            with h5py.File(self.path / "x.h5") as file:
                self.assertIn(" --precision y=0.5 ", file["provenance/command_line"].asstr()[()])

    def test_the_second_of_two_is_told_before_its_work(self):
        first = self.start("run", "long.yaml", "-n", 10**8, "-o", "run.h5", "--quiet")
        self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
        for verb in (("run", NEUTRAL, "-n", 10**9, "-o", "run.h5"),
                     ("run", NEUTRAL, "-o", "run.h5", "--force"),
                     ("study", "study.yaml", "-o", self.path / "run.h5"),
                     ("join", "run.h5", "a.h5")):
            self.refused(*verb, says=f"another truce is writing it (process {first.pid})")
        first.send_signal(signal.SIGINT)
        first.communicate(timeout=60)
        self.assertEqual(first.returncode, 130)
        self.assertGreater(self.trials("run.h5"), 0)
        self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])

    def test_of_many_at_once_one_writes(self):
        many = [self.start("run", NEUTRAL, "-n", 30_000 + i, "-o", "run.h5", "--quiet")
                for i in range(6)]
        for process in many:
            process.communicate(timeout=60)
        done = [30_000 + i for i, process in enumerate(many) if process.returncode == 0]
        self.assertEqual(done, [self.trials("run.h5")])
        self.assertEqual({p.returncode for p in many}, {0, 2})
        self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])

    def test_what_a_killed_process_left_is_removed(self):
        process = self.start("run", "long.yaml", "-n", 10**8, "-o", "out.h5", "--quiet")
        self.wait_for(lambda: list(self.path.glob(".out.h5.partial*")))
        process.kill()
        process.communicate()
        self.assertEqual(len(self.new_files()), 2)  # the lock, and what was written
        (self.path / ".out.h5.partial-99999").write_text("of an earlier one")
        (self.path / ".other.h5.partial-1").write_text("of another output")
        parts = self.path / "out.h5.parts"
        parts.mkdir()
        (parts / ".00000000-00000000.h5.partial-7").write_text("of a part")
        faults = {"FAULT_AT": "pthread_create", "FAULT_SIGNAL": str(int(signal.SIGINT))}
        self.truce("study", "study.yaml", "-o", "out.h5", faults=faults, expect=130)
        self.assertEqual(self.new_files(), [".other.h5.partial-1"])

    def test_printed_commands_can_be_pasted(self):
        folder = self.path / "it's (1) $HOME"
        folder.mkdir()
        (folder / "a b.yaml").write_text('truce: 2\nhorizon: 9\nlevels: {x: "uniform(0.9, 1.1)"}\n'
                                         "triggers: {t: {at: 1, chance: x}}\n"
                                         "outcomes: {fired: {value: t.fired}}\n")
        _, errors = self.truce("run", folder / "a b.yaml", "-n", 200, "-o", "x.h5", expect=1)
        command = errors[errors.index("truce trace"):].splitlines()[0]
        self.assertEqual(shlex.split(command)[2], str(folder / "a b.yaml"))
        code, errors = self.shell(command.replace("truce", '"$T"', 1))
        self.assertEqual(code, 1)
        self.assertIn("the probability is 1.", errors)
        with h5py.File(self.path / "x.h5") as file:
            stored = file["provenance/command_line"].asstr()[()]
        self.assertEqual(shlex.split(stored)[2], "a b.yaml")


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=1)
