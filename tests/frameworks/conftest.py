"""What the tests with frameworks for language models need: the package as a wheel installs it.

They run in an environment of their own, build/deps/venv-frameworks: verifiers and Inspect want other
versions of packages than the rest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SQLENV_NATIVE_BUILD", ROOT / "build" / "native"))
BACKEND_PYTHON = ROOT / "build/deps/venv/bin/python"
MAKE_METADATA = "import sys; from scikit_build_core.build import prepare_metadata_for_build_wheel as make; make(sys.argv[1])"

_folder = tempfile.TemporaryDirectory(prefix="sqlenv-site-")
SITE = Path(_folder.name) / "site-packages"
"""Inspect takes the name of a package from a path that holds this word."""


def pytest_configure() -> None:
    package = BUILD / "python" / "sqlenv"
    if not list(package.glob("_core*.so")):
        pytest.exit("the Python package is not built: cmake --build --preset native --target sqlenv_python")
    SITE.mkdir()
    (SITE / "sqlenv").symlink_to(package.resolve())
    subprocess.run([BACKEND_PYTHON, "-c", MAKE_METADATA, SITE], cwd=ROOT, check=True, capture_output=True)
    sys.path.insert(0, str(SITE))


def program(name: str, *arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs a program of the frameworks' environment in `folder`."""
    command = [str(Path(sys.executable).parent / name), *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(SITE), "HOME": str(folder), "NO_COLOR": "1"}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="session")
def oracle() -> dict[str, list[tuple[str, dict[str, str]]]]:
    """The calls of tools that answer each question of pets_1's eval split right, by its text."""
    from sqlenv import Env
    from sqlenv.evaluation import plan_evaluation

    env, calls = Env(), {}
    tools = {"DESCRIBE": ("describe", "table"), "SAMPLE": ("sample", "table"), "QUERY": ("query", "sql"),
             "ANSWER": ("answer", "value")}  # fmt: skip
    for planned in plan_evaluation(env.catalog, split="eval", database="pets_1"):
        env.reset(seed=planned.seed, pack=planned.pack, question_id=planned.question_id)
        env._core.play("oracle")
        steps = [json.loads(line)["action"] for line in env.trajectory().splitlines()[1:-1]]
        calls[env.question.text] = [
            (tools[one["action_type"]][0], {tools[one["action_type"]][1]: one["argument"]}) for one in steps
        ]
    assert len(calls) == 15
    return calls


@pytest.fixture(scope="session")
def expected(oracle) -> list[str]:
    """The trajectories of these calls, as sqlenv.agents plays them."""
    from sqlenv.agents import Completion, ToolCall, evaluate

    def model(agent):
        asked = sum(message["role"] == "assistant" for message in agent.messages)
        question = agent.messages[1]["content"].removeprefix("Question: ").split("\n\nTables: ")[0]
        name, arguments = oracle[question][asked]
        return Completion("", (ToolCall("call_1", name, json.dumps(arguments)),))

    played = []
    result = evaluate(model, split="eval", database="pets_1", report=played.append)
    assert result.all.successes == 15
    return [one.trajectory for one in played]


def question_of(messages: list) -> str:
    """The question in the first message of the user, given as dicts."""
    return messages[1]["content"].removeprefix("Question: ").split("\n\nTables: ")[0]
