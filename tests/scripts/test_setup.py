"""What the scripts do about packages: with stand-ins for dpkg-query, apt-get, sudo and id that
note how they were called, on a PATH of nothing else."""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SETUP = ROOT / "scripts" / "lib" / "setup.sh"
TOOLS = ("bash", "grep", "env", "dirname", "cat")

# The packages that CMake's find_package calls for.
PACKAGE_OF = {"yaml-cpp": "libyaml-cpp-dev", "HDF5": "libhdf5-dev", "Eigen3": "libeigen3-dev",
              "Boost": "libboost-dev", "fmt": "libfmt-dev", "CLI11": "libcli11-dev",
              "nlohmann_json": "nlohmann-json3-dev", "Catch2": "catch2", "Threads": "g++",
              "TBB": "libtbb-dev", "benchmark": "libbenchmark-dev",
              "Python3": "python3", "deflate": "libdeflate-dev", "MPI": "libopenmpi-dev"}


class Setup(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.bin = self.folder / "bin"
        self.bin.mkdir()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))
        self.log = self.folder / "log"
        self.log.touch()

    def stand_in(self, name, body):
        file = self.bin / name
        file.write_text(f"#!{shutil.which('bash')}\n{body}\n")
        file.chmod(0o755)

    def debian(self, lacking=(), user=0, sudo=True, update_fails=False):
        self.stand_in("dpkg-query", (
            'for p in "${@:3}"; do case " ' + " ".join(lacking) + ' " in\n'
            '*" $p "*) status=1 ;; *) echo "$p installed" ;; esac; done; exit "${status:-0}"'))
        self.stand_in("apt-get", (f'echo "apt-get $*" >>"{self.log}"\n'
                                  + ('[[ $* != *update* ]]' if update_fails else "")))
        self.stand_in("id", f"echo {user}")
        if sudo:
            self.stand_in("sudo", f'echo "sudo" >>"{self.log}"; exec "$@"')

    def run_shell(self, command):
        return subprocess.run(
            [str(self.bin / "bash"), "-c", f'set -euo pipefail; source "{SETUP}"; {command}'],
            env={"PATH": str(self.bin)}, capture_output=True, text=True, check=False)

    def install(self):
        done = self.run_shell("install_packages")
        return done, self.log.read_text().splitlines()

    def test_silent_when_all_is_there(self):
        self.debian()
        done, calls = self.install()
        self.assertEqual((0, "", ""), (done.returncode, done.stdout, done.stderr))
        self.assertEqual([], calls)

    def test_installs_just_what_is_missing(self):
        self.debian(lacking=("cmake", "libfmt-dev"))
        done, calls = self.install()
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertIn("cmake libfmt-dev", done.stderr)
        self.assertEqual(2, len(calls), calls)
        self.assertTrue(calls[0].endswith(" update"))
        self.assertTrue(calls[1].endswith(" install -y --no-install-recommends cmake libfmt-dev"))

    def test_other_packages_may_be_asked_for(self):
        self.debian(lacking=("cmake", "clang"))
        done = self.run_shell("install_packages clang bash")
        self.assertEqual(0, done.returncode, done.stderr)
        calls = self.log.read_text().splitlines()
        self.assertTrue(calls[1].endswith(" install -y --no-install-recommends clang"), calls)

    def test_names_that_only_begin_alike_are_not_taken_for_installed(self):
        self.debian(lacking=("python3",))
        self.assertTrue(self.install()[1][1].endswith(" python3"))

    def test_sudo_where_not_root(self):
        self.debian(lacking=("cmake",), user=1000)
        done, calls = self.install()
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual(["sudo", "sudo"], calls[::2])

    def test_without_sudo_tells_what_to_do(self):
        self.debian(lacking=("cmake",), user=1000, sudo=False)
        done, calls = self.install()
        self.assertEqual((1, []), (done.returncode, calls))
        self.assertIn("as root: apt-get install cmake", done.stderr)

    def test_failing_apt_is_an_error(self):
        self.debian(lacking=("cmake",), update_fails=True)
        done, calls = self.install()
        self.assertEqual((1, 1), (done.returncode, len(calls)))
        self.assertIn("apt-get could not install cmake", done.stderr)

    def test_other_systems_are_told_what_is_needed(self):
        for tool in ("cmake", "c++", "python3"):
            self.stand_in(tool, "")
        done, _ = self.install()
        self.assertEqual(0, done.returncode)
        self.assertIn("libyaml-cpp-dev", done.stderr)
        (self.bin / "cmake").unlink()
        done, _ = self.install()
        self.assertEqual(1, done.returncode)
        self.assertIn("cmake is not installed", done.stderr)

    def test_a_failing_build_is_an_error_with_or_without_ccache(self):
        self.stand_in("nproc", "echo 2")
        self.stand_in("cmake", f'echo "cmake $*" >>"{self.log}"; [[ $* != *--build* ]]')
        done = self.run_shell(f'truce_build="{self.folder}/build"; build_truce all')
        self.assertEqual(1, done.returncode)
        self.assertNotIn("ccache", self.log.read_text())
        self.stand_in("ccache", "")
        self.run_shell(f'truce_build="{self.folder}/build"; build_truce all')
        self.assertIn("CXX_COMPILER_LAUNCHER=ccache", self.log.read_text())

    def test_every_package_that_cmake_requires_is_listed(self):
        packages = set(self.run_shell_packages())
        lists = [ROOT / "CMakeLists.txt", *(ROOT / "src").rglob("CMakeLists.txt"),
                 *(ROOT / "tests").rglob("CMakeLists.txt")]
        found = set()
        lists = [path for path in lists if path.parent.name != "outside"]  # a user's own project
        for path in lists:
            text = path.read_text()
            found |= set(re.findall(r"find_package\((\S+)[^)]*REQUIRED", text))
            found |= set(re.findall(r"find_library\(\S+ (\S+)[^)]*REQUIRED", text))
        self.assertIn("yaml-cpp", found)
        self.assertEqual(set(), found - set(PACKAGE_OF), "add their packages here")
        self.assertEqual(set(), {PACKAGE_OF[name] for name in found} - packages,
                         "add them to scripts/lib/setup.sh")

    def run_shell_packages(self):
        return self.run_shell('echo "${truce_packages[*]}"').stdout.split()


class Scripts(unittest.TestCase):
    def test_can_be_run_and_parsed(self):
        for name in ("scripts/test", "scripts/sanitize", "scripts/quickstart", ".ci/run"):
            self.assertTrue(os.access(ROOT / name, os.X_OK), name)
            subprocess.run(["bash", "-n", str(ROOT / name)], check=True)

    def test_quickstart_refuses_what_is_no_scenario_before_any_work(self):
        for arguments in (["/nowhere/x.yaml"], ["--fast"], ["a", "b"]):
            done = subprocess.run([str(ROOT / "scripts" / "quickstart"), *arguments],
                                  capture_output=True, text=True, check=False)
            self.assertEqual(2, done.returncode, arguments)


if __name__ == "__main__":
    unittest.main()
