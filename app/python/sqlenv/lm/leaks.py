"""Whether training transcripts hold questions of the held-out sets, and how near they come.

    python -m sqlenv.lm leaks --transcripts build/lm/transcripts.jsonl

compares every held-out question with all transcripts: exactly, after normalising (questions;
queries with their values and without), and by the nearest question and the nearest query. It fails
if a held-out question or its whole query is in the transcripts, or if one is about a left-out
database. What shares only the form of its query (values aside) is reported: about databases that
training may use, and for the plainest questions, that is meant to happen.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from ..errors import Error
from .held_out import LEFT_OUT_DATABASES, SETS, held_out_questions
from .nearest import TextIndex

_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\d+\.\d+|\w+|[^\w\s]")
_QUOTED = re.compile(r"'(?:[^']|'')*'")
_NEAR = 0.9
_SHOWN = 3


def question_key(text: str) -> str:
    """A question without case, punctuation and doubled blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def query_key(sql: str) -> str:
    """A query without case (but in texts), needless blanks and a semicolon."""
    tokens = _TOKEN.findall(sql.strip().rstrip(";").replace("<>", "!="))
    return " ".join(t if t.startswith("'") else t.strip('"').lower() for t in tokens)


def query_form(sql: str) -> str:
    """The query's key with "?" for each text and number."""
    return _LITERAL.sub("?", query_key(sql))


def query_shape(sql: str) -> str:
    """The clauses of a query, such as "join where group", for counts."""
    text = _QUOTED.sub("", sql).upper()
    marks = {
        "subquery": text.count("SELECT") > 1, "join": " JOIN " in text, "where": " WHERE " in text,
        "group": " GROUP BY " in text, "having": " HAVING " in text, "order": " ORDER BY " in text,
    }  # fmt: skip
    return " ".join(name for name, there in marks.items() if there) or "plain"


class Asked(NamedTuple):
    """A question, of training or held out."""

    question: str
    sql: str
    database: str
    id: str = ""
    """of a held-out question"""


@dataclass
class Keys:
    """Questions and queries that training must not hold."""

    questions: set[str] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, asked: Iterable[Asked]) -> Keys:
        keys = cls()
        for one in asked:
            keys.add(one.question, one.sql)
        return keys

    def add(self, question: str, sql: str) -> None:
        self.questions.add(question_key(question))
        self.queries.add(query_key(sql))
        self.forms.add(query_form(sql))

    def hold(self, question: str, sql: str) -> bool:
        """Whether the question, or a query with the same values and names, is among them."""
        return question_key(question) in self.questions or query_key(sql) in self.queries


class Pair(NamedTuple):
    similarity: float
    held_out: str
    training: str


@dataclass
class SetReport:
    """How one held-out set compares with the training transcripts."""

    name: str
    questions: int
    same_question: int
    same_query: int
    same_form: list[str]
    """ids of those whose query differs from a training query in its values alone, or not at all;
    success on the others says more"""
    question_similarity: list[float]
    """of the nearest training question: median, 90th percentile, largest"""
    query_similarity: list[float]
    near: int
    """with a training question of similarity 0.9 or more"""
    nearest: list[Pair]
    """the nearest pairs of questions"""

    @property
    def leaks(self) -> bool:
        return self.same_question > 0 or self.same_query > 0


class Training:
    """The training transcripts, indexed."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.keys = Keys.of(asked)
        self._questions = TextIndex([one.question for one in asked])
        self._queries = TextIndex([one.sql for one in asked])

    @property
    def left_out(self) -> int:
        """How many are about a left-out database."""
        return sum(one.database.startswith(LEFT_OUT_DATABASES) for one in self.asked)

    def compare(self, name: str, held_out: Sequence[Asked]) -> SetReport:
        if not held_out:
            raise Error("BAD_OPTION", f"the held-out set {name} is empty: make it again.")
        found = [self._questions.nearest(one.question) for one in held_out]
        pairs = [
            Pair(near.similarity, one.question, self.asked[near.place].question)
            for one, near in zip(held_out, found)
            if near.place >= 0
        ]
        queries = [self._queries.nearest(one.sql).similarity for one in held_out]
        similarities = [near.similarity for near in found]
        keys = self.keys
        return SetReport(
            name,
            len(held_out),
            sum(question_key(one.question) in keys.questions for one in held_out),
            sum(query_key(one.sql) in keys.queries for one in held_out),
            [one.id for one in held_out if query_form(one.sql) in keys.forms],
            _spread(similarities),
            _spread(queries),
            sum(one >= _NEAR for one in similarities),
            sorted(pairs, key=lambda pair: -pair.similarity)[:_SHOWN],
        )


def read_asked(path: Path) -> list[Asked]:
    """The questions and right queries of a file of transcripts.

    Raises Error NOT_FOUND.
    """
    if not path.exists():
        raise Error("NOT_FOUND", f"{path} is not there: run python -m sqlenv.lm transcripts first.")
    with path.open(encoding="utf-8") as file:
        return [_asked(json.loads(line)) for line in file]


def _asked(transcript: dict[str, Any]) -> Asked:
    text = str(transcript["text"])
    lines = [text[start:end] for start, end in transcript["agent"]]
    query = [line[2:].strip() for line in lines if line.startswith("Q ")][-1]
    return Asked(text.split("\n", 1)[0], query, str(transcript["database"]))


def markdown(reports: Sequence[SetReport], transcripts: int) -> str:
    """The reports as a table, with the nearest pairs below."""
    rows = [
        f"| {r.name} | {r.questions} | {r.same_question} | {r.same_query} | {len(r.same_form)} "
        f"| {r.near} | {_shown(r.question_similarity)} | {_shown(r.query_similarity)} |"
        for r in reports
    ]
    head = [
        f"Compared with {transcripts:,} transcripts. Similarity of the nearest: median, 90th"
        " percentile, largest.",
        "",
        "| set | questions | same question | same query | same form | question ≥ 0.9 "
        "| nearest question | nearest query |",
        "|---|--:|--:|--:|--:|--:|---|---|",
    ]
    pairs = [
        f"- {report.name}, {pair.similarity:.2f}: “{pair.held_out}” and “{pair.training}”"
        for report in reports
        for pair in report.nearest
    ]
    return "\n".join([*head, *rows, "", *pairs])


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--transcripts", type=Path, default=Path("build/lm/transcripts.jsonl"))
    parser.add_argument("--sets", nargs="*", default=list(SETS), help="held-out sets")
    parser.add_argument("--output", type=Path, default=Path("build/lm/leaks.json"))


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    training = Training(read_asked(options.transcripts))
    reports = []
    for name in options.sets:
        try:
            held_out = [Asked(*one[1:], one[0]) for one in held_out_questions(name)]
        except Error as error:
            if error.code != "NOT_FOUND":
                raise
            print(f"the set {name} is left out: {error}")
            continue
        reports.append(training.compare(name, held_out))
    options.output.parent.mkdir(parents=True, exist_ok=True)
    found = {
        "transcripts": len(training.asked),
        "about left-out databases": training.left_out,
        "sets": [asdict(report) for report in reports],
    }
    options.output.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(markdown(reports, len(training.asked)))
    leaks = training.left_out > 0 or any(report.leaks for report in reports)
    seconds = time.monotonic() - began
    print(f"\n{'Training holds what it must not.' if leaks else 'No leak.'} {seconds:.0f} s")
    return int(leaks)


def _spread(values: Sequence[float]) -> list[float]:
    return [round(float(np.quantile(values, share)), 3) for share in (0.5, 0.9, 1.0)]


def _shown(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.2f}" for value in values)
