"""New names for a database's tables and columns, of two sorts.

Spoken names are plain English in snake_case: questions are generated from them, and say them.
Written names are what a schema of the wild would call the same things: other cases, plurals,
prefixes, abbreviations, sometimes a synonym. A question made with spoken names and played on
written ones has to be linked to the schema by form and meaning.

Within a database one draw of `Style` holds, and equal seeds give equal names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from .database_copy import Column, Database, Names, Table
from .schema_words import (
    NEED_UNIT,
    RESERVED,
    UNITS,
    abbreviations,
    column_groups,
    noun_for,
    plural,
    short_phrases,
    table_groups,
)

_PIECE = re.compile(r"[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+[a-z]*|[^\W\d_]+")
_MOST_WORDS = 4

Words = tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a schema writes its names."""

    case: str = "snake"
    """snake, title (Song_Name), pascal (SongName), camel (songName), run (songname), upper"""
    plural_tables: bool = False
    prefix: str = ""
    """before each table"""
    columns: str = "keep"
    """keep; strip: no table's name in its own columns (id, name); full: it is before each"""
    abbreviate: float = 0.0
    """the share of words with a short form that are shortened"""
    table_synonyms: float = 0.0
    column_synonyms: float = 0.0
    """shares of names with synonyms for which one is drawn"""
    drop_units: float = 0.0
    nouns: bool = False
    """names such as "born" become nouns"""


def spoken_style(dice: Random) -> Style:
    rate = dice.choice((0.0, 0.3, 0.6, 0.9))
    return Style(
        table_synonyms=rate, column_synonyms=rate / 2, drop_units=dice.choice((0.0, 0.7)),
        nouns=dice.random() < 0.8,
    )


def written_style(dice: Random) -> Style:
    return Style(
        case=dice.choices(
            ("snake", "title", "pascal", "camel", "run", "upper"), (46, 14, 18, 10, 8, 4)
        )[0],
        plural_tables=dice.random() < 0.45,
        prefix=dice.choices(("", "tbl_", "t_", "tbl"), (84, 8, 4, 4))[0],
        columns=dice.choices(("keep", "strip", "full"), (62, 25, 13))[0],
        abbreviate=dice.choices((0.0, 0.35, 0.9), (60, 25, 15))[0],
        table_synonyms=dice.choices((0.0, 0.4, 0.8), (50, 30, 20))[0],
        column_synonyms=dice.choices((0.0, 0.25, 0.5), (50, 30, 20))[0],
        drop_units=dice.choices((0.0, 0.5), (70, 30))[0],
    )


@dataclass(frozen=True)
class Synonyms:
    """Other names for the tables and columns of one database, in words."""

    tables: Mapping[str, Sequence[str]]
    columns: Mapping[tuple[str, str], Sequence[str]]
    """by table and column"""


def new_names(
    database: Database, style: Style, dice: Random, synonyms: Synonyms | None = None
) -> Names:
    """Names in the style, unique as SQL wants them (in any case of letters). `synonyms`: the
    database's own; without them those that schemas use in general."""
    return _Naming(database, style, dice, synonyms).names()


