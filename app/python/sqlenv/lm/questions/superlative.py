"""Questions for the first, the most and the least of one table."""

from __future__ import annotations

from . import lexicon
from .conditions import Condition
from .draft import Draft, Maker
from .schema import Column, Role, Table
from .speaker import of_one, refs, where
from .words import plural

NUMBERS = {2: "two", 3: "three", 4: "four", 5: "five", 10: "ten"}


def superlatives(maker: Maker, column: Column, down: bool) -> tuple[str, str]:
    """The adjective of the row if the column has one ("oldest"), and of the value ("highest")."""
    words = lexicon.compared(column)
    place = 0 if down else 1
    if column.role in (Role.DATE, Role.YEAR):
        return "", maker.source.choice(
            ["latest", "most recent"] if down else ["earliest", "earliest"]
        )
    value = maker.source.choice(
        [
            ("highest", "lowest"),
            ("largest", "smallest"),
            ("highest", "lowest"),
            ("greatest", "lowest"),
        ]
    )[place]
    if column.spoken[0].startswith("number of"):
        value = maker.source.choice(
            [("highest", "lowest"), ("largest", "smallest"), ("greatest", "smallest")]
        )[place]
    return (words[2 + place] if words else ""), value


def best(maker: Maker, noun: str, column: Column, down: bool) -> tuple[str, str, str]:
    """ "oldest student" or "student with the highest score"; what it has; its adjective"""
    adjective, value = superlatives(maker, column, down)
    said = maker.speaker.column(column)
    verb = lexicon.happened(column)
    if verb and verb[0] != "born" and maker.source.random() < 0.4:
        when = maker.source.choice(["most recently", "last"] if down else ["first", "earliest"])
        phrase = (
            f"{noun} that was {verb[0]} {when}" if not verb[1] else f"{noun} that {verb[0]} {when}"
        )
        return phrase, f"was {verb[0]} {when}" if not verb[1] else f"{verb[0]} {when}", ""
    has = f"has the {value} {said}"
    if adjective and maker.source.random() < 0.6:
        return f"{adjective} {noun}", f"is the {adjective}", adjective
    unit = lexicon.unit(said)
    if unit and (maker.source.random() < 0.6 or unit == said):
        amount = "most" if down else "fewest"
        return f"{noun} with the {amount} {unit}", f"has the {amount} {unit}", ""
    return f"{noun} with the {value} {said}", has, adjective


def drawn_superlative(maker: Maker) -> tuple[Table, Column, list[Condition], bool] | None:
    table = maker.table(Role.NUMBER, Role.DATE, Role.YEAR)
    column = maker.column(table, Role.NUMBER, Role.DATE, Role.YEAR) if table else None
    if table is None or column is None:
        return None
    return table, column, maker.some(table, 0.3, [column.name]), maker.source.random() < 0.65


def superlative(maker: Maker, nested: bool = False) -> Draft | None:
    drawn_parts = drawn_superlative(maker)
    if drawn_parts is None:
        return None
    table, column, conditions, down = drawn_parts
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    if column.nulls and not down:
        return None
    noun = speaker.one(table)
    phrase, has, adjective = best(maker, noun, column, down)
    used = [column.name, *(condition.column.name for condition in conditions)]
    chosen = speaker.attributes(table, source.choice([1, 1, 2]), used)
    if not chosen:
        return None
    is_label = chosen == list(table.label)
    tail = of_one(" ".join(condition.after for condition in conditions))
    if any(condition.before for condition in conditions):
        return None
    if tail and (" with the " in phrase or " that " in phrase):
        among = " ".join(condition.after for condition in conditions)
        link = source.choice(["among", "of all", "among all"])
        phrase = f"{phrase} {link} {speaker.many(table)} {among}"
    else:
        phrase = f"{phrase} {tail}".strip()
    x = f"{noun} {tail}".strip()
    question = maker.say(
        "one",
        table,
        attr=speaker.listed(chosen, False),
        best=phrase,
        x=x,
        has_most=has,
        has_most_label=has if is_label else "",
        adjective_label=adjective if is_label else "",
    )
    key, direction = refs(scope, [column]), " DESC" if down else ""
    shown = refs(scope, chosen)
    order = f"SELECT {key} {scope.text}{where(scope, conditions)} ORDER BY {key}{direction}"
    if nested:
        name = "max" if down else "min"
        inner = f"(SELECT {name}({key}) {scope.text}{where(scope, conditions)})"
        outer = where(scope, conditions) + (" AND" if conditions else " WHERE")
        sql = f"SELECT {shown} {scope.text}{outer} {key} = {inner}"
    else:
        rest = f"{scope.text}{where(scope, conditions)} ORDER BY {key}{direction}"
        sql = f"SELECT {shown} {rest} LIMIT 1"
    return Draft(sql, question, [table.name], order=order, limit=1)


def superlative_nested(maker: Maker) -> Draft | None:
    return superlative(maker, True)


def top_k(maker: Maker) -> Draft | None:
    drawn_parts = drawn_superlative(maker)
    if drawn_parts is None:
        return None
    table, column, conditions, down = drawn_parts
    if column.nulls and not down or any(condition.before for condition in conditions):
        return None
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    count = source.choice([2, 3, 3, 3, 4, 5, 5, 10])
    adjective, value = superlatives(maker, column, down)
    said, nouns = speaker.column(column), speaker.many(table)
    if lexicon.unit(said) == said:
        value = "most" if down else "fewest"
    tail = " ".join(condition.after for condition in conditions)
    phrase = (
        f"{adjective} {nouns} {tail}"
        if adjective and source.random() < 0.6
        else f"{nouns} {tail} with the {value} {plural(said)}"
    )
    columns = speaker.attributes(table, source.choice([1, 1, 2]), [column.name])
    if not columns:
        return None
    question = maker.say(
        "top",
        table,
        attrs=speaker.listed(columns, True),
        n=source.choice([str(count), NUMBERS[count]]),
        best=phrase,
        xs=f"{nouns} {tail}".strip(),
        most=value,
        key=said,
    )
    key, direction = refs(scope, [column]), " DESC" if down else ""
    tail_sql = f"{scope.text}{where(scope, conditions)} ORDER BY {key}{direction}"
    return Draft(
        f"SELECT {refs(scope, columns)} {tail_sql} LIMIT {count}",
        question,
        [table.name],
        order=f"SELECT {key} {tail_sql}",
        limit=count,
        least=count,
    )
