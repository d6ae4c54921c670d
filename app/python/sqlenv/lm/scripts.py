"""What is played in a transcript: right play, and mistakes of several kinds with the way out.

A script is a list of lines for `play_lines`. `script_for` draws a kind; where a kind does not fit a
question (no text to look up, no second table, …) it gives None.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from .database_copy import Database, Table
from .naming import singular_name, words_of
from .playing import Line
from .schema_words import plural

_LITERAL = re.compile(r"(?:(\w+)\.)?(\w+)\)?\s*(?:=|<>|!=|LIKE)\s*'((?:[^']|'')*)'")
_WORD = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|\w+")
_READ = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
_ALIAS = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)(?:\s+AS)?\s+(\w+)", re.IGNORECASE)
_FUNCTION = re.compile(r"\b(?:count|sum|avg|min|max|round|total|lower|upper|trim|substr)\(")
_MOST_DISTINCT = 12


@dataclass
class Task:
    """A question with what a script needs to know about it."""

    sql: str
    database: Database
    spoken: dict[str, str]
    """what questions call the tables and columns, by their names in the schema"""

    def __post_init__(self) -> None:
        by_name = {table.name.lower(): table for table in self.database}
        words = [word.lower() for word in _READ.findall(self.sql)]
        places = {name: words.index(name) for name in by_name if name in words}
        self.tables: list[Table] = [by_name[n] for n in sorted(places, key=lambda n: places[n])]
        """those of the query, in its order"""

    @property
    def others(self) -> list[Table]:
        return [table for table in self.database if table not in self.tables]

    def text_filter(self) -> tuple[Table, str, str] | None:
        """The first condition on text: table, column, value."""
        aliases = {alias.lower(): name.lower() for name, alias in _ALIAS.findall(self.sql)}
        for qualifier, column, value in _LITERAL.findall(self.sql):
            wanted = aliases.get(qualifier.lower(), qualifier.lower())
            for table in self.tables:
                if wanted and table.name.lower() != wanted:
                    continue
                if any(c.name.lower() == column.lower() for c in table.columns):
                    return table, column, value
        return None


Script = list[Line]


def normalised(sql: str) -> str:
    """The query in one way of writing, so that a model has one to learn: one line, no semicolon,
    COUNT and the like in capitals, t1 for T1, != for <>, no ASC."""
    parts = re.split(r"('(?:[^']|'')*'|\"[^\"]*\")", sql.strip().rstrip("; "))
    return "".join(p if i % 2 else _rewritten(p) for i, p in enumerate(parts)).strip()


def _rewritten(part: str) -> str:
    part = re.sub(r"\s+", " ", part).replace("<>", "!=").replace(" ASC", "")
    part = re.sub(r"\bT(\d+)\b", r"t\1", part)
    return _FUNCTION.sub(lambda match: match[0].upper(), part)


def gold(task: Task, _: Random) -> Script | None:
    return [*_describe(task.tables), *_end(task)]


def sample(task: Task, _: Random) -> Script | None:
    """Looks at rows before filtering by a text."""
    found = task.text_filter()
    return found and [*_describe(task.tables), Line(f"S {found[0].name}"), *_end(task)]


def second_look(task: Task, _: Random) -> Script | None:
    """Looks at the different values of a column before filtering by one."""
    look = _look(task)
    return look and [*_describe(task.tables), look, *_end(task)]


def detour(task: Task, dice: Random) -> Script | None:
    """Describes a table that is not needed, which is not to be learnt, then the right ones."""
    if not task.others:
        return None
    extra = Line(f"D {dice.choice(task.others).name}", learn=False)
    right = _describe(task.tables)
    place = dice.randint(0, len(right))
    return [*right[:place], extra, *right[place:], *_end(task)]


def unlisted_table(task: Task, dice: Random) -> Script | None:
    """Describes the question's noun, which is no table."""
    listed = {table.name.lower() for table in task.database}
    spoken = task.spoken.get(task.tables[0].name, task.tables[0].name)
    words = singular_name(words_of(spoken))
    many = "_".join([*words[:-1], plural(words[-1])])
    guesses = [name for name in ("_".join(words), many, words[-1]) if name not in listed]
    if not guesses:
        return None
    return [Line(f"D {dice.choice(guesses)}", False, "error"), *_describe(task.tables), *_end(task)]


def no_describe(task: Task, _: Random) -> Script | None:
    """Queries by the question's words before looking at a table."""
    wrong = _respelt(task, {c.name for t in task.tables for c in t.columns})
    return None if wrong == task.sql else [_wrong(wrong), *_describe(task.tables), *_end(task)]


def missed_table(task: Task, dice: Random) -> Script | None:
    """Joins a table that was not described, with a column as the question calls it."""
    if len(task.tables) < 2:
        return None
    last = task.tables[-1]
    wrong = _respelt(task, {column.name for column in last.columns})
    if wrong == task.sql:
        wrong = _misspelt(task, [last], dice)
    first = _describe(task.tables[:-1])
    return [*first, _wrong(wrong), *_describe([last]), *_end(task)]


