"""A Python environment on sqlite3 that does the work of an SQLEnv episode, to be compared with.

Two of them, of the same episodes. `FreshPack` is plain: an episode opens its database file read-only,
asks for the gold rows when it begins, and asks SQLite for whatever it shows. `SharedPack` is what a
careful Python programmer makes of that: one connection a database for all episodes, with sqlite3's
cache of compiled statements, and descriptions, samples and golds computed once.

For well-formed actions observations and rewards are those of the core (scripts/bench-python compares
them before it measures). The core does more: caps on bytes and memory, metering inside functions,
suggestions in errors, ties in the verifier.
"""

from __future__ import annotations

import contextlib
import functools
import json
import math
import random
import re
import sqlite3
import unicodedata
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SHOWN_ROWS, SAMPLE_ROWS, SHOWN_CELL, MAX_ROWS = 20, 5, 400, 100_000
MAX_OPERATIONS, OPERATIONS_A_TICK = 20_000_000, 1000
ALLOWED = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE}
DENIED_FUNCTIONS = {"load_extension", "fts3_tokenizer", "readfile", "writefile"}
KINDS = ("DESCRIBE", "SAMPLE", "QUERY", "ANSWER")


class ActionError(Exception):
    """CODE and message of an action that failed."""


def display(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "NULL"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    text = f"{value:.15g}"
    return text if "." in text or "e" in text or "n" in text else text + ".0"


def cell(value: Any) -> str:
    text = display(value)
    if len(text.encode()) > SHOWN_CELL:
        text = text.encode()[:SHOWN_CELL].decode(errors="ignore") + "…"
    return text.replace("\n", "\\n").replace("\r", "\\r")


def render(columns: list[str], rows: list[tuple[Any, ...]], shown: int) -> str:
    lines = [" | ".join(columns)]
    lines += [" | ".join(map(cell, row)) for row in rows[:shown]]
    noun = "row" if len(rows) == 1 else "rows"
    if len(rows) <= shown:
        lines.append(f"({len(rows)} {noun})")
    else:
        lines.append(f"({shown} of {len(rows)} {noun} shown)")
    return "\n".join(lines)


class Table:
    def __init__(self, database: sqlite3.Connection, name: str) -> None:
        self.name, self._database = name, database
        self._quoted = '"' + name.replace('"', '""') + '"'
        self.columns = [
            column + (f" {kind}" if kind else "") + (" PRIMARY KEY" if key else " NOT NULL" if not_null else "")
            for _, column, kind, not_null, _, key in database.execute(f"PRAGMA table_info({self._quoted})")
        ]
        self.signature = f"{name}({', '.join(self.columns)})"

    @functools.cached_property
    def description(self) -> str:
        rows = self._database.execute(f"SELECT count(*) FROM {self._quoted}").fetchone()[0]
        head = f"Table {self.name} ({rows} {'row' if rows == 1 else 'rows'})"
        return "\n  ".join([head, *self.columns, *_foreign_keys(self._database, self._quoted)])

    @functools.cached_property
    def sample(self) -> str:
        cursor = self._database.execute(f"SELECT * FROM {self._quoted} LIMIT {SAMPLE_ROWS}")
        return render([one[0] for one in cursor.description], cursor.fetchall(), SAMPLE_ROWS)


def _foreign_keys(database: sqlite3.Connection, quoted: str) -> list[str]:
    keys: dict[int, tuple[str, list[str], list[str]]] = {}
    for number, _, table, column, referenced, *_ in database.execute(f"PRAGMA foreign_key_list({quoted})"):
        _, columns, targets = keys.setdefault(number, (table, [], []))
        columns.append(column)
        if referenced is not None:
            targets.append(referenced)
    return [
        f"FOREIGN KEY {', '.join(columns)} -> {table}" + (f"({', '.join(targets)})" if targets else "")
        for _, (table, columns, targets) in sorted(keys.items(), reverse=True)
    ]


class Database:
    """A connection: read only by an authorizer, bounded by a progress handler."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection, self.ticks, self.trusted = connection, 0, True
        connection.set_authorizer(self._authorize)
        connection.set_progress_handler(self._tick, OPERATIONS_A_TICK)
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        self.names = [row[0] for row in found]
        self.listed = "Tables: " + ", ".join(self.names)
        self._tables: dict[str, Table] = {}
        self.trusted = False

    def _authorize(self, action: int, _: Any, name: str | None, *__: Any) -> int:
        if self.trusted or action in ALLOWED or (action == sqlite3.SQLITE_FUNCTION and name not in DENIED_FUNCTIONS):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    def look(self, kind: str, name: str) -> tuple[Table, str]:
        """The table, and what DESCRIBE or SAMPLE shows of it."""
        wanted = name.strip().lower()
        table = self._tables.get(wanted)
        self.ticks, self.trusted = 0, True
        try:
            if table is None:
                known = next((one for one in self.names if one.lower() == wanted), None)
                if known is None:
                    raise ActionError("NO_SUCH_TABLE", f"there is no table {name}. {self.listed}.")
                table = self._tables[wanted] = Table(self.connection, known)
            return table, table.description if kind == "DESCRIBE" else table.sample
        finally:
            self.trusted = False

    def _tick(self) -> int:
        self.ticks += 1
        return self.ticks * OPERATIONS_A_TICK > MAX_OPERATIONS

    def query(self, sql: str) -> tuple[list[str], list[tuple[Any, ...]]]:
        self.ticks = 0
        try:
            cursor = self.connection.execute(sql)
            rows = cursor.fetchmany(MAX_ROWS + 1)
        except sqlite3.DatabaseError as error:
            if self.ticks * OPERATIONS_A_TICK > MAX_OPERATIONS:
                raise ActionError("OPERATION_BUDGET", "the query takes too many operations.") from None
            code = "NOT_READ_ONLY" if "not authorized" in str(error) else "SYNTAX"
            raise ActionError(code, str(error)) from None
        except sqlite3.Warning as error:
            raise ActionError("MULTIPLE_STATEMENTS", str(error)) from None
        if cursor.description is None:
            raise ActionError("NOT_READ_ONLY", "only one reading statement is allowed.")
        if len(rows) > MAX_ROWS:
            raise ActionError("TOO_LARGE", "the result has too many rows.")
        return [one[0] for one in cursor.description], rows


def cell_key(value: Any) -> Any:
    """3, 3.0 and '3' are one value; any other text is itself."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 1e15 else display(value)
    if isinstance(value, str):
        return int(value) if re.fullmatch(r"-?[1-9]\d{0,18}|0", value) else value
    return value if isinstance(value, int) else display(value)


class Gold:
    """What progress and verdict need of a question's gold rows, computed once."""

    def __init__(self, database: Database, sql: str) -> None:
        _, self.rows = database.query(sql)
        self.keys = {cell_key(value) for row in self.rows for value in row}
        self.numbers = [value for row in self.rows for value in row if isinstance(value, (int, float))]
        self.ordered = re.search(r"\border\s+by\b(?!.*\))", sql, re.IGNORECASE | re.DOTALL) is not None

    def quarters(self, rows: list[tuple[Any, ...]]) -> int:
        """How near a result is, in quarters: the formula of core/episode/progress.h."""
        cardinality = 1 - abs(len(rows) - len(self.rows)) / max(len(rows), len(self.rows), 1)
        keys = {cell_key(value) for row in rows for value in row}
        union = len(keys | self.keys)
        overlap = len(keys & self.keys) / union if union else 1.0
        closeness = overlap
        if self.numbers:
            found = [value for row in rows for value in row if isinstance(value, (int, float))]
            near = 0.0
            if found:
                for wanted in self.numbers:
                    near += 1 / (1 + math.log2(1 + min(abs(value - wanted) for value in found)))
            closeness = near / len(self.numbers)
        score = 0.25 * cardinality + 0.5 * overlap + 0.25 * closeness
        return max(0, min(4, math.floor(score * 4 + 0.5)))

    def right(self, answer: str) -> bool:
        """Rows equal as bags, or as lists if the gold is ordered, in some order of columns."""
        rows = parse_answer(answer, len(self.rows[0]) if self.rows else 1)
        if len(rows) != len(self.rows) or any(len(row) != len(self.rows[0]) for row in rows):
            return False
        wanted = [tuple(map(normal, row)) for row in self.rows]
        given = [tuple(map(normal, row)) for row in rows]
        if same_rows(given, wanted, self.ordered):
            return True
        order = match_columns(given, wanted)
        return order is not None and same_rows([tuple(row[i] for i in order) for row in given], wanted, self.ordered)


def normal(value: Any) -> Any:
    """Numbers as rounded reals, so that equal within a tolerance is mostly equal; texts normalised."""
    if isinstance(value, bool):
        return float(value)
    if isinstance(value, (int, float)):
        return float(f"{value:.9g}")
    if isinstance(value, str):
        text = unicodedata.normalize("NFC", value).strip()
        try:
            return float(f"{float(text):.9g}")
        except ValueError:
            return text
    return value


def same_rows(given: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]], ordered: bool) -> bool:
    return given == wanted if ordered else Counter(given) == Counter(wanted)


