"""A SQLite database in memory as tables and rows, to be thinned out, renamed and written again.

    database = read_database("shop.sqlite")
    write_database(renamed(database, names), "copy.sqlite")

Keys and foreign keys are kept; checks, indexes, views and triggers are not, since play needs none.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    not_null: bool
    key: int
    """its place in the primary key, from 1; 0 if it is not in it"""


@dataclass(frozen=True)
class ForeignKey:
    columns: tuple[str, ...]
    parent: str
    parent_columns: tuple[str, ...]


@dataclass
class Table:
    name: str
    columns: list[Column]
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def index(self, column: str) -> int:
        return next(i for i, one in enumerate(self.columns) if one.name == column)

    def cells(self, columns: Iterable[str]) -> list[Row]:
        """The values of these columns in each row."""
        places = [self.index(column) for column in columns]
        return [tuple(row[place] for place in places) for row in self.rows]

    @property
    def linking(self) -> set[str]:
        """The columns in a foreign key."""
        return {column for key in self.foreign_keys for column in key.columns}


Database = list[Table]


@dataclass(frozen=True)
class Names:
    """New names of a database's tables and of each table's columns, by the old names."""

    tables: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]


def read_database(path: Path) -> Database:
    """The tables of a SQLite file, or of a script of SQL if the name ends in ".sql"."""
    if path.suffix == ".sql":
        return read_script(path.read_text("utf-8"))
    connection = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)
    try:
        return _read(connection)
    finally:
        connection.close()


def read_script(script: str) -> Database:
    """The tables that a script of SQL makes."""
    connection = sqlite3.connect(":memory:")
    try:
        connection.executescript(script)
        return _read(connection)
    finally:
        connection.close()


def write_database(database: Database, path: Path | str) -> None:
    """Writes a new SQLite file. Equal databases give equal bytes."""
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        fill(connection, database)
        connection.commit()
    finally:
        connection.close()


def fill(connection: sqlite3.Connection, database: Database) -> None:
    """Makes the tables and their rows on an empty connection."""
    for table in database:
        connection.execute(create_statement(table))
        marks = ", ".join("?" * len(table.columns))
        connection.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", table.rows)


def create_statement(table: Table) -> str:
    """CREATE TABLE with its keys, in the way that people write it."""
    key = sorted((c for c in table.columns if c.key), key=lambda column: column.key)
    lines = []
    for column in table.columns:
        line = f"  {quoted(column.name)} {column.type}".rstrip()
        if len(key) == 1 and column.key:
            line += " PRIMARY KEY"
        elif column.not_null:
            line += " NOT NULL"
        lines.append(line)
    if len(key) > 1:
        lines.append(f"  PRIMARY KEY ({_listed(c.name for c in key)})")
    for foreign in table.foreign_keys:
        parent = f"{quoted(foreign.parent)} ({_listed(foreign.parent_columns)})"
        lines.append(f"  FOREIGN KEY ({_listed(foreign.columns)}) REFERENCES {parent}")
    return f"CREATE TABLE {quoted(table.name)} (\n" + ",\n".join(lines) + "\n)"


def renamed(database: Database, names: Names) -> Database:
    """The same tables and rows under new names."""
    return [_renamed_table(table, names) for table in database]


def quoted(name: str) -> str:
    """A name as SQL reads it: in double quotes unless it is a plain word."""
    plain = name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit()
    return name if plain else '"' + name.replace('"', '""') + '"'


def _renamed_table(table: Table, names: Names) -> Table:
    columns = names.columns[table.name]
    return Table(
        names.tables[table.name],
        [replace(column, name=columns[column.name]) for column in table.columns],
        [
            ForeignKey(
                tuple(columns[column] for column in key.columns),
                names.tables[key.parent],
                tuple(names.columns[key.parent][column] for column in key.parent_columns),
            )
            for key in table.foreign_keys
        ],
        table.rows,
    )


def _read(connection: sqlite3.Connection) -> Database:
    connection.text_factory = lambda raw: raw.decode("utf-8", "replace")
    listed = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY rowid"
    )
    names = [name for (name,) in listed]
    return [_read_table(connection, name, names) for name in names]


def _read_table(connection: sqlite3.Connection, name: str, names: list[str]) -> Table:
    info = connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
    columns = [Column(row[1], row[2], bool(row[3]), row[5]) for row in info]
    rows = connection.execute(f"SELECT * FROM {quoted(name)}").fetchall()
    return Table(name, columns, _foreign_keys(connection, name, columns, names), rows)


def _foreign_keys(
    connection: sqlite3.Connection, name: str, columns: list[Column], names: list[str]
) -> list[ForeignKey]:
    """The table's foreign keys in the order of its columns, without those to unknown tables."""
    spelling = {one.lower(): one for one in names}
    own = {column.name.lower(): column.name for column in columns}
    parts: dict[int, list[Row]] = {}
    for row in connection.execute(f"PRAGMA foreign_key_list({quoted(name)})"):
        parts.setdefault(row[0], []).append(row)
    found = []
    for group in parts.values():
        parent = spelling.get(group[0][2].lower())
        if parent is None:
            continue
        info = connection.execute(f"PRAGMA table_info({quoted(parent)})").fetchall()
        key = [row[1] for row in sorted(info, key=lambda row: int(row[5])) if row[5]]
        theirs = {row[1].lower(): row[1] for row in info}
        if group[0][4] is None:
            targets: list[str | None] = list(key[: len(group)])
        else:
            targets = [theirs.get(row[4].lower()) for row in group]
        if len(targets) == len(group) and None not in targets:
            sources = tuple(own[row[3].lower()] for row in group)
            found.append(ForeignKey(sources, parent, tuple(str(target) for target in targets)))
    place = {column.name: i for i, column in enumerate(columns)}
    return sorted(found, key=lambda key: [place[column] for column in key.columns])


def _listed(names: Iterable[str]) -> str:
    return ", ".join(quoted(name) for name in names)
