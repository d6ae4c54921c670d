"""Writes a Sketch by one choice after another. A choice's key names all that its features read."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from .links import Links, Value
from .model import Choice
from .seen_database import Column, Table
from .sketch import AMOUNTS, SHAPES, Filter, Sketch
from .words import identifier_words

Decide = Callable[[Hashable, Callable[[], Choice]], Any]

MAX_TARGETS = 3
MAX_FILTERS = 2
_LISTING = ("list", "top", "sorted", "beyond_average", "without")
_ONE_TARGET = ("distinct", "count_distinct", "avg", "sum", "min", "max",
               "group_avg", "group_sum", "group_min", "group_max")  # fmt: skip
_GROUPED = ("group_count", "group_avg", "group_sum", "group_min", "group_max",
            "most_frequent", "least_frequent", "having")  # fmt: skip
_ORDERED = ("top", "sorted", "beyond_average", "count_beyond")
_ROUNDED = ("avg", "sum", "group_avg", "group_sum")


def write(links: Links, state: Hashable, decide: Decide) -> Sketch:
    """Makes the choices of one query; `state` names the question and the database's tables."""
    return _QueryWriter(links, state, decide).sketch()


class _QueryWriter:
    def __init__(self, links: Links, state: Hashable, decide: Decide) -> None:
        self.links = links
        self.state = state
        self.decide = decide

    def ask(self, *key: Hashable, build: Callable[[], Choice]) -> Any:
        return self.decide((self.state, *key), build)

    def sketch(self) -> Sketch:
        table: Table = self.decide(("table", self.state, self.links.fingerprint), self._tables)
        name = table.name
        parent = bool(self.links.joins.referring(name))
        shape: str = self.ask("shape", name, parent, build=lambda: self._shapes(parent))
        filters, either = self._filters(name, shape)
        group = self._column("group", name, shape, ()) if shape in _GROUPED else None
        targets = self._targets(name, shape, group)
        order = self._column("order", name, shape, ()) if shape in _ORDERED else None
        return Sketch(
            table=name,
            shape=shape,
            targets=targets,
            filters=filters,
            either=either,
            group=group,
            order=order,
            descending=order is not None and self._descending(shape, order),
            limit=self._limit() if shape == "top" else "",
            digits=self._digits(shape) if shape in _ROUNDED else None,
            least=self._least() if shape == "having" else "",
            child=self._child(name) if shape == "without" else "",
        )

    # ------------------------------------------------------------------ table and shape

    def _tables(self) -> Choice:
        tables = self.links.tables
        features = [self.links.seen_table_features(table) for table in tables]
        return Choice(tables, [[f"table:{f}" for f in names] for names in features])

    def _shapes(self, parent: bool) -> Choice:
        options = [shape for shape in SHAPES if parent or shape != "without"]
        cues = self.links.question.cues
        numbers = min(len(self.links.question.numbers), 2)
        features = [
            [f"shape:{shape}", f"shape:{shape}:numbers{numbers}"]
            + [f"shape:{shape}:{cue}" for cue in cues]
            for shape in options
        ]
        return Choice(options, features)

    # ------------------------------------------------------------------ columns

    def _targets(self, table: str, shape: str, group: Column | None) -> tuple[Column, ...]:
        if shape in _ONE_TARGET:
            return (self._column("amount", table, shape, (group,) if group else ()),)
        if shape not in _LISTING:
            return ()
        chosen: tuple[Column, ...] = ()
        while len(chosen) < MAX_TARGETS:
            column = self._column("target", table, shape, chosen)
            if column is None:
                break
            chosen = (*chosen, column)
        return chosen

    def _column(self, role: str, table: str, shape: str, taken: tuple[Column, ...]) -> Any:
        """A column for a role. None, for a second or third target, ends the targets."""
        kind = _kind(role, shape)
        near = self.links.near(table)
        return self.ask(kind, table, near, taken, build=lambda: self._columns(kind, table, taken))

    def _columns(self, kind: str, table: str, taken: tuple[Column, ...]) -> Choice:
        links = self.links
        near = [(c, d) for c, d in links.columns_near(table) if c not in taken]
        if kind.startswith(("amount", "order")) and not kind.endswith("distinct"):
            near = [(c, d) for c, d in near if c.numeric or _ordered(c)] or near
        again = f"{len(taken)}" if kind.startswith("target") else ""
        options: list[Column | None] = [column for column, _ in near]
        features = []
        for column, distance in near:
            names = [f"{kind}{bool(taken)}:{f}" for f in links.column_features(column, table)]
            same = bool(taken) and column.table == taken[-1].table
            names.append(f"{kind}:same{same}more{again}level{links.column_match[column].level}")
            features.append(names)
        if kind.startswith("target") and taken:
            left = sum(1 for c in options if c and links.column_match[c].level == 2)
            options.append(None)
            features.append([
                f"end:{again}", f"end:{again}left{min(left, 2)}",
                f"end:{again}and{'and' in links.question.cues}left{min(left, 2)}",
            ])  # fmt: skip
        return Choice(options, features)

    # ------------------------------------------------------------------ filters

    def _filters(self, table: str, shape: str) -> tuple[tuple[Filter, ...], bool]:
        filters: tuple[Filter, ...] = ()
        taken: tuple[Value, ...] = ()
        near, hits = self.links.near(table), self.links.hits_near(table)
        while len(filters) < MAX_FILTERS:
            value: Value | None = self.ask(
                "filter", table, near, hits, _kind("filter", shape), taken,
                build=lambda: self._values(table, _kind("filter", shape), taken),
            )  # fmt: skip
            if value is None:
                break
            taken = (*taken, value)
            filters = (*filters, self._filter(value))
        either = len(filters) == 2 and self.ask("either", taken, build=lambda: self._either(taken))
        return filters, bool(either)

    def _values(self, table: str, kind: str, taken: tuple[Value, ...]) -> Choice:
        links = self.links
        places = {value.position for value in taken}
        found = [(v, f) for v, f in links.values(table)
                 if v not in taken and not (v.kind == "null" and taken)]
        texts = min(len(links.hits_near(table)), 2)
        numbers = min(len(links.question.numbers), 2)
        quoted = min(len(links.question.quoted), 2)
        options: list[Value | None] = [None]
        some = [f"none{len(taken)}:{kind}", f"none{len(taken)}:hits{texts}",
                f"none{len(taken)}:numbers{numbers}:{kind}", f"none{len(taken)}:quoted{quoted}",
                f"none{len(taken)}:{texts}{numbers}{quoted}"]  # fmt: skip
        some += [f"none{len(taken)}:{cue}" for cue in links.question.cues if " " not in cue]
        features = [some]
        for value, names in found:
            used = value.position in places and value.position >= 0
            options.append(value)
            features.append([f"{f}" for f in names] + [f"filter{len(taken)}:{value.kind}used{used}"])
        return Choice(options, features)

    def _filter(self, value: Value) -> Filter:
        column = value.column
        operator = self.ask("operator", value, build=lambda: self._operators(value))
        number = value.kind == "number" and column.numeric
        return Filter(column, operator, value.text, number, value.stored)

    def _operators(self, value: Value) -> Choice:
        question = self.links.question
        if value.kind == "null":
            options = ["null", "not null"]
            near = [c for c in question.cues if " " not in c]
        elif value.kind == "hit":
            options = ["=", "!="]
            near = question.around(value.position, 4, 0)
        else:
            options = ["=", "<", "<=", ">", ">=", "!="]
            near = question.around(value.position, 3, 2)
            near += [a + " " + b for a, b in zip(near, near[1:])]
            if not value.column.numeric:
                options += ["prefix", "contains"]
        kind = value.kind + ("" if value.column.numeric else " text")
        features = [
            [f"operator:{kind}:{o}"] + [f"operator:{kind}:{o}:{word}" for word in near]
            for o in options
        ]
        return Choice(options, features)

    def _either(self, taken: tuple[Value, ...]) -> Choice:
        cues = [cue for cue in ("or", "either", "and", "both") if cue in self.links.question.cues]
        same = taken[0].column == taken[1].column
        words = [f"{cue}{same}" for cue in cues] + [f"{same}"]
        return Choice([False, True], [[f"either:{o}:{word}" for word in words] for o in (0, 1)])

    # ------------------------------------------------------------------ the rest

    def _descending(self, shape: str, order: Column) -> bool:
        words = identifier_words(order.name)
        cues = self.links.question.cues

        def build() -> Choice:
            features = [
                [f"down:{shape}:{o}"] + [f"down:{o}:{cue}" for cue in cues]
                + [f"down:{o}:{cue}:{word}" for cue in cues if cue in _EXTREMES for word in words]
                for o in (False, True)
            ]  # fmt: skip
            return Choice([False, True], features)

        return bool(self.ask("down", shape, order, build=build))

    def _limit(self) -> str:
        question = self.links.question

        def build() -> Choice:
            options, features = ["1", "1 OFFSET 1", "1 OFFSET 2"], []
            for option in options:
                features.append([f"limit:{option}"] + [f"limit:{option}:{c}" for c in question.cues])
            for number in question.numbers:
                if number.text not in options and number.value == int(number.value) <= 50:
                    options.append(number.text)
                    near = question.around(number.position, 2, 1)
                    features.append([f"limit:n:digits{number.digits}"] + [f"limit:n:{w}" for w in near])
            return Choice(options, features)

        return str(self.ask("limit", build=build))

    def _digits(self, shape: str) -> int | None:
        cues = self.links.question.cues
        stated = [n.value for n in self.links.question.numbers]

        def build() -> Choice:
            options: list[int | None] = [None, 0, 1, 2]
            features = [
                [f"digits:{o}:round{'round' in cues or 'rounded' in cues}said{o in stated}"]
                for o in options
            ]
            return Choice(options, features)

        return self.ask("digits", build=build)  # type: ignore[no-any-return]

    def _least(self) -> str:
        question = self.links.question

        def build() -> Choice:
            options, features = [], []
            for number in [*question.numbers, None]:
                for sign in (">=", ">", "=", "<", "<="):
                    near = question.around(number.position, 3, 2) if number else question.cues
                    kind = f"least:{sign}:{'said' if number else 'one'}"
                    options.append(f"{sign} {number.text if number else 1}")
                    features.append([kind] + [f"{kind}:{word}" for word in near])
            return Choice(options, features)

        return str(self.ask("least", build=build))

    def _child(self, table: str) -> str:
        def build() -> Choice:
            children = sorted({edge.to_table for edge in self.links.joins.referring(table)})
            matches = [self.links.table_match[child] for child in children]
            return Choice(children, [[f"child:level{m.level}{m.phrase}", "child"] for m in matches])

        return str(self.ask("child", table, self.links.near(table), build=build))


_EXTREMES = frozenset(
    """oldest youngest newest latest earliest first last most least highest lowest largest smallest
    longest shortest older younger above below""".split()
)


def _kind(role: str, shape: str) -> str:
    """The kind of a role's choices; shapes that use it alike share them."""
    if role == "amount":
        plain = shape.removeprefix("group_")
        return "amount" if plain in AMOUNTS else f"amount {shape} distinct"
    if role == "filter":
        return "listing" if shape in _LISTING else "grouped" if shape in _GROUPED else "number"
    if role == "group":
        return "group frequent" if shape.endswith("frequent") else "group"
    if role == "target":
        return "target"
    return role


def _ordered(column: Column) -> bool:
    words = identifier_words(column.name)
    return any(word in ("date", "year", "time", "since", "born", "birth", "month") for word in words)
