"""Questions about one table, without groups."""

from __future__ import annotations

from . import lexicon
from .conditions import Condition
from .draft import Draft, Maker
from .schema import Column, Role
from .speaker import joined, predicate, refs, where
from .templates import drawn
from .words import plural

DIRECTIONS = {
    "ASC": [
        "in ascending order",
        "ascending",
        "from {lowest|smallest} to {highest|largest}",
        "from low to high",
    ],
    "DESC": [
        "in descending order",
        "descending",
        "from {highest|largest} to {lowest|smallest}",
        "from high to low",
    ],
}
TEXT_DIRECTIONS = {
    "ASC": ["in alphabetical order", "alphabetically", "from A to Z"],
    "DESC": ["in reverse alphabetical order", "from Z to A", "in descending alphabetical order"],
}
TIME_DIRECTIONS = {
    "ASC": [
        "from {earliest|oldest} to {latest|newest}",
        "in ascending order",
        "in chronological order",
        "ascending",
    ],
    "DESC": [
        "from {latest|newest} to {earliest|oldest}",
        "in descending order",
        "descending",
    ],
}


def count_all(maker: Maker) -> Draft | None:
    table = maker.table()
    if table is None:
        return None
    scope = maker.scope(table)
    question = maker.say("count", table, xs=maker.speaker.many(table))
    return Draft(f"SELECT count(*) {scope.text}", question, [table.name])


def count_where(maker: Maker) -> Draft | None:
    table = maker.table()
    condition = maker.speaker.conditions(table).any() if table else None
    if table is None or condition is None:
        return None
    scope, noun = maker.scope(table), maker.speaker.many(table)
    question = maker.say(
        "count_where",
        table,
        xs=maker.speaker.some(table, [condition]),
        noun=noun,
        that="that",
        predicate=predicate(condition.after),
    )
    sql = f"SELECT count(*) {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [table.name])


def select(maker: Maker) -> Draft | None:
    table = maker.table(Role.NAME, Role.CATEGORY, Role.NUMBER)
    columns = maker.speaker.attributes(table, maker.source.choice([1, 1, 2, 2, 3])) if table else []
    if table is None or not columns:
        return None
    scope, speaker = maker.scope(table), maker.speaker
    question = maker.say(
        "select",
        table,
        **speaker.attributed(columns),
        xs=speaker.many(table),
        x=speaker.one(table),
    )
    return Draft(f"SELECT {refs(scope, columns)} {scope.text}", question, [table.name], least=2)


def select_where(maker: Maker, count: int = 1, joint: str = "AND") -> Draft | None:
    table = maker.table(Role.NAME, Role.CATEGORY, Role.NUMBER)
    if table is None:
        return None
    speaker = maker.speaker
    conditions = distinct_conditions(maker, table.name, count)
    used = [condition.column.name for condition in conditions if " = " in condition.pattern]
    columns = speaker.attributes(table, maker.source.choice([1, 1, 2, 2, 3]), used)
    if len(conditions) < count or not columns:
        return None
    if joint == "OR" and any(each.before or " or " in each.after for each in conditions):
        return None
    scope = maker.scope(table)
    words = joint.lower()
    end = predicate(conditions[0].after) if count == 1 else ""
    attrs = speaker.listed(columns, True)
    if end and maker.source.random() < 0.45:
        noun = speaker.many(table)
        question = maker.say(
            maker.which(columns == list(table.label)),
            table,
            attrs=attrs,
            noun=noun,
            that="that",
            predicate=end,
        )
    else:
        question = maker.say(
            "select_where",
            table,
            attrs=attrs,
            attr=speaker.listed(columns, False),
            xs=speaker.some(table, conditions, words),
            xs_label=speaker.some(table, conditions, words) if columns == list(table.label) else "",
            x=speaker.single(table, conditions, words),
        )
    sql = f"SELECT {refs(scope, columns)} {scope.text}{where(scope, conditions, joint)}"
    return Draft(sql, question, [table.name])


def distinct_conditions(maker: Maker, table: str, count: int) -> list[Condition]:
    """Conditions on different columns."""
    found: list[Condition] = []
    for _ in range(2 * count + 2):
        if len(found) < count:
            avoid = tuple(condition.column.name for condition in found)
            made = maker.speaker.conditions(maker.database.table(table))
            one = made.any(avoid) if count == 1 else made.broad(avoid)
            if one and not (one.before and found):
                found.append(one)
    return found


def select_all(maker: Maker) -> Draft | None:
    """Everything about a few rows."""
    table = maker.table(Role.NAME)
    condition = maker.speaker.conditions(table).any() if table else None
    if table is None or condition is None:
        return None
    speaker, scope = maker.speaker, maker.scope(table)
    question = maker.say(
        "select_all",
        table,
        xs=speaker.some(table, [condition]),
        x=speaker.single(table, [condition]),
    )
    return Draft(f"SELECT * {scope.text}{where(scope, [condition])}", question, [table.name])


def two_conditions(maker: Maker) -> Draft | None:
    return select_where(maker, 2)


def either_condition(maker: Maker) -> Draft | None:
    return select_where(maker, 2, "OR")


