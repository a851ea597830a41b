#!/usr/bin/python3
"""Shards of runs, and what joins them.
Usage: test_shards.py TRUCE SOURCE_DIR"""

import csv
import json
import sys
import unittest

import h5py
import numpy as np

from cluster import ClusterTest
from program import CAIRO, NEUTRAL
from studies import SMALL


class Shards(ClusterTest):
    def join_of(self, n, *command, output="whole.h5"):
        shards = []
        for k in range(n, 0, -1):
            shards.append(f"s{k}.h5")
            self.sound(*command, "-o", shards[-1], "--quiet", "--shard", f"{k}/{n}", "--force")
        self.sound(*command, "-o", output, "--quiet", "--force")
        self.sound("join", "joined.h5", *shards, "--force")
        self.assertEqual(self.bytes_of("joined.h5"), self.bytes_of(output))

    def test_joined_shards_are_the_whole_run(self):
        for options in (["-n", 5000], ["-n", 7], ["-n", 5000, "--keep", 2000, "--chronicle", 30],
                        ["-n", 3001, "--uncertain", "--keep", "none"]):
            with self.subTest(options):
                self.join_of(3, "run", CAIRO, *options)
        self.join_of(4, "run", NEUTRAL, "-n", 9_001, "--uncertain")

    def test_chunks_of_shards_are_taken_as_they_are(self):
        self.join_of(2, "run", self.shots, "-n", 530_000, "--uncertain")
        with h5py.File(self.path / "s1.h5") as shard:
            self.assertEqual(shard.attrs["trials"] % 65_536, 0)
            self.assertEqual(shard.attrs["trials_first"], 0)
            self.assertEqual(shard.attrs["completion"], "shard")

    def test_a_long_chronicle_depends_on_no_threads(self):
        command = ["run", self.shots, "-n", 140_000, "--chronicle", 140_000]
        self.join_of(2, *command, "-j", 1)
        with h5py.File(self.path / "whole.h5") as file:
            self.assertGreater(file["chronicle/trial"].size, 2 * 65_536)
            self.assertTrue(np.all(np.diff(file["chronicle/trial"][:]) >= 0))
        for _ in range(3):
            self.sound(*command, "-j", 8, "-o", "many.h5", "--quiet", "--force")
            self.assertEqual(self.bytes_of("many.h5"), self.bytes_of("whole.h5"))

    def test_wrong_shards_are_named(self):
        run = ["run", NEUTRAL, "-n", 4000, "--quiet"]
        for k in (1, 2, 3):
            self.sound(*run, "--shard", f"{k}/3", "-o", f"s{k}.h5")
        self.sound(*run, "--shard", "2/3", "-o", "other.h5", "--seed", 9)
        self.sound(*run, "--shard", "1/2", "-o", "half.h5")
        self.sound(*run, "-o", "whole.h5")
        self.sound("study", self.study, "-o", "study.h5", "--quiet", "--shard", "1/2")
        for shards, text in (
                (["s1.h5", "s3.h5"], "no shard has trials 1333 to 2665 of 4000"),
                (["s1.h5", "s2.h5"], "no shard has trials 2666 to 3999 of 4000"),
                (["s1.h5", "s2.h5", "s3.h5", "s2.h5"], "s2.h5: is given twice"),
                (["s1.h5", "half.h5"], "half.h5: has trial 0, as s1.h5 has: they are shares by different numbers of "
                                       "--shard K/N, or the same one"),
                (["s1.h5", "other.h5", "s3.h5"], "other.h5: does not belong to s1.h5: the seed differs"),
                (["s1.h5", "whole.h5"], "whole.h5: is of a whole run, and nothing to join"),
                (["s1.h5", "study.h5"], "study.h5: is of a study"),
                (["study.h5", "s1.h5"], "s1.h5: is of a run, not of a study")):
            with self.subTest(shards):
                self.assertIn(text, self.wrong("join", "joined.h5", *shards))
                self.assertFalse((self.path / "joined.h5").exists())
        (self.path / "link.h5").symlink_to("s1.h5")
        before = self.bytes_of("s1.h5")
        for output in ("s1.h5", "link.h5"):
            self.assertIn("is one of the shards",
                          self.wrong("join", "--force", output, "s1.h5", "s2.h5", "s3.h5"))
        self.assertEqual(self.bytes_of("s1.h5"), before)
        damaged = bytearray(self.bytes_of("s2.h5"))
        damaged[len(damaged) // 2] ^= 1
        (self.path / "s2.h5").write_bytes(damaged)
        self.assertIn("s2.h5: is damaged", self.wrong("join", "joined.h5", "s1.h5", "s2.h5", "s3.h5"))

    def test_shares_of_a_point(self):
        """A study has more of them than points, and each is a file like any other."""
        self.study.write_text(SMALL.replace("points: 24", "points: 2").replace("trials: 300", "trials: 2100"))
        command = ["study", self.study, "--quiet", "-o"]
        self.sound(*command, "whole.h5")
        shards = [f"s{k}.h5" for k in range(1, 9)]
        for k, name in enumerate(shards, 1):
            self.sound(*command, name, "--shard", f"{k}/8")
        self.sound("join", "joined.h5", *reversed(shards))
        self.assertEqual(self.bytes_of("joined.h5"), self.bytes_of("whole.h5"))
        with h5py.File(self.path / "s4.h5") as shard, h5py.File(self.path / "whole.h5") as whole:
            self.assertEqual((shard.attrs["trials_first"], shard.attrs["completion"]), (1050, "shard"))
            self.assertEqual(shard["trials/trial"][0], 1050)
            np.testing.assert_array_equal(shard["trials/duration"][0], whole["trials/duration"][1, 1050:])
        self.assertIn("1 point of 4, latin_hypercube", self.sound("show", "s4.h5"))
        self.assertIn("a share of this point: trials 1050 to 2099 of 2100", self.sound("show", "s4.h5"))
        share = json.loads(self.sound("show", "s4.h5", "--json"))["share_of_point"]
        self.assertEqual(share, {"first": 1050, "end": 2100, "of": 2100})
        self.sound("export", "s4.h5", "-o", "tables")
        with open(self.path / "tables" / "trials.csv", encoding="utf-8") as file:
            self.assertEqual([(r["point"], r["trial"]) for r in csv.DictReader(file)][:2], [("1", "1050"), ("1", "1051")])
        self.assertIn("is there already, of the same study", self.truce(*command[:2], "-o", "s4.h5", "--shard", "4/8").stderr)
        self.assertIn("exists already, and the shard differs", self.wrong(*command, "s4.h5", "--shard", "3/8"))
        self.assertIn("shard", self.wrong(*command, "s4.h5", "--extend"))
        for verb in (["compare", "s4.h5"], ["dossier", NEUTRAL, "s4.h5", "-o", "dossier"]):
            self.assertIn("join all of them first", self.wrong(*verb))
        self.sound(*command, "point.h5", "--shard", "2/4")
        self.sound(*command, "third.h5", "--shard", "4/12")
        for wrong, text in (
                (shards[:3] + shards[4:], "no shard has trials 1050 to 2099 of 2100 of point 1"),
                (shards[1:], "no shard has trials 0 to 1049 of 2100 of point 0"),
                (shards[:6], "no shard has point 3 of 4"),
                ([*shards, "point.h5"], "point.h5: has point 1, as s3.h5 has: they are shares by different numbers"),
                (["point.h5", *shards], "s3.h5: has point 1, as point.h5 has: they are shares by different numbers"),
                ([*shards[:2], "third.h5", *shards[3:]], "no shard has trials 700 to 1049 of 2100 of point 1"),
                ([*shards, "third.h5"], "third.h5: has trial 0 of point 1, as s3.h5 has")):
            with self.subTest(wrong):
                self.assertIn(text, self.wrong("join", "no.h5", *wrong))
                self.assertFalse((self.path / "no.h5").exists())

    def test_a_shard_is_shown_and_no_other_one_takes_its_place(self):
        self.sound("run", NEUTRAL, "-n", 3000, "--quiet", "--shard", "2/3")
        name = "results/neutral-a-b.shard-2-of-3.h5"
        self.assertIn("1000 trials, seed 1, shard of the 3000 planned", self.sound("show", name))
        self.assertIn("1000 trials (shard of the 3000 planned)", " ".join(self.sound("table", name).split()))
        self.assertIn("join all of them first", self.wrong("dossier", NEUTRAL, name, "-o", "dossier"))
        again = self.truce("run", NEUTRAL, "-n", 3000, "--shard", "2/3")
        self.assertIn("is there already, of the same run", again.stderr)
        self.assertIn("exists already, and the shard differs",
                      self.wrong("run", NEUTRAL, "-n", 3000, "--shard", "1/3", "-o", name))

    def test_bad_input(self):
        for text in ("", "0/4", "5/4", "1", "a/b", "1/0", "-1/3"):
            self.assertIn("expected K/N, with K from 1 to N",
                          self.wrong("run", NEUTRAL, "--shard", text))
        self.assertIn("the run has 3 trials only",
                      self.wrong("run", NEUTRAL, "-n", 3, "--shard", "1/4"))
        self.assertIn("--shard beside --precision",
                      self.wrong("run", NEUTRAL, "--precision", "completed=0.1", "--shard", "1/4"))
        self.assertIn("--shard", self.sound("run", "--help"))


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
