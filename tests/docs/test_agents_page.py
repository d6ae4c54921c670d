"""The Python of docs/agents.md runs, with a scripted server in place of the model."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from ..model_server import ModelServer, Request, calls

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SQLENV_NATIVE_BUILD", ROOT / "build/native"))
BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs/agents.md").read_text(), re.M | re.S)


def run(code: str, folder: Path) -> str:
    environment = {**os.environ, "PYTHONPATH": str(BUILD / "python"), "MODEL_KEY": "a-key-of-the-tests"}
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_model_behind_an_address(tmp_path):
    def model(request: Request):
        assert request.headers["authorization"] == "Bearer a-key-of-the-tests" and request.body["model"] == "qwen"
        return calls(request, "answer", {"value": "1"})

    with ModelServer(model) as server:
        said = run(BLOCKS[0].replace("http://localhost:8080/v1", server.url), tmp_path)
    assert said.startswith("qwen on starter: ") and f"of {len(server.requests)} solved" in said
    assert (tmp_path / "episodes.jsonl").read_text().count('"total_reward"') == len(server.requests)


def test_the_loop_over_an_env(tmp_path):
    model = 'lines = iter(["D pet", "Q SELECT 1", "A ="])\ndef model(prompt): return next(lines)\n'
    assert run(model + BLOCKS[1] + "print(agent.prompt)", tmp_path).endswith("A 1\n\n")


def test_gymnasium(tmp_path):
    assert run(BLOCKS[2] + "print(observation['step_count'], terminated)", tmp_path) == "1 False\n"


def test_training_by_trl_takes_these_settings(tmp_path):
    """TRL itself runs in tests/python/test_learn_tiny_model.py, where torch is installed."""
    code, lines = BLOCKS[3], "trainer = make_trainer(TrlSettings("
    assert lines in code and code.endswith("trainer.train()\n") and len(BLOCKS) == 4
    settings = code.replace("trainer = make_trainer(", "print(").replace("trainer.train()", "print(make_trainer)")
    assert "model='path/to/model'" in run(settings, tmp_path)
