"""What callers may give, and what becomes of signals and threads."""

import concurrent.futures
import math
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import numpy as np

import truce
from support import CAIRO, LOTS, assert_same

ENDLESS = 1 << 40  # trials that no test waits for, and more than memory has room for
LONG = 2_000_000  # longer than any test, and no more than memory has room for


class Arguments(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.lots = self.folder / "lots.yaml"
        self.lots.write_text(LOTS)

    def refused(self, kind, text, call, *arguments, **named):
        with self.assertRaises(kind) as raised:
            call(*arguments, **named)
        self.assertIn(text, str(raised.exception))

    def test_errors_are_those_of_the_program(self):
        wrong = self.folder / "wrong.yaml"
        wrong.write_text("truce: 2\nhorizn: 3\n")
        for call in (truce.load, truce.run, truce.run_groups, truce.sample):
            self.refused(truce.Error, f"{wrong}:2:1: error: unknown key 'horizn'", call, wrong)
        self.refused(truce.Error, "mine:2:1: error: unknown key 'horizn'", truce.parse,
                     wrong.read_text(), name="mine")
        self.assertEqual(("truce", "Error"), (truce.Error.__module__, truce.Error.__name__))

    def test_files_that_are_none(self):
        self.refused(truce.Error, "nowhere.yaml", truce.run, "nowhere.yaml")
        self.refused(truce.Error, f"{self.folder}: error: ", truce.run, self.folder)
        self.refused(truce.Error, "zero character", truce.run, "a\0b.yaml")
        self.refused(truce.Error, "", truce.run, "")
        self.refused(truce.Error, "", truce.run, b"\xff.yaml")
        self.refused(truce.Error, "", truce.run, "\udcff.yaml")
        for path in (None, 3, ["a.yaml"]):
            self.refused(TypeError, f"{path!r} is not the path", truce.run, path)
        self.refused(TypeError, "text is 3", truce.parse, 3)

    def test_names_of_files_may_be_of_any_bytes(self):
        odd = os.fsencode(self.folder) + b"/\xff\xfe.yaml"
        pathlib.Path(os.fsdecode(odd)).write_text(LOTS)
        run = truce.run(self.lots, 20)
        for path in (odd, os.fsdecode(odd), pathlib.Path(os.fsdecode(odd))):
            assert_same(self, run, truce.run(path, 20))
        self.assertEqual([os.fsdecode(odd)], truce.load(odd).files)

    def test_unknown_parameters_are_told_with_a_suggestion(self):
        self.refused(truce.Error, "unknown parameter 'engagment'", truce.run, CAIRO, set={"engagment": 1})
        self.refused(truce.Error, "did you mean 'engagement'?", truce.sample, CAIRO, {"engagment": 1})

    def test_values_that_are_no_numbers(self):
        for value in (math.nan, math.inf, -math.inf, np.float32("nan"), 10**400):
            self.refused(truce.Error, "'p'", truce.run, self.lots, set={"p": value})
            self.refused(truce.Error, "'p'", truce.sample, self.lots, {"p": value})
        for value in ("0.5", None, [0.5], 1j, b"1", np.array([0.5, 0.6])):
            self.refused(TypeError, "'p'", truce.run, self.lots, set={"p": value})
        for values in ("p=1", [("p", 1)], 3, {3: 1}):
            self.refused(TypeError, "parameter", truce.run, self.lots, set=values)
        run = truce.run(self.lots, 20, set={"p": 1})
        for value in (1.0, True, np.float64(1), np.int32(1), np.array(1.0)):
            assert_same(self, run, truce.run(self.lots, 20, set={"p": value}))

    def test_numbers_of_trials_seeds_and_threads(self):
        for name, wrong in (("trials", (0, -1, 2**48 + 1, 2**200)), ("seed", (-1, 2**64)),
                            ("threads", (-1, 1025))):
            for value in wrong:
                for call in (truce.run, truce.run_groups, truce.sample):
                    self.refused(truce.Error, name, call, self.lots, **{name: value})
            for value in (1.0, "1", None, math.nan, True, [1]):
                self.refused(TypeError, name, truce.run, self.lots, **{name: value})
        self.refused(TypeError, "uncertain", truce.run, self.lots, uncertain=1)
        self.refused(TypeError, "progress", truce.run, self.lots, progress=3)
        self.refused(truce.Error, "trial is -1", truce.trace, self.lots, -1)
        self.refused(truce.Error, "trial is", truce.trace, self.lots, 2**48)
        self.refused(TypeError, "trial is '1'", truce.trace, self.lots, "1")
        for call in (truce.run, truce.run_groups, truce.sample):
            for many in (ENDLESS, ENDLESS << 7):
                self.refused(MemoryError, f"{many} trials need ", call, self.lots, trials=many)
        assert_same(self, truce.run(self.lots, 20, uncertain=True), truce.run(self.lots, 20, uncertain=np.True_))
        self.assertEqual(20, truce.run(self.lots, np.int64(20), seed=2**64 - 1, threads=1024).sizes["trial"])

    def test_a_scenario_stays_in_its_process(self):
        self.refused(TypeError, "give others the path", pickle.dumps, truce.load(self.lots))

    def test_a_scenario_cannot_be_made_by_hand(self):
        self.assertRaises(TypeError, truce.Scenario)
        self.refused(AttributeError, "", truce.run, truce.Scenario(None))


class Progress(unittest.TestCase):
    def test_it_is_told_what_is_done(self):
        calls = []
        run = truce.run(CAIRO, 3000, progress=lambda done, planned: calls.append((done, planned)))
        self.assertEqual(3000, run.sizes["trial"])
        self.assertTrue(calls and all(0 <= done <= planned == 3000 for done, planned in calls))
        self.assertEqual(sorted(calls), calls)

    def test_false_keeps_what_is_done(self):
        run = truce.run(CAIRO, LONG, progress=lambda done, planned: done == 0)
        self.assertTrue(0 < run.sizes["trial"] < LONG)
        whole = truce.run(CAIRO, run.sizes["trial"])
        assert_same(self, whole, run)
        groups = truce.run_groups(CAIRO, LONG, progress=lambda done, planned: done == 0)
        self.assertEqual("interrupted", groups["/"].attrs["completion"])
        groups = truce.run_groups(CAIRO, LONG, progress=lambda done, planned: False)
        self.assertTrue(groups == {} or groups["/"].attrs["trials"] < LONG)

    def test_what_it_raises_is_raised(self):
        class Own(Exception):
            pass

        def fail(done, planned):
            raise Own(planned)
        for call in (truce.run, truce.run_groups):
            start = time.monotonic()
            with self.assertRaises(Own) as raised:
                call(CAIRO, LONG, progress=fail)
            self.assertEqual((LONG,), raised.exception.args)
            self.assertLess(time.monotonic() - start, 5)


class Interrupted(unittest.TestCase):
    CALL = """
import os, sys, threading, time
import truce
from truce import _truce
def threads():
    return len(os.listdir("/proc/self/task"))
truce.run(sys.argv[1], 10)  # what is loaded once
before = threads(), sorted(os.listdir("."))
def say(done, planned):
    if done:
        print("on", flush=True)
try:
    truce.{call}(sys.argv[1], {trials}, progress=say)
except KeyboardInterrupt:
    caught = time.monotonic()
    assert before == (threads(), sorted(os.listdir("."))), threads()
    assert truce.run(sys.argv[1], 10).sizes["trial"] == 10
    print("caught", caught, flush=True)
"""

    def test_ctrl_c_ends_a_run_at_once_and_leaves_nothing(self):
        for call in ("run", "run_groups"):
            with tempfile.TemporaryDirectory() as folder:
                script = self.CALL.replace("{call}", call).replace("{trials}", str(LONG))
                with subprocess.Popen([sys.executable, "-c", script, CAIRO], cwd=folder, text=True,
                                      stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
                    self.assertEqual("on\n", child.stdout.readline())
                    sent = time.monotonic()  # of one clock for all processes
                    child.send_signal(signal.SIGINT)
                    told, errors = child.communicate(timeout=60)
                self.assertEqual(("", 0), (errors, child.returncode))
                caught = float(told.split()[-1])
                self.assertLess(caught - sent, 1.0, call)
                self.assertEqual([], os.listdir(folder))

    def test_without_a_handler_it_is_raised_all_the_same(self):
        script = f"import sys, truce; print('on', flush=True); truce.run(sys.argv[1], {LONG})"
        with subprocess.Popen([sys.executable, "-c", script, CAIRO], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as child:
            child.stdout.readline()
            time.sleep(0.3)
            child.send_signal(signal.SIGINT)
            errors = child.communicate(timeout=60)[1]
        self.assertTrue(errors.rstrip().endswith("KeyboardInterrupt"), errors)
        self.assertEqual(-signal.SIGINT, child.returncode)


class Threads(unittest.TestCase):
    def test_any_thread_may_run(self):
        expected = {engagement: truce.run(CAIRO, 400, set={"engagement": engagement}, threads=1)
                    for engagement in (0.2, 0.9)}

        def call(number):
            engagement = (0.2, 0.9)[number % 2]
            if number % 3 == 0:
                run = truce.run_groups(CAIRO, 400, set={"engagement": engagement}, threads=2)["trials"]
            else:
                run = truce.run(CAIRO, 400, set={"engagement": engagement}, threads=2)
            assert_same(self, expected[engagement], run)
            return True
        with concurrent.futures.ThreadPoolExecutor(6) as pool:
            self.assertTrue(all(pool.map(call, range(24))))

    def test_other_threads_go_on(self):
        counted, done = 0, threading.Event()
        at_end = []

        def count():
            nonlocal counted
            while not done.is_set():
                counted += 1
                time.sleep(0.001)
        other = threading.Thread(target=count)
        other.start()
        try:
            start = counted
            truce.run(CAIRO, 60_000, threads=1)  # a second or so, in which no progress is asked for
            at_end.append(counted - start)
        finally:
            done.set()
            other.join()
        self.assertGreater(at_end[0], 20)


if __name__ == "__main__":
    unittest.main()
