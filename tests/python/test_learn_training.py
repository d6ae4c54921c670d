"""Training learns, repeats exactly, and its table records what was run."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from sqlenv import generate
from sqlenv.learn.__main__ import main
from sqlenv.learn.grpo import Settings, train
from sqlenv.learn.held_out import HeldOut, estimate
from sqlenv.learn.reference import reference_weights
from sqlenv.learn.experiment import Plan, held_out_sets, markdown, spread, train_catalogs

SMALL = Settings(iterations=2, questions=4, group=4)


def test_training_beats_its_untrained_self() -> None:
    """Plain questions and few iterations suffice to see that it learns."""
    plain = generate(count=30, seed=5, families=["count", "average", "count_filter", "extreme_value"])
    training = train([(plain, 1.0)], Settings(iterations=12, questions=12, group=12))
    successes = [entry.success for entry in training.history]
    assert np.mean(successes[-3:]) > 3 * np.mean(successes[:2])
    held_out = HeldOut({"plain": (plain, plain.questions(split="eval"))})
    before = held_out.measure(reference_weights(), seed=0)["plain"].success
    after = held_out.measure(training.weights, seed=0)["plain"].success
    held_out.close()
    assert after > before + 0.15


def test_equal_seeds_give_equal_weights(catalog) -> None:
    runs = [train([(catalog, 1.0)], SMALL, threads=threads) for threads in (0, 2)]
    assert np.array_equal(runs[0].weights, runs[1].weights)
    other = train([(catalog, 1.0)], replace(SMALL, seed=1))
    assert not np.array_equal(runs[0].weights, other.weights)
    assert not np.array_equal(runs[0].weights, reference_weights())


def test_held_out_questions_are_never_trained_on() -> None:
    plan = Plan(out=None, generated=20)  # type: ignore[arg-type]
    catalogs = train_catalogs(plan)
    trained = {q.text for c in catalogs for q in c.questions(split="train")}
    for name, (_, questions) in held_out_sets(plan, catalogs).items():
        assert len(questions) > 50, name
        assert not trained & {question.text for question in questions}, name


def test_intervals_are_students() -> None:
    found = estimate([0.1, 0.2, 0.3])
    assert found.mean == pytest.approx(0.2)
    assert found.half_width == pytest.approx(4.303 * 0.1 / 3**0.5)
    assert str(found) == "20.0 ± 24.8 %"
    assert np.isnan(estimate([0.5]).half_width)
    assert spread(list(range(10)), 3) == [0, 3, 6]  # type: ignore[arg-type]
    assert spread([1, 2], 0) == [1, 2]  # type: ignore[arg-type]


def test_the_table_is_made_and_goes_on_where_it_stopped(tmp_path, capsys) -> None:
    arguments = ["table", "--quick", "--iterations", "1", "--questions", "4", "--group", "4",
                 "--jobs", "1", "--rewards", "v2", "terminal", "--out", str(tmp_path)]  # fmt: skip
    assert main([*arguments, "--seeds", "1"]) == 0
    kept = (tmp_path / "runs" / "v2-seed0.json").stat().st_mtime_ns
    assert main([*arguments, "--seeds", "2"]) == 0
    assert (tmp_path / "runs" / "v2-seed0.json").stat().st_mtime_ns == kept
    table = json.loads((tmp_path / "table.json").read_text())
    assert [(run["reward"], run["seed"]) for run in table["runs"]] == [
        ("v2", 0), ("v2", 1), ("terminal", 0), ("terminal", 1),
    ]  # fmt: skip
    assert (tmp_path / "table.md").read_text() == markdown(table)
    for row in ("random", "explorer", "untrained", "trained on `v2`", "trained on `terminal`"):
        assert f"| {row} |" in markdown(table)
    assert "ahead of" in markdown(table)
    for plot in ("learning_curves", "held_out_curves", "difficulty_starter"):
        assert (tmp_path / f"{plot}.png").read_bytes().startswith(b"\x89PNG")
    weights = str(tmp_path / "runs" / "v2-seed0.npz")
    capsys.readouterr()
    assert main(["evaluate", "--quick", "--policy", weights, "--out", str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    score = table["runs"][0]["held_out"]["starter"]
    assert f"starter: {score['successes']} of {score['episodes']} right" in printed


def test_the_table_says_how_far_ahead_the_first_reward_is() -> None:
    def runs(reward: str, successes: list[int]) -> list[dict[str, Any]]:
        return [
            {"reward": reward, "held_out": {"starter": {"successes": each, "episodes": 10}}}
            for each in successes
        ]

    none = {"starter": [{"successes": 0, "episodes": 10}]}
    table = {"untrained": none, "baselines": {}, "runs": runs("v3", [1, 2, 3]) + runs("v2", [0, 2, 1])}
    # The leads are 10, 0 and 20 points.
    assert markdown(table).splitlines()[-1] == "| `v3` ahead of `v2`, points | +10.0 ± 24.8 |"
    one_seed = {**table, "runs": runs("v3", [1]) + runs("v2", [0])}
    assert "ahead of" not in markdown(one_seed)
