"""Agent: plays one episode as a sequence of choices that the policy makes.

    look:    DESCRIBE a table, SAMPLE one, look the question's phrases up in the text columns of what
             is described (one QUERY), or write a query
    write:   table, shape, filters, targets, group, order, limit, rounding: a Sketch
    decide:  after the query's result: ANSWER it, or write another

An agent reads observations and nothing else. It reads long results page by page before ANSWER.
"""

from __future__ import annotations

import json
import random
from bisect import bisect_right
from collections.abc import Callable, Hashable, Sequence
from math import exp
from typing import Any, NamedTuple, Protocol

from .links import Links
from .model import Choice, Floats
from .query_writer import write
from .seen_database import SeenDatabase, Shown, read_rows
from .sketch import look_up_sql, to_sql
from .words import Question

LOOKS = 6
"""the most steps spent on looking"""
ATTEMPTS = 2
"""the most queries written"""
PAGE = 20
"""the rows that an observation shows"""


class Observed(Protocol):
    """The members of an observation that an agent reads."""

    def __getitem__(self, member: str, /) -> Any: ...


class Decision(NamedTuple):
    key: Hashable
    row: int
    log_probability: float


Chooser = Callable[[Hashable, Callable[[], Choice]], Any]


class Policy:
    """Weights and what was computed with them. The agents of a process share one.

    Choices are kept by key; they depend on observations alone. Their probabilities are kept until
    `set_weights`.
    """

    def __init__(self, weights: Floats) -> None:
        self.choices: dict[Hashable, Choice] = {}
        self.links: dict[Hashable, Links] = {}
        self.questions: dict[str, Question] = {}
        self.set_weights(weights)

    def set_weights(self, weights: Floats) -> None:
        self.weights = weights
        self._probabilities: dict[Hashable, tuple[list[float], list[float]]] = {}

    def decide(
        self, key: Hashable, build: Callable[[], Choice], draw: random.Random | None
    ) -> tuple[Any, Decision | None]:
        """Draws an option, or takes the likeliest if `draw` is None. A single option is no Decision."""
        choice = self.choices.get(key)
        if choice is None:
            choice = self.choices[key] = build()
        if len(choice) == 1:
            return choice.options[0], None
        known = self._probabilities.get(key)
        if known is None:
            logs = choice.log_probabilities(self.weights).tolist()
            known = self._probabilities[key] = (logs, [])
        logs, cumulative = known
        if draw is None:
            row = logs.index(max(logs))
        else:
            row = draw_row(logs, cumulative, draw)
        return choice.options[row], Decision(key, row, logs[row])


def draw_row(logs: list[float], cumulative: list[float], draw: random.Random) -> int:
    """Draws a row by its probability. Fills `cumulative` at first use."""
    if not cumulative:
        total = 0.0
        for log in logs:
            total += exp(log)
            cumulative.append(total)
    return min(bisect_right(cumulative, draw.random() * cumulative[-1]), len(logs) - 1)


