"""Queries follow the new names of tables and columns.

SQLite itself rewrites them: each query becomes a view of an empty copy of the schema, ALTER TABLE
renames, and the view's text is read again. So aliases, subqueries and shadowed names are right.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from .database_copy import Database, Names, create_statement, quoted
from .schema_words import RESERVED

_VIEW = "query_to_rename_"
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"")
_NAMED_VIEW = re.compile(_VIEW + r"\d+")


def rename_queries(database: Database, names: Names, queries: Sequence[str]) -> list[str | None]:
    """Each query with the new names; None where SQLite cannot do it."""
    groups: dict[tuple[str, ...], list[int]] = {}
    for i, query in enumerate(queries):
        words = {word.lower() for word in _WORD.findall(query)}
        used = tuple(t.name for t in database if t.name.lower() in words)
        groups.setdefault(used, []).append(i)
    found: list[str | None] = [None] * len(queries)
    for used, members in groups.items():
        tables = [replace(t, rows=[], foreign_keys=[]) for t in database if t.name in used]
        some = _rename_some(tables, names, [queries[i] for i in members])
        for i, new in zip(members, some):
            found[i] = new
    return found


def _rename_some(tables: Database, names: Names, queries: Sequence[str]) -> list[str | None]:
    """Renames in queries that read these tables. The time is that of every rename reading every
    query again, so only names that occur are renamed."""
    words = {word.lower() for query in queries for word in _WORD.findall(query)}
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for table in tables:
            connection.execute(create_statement(table))
        heads = [_make_view(connection, i, query) for i, query in enumerate(queries)]
        connection.execute("BEGIN")
        for old, new in _steps({table.name: names.tables[table.name] for table in tables}):
            for name in (f"{old}_between", new) if old.lower() == new.lower() else (new,):
                _alter(connection, f"ALTER TABLE {quoted(old)} RENAME TO {quoted(name)}")
                old = name
        for table in tables:
            _rename_columns(connection, names.tables[table.name], names.columns[table.name], words)
        views = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'view'"))
        texts = [(views.get(f"{_VIEW}{i}"), head) for i, head in enumerate(heads)]
        return [None if text is None else unquoted(text[len(head) :]) for text, head in texts]
    finally:
        connection.close()


def unquoted(query: str) -> str:
    """The query without the double quotes around plain words that need none."""
    return _QUOTED.sub(lambda match: _plain(match[0]), query)


def _plain(token: str) -> str:
    name = token[1:-1]
    bare = token[:1] == '"' and quoted(name) == name and name.lower() not in RESERVED
    return name if bare else token


def _make_view(connection: sqlite3.Connection, number: int, query: str) -> str:
    """Makes a view of a query if it can be one; gives the text that stands before the query."""
    head = f"CREATE VIEW {_VIEW}{number} AS "
    try:
        connection.execute(head + query)
        connection.execute(f"SELECT * FROM {_VIEW}{number}")
    except (sqlite3.Error, sqlite3.Warning):
        connection.execute(f"DROP VIEW IF EXISTS {_VIEW}{number}")
    return head


def _rename_columns(
    connection: sqlite3.Connection, table: str, names: Mapping[str, str], words: set[str]
) -> None:
    """Renames the columns that are among the words, and those whose names they take."""
    used = {old for old in names if old.lower() in words}
    while True:
        wanted = {names[old].lower() for old in used}
        met = {old for old in names if old.lower() in wanted} - used
        if not met:
            break
        used |= met
    alter = f"ALTER TABLE {quoted(table)} RENAME COLUMN"
    for old, new in _steps({old: new for old, new in names.items() if old in used}):
        _alter(connection, f"{alter} {quoted(old)} TO {quoted(new)}")


def _alter(connection: sqlite3.Connection, statement: str) -> None:
    """Renames; drops the views that SQLite cannot follow, such as those that name a column of an
    inner query that has no name of its own there."""
    while True:
        try:
            connection.execute(statement)
            return
        except sqlite3.OperationalError as error:
            view = _NAMED_VIEW.search(str(error))
            if view is None:
                raise
            connection.execute(f"DROP VIEW {view[0]}")


def _steps(names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Renames one after another, none of which meets a name that is still in use."""
    steps: list[tuple[str, str]] = []
    waiting = {old: new for old, new in names.items() if old != new}
    taken = {old.lower() for old in names}
    while waiting:
        free = [
            old for old, new in waiting.items()
            if new.lower() not in taken or new.lower() == old.lower()
        ]
        if not free:
            old = next(iter(waiting))
            between = f"name_between_{len(steps)}"
            steps.append((old, between))
            taken.discard(old.lower())
            taken.add(between)
            waiting[between] = waiting.pop(old)
            continue
        for old in free:
            new = waiting.pop(old)
            steps.append((old, new))
            taken.discard(old.lower())
            taken.add(new.lower())
    return steps
