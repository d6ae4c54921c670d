"""What a person sees of a database: tables, columns with their roles, links between tables."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from .words import TIMED, Words, is_person, singular, spoken_name

MOST_VALUES = 60
DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2})?)?")
CODE_WORDS = {"code", "phone", "zip", "postcode", "isbn", "plate", "fax", "id", "telephone"}
NAME_WORDS = {"name", "title", "label", "subject"}
ROW_NAMES = NAME_WORDS | set(
    "nickname alias headline caption theme topic description company channel text heading".split()
)
NAME_KINDS = set("full common stage user channel real pen last official short display".split())
RANKS = {"floor", "room", "grade", "level", "rank", "position", "place", "zone", "number", "study"}
NEVER_SUMMED = set(
    "age average commission daily density depth discount gpa height hourly latitude longitude"
    " maximum mileage minimum nightly per percentage ph rate rating score star stars temperature"
    " tonnage unit wage year".split()
)
PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
KEYWORDS = set(
    "add all alter and as asc between by case cast check collate column commit constraint"
    " create cross default delete desc distinct drop else end escape except exists foreign from"
    " full group having if in index inner insert intersect into is isnull join key left like"
    " limit natural not notnull null of offset on or order outer primary references right"
    " rollback row rows select set table temp then to transaction trigger union unique update"
    " using values view virtual when where with".split()
)


def quoted(name: str) -> str:
    """The name as it stands in SQL, in double quotes where it is no plain word."""
    if PLAIN.fullmatch(name) and name.lower() not in KEYWORDS:
        return name
    return '"' + name.replace('"', '""') + '"'


class Role(Enum):
    KEY = "key"
    NUMBER = "number"
    RANK = "rank"
    """a number that is compared and never averaged: a floor"""
    YEAR = "year"
    DATE = "date"
    NAME = "name"
    CATEGORY = "category"
    FLAG = "flag"
    OTHER = "other"


@dataclass(frozen=True)
class Column:
    table: str
    name: str
    role: Role
    spoken: tuple[str, ...]
    values: tuple[str | int | float, ...]
    """different values, at most MOST_VALUES, in their order"""
    nulls: int
    distinct: int
    adjective: bool = False

    @cached_property
    def clear(self) -> tuple[str | int | float, ...]:
        """Values that a person can type: no blanks around them, no twin in another case."""
        folded = [str(value).strip().lower() for value in self.values]
        return tuple(
            value
            for value, text in zip(self.values, folded, strict=True)
            if folded.count(text) == 1 and str(value) == str(value).strip()
        )

    @property
    def summed(self) -> bool:
        words = set(self.spoken[0].split())
        return self.role is Role.NUMBER and not words & NEVER_SUMMED


@dataclass(frozen=True)
class Link:
    """A foreign key."""

    child: str
    column: str
    parent: str
    key: str
    relation: str
    through: str = ""
    """what the row at the other end of a many-to-many table is to the parent: "enrolled in" """


@dataclass
class Table:
    name: str
    forms: tuple[str, ...]
    columns: list[Column]
    key: tuple[str, ...]
    rows: int
    links: list[Link]
    """foreign keys to its parents"""
    children: list[Link] = field(default_factory=list)

    @property
    def person(self) -> bool:
        return is_person(self.forms[0])

    @cached_property
    def label(self) -> tuple[Column, ...]:
        """What identifies a row for people: a name or title, or a first and a last name."""
        names = [
            column
            for column in self.columns
            if column.role is Role.NAME and names_row(column.spoken[0], self.forms)
        ]
        pair = [c for c in self.columns if c.spoken[0] in ("first name", "last name", "given name")]
        if len(pair) == 2:
            return tuple(sorted(pair, key=lambda column: column.spoken[0] == "last name"))
        return tuple(names[:1])

    @cached_property
    def is_link(self) -> bool:
        """It only joins two others: a many-to-many table."""
        linked = {link.column for link in self.links}
        return len(linked & set(self.key)) >= 2 or (len(linked) >= 2 and len(self.columns) <= 3)

    def having(self, *roles: Role) -> list[Column]:
        return [column for column in self.columns if column.role in roles]


def names_row(spoken: str, forms: tuple[str, ...]) -> bool:
    """Whether a column names the row itself: not the manager's name of a shop."""
    words = spoken.lower().split()
    own = {word for form in forms for word in form.lower().split()}
    return words[-1] in ROW_NAMES and set(words[:-1]) <= own | NAME_KINDS


@dataclass
class Database:
    tables: dict[str, Table]
    names: list[str]

    def table(self, name: str) -> Table:
        return self.tables[name]


def role_of(words: list[str], values: list[str | int | float], distinct: int, rows: int) -> Role:
    said = set(words)
    if not values:
        return Role.OTHER
    if all(isinstance(value, (int, float)) for value in values):
        if set(values) <= {0, 1}:
            return Role.FLAG
        if (
            "year" in said
            and "of" not in words[1:2]
            or words[:1] == ["year"]
            and words[-1] != "study"
        ):
            if all(1000 <= float(value) <= 2100 for value in values):
                return Role.YEAR
        if said & CODE_WORDS:
            return Role.OTHER
        if said & RANKS and words[:2] != ["number", "of"] or words[:1] == ["year"]:
            return Role.RANK
        return Role.NUMBER
    if not all(isinstance(value, str) and value for value in values):
        return Role.OTHER
    if {str(value).lower() for value in values} <= {
        "y",
        "n",
        "yes",
        "no",
        "t",
        "f",
        "true",
        "false",
    }:
        return Role.FLAG
    if all(DATE.fullmatch(str(value)) for value in values):
        return Role.DATE
    if said & CODE_WORDS or said & {"address", "email", "time", "description"}:
        return Role.OTHER
    lettered = sum(any(each.isalpha() for each in str(value)) for value in values)
    if lettered < 0.9 * len(values):
        return Role.OTHER
    if distinct >= 0.75 * rows and (said & NAME_WORDS or distinct >= 0.9 * rows):
        return Role.NAME if max(len(str(value)) for value in values) <= 60 else Role.OTHER
    return Role.CATEGORY if distinct <= 30 and distinct <= 0.8 * rows else Role.OTHER


