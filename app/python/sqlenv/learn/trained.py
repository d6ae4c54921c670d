"""LearnedPolicy: trained weights as a policy that sqlenv.evaluate, or any loop, can play.

    policy = LearnedPolicy.load("build/training/v3-seed0.npz")
    print(sqlenv.evaluate(policy, split="eval"))
"""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from typing import Any

import numpy as np

from .agent import Agent, Policy
from .model import Floats


class LearnedPolicy:
    """Plays the likeliest choices; with `drawn`, draws them as in training."""

    def __init__(self, weights: Floats, *, drawn: bool = False) -> None:
        self._policy = Policy(weights)
        self._drawn = drawn

    @classmethod
    def load(cls, path: str | os.PathLike[str], *, drawn: bool = False) -> LearnedPolicy:
        return cls(np.load(path)["weights"], drawn=drawn)

    def begin(self, observation: Mapping[str, Any], seed: int) -> None:
        draw = random.Random(seed)
        self._agent = Agent(self._policy, draw if self._drawn else None, draw)

    def act(self, observation: Mapping[str, Any]) -> tuple[str, str]:
        return self._agent.act(observation)
