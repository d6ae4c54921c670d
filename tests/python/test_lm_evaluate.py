"""python -m sqlenv.lm evaluate: players of the held-out sets, with a scripted model server."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sqlenv import evaluate
from sqlenv.learn.reference import reference_weights
from sqlenv.lm.__main__ import main
from sqlenv.lm.evaluate import play_sets
from sqlenv.lm.held_out import held_out_questions, held_out_set
from sqlenv.lm.players import batch_player

from ..model_server import ModelServer, Request, says
from ..model_server import Reply as ServerReply

SETS = "starter,seen"
LIMIT = 12


def result_of(folder: Path, name: str) -> dict:
    return json.loads((folder / f"{name}.json").read_text("utf-8"))


def ends_of(folder: Path, name: str) -> list[dict]:
    """The first and the last line of each trajectory, as one."""
    lines = [json.loads(line) for line in (folder / f"{name}.jsonl").read_text("utf-8").splitlines()]
    begun = [one for one in lines if "question_id" in one]
    return [{**first, **last} for first, last in zip(begun, (one for one in lines if "verdict" in one), strict=True)]


class Analyst:
    """Knows the gold query of every second question of the generated set, and asks for nothing else."""

    def __init__(self, folder: Path) -> None:
        questions = held_out_questions("seen", folder)
        self.gold = {one.question: one.gold_sql for one in questions[::2]}

    def line(self, prompt: str) -> str:
        lines = prompt.rstrip("\n").split("\n")
        if any(line.startswith("Q ") for line in lines):
            return "A ="
        return f"Q {self.gold.get(lines[0], 'SELECT 1')}"

    def __call__(self, request: Request) -> ServerReply:
        return says(request, self.line(request.text))


@pytest.fixture(scope="module")
def output(tmp_path_factory) -> Path:
    output = tmp_path_factory.mktemp("lm") / "results"
    held_out_set("seen", output.parent / "held_out")
    return output


def run(output: Path, *arguments: object, sets: str = SETS) -> int:
    return main(["evaluate", "--sets", sets, "--limit", str(LIMIT), "--output", str(output), *map(str, arguments)])


def test_a_model_behind_an_address_plays_every_set_greedily(output, capsys):
    with ModelServer(Analyst(output.parent / "held_out")) as server:
        assert run(output, "--url", server.url, "--name", "analyst", "--grammar", "both") == 0
        bodies = [request.body for request in server.requests]
    assert {body["temperature"] for body in bodies} == {0}
    assert {body["max_tokens"] for body in bodies} == {120}
    assert {"grammar" in body for body in bodies} == {False, True}
    for folder in (output / "analyst", output / "analyst+grammar"):
        seen, starter = result_of(folder, "seen"), result_of(folder, "starter")
        assert (seen["set"], seen["episodes"], starter["episodes"]) == ("seen", LIMIT, LIMIT)
        assert 0 < seen["successes"] < LIMIT
        assert sum(one["verdict"]["correct"] for one in ends_of(folder, "seen")) == seen["successes"]
    printed = capsys.readouterr().out.splitlines()
    assert len(printed) == 4 and printed[3].startswith("analyst+grammar: ")
    assert f" of {LIMIT} solved, " in printed[3] and printed[3].endswith(" episodes/s")


def test_a_run_goes_on_where_it_ended(output):
    analyst = Analyst(output.parent / "held_out")
    with ModelServer(analyst) as server:
        assert run(output, "--url", server.url, "--name", "again", sets="seen") == 0
        asked = server.turns
    completions = output / "again" / "seen.completions.jsonl"
    whole, trajectories = completions.read_text("utf-8"), (output / "again" / "seen.jsonl").read_bytes()
    completions.write_text("".join(whole.splitlines(keepends=True)[:-3]), "utf-8")
    with ModelServer(analyst) as server:
        assert run(output, "--url", server.url, "--name", "again", sets="seen") == 0
        assert 0 < server.turns < asked
    assert completions.read_text("utf-8") == whole
    assert (output / "again" / "seen.jsonl").read_bytes() == trajectories


def test_policies_play_the_same_questions(output, tmp_path):
    import numpy as np

    np.savez(tmp_path / "reference.npz", weights=reference_weights())
    assert run(output, "--policy", "explorer") == 0
    assert run(output, "--policy", tmp_path / "reference.npz", sets="seen") == 0
    with ModelServer(Analyst(output.parent / "held_out")) as server:
        assert run(output, "--url", server.url, "--name", "third", sets="seen") == 0
    asked = {name: [one["question_id"] for one in ends_of(output / name, "seen")]
             for name in ("explorer", "reference", "third")}  # fmt: skip
    assert asked["explorer"] == asked["reference"] == asked["third"]
    alone = evaluate("explorer", held_out_set("seen", output.parent / "held_out").catalog(),
                     split="eval", episodes=LIMIT)  # fmt: skip
    told = result_of(output / "explorer", "seen")
    assert (told["successes"], told["mean_return"]) == (alone.all.successes, alone.all.mean_return)


def test_a_model_that_plays_in_batches_is_played_again_from_what_it_wrote(output, tmp_path):
    analyst = Analyst(output.parent / "held_out")

    def play(catalog, questions):
        lines = {one.id: [analyst.line(one.text), "A ="] for one in questions}
        lines[questions[0].id] = ["D nothing"]  # and then no more
        return lines

    play_sets(batch_player(play), [held_out_set("seen", output.parent / "held_out")], tmp_path, LIMIT)
    ends = ends_of(tmp_path, "seen")
    assert [one["steps"] for one in ends] == [15] + [2] * (LIMIT - 1)
    assert 0 < result_of(tmp_path, "seen")["successes"] < LIMIT


def test_what_cannot_be_played_is_said(output, capsys):
    assert run(output, "--policy", "explorer", "--grammar", "yes") == 1
    assert run(output, "--policy", "explorer", sets="wikisql") == 1
    assert run(output) == 1
    said = capsys.readouterr().err
    assert "leave --grammar out" in said and "Known: starter, seen" in said and "say who plays" in said
