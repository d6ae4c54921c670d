"""Sketch: a query as the choices that make it up, and its SQL.

A sketch has one main table; columns of other described tables are joined in by the shortest way
over foreign keys (declared, or guessed where a column has the name of another table's key).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .seen_database import Column, Table

SHAPES = (
    "list", "distinct", "count", "count_distinct", "avg", "sum", "min", "max", "top", "sorted",
    "group_count", "group_avg", "group_sum", "group_min", "group_max", "most_frequent",
    "least_frequent", "having", "beyond_average", "count_beyond", "without",
)  # fmt: skip
"""the kinds of queries"""

AMOUNTS = {"avg": "AVG", "sum": "SUM", "min": "MIN", "max": "MAX"}


class Filter(NamedTuple):
    column: Column
    operator: str
    """=, !=, <, <=, >, >=, prefix, contains, null, not null, in"""
    value: str
    number: bool = False
    stored: tuple[str, ...] = ()
    """for = and !=: the spellings found in the data"""


@dataclass(frozen=True)
class Sketch:
    table: str
    shape: str
    targets: tuple[Column, ...] = ()
    filters: tuple[Filter, ...] = ()
    either: bool = False
    """the filters are joined by OR"""
    group: Column | None = None
    order: Column | None = None
    descending: bool = False
    limit: str = ""
    """such as "3" or "1 OFFSET 1"; empty for all rows"""
    digits: int | None = None
    """decimals of an amount"""
    least: str = ""
    """for shape `having`: the comparison of the groups' sizes, such as ">= 2" """
    child: str = ""
    """for shape `without`: the table that must not refer to the row"""


class Edge(NamedTuple):
    from_table: str
    from_column: str
    to_table: str
    to_column: str


class Joins:
    """Joins between the described tables."""

    def __init__(self, tables: Sequence[Table]) -> None:
        self.tables = {table.name.lower(): table for table in tables}
        self.near: dict[str, list[Edge]] = {name: [] for name in self.tables}
        for table in self.tables.values():
            for edge in self._edges(table):
                back = Edge(edge.to_table, edge.to_column, edge.from_table, edge.from_column)
                self.near[edge.from_table.lower()].append(edge)
                self.near[edge.to_table.lower()].append(back)

    def _edges(self, table: Table) -> list[Edge]:
        declared = [
            Edge(table.name, link.column, self.tables[link.table.lower()].name, link.referenced)
            for link in table.links
            if link.table.lower() in self.tables
        ]
        linked = {edge.from_column.lower() for edge in declared}
        for column in table.columns:
            for other in self.tables.values():
                if (
                    other is not table
                    and column.name.lower() == other.key.name.lower()
                    and other.key.key
                    and not (column.key and table.key == column)
                    and column.name.lower() not in linked
                ):
                    declared.append(Edge(table.name, column.name, other.name, other.key.name))
        return declared

    def ways(self, start: str, farthest: int = 1) -> dict[str, list[Edge]]:
        """The shortest way to each table that is at most `farthest` joins away."""
        found: dict[str, list[Edge]] = {start: []}
        queue = deque([start])
        while queue:
            here = queue.popleft()
            if len(found[here]) == farthest:
                continue
            for edge in self.near[here.lower()]:
                if edge.to_table not in found:
                    found[edge.to_table] = [*found[here], edge]
                    queue.append(edge.to_table)
        return found

    def referring(self, table: str) -> list[Edge]:
        """The edges from a table's key to the tables that refer to it."""
        return [
            edge
            for edge in self.near[table.lower()]
            if edge.to_table != table
            and any(link.table.lower() == table.lower() and link.column == edge.to_column
                    for link in self.tables[edge.to_table.lower()].links)
        ]


def to_sql(sketch: Sketch, joins: Joins) -> str:
    """The sketch as one SELECT."""
    used = [*sketch.targets, *(each.column for each in sketch.filters)]
    used += [column for column in (sketch.group, sketch.order) if column is not None]
    source = _source(sketch.table, [column.table for column in used], joins)
    where = _where(sketch, joins)
    return _WRITERS.get(sketch.shape, _grouped)(sketch, source, where)


def _source(table: str, others: list[str], joins: Joins) -> str:
    text, joined = quoted(table), {table}
    ways = joins.ways(table)
    for other in others:
        for edge in ways.get(other, []):
            if edge.to_table not in joined:
                joined.add(edge.to_table)
                left = f"{quoted(edge.from_table)}.{quoted(edge.from_column)}"
                right = f"{quoted(edge.to_table)}.{quoted(edge.to_column)}"
                text += f" JOIN {quoted(edge.to_table)} ON {left} = {right}"
    return text


def _where(sketch: Sketch, joins: Joins) -> str:
    parts = [_condition(each) for each in sketch.filters]
    text = (" OR " if sketch.either else " AND ").join(parts)
    text = f"({text})" if sketch.either else text
    if sketch.shape == "without":
        key = next((e for e in joins.referring(sketch.table) if e.to_table == sketch.child), None)
        if key is not None:
            inner = f"SELECT {quoted(key.to_column)} FROM {quoted(key.to_table)}"
            absent = f"{quoted(sketch.table)}.{quoted(key.from_column)} NOT IN ({inner}"
            absent += f" WHERE {quoted(key.to_column)} IS NOT NULL)"
            text = f"{text} AND {absent}" if text else absent
    return " WHERE " + text if text else ""


