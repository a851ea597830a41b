#!/usr/bin/python3
"""Every call of the system that writes results fails once, in every way; and every moment is one at which
the process is killed. After each: no damaged file has a final name, no file that was there is lost, the
exit code and the message are right, nothing is left lying about, and the same command then gives the file
that an undisturbed one gives, byte by byte.
Usage: test_every_fault.py TRUCE SOURCE_DIR FAULTS_LIBRARY [--full] [--table] [-j N] [--only WORD]
A sample of the cases takes half a minute; --full tries all, --table prints what was tried for tests/README.md."""

import argparse
import collections
import contextlib
import concurrent.futures
import dataclasses
import os
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

parser = argparse.ArgumentParser()
parser.add_argument("truce", type=pathlib.Path)
parser.add_argument("source", type=pathlib.Path)
parser.add_argument("faults", type=pathlib.Path)
parser.add_argument("--full", action="store_true")
parser.add_argument("--table", action="store_true")
parser.add_argument("-j", type=int, default=2)
parser.add_argument("--only", default="")
OPTIONS = parser.parse_args()
TRUCE, SOURCE, FAULTS = (p.resolve() for p in (OPTIONS.truce, OPTIONS.source, OPTIONS.faults))

# Small, so that a file takes few calls; with a table, which is read too.
SCENARIO = """truce: 2
name: Small
horizon: 20
parameters: {word: {value: 0.7, prior: "uniform(0.5, 1)"}}
levels: {delay: "empirical('table.csv', 'days')"}
triggers: {hold: {at: 3, chance: word}}
outcomes: {held: {value: hold.fired}, delay: {value: delay}}
timelines: [hold.fired]
"""
STUDY = """study: 1
name: Small
scenario: small.yaml
trials: 60
design: {kind: latin_hypercube, points: 6}
vary: {word: "uniform(0.5, 1)"}
"""
# Of one point, with as many trials as make it large: it is run in parts.
LARGE_STUDY = STUDY.split("trials:")[0] + "trials: 262144\ndesign: {kind: grid}\nvary: {word: [0.6]}\n"
CALLS = ("write", "pwrite", "fsync", "rename", "ftruncate", "open", "close", "read", "pread", "mkdir", "unlink")
FAULTS_OF = {"write": ("EIO", "ENOSPC", "EINTR", "short"), "pwrite": ("EIO", "ENOSPC", "EINTR", "short"),
             "read": ("EIO", "EINTR", "short"), "pread": ("EIO", "EINTR", "short"),
             "fsync": ("EIO", "ENOSPC", "EINTR"), "rename": ("EIO", "ENOSPC"),
             "ftruncate": ("EIO", "ENOSPC", "EINTR"), "open": ("EIO", "ENOSPC", "EINTR"),
             "close": ("EIO", "ENOSPC", "EINTR"), "mkdir": ("EIO", "ENOSPC"), "unlink": ("EIO",)}
KILLED = ("9", "9 after")
MANY = 6
SIGNALS = {"HUP": signal.SIGHUP, "INT": signal.SIGINT, "TERM": signal.SIGTERM, "PIPE": signal.SIGPIPE}
RUN = ("run", "small.yaml", "--chronicle", 3, "--uncertain", "-j", 1, "-n", 2500)
PARTS = (*RUN, "--part-seconds", 0)
LARGE = ("study", "large.yaml", "--keep", 200, "-o", "out.h5", "-j", 1)
OF_A_POINT = ("study", "study.yaml", "-j", 1, "--shard", "4/12", "-o", "out.h5")
SHARD = (*PARTS[:-4], "-n", 6000, "--part-seconds", 0, "--shard", "1/2", "-o", "out.h5")


def truce(folder, *arguments, faults=None, before=None, seconds=120):
    environment = dict(os.environ)
    if faults:
        environment |= {"LD_PRELOAD": str(FAULTS), **faults}
    return subprocess.run([TRUCE, *map(str, arguments)], cwd=folder, env=environment, text=True, errors="replace",
                          capture_output=True, check=False, preexec_fn=before, timeout=seconds)


def sound(folder, *arguments, **options):
    done = truce(folder, *arguments, **options)
    assert done.returncode == 0, f"{arguments}: {done.returncode}: {done.stderr}"


