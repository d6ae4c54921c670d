"""Questions with a query in the query, and of what two queries share."""

from __future__ import annotations

from . import lexicon
from .children import groups
from .conditions import Condition
from .draft import Draft, Maker
from .schema import Role, quoted
from .scope import Scope
from .speaker import refs, where
from .words import is_plural, plural, with_article


def average(maker: Maker) -> Draft | None:
    """Rows above or below the average."""
    table = maker.table(Role.NUMBER)
    number = maker.column(table, Role.NUMBER) if table else None
    if table is None or number is None:
        return None
    speaker, scope, source = maker.speaker, maker.scope(table), maker.source
    said, above = speaker.column(number), source.random() < 0.6
    sign = ">" if above else "<"
    key = refs(scope, [number])
    rest = f"{scope.text} WHERE {key} {sign} (SELECT avg({key}) {scope.text})"
    if source.random() < 0.25:
        side = source.choice(
            ["above", "higher than", "greater than"]
            if above
            else ["below", "lower than", "less than"]
        )
        question = maker.say(
            "average_count",
            table,
            xs=speaker.many(table),
            key=said,
            akey=with_article(said),
            side=side,
        )
        return Draft(f"SELECT count(*) {rest}", question, [table.name])
    columns = speaker.attributes(table, source.choice([1, 1, 2]), [number.name])
    if not columns:
        return None
    more = lexicon.compared(number)
    question = maker.say(
        "above_average" if above else "below_average",
        table,
        **speaker.attributed(columns),
        xs=speaker.many(table),
        x=speaker.one(table),
        key=said,
        akey=with_article(said),
        key_bare="" if lexicon.unit(said) else said,
        more=more[0] if more else "",
        less=more[1] if more else "",
    )
    if is_plural(said):
        question = question.replace(f"{said} is ", f"{said} are ").replace("exceeds", "exceed")
    return Draft(f"SELECT {refs(scope, columns)} {rest}", question, [table.name])


def both_sides(maker: Maker) -> Draft | None:
    """Values that rows of one kind and rows of another share."""
    table = maker.table(Role.CATEGORY)
    column = maker.column(table, Role.CATEGORY) if table else None
    if table is None or column is None or column.nulls:
        return None
    speaker, scope = maker.speaker, maker.scope(table)
    made = speaker.conditions(table)
    one, two = made.plain((column.name,)), made.plain((column.name,))
    if one is None or two is None or alike(one, two):
        return None
    said, key = speaker.column(column), refs(scope, [column])
    question = maker.say(
        "both_sides",
        None,
        cols=plural(said),
        col=said,
        xs_one=speaker.some(table, [one]),
        xs_two=speaker.some(table, [two]),
    )
    queries = [f"SELECT {key} {scope.text}{where(scope, [each])}" for each in (one, two)]
    return Draft(" INTERSECT ".join(queries), question, [table.name])


def all_but(maker: Maker) -> Draft | None:
    """Values that no row of one kind has."""
    table = maker.table(Role.CATEGORY)
    column = maker.column(table, Role.CATEGORY) if table else None
    condition = maker.speaker.conditions(table).plain((column.name,)) if table and column else None
    if table is None or column is None or column.nulls or condition is None:
        return None
    speaker, scope = maker.speaker, maker.scope(table)
    said, key = speaker.column(column), refs(scope, [column])
    question = maker.say(
        "all_but",
        None,
        cols=plural(said),
        col=said,
        x_cond=speaker.single(table, [condition]),
        xs_cond=speaker.some(table, [condition]),
    )
    sql = f"SELECT {key} {scope.text} EXCEPT SELECT {key} {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [table.name])


def none_such(maker: Maker) -> Draft | None:
    """Parents without a child that meets a condition."""
    drawn = groups(maker)
    if drawn is None or drawn[1].is_link:
        return None
    link, child, parent, columns = drawn
    speaker, source = maker.speaker, maker.source
    condition = speaker.conditions(child).plain()
    if condition is None:
        return None
    scope, inner = maker.scope(parent), Scope(source, child.name)
    nulls = next(column for column in child.columns if column.name == link.column).nulls
    guard = f" AND {quoted(link.column)} IS NOT NULL" if nulls else ""
    children = f"SELECT {quoted(link.column)} {inner.text}{where(inner, [condition])}{guard}"
    rest = f"{scope.text} WHERE {quoted(link.key)} NOT IN ({children})"
    counted = source.random() < 0.25
    nouns = speaker.many(parent)
    question = maker.say(
        "none_such",
        parent,
        that="that",
        ys_cond=speaker.some(child, [condition]),
        **(
            {"xs_count": nouns}
            if counted
            else {
                "attrs": speaker.listed(columns, True),
                "attr": speaker.listed(columns, False),
                "xs": nouns,
                "x": speaker.one(parent),
                "xs_label": nouns,
            }
        ),
    )
    sql = f"SELECT {'count(*)' if counted else refs(scope, columns)} {rest}"
    return Draft(sql, question, [parent.name, child.name])


def both_kinds(maker: Maker) -> Draft | None:
    """Parents with children of two kinds."""
    drawn = groups(maker)
    if drawn is None or drawn[1].is_link:
        return None
    link, child, parent, columns = drawn
    if len(columns) > 1 or columns[0].distinct < parent.rows:
        return None  # INTERSECT compares what is shown: two of one name would be one
    speaker, made = maker.speaker, maker.speaker.conditions(child)
    one = made.plain()
    two = made.plain() if one else None
    if one is None or two is None or alike(one, two):
        return None
    scope = maker.scope(parent, link)
    question = maker.say(
        "both_kinds",
        parent,
        that="that",
        **speaker.attributed(columns),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        xs_label=speaker.many(parent),
        ys_one=speaker.some(child, [one]),
        ys_two=speaker.some(child, [two]),
    )
    queries = [
        f"SELECT {refs(scope, columns)} {scope.text}{where(scope, [each])}" for each in (one, two)
    ]
    return Draft(" INTERSECT ".join(queries), question, [parent.name, child.name])


def alike(one: Condition, two: Condition) -> bool:
    """Whether two conditions are on one column and can be met by the same row."""
    exact = " = " in one.pattern and " = " in two.pattern
    return one.column == two.column and (one.pattern == two.pattern or not exact)