def order_words(maker: Maker, column: Column, direction: str) -> tuple[str, str, str]:
    """in descending order; descending order; oldest first"""
    source = maker.source
    pools = {
        Role.NAME: TEXT_DIRECTIONS,
        Role.CATEGORY: TEXT_DIRECTIONS,
        Role.DATE: TIME_DIRECTIONS,
        Role.YEAR: TIME_DIRECTIONS,
    }
    long = source.choice(pools.get(column.role, DIRECTIONS)[direction])
    order = {"ASC": "{ascending|increasing} order", "DESC": "{descending|decreasing} order"}[
        direction
    ]
    if column.role in (Role.NAME, Role.CATEGORY):
        order = "alphabetical order" if direction == "ASC" else "reverse alphabetical order"
        return (
            long,
            order,
            ("alphabetically" if direction == "ASC" else f"in {order}") + " by <key>",
        )
    most = lexicon.compared(column)
    if column.role in (Role.DATE, Role.YEAR):
        first = "{earliest|oldest}" if direction == "ASC" else "{latest|most recent|newest}"
        return long, order, f"{first} <key> first"
    ends = most[2:] if most else ("highest", "lowest")
    first = ends[0] if direction == "DESC" else ends[1]
    return long, order, f"{first} first" if most else f"{first} <key> first"


def order_by(maker: Maker) -> Draft | None:
    table = maker.table(Role.NAME)
    key = maker.column(table, Role.NUMBER, Role.NAME, Role.DATE, Role.YEAR) if table else None
    if table is None or key is None or key.nulls:
        return None
    speaker, scope = maker.speaker, maker.scope(table)
    conditions = maker.some(table, 0.6, [key.name])
    used = [each.column.name for each in conditions if " = " in each.pattern]
    if key.role is not Role.NAME:
        used.append(key.name)
    columns = speaker.attributes(table, maker.source.choice([1, 1, 2]), used)
    if not columns:
        return None
    if key.role is not Role.NAME and maker.source.random() < 0.3:
        columns = [*columns, key]
    direction = maker.source.choice(["ASC", "DESC"])
    long, order, short = order_words(maker, key, direction)
    said = speaker.column(key)
    question = maker.say(
        "sorted",
        table,
        **speaker.attributed(columns),
        xs=speaker.some(table, conditions),
        x=speaker.single(table, conditions),
        key=said,
        direction=drawn(maker.source, long),
        direction_order=drawn(maker.source, order),
        short=drawn(maker.source, short).replace("<key>", said),
    )
    tail = f"{scope.text}{where(scope, conditions)} ORDER BY {refs(scope, [key])}"
    down = " DESC" if direction == "DESC" else ""
    return Draft(
        f"SELECT {refs(scope, columns)} {tail}{down}",
        question,
        [table.name],
        order=f"SELECT {refs(scope, [key])} {tail}{down}",
        least=2,
    )


AGGREGATES = {
    "avg": ["average", "average", "mean"],
    "max": ["maximum", "highest", "largest", "maximum"],
    "min": ["minimum", "lowest", "smallest", "minimum"],
    "sum": ["total", "total", "sum of the"],
}


def aggregate_words(maker: Maker, name: str, said: str) -> str:
    word = maker.source.choice(AGGREGATES[name])
    if word == "sum of the":
        return f"sum of the {plural(said)}"
    return f"{word} {said}"


def aggregate(maker: Maker) -> Draft | None:
    table = maker.table(Role.NUMBER)
    column = maker.column(table, Role.NUMBER) if table else None
    if table is None or column is None:
        return None
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    names = ["avg", "max", "min", *(["sum", "sum"] if column.summed else [])]
    chosen = [source.choice(names)]
    if source.random() < 0.4:
        chosen = source.choice(
            [
                ["avg", "max"],
                ["min", "max"],
                ["max", "min"],
                ["min", "avg", "max"],
                ["avg", "min", "max"],
            ]
        )
    said, chance = speaker.column(column), 0.6
    conditions = maker.some(table, chance, [column.name])
    if len(chosen) > 1:
        words = [source.choice(AGGREGATES[name]) for name in chosen]
        what = f"{joined(words)} {said}"
    else:
        what = aggregate_words(maker, chosen[0], said)
    xs = speaker.some(table, conditions)
    ref = refs(scope, [column])
    shown = ", ".join(f"{name}({ref})" for name in chosen)
    others = [each for each in table.having(Role.NUMBER) if each != column]
    if len(chosen) == 1 and others and source.random() < 0.2:
        other, second = source.choice(others), source.choice(["avg", "max", "min"])
        what += f" and the {aggregate_words(maker, second, speaker.column(other))}"
        shown += f", {second}({refs(scope, [other])})"
        chosen.append(second)
    question = maker.say(
        "aggregate", table, what=what, xs=xs, **{"is": "is" if len(chosen) == 1 else "are"}
    )
    return Draft(f"SELECT {shown} {scope.text}{where(scope, conditions)}", question, [table.name])


def distinct(maker: Maker) -> Draft | None:
    return distinct_values(maker, False)


def count_distinct(maker: Maker) -> Draft | None:
    return distinct_values(maker, True)


def distinct_values(maker: Maker, counted: bool) -> Draft | None:
    table = maker.table(Role.CATEGORY)
    column = maker.column(table, Role.CATEGORY) if table else None
    if table is None or column is None or column.nulls:
        return None
    speaker, scope = maker.speaker, maker.scope(table)
    conditions = maker.some(table, 0.35, [column.name])
    said = speaker.column(column)
    xs = speaker.some(table, conditions)
    section = "count_distinct" if counted else "distinct"
    question = maker.say(section, table, cols=plural(said), col=said, xs=xs)
    shown = f"DISTINCT {refs(scope, [column])}"
    shown = f"count({shown})" if counted else shown
    sql = f"SELECT {shown} {scope.text}{where(scope, conditions)}"
    return Draft(sql, question, [table.name], least=1 if counted else 2)
