"""Success on a few questions while a model trains, for its learning curve."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..catalog import Catalog, Question
from ..learn.experiment import spread
from .generation import Player
from .model import LanguageModel
from .tokenizer import Tokenizer


class Watch:
    """Plays the same questions of each pack greedily whenever it is asked.

    `packs`: name and folder of each; `count` questions of each pack's eval split, or of all where
    it has none.
    """

    def __init__(self, packs: Sequence[tuple[str, Path]], count: int, rows: int = 64) -> None:
        self.rows = rows
        self.sets: list[tuple[str, Catalog, list[Question]]] = []
        for name, folder in packs:
            catalog = Catalog(folder)
            questions = catalog.questions(split="eval") or catalog.questions()
            self.sets.append((name, catalog, spread(questions, count)))

    def success(self, model: LanguageModel, tokenizer: Tokenizer) -> dict[str, float]:
        """The share of each set's questions that is solved."""
        found = {}
        for name, catalog, questions in self.sets:
            rows = min(self.rows, len(questions))
            with Player(model, tokenizer, catalog, rows=rows, length=512, step_budget=8) as player:
                rollouts = player.play(questions)
            found[name] = sum(rollout.correct for rollout in rollouts) / len(rollouts)
        return found