def run_that_was_killed(folder, *command, parts=2):
    """Until so many parts of it are kept."""
    for n in range(parts, 40):
        truce(folder, *command, faults={"FAULT_CALL": "rename", "FAULT_HOW": "9 after", "FAULT_NTH": str(n)})
        if len(list(folder.glob("*.parts/**/0*.h5"))) >= parts:
            return
    raise AssertionError("nothing was kept")


@dataclasses.dataclass
class Operation:
    """What is disturbed: a command in a folder that holds what `prepare` has made."""
    name: str
    prepare: object
    command: tuple
    output: str
    outcome: bytes = b""
    template: pathlib.Path = None
    before: dict = dataclasses.field(default_factory=dict)
    calls: collections.Counter = None
    seconds: float = 0


def shards(command, names):
    def prepare(folder):
        for k, name in enumerate(names, 1):
            sound(folder, *command, "-o", name, "--shard", f"{k}/{len(names)}", "--quiet")
    return prepare


def half_a_study(folder):
    """As an attempt leaves it that was killed: some parts."""
    run_that_was_killed(folder, "study", "study.yaml", "-o", "out.h5", "-j", 1)


def half_a_point(folder):
    """As an attempt leaves it that was interrupted."""
    for pause in (0.02, 0.05, 0.1, 0.2):
        with subprocess.Popen([TRUCE, *map(str, LARGE)], cwd=folder, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not list(folder.glob("out.h5.parts/point-*.parts")):
                time.sleep(0.001)
            time.sleep(pause)
            process.send_signal(signal.SIGINT)
        if list(folder.glob("out.h5.parts/point-*.parts/0*.h5")):
            return
    raise AssertionError("nothing was kept")


def other_output(folder):
    sound(folder, "run", "small.yaml", "-n", 50, "--seed", 7, "-o", "out.h5", "--quiet")


def shorter_study(folder):
    text = (folder / "study.yaml").read_text()
    (folder / "study.yaml").write_text(text.replace("trials: 60", "trials: 40"))
    sound(folder, "study", "study.yaml", "-o", "out.h5", "--quiet")
    (folder / "study.yaml").write_text(text)


OPERATIONS = [
    Operation("run", lambda folder: None, (*RUN, "-o", "out.h5"), "out.h5"),
    Operation("run --force", other_output, (*RUN, "-o", "out.h5", "--force"), "out.h5"),
    Operation("run in parts", lambda folder: None, (*PARTS, "-o", "out.h5"), "out.h5"),
    Operation("shard resumed", lambda folder: run_that_was_killed(folder, *SHARD), SHARD, "out.h5"),
    Operation("study", lambda folder: None, ("study", "study.yaml", "-o", "out.h5", "-j", 1), "out.h5"),
    Operation("study resumed", half_a_study, ("study", "study.yaml", "-o", "out.h5", "-j", 1), "out.h5"),
    Operation("study of a large point, resumed", half_a_point, LARGE, "out.h5"),
    Operation("study --extend", shorter_study,
              ("study", "study.yaml", "-o", "out.h5", "-j", 1, "--extend"), "out.h5"),
    Operation("join, of a run", shards(RUN, ("a.h5", "b.h5")), ("join", "out.h5", "a.h5", "b.h5"), "out.h5"),
    Operation("join, of a study", shards(("study", "study.yaml", "-j", 1), ("a.h5", "b.h5")),
              ("join", "out.h5", "a.h5", "b.h5"), "out.h5"),
    Operation("share of a point", lambda folder: None, OF_A_POINT, "out.h5"),
    Operation("share of a point, resumed", lambda folder: run_that_was_killed(folder, *OF_A_POINT, parts=1),
              OF_A_POINT, "out.h5"),
    Operation("join, of shares of points", shards(("study", "study.yaml", "-j", 1), [f"{k}.h5" for k in range(12)]),
              ("join", "out.h5", *[f"{k}.h5" for k in range(12)]), "out.h5"),
    Operation("report", lambda folder: sound(folder, *RUN, "-o", "run.h5", "--quiet"),
              ("report", "run.h5", "-o", "out.html", "--force"), "out.html"),
]


def files_of(folder):
    return {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if not p.is_dir()}


class Workshop:
    """Folders made of templates."""

    def __init__(self, root):
        self.root = root

    def set_up(self, operation):
        folder = operation.template = self.root / operation.name.replace(" ", "-").replace(",", "")
        folder.mkdir()
        (folder / "study.yaml").write_text(STUDY)
        (folder / "large.yaml").write_text(LARGE_STUDY)
        (folder / "small.yaml").write_text(SCENARIO)
        (folder / "table.csv").write_text("days\n1\n2\n4\n")
        operation.prepare(folder)
        for left in folder.rglob(".*"):  # of those that were killed on purpose
            left.unlink()
        operation.before = {name: path.read_bytes() for name, path in files_of(folder).items()}
        with self.folder_for(operation) as copy:
            began = time.monotonic()
            sound(copy, *operation.command)
            operation.seconds = time.monotonic() - began
            operation.outcome = (copy / operation.output).read_bytes()
            assert operation.outcome != operation.before.get(operation.output)
        with self.folder_for(operation) as copy:
            told = pathlib.Path(str(copy) + ".told")
            sound(copy, *operation.command, faults={"FAULT_TOLD": str(told)})
            operation.calls = collections.Counter(told.read_text().split())
            told.unlink()

    @contextlib.contextmanager
    def folder_for(self, operation, disk=None):
        """A copy; on a disk of its own of so many bytes beyond it."""
        with tempfile.TemporaryDirectory(dir=self.root) as name:
            folder = pathlib.Path(name)
            if disk is None:
                shutil.copytree(operation.template, folder, dirs_exist_ok=True)
                yield folder
                return
            size = disk + sum((len(content) + 4095) // 4096 * 4096 for content in operation.before.values())
            mount("-t", "tmpfs", "-o", f"size={size}", "none", name)
            try:
                shutil.copytree(operation.template, folder, dirs_exist_ok=True)
                yield folder
            finally:
                subprocess.run(["umount", name], check=True)


def mount(*arguments):
    subprocess.run(["mount", *arguments], check=True, capture_output=True)


def may_mount(root):
    try:
        mount("-t", "tmpfs", "none", root)
    except (subprocess.CalledProcessError, OSError):
        return False
    subprocess.run(["umount", root], check=True)
    return True


@dataclasses.dataclass
class Case:
    operation: Operation
    fault: str  # as the table has it
    how: str    # it is injected
    faults: dict = None
    before: object = None
    killed_after: float = None
    disk: int = None
    codes: tuple = (0, 1)

    def name(self):
        return f"{self.operation.name}: {self.fault} {self.faults or self.killed_after or self.disk or ''}"


class Wrong(Exception):
    pass


def require(condition, *what):
    if not condition:
        raise Wrong(" ".join(map(str, what)))


def is_part(name):
    folder, _, file = name.rpartition("/")
    return folder.endswith(".parts") and file[0] in "0r"


def check_files(operation, folder, killed):
    """Nothing is damaged, lost or left over."""
    now = files_of(folder)
    for name, content in operation.before.items():
        if name == operation.output:
            require(name in now, "the file that was there is lost")
        elif name not in now:
            of_point = "/point-" in name and any(n.startswith("out.h5.parts/0") for n in now)
            require(is_part(name) and (operation.output in now or of_point), name, "is lost")
        else:
            require(now[name].read_bytes() == content or name.endswith(".run.json"), name, "has changed")
    if operation.output in now:
        found = now[operation.output].read_bytes()
        # A table that cannot be read is one that is not there: the page says so.
        told = operation.name == "report" and b"the course as agreed is not drawn" in found
        require(told or found in (operation.outcome, operation.before.get(operation.output)) or
                is_prefix_of(operation, folder, killed), "the output is damaged")
    record = operation.output.replace(".h5", ".run.json")
    for name in now:
        known = name in operation.before or name in (operation.output, record) or is_part(name)
        hidden = name.rpartition("/")[2].startswith(".")
        require(known or (killed and hidden), name, "is left over")


def is_prefix_of(operation, folder, killed):
    """A run that was interrupted is kept whole: it can be shown, and is gone on from."""
    return not killed and operation.name.startswith("run") and \
        truce(folder, "show", operation.output).returncode in (0, 1)


def check_case(workshop, case):
    operation = case.operation
    with workshop.folder_for(operation, case.disk) as folder:
        if case.killed_after is None:
            done = truce(folder, *operation.command, faults=case.faults, before=case.before)
            code, errors = done.returncode, done.stderr
        else:
            process = subprocess.Popen([TRUCE, *map(str, operation.command)], cwd=folder, stderr=subprocess.DEVNULL,
                                       stdout=subprocess.DEVNULL)
            time.sleep(case.killed_after)
            process.kill()
            process.communicate()
            code, errors = process.returncode, ""
        # Also a crash for want of memory, where one is allowed, leaves what lies about.
        killed = code in (-signal.SIGKILL, -signal.SIGSEGV, -signal.SIGABRT)
        # Before any work: an input that cannot be read, or no memory for what a file begins with. The library of files
        # tells of it in its own words.
        unread = code == 2 and ("error: cannot read the" in errors or "memory" in errors)
        # Libraries that have no memory for what they would tell.
        by_c_library = code == -signal.SIGABRT and (
            errors.startswith("Fatal glibc error") or "terminate called without an active exception" in errors)
        require(code in case.codes or by_c_library or (unread and 1 in case.codes), "the exit code is", code, errors)
        check_files(operation, folder, killed or "unlink" in case.fault)
        if code == 0:
            found = (folder / operation.output).read_bytes()
            told = case.fault.startswith("read") and b"the course as agreed is not drawn" in found
            require(told or found == operation.outcome, "code 0, and another file")
        elif code > 0 and code != 130:
            # Where standard error itself cannot be closed, there is nothing to tell it by.
            written = folder / operation.output
            untold = "close" in case.fault and written.exists() and written.read_bytes() == operation.outcome
            require(untold or code == 127 or "error: " in errors and len(errors) < 1000, "no clear message:", errors)
            require("terminate" not in errors and "errno" not in errors, "no clear message:", errors)
        if case.disk is not None:
            mount("-o", "remount,size=1g", str(folder))
        again = list(operation.command)
        if operation.name.startswith("join") and (folder / operation.output).exists():
            again += ["--force"]
        done = truce(folder, *again)
        require(done.returncode == 0, "is not gone on from:", done.stderr)
        require((folder / operation.output).read_bytes() == operation.outcome, "another file, gone on")
        leftover = [n for n in files_of(folder) if n.rpartition("/")[2].startswith(".") or
                    ".parts" in n]
        require(not leftover, "left over in the end:", leftover)
        return code


def numbers(count):
    """Which calls of so many: all, or the first, the last, and one between."""
    if OPTIONS.full or count == 0:
        return range(1, count + 1)
    return sorted({1, (count + 1) // 2, count})


def cases_of_calls(operations):
    for operation in operations:
        for call in CALLS:
            for n in numbers(operation.calls[call]):
                at = {"FAULT_CALL": call, "FAULT_NTH": str(n)}
                every = list(cases_of_call(operation, call, at))
                if operation.calls[call] <= MANY or not OPTIONS.full:
                    yield from every
                elif call != "pread" or n % 40 == 1:  # each call in one way, each way at many calls; and killed
                    yield every[n % len(every)]
                    if n % 6 == 0:
                        yield from (c for c in every if c.faults["FAULT_HOW"] == KILLED[n // 6 % 2])


def cases_of_call(operation, call, at):
    for how in FAULTS_OF[call]:
        yield Case(operation, f"{call}: {how}", "preloaded", at | {"FAULT_HOW": how},
                   codes=(0,) if how in ("EINTR", "short") else (0, 1))
        if how in ("EIO", "ENOSPC") and call in ("pwrite", "open"):
            yield Case(operation, f"{call}: {how} from there on", "preloaded", at | {"FAULT_HOW": how, "FAULT_FROM": "1"})
    for how in KILLED:
        yield Case(operation, f"killed at {call}", "preloaded, before and after the call", at | {"FAULT_HOW": how},
                   codes=(-signal.SIGKILL, 0))
    for name, number in SIGNALS.items():
        # Before the work and after it a signal ends the process, as it does any other.
        yield Case(operation, f"SIG{name}", "preloaded, at each call", at | {"FAULT_HOW": str(int(number))},
                   codes=(0,) if name == "PIPE" else (0, 130, -number))


def limit(what, most):
    return lambda: resource.setrlimit(what, (most, most))


def other_cases(operations, may_have_disks):
    rng = random.Random(16)
    for operation in operations:
        for _ in range(5 if OPTIONS.full else 1):
            yield Case(operation, "killed at a random moment", "SIGKILL",
                       killed_after=rng.uniform(0, 1.1 * operation.seconds), codes=(-signal.SIGKILL, 0))
        for _ in range(10 if OPTIONS.full else 1):
            megabytes = rng.uniform(28, 90)  # below, it is not even loaded
            # Where the library of files finds no memory it may crash, which is told of in tests/README.md.
            yield Case(operation, "little memory", "RLIMIT_AS, 28 to 90 MB",
                       before=limit(resource.RLIMIT_AS, int(megabytes * 1e6)), codes=(0, 1, 127, -signal.SIGSEGV))
        for _ in range(5 if OPTIONS.full else 1):
            yield Case(operation, "files may not be large", "RLIMIT_FSIZE",
                       before=limit(resource.RLIMIT_FSIZE, int(len(operation.outcome) * rng.uniform(0, 1.2))))
        for _ in range(5 if OPTIONS.full else 1):
            if may_have_disks:
                yield Case(operation, "a small full disk", "tmpfs of its own",
                           disk=int(4096 + len(operation.outcome) * rng.uniform(0, 2.5)))
        for files in range(4, 16) if OPTIONS.full else (rng.randrange(4, 16),):
            yield Case(operation, "few files may be open", "RLIMIT_NOFILE, 4 to 15",
                       before=limit(resource.RLIMIT_NOFILE, files))
        for seconds in (1, 3600, 10**8, -(10**9)) if OPTIONS.full else (10**8,):
            yield Case(operation, "the clock jumps", "preloaded, at each reading",
                       {"FAULT_CLOCK": str(seconds)}, codes=(0,))


def main():
    own = "TRUCE_OWN_MOUNTS"
    if os.geteuid() == 0 and own not in os.environ and shutil.which("unshare"):
        command = ["unshare", "-m", sys.executable, *sys.argv]
        if subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode == 0:
            os.execvpe("unshare", command, os.environ | {own: "1"})
    chosen = [o for o in OPERATIONS if OPTIONS.only in o.name]
    with tempfile.TemporaryDirectory() as root:
        workshop = Workshop(pathlib.Path(root))
        for operation in chosen:
            workshop.set_up(operation)
        disks = own in os.environ and may_mount(root)
        if not disks:
            print("no disk can be mounted here: a small full disk is left out")
        cases = list(other_cases(chosen, disks))
        of_calls = list(cases_of_calls(chosen))
        if not OPTIONS.full:  # a sample, the same each time
            of_calls = random.Random(3).sample(of_calls, min(len(of_calls), 110))
        cases += of_calls
        wrong, tried = [], collections.Counter()
        codes = collections.defaultdict(collections.Counter)
        with concurrent.futures.ThreadPoolExecutor(OPTIONS.j) as pool:
            for case, future in [(case, pool.submit(check_case, workshop, case)) for case in cases]:
                try:
                    codes[case.fault, case.how][future.result()] += 1
                except (Wrong, subprocess.TimeoutExpired) as error:
                    wrong.append(case)
                    print(f"{case.name()}: {error}", flush=True)
                tried[case.fault, case.how] += 1
        if OPTIONS.table:
            print("| fault | how injected | times tried | exit code 0, 1, 130, killed |\n| --- | --- | --- | --- |")
            for (fault, how), count in sorted(tried.items()):
                of = [str(codes[fault, how][code]) for code in (0, 1, 130, -9)]
                print(f"| {fault} | {how} | {count} | {', '.join(of)} |")
        for operation in chosen:
            print(operation.name, {c: n for c, n in operation.calls.items() if n}, file=sys.stderr)
        print(f"{len(cases)} cases, {len(wrong)} wrong")
        return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
