"""The Debian packages that cpack makes: what is in them, and what they depend on; and, where TRUCE_DEBIAN_CHROOT is set, that they
install and run on a Debian 12 of their own (a folder made by debootstrap, or one to be made; as root, with a net: minutes).

usage: test_debian.py BUILD SOURCE"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

BUILD, SOURCE = map(pathlib.Path, sys.argv[1:3])
CHROOT = os.environ.get("TRUCE_DEBIAN_CHROOT")


def call(*words, **options):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **options)
    if done.returncode:
        raise AssertionError(f"{words}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        call("cpack", "--config", BUILD / "CPackConfig.cmake", "-B", folder.name, cwd=BUILD)
        files = list(pathlib.Path(folder.name).rglob("*.deb"))
        cls.packages = {call("dpkg-deb", "-f", file, "Package").strip(): file for file in files}

    def field(self, package, name):
        return call("dpkg-deb", "-f", self.packages[package], name).strip()

    def contents(self, package):
        return [line.split()[5][1:] for line in call("dpkg-deb", "-c", self.packages[package]).splitlines()]

    def test_each_has_its_own(self):
        expected = {"truce": ["/usr/bin/truce", "/usr/share/man/man1/truce.1", "/usr/share/bash-completion/completions/truce",
                              "/usr/share/zsh/vendor-completions/_truce"],
                    "libtruce0": ["/usr/lib/libtruce.so.0"],
                    "libtruce-dev": ["/usr/include/truce/truce.hpp", "/usr/lib/cmake/truce/truceConfig.cmake", "/usr/lib/libtruce.so"],
                    "python3-truce": ["/usr/lib/python3/dist-packages/truce/__init__.py"]}
        seen = {}
        for package, files in expected.items():
            if package == "python3-truce" and package not in self.packages:
                continue
            contents = self.contents(package)
            for file in files:
                self.assertTrue(any(name == file or name.startswith(file + ".gz") for name in contents), (package, file, contents))
            for name in contents:
                if not name.endswith("/"):
                    self.assertNotIn(name, seen, f"{name} is in {package} and {seen.get(name)}")
                    seen[name] = package

    def test_what_they_depend_on_is_known(self):
        program = self.field("truce", "Depends")
        for library in ("libc6", "libhdf5-103", "libyaml-cpp0.7", "libfmt9", "libdeflate0"):
            self.assertIn(library, program)
        for absent in ("openmpi", "libtruce"):
            self.assertNotIn(absent, program)
        version = self.field("truce", "Version")
        self.assertIn(f"libtruce0 (= {version})", self.field("libtruce-dev", "Depends"))
        if "truce-mpi" in self.packages:
            self.assertIn("openmpi", self.field("truce-mpi", "Depends"))
        if "python3-truce" in self.packages:
            for package in ("python3-xarray", f"libtruce0 (= {version})", "python3 (>= 3."):
                self.assertIn(package, self.field("python3-truce", "Depends"))

    @unittest.skipUnless(CHROOT, "TRUCE_DEBIAN_CHROOT is not set")
    def test_they_install_and_run_on_debian_12(self):
        root = pathlib.Path(CHROOT)
        if not (root / "usr").is_dir():
            call("debootstrap", "--variant=minbase", "bookworm", root)
        packages = [self.packages[p] for p in ("truce", "libtruce0", "libtruce-dev", "python3-truce") if p in self.packages]
        inside = root / "packages"
        inside.mkdir(exist_ok=True)
        for file in [*packages, SOURCE / "scenarios" / "neutral-a-b.yaml"]:
            shutil.copy(file, inside)
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        names = [f"/packages/{file.name}" for file in packages]
        call("chroot", root, "apt-get", "update", env=environment)
        call("chroot", root, "apt-get", "install", "-y", "--no-install-recommends", "--reinstall", *names, env=environment)

        def there(*words):
            return call("chroot", root, *words, env=environment)
        self.assertTrue(there("truce", "--version").startswith("truce "))
        told = there("truce", "run", "/packages/neutral-a-b.yaml", "-n", "1000", "-o", "/packages/r.h5", "--force")
        self.assertIn("1000 trials", told)
        self.assertIn("| outcome |", there("truce", "table", "/packages/r.h5"))
        if "python3-truce" in self.packages:
            mean = there("python3", "-c", "import truce; t = truce.run('/packages/neutral-a-b.yaml', trials=1000); "
                         "print(f'{float(t.duration.mean()):.6g}')").strip()
            self.assertIn(f"{float(mean):.4g}"[:4], told)
        self.assertEqual("", there("dpkg", "--audit"))


if __name__ == "__main__":
    for tool in ("cpack", "dpkg-deb", "dpkg-shlibdeps"):
        if not shutil.which(tool):
            print(f"skipped: there is no {tool}", file=sys.stderr)
            sys.exit(77)
    unittest.main(argv=sys.argv[:1])
