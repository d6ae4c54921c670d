"""Measures how often a policy answers held-out questions right, with confidence intervals."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from ..catalog import Catalog, Question
from .agent import Policy
from .model import Floats
from .rollout import Player, Rollout

# Student's t, two-sided 95 %, by degrees of freedom; the normal distribution's for more.
_STUDENT = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)


class Score(NamedTuple):
    """Counts over one set of questions."""

    episodes: int
    successes: int
    mean_return: float
    mean_steps: float
    by_difficulty: dict[str, tuple[int, int]]
    """(successes, episodes)"""
    failures: dict[str, int]
    """by the verdict's reason"""

    @property
    def success(self) -> float:
        return self.successes / self.episodes if self.episodes else 0.0


class Estimate(NamedTuple):
    """A mean over seeds and half the width of its 95 % confidence interval (Student's t)."""

    mean: float
    half_width: float

    def __str__(self) -> str:
        return f"{100 * self.mean:.1f} ± {100 * self.half_width:.1f} %"


def estimate(values: Sequence[float]) -> Estimate:
    """The estimate from one value a seed. The width is NaN for a single seed."""
    count = len(values)
    if count < 2:
        return Estimate(float(np.mean(values)), math.nan)
    t = _STUDENT[count - 2] if count - 2 < len(_STUDENT) else 1.96
    return Estimate(
        float(np.mean(values)), t * float(np.std(values, ddof=1)) / math.sqrt(count)
    )


def score(rollouts: Sequence[Rollout]) -> Score:
    difficulties: dict[str, tuple[int, int]] = {}
    failures: dict[str, int] = {}
    for rollout in rollouts:
        right, of = difficulties.get(rollout.question.difficulty, (0, 0))
        difficulties[rollout.question.difficulty] = (right + rollout.outcome.correct, of + 1)
        if not rollout.outcome.correct:
            reason = rollout.outcome.reason
            failures[reason] = failures.get(reason, 0) + 1
    return Score(
        episodes=len(rollouts),
        successes=sum(rollout.outcome.correct for rollout in rollouts),
        mean_return=float(np.mean([rollout.outcome.total_reward for rollout in rollouts])),
        mean_steps=float(np.mean([rollout.outcome.steps for rollout in rollouts])),
        by_difficulty=dict(sorted(difficulties.items())),
        failures=dict(sorted(failures.items())),
    )


class HeldOut:
    """Sets of questions to measure policies on, each with its slots. Close it after use."""

    def __init__(
        self,
        sets: Mapping[str, tuple[Catalog, Sequence[Question]]],
        *,
        slots: int = 128,
        threads: int = 1,
    ) -> None:
        self.questions = {name: list(questions) for name, (_, questions) in sets.items()}
        self._players = {
            name: Player(catalog, slots=slots, threads=threads)
            for name, (catalog, _) in sets.items()
        }

    def measure(
        self, weights: Floats, *, seed: int, greedy: bool = True, names: Sequence[str] = ()
    ) -> dict[str, Score]:
        """Plays every question once, by the likeliest choices or, not greedy, by drawn ones."""
        policy = Policy(weights)
        return {
            name: score(player.play(policy, self.questions[name], seed=seed, greedy=greedy))
            for name, player in self._players.items()
            if not names or name in names
        }

    def close(self) -> None:
        for player in self._players.values():
            player.close()
