"""evaluate: the numbers of `sqlenv eval`, however the episodes are played."""

from __future__ import annotations

import json

import pytest

from sqlenv import Error, evaluate, wilson_interval
from sqlenv.evaluation import make_evaluation, plan_evaluation, play_planned
from sqlenv import Env

from .conftest import sqlenv_program


@pytest.mark.parametrize(("policy", "options", "arguments"), [
    ("random", {"seed": 5, "episodes": 60}, ["--seed", 5, "--episodes", 60]),
    ("explorer", {"split": "eval", "reward": "v1"}, ["--split", "eval", "--reward", "v1"]),
    ("oracle", {"database": "pets_1", "step_budget": 2}, ["--database", "pets_1", "--step-budget", 2]),
])
def test_the_numbers_are_those_of_the_program(catalog, policy, options, arguments):
    printed = json.loads(sqlenv_program("eval", "--policy", policy, "--json", *arguments))
    for threads in (1, 2):
        assert evaluate(policy, catalog, threads=threads, **options).as_dict() == printed


class Countdown:
    """Describes every table, then answers with a number that follows from the seed."""

    def begin(self, observation, seed):
        self.tables = observation["schema_info"].splitlines()[0].removeprefix("Tables: ").split(", ")
        self.answer = str(seed % 5)

    def act(self, observation):
        if self.tables:
            return ("DESCRIBE", self.tables.pop())
        return ("ANSWER", self.answer)


def test_a_policy_of_the_caller_and_a_plan_in_pieces(catalog):
    whole = evaluate(Countdown(), catalog, split="train", seed=3)
    assert whole.all.episodes == len(catalog.questions(split="train"))
    assert 0 < whole.all.mean_steps < 15
    plan = plan_evaluation(catalog, split="train", seed=3)
    odd = play_planned(Env(catalog), Countdown(), plan[1::2])
    even = play_planned(Env(catalog), Countdown(), plan[0::2])
    mixed = [(even if i % 2 == 0 else odd)[i // 2] for i in range(len(plan))]
    again = make_evaluation("Countdown", catalog, plan, mixed, split="train", seed=3)
    assert again.as_dict() == whole.as_dict()
    assert str(whole).startswith("Countdown on starter: ")


def test_a_function_as_policy(catalog):
    seen = []
    result = evaluate(lambda _: ("ANSWER", "no"), catalog, episodes=5, progress=lambda *at: seen.append(at))
    assert (result.all.episodes, result.all.steps) == (5, 5)
    assert seen == [(5, 5)]


def test_what_cannot_be_done(catalog):
    for arguments, words in [
        ({"policy": "genius"}, "genius"),
        ({"policy": "random", "database": "atlantis"}, "atlantis"),
        ({"policy": "random", "reward": "v9"}, "reward preset"),
    ]:
        with pytest.raises(Error, match=words):
            evaluate(catalog=catalog, **arguments)


def test_wilson_interval():
    assert wilson_interval(0, 0) == (0.0, 1.0)
    low, high = wilson_interval(0, 10)
    assert low == 0.0 and high == pytest.approx(0.2775, abs=1e-4)
    low, high = wilson_interval(8, 10)
    assert (low, high) == (pytest.approx(0.4902, abs=1e-4), pytest.approx(0.9433, abs=1e-4))