class Reader:
    """Reads the tables of one connection."""

    def __init__(self, connection: sqlite3.Connection, words: Words) -> None:
        self.connection = connection
        self.words = words

    def database(self) -> Database:
        names = [
            str(row[0])
            for row in self.connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
                " ORDER BY rowid"
            )
        ]
        tables = {name: self.table(name, names) for name in names}
        tables = {name: table for name, table in tables.items() if table.rows}
        for table in tables.values():
            table.links = [link for link in table.links if link.parent in tables]
            for link in table.links:
                tables[link.parent].children.append(link)
        return Database(tables, list(tables))

    def table(self, name: str, names: list[str]) -> Table:
        info = self.connection.execute(f"PRAGMA table_info({quoted(name)})").fetchall()
        key = tuple(row[1] for row in sorted(info, key=lambda row: row[5]) if row[5])
        rows = int(self.connection.execute(f"SELECT count(*) FROM {quoted(name)}").fetchone()[0])
        forms = self.words.tables.get(name) or (singular(spoken_name(name)),)
        links = self.links(name, names)
        keys = set(key) | {link.column for link in links}
        columns = [self.column(name, row[1], forms, keys, rows) for row in info]
        return Table(name, forms, columns, key, rows, links)

    def links(self, name: str, names: list[str]) -> list[Link]:
        by_lower = {each.lower(): each for each in names}
        found: dict[int, list[tuple[str, str, str | None]]] = {}
        for row in self.connection.execute(f"PRAGMA foreign_key_list({quoted(name)})"):
            found.setdefault(row[0], []).append((row[2], row[3], row[4]))
        links = []
        for _, parts in sorted(found.items()):
            parent = by_lower.get(parts[0][0].lower())
            if len(parts) == 1 and parent is not None:
                key = parts[0][2] or self.primary_key(parent)
                if key:
                    relation = self.words.relations.get((name, parts[0][1]), "")
                    through = self.words.through.get((name, parts[0][1]), "")
                    links.append(Link(name, parts[0][1], parent, key, relation, through))
        return links

    def primary_key(self, table: str) -> str | None:
        info = self.connection.execute(f"PRAGMA table_info({quoted(table)})")
        keys = [str(row[1]) for row in info if row[5]]
        return keys[0] if len(keys) == 1 else None

    def column(
        self, table: str, name: str, forms: tuple[str, ...], keys: set[str], rows: int
    ) -> Column:
        at = f"FROM {quoted(table)} WHERE {quoted(name)} IS NOT NULL"
        distinct, filled = self.connection.execute(
            f"SELECT count(DISTINCT {quoted(name)}), count(*) {at}"
        ).fetchone()
        values = [
            row[0]
            for row in self.connection.execute(
                f"SELECT DISTINCT {quoted(name)} {at} ORDER BY 1 LIMIT {MOST_VALUES}"
            )
        ]
        spoken = self.words.columns.get((table, name)) or (
            with_time(spoken_column(name, forms)[0], values),
        )
        said = spoken[0].lower().split()
        role = (
            Role.KEY
            if name in keys or said[-1] == "id"
            else role_of(said, values, distinct, filled)
        )
        if not all(isinstance(value, (str, int, float)) for value in values):
            role, values = Role.OTHER, []
        adjective = (table, name) in self.words.adjectives
        return Column(table, name, role, spoken, tuple(values), rows - filled, distinct, adjective)


YEARS = re.compile(r"1[5-9]\d\d|20\d\d")
HAPPENED = re.compile(rf"({TIMED.pattern})( on| in| at)?")
UNITS = {
    "eur": "in euros",
    "usd": "in dollars",
    "gbp": "in pounds",
    "kw": "in kW",
    "sqm": "in square meters",
} | {unit: f"in {unit}" for unit in ("km", "kg", "cm", "mm", "km2", "ha")}


def with_time(spoken: str, values: list[str | int | float]) -> str:
    """`hired` and `hired on` of dates as "date hired", of years as "year hired"."""
    said = HAPPENED.fullmatch(spoken)
    if not said or not values:
        return spoken
    if all(isinstance(value, int) and YEARS.fullmatch(str(value)) for value in values):
        return f"year {said[1]}"
    dated = all(re.match(r"\d{4}-\d\d", str(value)) for value in values)
    return f"date {said[1]}" if dated else spoken


def spoken_column(name: str, table_forms: tuple[str, ...]) -> tuple[str, ...]:
    """The column's words, without the table's name before them: `pet_age` of pets is "age"."""
    words = spoken_name(name).split()
    for form in table_forms:
        own = form.split()
        if len(words) > len(own) and words[: len(own)] == own and words[len(own) :] != ["id"]:
            words = words[len(own) :]
    if words[-1] in UNITS:
        measured = {"km": ["distance"], "kg": ["weight"], "cm": ["length"]}.get(words[-1], [])
        words = (words[:-1] or measured) + [UNITS[words[-1]]]
    text = " ".join(words)
    if text.startswith("number ") and len(words) > 1 and words[1] != "of":
        text = "number of " + " ".join(words[1:])
    return (text,)
