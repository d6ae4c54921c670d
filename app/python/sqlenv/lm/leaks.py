"""Whether training transcripts hold questions of the held-out sets, and how near they come."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LITERAL = re.compile(r"'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
_TOKEN = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\w+|[^\w\s]")
_QUOTED = re.compile(r"'(?:[^']|'')*'")


def question_key(text: str) -> str:
    """A question without case, punctuation and doubled blanks."""
    return " ".join(re.findall(r"\w+", text.lower()))


def query_key(sql: str) -> str:
    """A query without case (but in texts), needless blanks and a semicolon."""
    tokens = _TOKEN.findall(sql.strip().rstrip(";"))
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


@dataclass
class Keys:
    """Questions and queries that training must not hold."""

    questions: set[str] = field(default_factory=set)
    queries: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)

    def add(self, question: str, sql: str) -> None:
        self.questions.add(question_key(question))
        self.queries.add(query_key(sql))
        self.forms.add(query_form(sql))

    def hold(self, question: str, sql: str) -> bool:
        """Whether the question, or a query with the same values and names, is among them."""
        return question_key(question) in self.questions or query_key(sql) in self.queries
