"""Nearest texts by the cosine of TF-IDF over words and pairs of words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_WORD = re.compile(r"\w+|[<>=!]+")


class Neighbour(NamedTuple):
    place: int
    """of the nearest text in the list; -1 if none shares a word"""
    similarity: float
    """0 to 1; 1 for the same words and pairs"""


class TextIndex:
    """Texts to be found. Rare words and pairs count more than frequent ones, as usual."""

    def __init__(self, texts: Sequence[str]) -> None:
        counts = [_terms(text) for text in texts]
        holders: dict[str, list[int]] = {}
        for i, terms in enumerate(counts):
            for term in terms:
                holders.setdefault(term, []).append(i)
        self._size = len(texts)
        self._idf = {t: float(np.log(1 + len(texts) / len(ids))) for t, ids in holders.items()}
        self._new = float(np.log(1 + len(texts)))
        """of a term that no text has"""
        norms = np.array([self._norm(terms) for terms in counts])
        self._postings: dict[str, tuple[npt.NDArray[np.int64], npt.NDArray[np.float64]]] = {}
        for term, ids in holders.items():
            where = np.array(ids)
            often = np.array([counts[i][term] for i in ids], dtype=np.float64)
            self._postings[term] = (where, often * self._idf[term] / norms[where])

    def nearest(self, text: str) -> Neighbour:
        terms = _terms(text)
        scores = np.zeros(self._size)
        for term, often in terms.items():
            if term in self._postings:
                where, weights = self._postings[term]
                scores[where] += often * self._idf[term] * weights
        if not scores.any():
            return Neighbour(-1, 0.0)
        best = int(scores.argmax())
        return Neighbour(best, min(1.0, float(scores[best]) / self._norm(terms)))

    def _norm(self, terms: Counter[str]) -> float:
        weights = [often * self._idf.get(term, self._new) for term, often in terms.items()]
        return float(np.sqrt(sum(weight * weight for weight in weights))) or 1.0


def _terms(text: str) -> Counter[str]:
    words = _WORD.findall(text.lower())
    return Counter([*words, *(f"{one} {two}" for one, two in zip(words, words[1:]))])
