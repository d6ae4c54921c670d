"""Writes a domain as an SQLite database filled with seeded rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from random import Random

from .language import ColumnText, Domain, TableText
from .values import Kind, Value

RESERVED = {
    "order",
    "group",
    "table",
    "transaction",
    "match",
    "index",
    "check",
    "case",
    "references",
}


def quoted(name: str) -> str:
    return f'"{name}"' if name.lower() in RESERVED else name


class Builder:
    """Makes one database; the same seed makes the same rows."""

    def __init__(self, domain: Domain, seed: int) -> None:
        self.domain = domain
        self.source = Random(f"{domain.name}/{seed}")
        self.style = self.source.randrange(3)
        self.scale = self.source.choice([0.6, 1.0, 1.0, 1.5])
        self.keys: dict[str, list[Value]] = {}
        """the primary keys of tables that have one column as their key"""

    def statements(self, connection: sqlite3.Connection) -> None:
        for table in self.domain.tables:
            connection.execute(self.definition(table))
            rows = self.rows(table)
            marks = ", ".join("?" * len(table.columns))
            connection.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", rows)
            if len(table.keys) == 1:
                place = table.columns.index(table.keys[0])
                self.keys[table.name] = [row[place] for row in rows]

    def definition(self, table: TableText) -> str:
        parts = [f"{quoted(column.name)} {self.sql_type(column)}" for column in table.columns]
        if table.keys:
            parts.append(f"PRIMARY KEY ({', '.join(quoted(column.name) for column in table.keys)})")
        for column in table.columns:
            if column.parent:
                parent = self.domain.table(column.parent)
                target = f"{quoted(parent.name)} ({quoted(parent.keys[0].name)})"
                parts.append(f"FOREIGN KEY ({quoted(column.name)}) REFERENCES {target}")
        return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"

    def sql_type(self, column: ColumnText) -> str:
        while column.parent:
            column = self.domain.table(column.parent).keys[0]
        if column.kind == "serial":
            return ("INTEGER", "INT", "INTEGER")[self.style]
        return Kind(column.kind).sql_types[self.style]

    def rows(self, table: TableText) -> list[tuple[Value, ...]]:
        count = max(3, round(table.rows * self.scale))
        for column in table.columns:
            kind = None if column.parent or column.kind == "serial" else Kind(column.kind)
            if kind and kind.unique and kind.pool:
                count = min(count, len(kind.pool))
        if (
            len(table.keys) == 1 and not table.keys[0].parent
        ):  # first, for references to its own rows
            own = self.column(table, table.keys[0], count)
            self.keys[table.name], count = own, len(own)
        columns = [self.column(table, column, count) for column in table.columns]
        seen: set[tuple[Value, ...]] = set()
        kept = []
        places = [table.columns.index(key) for key in table.keys]
        for row in zip(*columns, strict=False):
            key = tuple(row[place] for place in places)
            if key not in seen or not places:
                seen.add(key)
                kept.append(row)
        return kept

    def column(self, table: TableText, column: ColumnText, count: int) -> list[Value]:
        if column.parent:
            values = self.references(table, column, count)
        elif [column] == list(table.keys) and table.name in self.keys:
            return self.keys[table.name]
        elif column.kind == "serial":
            first = self.source.choice([1, 1, 1, 101, 1001])
            values = list(range(first, first + count))
        else:
            values = Kind(column.kind).column(self.source, count)
        if column.optional:
            share = self.source.choice([0.1, 0.2, 0.3])
            values = [None if self.source.random() < share else value for value in values]
        return values

    def references(self, table: TableText, column: ColumnText, count: int) -> list[Value]:
        """Keys of the parent, some often, some never."""
        if column.parent == table.name:  # a few rows lead the others
            heads = self.keys[table.name][:4]
            return [None if place < 4 else self.source.choice(heads) for place in range(count)]
        pool = list(self.keys[column.parent])
        self.source.shuffle(pool)
        unused = 0 if len(pool) < 4 else self.source.randint(0, max(1, len(pool) // 4))
        used = pool[unused:] if count > len(pool) / 2 else pool
        weights = [1 / (place + 3) for place in range(len(used))]
        return list(self.source.choices(used, weights, k=count))


def build_database(domain: Domain, path: Path, seed: int) -> None:
    """Writes the file anew; every foreign key leads to a row."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("PRAGMA journal_mode = OFF")
        Builder(domain, seed).statements(connection)
