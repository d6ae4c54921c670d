"""Questions with groups within one table."""

from __future__ import annotations

from .draft import Draft, Maker
from .schema import Column, Role, Table
from .single import aggregate_words
from .speaker import refs, where
from .words import plural

AT_LEAST = [
    (">=", "at least {n}"),
    (">=", "{n} or more"),
    (">", "more than {n}"),
    (">", "over {n}"),
    ("<", "fewer than {n}"),
    ("<", "less than {n}"),
    ("=", "exactly {n}"),
    ("<=", "at most {n}"),
    (">=", "a minimum of {n}"),
    (">", "more than {n}"),
]
SPELLED = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


def amount(maker: Maker, largest: int = 6) -> tuple[str, str]:
    """HAVING's comparison and its words: (">= 3", "at least three")"""
    sign, words = maker.source.choice(AT_LEAST)
    number = maker.source.randint(2, largest)
    if sign == ">" and maker.source.random() < 0.4:
        number = 1
    said = SPELLED[number] if number <= 10 and maker.source.random() < 0.4 else str(number)
    return f"{sign} {number}", words.replace("{n}", said)


def grouping(maker: Maker) -> tuple[Table, Column] | None:
    table = maker.table(Role.CATEGORY, Role.FLAG)
    column = (
        maker.column(table, Role.CATEGORY, Role.CATEGORY, Role.FLAG, Role.YEAR) if table else None
    )
    if table is None or column is None or column.nulls:
        return None
    return table, column


VAGUE = {
    "type",
    "kind",
    "class",
    "form",
    "format",
    "status",
    "state",
    "category",
    "result",
    "color",
}


def group_words(maker: Maker, table: Table, column: Column) -> str:
    """The column's name, with the table's before it where it says little alone: "room type"."""
    said = maker.speaker.column(column)
    if said in VAGUE and maker.source.random() < 0.5:
        return f"{maker.speaker.one(table)} {said}"
    return said


def group_count(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    if drawn is None:
        return None
    table, column = drawn
    speaker, scope = maker.speaker, maker.scope(table)
    conditions = maker.some(table, 0.25, [column.name])
    said, key = group_words(maker, table, column), refs(scope, [column])
    xs = speaker.some(table, conditions)
    question = maker.say("group_count", None, xs=xs, col=said, cols=plural(said))
    shown = f"{key}, count(*)"
    sql = f"SELECT {shown} {scope.text}{where(scope, conditions)} GROUP BY {key}"
    return Draft(sql, question, [table.name], least=2)


def group_aggregate(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    number = maker.column(drawn[0], Role.NUMBER) if drawn else None
    if drawn is None or number is None:
        return None
    table, column = drawn
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    conditions = maker.some(table, 0.2, [column.name, number.name])
    name = source.choice(["avg", "avg", "max", "min", *(["sum"] if number.summed else [])])
    said, key, value = (
        group_words(maker, table, column),
        refs(scope, [column]),
        refs(scope, [number]),
    )
    what, shown = aggregate_words(maker, name, speaker.column(number)), f"{name}({value})"
    if source.random() < 0.2:
        what, shown = f"number and the {what}", f"count(*), {shown}"
    xs = speaker.some(table, conditions)
    question = maker.say("group_aggregate", None, xs=xs, col=said, cols=plural(said), what=what)
    question = question.replace("is the number and", "are the number and")
    sql = f"SELECT {key}, {shown} {scope.text}{where(scope, conditions)} GROUP BY {key}"
    return Draft(sql, question, [table.name], least=2)


def group_having(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    if drawn is None or drawn[1].role is Role.FLAG:
        return None
    table, column = drawn
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    said, key = group_words(maker, table, column), refs(scope, [column])
    number = maker.column(table, Role.NUMBER)
    if number and source.random() < 0.25:
        value = middle(number)
        shown, xs = speaker.column(number), speaker.many(table)
        having = f"avg({refs(scope, [number])}) > {value}"
        sql = f"SELECT {key} {scope.text} GROUP BY {key} HAVING {having}"
        question = maker.say(
            "having_average", None, col=said, cols=plural(said), what=shown, xs=xs, v=str(value)
        )
        return Draft(sql, question, [table.name])
    compare, words = amount(maker)
    xs = speaker.many(table)
    xs = (
        xs
        if words not in ("more than 1", "more than one", "over one", "over 1")
        else speaker.one(table)
    )
    question = maker.say(
        "having", None, xs=xs, col=said, cols=plural(said), col_all=said, amount=words
    )
    sql = f"SELECT {key} {scope.text} GROUP BY {key} HAVING count(*) {compare}"
    return Draft(sql, question, [table.name])


def middle(column: Column) -> int | float:
    """A value in the middle of a column of numbers, a whole one if it is not small."""
    value = column.values[len(column.values) // 2]
    assert isinstance(value, (int, float))
    return int(value) if value >= 5 else value


def most_common(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    if drawn is None or drawn[1].role is Role.FLAG:
        return None
    table, column = drawn
    speaker, scope = maker.speaker, maker.scope(table)
    conditions = maker.some(table, 0.15, [column.name])
    said, key = group_words(maker, table, column), refs(scope, [column])
    down = maker.source.random() < 0.75
    xs = speaker.some(table, conditions)
    question = maker.say("most_common" if down else "least_common", None, xs=xs, col=said)
    order = f"ORDER BY count(*){' DESC' if down else ''}"
    grouped = f"{scope.text}{where(scope, conditions)} GROUP BY {key} {order}"
    return Draft(
        f"SELECT {key} {grouped} LIMIT 1",
        question,
        [table.name],
        order=f"SELECT count(*) {grouped}",
        limit=1,
        least=1,
    )


def group_sorted(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    if drawn is None or drawn[1].role is Role.FLAG:
        return None
    table, column = drawn
    speaker, scope = maker.speaker, maker.scope(table)
    said, key = group_words(maker, table, column), refs(scope, [column])
    down = maker.source.random() < 0.7
    words = ["in descending order", "descending"] if down else ["in ascending order", "ascending"]
    first = ["most common", "most frequent"] if down else ["least common", "rarest"]
    question = maker.say(
        "group_sorted",
        None,
        xs=speaker.many(table),
        col=said,
        cols=plural(said),
        direction=maker.source.choice(words),
        first=maker.source.choice(first),
    )
    tail = f"{scope.text} GROUP BY {key} ORDER BY count(*){' DESC' if down else ''}"
    sql = f"SELECT {key}, count(*) {tail}"
    return Draft(sql, question, [table.name], order=f"SELECT count(*) {tail}", least=2)


def group_top(maker: Maker) -> Draft | None:
    drawn = grouping(maker)
    if drawn is None or drawn[1].role is Role.FLAG:
        return None
    table, column = drawn
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    said, key, count = (
        group_words(maker, table, column),
        refs(scope, [column]),
        source.choice([2, 3]),
    )
    question = maker.say(
        "group_top",
        None,
        xs=speaker.many(table),
        cols=plural(said),
        n=source.choice([str(count), SPELLED[count]]),
    )
    tail = f"{scope.text} GROUP BY {key} ORDER BY count(*) DESC"
    return Draft(
        f"SELECT {key} {tail} LIMIT {count}",
        question,
        [table.name],
        order=f"SELECT count(*) {tail}",
        limit=count,
        least=count,
    )
