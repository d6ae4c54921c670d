"""VectorEnv: every slot is what an Env alone would be, byte for byte."""

from __future__ import annotations

import random

import numpy as np
import pytest

from sqlenv import Autoreset, Catalog, Env, Error, VectorEnv

from .conftest import GOLDEN_NAMES, golden


def first_table(observation) -> str:
    return observation["schema_info"].splitlines()[0].removeprefix("Tables: ").split(", ")[0]


def some_action(rng: random.Random, observation) -> tuple[str, str]:
    table = first_table(observation)
    return rng.choice([
        ("DESCRIBE", table),
        ("SAMPLE", table),
        ("QUERY", f'SELECT count(*) FROM "{table}"'),
        ("QUERY", "SELECT nothing"),
        ("ANSWER", str(rng.randrange(50))),
        ("ANSWER", ""),
    ])


@pytest.mark.parametrize("threads", [0, 1, 2])
def test_golden_transcripts(catalog, threads):
    scripts = [golden(name) for name in GOLDEN_NAMES]
    envs = VectorEnv(len(scripts), catalog, threads=threads, autoreset="Disabled")
    envs.reset(seed=[o.get("seed", 0) for o, _, _ in scripts],
               options=[{k: v for k, v in o.items() if k != "seed"} for o, _, _ in scripts])
    for turn in range(max(len(actions) for _, actions, _ in scripts)):
        slots = [i for i, (_, actions, _) in enumerate(scripts) if turn < len(actions)]
        envs.step([scripts[i][1][turn] for i in slots], slots)
    for slot, (_, _, trajectory) in enumerate(scripts):
        assert envs.trajectory(slot) == trajectory


@pytest.mark.parametrize("threads", [0, 2])
@pytest.mark.parametrize("mode", list(Autoreset))
def test_vector_equals_scalar_step_by_step(catalog, mode, threads):
    count, turns = 12, 40
    envs = VectorEnv(count, catalog, threads=threads, autoreset=mode, step_budget=5)
    alone = [Env(catalog, step_budget=5) for _ in range(count)]
    rng = random.Random(threads)
    step = envs.reset(seed=100)
    scalar = [env.reset(seed=100 + i) for i, env in enumerate(alone)]
    for _ in range(turns):
        assert list(step.observations) == [one.observation for one in scalar]
        actions = [some_action(rng, one.observation) for one in scalar]
        step = envs.step(actions)
        for i, env in enumerate(alone):
            was_done = env.done
            if was_done and mode is Autoreset.NEXT_STEP:
                scalar[i] = env.reset()
                assert (step.began[i], step.rewards[i], step.terminated[i]) == (True, 0, False)
                continue
            scalar[i] = env.step(actions[i])
            assert step.rewards[i] == scalar[i].reward
            assert step.terminated[i] == scalar[i].done
            assert step.failed[i] == bool(scalar[i].observation["error"])
            if env.done and not was_done:
                assert step.outcomes[i] == env.outcome
                assert envs.trajectory(i) == env.trajectory()
                if mode is Autoreset.SAME_STEP:
                    assert step.final_observations[i] == scalar[i].observation
                    scalar[i] = env.reset()
            else:
                assert i not in step.outcomes
            assert step.observations.json(i) == env.step_json()
            assert step.step_counts[i] == scalar[i].observation["step_count"]
            assert step.budgets[i] == scalar[i].observation["budget_remaining"]


def test_answers_in_the_order_in_which_they_come(catalog):
    envs = VectorEnv(16, catalog, threads=2)
    envs.reset(seed=0)
    envs.send([("QUERY", "SELECT 1")] * 16)
    assert envs.owed == 16
    with pytest.raises(Error, match="SLOT_BUSY"):
        envs.send([("QUERY", "SELECT 1")], [3])
    with pytest.raises(Error, match="SLOT_BUSY"):
        envs.step([("QUERY", "SELECT 1")], [3])
    seen: list[int] = []
    while envs.owed:
        step = envs.recv(min(3, envs.owed))
        seen += step.slots.tolist()
        assert (step.step_counts == 1).all()
    assert sorted(seen) == list(range(16))
    with pytest.raises(ValueError, match="only 0"):
        envs.recv(1)


