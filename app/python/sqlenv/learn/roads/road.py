"""What every road has: what it needs and costs, training, a learning curve, players."""

from __future__ import annotations

import importlib.util
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, TypeAlias

from ...lm.players import Player, policy_player

BEFORE = "before"
AFTER = "after"

Curve: TypeAlias = "Sequence[Mapping[str, Any]]"
"""entries of a log, as `plots.training_curves` draws them"""
MakePlayer: TypeAlias = "Callable[[], Player]"
"""loads a player when it is its turn, since models are large"""


@dataclass(frozen=True)
class RoadOptions:
    """What a reader of the notebook may set."""

    out: Path
    """folder for everything that is written"""
    quick: bool = True
    """little training, few questions: to see that it learns"""
    seed: int = 0
    reward: str = ""
    """a preset of the environment; empty for the default"""
    model: str = ""
    """a language model, by a file, a folder or a hub's name; empty for the road's own"""
    shipped: bool = True
    """also play the adapter that comes with the repository, where it is (road lm)"""
    without_gpu: bool = False
    """take the road trl on the processor, with a tiny model"""

    @property
    def rewards(self) -> dict[str, Any]:
        """The reward as an argument, if it is not the default."""
        return {"reward": self.reward} if self.reward else {}


class Road(ABC):
    """One way to train an agent."""

    name: ClassVar[str]
    needs: ClassVar[dict[str, str]]
    """modules that must be there, with what pip installs for each"""
    cost: ClassVar[str]
    """what the road installs and how long it takes, for people"""
    sets: tuple[str, ...]
    """held-out sets that are played"""
    limit: int
    """questions of a set, at most; 0 for all"""

    def __init__(self, options: RoadOptions) -> None:
        self.options = options
        self.out = options.out

    @classmethod
    def missing(cls, options: RoadOptions) -> str:
        """Why the road cannot be taken here; empty if it can."""
        absent = [name for name in cls.needs if importlib.util.find_spec(name) is None]
        return f"not installed: {', '.join(absent)}" if absent else ""

    @abstractmethod
    def train(self) -> None:
        """Trains the agent, with its progress on standard output."""

    @abstractmethod
    def curves(self) -> dict[str, Curve]:
        """The log of each stage of the training, by its name."""

    @abstractmethod
    def agents(self) -> dict[str, MakePlayer]:
        """BEFORE, AFTER and others that were trained."""

    def players(self) -> dict[str, MakePlayer]:
        """Everybody who plays the held-out sets: the agents, and two policies for scale."""
        built_in: dict[str, MakePlayer] = {
            name: lambda name=name: policy_player(name)  # type: ignore[misc]
            for name in ("random", "explorer")
        }
        return {**self.agents(), **built_in}
