"""SeenDatabase: the part of a database that an agent has read in one episode, from observations alone.

Tables are known by name at first, their columns after DESCRIBE, values after SAMPLE or a look-up.
`fingerprint` names all that was read, so that features computed from it can be kept.
"""

from __future__ import annotations

import re
from collections.abc import Hashable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple

_FOREIGN = re.compile(r"FOREIGN KEY (.+?) -> (.+?)\((.+)\)$")
_NUMERIC = ("INT", "REAL", "NUM", "FLOA", "DOUB", "DEC", "BIT")
_TYPE_WORDS = ("PRIMARY KEY", "NOT NULL", "GENERATED", "UNIQUE")


class Column(NamedTuple):
    table: str
    name: str
    type: str
    """the declared type, in capitals"""
    key: bool
    nullable: bool
    numeric: bool


class Link(NamedTuple):
    """A foreign key of one column."""

    column: str
    table: str
    referenced: str


@dataclass
class Table:
    """A described table. Agents share it, so it must not change."""

    name: str
    columns: list[Column] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @cached_property
    def key(self) -> Column:
        """The first key column, else the first column."""
        return next((column for column in self.columns if column.key), self.columns[0])


class Shown(NamedTuple):
    """Rows as an observation shows them."""

    columns: list[str]
    rows: list[list[str]]
    total: int


def read_rows(result: str) -> Shown | None:
    """The rows in the text of a SAMPLE or QUERY; None if its cells are ambiguous."""
    lines = result.split("\n")
    found = re.fullmatch(r"\((?:(\d+) of )?(\d+) rows?(?: shown)?\)", lines[-1])
    if len(lines) < 2 or not found:
        return None
    columns = lines[0].split(" | ")
    rows = [line.split(" | ") for line in lines[1:-1]]
    if any(len(row) != len(columns) for row in rows):
        return None
    return Shown(columns, rows, int(found[2]))


class Hit(NamedTuple):
    """A stored value that is a phrase of the question."""

    table: str
    column: str
    value: str
    """trimmed, in lower case"""
    stored: tuple[str, ...]
    """the spellings in the data"""


@dataclass
class SeenDatabase:
    """Belongs to one agent; the Tables in it are shared."""

    names: list[str]
    """all tables, in the order of the first observation"""
    tables: dict[str, Table] = field(default_factory=dict)
    """the described ones, in the order of their DESCRIBEs"""
    sampled: set[str] = field(default_factory=set)
    looked_up: set[str] = field(default_factory=set)
    hits: dict[tuple[str, str, str], set[str]] = field(default_factory=dict)

    @classmethod
    def begin(cls, schema_info: str) -> SeenDatabase:
        first = schema_info.split("\n")[0].removeprefix("Tables: ")
        return cls([name for name in first.split(", ") if name])

    @property
    def fingerprint(self) -> tuple[frozenset[str], frozenset[tuple[str, str, str]]]:
        """The tables described and the values found."""
        return (frozenset(self.tables), frozenset(self.hits))

    @property
    def looks(self) -> Hashable:
        """The fingerprint, and the tables that were sampled or looked up."""
        looked = (frozenset(self.sampled), frozenset(self.looked_up))
        return (self.fingerprint, looked)

    def described(self) -> list[Table]:
        """The described tables in the database's order."""
        return [self.tables[name] for name in self.names if name in self.tables]

    def values(self) -> list[Hit]:
        found = sorted(self.hits.items())
        return [Hit(*key, tuple(sorted(stored))) for key, stored in found]

    def read_description(self, name: str, result: str) -> None:
        """Adds the table in the text of a DESCRIBE."""
        table = _read_table(name, result)
        if table.columns:
            self.tables[name] = table

    def read_sample(self, name: str, result: str, phrases: set[str]) -> None:
        """Adds the cells of a SAMPLE that are phrases of the question."""
        self.sampled.add(name)
        shown = read_rows(result)
        if shown is None:
            return
        for row in shown.rows:
            for column, cell in zip(shown.columns, row):
                if cell.strip().lower() in phrases and not _is_number(cell):
                    self._hit(name, column, cell)

    def read_look_up(self, names: list[str], result: str) -> None:
        """Adds the rows (table, column, value) of a look-up."""
        self.looked_up.update(names)
        shown = read_rows(result)
        for row in shown.rows if shown and len(shown.columns) == 3 else []:
            self._hit(*row)

    def _hit(self, table: str, column: str, cell: str) -> None:
        self.hits.setdefault((table, column, cell.strip().lower()), set()).add(cell)


@lru_cache(maxsize=1 << 12)
def _read_table(name: str, result: str) -> Table:
    table = Table(name)
    for line in result.split("\n"):
        if foreign := _FOREIGN.match(line.strip()):
            if ", " not in foreign[1]:
                table.links.append(Link(foreign[1], foreign[2], foreign[3]))
        elif line.startswith("  "):
            table.columns.append(_read_column(name, line[2:]))
    return table


def _read_column(table: str, line: str) -> Column:
    words = line
    for word in _TYPE_WORDS:
        words = words.replace(" " + word, "")
    name, _, declared = words.rpartition(" ") if " " in words else (words, "", "")
    if "(" in declared or declared.upper() != declared:
        name, _, declared = words.partition(" ")
    key = "PRIMARY KEY" in line
    numeric = any(word in declared.upper() for word in _NUMERIC)
    return Column(table, name, declared.upper(), key, not key and "NOT NULL" not in line, numeric)


def _is_number(text: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", text.strip()) is not None
