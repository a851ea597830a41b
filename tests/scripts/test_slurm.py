"""The scripts of scenarios/studies/cluster on a Slurm of this machine alone, and with Snakemake. What is not installed here
is skipped; Debian has it as slurm-wlm, munge and snakemake. Usage: test_slurm.py TRUCE ROOT"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

TRUCE = pathlib.Path(sys.argv[1]).resolve()
ROOT = pathlib.Path(sys.argv[2]).resolve()
CLUSTER = ROOT / "scenarios" / "studies" / "cluster"
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

    def call(self, *command):
        done = subprocess.run([*map(str, command)], cwd=self.path, env=self.environment,
                              capture_output=True, text=True, check=False, timeout=300)
        outputs = "".join(p.read_text() for p in self.path.glob("slurm-*.out"))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr + outputs)
        return done.stdout

    def slurm(self, *arguments):
        self.call(NODE, self.path / "node", "sbatch", "--wait", *arguments)

    def assert_equal_to(self, output, *command):
        self.call(TRUCE, *command, "--output", "whole.h5", "--quiet", "--force")
        self.assertEqual((self.path / output).read_bytes(), (self.path / "whole.h5").read_bytes())
        self.assertFalse(list(self.path.glob("results/*.parts")))

    @unittest.skipUnless(shutil.which("shellcheck"), "there is no shellcheck")
    def test_shellcheck_finds_nothing(self):
        self.call("shellcheck", *sorted(CLUSTER.glob("*.sbatch")), NODE)

    @unittest.skipUnless(HAS_SLURM, "there is no Slurm, or this is not root")
    def test_an_array_makes_the_whole_study(self):
        self.slurm("--array=1-3", CLUSTER / "array.sbatch", "study", "study.yaml", "results/out.h5")
        self.assert_equal_to("results/out.h5", "study", "study.yaml")

    @unittest.skipUnless(HAS_SLURM, "there is no Slurm, or this is not root")
    def test_an_array_makes_the_whole_run(self):
        run = [ROOT / "scenarios/neutral-a-b.yaml"]
        self.slurm("--array=1-4", CLUSTER / "array.sbatch", "run", *run, "results/out.h5",
                   "--trials", "3000", "--keep", "10")
        self.assert_equal_to("results/out.h5", "run", *run, "--trials", "3000", "--keep", "10")

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
