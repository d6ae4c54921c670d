"""The words of one question: the noun for each table, the phrase for each column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from . import lexicon
from .conditions import Condition, Conditions
from .schema import Column, Database, Link, Role, Table
from .scope import Scope
from .words import plural


class Speaker:
    """Draws a noun for a table once, and keeps to it through the question."""

    def __init__(self, source: Random, database: Database) -> None:
        self.source = source
        self.database = database
        self.nouns: dict[str, str] = {}

    def one(self, table: Table) -> str:
        if table.name not in self.nouns:
            forms = table.forms
            self.nouns[table.name] = (
                forms[0] if self.source.random() < 0.55 else self.source.choice(forms)
            )
        return self.nouns[table.name]

    def many(self, table: Table) -> str:
        return plural(self.one(table))

    def column(self, column: Column) -> str:
        forms = column.spoken
        if column.role is Role.KEY and forms[0].endswith(" id") and self.source.random() < 0.6:
            return "id"
        return forms[0] if self.source.random() < 0.55 else self.source.choice(forms)

    def some(self, table: Table, conditions: Sequence[Condition], joint: str = "and") -> str:
        """What the rows are called: "cancelled orders from Paris and with a fee above 3"."""
        return restricted(self.many(table), conditions, joint)

    def single(self, table: Table, conditions: Sequence[Condition], joint: str = "and") -> str:
        """The same of one row: "order that has a fee above 3"."""
        return of_one(restricted(self.one(table), conditions, joint))

    def conditions(self, table: Table) -> Conditions:
        return Conditions(self.source, table)

    def attributes(self, table: Table, count: int, avoid: Sequence[str] = ()) -> list[Column]:
        """Columns worth showing, a name first."""
        pool = [
            column
            for column in table.columns
            if column.role is not Role.KEY
            and column.values  # neither blobs nor only NULL
            and column.name not in avoid
            and column.nulls * 3 <= table.rows
        ]
        if len(table.key) == 1 and self.source.random() < 0.1:
            pool += [column for column in table.columns if column.name == table.key[0]]
        label = [column for column in table.label if column in pool]
        chosen = label if label and self.source.random() < 0.75 else []
        rest = [column for column in pool if column not in chosen]
        self.source.shuffle(rest)
        wanted = max(count, len(chosen))
        return (list(chosen) + rest)[:wanted]

    def listed(self, columns: Sequence[Column], many: bool) -> str:
        phrases = [self.column(column) for column in columns]
        if sorted(phrases) == ["first name", "last name"]:
            return "first and last names" if many else "first and last name"
        if many:
            phrases = [plural(phrase) for phrase in phrases]
        return joined(phrases)

    def attributed(self, columns: Sequence[Column]) -> dict[str, str]:
        """The columns for templates, of many rows (`attrs`) and of one (`attr`)."""
        return {"attrs": self.listed(columns, True), "attr": self.listed(columns, False)}


def restricted(noun: str, conditions: Sequence[Condition], joint: str = "and") -> str:
    before = [each.before for each in conditions if each.before]
    after = [each.after for each in conditions if each.after]
    return " ".join([*before, noun, f" {joint} ".join(after)]).strip()


def of_one(text: str) -> str:
    """Verbs behind who, that and which as one row takes them."""
    return PLURAL_VERB.sub(lambda match: match[1] + SINGULAR_VERBS[match[2]], text)


def predicate(after: str, joint: str = " and ") -> str:
    """Words behind the noun as a sentence's end: "from Paris" as "are from Paris", else empty."""
    if joint in after and " between " not in after:
        return ""
    relative = RELATIVE.match(after)
    if relative:
        return after[relative.end() :]
    first = after.split()[0] if after else ""
    if first in ("belonging", "costing"):
        return first[:-3] + after[len(first) :]
    if first == "with" and after.split()[1] in HAD:
        return "have " + after[5:]
    if first in BEING:
        return "are " + after
    if first in HAPPENED or re.match(r"\w+(ed|en|ld|de|ught) by ", after):
        return "were " + after
    return "are " + after if first.endswith("ing") and first != "having" else ""


HAD = set("a an the at more fewer less over".split())
BEING = set("from in older younger located cheaper named called aged".split())
RELATIVE = re.compile(r"(who|that|which) (?!born)")
HAPPENED = set(lexicon.PASSIVE.values())
SINGULAR_VERBS = {
    "are": "is",
    "have": "has",
    "come": "comes",
    "don't": "doesn't",
    "do not": "does not",
    "were": "was",
    "cost": "costs",
    "belong": "belongs",
}
PLURAL_VERB = re.compile(r"\b((?:who|that|which) )(" + "|".join(SINGULAR_VERBS) + r")\b")


def joined(phrases: Sequence[str]) -> str:
    """a, b and c"""
    if len(phrases) < 2:
        return "".join(phrases)
    return ", ".join(phrases[:-1]) + " and " + phrases[-1]


def refs(scope: Scope, columns: Sequence[Column]) -> str:
    return ", ".join(scope.ref(column.table, column.name) for column in columns)


def where(scope: Scope, conditions: Sequence[Condition], joint: str = "AND") -> str:
    if not conditions:
        return ""
    return " WHERE " + f" {joint} ".join(condition.sql(scope) for condition in conditions)


def relation(
    source: Random, link: Link, fallback: Sequence[str] = ("of", "belonging to", "that belong to")
) -> str:
    """What a child is to its parent: "written by"."""
    if link.relation and (not fallback or source.random() < 0.85):
        return link.relation
    return source.choice(list(fallback))
