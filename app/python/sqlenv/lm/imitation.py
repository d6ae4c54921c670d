"""Imitation: a model learns to write the agent's lines of transcripts.

The loss is the mean −log p of the tokens that the agent wrote; what it read is context alone. The
learning rate rises over the first steps and falls along half a cosine. Equal options, transcripts
and number of threads give equal weights on one machine, also where the run was interrupted.
"""

from __future__ import annotations

import argparse
import math
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import torch

from .base import file_digest
from .checkpoint import RunFolder
from .curves import draw_curves
from .examples import batches, read_examples
from .memory import memory_mb, trim_memory
from .training import (
    ADAPTER,
    Saver,
    Trainee,
    add_model_arguments,
    time_text,
)
from .watch import Watch, add_watch_arguments, shares

WARM_UP = 20
LAST_RATE = 0.05
"""of the highest rate"""
SETTINGS = (
    "full", "rank", "alpha", "seed", "rate", "batch_tokens", "tokens", "longest", "limit",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_model_arguments(parser)
    parser.add_argument(
        "--transcripts", type=Path, default=Path("build/lm/transcripts.jsonl"), help="to learn from"
    )
    parser.add_argument(
        "--limit", type=int, default=0, help="take the first so many transcripts (0: all)"
    )
    parser.add_argument(
        "--output", type=Path, default=Path("build/lm/imitation"), help="folder of the run"
    )
    parser.add_argument("--tokens", type=int, default=2_000_000, help="to train on in all")
    parser.add_argument("--batch-tokens", type=int, default=2400, help="of one step, at most")
    parser.add_argument(
        "--longest", type=int, default=384, help="leave out transcripts of more tokens"
    )
    parser.add_argument("--rate", type=float, default=1e-3, help="the highest learning rate")
    add_watch_arguments(parser, every=500_000, unit="tokens")


def run(options: argparse.Namespace) -> int:
    trainee = Trainee(options)
    examples = read_examples(
        options.transcripts, trainee.tokenizer, limit=options.limit, longest=options.longest
    )
    settings = {name: getattr(options, name) for name in SETTINGS}
    settings["transcripts"] = file_digest(options.transcripts)
    settings["base"] = trainee.base.digest
    folder = RunFolder(options.output, settings)
    total = sum(len(example.tokens) for example in examples)
    print(
        f"{len(examples)} transcripts, {total} tokens; "
        f"{sum(p.numel() for p in trainee.parameters.values())} parameters; {trainee.model.dtype}",
        flush=True,
    )
    watch = Watch(options.watch, options.watch_questions)
    Imitation(trainee, folder, options, watch).train(examples)
    return 0


@dataclass
class Position:
    """How far a run is."""

    step: int = 0
    tokens: int = 0
    seconds: float = 0.0
    watched: int = 0
    """at which number of tokens success was measured last"""


@dataclass
class _Window:
    """Sums since the last line of progress."""

    loss: float = 0.0
    written: int = 0
    tokens: int = 0
    begun: float = field(default_factory=time.monotonic)


class Imitation:
    """One run."""

    def __init__(
        self, trainee: Trainee, folder: RunFolder, options: argparse.Namespace, watch: Watch
    ) -> None:
        self.trainee = trainee
        self.folder = folder
        self.options = options
        self.watch = watch
        self.position = Position()
        if state := folder.load():
            trainee.load_state(state)
            self.position = Position(**state["position"])
            print(f"goes on after step {self.position.step}", flush=True)

    def train(self, examples: list[Any]) -> None:
        options, position = self.options, self.position
        saver = Saver(self.folder, self._state, options.save_seconds)
        window = _Window()
        stream = batches(examples, options.batch_tokens, options.seed, skip=position.step)
        with saver.interruptible():
            while position.tokens < options.tokens and not saver.stopping:
                self._watch_in_time()
                begun = time.monotonic()
                batch = next(stream)
                count = int(batch.written.sum())
                loss, _ = self.trainee.model.loss(
                    batch.tokens, batch.written, partial(_evenly, count)
                )
                loss.backward()
                self.trainee.step(self._rate())
                position.step += 1
                position.tokens += batch.size
                position.seconds += time.monotonic() - begun
                window.loss += float(loss.detach()) * count
                window.written += count
                window.tokens += batch.size
                trim_memory()
                if position.step % 10 == 0:
                    self._report(window)
                    window = _Window()
                saver.tick()
        if not saver.stopping:
            self._watch_in_time(last=True)
        saver.tick(force=True)
        self._write_results()

    def _rate(self) -> float:
        """Of the next step."""
        done = min(1.0, self.position.tokens / self.options.tokens)
        cosine = 0.5 * (1 + math.cos(math.pi * done))
        warm = min(1.0, (self.position.step + 1) / WARM_UP)
        return float(self.options.rate * warm * (LAST_RATE + (1 - LAST_RATE) * cosine))

    def _report(self, window: _Window) -> None:
        position = self.position
        speed = window.tokens / (time.monotonic() - window.begun)
        loss = window.loss / window.written
        left = (self.options.tokens - position.tokens) / speed
        self.folder.note(
            {
                "step": position.step,
                "tokens": position.tokens,
                "loss": round(loss, 5),
                "seconds": round(position.seconds, 1),
            }  # fmt: skip
        )
        print(
            f"step {position.step:5}  tokens {position.tokens:9}  loss {loss:.4f}  "
            f"{speed:5.0f} tokens/s  {memory_mb()} MB  {time_text(left)} left",
            flush=True,
        )

    def _watch_in_time(self, last: bool = False) -> None:
        """Measures success when it is due, and draws the curve."""
        position = self.position
        due = position.tokens - position.watched >= self.options.watch_every
        if not self.watch.sets or position.watched == position.tokens or not (due or last):
            return
        success = self.watch.success(self.trainee.model, self.trainee.tokenizer)
        position.watched = position.tokens
        self.folder.note({"step": position.step, "tokens": position.tokens, "success": success,
                          "seconds": round(position.seconds, 1)})  # fmt: skip
        print(f"step {position.step:5}  success: {shares(success)}", flush=True)
        self._write_results()

    def _write_results(self) -> None:
        if not self.options.full:
            facts = {"stage": "imitation", "tokens": self.position.tokens}
            self.trainee.save_adapter(self.folder.path / ADAPTER, facts)
        draw_curves(self.folder.entries(), self.folder.path / "learning_curve.png")

    def _state(self) -> dict[str, Any]:
        return {**self.trainee.state(), "position": vars(self.position)}


def _evenly(count: int, log_p: torch.Tensor, _: slice) -> torch.Tensor:
    """The weights of some of `count` tokens that all count the same."""
    return torch.full_like(log_p, 1 / count)
