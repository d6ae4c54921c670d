"""Episodes out of trajectories, as the notebook shows them."""

from __future__ import annotations

import pytest

from sqlenv import Env
from sqlenv.learn.roads.episodes import mean_terms, read_episodes

QUESTION = "flight_2_eval_001"
RIGHT = [("QUERY", "SELECT COUNT(*) FROM codeshare WHERE since < '2015'"), ("ANSWER", "29")]
WRONG = [("DESCRIBE", "nothing")] * 3 + [("ANSWER", "x" * 300)]


@pytest.fixture
def played(catalog, tmp_path):
    env, path = Env(catalog), tmp_path / "episodes.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for actions in (RIGHT, WRONG):
            env.reset(seed=0, question_id=QUESTION)
            for action in actions:
                env.step(action)
            file.write(env.trajectory())
    return read_episodes(path)


def test_a_file_gives_its_episodes(played) -> None:
    assert [(one.question_id, one.correct, len(one.steps)) for one in played] == [
        (QUESTION, True, 2), (QUESTION, False, 4),
    ]  # fmt: skip
    for one in played:
        assert sum(one.terms.values()) == pytest.approx(one.footer["total_reward"])
    totals = [one.footer["total_reward"] for one in played]
    assert sum(mean_terms(played).values()) == pytest.approx(sum(totals) / 2)


def test_it_reads_action_by_action(played) -> None:
    right, wrong = map(str, played)
    lines = right.split("\n")
    assert lines[0].startswith("Question: How many codeshare agreements")
    assert lines[1] == "  1  QUERY SELECT COUNT(*) FROM codeshare WHERE since < '2015'"
    assert "       29" in lines and lines[-1].startswith("solved, return 1.")
    assert wrong.count("DESCRIBE nothing") == 1 and "… the same 2 more times in a row" in wrong
    assert max(map(len, wrong.split("\n")[1:])) <= 110
    assert wrong.split("\n")[-1].startswith("not solved (")
