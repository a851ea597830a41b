"""A study, a scenario of cheap trials, and processes that are stopped: what the tests of large work share."""

import subprocess
import time

from program import TRUCE
from studies import SMALL, StudyTest

# Its trials cost next to nothing: for what needs many.
SHOTS = """truce: 2
horizon: 10
parameters: {rate: {value: 0.1, prior: "uniform(0.05, 0.15)"}}
incidents: {shot: {rate: rate, while: true}}
outcomes: {shots: {value: shot.occurred}}
timelines: [shot.occurred]
"""


class ClusterTest(StudyTest):
    def setUp(self):
        super().setUp()
        self.shots = self.path / "shots.yaml"
        self.shots.write_text(SHOTS)
        self.write_study(100)

    def write_study(self, trials):
        self.study.write_text(SMALL.replace("trials: 300", f"trials: {trials}").replace("points: 24", "points: 40"))

    # Of so many trials that a point is run in parts.
    LARGE = ["study", "large.yaml", "--keep", 1000, "--quiet"]

    def write_large_study(self, trials):
        (self.path / "large.yaml").write_text(
            f"study: 1\nscenario: {self.shots.name}\ntrials: {trials}\ndesign: {{kind: grid}}\n"
            "vary: {rate: [0.1, 0.2]}\n")

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

    def wait_for_work(self, process):
        """Until it has begun to write, and then for as long as some trials take."""
        until = time.monotonic() + 120
        while not any(self.path.rglob(".*.partial-*")) and process.poll() is None:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)
        time.sleep(0.3)

    def wait_for_part(self, output, process, count=1):
        until = time.monotonic() + 120
        parts = self.path / f"{output}.parts"
        while len(list(parts.glob("0*.h5"))) < count and process.poll() is None:
            self.assertLess(time.monotonic(), until)
            time.sleep(0.01)
        self.assertIsNone(process.poll(), "it was over before anything was kept")