def _condition(each: Filter) -> str:
    column = full_name(each.column)
    if each.operator in ("null", "not null"):
        return f"{column} IS {each.operator.upper()}"
    if each.operator == "prefix":
        return f"{column} LIKE {text_literal(each.value + '%')}"
    if each.operator == "contains":
        return f"{column} LIKE {text_literal('%' + each.value + '%')}"
    if each.number:
        return f"{column} {each.operator} {each.value}"
    if len(each.stored) == 1:
        return f"{column} {each.operator} {text_literal(each.stored[0])}"
    if each.stored:
        return f"lower(trim({column})) {each.operator} {text_literal(each.value)}"
    return f"{column} {each.operator} {text_literal(each.value)}"


def _list(sketch: Sketch, source: str, where: str) -> str:
    distinct = "DISTINCT " if sketch.shape == "distinct" else ""
    names = ", ".join(map(full_name, sketch.targets))
    if sketch.shape == "distinct":
        where = f"{where} AND " if where else " WHERE "
        where += f"{names} IS NOT NULL"
    text = f"SELECT {distinct}{names} FROM {source}{where}"
    if sketch.order is not None and sketch.shape in ("top", "sorted"):
        order = full_name(sketch.order)
        if sketch.shape == "top":
            where = f"{where} AND " if where else " WHERE "
            text = f"SELECT {names} FROM {source}{where}{order} IS NOT NULL"
        text += f" ORDER BY {order}{' DESC' if sketch.descending else ''}"
    return text + (f" LIMIT {sketch.limit}" if sketch.limit else "")


def _count(sketch: Sketch, source: str, where: str) -> str:
    counted = f"DISTINCT {full_name(sketch.targets[0])}" if sketch.targets else "*"
    return f"SELECT COUNT({counted}) FROM {source}{where}"


def _amount(sketch: Sketch, source: str, where: str) -> str:
    return f"SELECT {_rounded(sketch, sketch.shape)} FROM {source}{where}"


def _rounded(sketch: Sketch, amount: str) -> str:
    text = f"{AMOUNTS[amount]}({full_name(sketch.targets[0])})"
    return text if sketch.digits is None else f"ROUND({text}, {sketch.digits})"


def _grouped(sketch: Sketch, source: str, where: str) -> str:
    assert sketch.group is not None
    group = full_name(sketch.group)
    start = f"SELECT {group}"
    if sketch.shape == "group_count":
        start += ", COUNT(*)"
    elif sketch.shape.startswith("group_"):
        start += f", {_rounded(sketch, sketch.shape.removeprefix('group_'))}"
    where = f"{where} AND " if where else " WHERE "
    text = f"{start} FROM {source}{where}{group} IS NOT NULL GROUP BY {group}"
    if sketch.shape == "having":
        return f"{text} HAVING COUNT(*) {sketch.least}"
    if sketch.shape in ("most_frequent", "least_frequent"):
        way = " DESC" if sketch.shape == "most_frequent" else ""
        return f"{text} ORDER BY COUNT(*){way} LIMIT 1"
    return text


def _beyond(sketch: Sketch, source: str, where: str) -> str:
    assert sketch.order is not None
    measured = full_name(sketch.order)
    sign = ">" if sketch.descending else "<"
    inner = f"SELECT AVG({measured}) FROM {quoted(sketch.order.table)}"
    where = f"{where} AND " if where else " WHERE "
    names = ", ".join(map(full_name, sketch.targets)) or "COUNT(*)"
    return f"SELECT {names} FROM {source}{where}{measured} {sign} ({inner})"


_WRITERS = {
    "list": _list, "distinct": _list, "top": _list, "sorted": _list, "without": _list,
    "count": _count, "count_distinct": _count, "beyond_average": _beyond, "count_beyond": _beyond,
    "avg": _amount, "sum": _amount, "min": _amount, "max": _amount,
}  # fmt: skip


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def full_name(column: Column) -> str:
    return f"{quoted(column.table)}.{quoted(column.name)}"


def text_literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def look_up_sql(tables: list[Table], phrases: list[str]) -> str:
    """One query for the values in text columns that are phrases of the question."""
    wanted = "WITH p(x) AS (VALUES " + ", ".join(f"({text_literal(p)})" for p in phrases) + ") "
    parts = [
        f"SELECT {text_literal(column.table)} AS t, {text_literal(column.name)} AS c, "
        f"{full_name(column)} AS v FROM {quoted(column.table)} "
        f"WHERE lower(trim({full_name(column)})) IN p GROUP BY 3"
        for table in tables
        for column in table.columns
        if not column.numeric
    ]
    return wanted + " UNION ALL ".join(parts[:90]) if parts and phrases else ""
