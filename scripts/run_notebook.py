#!/usr/bin/env python3
"""Runs a notebook from top to bottom in a clean kernel and writes the executed copy.

usage: run_notebook.py NOTEBOOK FOLDER [--quick] [--road NAME]

FOLDER gets the executed copy and the plots that the notebook writes. Nothing is fetched, unless a road
is named that lacks something. --quick is the setting of the tests.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

SECONDS_A_CELL = 24 * 3600
"""training in full takes hours on some roads"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="few iterations")
    parser.add_argument("--road", help="how to train: numpy, lm or trl (default: what the machine can)")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ["SQLENV_NOTEBOOK_OUT"] = str(options.folder.resolve())
    os.environ["SQLENV_NOTEBOOK_QUICK"] = "1" if options.quick else "0"
    if options.road:
        os.environ["SQLENV_NOTEBOOK_ROAD"] = options.road
    # The kernel is this interpreter's own, whatever kernels the user has installed.
    os.environ["JUPYTER_PATH"] = str(Path(sys.prefix) / "share" / "jupyter")
    os.environ.setdefault("MPLCONFIGDIR", str(options.folder.resolve() / "matplotlib"))
    notebook = nbformat.read(options.notebook, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS_A_CELL,
        kernel_name="python3",
        resources={"metadata": {"path": str(options.notebook.resolve().parent)}},
    )
    begun = time.monotonic()
    try:
        client.execute()
        said, status = "ran", 0
    except CellExecutionError as error:
        print(error, file=sys.stderr)
        said, status = "FAILED", 1
    executed = options.folder / options.notebook.name
    nbformat.write(notebook, executed)
    print(f"{options.notebook} {said} in {time.monotonic() - begun:.0f} s; executed copy: {executed}")
    return status


if __name__ == "__main__":
    sys.exit(main())
