#!/usr/bin/python3
"""Where a result cannot be written, or something is there already. Usage: test_outputs.py
TRUCE SOURCE_DIR FAULTS_LIBRARY"""

import os
import shlex
import signal
import subprocess
import sys
import time
import unittest

import h5py

from disturbed import FaultTest
from program import NEUTRAL


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

    def test_a_file_where_parts_would_go_stays(self):
        parts = self.path / "x.h5.parts"
        parts.write_text("of a user")
        for verb in (("run", NEUTRAL, "-n", 10**9), ("study", "study.yaml")):
            self.refused(*verb, "-o", "x.h5", says="x.h5.parts: is no folder")
        self.assertEqual(parts.read_text(), "of a user")

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

    @unittest.skipUnless(os.geteuid() == 0, "only root can mount")
    def test_a_finished_file_is_shown_where_nothing_can_be_written(self):
        folder = self.small_disk("20m")
        run, study = ("run", NEUTRAL, "-n", 200, "-o"), ("study", "study.yaml", "-o")
        shown = [self.truce(*run, "disk/run.h5")[0], self.truce(*study, "disk/study.h5")[0]]
        subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
        for command, before in zip(((*run, "disk/run.h5"), (*study, "disk/study.h5")), shown):
            again, told = self.truce(*command)
            self.assertEqual(again, before)
            self.assertIn("is there already", told)
            self.refused(*command, "--force", says="cannot write in the folder")
        for command in ((*run, "disk/new.h5"), (*study, "disk/new.h5")):
            self.refused(*command, says="cannot write in the folder")
        self.refused(*run[:3], 201, "-o", "disk/run.h5", says="the number of trials differs")

    @unittest.skipUnless(os.geteuid() == 0, "only root can mount")
    def test_what_a_full_disk_has_left_is_told(self):
        folder = self.small_disk("1m")
        run = ("run", NEUTRAL, "-n", 40_000, "-o", "disk/run.h5", "-j", 1)
        _, errors = self.truce(*run, expect=1)
        self.assertIn("run.h5: No space left on device\n", errors)
        _, errors = self.truce("run", NEUTRAL, "-n", 10**8, "-o", "disk/run.h5", expect=1)
        self.assertIn("GB are needed", errors)
        self.assertEqual(list(folder.iterdir()), [])
        # Of the trials of --at-most it is not known whether they come.
        self.truce("run", NEUTRAL, "--precision", "completed=0.02", "--at-most", 10**8, "-o", "disk/x.h5", "--quiet")
        (folder / "x.h5").unlink()
        (folder / "x.run.json").unlink()
        _, errors = self.truce(*run, "--part-seconds", 0, expect=1)
        self.assertIn("; finished trials are kept in disk/run.h5.parts; the same command goes on", errors)
        self.assertTrue(list(folder.glob("run.h5.parts/0*.h5")))
        subprocess.run(["mount", "-o", "remount,size=40m", folder], check=True)
        _, errors = self.truce(*run)
        self.assertIn("trials were there from an attempt before", errors)

    def test_failed_trials_are_told_again(self):
        (self.path / "s.yaml").write_text('truce: 2\nhorizon: 9\nlevels: {x: "uniform(0.9, 1.1)"}\n'
                                          "triggers: {t: {at: 1, chance: x}}\n"
                                          "outcomes: {fired: {value: t.fired}}\n")
        for _ in range(2):
            self.truce("run", "s.yaml", "-n", 200, "-o", "x.h5", expect=1)

    def test_a_stopped_run_is_replaced_by_a_longer_one(self):
        # On one thread, so that it takes a second and more wherever it is run.
        command = ("run", "long.yaml", "-n", 20_000, "-o", "run.h5", "-j", 1)
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
        self.assertEqual(self.trials("run.h5"), 20_000)
        self.truce("run", "long.yaml", "-n", 20_000, "-o", "new.h5", "--quiet")
        self.assertEqual((self.path / "run.h5").read_bytes(), (self.path / "new.h5").read_bytes())

    def stop_at_work(self, *command):
        process = self.start(*command, "--quiet")
        self.wait_for(lambda: list(self.path.glob(".run.h5.partial*")))
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        self.assertEqual(process.returncode, 130, errors)
        return errors

    def test_a_forced_run_that_is_stopped_stays_beside_the_file_and_goes_on(self):
        for asked in (("-n", 15_000), ("--precision", "shots=0.25")):
            with self.subTest(asked):
                self.stop_a_forced_run(("run", "long.yaml", *asked, "-j", 1, "-o"))

    def stop_a_forced_run(self, command):
        forced = (*command, "run.h5", "--force")
        self.truce("run", "long.yaml", "-n", 20, "-o", "run.h5", "--quiet", "--force")
        before = (self.path / "run.h5").read_bytes()
        self.assertIn("are kept in run.h5.parts", self.stop_at_work(*forced))
        self.assertEqual((self.path / "run.h5").read_bytes(), before)
        # What is asked for decides, so the file is shown as what it is, and the parts wait.
        self.truce("run", "long.yaml", "-n", 20, "-o", "run.h5", "--quiet")
        _, errors = self.truce(*forced)
        self.assertIn("going on where run.h5 was left", errors)
        self.assertIn("trials were there from an attempt before", errors)
        self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])
        self.truce(*command, "new.h5", "--quiet")
        self.assertEqual((self.path / "run.h5").read_bytes(), (self.path / "new.h5").read_bytes())
        for name in ("new.h5", "new.run.json"):
            (self.path / name).unlink()

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
