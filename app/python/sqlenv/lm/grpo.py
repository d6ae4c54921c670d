"""GRPO: a model learns from the environment's reward (Shao et al., "DeepSeekMath", 2024).

An iteration plays `group` rollouts of each of some questions. A rollout's advantage is its return
less its group's mean, divided by the deviation of all such differences of the iteration; groups
without a difference are left out. Every token that a rollout wrote is pushed along the objective
(objective.py), whose reference is the model before GRPO. The mean is over the tokens of the
iteration. Equal options give equal runs on one machine, also where one was interrupted: an
iteration that was cut off is played again.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor

from ..catalog import Catalog, Question
from ..env import DEFAULT_REWARD
from .checkpoint import RunFolder
from .curves import draw_curves
from .examples import Example, cut, to_batch
from .generation import Piece, Player, Rollout
from .memory import memory_mb, trim_memory
from .objective import slope
from .training import (
    ADAPTER,
    Saver,
    Trainee,
    add_model_arguments,
    time_text,
)
from .watch import Watch, add_watch_arguments, shares

SETTINGS = (
    "full", "rank", "alpha", "seed", "rate", "questions", "group", "clip", "kl", "reward",
    "step_budget", "updates",
)  # fmt: skip
TERMINAL = "terminal"
"""the reward that is 1 for a right answer and nothing else"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model_arguments(parser)
    parser.add_argument(
        "--pack",
        type=Path,
        action="append",
        required=True,
        help="pack whose train questions are played",
    )
    parser.add_argument(
        "--output", type=Path, default=Path("build/lm/grpo"), help="folder of the run"
    )
    parser.add_argument("--iterations", type=int, default=40, help="in all")
    parser.add_argument("--questions", type=int, default=16, help="of an iteration")
    parser.add_argument("--group", type=int, default=8, help="rollouts of each question")
    parser.add_argument(
        "--updates", type=int, default=2, help="steps of the optimiser in an iteration"
    )
    parser.add_argument("--rate", type=float, default=2e-4, help="learning rate")
    parser.add_argument("--clip", type=float, default=0.2, help="ε")
    parser.add_argument("--kl", type=float, default=0.02, help="β")
    parser.add_argument(
        "--reward", default=DEFAULT_REWARD, help="the environment's preset, or terminal"
    )
    parser.add_argument("--step-budget", type=int, default=8, help="of an episode in training")
    parser.add_argument("--batch-tokens", type=int, default=2400, help="of one pass, at most")
    add_watch_arguments(parser, every=5, unit="iterations")


def run(options: argparse.Namespace) -> int:
    trainee = Trainee(options)
    settings = {name: getattr(options, name) for name in SETTINGS}
    settings["base"] = trainee.base.digest
    folder = RunFolder(options.output, settings)
    Grpo(trainee, folder, options, Watch(options.watch, options.watch_questions)).train()
    return 0


class Sample(NamedTuple):
    """A piece of a rollout with its advantage."""

    piece: Piece
    advantage: float


class Measured(NamedTuple):
    """Sums over the tokens of an update."""

    tokens: int
    kl: float
    clipped: int


