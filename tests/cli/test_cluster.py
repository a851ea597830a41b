#!/usr/bin/python3
"""Many trials and many processes: rows that are not kept, shards, attempts that go on, ranks of MPI.
Usage: test_cluster.py TRUCE SOURCE_DIR"""

import os
import pathlib
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import h5py
import numpy as np
import xarray as xr

TRUCE = pathlib.Path(sys.argv[1]).resolve()
SOURCE = pathlib.Path(sys.argv[2]).resolve()
MPIRUN = shutil.which("mpirun") if (TRUCE.parent / "truce_mpi.so").exists() else None
NEUTRAL = SOURCE / "scenarios" / "neutral-a-b.yaml"
CAIRO = SOURCE / "scenarios" / "cairo-three-phase.yaml"
# Rank 0 and a container's root share few processors here.
MPI_ENVIRONMENT = {**os.environ, "OMPI_ALLOW_RUN_AS_ROOT": "1", "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1",
                   "OMPI_MCA_rmaps_base_oversubscribe": "1", "OMPI_MCA_btl_vader_single_copy_mechanism": "none"}

STUDY = f"""study: 1
name: A small study
scenario: {NEUTRAL}
seed: 5
trials: TRIALS
design: {{kind: latin_hypercube, points: 40}}
vary:
  word: prior
  calm: "uniform(0.01, 0.05)"
variants:
  as_written: {{}}
  patient: {{responses: {{measured: {{withdraw: 0}}}}}}
compare: {{outcomes: [completed, duration]}}
"""

class ClusterTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        self.study = self.path / "small.yaml"
        self.write_study(100)

    def write_study(self, trials):
        self.study.write_text(STUDY.replace("TRIALS", str(trials)))

    def truce(self, *arguments, before=(), environment=None):
        return subprocess.run([*before, str(TRUCE), *map(str, arguments)], cwd=self.path,
                              capture_output=True, text=True, check=False, env=environment)

    def sound(self, *arguments, **options):
        done = self.truce(*arguments, **options)
        self.assertEqual(0, done.returncode, done.stderr)
        return done.stdout

    def wrong(self, *arguments, code=2):
        done = self.truce(*arguments)
        self.assertEqual(code, done.returncode, done.stdout + done.stderr)
        return done.stderr

    def bytes_of(self, name):
        return (self.path / name).read_bytes()

    def assert_no_litter(self):
        names = sorted(p.name for p in self.path.iterdir())
        self.assertFalse([n for n in names if n.startswith(".") or n.endswith(".parts")], names)

    def start(self, *arguments):
        """A process that is stopped once something has been kept."""
        process = subprocess.Popen([str(TRUCE), *map(str, arguments)], cwd=self.path,
                                   stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.addCleanup(process.stderr.close)
        return process

    def wait_for_part(self, output, process, count=1):
        until = time.monotonic() + 120
        parts = self.path / f"{output}.parts"
        while len(list(parts.glob("0*.h5"))) < count and process.poll() is None:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)
        self.assertIsNone(process.poll(), "it was over before anything was kept")


