"""A model in this process as a player of held-out sets: a base, or a base with an adapter."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from ..agent_text import AgentVectorEnv, CompletionLike
from ..catalog import Catalog, Question
from ..vector import Integers, VectorStep
from .adapter import apply_adapter, read_adapter
from .base import find_base
from .generation import Player as Generator
from .line_grammar import line_grammar
from .model import LanguageModel, fastest_dtype
from .players import Player, Written, batch_player
from .tokenizer import Tokenizer, load_tokenizer
from .weights import load_weights

LENGTH = 1024
"""the most tokens of an episode; a longer one is lost to the model"""


class Recorder(AgentVectorEnv):
    """Keeps what was written in each episode."""

    def __init__(self, generator: Generator) -> None:
        super().__init__(generator.envs, "compact")
        self.written: dict[str, list[CompletionLike]] = {}
        """the completions of each question"""
        self._asked: dict[int, str] = {}

    def reset(self, **arguments: Any) -> VectorStep:
        for slot, one in zip(arguments["slots"], arguments["options"]):
            self._asked[slot] = str(one["question_id"])
            self.written[self._asked[slot]] = []
        return super().reset(**arguments)

    def step(
        self, completions: Sequence[CompletionLike], slots: Sequence[int] | Integers | None = None
    ) -> VectorStep:
        assert slots is not None
        for slot, completion in zip(slots, completions, strict=True):
            self.written[self._asked[int(slot)]].append(completion)
        return super().step(completions, slots)


class GrammarGenerator(Generator):
    """Writes the likeliest lines that the dialect's grammar allows."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._texts = [self.tokenizer.decode([one]) for one in range(self.model.config.vocab_size)]

    def _tick(self, live: list[Any]) -> tuple[list[int], torch.Tensor]:
        chosen, logits = super()._tick(live)
        for place, row in enumerate(chosen):
            line = "".join(self._texts[token] for token in live[row].line)
            grammar = line_grammar(self.agents.agents[live[row].slot].grammar)
            best = [int(logits[place].argmax())]
            token = grammar.first(line, best, self._texts)
            if token is None:
                ranked = logits[place].argsort(descending=True).tolist()
                token = grammar.first(line, ranked, self._texts)
            if token is not None and token != best[0]:
                logits[place, token] = logits[place].max() + 1
        return chosen, logits


def torch_player(
    model: str | None,
    adapter: Path | None,
    *,
    rows: int,
    threads: int,
    grammar: bool = False,
    length: int = LENGTH,
) -> Player:
    """Plays greedily, `rows` episodes at once. `model` as find_base takes it; `length`: the most
    tokens of an episode.

    Raises Error where the base is not there, or the adapter is another base's.
    """
    torch.set_num_threads(threads)
    base = find_base(model)
    config, weights = load_weights(base)
    if adapter is not None:
        weights = apply_adapter(weights, read_adapter(adapter, base.digest), base.digest)
    language_model = LanguageModel(config, weights, fastest_dtype())
    return language_model_player(
        language_model, load_tokenizer(base), rows=rows, length=length, grammar=grammar
    )


def language_model_player(
    model: LanguageModel,
    tokenizer: Tokenizer,
    *,
    rows: int,
    length: int = LENGTH,
    grammar: bool = False,
) -> Player:
    """The same with a model in memory. `length`: the most tokens of an episode."""
    kind = GrammarGenerator if grammar else Generator

    def play(catalog: Catalog, questions: Sequence[Question]) -> Written:
        few = min(rows, len(questions))
        with kind(model, tokenizer, catalog, rows=few, length=length) as generator:
            generator.agents = recorder = Recorder(generator)
            generator.play(questions)
        return recorder.written

    return batch_player(play)
