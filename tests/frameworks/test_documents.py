"""The commands for frameworks in docs/agents.md run as they stand."""

from __future__ import annotations

import re
import shlex

import pytest

pytest.importorskip("verifiers.v1", reason="verifiers is not installed: run scripts/setup frameworks")

from ..model_server import ModelServer, calls  # noqa: E402
from .conftest import ROOT, program  # noqa: E402

PAGE = (ROOT / "docs/agents.md").read_text()
COMMANDS = re.findall(r"^((?:vf-eval|inspect) .*)$", PAGE, re.M)


def test_there_are_commands():
    assert {line.split()[0] for line in COMMANDS} == {"vf-eval", "inspect"} and len(COMMANDS) == 4


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("vf-eval")])
def test_vf_eval(line, tmp_path):
    with ModelServer(lambda request: calls(request, "answer", {"value": "1"})) as server:
        command = shlex.split(line.replace("http://localhost:8000/v1", server.url))
        done = program(*command, "--no-rich", folder=tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
    assert len(server.requests) == (0 if "--dry-run" in command else 20)


@pytest.mark.parametrize("line", [line for line in COMMANDS if line.startswith("inspect")])
def test_inspect_eval_resolves(line, tmp_path):
    """Both models of these commands would need a network, so that the model is one of the tests'."""
    command = re.sub(r" --model(-base-url)? \S+", "", line)
    done = program(
        *shlex.split(command), "--model", "none/none", "--limit", 1, "--display", "plain", folder=tmp_path
    )
    # A task without its model is loaded and begun; the first request fails.
    assert "sqlenv/" in done.stdout and "none" in done.stdout + done.stderr, done.stdout + done.stderr