class Keep(ClusterTest):
    def test_all_but_the_rows_is_of_all_trials(self):
        self.sound("run", CAIRO, "-n", 3000, "-o", "all.h5", "--quiet", "--uncertain")
        self.sound("run", CAIRO, "-n", 3000, "-o", "few.h5", "--quiet", "--uncertain", "--keep", 100)
        with h5py.File(self.path / "all.h5") as all_, h5py.File(self.path / "few.h5") as few:
            self.assertEqual(few.attrs["trials"], 3000)
            self.assertEqual(few.attrs["trials_kept"], 100)
            self.assertNotIn("trials_kept", all_.attrs)
            seen = []

            def compare(name, item):
                if not isinstance(item, h5py.Dataset) or name.startswith("provenance"):
                    return
                seen.append(name)
                old, new = item[()], few[name][()]
                if name.split("/")[0] in ("trials", "parameters"):
                    old = old[:100]
                if name.startswith("summary/quantiles"):  # these have an error
                    error = few["summary/quantiles_error"][()][:, np.newaxis]
                    self.assertTrue(np.all((error == 0) | (error == 2.0**-10)))
                    self.assertGreater(error.max(), 0)
                    close = np.isclose(old, new, rtol=2.0**-10, atol=0, equal_nan=True)
                    self.assertTrue(np.all(close & ((error > 0) | (old == new) | np.isnan(old))))
                else:
                    np.testing.assert_array_equal(old, new, name)
            all_.visititems(compare)
            self.assertGreater(len(seen), 100)
        self.assertLess(len(self.bytes_of("few.h5")), len(self.bytes_of("all.h5")))

    def test_no_rows_at_all(self):
        self.sound("run", NEUTRAL, "-n", 2000, "-o", "none.h5", "--quiet", "--keep", "none")
        trials = xr.open_dataset(self.path / "none.h5", group="trials")
        self.assertEqual(trials.sizes["trial"], 0)
        self.assertEqual(xr.open_dataset(self.path / "none.h5", group="summary").sizes["quantile"], 9)
        if shutil.which("ncdump"):
            subprocess.run(["ncdump", "-h", "none.h5"], cwd=self.path, check=True,
                           stdout=subprocess.DEVNULL)
        self.assertIn("2000 trials", self.sound("show", "none.h5", "duration"))
        for arguments in (["compare", "none.h5", "none.h5"], ):
            self.assertIn("keeps the rows of 0 of 2000 trials (--keep)", self.wrong(*arguments))
        # All rows there: nothing is refused.
        self.sound("run", NEUTRAL, "-n", 200, "-o", "enough.h5", "--quiet", "--keep", "200")
        self.sound("compare", "enough.h5", "enough.h5")

    def test_a_study_with_few_rows(self):
        self.sound("study", self.study, "-o", "all.h5", "--quiet")
        self.sound("study", self.study, "-o", "few.h5", "--quiet", "--keep", 7)
        with h5py.File(self.path / "all.h5") as all_, h5py.File(self.path / "few.h5") as few:
            self.assertEqual(few["trials/duration"].shape, (80, 7))
            np.testing.assert_array_equal(few["trials/duration"], all_["trials/duration"][:, :7])
            np.testing.assert_array_equal(few["summary/trials"], np.full(80, 100))
            np.testing.assert_array_equal(few["summary/trials_failed"], np.zeros(80))
            for name in ("summary/mean", "summary/sd", "endings/probability"):
                np.testing.assert_array_equal(few[name], all_[name])
        self.assertEqual(self.sound("show", "few.h5"), self.sound("show", "all.h5"))
        discover = ["--outcome", "completed", "--at-least", "0.5", "--json"]
        self.assertEqual(self.sound("discover", "few.h5", *discover),
                         self.sound("discover", "all.h5", *discover))
        for arguments in (["sensitivity", "few.h5", "--outcome", "duration"],
                          ["compare", "few.h5"],
                          ["discover", "few.h5", "--outcome", "duration", "--threshold", "20"]):
            self.assertIn("--keep", self.wrong(*arguments))

    def test_a_study_with_few_rows_is_joined_and_extended(self):
        for keep in ("7", "none"):
            self.write_study(100)
            self.sound("study", self.study, "-o", f"{keep}.h5", "--quiet", "--keep", keep)
            shards = []
            for k in (3, 1, 2):
                shards.append(f"{keep}-{k}.h5")
                self.sound("study", self.study, "-o", shards[-1], "--quiet", "--keep", keep,
                           "--shard", f"{k}/3")
            self.sound("join", "joined.h5", *shards, "--force")
            self.assertEqual(self.bytes_of("joined.h5"), self.bytes_of(f"{keep}.h5"))
            self.write_study(150)
            self.sound("study", self.study, "-o", f"{keep}.h5", "--quiet", "--keep", keep, "--extend")
            self.sound("study", self.study, "-o", "once.h5", "--quiet", "--keep", keep, "--force")
            self.assertEqual(self.bytes_of("once.h5"), self.bytes_of(f"{keep}.h5"))
        self.assertIn("the number of rows kept (--keep) differs",
                      self.wrong("study", self.study, "-o", "once.h5", "--keep", "3"))

    def test_memory_does_not_grow_with_trials(self):
        def peak(trials, *options):
            self.write_study(trials)
            self.study.write_text(self.study.read_text().replace("points: 40", "points: 1"))
            # A small process between, as what a child begins with counts as its own.
            told = subprocess.run(
                [sys.executable, "-S", "-c", "import resource, subprocess, sys\n"
                 "subprocess.run(sys.argv[1:], check=True)\n"
                 "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)",
                 str(TRUCE), "study", str(self.study), "-o", "m.h5", "--quiet", "--force", "-j1",
                 *options], cwd=self.path, check=True, capture_output=True, text=True)
            return float(told.stdout)  # MB
        few, many = peak(4_000, "--keep", "100"), peak(100_000, "--keep", "100")
        self.assertLess(many, few + 3)
        self.assertGreater(peak(100_000), many + 20)  # the test can fail
        self.assertLess((self.path / "m.h5").stat().st_size, 20e6)

    def test_bad_input(self):
        for verb in (["run", NEUTRAL], ["study", self.study]):
            for text in ("-1", "many", "1.5", ""):
                errors = self.wrong(*verb, "--keep", text)
                self.assertIn("is neither a number of trials from 0 to", errors)
                self.assertIn("nor 'none'", errors)
            self.assertIn("--keep N", self.sound(*verb[:1], "--help"))
        self.assertEqual(sorted(p.name for p in self.path.iterdir()), ["small.yaml"])


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
        self.join_of(4, "run", NEUTRAL, "-n", 20_001, "--uncertain")

    def test_chunks_of_shards_are_taken_as_they_are(self):
        self.join_of(2, "run", NEUTRAL, "-n", 530_000, "--uncertain")
        with h5py.File(self.path / "s1.h5") as shard:
            self.assertEqual(shard.attrs["trials"] % 65_536, 0)
            self.assertEqual(shard.attrs["trials_first"], 0)
            self.assertEqual(shard.attrs["completion"], "shard")

    def test_a_long_chronicle_depends_on_no_threads(self):
        (self.path / "shots.yaml").write_text("truce: 2\nhorizon: 10\nincidents: {shot: {rate: 0.1, while: true}}\n"
                                              "outcomes: {shots: {value: shot.occurred}}\n")
        command = ["run", "shots.yaml", "-n", 140_000, "--chronicle", 140_000]
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
        self.sound(*run, "-o", "whole.h5")
        self.sound("study", self.study, "-o", "study.h5", "--quiet", "--shard", "1/2")
        for shards, text in (
                (["s1.h5", "s3.h5"], "no shard has trials 1333 to 2665 of 4000"),
                (["s1.h5", "s2.h5"], "no shard has trials 2666 to 3999 of 4000"),
                (["s1.h5", "s2.h5", "s3.h5", "s2.h5"], "s2.h5: has trial 1333, as s2.h5 has"),
                (["s1.h5", "other.h5", "s3.h5"], "other.h5: does not belong to s1.h5: the seed differs"),
                (["s1.h5", "whole.h5"], "whole.h5: is of a whole run, and nothing to join"),
                (["s1.h5", "study.h5"], "study.h5: is of a study"),
                (["study.h5", "s1.h5"], "s1.h5: is of a run, not of a study")):
            with self.subTest(shards):
                self.assertIn(text, self.wrong("join", "joined.h5", *shards))
                self.assertFalse((self.path / "joined.h5").exists())
        damaged = bytearray(self.bytes_of("s2.h5"))
        damaged[len(damaged) // 2] ^= 1
        (self.path / "s2.h5").write_bytes(damaged)
        self.assertIn("s2.h5: is damaged", self.wrong("join", "joined.h5", "s1.h5", "s2.h5", "s3.h5"))

    def test_a_shard_is_shown_and_no_other_one_takes_its_place(self):
        self.sound("run", NEUTRAL, "-n", 3000, "--quiet", "--shard", "2/3")
        name = "results/neutral-a-b.shard-2-of-3.h5"
        self.assertIn("1000 trials, seed 1, shard of the 3000 planned", self.sound("show", name))
        again = self.truce("run", NEUTRAL, "-n", 3000, "--shard", "2/3")
        self.assertIn("is there already, of the same run", again.stderr)
        self.assertIn("exists already, and the shard differs",
                      self.wrong("run", NEUTRAL, "-n", 3000, "--shard", "1/3", "-o", name))

    def test_bad_input(self):
        for text in ("0/4", "5/4", "1", "a/b", "1/0", "-1/3"):
            self.assertIn("expected K/N, with K from 1 to N",
                          self.wrong("run", NEUTRAL, "--shard", text))
        self.assertIn("the run has 3 trials only",
                      self.wrong("run", NEUTRAL, "-n", 3, "--shard", "1/4"))
        self.assertIn("--shard beside --precision",
                      self.wrong("run", NEUTRAL, "--precision", "completed=0.1", "--shard", "1/4"))
        self.assertIn("--shard", self.sound("run", "--help"))


class GoingOn(ClusterTest):
    RUN = ["run", CAIRO, "-n", 100_000, "--quiet", "-o", "out.h5"]

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
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        errors = process.communicate()[1]
        self.assertEqual(process.returncode, 130, errors)
        with h5py.File(self.path / "out.h5") as file:
            kept = file.attrs["trials"]
            self.assertEqual(file.attrs["completion"], "interrupted")
        self.assertIn(f"interrupted: {kept} of 100000 trials are kept", errors)
        self.sound(*self.RUN)
        self.sound(*self.RUN[:-1], "whole.h5")
        self.assertEqual(self.bytes_of("out.h5"), self.bytes_of("whole.h5"))
        self.assert_no_litter()

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

    def test_a_damaged_part_is_named(self):
        process = self.start(*self.RUN, "--part-seconds", 0)
        self.wait_for_part("out.h5", process)
        process.kill()
        process.wait()
        part = sorted((self.path / "out.h5.parts").glob("0*.h5"))[0]
        part.write_bytes(part.read_bytes()[:-100])
        self.assertIn("remove it, and its trials are run again", self.wrong(*self.RUN))


@unittest.skipUnless(MPIRUN, "there is no mpirun, or the program was built without MPI")
class Mpi(ClusterTest):
    def mpi(self, ranks, *arguments):
        return self.truce(*arguments, before=[MPIRUN, "-n", str(ranks)], environment=MPI_ENVIRONMENT)

    def test_a_run_is_the_same_on_any_number_of_ranks(self):
        for run, numbers in ((["run", NEUTRAL, "-n", 140_000, "--uncertain"], (1, 3)),
                             (["run", CAIRO, "-n", 5000, "--keep", 100, "--chronicle", 20], (2, 4))):
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

    def test_what_is_wrong_is_told_once(self):
        done = self.mpi(3, "run", NEUTRAL, "--set", "nothing=1")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertEqual(done.stderr.count("unknown parameter"), 1, done.stderr)
        done = self.mpi(2, "run", NEUTRAL, "--precision", "completed=0.1")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("--precision under mpirun", done.stderr)

    def test_a_rank_that_dies_ends_the_job_and_what_is_finished_is_kept(self):
        run = ["run", CAIRO, "-n", "150000", "-o", "out.h5", "--quiet", "--keep", "1000"]
        job = subprocess.Popen([MPIRUN, "-n", "3", str(TRUCE), *map(str, run)], cwd=self.path,
                               env=MPI_ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                               text=True)
        self.addCleanup(job.kill)
        self.wait_for_part("out.h5", job, 3)
        ranks = subprocess.run(["pgrep", "-P", str(job.pid), "truce"], capture_output=True, text=True,
                               check=False).stdout.split()
        self.assertEqual(len(ranks), 3)
        os.kill(int(ranks[-1]), signal.SIGKILL)
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

    def test_a_rank_that_cannot_write_is_named(self):
        done = self.mpi(2, "run", CAIRO, "-n", "2000", "-o", "/proc/out.h5")
        self.assertNotEqual(done.returncode, 0)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
