"""What a real small language model wrote (scripts/model-test) is read as it was, and gives the same episodes."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from .test_cli import GOLDEN, sqlenv

MODELS = GOLDEN / "models"
NAMES = sorted(path.name.removesuffix(".completions.jsonl") for path in MODELS.glob("*.completions.jsonl"))


def lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (MODELS / name).read_text(encoding="utf-8").splitlines()]


def test_both_dialects_are_recorded():
    headers = {name: lines(f"{name}.completions.jsonl")[0] for name in NAMES}
    assert {(header["dialect"].split("/")[0], header["grammar"]) for header in headers.values()} == {
        ("compact", False), ("compact", True), ("chat", False)}


@pytest.mark.parametrize("name", NAMES)
def test_recorded_completions_give_the_recorded_episodes(name, tmp_path):
    played = tmp_path / "played.jsonl"
    done = sqlenv("eval", "--replay-completions", MODELS / f"{name}.completions.jsonl", "--trajectories", played,
                  "--json")
    assert done.returncode == 0, done.stderr
    assert played.read_bytes() == (MODELS / f"{name}.jsonl").read_bytes(), "if it should: make golden"
    recorded = lines(f"{name}.completions.jsonl")[1:]
    result = json.loads(done.stdout)
    assert result["episodes"] == len(recorded)
    assert result["model"]["turns"] == sum(len(episode["turns"]) for episode in recorded)


@pytest.mark.parametrize("name", NAMES)
def test_each_completion_is_one_step(name):
    actions = [line["action"] for line in lines(f"{name}.jsonl") if "step" in line]
    turns = [turn for episode in lines(f"{name}.completions.jsonl")[1:] for turn in episode["turns"]]
    assert len(actions) == len(turns)
    kinds = Counter(action["action_type"] for action in actions)
    assert set(kinds) <= {"DESCRIBE", "SAMPLE", "QUERY", "ANSWER", "UNREADABLE"}
    if "grammar" in name:
        cut = sum("cut" in turn["completion"] for turn in turns)
        assert kinds["UNREADABLE"] <= cut


def test_the_trajectories_replay():
    done = sqlenv("replay", *(MODELS / f"{name}.jsonl" for name in NAMES))
    assert done.returncode == 0, done.stdout
