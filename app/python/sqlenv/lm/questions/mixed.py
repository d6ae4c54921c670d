"""Harder questions that mix a join with a superlative, an aggregate or a second condition."""

from __future__ import annotations

from . import lexicon
from .chained import crossing, link_words, named
from .children import counted_noun, groups
from .conditions import Condition, shown
from .draft import Draft, Maker
from .grouped import SPELLED
from .joined import of_parent, parts
from .schema import Role, quoted
from .scope import literal
from .single import aggregate_words
from .speaker import of_one, predicate, refs, relation, where
from .superlative import best
from .words import plural


def joined_superlative(maker: Maker) -> Draft | None:
    """The most expensive of the books written by Ann Lee."""
    drawn = of_parent(maker)
    column = maker.column(drawn[1], Role.NUMBER, Role.DATE, Role.YEAR) if drawn else None
    if drawn is None or column is None:
        return None
    link, child, parent, condition, words = drawn
    speaker, source, scope = maker.speaker, maker.source, maker.scope(child, link)
    down = source.random() < 0.65
    columns = speaker.attributes(child, source.choice([1, 1, 2]), [column.name])
    if not columns or column.nulls and not down:
        return None
    phrase, has, adjective = best(maker, speaker.one(child), column, down)
    if " with the " in phrase or " that " in phrase:
        phrase = f"{phrase} {source.choice(['among', 'of all', 'among all'])}"
        phrase = f"{phrase} {speaker.many(child)} {words}"
    else:
        phrase = f"{phrase} {of_one(words)}"
    label = columns == list(child.label)
    question = maker.say(
        "one",
        child,
        attr=speaker.listed(columns, False),
        best=phrase,
        x=f"{speaker.one(child)} {of_one(words)}",
        has_most=has,
        has_most_label=has if label else "",
        adjective_label=adjective if label else "",
    )
    key = refs(scope, [column])
    rest = f"{scope.text}{where(scope, [condition])} ORDER BY {key}{' DESC' if down else ''}"
    return Draft(
        f"SELECT {refs(scope, columns)} {rest} LIMIT 1",
        question,
        [child.name, parent.name],
        order=f"SELECT {key} {rest}",
        limit=1,
    )


def join_distinct(maker: Maker) -> Draft | None:
    """The different genres of the books written by Ann Lee."""
    drawn = of_parent(maker)
    column = maker.column(drawn[1], Role.CATEGORY) if drawn else None
    if drawn is None or column is None or column.nulls:
        return None
    link, child, parent, condition, words = drawn
    speaker, scope = maker.speaker, maker.scope(child, link)
    counted = maker.source.random() < 0.35
    said = speaker.column(column)
    question = maker.say(
        "count_distinct" if counted else "distinct",
        child,
        cols=plural(said),
        col=said,
        xs=f"{speaker.many(child)} {words}",
    )
    shown_sql = f"DISTINCT {refs(scope, [column])}"
    shown_sql = f"count({shown_sql})" if counted else shown_sql
    sql = f"SELECT {shown_sql} {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [child.name, parent.name], least=1 if counted else 2)


