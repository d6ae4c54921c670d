"""Training by GRPO (group relative policy optimization).

Each iteration plays a group of rollouts for each of some questions. A rollout's return relative to
its group is the advantage of all its decisions. Some epochs then improve the clipped surrogate; a KL
term holds the policy near a reference, the untrained policy.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np

from ..catalog import Catalog, Question
from ..env import DEFAULT_REWARD
from .agent import Policy
from .model import Adam, Batch, Floats, Taken, grpo_loss
from .reference import reference_weights
from .rollout import Player, Rollout


@dataclass(frozen=True)
class Settings:
    reward: str = DEFAULT_REWARD
    seed: int = 0
    iterations: int = 40
    questions: int = 16
    """questions in an iteration"""
    group: int = 16
    """rollouts of each question"""
    epochs: int = 4
    rate: float = 0.05
    damping: float = 0.001
    """Adam's epsilon: weights whose gradients are smaller than this move less"""
    clip: float = 0.2
    kl: float = 0.002
    prior: float = 1.0
    """strength of the reference policy; at 0 it draws all choices evenly"""
    scale: str = "batch"
    """the deviation that advantages are divided by: group (each group's own), batch (that of all
    advantages of the iteration, so that groups without a success weigh little) or none"""


class Progress(NamedTuple):
    """One iteration, measured on its own rollouts, whose choices are drawn."""

    iteration: int
    success: float
    mean_return: float
    mean_steps: float
    kl: float
    clipped: float
    silent: float
    """share of groups in which all returns are equal, which teach nothing"""
    seconds: float


@dataclass
class Training:
    settings: Settings
    weights: Floats
    history: list[Progress] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        history = [entry._asdict() for entry in self.history]
        return {"settings": asdict(self.settings), "history": history}


def advantages(returns: Floats, scale: str = "group") -> Floats:
    """Returns (groups, group), each minus its group's mean and divided by a deviation."""
    centred: Floats = returns - returns.mean(axis=1, keepdims=True)
    if scale == "none":
        return centred
    deviation = centred.std(axis=1 if scale == "group" else None, keepdims=True)
    return np.where(deviation > 1e-9, centred / np.maximum(deviation, 1e-9), 0.0)


def train(
    sources: Sequence[tuple[Catalog, float]],
    settings: Settings,
    *,
    threads: int = 1,
    without: Sequence[str] = (),
    report: Callable[[Progress, Floats], None] | None = None,
) -> Training:
    """Trains a policy that starts as the reference.

    `sources`: catalogs, each with its share of an iteration's questions, which are drawn from the
    catalog's train split. `without`: databases that no question is drawn about.

    `report` gets the progress of each iteration and the weights after it, which it must not keep.

    Equal sources and settings give equal weights, whatever the number of threads.
    """
    draw = random.Random(settings.seed)
    counts = [max(1, round(settings.questions * share)) for _, share in sources]
    players = [
        Player(catalog, reward=settings.reward, slots=count * settings.group, threads=threads)
        for (catalog, _), count in zip(sources, counts)
    ]
    asked_about = [
        [q for q in catalog.questions(split="train") if q.database not in without]
        for catalog, _ in sources
    ]
    decks = [QuestionDeck(questions, draw) for questions in asked_about]
    training = Training(settings, reference_weights(settings.prior))
    reference = training.weights.copy()
    policy, optimizer = Policy(training.weights), Adam(settings.rate, settings.damping)
    try:
        for iteration in range(settings.iterations):
            begun = time.perf_counter()
            rollouts: list[Rollout] = []
            for player, deck, count in zip(players, decks, counts):
                asked = [q for q in deck.draw(count) for _ in range(settings.group)]
                rollouts += player.play(policy, asked, seed=draw.getrandbits(40))
            progress = _improve(policy, training.weights, reference, optimizer, rollouts, settings)
            policy.set_weights(training.weights)
            seconds = round(time.perf_counter() - begun, 4)
            progress = progress._replace(iteration=iteration, seconds=seconds)
            training.history.append(progress)
            if report is not None:
                report(progress, training.weights)
    finally:
        for player in players:
            player.close()
    return training


class QuestionDeck:
    """Draws questions without repeating one before all were drawn."""

    def __init__(self, questions: Sequence[Question], draw: random.Random) -> None:
        self._questions = list(questions)
        self._draw = draw
        self._left: list[Question] = []

    def draw(self, count: int) -> list[Question]:
        drawn: list[Question] = []
        while len(drawn) < count:
            if not self._left:
                self._left = list(self._questions)
                self._draw.shuffle(self._left)
            drawn.append(self._left.pop())
        return drawn


def _improve(
    policy: Policy,
    weights: Floats,
    reference: Floats,
    optimizer: Adam,
    rollouts: Sequence[Rollout],
    settings: Settings,
) -> Progress:
    returns = np.array([rollout.total for rollout in rollouts]).reshape(-1, settings.group)
    relative = advantages(returns, settings.scale)
    kl = clipped = 0.0
    if any(rollout.decisions for rollout in rollouts):
        batch, taken = gather(policy, rollouts, relative.ravel())
        near = batch.log_probabilities(reference)
        for _ in range(settings.epochs):
            loss = grpo_loss(
                batch, taken, weights, near, clip=settings.clip, kl=settings.kl
            )
            optimizer.step(weights, loss.gradient)
            kl, clipped = loss.kl, loss.clipped
    return Progress(
        iteration=0,
        success=float(np.mean([rollout.outcome.correct for rollout in rollouts])),
        mean_return=float(returns.mean()),
        mean_steps=float(np.mean([rollout.outcome.steps for rollout in rollouts])),
        kl=kl,
        clipped=clipped,
        silent=float((np.abs(relative).max(axis=1) == 0).mean()),
        seconds=0.0,
    )


def gather(policy: Policy, rollouts: Sequence[Rollout], relative: Floats) -> tuple[Batch, Taken]:
    """The rollouts' decisions, with equal choices once. All rollouts weigh the same."""
    numbers: dict[Any, int] = {}
    choices, rows, old, advantage, weights = [], [], [], [], []
    for rollout, value in zip(rollouts, relative):
        for decision in rollout.decisions:
            choices.append(numbers.setdefault(decision.key, len(numbers)))
            rows.append(decision.row)
            old.append(decision.log_probability)
            advantage.append(value)
            weights.append(1.0 / (len(rollouts) * len(rollout.decisions)))
    batch = Batch([policy.choices[key] for key in numbers])
    chosen = np.array(choices, dtype=np.int64)
    taken = Taken(
        choices=chosen,
        rows=batch.starts[chosen] + np.array(rows, dtype=np.int64),
        advantages=np.array(advantage),
        old=np.array(old),
        weights=np.array(weights),
    )
    return batch, taken
