"""Success on a few questions while a model trains, for its learning curve."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..catalog import Catalog, Question
from ..learn.experiment import spread
from .generation import Player
from .model import LanguageModel
from .tokenizer import Tokenizer


def add_watch_arguments(parser: argparse.ArgumentParser, *, every: int, unit: str) -> None:
    """The options that say what is measured; every so many of the unit, if nobody says."""
    parser.add_argument(
        "--watch",
        type=Path,
        action="append",
        default=[],
        help="pack to measure success on while it trains",
    )
    parser.add_argument(
        "--watch-every", type=int, default=every, help=f"{unit} between these measurements"
    )
    parser.add_argument("--watch-questions", type=int, default=64, help="of each such pack")


def shares(success: Mapping[str, float]) -> str:
    """What success() gives, for people."""
    return "  ".join(f"{name} {100 * share:.1f} %" for name, share in success.items())


class Watch:
    """Plays the same questions of each pack greedily whenever it is asked.

    `packs`: their folders, by whose names they are known; `count` questions of each pack's eval
    split, or of all where it has none.
    """

    def __init__(self, packs: Sequence[Path], count: int, rows: int = 32) -> None:
        self.rows = rows
        self.sets: list[tuple[str, Catalog, list[Question]]] = []
        for folder in packs:
            catalog = Catalog(folder)
            questions = catalog.questions(split="eval") or catalog.questions()
            self.sets.append((folder.name, catalog, spread(questions, count)))

    def success(self, model: LanguageModel, tokenizer: Tokenizer) -> dict[str, float]:
        """The share of each set's questions that is solved."""
        found = {}
        for name, catalog, questions in self.sets:
            rows = min(self.rows, len(questions))
            with Player(model, tokenizer, catalog, rows=rows, length=512, step_budget=8) as player:
                rollouts = player.play(questions)
            found[name] = sum(rollout.correct for rollout in rollouts) / len(rollouts)
        return found