def parent_and_child(maker: Maker) -> Draft | None:
    """Museums in Oslo that have guides with more than 3 languages."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    speaker, source = maker.speaker, maker.source
    own, other = speaker.conditions(parent).plain(), speaker.conditions(child).plain()
    columns = list(parent.label)
    if own is None or other is None or not columns or maker.ambiguous(link):
        return None
    scope = maker.scope(parent, link)
    children = speaker.some(child, [other])
    that = "who" if parent.person else "that"
    having = source.choice([f"and {that} have {children}", f"and with {children}"])
    if not own.after:
        having = having.removeprefix("and ")
    question = maker.say(
        "select_where",
        parent,
        **speaker.attributed(columns),
        xs=f"{speaker.some(parent, [own])} {having}",
        x=of_one(f"{speaker.single(parent, [own])} {having}"),
    )
    sql = f"SELECT DISTINCT {refs(scope, columns)} {scope.text}{where(scope, [own, other])}"
    return Draft(sql, question, [parent.name, child.name])


def through_aggregate(maker: Maker) -> Draft | None:
    """The average age of the pupils in the chess club."""
    one = crossing(maker)
    label = named(one.far) if one else None
    number = maker.column(one.near, Role.NUMBER) if one else None
    if one is None or label is None or number is None:
        return None
    speaker, source = maker.speaker, maker.source
    value = str(source.choice(label.clear))
    said = f"the {speaker.one(one.far)} {shown(source, value)}"
    if one.to_far.through and source.random() < 0.5:
        said = shown(source, value)
    name = source.choice(["avg", "avg", "max", "min", *(["sum"] if number.summed else [])])
    question = maker.say(
        "aggregate",
        one.near,
        what=aggregate_words(maker, name, speaker.column(number)),
        xs=f"{speaker.many(one.near)} {link_words(maker, one)} {said}",
        **{"is": "is"},
    )
    scope = maker.scope(one.near, one.to_near, one.to_far)
    condition = Condition(label, f"{{c}} = {literal(value)}", "")
    sql = f"SELECT {name}({refs(scope, [number])}) {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, scope.tables)


def than_row(maker: Maker) -> Draft | None:
    """The books that cost more than 'Silent River'."""
    table = maker.table(Role.NUMBER)
    label = named(table) if table else None
    number = maker.column(table, Role.NUMBER, Role.YEAR) if table else None
    if table is None or label is None or number is None:
        return None
    speaker, source, scope = maker.speaker, maker.source, maker.scope(table)
    value, more = str(source.choice(label.clear)), source.random() < 0.6
    said, key, name = speaker.column(number), refs(scope, [number]), refs(scope, [label])
    words = lexicon.compared(number)
    unit = lexicon.unit(said)
    counted = source.random() < 0.2
    nouns = speaker.many(table)
    value_said = shown(source, value)
    columns = [label]
    if source.random() < 0.3:
        columns += [each for each in speaker.attributes(table, 2, [label.name, number.name])][:1]
    filling = {
        "than": f"{source.choice(['', 'the ' + speaker.one(table) + ' '])}{value_said}",
        "compared": words[0 if more else 1] if words else "",
        "amount": f"{'more' if more else 'fewer'} {unit}" if unit else "",
        "higher": "" if unit or number.role is Role.YEAR else ("a higher" if more else "a lower"),
        "later": ("a later" if more else "an earlier") if number.role is Role.YEAR else "",
        "key": said,
    }
    if counted:
        question = maker.say("than_row_count", table, nouns=nouns, **filling)
    else:
        question = maker.say(
            "than_row", table, xs=nouns, attrs=speaker.listed(columns, True), **filling
        )
    inner = f"(SELECT {key} {scope.text} WHERE {name} = {literal(value)})"
    rest = f"{scope.text} WHERE {key} {'>' if more else '<'} {inner}"
    shown_sql = "count(*)" if counted else refs(scope, columns)
    return Draft(f"SELECT {shown_sql} {rest}", question, [table.name])


def child_of_best(maker: Maker) -> Draft | None:
    """The titles of the books written by the youngest author."""
    drawn = parts(maker)
    column = maker.column(drawn[2], Role.NUMBER, Role.YEAR, Role.DATE) if drawn else None
    if drawn is None or column is None or column.nulls:
        return None
    link, child, parent = drawn
    speaker, source, scope = maker.speaker, maker.source, maker.scope(child, link)
    down = source.random() < 0.65
    phrase, _, _ = best(maker, speaker.one(parent), column, down)
    words = f"{relation(source, link)} the {phrase}"
    key = refs(scope, [column])
    inner = f"SELECT {'max' if down else 'min'}({quoted(column.name)}) FROM {quoted(parent.name)}"
    rest = f"{scope.text} WHERE {key} = ({inner})"
    order = f"SELECT {quoted(column.name)} FROM {quoted(parent.name)}"
    order += f" ORDER BY {quoted(column.name)}{' DESC' if down else ''}"
    tables = [child.name, parent.name]
    noun = speaker.many(child)
    if source.random() < 0.3:
        question = maker.say(
            "count_where", child, xs=f"{noun} {words}", noun=noun, that="that", predicate=""
        )
        return Draft(f"SELECT count(*) {rest}", question, tables, order=order, limit=1)
    columns = speaker.attributes(child, source.choice([1, 1, 2]))
    if not columns:
        return None
    question = maker.say(
        "select_where",
        child,
        **speaker.attributed(columns),
        xs=f"{noun} {words}",
        x=f"{speaker.one(child)} {words}",
    )
    sql = f"SELECT {refs(scope, columns)} {rest}"
    return Draft(sql, question, tables, order=order, limit=1)


def either_value(maker: Maker) -> Draft | None:
    """The customers from Rome or Oslo."""
    table = maker.table(Role.CATEGORY)
    column = maker.column(table, Role.CATEGORY) if table else None
    if table is None or column is None or len(column.clear) < 3:
        return None
    speaker, source, scope = maker.speaker, maker.source, maker.scope(table)
    first, second = source.sample(column.clear, 2)
    said = shown(source, first, second)
    words = speaker.conditions(table).valued(column, said)
    key = refs(scope, [column])
    rest = f"{scope.text} WHERE {key} = {literal(first)} OR {key} = {literal(second)}"
    if source.random() < 0.25:
        rest = f"{scope.text} WHERE {key} IN ({literal(first)}, {literal(second)})"
    noun = speaker.many(table)
    end = predicate(words, " \0 ")
    if source.random() < 0.35:
        question = maker.say(
            "count_where", table, xs=f"{noun} {words}", noun=noun, that="that", predicate=end
        )
        return Draft(f"SELECT count(*) {rest}", question, [table.name])
    columns = speaker.attributes(table, source.choice([1, 1, 2]))
    if not columns:
        return None
    question = maker.say(
        "select_where",
        table,
        **speaker.attributed(columns),
        xs=f"{noun} {words}",
        x=of_one(f"{speaker.one(table)} {words}"),
    )
    return Draft(f"SELECT {refs(scope, columns)} {rest}", question, [table.name])


def top_children(maker: Maker) -> Draft | None:
    """The three customers with the most orders."""
    drawn = groups(maker)
    if drawn is None:
        return None
    link, child, parent, columns = drawn
    speaker, source, scope = maker.speaker, maker.source, maker.scope(parent, link)
    count = source.choice([2, 3, 3, 4, 5])
    ys = counted_noun(maker, link)
    question = maker.say(
        "top_children",
        parent,
        attrs=speaker.listed(columns, True),
        n=source.choice([str(count), SPELLED[count]]),
        xs=speaker.many(parent),
        ys=ys,
    )
    tail = f"{scope.text} GROUP BY {scope.ref(parent.name, link.key)} ORDER BY count(*) DESC"
    return Draft(
        f"SELECT {refs(scope, columns)} {tail} LIMIT {count}",
        question,
        [parent.name, child.name],
        order=f"SELECT count(*) {tail}",
        limit=count,
        least=count,
    )
