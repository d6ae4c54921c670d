"""Questions about any SQLite database, worded in many ways, each with the SQL that answers it.

SQL comes first: a shape is drawn (count, superlative, children per parent, …), filled with the
database's own columns and values, run, and worded. What has no rows, more than MOST_ROWS, a NULL,
a row twice or a tie where one answer is asked for is thrown away. Equal seeds give equal questions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from . import chained, children, grouped, joined, keys, lookup, mixed, nested, single, superlative
from .draft import Draft, Maker
from .schema import Reader
from .words import Words

__all__ = ["SHAPES", "Words", "Written", "questions_about"]

MOST_ROWS = 20
LONGEST = 230
"""characters of a question"""

Shape = Callable[[Maker], Draft | None]
SHAPES: dict[str, tuple[Shape, float]] = {
    "count": (single.count_all, 0.5),
    "count_where": (single.count_where, 1.2),
    "select": (single.select, 0.8),
    "select_where": (single.select_where, 1.6),
    "select_all": (single.select_all, 0.4),
    "lookup": (lookup.lookup, 1.0),
    "parent_of": (lookup.parent_of, 0.8),
    "two_conditions": (single.two_conditions, 0.8),
    "either_condition": (single.either_condition, 0.6),
    "order_by": (single.order_by, 1.2),
    "top_k": (superlative.top_k, 0.7),
    "superlative": (superlative.superlative, 1.2),
    "superlative_nested": (superlative.superlative_nested, 0.4),
    "aggregate": (single.aggregate, 1.2),
    "distinct": (single.distinct, 0.6),
    "count_distinct": (single.count_distinct, 0.5),
    "group_count": (grouped.group_count, 1.2),
    "group_aggregate": (grouped.group_aggregate, 1.0),
    "group_having": (grouped.group_having, 0.8),
    "most_common": (grouped.most_common, 0.9),
    "join_select": (joined.join_select, 1.6),
    "join_count": (joined.join_count, 1.0),
    "join_aggregate": (joined.join_aggregate, 0.7),
    "join_pairs": (joined.join_pairs, 0.9),
    "parent_by_child": (joined.parent_by_child, 1.0),
    "child_count": (children.child_count, 1.0),
    "at_least": (children.at_least, 1.1),
    "most_children": (children.most_children, 1.2),
    "without": (children.without, 1.0),
    "key_count": (keys.key_count, 0.4),
    "key_most": (keys.key_most, 0.4),
    "key_at_least": (keys.key_at_least, 0.4),
    "distinct_parents": (keys.distinct_parents, 0.3),
    "parent_aggregate": (children.parent_aggregate, 0.7),
    "parent_best_aggregate": (children.parent_best_aggregate, 0.6),
    "by_parent": (joined.by_parent, 0.6),
    "owner_of_best": (children.owner_of_best, 0.8),
    "group_sorted": (grouped.group_sorted, 0.4),
    "group_top": (grouped.group_top, 0.3),
    "through_select": (chained.through_select, 1.3),
    "through_count": (chained.through_count, 0.6),
    "through_both": (chained.through_both, 0.4),
    "chain_select": (chained.chain_select, 0.8),
    "chain_count": (chained.chain_count, 0.5),
    "joined_superlative": (mixed.joined_superlative, 0.6),
    "join_distinct": (mixed.join_distinct, 0.4),
    "parent_and_child": (mixed.parent_and_child, 0.5),
    "through_aggregate": (mixed.through_aggregate, 0.5),
    "than_row": (mixed.than_row, 0.4),
    "child_of_best": (mixed.child_of_best, 0.6),
    "either_value": (mixed.either_value, 0.7),
    "top_children": (mixed.top_children, 0.4),
    "average": (nested.average, 0.9),
    "both_sides": (nested.both_sides, 0.5),
    "all_but": (nested.all_but, 0.5),
    "none_such": (nested.none_such, 0.6),
    "both_kinds": (nested.both_kinds, 0.4),
}


@dataclass(frozen=True)
class Written:
    question: str
    sql: str
    tables: list[str]
    """in the order in which a person would look at them"""
    shape: str


def acceptable(connection: sqlite3.Connection, draft: Draft) -> bool:
    """Whether the query has rows that answer one question only."""
    rows = connection.execute(draft.sql).fetchmany(MOST_ROWS + 1)
    if not draft.least <= len(rows) <= MOST_ROWS or any(None in row for row in rows):
        return False
    if len(rows) == 1 and rows[0] in ((0,), (0.0,)):
        return False
    if len(set(rows)) < len(rows) or draft.exactly not in (0, len(rows)):
        return False
    return not draft.order or strict(connection, draft)


def strict(connection: sqlite3.Connection, draft: Draft) -> bool:
    """Whether no two ordering values are equal that decide about what is shown or its order."""
    keys = [row[0] for row in connection.execute(draft.order)]
    if draft.limit:
        keys = keys[: draft.limit + 1]
        if len(keys) <= draft.limit:
            return False
    return None not in keys and all(
        one != other for one, other in zip(keys, keys[1:], strict=False)
    )


class _Writer:
    """Writes questions about one database."""

    def __init__(self, connection: sqlite3.Connection, seed: int, words: Words) -> None:
        self.connection = connection
        self.database = Reader(connection, words).database()
        self.source = Random(f"questions/{seed}")
        self.names = list(SHAPES)
        self.weights = [weight for _, weight in SHAPES.values()]

    def written(self) -> Written | None:
        shape = self.source.choices(self.names, self.weights)[0]
        for _ in range(12):  # the shape is kept, so that hard ones are not crowded out
            draft = SHAPES[shape][0](Maker(self.source, self.database))
            if draft and len(draft.question) <= LONGEST and acceptable(self.connection, draft):
                return Written(draft.question, draft.sql, list(draft.tables), shape)
        return None


def questions_about(
    database: Path, seed: int, count: int, words: Words | None = None
) -> list[Written]:
    """At most `count` different questions; fewer where a small database has no more."""
    found: dict[str, Written] = {}
    queries: set[str] = set()
    with closing(
        sqlite3.connect(f"file:{Path(database).resolve()}?mode=ro", uri=True)
    ) as connection:
        writer = _Writer(connection, seed, words or Words())
        for _ in range(6 * count):
            if len(found) == count or not writer.database.tables:
                break
            one = writer.written()
            if one and one.question not in found and one.sql not in queries:
                found[one.question] = one
                queries.add(one.sql)
    return list(found.values())