def match_columns(given: list[tuple[Any, ...]], wanted: list[tuple[Any, ...]]) -> list[int] | None:
    """Pairs columns by their bags of values."""
    bags = [Counter(column) for column in zip(*given, strict=True)]
    order: list[int] = []
    for column in zip(*wanted, strict=True):
        bag = Counter(column)
        free = [i for i, one in enumerate(bags) if one == bag and i not in order]
        if not free:
            return None
        order.append(free[0])
    return order


def parse_answer(text: str, width: int) -> list[tuple[Any, ...]]:
    """JSON, rows of cells between |, or one value a line."""
    text = re.sub(r"^```\w*\n|\n```$|^answer:\s*", "", text.strip(), flags=re.IGNORECASE)
    try:
        read = json.loads(text)
    except ValueError:
        return [tuple(part.strip() for part in line.split("|")) for line in text.splitlines() if line.strip()]
    if not isinstance(read, list):
        return [(read,)]
    if read and isinstance(read[0], list):
        return [tuple(row) for row in read]
    return [tuple(read)] if width > 1 and len(read) == width else [(one,) for one in read]


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    database: str
    gold_sql: str


class FreshPack:
    """Every episode opens the database's file and asks for the gold rows."""

    def __init__(self, data: Path, split: str, folder: Path) -> None:
        entries = json.loads((data / "questions" / f"questions_{split}.json").read_text("utf-8"))
        self.questions = [
            Question(one["question_id"], one["question_text"], one["database_name"], one["gold_sql"]) for one in entries
        ]
        self.files = {}
        for entry in json.loads((data / "pack.json").read_text("utf-8"))["databases"]:
            file = self.files[entry["name"]] = folder / f"{entry['name']}.sqlite"
            if not file.exists():
                with contextlib.closing(sqlite3.connect(file)) as made:
                    made.executescript((data / entry["file"]).read_text("utf-8"))

    def open_database(self, name: str) -> Database:
        return Database(sqlite3.connect(f"file:{self.files[name]}?mode=ro", uri=True, isolation_level=None))

    def open(self, question: Question) -> tuple[Database, Gold]:
        database = self.open_database(question.database)
        return database, Gold(database, question.gold_sql)


