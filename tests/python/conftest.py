"""What the tests of the Python package need: the package as the build makes it, and the programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SQLENV_NATIVE_BUILD", ROOT / "build" / "native"))
PACKAGE = BUILD / "python"
SQLENV = BUILD / "bin" / "sqlenv"
GOLDEN = ROOT / "tests" / "golden"
SPIDER = ROOT.parent / "shared" / "spider"

sys.path.insert(0, str(PACKAGE))

GOLDEN_NAMES = sorted(path.name.split(".")[0] for path in GOLDEN.glob("*.reset.json"))


def pytest_configure() -> None:
    if not list(PACKAGE.glob("sqlenv/_core*.so")):
        pytest.exit("the Python package is not built: cmake --build --preset native --target sqlenv_python")


def golden(name: str) -> tuple[dict, list[tuple[str, str]], str]:
    """Reset options, actions and the trajectory that every face must give."""
    options = json.loads((GOLDEN / f"{name}.reset.json").read_text("utf-8"))
    lines = (GOLDEN / f"{name}.jsonl").read_text("utf-8").splitlines()
    actions = [json.loads(line) for line in lines if line.strip()]
    trajectory = (GOLDEN / f"{name}.trajectory.jsonl").read_bytes().decode("utf-8")
    return options, [(one["action_type"], one["argument"]) for one in actions], trajectory


def sqlenv_program(*arguments: object) -> bytes:
    command = [str(SQLENV), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


@pytest.fixture(scope="session")
def catalog():
    from sqlenv import Catalog

    return Catalog()
