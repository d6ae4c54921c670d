"""Rollouts: agents that play episodes side by side, each in a slot of a VectorEnv."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

from ..catalog import Catalog, Question
from ..env import DEFAULT_REWARD, Outcome
from ..vector import Autoreset, VectorEnv
from .agent import Agent, Decision, Policy

REWARDS = ("v3", "v2", "v1.5", "v1", "potential", "terminal")
"""The environment's presets, and `terminal`: 1 for a right answer and nothing else."""


class Rollout(NamedTuple):
    question: Question
    outcome: Outcome
    decisions: list[Decision]
    total: float
    """the return that training uses"""


class Player:
    """Plays questions of one catalog, up to `slots` at a time. Close it after use."""

    def __init__(
        self, catalog: Catalog, *, reward: str = DEFAULT_REWARD, slots: int, threads: int = 1
    ) -> None:
        if reward not in REWARDS:
            raise ValueError(f"no reward {reward!r}: one of {', '.join(REWARDS)}")
        self.terminal_only = reward == "terminal"
        preset = DEFAULT_REWARD if self.terminal_only else reward
        self.env = VectorEnv(
            slots, catalog, threads=threads, autoreset=Autoreset.DISABLED, reward=preset
        )

    def close(self) -> None:
        self.env.close()

    def play(
        self, policy: Policy, questions: Sequence[Question], *, seed: int, greedy: bool = False
    ) -> list[Rollout]:
        """Plays one episode a question, in order. Equal seeds give equal rollouts."""
        rollouts: list[Rollout] = []
        size = self.env.num_envs
        for start in range(0, len(questions), size):
            part = questions[start : start + size]
            rollouts += self._play(policy, part, seed * 1_000_003 + start, greedy)
        return rollouts

    def _play(
        self, policy: Policy, questions: Sequence[Question], seed: int, greedy: bool
    ) -> list[Rollout]:
        draws = [random.Random(seed + slot) for slot in range(len(questions))]
        agents = [Agent(policy, None if greedy else draw, draw) for draw in draws]
        options = [{"question_id": each.id, "pack": each.pack} for each in questions]
        running = list(range(len(questions)))
        step = self.env.reset(seed=seed % 2**31, slots=running, options=options)
        outcomes: dict[int, Outcome] = {}
        observations = dict(zip(running, step.observations))
        while running:
            actions = [agents[slot].act(observations[slot]) for slot in running]
            step = self.env.step(actions, running)
            outcomes.update((running[i], outcome) for i, outcome in step.outcomes.items())
            observations = dict(zip(running, step.observations))
            running = [slot for slot in running if slot not in outcomes]
        return [
            Rollout(question, outcomes[slot], agents[slot].decisions, self._total(outcomes[slot]))
            for slot, question in enumerate(questions)
        ]

    def _total(self, outcome: Outcome) -> float:
        return float(outcome.correct) if self.terminal_only else outcome.total_reward