def test_a_failing_batch_hands_nothing_out(catalog):
    envs = VectorEnv(3, catalog)
    with pytest.raises(Error, match="NO_EPISODE"):
        envs.step([("QUERY", "SELECT 1")] * 3)
    envs.reset(seed=0)
    for actions, slots, error in [
        ([("QUERY", "SELECT 1")] * 2, None, ValueError),
        ([("QUERY", "SELECT 1"), ("QUERY", 1), ("QUERY", "SELECT 1")], None, TypeError),
        ([("QUERY", "SELECT 1")] * 2, [0, 0], ValueError),
        ([("QUERY", "SELECT 1")], [3], IndexError),
    ]:
        with pytest.raises(error):
            envs.step(actions, slots)
    assert envs.owed == 0
    assert envs.step([("QUERY", "SELECT 1")] * 3).step_counts.tolist() == [1, 1, 1]


def test_a_group_of_rollouts_of_one_question(catalog):
    envs = VectorEnv(8, catalog, threads=2)
    question = catalog.questions(split="train")[4]
    step = envs.reset(seed=0, slots=range(4), options={"question_id": question.id})
    assert step.observations.texts("question") == [question.text] * 4
    envs.reset(seed=0, slots=[4, 5, 6, 7])
    assert envs.question(0) == question
    envs.step([("ANSWER", "?")] * 8)
    step = envs.step([("ANSWER", "?")] * 8)
    assert step.began.all()
    assert step.observations.texts("question")[:4] == [question.text] * 4


def test_clone_restore_save_and_load(catalog):
    envs = VectorEnv(6, catalog, threads=2, autoreset=Autoreset.DISABLED)
    first = envs.reset(seed=0)
    table = first_table(first.observations[0])
    envs.step([("DESCRIBE", table)], [0])
    step = envs.clone(0, [1, 2, 3])
    moment, saved = envs.snapshot(0), envs.save(0)
    assert step.step_counts.tolist() == [1, 1, 1]
    envs.load(saved, [4])
    alone = Env(catalog)
    alone.restore(moment)
    envs.step([("SAMPLE", table)] * 5, range(5))
    envs.step([("ANSWER", "1")] * 5, range(5))
    alone.step(("SAMPLE", table))
    alone.step(("ANSWER", "1"))
    assert {envs.trajectory(i) for i in range(5)} == {alone.trajectory()}
    with pytest.raises(Error, match="MISMATCH"):
        VectorEnv(1, Catalog()).restore(moment, [0])
    with pytest.raises(Error, match="BAD_SAVE"):
        envs.load(b"rubbish", [5])
    with pytest.raises(Error, match="NO_EPISODE"):
        envs.save(5)


def test_arrays_are_kept_and_texts_read_late(catalog):
    with VectorEnv(4, catalog) as envs:
        first = envs.reset(seed=0)
        step = envs.step([("QUERY", "SELECT 1"), ("QUERY", "x"), ("ANSWER", "?"), ("QUERY", "SELECT 2")])
        rewards = step.rewards.copy()
        envs.step([("QUERY", "SELECT 3")] * 4)
        assert np.array_equal(rewards, step.rewards)
        assert step.failed.tolist() == [False, True, False, False]
        assert step.terminated.tolist() == [False, False, True, False]
        assert not step.truncated.any()
        for array, kind in [(step.rewards, np.float64), (step.terminated, np.bool_),
                            (step.slots, np.int64), (step.budgets, np.int64)]:
            assert (array.dtype, array.shape) == (kind, (4,))
    assert step.observations[-1]["result"] == step.observations.texts("result")[3]
    assert len(step.observations[1:3]) == 2
    assert first.observations[0]["step_count"] == 0
    with pytest.raises(KeyError):
        step.observations.texts("gold")
    with pytest.raises(Error):
        envs.step([("QUERY", "SELECT 1")] * 4)


@pytest.mark.parametrize(("count", "threads"), [(0, 1), (-1, 1), (1, -1)])
def test_wrong_sizes(catalog, count, threads):
    with pytest.raises(ValueError):
        VectorEnv(count, catalog, threads=threads)
