"""Log-linear choices: exact probabilities and gradients of a softmax over candidates' features.

A `Choice` is one decision of the policy among K candidates, each a sparse row of hashed features.
    p(k) = exp(w . f(k)) / sum_j exp(w . f(j))
`Weights` is the whole policy: one vector of SIZE reals, float64. Everything here is NumPy on flat
arrays: a batch of choices is one CSR matrix with segments, no Python loop over candidates.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]

SIZE = 1 << 16
"""the number of weights, into which features are hashed"""


@lru_cache(maxsize=1 << 20)
def feature(name: str) -> int:
    """The position of a feature's weight, the same on every machine."""
    return zlib.crc32(name.encode()) & (SIZE - 1)


class Choice:
    """K candidates and their features. Immutable; `options` holds the meaning of each candidate."""

    __slots__ = ("options", "columns", "lengths")

    def __init__(self, options: Sequence[Any], features: Sequence[Sequence[str]]) -> None:
        assert len(options) == len(features) > 0
        self.options = list(options)
        self.columns: Integers = np.array(
            [feature(name) for names in features for name in names], dtype=np.int64
        )
        self.lengths: Integers = np.array([len(names) for names in features], dtype=np.int64)
        assert (self.lengths > 0).all()

    def __len__(self) -> int:
        return len(self.options)

    def log_probabilities(self, weights: Floats) -> Floats:
        """Exact, in nats; shape (K,)."""
        starts = np.cumsum(self.lengths) - self.lengths
        scores: Floats = np.add.reduceat(weights[self.columns], starts)
        scores -= scores.max()
        return scores - np.log(np.exp(scores).sum())  # type: ignore[no-any-return]


class Batch:
    """Many choices as one matrix; `rows` are all their candidates, one after the other."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self.columns: Integers = np.concatenate([choice.columns for choice in choices])
        lengths: Integers = np.concatenate([choice.lengths for choice in choices])
        self._row_starts = np.cumsum(lengths) - lengths
        self._row_of_entry = np.repeat(np.arange(len(lengths)), lengths)
        sizes: Integers = np.array([len(choice) for choice in choices], dtype=np.int64)
        self.starts: Integers = np.cumsum(sizes) - sizes
        """the first row of each choice, (choices,)"""
        self._choice_of_row = np.repeat(np.arange(len(sizes)), sizes)
        self.rows = len(lengths)

    def log_probabilities(self, weights: Floats) -> Floats:
        """Each candidate's within its choice, (rows,)."""
        scores: Floats = np.add.reduceat(weights[self.columns], self._row_starts)
        scores -= np.maximum.reduceat(scores, self.starts)[self._choice_of_row]
        totals: Floats = np.add.reduceat(np.exp(scores), self.starts)
        return scores - np.log(totals)[self._choice_of_row]

    def sum_by_choice(self, values: Floats) -> Floats:
        """Sums one value a row to (choices,)."""
        return np.add.reduceat(values, self.starts)

    def spread(self, values: Floats) -> Floats:
        """Repeats one value a choice to (rows,)."""
        return values[self._choice_of_row]

    def gradient(self, by_score: Floats) -> Floats:
        """The gradient by the weights, (SIZE,), from the derivatives by each row's score w . f."""
        entries = by_score[self._row_of_entry]
        return _sums(self.columns, entries, SIZE)


class Taken(NamedTuple):
    """Decisions of some rollouts: position i is one decision."""

    choices: Integers
    """the choice in the batch"""
    rows: Integers
    """the row taken"""
    advantages: Floats
    old: Floats
    """its log-probability when it was taken"""
    weights: Floats
    """its weight in the mean; all sum to 1"""


class Loss(NamedTuple):
    value: float
    gradient: Floats
    kl: float
    """mean exact divergence from the reference, in nats a decision"""
    clipped: float
    """share of decisions whose ratio is clipped"""


def grpo_loss(
    batch: Batch, taken: Taken, weights: Floats, reference: Floats, *, clip: float, kl: float
) -> Loss:
    """GRPO's loss: minus the clipped surrogate, plus `kl` times the divergence from the reference.

    surrogate_i = min(r_i A_i, clip(r_i, 1 - clip, 1 + clip) A_i), r_i = p(row_i) / p_old(row_i).
    The divergence is the full sum over candidates, KL(p || p_reference), at each decision taken.
    """
    now = batch.log_probabilities(weights)
    ratio = np.exp(now[taken.rows] - taken.old)
    plain = ratio * taken.advantages
    bounded = np.clip(ratio, 1 - clip, 1 + clip) * taken.advantages
    active = plain <= bounded
    probabilities = np.exp(now)

    # d surrogate_i / d score_k = r_i A_i (1[k = row_i] - p_k), and 0 where the clip binds.
    pull = np.where(active, plain, 0.0) * taken.weights
    by_choice = _sums(taken.choices, pull, len(batch.starts))
    by_row = _sums(taken.rows, pull, batch.rows)
    by_score = -(by_row - probabilities * batch.spread(by_choice))

    # KL = sum_k p_k (log p_k - log q_k); d KL / d score_k = p_k (log p_k - log q_k - KL).
    visits = _sums(taken.choices, taken.weights, len(batch.starts))
    gap = now - reference
    divergence = batch.sum_by_choice(probabilities * gap)
    by_score += kl * batch.spread(visits) * probabilities * (gap - batch.spread(divergence))

    mean_kl = float(visits @ divergence)
    value = -float(taken.weights @ np.minimum(plain, bounded)) + kl * mean_kl
    clipped = float(taken.weights @ ~active)
    return Loss(value, batch.gradient(by_score), mean_kl, clipped)


def _sums(places: Integers, values: Floats, size: int) -> Floats:
    """The sum of the values at each place, (size,)."""
    return np.bincount(places, weights=values, minlength=size).astype(np.float64, copy=False)


class Adam:
    """Kingma and Ba's optimizer with its usual decay rates; `damping` is its epsilon."""

    def __init__(self, rate: float, damping: float = 1e-8) -> None:
        self.rate = rate
        self.damping = damping
        self._mean: Floats = np.zeros(SIZE)
        self._square: Floats = np.zeros(SIZE)
        self._steps = 0

    def step(self, weights: Floats, gradient: Floats) -> None:
        """Changes the weights in place."""
        self._steps += 1
        self._mean += 0.1 * (gradient - self._mean)
        self._square += 0.001 * (gradient * gradient - self._square)
        mean = self._mean / (1 - 0.9**self._steps)
        square = self._square / (1 - 0.999**self._steps)
        weights -= self.rate * mean / (np.sqrt(square) + self.damping)
