"""The package's types hold under mypy --strict, and it needs no extra that is not asked for."""

from __future__ import annotations

import subprocess
import sys

import pytest

from .conftest import PACKAGE, ROOT


def test_mypy_strict():
    pytest.importorskip("mypy", reason="mypy is not installed: run scripts/setup python")
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--cache-dir", ROOT / "build/mypy"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )
    assert done.returncode == 0, done.stdout


def test_the_environments_import_numpy_alone():
    code = (
        "import sys, sqlenv, sqlenv.agents; sqlenv.VectorEnv, sqlenv.evaluate, sqlenv.ToolEnv;"
        "print([m for m in ('gymnasium', 'trl', 'ray', 'openenv', 'torch', 'httpx') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(PACKAGE)},
                          capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_star_gives_what_is_installed():
    code = (
        "import importlib.util as u; find = u.find_spec;"
        "u.find_spec = lambda name, *a: None if name == 'openenv' else find(name, *a);"
        "from sqlenv import *; print(Env.__name__, 'SQLEnv' in globals(), 'SQLEnvTaskset' in globals())"
    )
    done = subprocess.run([sys.executable, "-c", code], env={"PYTHONPATH": str(PACKAGE)},
                          capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["Env", "False", "False"]