def wrong_column(task: Task, dice: Random) -> Script | None:
    """Gets a column's name wrong and corrects it."""
    wrong = _misspelt(task, task.tables, dice)
    return None if wrong == task.sql else [*_describe(task.tables), _wrong(wrong), *_end(task)]


def ambiguous(task: Task, dice: Random) -> Script | None:
    """Leaves out an alias where two tables have the column."""
    qualified = sorted(set(re.findall(r"\b[A-Za-z]\w*\.\w+", task.sql)))
    if not qualified:
        return None
    chosen = dice.choice(qualified)
    wrong = task.sql.replace(chosen, chosen.split(".")[1], 1)
    return [*_describe(task.tables), _wrong(wrong), *_end(task)]


def broken_syntax(task: Task, dice: Random) -> Script | None:
    """Forgets a bracket or a word."""
    places = [m.span() for m in re.finditer(r"\)|\bFROM |\bBY |\bAS (?=\w+ ON)", task.sql)]
    if not places:
        return None
    start, end = dice.choice(places)
    return [*_describe(task.tables), _wrong(task.sql[:start] + task.sql[end:]), *_end(task)]


def wrong_spelling(task: Task, dice: Random) -> Script | None:
    """Filters by a text that is spelt otherwise in the data, finds nothing and looks."""
    found = task.text_filter()
    if found is None:
        return None
    table, _, value = found
    spellings = (value.lower(), value.upper(), value.title(), value.split(" ")[0])
    others = [spelling for spelling in spellings if spelling != value]
    if not value.strip() or not others:
        return None
    wrong = task.sql.replace(f"'{value}'", f"'{dice.choice(others)}'")
    looks = [look for look in (Line(f"S {table.name}"), _look(task)) if look]
    return [
        *_describe(task.tables), Line(f"Q {wrong}", False, "empty"), dice.choice(looks), *_end(task)
    ]  # fmt: skip


def two_mistakes(task: Task, dice: Random) -> Script | None:
    """A table that is not listed, and later a wrong column."""
    first, second = unlisted_table(task, dice), wrong_column(task, dice)
    return first and second and [first[0], *second]


def stuck(task: Task, dice: Random) -> Script | None:
    """Makes the same mistake twice before the way out."""
    script = dice.choice((unlisted_table, wrong_column, no_describe))(task, dice)
    if script is None:
        return None
    place = next(i for i, line in enumerate(script) if not line.learn)
    return [*script[:place], script[place], *script[place:]]


KINDS: dict[str, tuple[Callable[[Task, Random], Script | None], int]] = {
    "gold": (gold, 680),
    "sample": (sample, 55),
    "second_look": (second_look, 40),
    "detour": (detour, 30),
    "unlisted_table": (unlisted_table, 50),
    "no_describe": (no_describe, 25),
    "missed_table": (missed_table, 25),
    "wrong_column": (wrong_column, 35),
    "ambiguous": (ambiguous, 15),
    "broken_syntax": (broken_syntax, 15),
    "wrong_spelling": (wrong_spelling, 60),
    "two_mistakes": (two_mistakes, 15),
    "stuck": (stuck, 25),
}
"""How each kind is made, and its share in a thousand (less where it often does not fit)."""

RECOVERY = frozenset(list(KINDS)[4:])
"""kinds with an action that fails or finds nothing"""


def draw_kind(dice: Random) -> str:
    return dice.choices(list(KINDS), [share for _, share in KINDS.values()])[0]


def _describe(tables: list[Table]) -> Script:
    return [Line(f"D {table.name}") for table in tables]


def _end(task: Task) -> Script:
    return [Line(f"Q {task.sql}"), Line("A =")]


def _wrong(sql: str) -> Line:
    return Line(f"Q {sql}", learn=False, must="error")


def _look(task: Task) -> Line | None:
    """A query for the values of the column that a text is compared with, if they are few."""
    found = task.text_filter()
    if found is None:
        return None
    table, column, _ = found
    name = next(c.name for c in table.columns if c.name.lower() == column.lower())
    few = 1 < len(set(table.cells([name]))) <= _MOST_DISTINCT
    return Line(f"Q SELECT DISTINCT {name} FROM {table.name}") if few else None


def _respelt(task: Task, names: set[str]) -> str:
    """The query with these columns as questions call them."""
    def spell(match: re.Match[str]) -> str:
        word = match[0]
        return task.spoken.get(word, word) if word in names else word

    return _WORD.sub(spell, task.sql)


def _misspelt(task: Task, tables: list[Table], dice: Random) -> str:
    """The query with one column of these tables under a name that is not there, but could be."""
    used = set(_WORD.findall(task.sql))
    columns = sorted({c.name for t in tables for c in t.columns} & used)
    if not columns:
        return task.sql
    name = dice.choice(columns)
    parts = name.split("_")
    shorter = [parts[-1], "_".join(parts[:-1])]
    there = {c.name.lower() for t in task.tables for c in t.columns}
    guesses = [task.spoken.get(name, name), "_".join(words_of(name)), *shorter]
    free = [guess for guess in guesses if guess and guess.lower() not in there]
    free = free or [f"{tables[0].name}_{name}"]
    guess = dice.choice(free)
    return _WORD.sub(lambda match: guess if match[0] == name else match[0], task.sql)
