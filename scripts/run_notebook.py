#!/usr/bin/env python3
"""Runs a notebook from top to bottom in a clean kernel and writes the executed copy.

usage: run_notebook.py NOTEBOOK FOLDER [--quick]

FOLDER gets the executed copy and the plots that the notebook writes. Nothing is fetched. --quick is
the setting of the tests.
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

SECONDS_A_CELL = 3600


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("notebook", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--quick", action="store_true", help="few iterations")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    os.environ["SQLENV_NOTEBOOK_OUT"] = str(options.folder.resolve())
    os.environ["SQLENV_NOTEBOOK_QUICK"] = "1" if options.quick else "0"
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
