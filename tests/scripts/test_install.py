"""What cmake --install puts in place. Usage: test_install.py BUILD_DIR VERSION"""

import os
import pathlib
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
            self.assertEqual({"bin", "include", "lib"}, {p.name for p in local.iterdir()})
            told = subprocess.run(["truce", "--version"], check=True, text=True,
                                  capture_output=True, cwd=folder,
                                  env=dict(os.environ, PATH=str(program.parent))).stdout
            self.assertTrue(told.startswith(f"truce {VERSION} ("), told)


if __name__ == "__main__":
    BUILD, VERSION = sys.argv[1:]
    unittest.main(argv=sys.argv[:1])
