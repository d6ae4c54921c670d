"""The compact dialect's grammar for a model in this process: which text may begin a line.

It allows the lines of `AgentEpisode.grammar` (GBNF, which llama.cpp reads), and reads the tables
from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_OPEN = ("Q SELECT ", "Q WITH ", "Q VALUES ", "A ")
"""beginnings that any text without a line's end may follow"""
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPES = {"n": "\n", "r": "\r"}


class LineGrammar:
    """The lines that an episode allows."""

    def __init__(self, tables: Iterable[str]) -> None:
        looks = [f"{letter} {table}\n" for table in tables for letter in "DS"]
        self._whole = (*looks, "A =\n")

    def allows(self, text: str) -> bool:
        """Whether a line may begin with the text, or be it."""
        if any(line.startswith(text) for line in (*self._whole, *_OPEN)):
            return True
        for head in _OPEN:
            if text.startswith(head):
                rest = text[len(head) :]
                inner = rest[:-1] if rest.endswith("\n") else rest
                return bool(inner) and "\n" not in inner and "\r" not in inner
        return False

    def first(self, text: str, ranked: Iterable[int], tokens: Sequence[str]) -> int | None:
        """The first of the ranked tokens that may follow the text; None if none may. `tokens`: the
        text of each token; one without a text never follows."""
        fitting = (one for one in ranked if tokens[one] and self.allows(text + tokens[one]))
        return next(fitting, None)


@lru_cache(maxsize=256)
def line_grammar(gbnf: str) -> LineGrammar:
    """The grammar that `AgentEpisode.grammar` tells."""
    told = [line for line in gbnf.splitlines() if line.startswith("table ::=")]
    found = _TEXT.findall(told[0]) if told else []
    return LineGrammar([re.sub(r"\\(.)", _unescaped, name) for name in found])


def _unescaped(match: re.Match[str]) -> str:
    return _ESCAPES.get(match[1], match[1])
