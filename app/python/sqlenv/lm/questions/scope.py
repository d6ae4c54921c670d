"""The FROM clause of a query and how its columns are named there."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from .schema import Link, quoted


def literal(value: str | int | float) -> str:
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return repr(value)


class Scope:
    """Tables joined by foreign keys, each at most once; one table needs no prefixes."""

    def __init__(self, source: Random, first: str, links: Sequence[Link] = ()) -> None:
        self.tables = [first]
        self.joins: list[tuple[str, Link]] = []
        for link in links:
            new = link.parent if link.child in self.tables else link.child
            self.tables.append(new)
            self.joins.append((new, link))
        self.short = source.random() < 0.67

    def prefix(self, table: str) -> str:
        if not self.joins:
            return ""
        return f"T{self.tables.index(table) + 1}." if self.short else f"{quoted(table)}."

    def ref(self, table: str, column: str) -> str:
        return self.prefix(table) + quoted(column)

    def named(self, table: str) -> str:
        alias = f" AS T{self.tables.index(table) + 1}" if self.joins and self.short else ""
        return quoted(table) + alias

    @property
    def text(self) -> str:
        parts = [f"FROM {self.named(self.tables[0])}"]
        for new, link in self.joins:
            child, parent = self.ref(link.child, link.column), self.ref(link.parent, link.key)
            left, right = (parent, child) if new == link.child else (child, parent)
            parts.append(f"JOIN {self.named(new)} ON {left} = {right}")
        return " ".join(parts)
