"""Questions over more than one join: many-to-many tables, and children of children."""

from __future__ import annotations

from dataclasses import dataclass

from .conditions import Condition, shown
from .draft import Draft, Maker
from .joined import parts, to_parent
from .schema import Column, Link, Table
from .scope import literal
from .speaker import of_one, predicate, refs, where
from .words import plural

FALLBACK = ("with", "that have", "linked to", "associated with")


@dataclass(frozen=True)
class Crossing:
    """Rows of `near`, by what a many-to-many table says of rows of `far`."""

    near: Table
    far: Table
    to_near: Link
    to_far: Link


def crossing(maker: Maker, exact: bool = True) -> Crossing | None:
    """A many-to-many table; an exact one has each pair of ends once."""
    found = []
    for table in maker.database.tables.values():
        ends = [link for link in table.links if link.column in table.key or len(table.links) == 2]
        if set(table.key) - {link.column for link in ends} and exact or not table.is_link:
            continue
        if len(ends) != 2 or len({link.parent for link in ends}) != 2:
            continue
        for near, far in (ends, ends[::-1]):
            if maker.database.table(near.parent).label and maker.database.table(far.parent).label:
                found.append((near, far))
    if not found:
        return None
    near, far = maker.source.choice(found)
    tables = maker.database.table
    return Crossing(tables(near.parent), tables(far.parent), near, far)


def named(table: Table) -> Column | None:
    """The column that names a row of the table alone."""
    if len(table.label) != 1:
        return None
    label = table.label[0]
    return label if label.clear and label.distinct == table.rows - label.nulls else None


def link_words(maker: Maker, one: Crossing) -> str:
    if one.to_far.through and maker.source.random() < 0.9:
        return one.to_far.through
    words = maker.source.choice(FALLBACK)
    return words.replace("that", "who") if one.near.person else words


def far_side(maker: Maker, one: Crossing) -> tuple[Condition, str, bool] | None:
    """A condition on the far side, words for it, and whether it holds for one row only."""
    speaker, source = maker.speaker, maker.source
    label = named(one.far)
    if label and source.random() < 0.6:
        value = str(source.choice(label.clear))
        noun, said = speaker.one(one.far), shown(source, value)
        forms = [f"the {noun} {said}", f"the {noun} {source.choice(['named', 'called'])} {said}"]
        forms += [said, said] if one.to_far.through else []
        return Condition(label, f"{{c}} = {literal(value)}", ""), source.choice(forms), True
    found = speaker.conditions(one.far).broad()
    return (found, speaker.some(one.far, [found]), False) if found else None


def through_select(maker: Maker) -> Draft | None:
    exact = maker.source.random() < 0.7
    one = crossing(maker, exact)
    side = far_side(maker, one) if one else None
    if one is None or side is None:
        return None
    condition, said, single = side
    speaker, source = maker.speaker, maker.source
    columns = speaker.attributes(one.near, source.choice([1, 1, 2]))
    if not set(one.near.label) <= set(columns):
        return None
    words = f"{link_words(maker, one)} {said}"
    is_label = columns == list(one.near.label)
    end = predicate(words)
    question = maker.say(
        "through",
        one.near,
        **speaker.attributed(columns),
        xs=speaker.many(one.near),
        x=speaker.one(one.near),
        words=words,
        predicate=end,
        xs_label=speaker.many(one.near) if is_label else "",
    )
    scope = maker.scope(one.near, one.to_near, one.to_far)
    shown_columns = ("" if single and exact else "DISTINCT ") + refs(scope, columns)
    sql = f"SELECT {shown_columns} {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, scope.tables)


