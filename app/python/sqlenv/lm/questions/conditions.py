"""Conditions on a row: SQL, and the words for them behind or before the noun."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import lexicon
from .schema import Column, Role, Table
from .scope import Scope, literal
from .templates import phrase, wordings
from .words import is_plural, with_article


@dataclass(frozen=True)
class Condition:
    column: Column
    pattern: str
    """SQL with {c} for the column"""
    after: str
    """words behind the noun: "from Paris", "whose age is over 30" """
    before: str = ""
    """a word before the noun: "cancelled" """

    def sql(self, scope: Scope) -> str:
        return self.pattern.replace("{c}", scope.ref(self.column.table, self.column.name))


def shown(source: Random, *values: str | int | float) -> str:
    """A value as people type it, or one or another, with or without quotes around text."""
    mark = source.choice(["", "", "", '"', "'"])
    if any("'" in str(value) or '"' in str(value) for value in values):
        mark = ""
    return " or ".join(_typed(value, mark) for value in values)


def _typed(value: str | int | float, mark: str) -> str:
    if isinstance(value, str):
        return f"{mark}{value}{mark}"
    return repr(int(value) if isinstance(value, float) and value.is_integer() else value)


class Conditions:
    """Draws conditions on the columns of a table."""

    def __init__(self, source: Random, table: Table) -> None:
        self.source = source
        self.table = table
        self.who = "who" if table.person else source.choice(["that", "which"])

    def any(self, avoid: tuple[str, ...] = ()) -> Condition | None:
        """A condition on some column that is not to be avoided, or None if there is none."""
        having = self.table.having
        makers: list[tuple[Callable[[Column], Condition | None], list[Column], float]] = [
            (self.equal, having(Role.CATEGORY), 2.5),
            (self.equal, having(Role.NAME), 1),
            (self.number, having(Role.NUMBER, Role.RANK), 2.2),
            (self.year, having(Role.YEAR), 1),
            (self.date, having(Role.DATE), 1),
            (self.missing, [column for column in self.table.columns if column.nulls], 0.6),
            (self.like, having(Role.NAME), 0.8),
            (self.unequal, having(Role.CATEGORY), 0.6),
            (self.flag, having(Role.FLAG), 0.5),
        ]
        usable = [
            (make, kept, weight)
            for make, columns, weight in makers
            if (kept := [column for column in columns if column.name not in avoid])
        ]
        if not usable:
            return None
        weights = [weight for _, _, weight in usable]
        make, columns, _ = self.source.choices(usable, weights)[0]
        return make(self.source.choice(columns))

    def broad(self, avoid: tuple[str, ...] = ()) -> Condition | None:
        """A condition that many rows can meet: not one on a name."""
        for _ in range(4):
            found = self.any(avoid)
            if found and found.column.role is not Role.NAME:
                return found
        return None

    def plain(self, avoid: tuple[str, ...] = ()) -> Condition | None:
        """A broad condition that says what a row is, not what it lacks, nor one number or day."""
        for _ in range(4):
            found = self.broad(avoid)
            if found and "NULL" not in found.pattern and "!=" not in found.pattern:
                exact = " = " in found.pattern and found.column.role in (Role.NUMBER, Role.DATE)
                if not exact:
                    return found
        return None

    def said(self, column: Column) -> str:
        return self.source.choice(column.spoken)

    def words(self, section: str, column: Column, **filling: str) -> str:
        """A phrase of a section of phrases.txt about the column."""
        said = filling.setdefault("col", self.said(column))
        filling |= {"who": self.who, "acol": with_article(said)}
        text = phrase(self.source, wordings(section), filling)
        if is_plural(said):
            text = text.replace(f"{said} is ", f"{said} are ").replace(f"a {said}", said)
        return text

    def kind(self, section: str, column: Column) -> str:
        """The section for places where the column holds one."""
        if not lexicon.is_place(column):
            return section
        return f"{section} {'person' if self.table.person else 'thing'} place"

    def equal(self, column: Column) -> Condition | None:
        if not column.clear:
            return None
        value = self.source.choice(column.clear)
        pattern, said = f"{{c}} = {literal(value)}", shown(self.source, value)
        if column.role is Role.NAME and column.spoken[0] == "name":
            return Condition(column, pattern, self.words("name", column, v=said))
        before = self.before(column, value)
        if before:
            return Condition(column, pattern, "", before)
        return Condition(column, pattern, self.valued(column, said))

    def valued(self, column: Column, said: str) -> str:
        """Words for a column that is this value, or this or that one."""
        section = self.kind("equal", column)
        section = "equal nationality" if column.spoken[0] == "nationality" else section
        return self.words(section, column, v=said)

    def before(self, column: Column, value: str | int | float) -> str:
        """The value as a word before the noun where people say it so: "comedy films"."""
        words = column.spoken[0].split()
        if words[-1] in ("sex", "gender") and self.table.person:
            said = SEXES.get(str(value).lower(), "")
            return said if self.source.random() < 0.6 else ""
        if column.adjective:
            return str(value) if self.source.random() < 0.7 else ""
        fitting = words[-1] in lexicon.BEFORE_NOUNS and re.fullmatch(r"[A-Za-z ]{3,20}", str(value))
        return str(value) if fitting and self.source.random() < 0.35 else ""

    def unequal(self, column: Column) -> Condition | None:
        if column.nulls or column.distinct < 3 or not column.clear:
            return None
        value = self.source.choice(column.clear)
        after = self.words(self.kind("unequal", column), column, v=shown(self.source, value))
        return Condition(column, f"{{c}} != {literal(value)}", after)

    def flag(self, column: Column) -> Condition | None:
        value = self.source.choice(column.values)
        pattern = f"{{c}} = {literal(value)}"
        adjective = re.fullmatch(r"(?:is )?(\w+)(?: flag)?", column.spoken[0])
        if adjective and adjective[0] != adjective[1] and self.source.random() < 0.6:
            if str(value).lower() in ("1", "y", "yes", "t", "true"):
                return Condition(column, pattern, "", adjective[1])
            return Condition(column, pattern, f"{self.who} are not {adjective[1]}")
        after = self.words("flag", column, v=shown(self.source, value))
        return Condition(column, pattern, after)

    def number(self, column: Column) -> Condition | None:
        values = [value for value in column.values if isinstance(value, (int, float))]
        if len(values) < 4:
            return None
        kind = self.source.choice(
            ["more", "more", "less", "less", "least", "most", "between", "exactly"]
        )
        if kind == "exactly" and any(isinstance(value, float) for value in values):
            kind = "more"
        value = values[self.source.randrange(1, len(values) - 1)]
        if kind == "between":
            middle = len(values) // 2
            value = values[self.source.randrange(0, max(1, middle - 1))]
            return self.between(
                column,
                rounded(value, values),
                rounded(self.source.choice(values[middle:-1]), values),
            )
        return self.compared(column, kind, value if kind == "exactly" else rounded(value, values))

    def between(self, column: Column, low: int | float, high: int | float) -> Condition | None:
        if low >= high:
            return None
        said = self.said(column)
        unit = lexicon.unit(said)
        section = "between age" if said == "age" else "between unit" if unit else "between"
        after = self.words(section, column, col=said, v=repr(low), w=repr(high), unit=unit)
        return Condition(column, f"{{c}} BETWEEN {low!r} AND {high!r}", after)

    def compared(self, column: Column, kind: str, value: int | float) -> Condition:
        said = self.said(column)
        unit, section = lexicon.unit(said), kind
        if said == "age":
            section = f"{kind} age"
        elif unit:
            section = f"{kind} unit"
        elif kind in ("more", "less") and said in ("price", "cost") and not self.table.person:
            section = f"{kind} price"
        sign = {"more": ">", "less": "<", "least": ">=", "most": "<=", "exactly": "="}[kind]
        after = self.words(section, column, col=said, v=repr(value), unit=unit)
        return Condition(column, f"{{c}} {sign} {value!r}", after)

    def year(self, column: Column) -> Condition | None:
        if len(column.values) < 4:
            return None
        place = self.source.randrange(1, len(column.values) - 1)
        value = column.values[place]
        high = str(self.source.choice(column.values[place + 1 :]))
        kind = self.source.choice(["=", ">", "<", ">=", "BETWEEN", ">", "<"])
        when, plain = {
            "=": ("in {v}", "{v}"),
            ">": ("after {v}", self.source.choice(["after {v}", "later than {v}", "past {v}"])),
            "<": ("before {v}", self.source.choice(["before {v}", "earlier than {v}"])),
            ">=": (self.source.choice(["in {v} or later", "since {v}"]), "{v} or later"),
            "BETWEEN": ("between {v} and {w}", "between {v} and {w}"),
        }[kind]  # fmt: skip
        pattern = f"{{c}} {kind} {value}" + (f" AND {high}" if kind == "BETWEEN" else "")
        when, plain = (text.format(v=value, w=high) for text in (when, plain))
        return Condition(column, pattern, self.happened(column, when, plain))

    def date(self, column: Column) -> Condition | None:
        value = str(self.source.choice(column.values))
        day, year, month = value[:10], value[:4], MONTHS[int(value[5:7]) - 1]
        kind = self.source.choice(["=", ">", "<", "year", "year", "month"])
        if kind in ("=", ">") and value != day:  # a time of that day would count as after it
            kind = "year"
        if kind == "year":
            pattern, when, plain = f"{{c}} LIKE '{year}%'", f"in {year}", f"in {year}"
        elif kind == "month":
            pattern, when = f"{{c}} LIKE '{day[:7]}%'", f"in {month} {year}"
            plain = when
        else:
            pattern = f"{{c}} {kind} '{day}'"
            when = {"=": "on ", ">": "after ", "<": "before "}[kind] + day
            later, earlier = self.source.choice(
                [("after", "before"), ("later than", "earlier than")]
            )
            plain = {"=": "", ">": later + " ", "<": earlier + " "}[kind] + day
        return Condition(column, pattern, self.happened(column, when, plain))

    def happened(self, column: Column, when: str, plain: str) -> str:
        """Words for a year or a date: by its verb if it has one, else by its name."""
        verb = lexicon.happened(column)
        if verb and self.source.random() < 0.7:
            passive = not verb[1]
            short = passive and (verb[0] == "born" or self.source.random() < 0.7)
            were = "were" if passive else " "
            return self.words(
                "event" if short else "event who", column, verb=verb[0], when=when, were=were
            )
        if column.spoken[0] in ("date", "year", "month") and not self.table.person:
            return self.words("dated", column, when=when, value=plain)
        return self.words("time", column, value=plain)

    def missing(self, column: Column) -> Condition | None:
        if column.role is Role.KEY:
            return None
        if self.source.random() < 0.6:
            return Condition(column, "{c} IS NULL", self.words("missing", column))
        return Condition(column, "{c} IS NOT NULL", self.words("known", column))

    def like(self, column: Column) -> Condition | None:
        value = str(self.source.choice(column.values))
        words = [word for word in value.split() if word.isalpha() and len(word) > 3]
        kind = self.source.choice(["word", "first", "part", "last"])
        if kind == "word" and words and len(value.split()) > 1:
            part = self.source.choice(words)
            pattern = f"%{part}%"
        elif kind == "first" and value[0].isalpha():
            part, pattern = value[0], f"{value[0]}%"
        elif kind == "last" and value[-1].isalpha():
            part, pattern = value[-1], f"%{value[-1]}"
        else:
            start = self.source.randrange(max(1, len(value) - 2))
            part, kind = value[start : start + 2], "part"
            if not part.isalpha() or len(part) < 2:
                return None
            pattern = f"%{part}%"
        return Condition(
            column, f"{{c}} LIKE {literal(pattern)}", self.words(kind, column, q=f"'{part}'")
        )


SEXES = {"f": "female", "m": "male", "female": "female", "male": "male"}
MONTHS = (
    "January February March April May June July August September October November December"
).split()


def rounded(value: int | float, values: list[int | float]) -> int | float:
    """The value as a person would choose it: a round one where the column's values allow it."""
    if value >= 1000:
        digits = len(str(int(value))) - 2
        return round(value // 10.0**digits) * int(10.0**digits)
    if isinstance(value, float):
        return round(value) if value < 100 else int(value) // 10 * 10
    return value // 10 * 10 if len(values) > 8 and value > 50 else value
