"""Small files of results to draw from: runs of a scenario by truce, changed with h5py where a test asks for it."""

import os
import pathlib
import subprocess

import h5py

TRUCE = os.environ.get("TRUCE", "truce")  # the program
SCENARIO = pathlib.Path(__file__).resolve().parents[2] / "scenarios" / "neutral-a-b.yaml"


def write(path, trials=400, scenario=SCENARIO, **attributes):
    """Writes the file; `attributes` replace those of the root, None removes one."""
    subprocess.run([TRUCE, "run", str(scenario), "--trials", str(trials), "--output", str(path), "--force",
                    "--quiet"], check=True)
    if not attributes:
        return
    with h5py.File(path, "r+") as file:
        for name, value in attributes.items():
            del file.attrs[name]
            if value is not None:
                file.attrs[name] = value
