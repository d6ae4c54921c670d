"""Env: the same bytes as every other face, and what an episode can be asked."""

from __future__ import annotations

import json
import threading

import pytest

from sqlenv import Catalog, Env, Error
from sqlenv.env import DEFAULT_REWARD

from .conftest import GOLDEN_NAMES, golden, sqlenv_program


@pytest.mark.parametrize("name", GOLDEN_NAMES)
def test_golden_transcripts(catalog, name):
    options, actions, trajectory = golden(name)
    env = Env(catalog)
    step = env.reset(**options)
    assert json.loads(env.step_json()) == {
        "observation": step.observation, "reward": None, "done": False,
    }
    for action in actions:
        step = env.step(action)
        assert json.loads(env.step_json()) == {
            "observation": step.observation, "reward": step.reward, "done": step.done,
        }
    assert env.done
    assert env.trajectory() == trajectory


def test_the_command_line_goes_on_alike(catalog, tmp_path):
    env = Env(catalog)
    env.reset(seed=11, difficulty="medium")
    actions = [("SAMPLE", "no such table"), ("QUERY", "SELECT 1.5, 'é', NULL"), ("ANSWER", "42")]
    for action in actions:
        env.step(action)
    script = tmp_path / "actions.jsonl"
    script.write_text(
        "".join(json.dumps({"action_type": a, "argument": b}) + "\n" for a, b in actions)
    )
    reset = tmp_path / "reset.json"
    reset.write_text(json.dumps({"seed": 11, "difficulty": "medium"}))
    assert sqlenv_program("run", "--reset", reset, script).decode() == env.trajectory()


def test_actions_in_every_form(catalog):
    class Sent:
        action_type, argument = "QUERY", "SELECT 1"

    env = Env(catalog)
    env.reset(seed=1)
    first = env.step(("QUERY", "SELECT 1")).observation["result"]
    assert env.step({"action_type": "QUERY", "argument": "SELECT 1"}).observation["result"] == first
    assert env.step(Sent()).observation["result"] == first  # type: ignore[arg-type]
    for wrong in [("QUERY",), ("QUERY", 1), None, {"action_type": "QUERY"}, "QUERY"]:
        with pytest.raises(TypeError, match="pair of texts"):
            env.step(wrong)
    assert env.step(("QUERY", "SELECT 1")).observation["step_count"] == 4


def test_wrong_actions_are_values(catalog):
    env = Env(catalog)
    env.reset(seed=1)
    assert env.step(("DANCE", "x")).observation["error"].startswith("UNKNOWN_ACTION")
    assert env.step(("QUERY", "CREATE TABLE t(x)")).observation["error"].startswith("NOT_READ_ONLY")
    env.step(("ANSWER", "nonsense"))
    after = env.step(("ANSWER", "again"))
    assert after.observation["error"].startswith("EPISODE_OVER")
    assert (after.reward, after.done) == (0.0, True)


def test_what_is_hidden_stays_hidden_until_the_end(catalog):
    env = Env(catalog)
    with pytest.raises(Error, match="NO_EPISODE"):
        env.step(("QUERY", "SELECT 1"))
    env.reset(seed=3)
    with pytest.raises(Error, match="EPISODE_RUNNING"):
        env.trajectory()
    assert env.outcome is None
    env.step(("ANSWER", "nonsense"))
    assert env.outcome is not None
    assert env.outcome.question_id == env.question.id
    assert env.outcome.answered and not env.outcome.correct
    assert env.outcome.total_reward == env.total_reward


@pytest.mark.parametrize(("options", "words"), [
    ({"database": "atlantis"}, "atlantis"),
    ({"reward": "v9"}, "reward preset"),
    ({"step_budget": 0}, "1 to 1000"),
    ({"step_budget": 10**30}, "1 to 1000"),
    ({"colour": "red"}, "no option"),
    ({"split": 7}, "must be a text"),
])
def test_wrong_options_are_errors(catalog, options, words):
    with pytest.raises(Error, match=words) as caught:
        Env(catalog).reset(seed=0, **options)
    assert caught.value.code == "BAD_OPTION"


def test_seeds(catalog):
    a, b = Env(catalog), Env(catalog)
    assert a.reset(seed=5) == b.reset(seed=5)
    assert [a.reset().observation for _ in range(5)] == [b.reset().observation for _ in range(5)]
    assert a.seed == b.seed
    a.reset(seed=2**64 - 1)
    assert a.seed == 2**64 - 1
    seeds = {(env := Env(catalog)).reset() and env.seed for _ in range(3)}
    assert len(seeds) == 3


def test_options_of_a_reset_are_laid_over_those_of_the_constructor(catalog):
    env = Env(catalog, difficulty="easy", step_budget=3)
    assert env.reset(seed=0).observation["budget_remaining"] == 3
    assert env.question.difficulty == "easy"
    assert env.reset(seed=0, step_budget=None).observation["budget_remaining"] == 15
    assert env.reset(seed=0, difficulty="hard") and env.question.difficulty == "hard"


def test_the_default_reward_is_the_one_that_the_package_names(catalog):
    env = Env(catalog, reward="v1")
    for reward, played in ((None, DEFAULT_REWARD), ("potential", "potential")):
        env.reset(seed=0, reward=reward)
        env.step(("ANSWER", "0"))
        assert json.loads(env.trajectory().splitlines()[0])["options"]["reward"] == played


def test_clone_snapshot_and_save_go_on_alike(catalog):
    env = Env(catalog)
    table = env.reset(seed=9).observation["schema_info"].split(": ")[1].split(",")[0].split("\n")[0]
    env.step(("DESCRIBE", table))
    moment, saved = env.snapshot(), env.save()
    other = Env(Catalog())
    copies = [env.clone(), Env(catalog), other]
    copies[1].restore(moment)
    copies[2].load(saved)
    with pytest.raises(Error, match="MISMATCH"):
        other.restore(moment)
    for action in [("SAMPLE", table), ("ANSWER", "1")]:
        steps = [copy.step(action) for copy in copies]
        assert steps[0] == steps[1] == steps[2]
    assert len({copy.trajectory() for copy in copies}) == 1
    assert not env.done
    env.step(("ANSWER", "2"))
    assert env.restore(moment).observation["step_count"] == 1
    with pytest.raises(Error, match="BAD_SAVE"):
        env.load(b"rubbish")


def test_clones_may_be_used_in_several_threads(catalog):
    first = Env(catalog)
    first.reset(seed=1)
    twins = [first.clone() for _ in range(4)]

    def work(env: Env) -> None:
        for seed in range(20):
            env.reset(seed=seed)
            env.step(("QUERY", "SELECT 1"))
            env.step(("ANSWER", "1"))

    threads = [threading.Thread(target=work, args=(env,)) for env in twins]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({env.trajectory() for env in twins}) == 1
