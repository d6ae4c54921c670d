"""Variants of a database for training: thinned out, shuffled and renamed.

    variant = make_variant(source, seed=3)

`variant.spoken` has the names that questions use, `variant.written` the same tables and rows under
the names that play shows (naming.py). What is left out breaks no foreign key. Values stay as they
are, except blanks at the ends of texts, which most variants have removed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from .database_copy import Database, Names, Row, Table, renamed
from .naming import Synonyms, new_names, spoken_style, written_style
from .rename_queries import rename_queries

KINDS = ("plain", "same_words", "other_words")
_KIND_SHARES = (15, 25, 60)


@dataclass(frozen=True)
class Variant:
    kind: str
    """plain: the original names; same_words: a question says the schema's own words, in whatever
    style they are written; other_words: synonyms too"""
    spoken: Database
    written: Database
    to_spoken: Names
    to_written: Names
    whole: bool
    """no row, column or table of the source is missing, and no value is changed"""

    @property
    def spoken_names(self) -> dict[str, str]:
        """What questions call the tables and columns, by their written names."""
        pairs = {new: old for old, new in self.to_written.tables.items()}
        for columns in self.to_written.columns.values():
            pairs.update({new: old for old, new in columns.items()})
        return pairs

    def written_queries(self, queries: Sequence[str]) -> list[str | None]:
        """Queries about `spoken` as those about `written`; None where they cannot be rewritten."""
        if self.kind == "plain":
            return list(queries)
        return rename_queries(self.spoken, self.to_written, queries)

    def source_queries(self, source: Database, queries: Sequence[str]) -> list[str | None]:
        """Queries about the source as queries about `written`."""
        if self.kind == "plain":
            return list(queries)
        spoken = rename_queries(source, self.to_spoken, queries)
        found = self.written_queries([query or "" for query in spoken])
        return [new if query else None for query, new in zip(spoken, found)]


def make_variant(
    source: Database, seed: int | str, *, synonyms: Synonyms | None = None, kind: str = ""
) -> Variant:
    """A variant of the source. Equal arguments give equal variants. `synonyms`: those of a source
    whose own names, and these, are what questions say; `kind`: one of KINDS, else drawn."""
    dice = Random(f"variant {seed}")
    kind = kind or dice.choices(KINDS, _KIND_SHARES)[0]
    whole = kind == "plain" or dice.random() < 0.25
    base = list(source) if whole else thinned(source, dice)
    if kind == "plain":
        same = new_identity(base)
        return Variant(kind, base, base, same, same, whole)
    own = synonyms is not None
    to_spoken = new_identity(base) if own else new_names(base, spoken_style(dice), dice)
    spoken = renamed(base, to_spoken)
    style = written_style(dice)
    if kind == "same_words":
        style = replace(style, table_synonyms=0.0, column_synonyms=0.0, drop_units=0.0)
    to_written = new_names(spoken, style, dice, synonyms)
    written = renamed(spoken, to_written)
    if dice.random() < 0.12:
        written = [replace(table, foreign_keys=[]) for table in written]
    if dice.random() < 0.5:
        dice.shuffle(written)
    return Variant(kind, spoken, written, to_spoken, to_written, whole)


def new_identity(database: Database) -> Names:
    """The names as they are."""
    return Names(
        {table.name: table.name for table in database},
        {table.name: {c.name: c.name for c in table.columns} for table in database},
    )


def thinned(source: Database, dice: Random) -> Database:
    """A copy with some tables, columns and rows left out, and in another order."""
    database = list(source)
    if dice.random() < 0.75:
        database = [_without_blanks(table) for table in database]
    database = _drop_tables(database, dice)
    parents = {
        (key.parent, column) for t in database for key in t.foreign_keys
        for column in key.parent_columns
    }
    share = dice.choice((0.0, 0.1, 0.25))
    shuffle = dice.random() < 0.5
    database = [_choose_columns(table, parents, share, shuffle, dice) for table in database]
    return _choose_rows(database, dice)


def _drop_tables(database: Database, dice: Random) -> Database:
    """Leaves out tables that no other refers to; at least half of the tables stay."""
    kept = list(database)
    for _ in range(dice.randint(0, len(database) // 2)):
        referred = {key.parent for t in kept for key in t.foreign_keys if key.parent != t.name}
        leaves = [table for table in kept if table.name not in referred]
        if len(kept) <= 2 or not leaves:
            break
        kept.remove(dice.choice(leaves))
    return kept


def _choose_columns(
    table: Table, parents: set[tuple[str, str]], share: float, shuffle: bool, dice: Random
) -> Table:
    """Drops this share of the columns that are in no key, but not the first, which names rows."""
    free = [
        c.name for c in table.columns
        if not c.key and c.name not in table.linking and (table.name, c.name) not in parents
    ]
    dropped = {name for name in free[1:] if dice.random() < share}
    kept = [c for c in table.columns if c.name not in dropped]
    if shuffle:
        rest = [c for c in kept if not c.key]
        dice.shuffle(rest)
        kept = [c for c in kept if c.key] + rest
    return replace(table, columns=kept, rows=table.cells([c.name for c in kept]))


def _choose_rows(database: Database, dice: Random) -> Database:
    """Leaves out some rows and those that need them; the others may come in another order."""
    share = dice.choice((1.0, 1.0, 0.95, 0.85, 0.7))
    shuffle = dice.random() < 0.7
    kept = [replace(t, rows=[row for row in t.rows if dice.random() < share]) for t in database]
    originals = {table.name: table for table in database}
    before = -1
    while before != sum(len(table.rows) for table in kept):
        before = sum(len(table.rows) for table in kept)
        there = {table.name: table for table in kept}
        kept = [replace(t, rows=_rows_with_parents(t, there, originals)) for t in kept]
    if any(len(table.rows) < min(8, len(originals[table.name].rows)) for table in kept):
        kept = list(database)
    if shuffle:
        kept = [replace(t, rows=dice.sample(t.rows, len(t.rows))) for t in kept]
    return kept


def _rows_with_parents(
    table: Table, kept: dict[str, Table], originals: dict[str, Table]
) -> list[Row]:
    """The rows without those that refer to a row left out; where the reference may be NULL, it is
    NULL instead."""
    rows = table.rows
    for key in table.foreign_keys:
        there = set(kept[key.parent].cells(key.parent_columns))
        gone = set(originals[key.parent].cells(key.parent_columns)) - there
        places = [table.index(column) for column in key.columns]
        columns = [table.columns[place] for place in places]
        free = [p for p, c in zip(places, columns) if not c.not_null and not c.key]
        found = []
        for row in rows:
            if tuple(row[place] for place in places) not in gone:
                found.append(row)
            elif free:
                found.append(tuple(None if i == free[0] else v for i, v in enumerate(row)))
        rows = found
    return rows


def _without_blanks(table: Table) -> Table:
    rows = [tuple(v.strip() if isinstance(v, str) else v for v in row) for row in table.rows]
    cleaned = replace(table, rows=rows)
    keys = [c.name for c in table.columns if c.key]
    return cleaned if len(set(cleaned.cells(keys))) == len(set(table.cells(keys))) else table


