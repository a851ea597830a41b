#!/usr/bin/python3
"""Runs and studies on ranks of MPI.
Usage: test_mpi.py TRUCE SOURCE_DIR"""

import os
import resource
import shutil
import signal
import subprocess
import sys
import unittest

from cluster import ClusterTest
from program import CAIRO, NEUTRAL, TRUCE
from studies import SMALL

MPIRUN = shutil.which("mpirun") if (TRUCE.parent / "truce_mpi.so").exists() else None
# Rank 0 and a container's root share few processors here.
MPI_ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                   "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}


@unittest.skipUnless(MPIRUN, "there is no mpirun, or the program was built without MPI")
class Mpi(ClusterTest):
    def mpi(self, ranks, *arguments):
        return self.truce(*arguments, before=[MPIRUN, "-n", str(ranks)], environment=MPI_ENVIRONMENT)

    def test_a_run_is_the_same_on_any_number_of_ranks(self):
        for run, numbers in ((["run", self.shots, "-n", 140_000, "--uncertain"], (1, 3)),
                             (["run", CAIRO, "-n", 5000, "--keep", 100, "--chronicle", 20], (2, 4)),
                             (["run", NEUTRAL, "--precision", "completed=0.006"], (2, 3))):
            self.sound(*run, "-o", "whole.h5", "--quiet", "--force")
            for ranks in numbers:
                with self.subTest(run=str(run[1]), ranks=ranks):
                    done = self.mpi(ranks, *run, "-o", "out.h5", "--quiet", "--force")
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_a_study_is_the_same_on_any_number_of_ranks(self):
        self.sound("study", self.study, "-o", "whole.h5", "--quiet")
        for ranks in (1, 2, 3, 4):
            with self.subTest(ranks=ranks):
                done = self.mpi(ranks, "study", self.study, "-o", "out.h5", "--quiet", "--force")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_ranks_share_the_trials_of_a_large_point(self):
        self.write_large_study(400_000)
        self.sound(*self.LARGE, "-o", "whole.h5")
        done = self.mpi(4, *self.LARGE, "-o", "out.h5")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_ranks_extend_a_study(self):
        """By points and by trials, of which a row's stop together or not."""
        text = SMALL.replace("trials: 300", "trials: 20").replace("latin_hypercube, points: 24", "sobol, points: 8")
        together = text.replace("trials: 20", "precision: {difference: [patient, as_written], outcome: completed, "
                                "half_width: 0.2, at_most: 2000}")
        for before, after in ((text, text.replace("points: 8", "points: 16").replace("trials: 20", "trials: 50")),
                              (together, together.replace("points: 8", "points: 16"))):
            with self.subTest(after):
                self.study.write_text(before)
                self.sound("study", self.study, "-o", "out.h5", "--quiet", "--force")
                self.study.write_text(after)
                done = self.mpi(3, "study", self.study, "-o", "out.h5", "--extend")
                self.assertEqual(done.returncode, 0, done.stderr)
                self.sound("study", self.study, "-o", "whole.h5", "--quiet", "--force")
                self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
                self.assert_no_litter()
        self.study.write_text(text.replace("seed: 5", "seed: 6"))
        done = self.mpi(3, "study", self.study, "-o", "out.h5", "--extend")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("the seed differs"), 1, done.stderr)
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))

    def test_ranks_share_a_share_of_a_point(self):
        self.write_large_study(300_000)
        for k in (1, 2, 3):
            done = self.mpi(3, *self.LARGE, "-o", f"{k}.h5", "--shard", f"{k}/3")
            self.assertEqual(done.returncode, 0, done.stderr)
        self.sound(*self.LARGE, "-o", "whole.h5")
        self.sound("join", "joined.h5", "1.h5", "2.h5", "3.h5")
        self.assertEqual(self.bytes_of("joined.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

    def test_what_is_wrong_is_told_once(self):
        done = self.mpi(3, "run", NEUTRAL, "--set", "nothing=1")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("unknown parameter"), 1, done.stderr)

    def started(self, *arguments):
        """A job of three ranks that has finished some parts, and the number of its last process."""
        job = subprocess.Popen([MPIRUN, "-n", "3", str(TRUCE), *map(str, arguments)], cwd=self.path,
                               env=MPI_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
        self.addCleanup(job.kill)
        self.wait_for_part("out.h5", job, 3)
        ranks = subprocess.run(["pgrep", "-P", str(job.pid), "truce"], capture_output=True, text=True,
                               check=False).stdout.split()
        self.assertEqual(len(ranks), 3)
        return job, int(ranks[-1])

    def test_a_rank_that_is_told_to_stop_stops_the_job(self):
        """Else it would take part after part, and end each at once."""
        job, rank = self.started("run", NEUTRAL, "-n", "30000000", "-o", "out.h5", "--keep", "10",
                                 "--part-seconds", "1")
        os.kill(rank, signal.SIGTERM)
        _, errors = job.communicate(timeout=60)
        self.assertEqual(job.returncode, 130, errors)
        self.assertIn("interrupted", errors)
        self.assertTrue(list((self.path / "out.h5.parts").glob("0*.h5")))
        self.assertFalse((self.path / "out.h5").exists())

    def test_a_rank_that_dies_ends_the_job_and_what_is_finished_is_kept(self):
        run = ["run", CAIRO, "-n", "60000", "-o", "out.h5", "--quiet", "--keep", "1000"]
        job, rank = self.started(*run)
        os.kill(rank, signal.SIGKILL)
        output, errors = job.communicate(timeout=60)
        self.assertNotEqual(job.returncode, 0)
        self.assertIn("exited on signal 9", output + errors)
        self.assertFalse((self.path / "out.h5").exists())
        parts = list((self.path / "out.h5.parts").glob("0*.h5"))
        self.assertGreaterEqual(len(parts), 3)
        kept = {p: p.stat().st_mtime_ns for p in parts}
        self.sound(*run)
        self.sound(*run[:4], "-o", "whole.h5", *run[6:])
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assertTrue(kept)
        self.assert_no_litter()

    @unittest.skipUnless(os.geteuid() == 0, "only root can mount")
    def test_a_full_disk_tells_of_what_is_kept_and_only_then(self):
        folder = self.small_disk("350k")
        run = ["run", NEUTRAL, "-n", "20000", "-o", "disk/out.h5", "--quiet", "--part-seconds"]
        done = self.mpi(2, *run, "1000")
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, "rank 1 .*No space left on device; no trials were finished")
        self.assertEqual(list(folder.iterdir()), [])
        subprocess.run(["mount", "-o", "remount,size=900k", folder], check=True)
        done = self.mpi(2, *run, "0")
        self.assertRegex(done.stderr, "No space left on device; finished trials are kept in disk/out.h5.parts;")
        self.assertTrue(list((folder / "out.h5.parts").glob("0*.h5")))

    def test_a_rank_that_cannot_write_is_named(self):
        done = self.mpi(2, "run", CAIRO, "-n", "2000", "-o", "/proc/out.h5")
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