def through_count(maker: Maker) -> Draft | None:
    one = crossing(maker)
    label = named(one.far) if one else None
    if one is None or label is None:
        return None
    source, noun = maker.source, maker.speaker.many(one.near)
    value = str(source.choice(label.clear))
    said = f"{maker.speaker.one(one.far)} {shown(source, value)}"
    words = f"{link_words(maker, one)} {source.choice([shown(source, value), 'the ' + said])}"
    if not one.to_far.through:
        words = f"{link_words(maker, one)} the {said}"
    question = maker.say(
        "count_where",
        one.near,
        xs=f"{noun} {words}",
        noun=noun,
        that="that",
        predicate=predicate(words),
    )
    condition = Condition(label, f"{{c}} = {literal(value)}", "")
    # The near side's rows are its keys in the many-to-many table: that side needs no join.
    scope = maker.scope(maker.database.table(one.to_far.child), one.to_far)
    sql = f"SELECT count(*) {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [scope.tables[0], one.far.name])


def through_both(maker: Maker) -> Draft | None:
    """Rows linked to one and to another, or to one but not to another."""
    one = crossing(maker)
    label = named(one.far) if one else None
    if one is None or label is None or named(one.near) is None or len(label.clear) < 3:
        return None
    speaker, source = maker.speaker, maker.source
    first, second = (str(value) for value in source.sample(label.clear, 2))
    columns = list(one.near.label)
    link = link_words(maker, one)
    noun = speaker.one(one.far)
    but = source.random() < 0.4
    joint = source.choice(["but not", "and not"]) if but else "and"
    both = "" if but else source.choice(["both ", ""])
    named_two = f"{shown(source, first)} {joint} {shown(source, second)}"
    words = (
        f"{link} {both}{named_two}"
        if one.to_far.through
        else f"{link} {both}the {plural(noun)} {named_two}"
    )
    if but and not one.to_far.through:
        return None
    question = maker.say(
        "through",
        one.near,
        **speaker.attributed(columns),
        xs=speaker.many(one.near),
        x=speaker.one(one.near),
        words=words,
        predicate=predicate(words, " \0 "),
        xs_label=speaker.many(one.near),
    )
    scope = maker.scope(one.near, one.to_near, one.to_far)
    queries = [
        f"SELECT {refs(scope, columns)} {scope.text}"
        f" WHERE {refs(scope, [label])} = {literal(value)}"
        for value in (first, second)
    ]
    return Draft(f" {'EXCEPT' if but else 'INTERSECT'} ".join(queries), question, scope.tables)


def chain(maker: Maker) -> tuple[Link, Link, Table, Table, Table] | None:
    """A child, its parent and the parent's parent."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    ups = [
        up
        for up in parent.links
        if up.parent not in (child.name, parent.name) and not parent.is_link
    ]
    if not ups:
        return None
    up = maker.source.choice(ups)
    return link, up, child, parent, maker.database.table(up.parent)


def chain_select(maker: Maker) -> Draft | None:
    return chained(maker, False)


def chain_count(maker: Maker) -> Draft | None:
    return chained(maker, True)


def chained(maker: Maker, counted: bool) -> Draft | None:
    """Loans of books written by Ann Lee."""
    drawn = chain(maker)
    if drawn is None:
        return None
    link, up, child, parent, top = drawn
    found = to_parent(maker, up, top, len(parent.links) - 1)
    if found is None:
        return None
    condition, words = found
    speaker, source = maker.speaker, maker.source
    relation = link.relation or source.choice(["of", "belonging to"])
    ending = f"{relation} {speaker.many(parent)} {words}"
    noun = speaker.many(child)
    scope = maker.scope(child, link, up)
    if counted:
        question = maker.say(
            "count_where", child, xs=f"{noun} {ending}", noun=noun, predicate="", that="that"
        )
        shown_sql = "count(*)"
    else:
        columns = speaker.attributes(child, source.choice([1, 1, 2]))
        if not columns:
            return None
        question = maker.say(
            "select_where",
            child,
            **speaker.attributed(columns),
            xs=f"{noun} {ending}",
            x=of_one(f"{speaker.one(child)} {ending}"),
        )
        shown_sql = refs(scope, columns)
    return Draft(
        f"SELECT {shown_sql} {scope.text}{where(scope, [condition])}", question, scope.tables
    )
