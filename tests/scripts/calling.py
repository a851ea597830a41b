"""Runs a plot script as a user does, or, much faster, within this process."""

import contextlib
import io
import os
import pathlib
import runpy
import subprocess
import sys

SCRIPTS = pathlib.Path(__file__).resolve().parents[2] / "scripts"
sys.path.insert(0, str(SCRIPTS))

DPI = 40  # of images whose pixels no test looks at


def as_user(script, arguments, folder):
    return subprocess.run([str(SCRIPTS / script), *map(str, arguments)], cwd=folder,
                          capture_output=True, text=True, check=False)


def within(script, arguments, folder):
    """The same, by this interpreter, with fewer pixels."""
    import truce_style  # after the path is set
    out, err, before = io.StringIO(), io.StringIO(), (sys.argv, os.getcwd())
    code = 0
    try:
        sys.argv = [script, *map(str, arguments)]
        os.chdir(folder)
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err), \
                truce_style.plt.rc_context({"savefig.dpi": DPI}):
            runpy.run_path(str(SCRIPTS / script), run_name="__main__")
    except SystemExit as stop:
        code = stop.code or 0
    finally:
        sys.argv = before[0]
        os.chdir(before[1])
        truce_style.plt.close("all")
    return subprocess.CompletedProcess([script], code, out.getvalue(), err.getvalue())
