"""The scripts of scenarios/studies/cluster on a Slurm of this machine alone, and with Snakemake. What is not installed here
is skipped; Debian has it as slurm-wlm, munge and snakemake. Usage: test_slurm.py TRUCE ROOT"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
CLUSTER = ROOT / "scenarios" / "studies" / "cluster"
NEUTRAL = ROOT / "scenarios" / "neutral-a-b.yaml"
NODE = ROOT / "tests" / "scripts" / "slurm_node.sh"
HAS_SLURM = os.geteuid() == 0 and all(map(shutil.which, ("slurmctld", "slurmd", "munged", "sbatch")))
HAS_MPI = (TRUCE.parent / "truce_mpi.so").exists() and shutil.which("mpirun")

STUDY = f"""study: 1
name: A small study
scenario: {ROOT}/scenarios/neutral-a-b.yaml
seed: 5
trials: 50
design: {{kind: latin_hypercube, points: 24}}
vary: {{word: prior}}
"""

# A chance that is more than 1 in some trials.
FAILING = """truce: 2
horizon: 9
triggers: {t: {at: 1, chance: x}}
levels: {x: "uniform(0.9, 1.1)"}
outcomes: {y: {value: x}}
"""


class Cluster(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        self.path.chmod(0o755)  # Slurm keeps state below, and looks at who may write there
        (self.path / "study.yaml").write_text(STUDY)
        (self.path / "results").mkdir()
        self.environment = {**os.environ, "TRUCE": str(TRUCE), "OMPI_ALLOW_RUN_AS_ROOT": "1",
                            "OMPI_ALLOW_RUN_AS_ROOT_CONFIRM": "1"}

    def call(self, *command, expect=0):
        done = subprocess.run([*map(str, command)], cwd=self.path, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=300)
        outputs = "".join(p.read_text() for p in self.path.glob("slurm-*.out"))
        self.assertEqual(done.returncode, expect, done.stdout + done.stderr + outputs)
        return done.stdout

    def slurm(self, *arguments):
        self.call(NODE, self.path / "node", "sbatch", "--wait", *arguments)

    def assert_equal_to(self, output, *command, expect=0):
        self.call(TRUCE, *command, "--output", "whole.h5", "--quiet", "--force", expect=expect)
        self.assertEqual((self.path / output).read_bytes(), (self.path / "whole.h5").read_bytes())
        self.assertFalse(list(self.path.glob("results/*.parts")))

    @unittest.skipUnless(shutil.which("shellcheck"), "there is no shellcheck")
    def test_shellcheck_finds_nothing(self):
        self.call("shellcheck", *sorted(CLUSTER.glob("*.sbatch")), NODE)

    def task(self, number, count, *arguments, expect=0, stop_after=None):
        """A task of an array as Slurm would start it."""
        array = {"SLURM_ARRAY_TASK_ID": str(number), "SLURM_ARRAY_TASK_COUNT": str(count)}
        process = subprocess.Popen(["bash", CLUSTER / "array.sbatch", *map(str, arguments)], cwd=self.path,
                                   env=self.environment | array, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                   text=True, start_new_session=True)
        if stop_after is not None:
            time.sleep(stop_after)
            os.killpg(process.pid, signal.SIGTERM)  # as scancel: to the script and to its program
        told, _ = process.communicate(timeout=120)
        self.assertEqual(process.returncode, expect, told)
        return told

    def test_the_last_task_joins_also_after_one_was_stopped(self):
        run = ["run", NEUTRAL, "out.h5", "--trials", "1000000", "--keep", "none"]
        self.assertIn("are kept", self.task(2, 2, *run, expect=130, stop_after=0.5))
        self.assertTrue((self.path / "out.shard-2-of-2.h5").exists())
        self.assertIn("share 1 of 2 is done; 2 is not", self.task(1, 2, *run))
        self.assertFalse((self.path / "out.h5").exists())
        self.task(2, 2, *run)
        self.assert_equal_to("out.h5", "run", *run[1:2], *run[3:])

    def test_an_array_of_one_task_is_the_whole(self):
        self.task(1, 1, "run", NEUTRAL, "out.h5", "--trials", "500")
        self.assert_equal_to("out.h5", "run", NEUTRAL, "--trials", "500")
        self.assertFalse(list(self.path.glob("*.shard*")))

    def test_trials_that_fail_are_joined(self):
        (self.path / "failing.yaml").write_text(FAILING)
        for k in (1, 2):
            self.task(k, 2, "run", "failing.yaml", "out.h5", "--trials", "500", expect=1)
        self.assert_equal_to("out.h5", "run", "failing.yaml", "--trials", "500", expect=1)

    def test_tasks_beyond_the_points_divide_them_unless_they_stop_by_themselves(self):
        (self.path / "study.yaml").write_text(STUDY.replace("points: 24", "points: 2"))
        for k in (5, 2, 3, 1, 4):
            self.task(k, 5, "study", "study.yaml", "out.h5")
        self.assert_equal_to("out.h5", "study", "study.yaml")
        precise = "precision: {outcome: completed, half_width: 0.2, at_most: 2000}"
        (self.path / "study.yaml").write_text(STUDY.replace("trials: 50", precise))
        for k in (1, 30):
            self.assertIn("the study has 24 points only, which stop by themselves",
                          self.task(k, 30, "study", "study.yaml", "many.h5", expect=2))

    @unittest.skipUnless(HAS_SLURM, "there is no Slurm, or this is not root")
    def test_an_array_makes_the_whole_study(self):
        self.slurm("--array=1-3", CLUSTER / "array.sbatch", "study", "study.yaml", "results/out.h5")
        self.assert_equal_to("results/out.h5", "study", "study.yaml")

    @unittest.skipUnless(HAS_SLURM, "there is no Slurm, or this is not root")
    def test_an_array_makes_the_whole_run(self):
        self.slurm("--array=1-4", CLUSTER / "array.sbatch", "run", NEUTRAL, "results/out.h5",
                   "--trials", "3000", "--keep", "10")
        self.assert_equal_to("results/out.h5", "run", NEUTRAL, "--trials", "3000", "--keep", "10")

    @unittest.skipUnless(HAS_SLURM and HAS_MPI, "there is no Slurm or no MPI, or this is not root")
    def test_ranks_make_the_whole_study(self):
        self.slurm("--ntasks=2", CLUSTER / "mpi.sbatch", "study", "study.yaml", "results/out.h5")
        self.assert_equal_to("results/out.h5", "study", "study.yaml")

    @unittest.skipUnless(shutil.which("snakemake"), "there is no Snakemake")
    def test_snakemake_makes_the_whole_study(self):
        self.call("snakemake", "--cores", "2", "--snakefile", CLUSTER / "Snakefile", "--config",
                  f"truce={TRUCE}", "study=study.yaml", "shards=3", "results=results")
        self.assert_equal_to("results/study.h5", "study", "study.yaml")
        self.assertIn("study", (self.path / "results/study.json").read_text())


if __name__ == "__main__":
    unittest.main(argv=[sys.argv[0], *sys.argv[3:]])
