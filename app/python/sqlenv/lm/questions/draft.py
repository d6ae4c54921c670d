"""A question on its way: SQL, words and what must hold of its rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from .conditions import Condition
from .schema import Column, Database, Link, Role, Table
from .scope import Scope
from .speaker import Speaker
from .templates import sentence, wordings


@dataclass(frozen=True)
class Draft:
    sql: str
    question: str
    tables: Sequence[str]
    order: str = ""
    """a query of the ordering values in their order, of which the first `limit` + 1 must differ"""
    limit: int = 0
    """0: all of them must differ"""
    least: int = 1
    """the fewest rows that make a question of this"""
    exactly: int = 0
    """how many rows there must be, if it matters: a group for each value that is asked for"""


@dataclass
class Maker:
    """What each shape draws from: a source of chance, the database, one question's words."""

    source: Random
    database: Database
    speaker: Speaker = field(init=False)

    def __post_init__(self) -> None:
        self.speaker = Speaker(self.source, self.database)

    def table(self, *roles: Role, entity: bool = True) -> Table | None:
        """A table with a column of one of these roles."""
        fitting = [
            table
            for table in self.database.tables.values()
            if (not roles or table.having(*roles))
            and not (entity and table.is_link and not table.having(*ASKED))
        ]
        return self.source.choice(fitting) if fitting else None

    def column(self, table: Table, *roles: Role) -> Column | None:
        columns = table.having(*roles)
        return self.source.choice(columns) if columns else None

    def links(self) -> list[Link]:
        """Foreign keys from one table to another."""
        return [
            link
            for table in self.database.tables.values()
            for link in table.links
            if link.parent != link.child
        ]

    def ambiguous(self, link: Link) -> bool:
        """Whether its child leads to the parent by another key too: from and to an airport."""
        others = self.database.table(link.child).links
        return sum(other.parent == link.parent for other in others) > 1

    def some(self, table: Table, chance: float, avoid: Sequence[str] = ()) -> list[Condition]:
        """One broad condition with this chance, else none."""
        if self.source.random() >= chance:
            return []
        found = self.speaker.conditions(table).broad(tuple(avoid))
        return [found] if found else []

    def say(self, section: str, table: Table | None, **filling: str) -> str:
        """A sentence of a section of wordings.txt; about people it says who and their."""
        change = personal if table and table.person else None
        if table and table.person:
            filling |= {f"who_{name}": filling.get(f"{name}_label", "") for name in ("x", "xs")}
            filling["who_x"] = " " if filling["who_x"] else ""
            filling["who_best"] = filling["best"] if filling.get("has_most_label") else ""
        return typed(self.source, sentence(self.source, wordings(section), filling, change))

    def which(self, label: bool) -> str:
        """The section for a question that begins with which, and asks for the name or for more."""
        return "which" if label and self.source.random() < 0.7 else "which_give"

    def scope(self, first: Table, *links: Link) -> Scope:
        return Scope(self.source, first.name, links)


ASKED = (Role.NUMBER, Role.NAME, Role.CATEGORY, Role.DATE, Role.YEAR)


def typed(source: Random, text: str) -> str:
    """The sentence as it comes: seldom without its capital or its last mark."""
    chance = source.random()
    if chance < 0.03 and not text[:2].isupper():
        return text[:1].lower() + text[1:]
    return text[:-1] if chance > 0.98 else text


def personal(text: str) -> str:
    """The sentence about people: who for that, their for its."""
    text = re.sub(r"\bthat (ha|do|was|were|is|are|start|join)", r"who \1", text)
    return text.replace("it has", "they have").replace("its", "their").replace("<that>", "who")
