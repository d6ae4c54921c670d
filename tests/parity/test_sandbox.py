"""Every attack on the sandbox ends alike natively and in wasm: code, operations, and what was said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from .conftest import NATIVE, WEB, require


@pytest.fixture(scope="module")
def programs(node: str) -> tuple[list, list]:
    native = require(NATIVE.parent / "sqlenv_sandbox_attacks", "run make native")
    wasm = require(WEB / "bin" / "sqlenv_sandbox_attacks.js", "run scripts/test web")
    return [native], [node, wasm]


def endings(command: list[str | Path]) -> list[list[str]]:
    """[name, code, operations, digest] of each attack."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=True)
    return [line.split() for line in done.stdout.splitlines()]


def test_attacks_end_alike(programs):
    native, wasm = (endings(command) for command in programs)
    assert len(native) >= 80
    assert all(len(line) == 4 for line in native)
    assert wasm == native


def test_stops_are_counted(programs):
    spent = [int(line[2]) for line in endings(programs[0]) if line[1] == "OPERATION_BUDGET"]
    # A call whose work would be too much is charged before it is made, so some are far above.
    running = [operations for operations in spent if operations >= 1_000_000]
    planning = [operations for operations in spent if operations < 1_000_000]
    assert len(running) >= 40 and len(planning) >= 30
    assert min(planning) >= 400_000
