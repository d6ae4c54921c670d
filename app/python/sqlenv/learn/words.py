"""Questions as tokens, numbers, cues and phrases that may be values.

    question = Question.read("How many singers are older than 30?")
    question.numbers      # [Number(position=6, text="30", value=30.0)]
    question.match(identifier_words("Singer_ID"))

It knows English function words and no database.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

_TOKEN = re.compile(
    r"\"[^\"]+\"|(?<![\w])'[^']+'(?!\w)|\d{4}-\d\d-\d\d|\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    r"|[^\W\d_]+(?:['’][a-z]+)?|\w+"
)
_NUMBER = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_]+")
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "once": 1, "twice": 2, "second": 2, "third": 3,
}  # fmt: skip

# Words that shape a question. Every other word may name a table, a column or a value.
CUES = frozenset(
    """a above after again all alphabetical alphabetically among an and any are as ascending at
    average be before began begin begins below best between biggest born both but by can cheapest
    common contain contains count descending did different distinct do does each earlier earliest
    either equal every exactly ever exceed exceeds expensive fewer fewest find first for frequent from
    give greater greatest had has have heaviest higher highest how in is its known largest last later
    latest least less letter lightest list longest longer lower lowest many maximum mean median
    minimum missing more most much named never newest no none not number occur occurs of off often
    older oldest on one only or order ordered out over own part per percent percentage rank recorded
    round rounded same second share shortest shorter show single slowest smallest smaller sort sorted
    start starts starting sum tallest tell than that the their them there these third those three
    times to together top total two under unique unknown until up value values was were what when
    where which who whose with within without worst year youngest younger zero""".split()
)


def stem(word: str) -> str:
    """A word in lower case without its plural ending: "countries" and "country" give the same."""
    word = word.lower()
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=1 << 16)
def identifier_words(name: str) -> tuple[str, ...]:
    """The stems in a table's or column's name: three in "Song_release_year", two in "petType"."""
    return tuple(stem(piece) for part in name.split("_") for piece in _PIECE.findall(part))


@lru_cache(maxsize=1 << 20)
def alike(a: str, b: str) -> bool:
    """Whether two stems are equal or begin alike, as "delivered" and "delivery" do."""
    if a == b:
        return True
    shared = min(len(a), len(b))
    return shared >= 5 and a[: max(5, shared - 2)] == b[: max(5, shared - 2)]


class Number(NamedTuple):
    position: int
    text: str
    value: float
    digits: bool
    """False for a number word"""


class Match(NamedTuple):
    """How a name occurs in a question."""

    level: int
    """0 not at all, 1 in part, 2 every word"""
    phrase: bool
    """all words are adjacent"""
    position: int
    """position of the first word found; -1 if none"""


@dataclass
class Question:
    text: str
    tokens: list[str] = field(default_factory=list)
    """words as written"""
    stems: list[str] = field(default_factory=list)
    cues: list[str] = field(default_factory=list)
    """the cue words in order, and pairs of neighbours"""
    numbers: list[Number] = field(default_factory=list)
    quoted: list[tuple[int, str]] = field(default_factory=list)
    """(position, text) of quoted pieces and dates"""
    _matches: dict[tuple[str, ...], Match] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Question:
        question = cls(text)
        for token in _TOKEN.findall(text):
            question._take(token)
        lower = [token.lower() for token in question.tokens]
        cues = ["^" + lower[0]] if lower else []
        for here, after in zip(lower, lower[1:] + [""]):
            if here in CUES:
                cues.append(here)
                if after in CUES:
                    cues.append(here + " " + after)
        question.cues = list(dict.fromkeys(cues))
        return question

    def _take(self, token: str) -> None:
        at = len(self.tokens)
        if token[0] in "\"'" or re.fullmatch(r"\d{4}-\d\d-\d\d", token):
            self.quoted.append((at, token.strip("\"'")))
        elif _NUMBER.fullmatch(token):
            plain = token.replace(",", "")
            self.numbers.append(Number(at, plain, float(plain), True))
        elif token.lower() in _NUMBER_WORDS:
            value = _NUMBER_WORDS[token.lower()]
            self.numbers.append(Number(at, str(value), float(value), False))
        self.tokens.append(token)
        self.stems.append(stem(token))

    def match(self, words: tuple[str, ...]) -> Match:
        """Finds the words of a name."""
        known = self._matches.get(words)
        if known is None:
            known = self._matches[words] = self._match(words)
        return known

    def _match(self, words: tuple[str, ...]) -> Match:
        found = []
        for word in words:
            place = next((i for i, own in enumerate(self.stems) if alike(word, own)), -1)
            if place >= 0:
                found.append(place)
        if not found:
            return Match(0, False, -1)
        full = len(found) == len(words)
        side_by_side = full and max(found) - min(found) == len(words) - 1
        return Match(2 if full else 1, side_by_side, min(found))

    def around(self, position: int, before: int, after: int) -> list[str]:
        """The cue words near a token, each with its offset."""
        near = []
        for offset in range(-before, after + 1):
            at = position + offset
            if offset and 0 <= at < len(self.tokens) and self.tokens[at].lower() in CUES:
                near.append(f"{offset}{self.tokens[at].lower()}")
        return near

    @cached_property
    def phrases(self) -> list[str]:
        """Runs of one to four words, in lower case, that are not all cue words: possible values."""
        lower = [token.strip("\"'").lower() for token in self.tokens]
        runs = [
            " ".join(lower[i : i + size])
            for size in range(1, 5)
            for i in range(len(lower) - size + 1)
            if not all(word in CUES for word in lower[i : i + size])
        ]
        singular = [stem(word) for word in lower if word not in CUES]
        return list(dict.fromkeys(runs + singular))
