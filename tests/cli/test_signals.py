#!/usr/bin/python3
"""Signals at any moment: no result is lost or damaged, and the exit code tells. Usage: test_signals.py
TRUCE SOURCE_DIR FAULTS_LIBRARY"""

import signal
import sys
import time
import unittest

from disturbed import STOPS, LONG, FaultTest
from program import NEUTRAL


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
            faults = {"FAULT_AT": "fsync", "FAULT_SIGNAL": str(int(number)), "FAULT_TWICE": "1100"}
            _, errors = self.truce("run", NEUTRAL, "-n", 2000, "-o", "run.h5", "--force",
                                   faults=faults, expect=130)
            self.assertIn("given up at another signal; what was not kept yet is lost", errors)
            self.assertEqual(before, (self.path / "run.h5").read_bytes())
            self.assertEqual(self.new_files(), ["run.h5", "run.run.json"])

    def test_two_signals_at_a_time_are_one(self):
        for number in STOPS:
            faults = {"FAULT_AT": "fsync", "FAULT_SIGNAL": str(int(number)), "FAULT_TWICE": "50"}
            self.truce("run", NEUTRAL, "-n", 2000, "-o", "run.h5", "--force", faults=faults)
            self.assertEqual(self.trials("run.h5"), 2000)
            (self.path / "run.h5").unlink()
            # It sends one to the process, and one to its group.
            code, errors = self.shell(f"timeout --signal {int(number)} 0.7 "
                                      '"$T" run long.yaml -n 1e8 -o run.h5 --quiet')
            self.assertEqual(code, 124, errors)
            self.assertIn("are kept", errors)
            self.assertGreater(self.trials("run.h5"), 0)
            (self.path / "run.h5").unlink()

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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=1)
