#!/usr/bin/python3
"""Runs and shards that were killed or interrupted, and go on.
Usage: test_going_on.py TRUCE SOURCE_DIR"""

import json
import re
import resource
import signal
import sys
import time
import unittest

import h5py

from cluster import ClusterTest
from program import CAIRO


class GoingOn(ClusterTest):
    RUN = ["run", CAIRO, "-n", 40_000, "--quiet", "-o", "out.h5"]

    def test_what_killed_processes_left_of_parts_is_removed(self):
        parts = self.path / "out.h5.parts"
        parts.mkdir()
        for name in (".000000000000-000000000100.h5.partial-7", ".row-00000000.h5.partial-7"):
            (parts / name).write_text("of a process that is no more")
        self.sound("study", self.study, "-o", "out.h5", "--quiet")
        self.assertFalse(parts.exists())
        self.assert_no_litter()

    def test_a_killed_run_goes_on(self):
        process = self.start(*self.RUN, "--part-seconds", 0)
        self.wait_for_part("out.h5", process, 2)
        process.kill()
        process.wait()
        self.assertFalse((self.path / "out.h5").exists())
        parts = {p: p.stat().st_mtime_ns for p in (self.path / "out.h5.parts").glob("0*.h5")}
        # Another run does not take them for its own.
        self.assertIn("the seed differs; remove the folder", self.wrong(*self.RUN, "--seed", 2))
        # Killed once more; what there is, is not run again.
        process = self.start(*self.RUN, "--part-seconds", 0)
        self.wait_for_part("out.h5", process, len(parts) + 1)
        process.kill()
        process.wait()
        for part, changed in parts.items():
            self.assertEqual(part.stat().st_mtime_ns, changed)
        self.sound(*self.RUN)
        self.sound(*self.RUN[:-1], "whole.h5")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_an_interrupted_run_goes_on(self):
        process = self.start(*self.RUN)
        self.wait_for_work(process)
        process.send_signal(signal.SIGINT)
        errors = process.communicate()[1]
        self.assertEqual(process.returncode, 130, errors)
        with h5py.File(self.path / "out.h5") as file:
            kept = file.attrs["trials"]
            self.assertEqual(file.attrs["completion"], "interrupted")
        self.assertIn(f"interrupted: {kept} of 40000 trials are kept", errors)
        self.sound(*self.RUN)
        self.sound(*self.RUN[:-1], "whole.h5")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_what_failed_before_is_told_by_the_run_that_goes_on(self):
        (self.path / "fails.yaml").write_text(
            "truce: 2\nhorizon: 300\nincidents: {shot: {rate: 1, while: true}}\n"
            "triggers: {t: {at: 1, chance: \"if(x > 0.998, 2, 0)\"}}\nlevels: {x: \"uniform(0, 1)\"}\n")
        run = ["run", "fails.yaml", "-n", 20_000, "--quiet", "-j", 1, "-o", "out.h5"]
        process = self.start(*run, "--part-seconds", 0)
        self.wait_for_part("out.h5", process, 5)
        process.kill()
        process.wait()
        whole = self.truce(*run[:-1], "whole.h5")
        again = self.truce(*run)
        self.assertEqual((whole.returncode, again.returncode), (1, 1), again.stderr)
        self.assertRegex(again.stderr, "error: [0-9]+ of 20000 trials failed")
        for told in ("error: [^;]*;", "--trial [0-9]+"):  # how many, and the first
            self.assertEqual(re.findall(told, whole.stderr), re.findall(told, again.stderr))
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))

    def test_a_killed_shard_goes_on(self):
        shard = [*self.RUN, "--shard", "2/2"]
        process = self.start(*shard, "--part-seconds", 0)
        self.wait_for_part("out.h5", process)
        process.kill()
        process.wait()
        self.assertIn("the shard differs", self.wrong(*self.RUN, "--shard", "1/2"))
        self.sound(*shard)
        self.sound(*self.RUN[:-1], "whole.h5", "--shard", "2/2")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_a_large_point_goes_on(self):
        self.write_large_study(3_000_000)
        study = [*self.LARGE, "-o", "out.h5"]
        process = self.start(*study, "-j", 1)  # which is in the midst of the point then
        self.wait_for_work(process)
        process.send_signal(signal.SIGINT)
        errors = process.communicate()[1]
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("finished trials are kept in out.h5.parts", errors)
        (part,) = (self.path / "out.h5.parts" / "point-00000000.parts").glob("0*.h5")
        with h5py.File(part) as file:
            kept = int(file.attrs["trials"])
            self.assertEqual(file.attrs["completion"], "interrupted")
        changed = part.stat().st_mtime_ns
        process = self.start(*study, "-j", 1)
        time.sleep(0.3)
        process.kill()  # without a part of its own
        process.wait()
        self.assertEqual(part.stat().st_mtime_ns, changed)
        self.sound(*study)
        record = json.loads((self.path / "out.run.json").read_text())
        self.assertEqual(record["trials"], 6_000_000 - kept)
        self.sound(*self.LARGE, "-o", "whole.h5")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_a_share_of_a_point_goes_on(self):
        self.write_large_study(6_000_000)
        share = [*self.LARGE, "-o", "out.h5", "-j", 1, "--shard", "4/4"]
        process = self.start(*share)
        self.wait_for_work(process)
        process.send_signal(signal.SIGTERM)
        errors = process.communicate()[1]
        self.assertEqual(process.returncode, 130, errors)
        self.assertIn("finished trials are kept in out.h5.parts", errors)
        self.assertIn("the shard differs", self.wrong(*share[:-1], "3/4"))
        self.sound(*share)
        self.assertLess(json.loads((self.path / "out.run.json").read_text())["trials"], 3_000_000)
        self.sound(*self.LARGE, "-o", "whole.h5", "--shard", "4/4")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_a_damaged_part_is_named(self):
        process = self.start(*self.RUN, "--part-seconds", 0)
        self.wait_for_part("out.h5", process)
        process.kill()
        process.wait()
        part = sorted((self.path / "out.h5.parts").glob("0*.h5"))[0]
        part.write_bytes(part.read_bytes()[:-100])
        self.assertIn("remove it, and its trials are run again", self.wrong(*self.RUN))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