class Grpo:
    """One run."""

    def __init__(
        self, trainee: Trainee, folder: RunFolder, options: argparse.Namespace, watch: Watch
    ) -> None:
        self.trainee = trainee
        self.folder = folder
        self.options = options
        self.watch = watch
        self.iteration = 0
        self.seconds = 0.0
        self.reference = trainee.model.frozen()
        """the model before GRPO"""
        if state := folder.load():
            trainee.load_state(state)
            self.iteration, self.seconds = state["iteration"], state["seconds"]
            print(f"goes on after iteration {self.iteration}", flush=True)

    def train(self) -> None:
        options = self.options
        catalog = Catalog([str(path) for path in options.pack])
        questions = catalog.questions(split="train")
        reward = DEFAULT_REWARD if options.reward == TERMINAL else options.reward
        saver = Saver(self.folder, self._state, options.save_seconds)
        player = Player(
            self.trainee.model, self.trainee.tokenizer, catalog,
            reward=reward, step_budget=options.step_budget,
        )  # fmt: skip
        with player, saver.interruptible():
            if not self.iteration:
                self._watch()
            while self.iteration < options.iterations and not saver.stopping:
                begun = time.monotonic()
                entry = self._iterate(player, questions)
                self.iteration += 1
                self.seconds += time.monotonic() - begun
                self._report(entry)
                last = self.iteration == options.iterations
                if last or self.iteration % options.watch_every == 0:
                    self._watch()
                saver.tick(force=True)

    def _iterate(self, player: Player, questions: Sequence[Question]) -> dict[str, float]:
        options = self.options
        seed = options.seed * 1_000_003 + self.iteration
        chosen = random.Random(seed).sample(questions, options.questions)
        begun = time.monotonic()
        rollouts = player.play(
            [question for question in chosen for _ in range(options.group)],
            temperature=1.0,
            seed=seed,
        )
        played = time.monotonic()
        returns = self._returns(rollouts)
        samples = _samples(rollouts, _advantages(returns, options.group))
        measured = self._update(samples, seed)
        tokens = max(1, sum(one.tokens for one in measured))
        groups = returns.reshape(-1, options.group)
        return {
            "return": float(returns.mean()),
            "success_drawn": sum(rollout.correct for rollout in rollouts) / len(rollouts),
            "mixed": float(np.mean(np.ptp(groups, axis=1) > 0.5)),
            "turns": sum(rollout.turns for rollout in rollouts) / len(rollouts),
            "kl": sum(one.kl for one in measured) / tokens,
            "clipped": sum(one.clipped for one in measured) / tokens,
            "play_seconds": round(played - begun, 1),
            "learn_seconds": round(time.monotonic() - played, 1),
        }

    def _returns(self, rollouts: Sequence[Rollout]) -> np.ndarray:
        if self.options.reward == TERMINAL:
            return np.array([float(rollout.correct) for rollout in rollouts])
        return np.array([rollout.total for rollout in rollouts])

    def _update(self, samples: list[Sample], seed: int) -> list[Measured]:
        """`updates` steps of the optimiser, each over its share of the samples."""
        order = np.random.default_rng(seed).permutation(len(samples))
        measured = []
        for share in np.array_split(order, self.options.updates):
            mine = sorted((samples[i] for i in share), key=lambda one: len(one.piece.tokens))
            if not mine:
                continue
            total = sum(sum(one.piece.written[1:]) for one in mine)
            measured += [
                self._pass(part, total)
                for part in cut(mine, lambda one: len(one.piece.tokens), self.options.batch_tokens)
            ]
            self.trainee.step(self.options.rate)
            trim_memory()
        return measured

    def _pass(self, samples: Sequence[Sample], total: int) -> Measured:
        """Adds the gradient of some samples; `total`: the tokens of the whole step."""
        batch = to_batch(
            [Example(np.array(piece.tokens), np.array(piece.written)) for piece, _ in samples]
        )
        drawn, advantages = _by_token(samples)
        reference = self.reference.log_p(batch.tokens, batch.written)
        clip, beta = self.options.clip, self.options.kl
        clipped, kl = torch.zeros(len(drawn)), torch.zeros(len(drawn))

        def weigh(log_p: Tensor, rows: slice) -> Tensor:
            found = slope(log_p, drawn[rows], reference[rows], advantages[rows], clip, beta)
            kl[rows], clipped[rows] = found.kl, found.clipped.float()
            return found.by_log_p / total

        loss, _ = self.trainee.model.loss(batch.tokens, batch.written, weigh)
        loss.backward()
        return Measured(len(drawn), float(kl.sum()), int(clipped.sum()))

    def _report(self, entry: dict[str, float]) -> None:
        self.folder.note({"iteration": self.iteration, **entry, "seconds": round(self.seconds, 1)})
        left = self.seconds / self.iteration * (self.options.iterations - self.iteration)
        print(
            f"iteration {self.iteration:3}  return {entry['return']:.3f}  "
            f"success {100 * entry['success_drawn']:.1f} %  mixed {100 * entry['mixed']:.0f} %  "
            f"turns {entry['turns']:.1f}  KL {entry['kl']:.4f}  "
            f"clipped {100 * entry['clipped']:.1f} %  played {entry['play_seconds']:.0f} s  "
            f"learnt {entry['learn_seconds']:.0f} s  {memory_mb()} MB  {time_text(left)} left",
            flush=True,
        )

    def _watch(self) -> None:
        if self.watch.sets:
            success = self.watch.success(self.trainee.model, self.trainee.tokenizer)
            self.folder.note({"iteration": self.iteration, "success": success,
                              "seconds": round(self.seconds, 1)})  # fmt: skip
            print(f"iteration {self.iteration:3}  success: {shares(success)}", flush=True)
        if not self.options.full:
            facts = {"stage": "grpo", "iterations": self.iteration}
            self.trainee.save_adapter(self.folder.path / ADAPTER, facts)
        draw_curves(self.folder.entries(), self.folder.path / "learning_curve.png")

    def _state(self) -> dict[str, Any]:
        return {**self.trainee.state(), "iteration": self.iteration, "seconds": self.seconds}


def _advantages(returns: np.ndarray, group: int) -> np.ndarray:
    groups = returns.reshape(-1, group)
    less = groups - groups.mean(axis=1, keepdims=True)
    advantages: np.ndarray = (less / (np.sqrt((less**2).mean()) + 1e-6)).ravel()
    return advantages


def _samples(rollouts: Sequence[Rollout], advantages: np.ndarray) -> list[Sample]:
    """The pieces of all rollouts that differ from their group's mean."""
    return [
        Sample(piece, float(advantage))
        for rollout, advantage in zip(rollouts, advantages)
        if abs(advantage) > 1e-3
        for piece in rollout.pieces
    ]


def _by_token(samples: Sequence[Sample]) -> tuple[Tensor, Tensor]:
    """When it was drawn, each written token's log p, and its advantage."""
    drawn: list[float] = []
    advantages: list[float] = []
    for piece, advantage in samples:
        mine = [p for p, wrote in zip(piece.log_p[1:], piece.written[1:]) if wrote]
        drawn += mine
        advantages += [advantage] * len(mine)
    return torch.tensor(drawn), torch.tensor(advantages)