class _Naming:
    def __init__(
        self, database: Database, style: Style, dice: Random, synonyms: Synonyms | None
    ) -> None:
        self._database = database
        self._own = synonyms
        self._style = style
        self._dice = dice
        self._tables: dict[str, Words] = {}
        self._drawn: dict[tuple[str, bool], Words] = {}
        """what was drawn for a column's base, so that equal names stay equal"""
        self._short: dict[str, str] = {}

    def names(self) -> Names:
        for table in sorted(self._database, key=lambda one: len(words_of(one.name))):
            self._tables[table.name] = self._table_words(table.name)
        tables = self._unique(
            [(t.name, [self._table_name(self._tables[t.name]), t.name]) for t in self._database]
        )
        columns = {table.name: self._column_names(table) for table in self._database}
        return Names(tables, columns)

    def _table_words(self, name: str) -> Words:
        """The new words of a table, in the singular."""
        words = singular_name(words_of(name))
        if self._own is not None:
            return self._form(self._own.tables.get(name, ()), words, self._style.table_synonyms)
        for old, new in self._tables.items():
            known = singular_name(words_of(old))
            if len(known) < len(words) and words[: len(known)] == known:
                rest = self._table_rest(words[len(known) :])
                return new + rest if len(new + rest) <= _MOST_WORDS - 1 else words
        return self._synonym(words, table_groups(), self._style.table_synonyms)

    def _table_rest(self, words: Words) -> Words:
        for old, new in self._tables.items():
            if singular_name(words_of(old)) == words:
                return new
        return words

    def _table_name(self, words: Words) -> str:
        if self._style.plural_tables:
            words = (*words[:-1], plural(words[-1]))
        name = self._written(words)
        prefix = self._style.prefix
        return prefix.upper() + name if self._style.case == "upper" else prefix + name

    def _column_names(self, table: Table) -> dict[str, str]:
        wanted = []
        for column in table.columns:
            words = self._column_words(table, column)
            plain = self._written(words)
            own = self._written(self._tables[table.name] + words)
            wanted.append((column.name, [plain, own, column.name]))
        return self._unique(wanted)

    def _column_words(self, table: Table, column: Column) -> Words:
        words = words_of(column.name)
        own = singular_name(words_of(table.name))
        linking = column.name in table.linking
        if words[: len(own)] == own and len(words) > len(own) and not linking:
            rest = words[len(own) :]
            return rest if self._style.columns == "strip" else self._tables[table.name] + rest
        for one in sorted(self._database, key=lambda one: -len(one.name)):
            known = singular_name(words_of(one.name))
            rest = words[len(known) :]
            if words[: len(known)] == known and rest in (("id",), ("code",), ("no",)):
                return self._tables[one.name] + rest
        if linking:
            return words
        if self._own is None:
            drawn = self._column_base(words, _holds_years(table, column))
        else:
            forms = self._own.columns.get((table.name, column.name), ())
            drawn = self._form(forms, words, self._style.column_synonyms)
        whole = self._tables[table.name] + drawn
        full = self._style.columns == "full" and not column.key and len(whole) < _MOST_WORDS
        return whole if full else drawn

    def _form(self, forms: Sequence[str], words: Words, rate: float) -> Words:
        """The words, or one of these forms of them."""
        short = [form for form in forms if len(form.split()) < _MOST_WORDS and " of " not in form]
        drawn = short and self._dice.random() < rate
        return tuple(self._dice.choice(short).split()) if drawn else words

    def _column_base(self, words: Words, years: bool) -> Words:
        key = ("_".join(words), years)
        if key not in self._drawn:
            self._drawn[key] = self._draw_column(words, years)
        return self._drawn[key]

    def _draw_column(self, words: Words, years: bool) -> Words:
        unit: Words = ()
        if len(words) > 1 and words[-1] in UNITS:
            words, unit = words[:-1], words[-1:]
            if words[-1] not in NEED_UNIT and self._dice.random() < self._style.drop_units:
                unit = ()
        name = "_".join(words)
        if self._style.nouns and name in noun_for():
            words = words_of(noun_for()[name])
        if not unit:
            words = self._synonym(words, column_groups(), self._style.column_synonyms, ends=1)
        if years:
            words = tuple("year" if word == "date" else word for word in words)
        return words + unit

    def _synonym(
        self, words: Words, groups: dict[str, tuple[str, ...]], rate: float, ends: int = 2
    ) -> Words:
        """The words with the name, or what follows its first word where `ends` is 2, replaced by
        another of its group."""
        if self._dice.random() >= rate:
            return words
        for start in range(min(ends, len(words))):
            group = groups.get("_".join(words[start:]))
            if group is not None:
                others = [one for one in group if one != "_".join(words[start:])]
                new = words[:start] + words_of(self._dice.choice(others))
                return new if len(set(new)) == len(new) <= _MOST_WORDS - 1 else words
        return words

    def _written(self, words: Words) -> str:
        words = self._shortened(words)
        if self._style.case == "snake":
            return "_".join(words)
        if self._style.case == "upper":
            return "_".join(words).upper()
        if self._style.case == "run":
            return "".join(words)
        big = ["ID" if word == "id" else word[:1].upper() + word[1:] for word in words]
        if self._style.case == "title":
            return "_".join(big)
        if self._style.case == "pascal":
            return "".join(big)
        return words[0] + "".join(word[:1].upper() + word[1:] for word in words[1:])

    def _shortened(self, words: Words) -> Words:
        if self._style.abbreviate == 0.0:
            return words
        phrase = "_".join(words)
        if phrase in short_phrases() and self._abbreviates(phrase):
            return (short_phrases()[phrase],)
        return tuple(self._short_form(word) for word in words)

    def _short_form(self, word: str) -> str:
        forms = abbreviations().get(word)
        if forms is None:
            return word
        if word not in self._short:
            self._short[word] = self._dice.choice(forms) if self._abbreviates(word) else word
        return self._short[word]

    def _abbreviates(self, name: str) -> bool:
        return Random(f"{name}{self._style.abbreviate}").random() < self._style.abbreviate

    def _unique(self, wanted: list[tuple[str, list[str]]]) -> dict[str, str]:
        """For each old name the first choice that is free and needs no quotes in SQL."""
        found: dict[str, str] = {}
        taken: set[str] = set()
        for old, choices in wanted:
            good = [c for c in choices[:-1] if c.isidentifier() and c.lower() not in RESERVED]
            free = [c for c in [*good, choices[-1]] if c.lower() not in taken]
            name = free[0] if free else f"{old}_{len(taken)}"
            found[old] = name
            taken.add(name.lower())
        return found


def words_of(name: str) -> Words:
    """The words of a name in lower case: three of "song_release_year", two of "petType"."""
    return tuple(piece.lower() for part in name.split("_") for piece in _PIECE.findall(part))


def singular_name(words: Words) -> Words:
    """The words with the last one in the singular."""
    if not words:
        return words
    last = words[-1]
    if last.endswith("ies") and len(last) > 4 and last not in ("series", "species"):
        last = last[:-3] + "y"
    elif last.endswith(("sses", "shes", "ches", "xes")):
        last = last[:-2]
    elif last == "people":
        last = "person"
    elif last.endswith("s") and len(last) > 3 and not last.endswith(("ss", "us", "is", "ies")):
        last = last[:-1]
    return (*words[:-1], last)


def _holds_years(table: Table, column: Column) -> bool:
    """Whether the column has whole numbers that read as years, and nothing else."""
    values = [value for (value,) in table.cells([column.name]) if value is not None]
    return bool(values) and all(isinstance(v, int) and 1000 <= v <= 2100 for v in values)
