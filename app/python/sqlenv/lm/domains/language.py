"""The text in which domains are written, and its reader.

    # library
    Author[author|writer] x14: Author_ID*, Name person, born[birth year] year(1930-1985)
    Book x40: Book_ID*, Title title, Author_ID>Author=written by, Genre {novel|poetry}?
    Loan x60: Book_ID*>Book, Member_ID*>Member=made by/borrowed by, Due date(2022-2023)?

A line holds a table, the forms in which people say its name, how many rows it has, its columns.
A column is a name, its spoken forms, `*` for a part of the primary key, and a kind of values or
`>Table` for a foreign key to that table's primary key, with what a row is to it ("a book written by
an author") and, behind `/`, what the row at the other end of a many-to-many table is to it ("a book
borrowed by a member"). A final `?` leaves some values NULL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TABLE = re.compile(r"(?P<name>\w+)(?:\[(?P<spoken>[^\]]*)\])? x(?P<rows>\d+): (?P<columns>.+)")
COLUMN = re.compile(
    r"(?P<name>\w+)(?P<star>\*)?(?:\[(?P<spoken>[^\]]*)\])?(?P<key>\*)?"
    r"(?:>(?P<parent>\w+)(?:=(?P<relation>[^?]+))?|\s+(?P<kind>[^?]+))?(?P<optional>\?)?"
)
COMMA = re.compile(r",\s*(?![^{(\[]*[})\]])")


@dataclass(frozen=True)
class ColumnText:
    name: str
    spoken: tuple[str, ...]
    key: bool
    parent: str
    """the table that a foreign key leads to, else empty"""
    relation: str
    """what a row is to its parent: "written by" """
    through: str
    """of a many-to-many table, what the row at its other end is to the parent: "enrolled in" """
    kind: str
    optional: bool


@dataclass(frozen=True)
class TableText:
    name: str
    spoken: tuple[str, ...]
    rows: int
    columns: tuple[ColumnText, ...]

    @property
    def keys(self) -> tuple[ColumnText, ...]:
        return tuple(column for column in self.columns if column.key)


@dataclass(frozen=True)
class Domain:
    name: str
    tables: tuple[TableText, ...]

    def table(self, name: str) -> TableText:
        return next(table for table in self.tables if table.name == name)


def spoken_forms(text: str | None) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def read_column(text: str) -> ColumnText:
    match = COLUMN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"a column is written NAME[spoken]* KIND or NAME>TABLE=phrase: {text!r}")
    relation, _, through = (match["relation"] or "").partition("/")
    return ColumnText(
        match["name"],
        spoken_forms(match["spoken"]),
        bool(match["key"] or match["star"]),
        match["parent"] or "",
        relation.strip(),
        through.strip(),
        (match["kind"] or "serial").strip(),
        bool(match["optional"]),
    )


def read_table(line: str) -> TableText:
    match = TABLE.fullmatch(line)
    if match is None:
        raise ValueError(f"a table is written NAME[spoken] xROWS: COLUMN, COLUMN: {line!r}")
    columns = tuple(read_column(part) for part in COMMA.split(match["columns"]))
    return TableText(match["name"], spoken_forms(match["spoken"]), int(match["rows"]), columns)


def read_domains(text: str) -> dict[str, Domain]:
    """Domains by name, in the order of the text."""
    domains: dict[str, Domain] = {}
    for block in re.split(r"(?m)^# ", text)[1:]:
        name, *lines = [line.strip() for line in block.splitlines() if line.strip()]
        domains[name] = Domain(name, tuple(read_table(line) for line in lines))
    return domains