class Agent:
    """Plays one episode. Without `draw` it takes the likeliest choices; a second query then draws
    from `retry`, so that it differs from the first."""

    def __init__(self, policy: Policy, draw: random.Random | None, retry: random.Random) -> None:
        self.policy = policy
        self.decisions: list[Decision] = []
        self._draw = draw
        self._retry = retry
        self._last: tuple[str, str] | None = None
        self._phase = "look"
        self._looks = 0
        self._attempts = 0
        self._tried: set[str] = set()
        self._shown: Shown | None = None
        self._pages: list[list[str]] = []

    def act(self, observation: Observed) -> tuple[str, str]:
        """The next action. The first observation begins the episode."""
        if self._last is None:
            self._begin(observation)
        else:
            self._read(observation)
        action = self._next(observation)
        self._last = action
        return action

    def _begin(self, observation: Observed) -> None:
        text = observation["question"]
        known = self.policy.questions
        if text not in known:
            known[text] = Question.read(text)
        self._question = known[text]
        self._seen = SeenDatabase.begin(observation["schema_info"])
        self._name = (text, tuple(self._seen.names))
        self._looking_up: list[str] = []

    def _read(self, observation: Observed) -> None:
        kind, argument = self._last or ("", "")
        result = observation["result"]
        if self._phase == "look":
            if kind == "DESCRIBE":
                self._seen.read_description(argument, result)
            elif kind == "SAMPLE":
                self._seen.read_sample(argument, result, set(self._question.phrases))
            else:
                self._seen.read_look_up(self._looking_up, result)
        elif self._phase == "write":
            self._shown = read_rows(result)
            self._pages = list(self._shown.rows) if self._shown else []
            self._phase = "decide"
        elif self._phase == "page":
            more = read_rows(result)
            self._pages += more.rows if more else []
            self._phase = "page" if more else "answer"

    def _next(self, observation: Observed) -> tuple[str, str]:
        left = observation["budget_remaining"]
        if self._phase == "look":
            action = self._look(left)
            if action is not None:
                return action
            return self._write()
        if self._phase == "decide":
            if left > 2 and self._attempts < ATTEMPTS and self._again():
                return self._write()
            self._phase = "page"
        if self._phase == "page" and left > 1 and self._more():
            skip = len(self._pages)
            return "QUERY", f"SELECT * FROM ({self._sql}) LIMIT {PAGE} OFFSET {skip}"
        return "ANSWER", self._answer()

    # ------------------------------------------------------------------ choices

    def _decide(self, key: Hashable, build: Callable[[], Choice]) -> Any:
        draw = self._draw or (self._retry if self._attempts else None)
        option, decision = self.policy.decide(key, build, draw)
        if decision is not None:
            self.decisions.append(decision)
        return option

    def _links(self) -> Links:
        key = (self._name, self._seen.fingerprint)
        links = self.policy.links.get(key)
        if links is None:
            links = self.policy.links[key] = Links(self._question, self._seen)
        return links

    def _look(self, left: int) -> tuple[str, str] | None:
        seen = self._seen
        if left <= 3 or self._looks >= LOOKS:
            return None
        key = ("look", self._name, seen.looks)
        option = self._decide(key, lambda: _look_choice(self._links(), seen))
        self._looks += 1
        if option == ("WRITE", ""):
            return None
        if option == ("LOOK UP", ""):
            tables = [t for t in seen.described() if t.name not in seen.looked_up]
            self._looking_up = [table.name for table in tables]
            sql = look_up_sql(tables, self._question.phrases)
            return "QUERY", sql or "SELECT 'no', 'text', 'columns' LIMIT 0"
        return option  # type: ignore[no-any-return]

    def _write(self) -> tuple[str, str]:
        links = self._links()
        sketch = write(links, self._name, self._decide)
        self._sql = to_sql(sketch, links.joins)
        self._tried.add(self._sql)
        self._attempts += 1
        self._phase = "write"
        return "QUERY", self._sql

    def _again(self) -> bool:
        shown = self._shown
        if shown is None:
            seen = "error"
        elif shown.total == 0:
            seen = "empty"
        elif all(cell == "NULL" for row in shown.rows for cell in row):
            seen = "null"
        elif shown.rows == [["0"]]:
            seen = "zero"
        else:
            seen = "one" if shown.total == 1 else "some" if shown.total <= PAGE else "many"
        attempt = min(self._attempts, ATTEMPTS)
        key = ("again", seen, attempt)
        features = [
            [f"answer:{seen}", f"answer:{attempt}"],
            [f"again:{seen}", f"again:{attempt}"],
        ]
        return bool(self._decide(key, lambda: Choice([False, True], features)))

    # ------------------------------------------------------------------ the answer

    def _more(self) -> bool:
        return self._shown is not None and len(self._pages) < self._shown.total <= 4 * PAGE

    def _answer(self) -> str:
        if not self._pages:
            return "0" if self._shown is None else "[]"
        numeric = _numeric_columns(self._sql, self._seen, len(self._pages[0]))
        rows = [[_cell(cell, number) for cell, number in zip(row, numeric)] for row in self._pages]
        if len(rows) == 1 and len(rows[0]) == 1:
            return str(rows[0][0]) if rows[0][0] is not None else "NULL"
        return json.dumps(rows, ensure_ascii=False)


def _look_choice(links: Links, seen: SeenDatabase) -> Choice:
    options: list[tuple[str, str]] = []
    features: list[list[str]] = []
    described = min(len(seen.tables), 4)
    linked = {link.table for table in seen.tables.values() for link in table.links}
    wanted = 0
    for name in seen.names:
        if name in seen.tables:
            continue
        wanted += links.table_match[name].level == 2
        names = [f"describe:{f}" for f in links.table_features(name)]
        level = links.table_match[name].level
        names.append(f"describe:linked{name in linked}level{level}seen{described}")
        options.append(("DESCRIBE", name))
        features.append(names)
    if seen.tables:
        options += [("SAMPLE", name) for name in seen.names
                    if name in seen.tables and name not in seen.sampled]
        features += [[f"sample:sampled{min(len(seen.sampled), 2)}", f"sample:seen{described}"]
                     for _ in range(len(options) - len(features))]
        if set(seen.tables) - seen.looked_up:
            options.append(("LOOK UP", ""))
            again = bool(seen.looked_up)
            features.append([f"look up:again{again}", f"look up:again{again}wanted{min(wanted, 2)}",
                             f"look up:again{again}seen{described}"])
        rest = min(len(seen.names) - len(seen.tables), 3)
        hits = min(len(seen.hits), 2)
        features.append([
            f"write:seen{described}wanted{min(wanted, 2)}", f"write:rest{rest}",
            f"write:hits{hits}looked{bool(seen.looked_up)}",
        ])  # fmt: skip
        options.append(("WRITE", ""))
    return Choice(options, features)


def _numeric_columns(sql: str, seen: SeenDatabase, count: int) -> list[bool]:
    """Which shown columns may hold numbers: all but plain columns of text."""
    selected = sql[len("SELECT ") : sql.index(" FROM ")].removeprefix("DISTINCT ")
    parts: Sequence[str] = selected.split(", ")
    text = {
        f'"{column.table}"."{column.name}"'
        for table in seen.described()
        for column in table.columns
        if not column.numeric
    }
    numeric = [part not in text and part[4:-1] not in text for part in parts]
    return numeric if len(numeric) == count else [True] * count


def _cell(text: str, number: bool) -> str | int | float | None:
    if text == "NULL":
        return None
    if not number:
        return text
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text
