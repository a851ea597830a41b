"""What cmake --install puts in place. Usage: test_install.py BUILD_DIR VERSION"""

import os
import pathlib
import site
import subprocess
import sys
import tempfile
import unittest


class Install(unittest.TestCase):
    def test_the_program_runs_from_where_it_was_put(self):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["cmake", "--install", BUILD, "--prefix", "/usr/local"], check=True,
                           stdout=subprocess.DEVNULL, env=dict(os.environ, DESTDIR=folder))
            local = pathlib.Path(folder) / "usr" / "local"
            program = local / "bin" / "truce"
            self.assertEqual([program], list((local / "bin").iterdir()))
            self.assertEqual({"bin", "include", "lib", "share"}, {p.name for p in local.iterdir()})
            self.assertEqual({"share/man/man1/truce.1", "share/bash-completion/completions/truce",
                              "share/zsh/site-functions/_truce"},
                             {str(p.relative_to(local)) for p in (local / "share").rglob("*") if p.is_file()})
            told = subprocess.run(["truce", "--version"], check=True, text=True,
                                  capture_output=True, cwd=folder,
                                  env=dict(os.environ, PATH=str(program.parent))).stdout
            self.assertTrue(told.startswith(f"truce {VERSION} ("), told)

    def test_python_finds_the_module_where_it_was_put(self):
        if not (pathlib.Path(BUILD) / "python").is_dir():
            self.skipTest("the module was not built")
        for prefix in ("/usr", "/usr/local", os.path.expanduser("~/.local"), "/opt/elsewhere"):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(["cmake", "--install", BUILD, "--prefix", prefix], check=True,
                               stdout=subprocess.DEVNULL, env=dict(os.environ, DESTDIR=folder))
                package, = pathlib.Path(folder).rglob("truce/__init__.py")
                place = "/" + str(package.parents[1].relative_to(folder))
                self.assertTrue(place.startswith(prefix + "/lib/python3"), place)
                if prefix != "/opt/elsewhere":
                    self.assertIn(place, [*site.getsitepackages(), site.getusersitepackages()])
                # The library is found from there, wherever the prefix has come to lie.
                told = subprocess.run([sys.executable, "-B", "-c", "import truce; print(truce.__version__)"],
                                      env={"PYTHONPATH": str(package.parents[1]), "PATH": os.environ["PATH"]},
                                      cwd=folder, capture_output=True, text=True)
                self.assertEqual((VERSION + "\n", ""), (told.stdout, told.stderr), prefix)


if __name__ == "__main__":
    BUILD, VERSION = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
