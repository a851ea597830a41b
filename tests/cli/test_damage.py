#!/usr/bin/python3
"""Damaged files, descriptors that are closed and threads that there are not. Usage: test_damage.py
TRUCE SOURCE_DIR FAULTS_LIBRARY"""

import json
import resource
import signal
import sys
import unittest

import h5py

from disturbed import FAULTS, FaultTest
from program import NEUTRAL


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


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=1)
