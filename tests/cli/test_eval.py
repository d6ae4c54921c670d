"""`sqlenv eval` as a person or a script meets it."""

from __future__ import annotations

import json

import pytest

from tests.cli.test_cli import sqlenv


def test_the_oracle_solves_the_bundled_pack():
    done = sqlenv("eval", "--policy", "oracle", "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""  # no progress without a terminal
    result = json.loads(done.stdout)
    assert result["format"] == "sqlenv-evaluation/1"
    assert result["episodes"] == result["successes"] > 0
    assert result["success_interval"][1] == 1.0
    assert result["failures"] == {}
    for groups in ("by_database", "by_difficulty"):
        assert sum(g["episodes"] for g in result[groups].values()) == result["episodes"]


@pytest.mark.parametrize("policy", ["random", "explorer"])
def test_equal_seeds_give_equal_bytes(policy, tmp_path):
    runs = []
    for name in ("a", "b"):
        out = tmp_path / name
        done = sqlenv("eval", "--policy", policy, "--episodes", 10, "--seed", 5, "--json",
                      "--trajectories", out)
        assert done.returncode == 0, done.stderr
        runs.append((done.stdout, out.read_bytes()))
    assert runs[0] == runs[1]
    headers = [line for line in runs[0][1].splitlines() if b'"format"' in line]
    assert len(headers) == 10


def test_a_table_for_people_and_filters():
    done = sqlenv("eval", "--policy", "random", "--split", "eval", "--database", "flight_2",
                  "--difficulty", "easy", "--reward", "v1")
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "policy random, pack starter, reward v1, verifier strict, seed 0" in text
    assert "95 % interval" in text
    assert "flight_2" in text
    assert "concert_singer" not in text


@pytest.mark.parametrize(("arguments", "status", "message"), [
    (("--policy", "genius"), 2, "genius"),
    (("--episodes", "0"), 2, "episodes"),
    (("--database", "atlantis"), 1, "atlantis"),
    (("--reward", "v9"), 1, "no reward preset"),
    (("--verifier", "lenient"), 1, "verifier"),
    (("--pack", "atlantis"), 1, "there is no pack"),
    (("--trajectories", "/no/such/folder/t.jsonl"), 1, "cannot write"),
])
def test_wrong_options_are_reported(arguments, status, message):
    done = sqlenv("eval", *arguments)
    assert done.returncode == status
    assert message in done.stderr.decode()
    assert done.stdout == b""
