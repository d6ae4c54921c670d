"""Transcripts as batches of tokens for imitation."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from ..errors import Error
from .tokenizer import Tokenizer

Item = TypeVar("Item")

SORTED_TOGETHER = 16
"""batches: within so many, transcripts of similar length share one, so that little is filled up"""


LENGTHS = 16
"""batches are filled up to a multiple of this, so that few shapes occur"""


class Example(NamedTuple):
    """A transcript as tokens."""

    tokens: npt.NDArray[np.int32]
    written: npt.NDArray[np.bool_]
    """which tokens the agent wrote, and so are learnt"""


class Batch(NamedTuple):
    """Examples side by side, filled up at their ends."""

    tokens: Tensor
    """[examples, length]"""
    written: Tensor
    """[examples, length]"""
    size: int
    """tokens without those that fill up"""


def read_examples(
    path: Path, tokenizer: Tokenizer, *, limit: int = 0, longest: int = 512
) -> list[Example]:
    """The first `limit` transcripts of a file (0: all) that have at most `longest` tokens.

    Raises Error NOT_FOUND or BAD_TRANSCRIPTS.
    """
    if not path.exists():
        message = f"there is no file {path}: make it by `python -m sqlenv.lm transcripts`"
        raise Error("NOT_FOUND", message)
    examples: list[Example] = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                entry = json.loads(line)
                example = to_example(entry["text"], entry["agent"], tokenizer)
            except (ValueError, KeyError, TypeError) as error:
                message = f"line {number} of {path} is no transcript ({error}): make the file anew"
                raise Error("BAD_TRANSCRIPTS", message) from None
            if len(example.tokens) <= longest and example.written.any():
                examples.append(example)
            if limit and len(examples) >= limit:
                break
    return examples


def to_example(text: str, agent: Iterable[tuple[int, int]], tokenizer: Tokenizer) -> Example:
    """The tokens of a text; those that begin in one of the ranges of characters are the agent's."""
    ids, offsets = tokenizer.encode_with_offsets(text)
    mine = np.zeros(len(text) + 1, dtype=np.bool_)
    for begin, end in agent:
        mine[begin:end] = True
    starts = np.array([begin for begin, _ in offsets], dtype=np.int64)
    return Example(np.array(ids, dtype=np.int32), mine[starts])


def batches(
    examples: list[Example], batch_tokens: int, seed: int, skip: int = 0
) -> Iterator[Batch]:
    """Endless batches of about `batch_tokens` tokens; every example once before any comes again.

    Equal seeds give equal batches; `skip` leaves out the first.
    """
    number = 0
    epoch = 0
    while True:
        order = np.random.default_rng((seed, epoch)).permutation(len(examples))
        for group in _groups(examples, order, batch_tokens, (seed, epoch)):
            number += 1
            if number > skip:
                yield to_batch([examples[i] for i in group])
        epoch += 1


def cut(
    items: Sequence[Item], length: Callable[[Item], int], batch_tokens: int
) -> list[list[Item]]:
    """Cuts items, the shortest first, into batches of at most so many tokens, filled up."""
    parts: list[list[Item]] = [[]]
    for item in items:
        # This one is the longest so far, to whose length the others are filled up.
        if parts[-1] and (len(parts[-1]) + 1) * length(item) > batch_tokens:
            parts.append([])
        parts[-1].append(item)
    return parts


def to_batch(examples: list[Example]) -> Batch:
    longest = max(len(example.tokens) for example in examples)
    longest += -longest % LENGTHS
    tokens = np.zeros((len(examples), longest), dtype=np.int64)
    written = np.zeros((len(examples), longest), dtype=np.bool_)
    for row, example in enumerate(examples):
        tokens[row, : len(example.tokens)] = example.tokens
        written[row, : len(example.tokens)] = example.written
    written[:, 0] = False
    size = sum(len(example.tokens) for example in examples)
    return Batch(torch.from_numpy(tokens), torch.from_numpy(written), size)


def _groups(
    examples: list[Example], order: npt.NDArray[np.int64], batch_tokens: int, seed: tuple[int, int]
) -> Iterator[list[int]]:
    """Cuts an order into batches of examples of similar length."""
    draws = np.random.default_rng((*seed, 1))
    mean = max(1, sum(len(example.tokens) for example in examples) // len(examples))
    together = max(1, SORTED_TOGETHER * batch_tokens // mean)
    for begin in range(0, len(order), together):
        part = [int(i) for i in order[begin : begin + together]]
        part.sort(key=lambda i: len(examples[i].tokens))
        groups = cut(part, lambda i: len(examples[i].tokens), batch_tokens)
        for index in draws.permutation(len(groups)):
            yield groups[index]