class SharedPack(FreshPack):
    """All episodes share one connection a database and one gold a question."""

    def __init__(self, data: Path, split: str, folder: Path) -> None:
        super().__init__(data, split, folder)
        databases = {name: self.open_database(name) for name in self.files}
        self._open = {
            one.id: (databases[one.database], Gold(databases[one.database], one.gold_sql)) for one in self.questions
        }

    def open(self, question: Question) -> tuple[Database, Gold]:
        return self._open[question.id]


class Episode:
    """One episode under the preset v2."""

    def __init__(self, pack: FreshPack, question: Question, budget: int = 15) -> None:
        self.question, self.budget = question, budget
        self.database, self.gold = pack.open(question)
        self.steps, self.done, self.last_quarters = 0, False, 0
        self.described: dict[str, str] = {}
        self.schema_info = self.database.listed
        self.history: list[str] = []
        self.seen_actions: set[tuple[str, str]] = set()
        self.seen_results: set[int] = set()

    def observe(self, result: str = "", error: str = "") -> dict[str, Any]:
        return {
            "question": self.question.text,
            "schema_info": self.schema_info,
            "result": result,
            "error": error,
            "step_count": self.steps,
            "budget_remaining": self.budget - self.steps,
            "action_history": list(self.history),
        }

    def step(self, action: tuple[str, str]) -> tuple[dict[str, Any], float, bool]:
        kind, argument = action[0].strip().upper(), action[1]
        key = (kind, " ".join(argument.split()))
        repeated = key in self.seen_actions
        self.seen_actions.add(key)
        new, change, result, error, correct = False, 0, "", "", False
        try:
            if kind not in KINDS:
                raise ActionError("UNKNOWN_ACTION", "use DESCRIBE, SAMPLE, QUERY or ANSWER.")
            if not argument.strip():
                raise ActionError("BLANK_ARGUMENT", f"{kind} needs an argument.")
            if kind == "QUERY":
                result, new, change = self._query(argument)
            elif kind == "ANSWER":
                correct = self.gold.right(argument)
                result = "Correct" if correct else "Incorrect"
            else:
                result = self._look(kind, argument)
        except ActionError as failed:
            error = f"{failed.args[0]}: {failed.args[1]}"
        self.steps += 1
        answered = kind == "ANSWER" and not error
        self.done = answered or self.steps == self.budget
        line = f"{action[0].strip()} {key[1]}"
        if len(line.encode()) > 200:
            line = line.encode()[:200].decode(errors="ignore") + "…"
        self.history.append(f"{line} -> {error.partition(':')[0] or 'ok'}")
        reward = float(correct) if answered else self._reward(not error, repeated, new, change)
        if self.done and not answered:
            reward = 0.0
        return self.observe(result, error), reward, self.done

    def _reward(self, executed: bool, repeated: bool, new: bool, change: int) -> float:
        micros = -20_000 + 37_500 * change
        if repeated:
            micros -= 30_000
        elif executed:
            micros += 20_000 + 10_000 * new
        return max(-100_000, min(150_000, micros)) / 1e6

    def _query(self, sql: str) -> tuple[str, bool, int]:
        columns, rows = self.database.query(sql)
        mark = hash((tuple(columns), tuple(rows)))
        new = mark not in self.seen_results
        self.seen_results.add(mark)
        quarters = self.gold.quarters(rows)
        change, self.last_quarters = quarters - self.last_quarters, quarters
        return render(columns, rows, SHOWN_ROWS), new, change

    def _look(self, kind: str, name: str) -> str:
        table, shown = self.database.look(kind, name)
        if kind == "DESCRIBE" and table.name not in self.described:
            self.described[table.name] = table.signature
            lines = [self.described[one] for one in self.database.names if one in self.described]
            self.schema_info = "\n".join([self.database.listed, *lines])
        return shown


class PythonVectorEnv:
    """Slots of episodes, each drawing its next question when one has ended, as VectorEnv does."""

    def __init__(self, count: int, pack: FreshPack) -> None:
        self.pack = pack
        self.draws = [random.Random(slot) for slot in range(count)]
        self.episodes: list[Episode] = []

    def _begin(self, slot: int) -> Episode:
        return Episode(self.pack, self.draws[slot].choice(self.pack.questions))

    def reset(self) -> list[dict[str, Any]]:
        self.episodes = [self._begin(slot) for slot in range(len(self.draws))]
        return [episode.observe() for episode in self.episodes]

    def step(self, actions: list[tuple[str, str]]) -> tuple[list[dict[str, Any]], list[float], list[bool], list[bool]]:
        """Observations, rewards, and which episodes ended and which began."""
        observations, rewards, ended, began = [], [], [], []
        for slot, action in enumerate(actions):
            episode = self.episodes[slot]
            begins = episode.done
            if begins:
                episode = self.episodes[slot] = self._begin(slot)
                observation, reward, done = episode.observe(), 0.0, False
            else:
                observation, reward, done = episode.step(action)
            observations.append(observation)
            rewards.append(reward)
            ended.append(done)
            began.append(begins)
        return observations, rewards, ended, began
