"""Gymnasium's own checkers, and the vector adapter beside Gymnasium's vector of single ones."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

gymnasium = pytest.importorskip("gymnasium", reason="gymnasium is not installed: run scripts/setup python")

from gymnasium.utils.env_checker import check_env  # noqa: E402
from gymnasium.vector import AutoresetMode, SyncVectorEnv  # noqa: E402

from sqlenv.gym import SQLGymEnv, SQLGymVectorEnv  # noqa: E402


def test_gymnasiums_checker_has_nothing_to_say():
    env = gymnasium.make("sqlenv/SQL-v0", render_mode="ansi", split="train")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(env.unwrapped)


@pytest.mark.parametrize("mode", list(AutoresetMode)[:2])
def test_the_vector_is_gymnasiums_vector_of_single_ones(catalog, mode):
    ours = SQLGymVectorEnv(4, catalog, threads=2, autoreset_mode=mode, step_budget=3)
    theirs = SyncVectorEnv([lambda: SQLGymEnv(catalog, step_budget=3)] * 4, autoreset_mode=mode)
    assert ours.observation_space == theirs.observation_space
    assert ours.action_space == theirs.action_space
    ours.action_space.seed(1)
    shown, _ = ours.reset(seed=3)
    expected, _ = theirs.reset(seed=3)
    for _ in range(9):
        assert shown in ours.observation_space
        assert shown.keys() == expected.keys()
        for name, values in shown.items():
            assert np.array_equal(values, expected[name]) if name.endswith(("count", "remaining")) else values == expected[name]
        actions = ours.action_space.sample()
        shown, *numbers, infos = ours.step(actions)
        expected, *rest, their_infos = theirs.step(actions)
        for mine, other in zip(numbers, rest, strict=True):
            assert np.array_equal(mine, other)
        assert ("final_obs" in infos) == ("final_obs" in their_infos)
        if "final_obs" in infos:
            assert list(infos["final_obs"]) == list(their_infos["final_obs"])
    ours.close()


def test_made_by_name_and_reset_in_part():
    envs = gymnasium.make_vec(
        "sqlenv/SQL-v0", num_envs=3, vectorization_mode="vector_entry_point",
        autoreset_mode="Disabled", threads=1,
    )
    before, _ = envs.reset(seed=0)
    after, _ = envs.reset(seed=50, options={"reset_mask": np.array([False, True, False])})
    assert after["question"][0] == before["question"][0]
    assert after["question"][2] == before["question"][2]
    assert envs.unwrapped.envs.question(1).text == after["question"][1]
