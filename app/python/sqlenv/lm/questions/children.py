"""Questions about parents and their children: counted, aggregated, the most, none at all."""

from __future__ import annotations

from .draft import Draft, Maker
from .grouped import amount
from .schema import Column, Link, Role, Table, quoted
from .single import aggregate_words
from .speaker import refs
from .superlative import best


def groups(maker: Maker) -> tuple[Link, Table, Table, list[Column]] | None:
    """A foreign key whose parent has a name, to count children of each parent."""
    links = [
        link
        for link in maker.links()
        if maker.database.table(link.parent).label and not maker.ambiguous(link)
    ]
    links = [
        link
        for link in links
        if not maker.database.table(link.child).is_link or counted_as(maker, link)
    ]
    if not links:
        return None
    link = maker.source.choice(links)
    parent = maker.database.table(link.parent)
    columns = list(parent.label)
    if any(column.nulls for column in columns):
        return None
    return link, maker.database.table(link.child), parent, columns


def counted_as(maker: Maker, link: Link) -> Table | None:
    """The table whose rows a many-to-many table's rows stand for, seen from one side."""
    table = maker.database.table(link.child)
    others = [
        other for other in table.links if other.column != link.column and other.column in table.key
    ]
    if len(others) != 1 or set(table.key) != {link.column, others[0].column}:
        return None
    if others[0].parent == link.parent:
        return None
    return maker.database.table(others[0].parent)


def counted_noun(maker: Maker, link: Link) -> str:
    child = maker.database.table(link.child)
    other = counted_as(maker, link) if child.is_link else None
    return maker.speaker.many(other or child)


def counted_one(maker: Maker, link: Link) -> str:
    child = maker.database.table(link.child)
    other = counted_as(maker, link) if child.is_link else None
    return maker.speaker.one(other or child)


def child_count(maker: Maker) -> Draft | None:
    drawn = groups(maker)
    if drawn is None:
        return None
    link, child, parent, columns = drawn
    speaker, scope = maker.speaker, maker.scope(parent, link)
    question = maker.say(
        "child_count",
        parent,
        **speaker.attributed(columns),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        ys=counted_noun(maker, link),
    )
    if childless(maker, link):
        return None
    key = scope.ref(parent.name, link.key)
    sql = f"SELECT {refs(scope, columns)}, count(*) {scope.text} GROUP BY {key}"
    return Draft(sql, question, [parent.name, child.name], least=2)


def childless(maker: Maker, link: Link) -> bool:
    """Whether a parent has no child: then "each parent" would ask for zeros too."""
    parent, child = maker.database.table(link.parent), maker.database.table(link.child)
    column = next(each for each in child.columns if each.name == link.column)
    return column.distinct < parent.rows


def at_least(maker: Maker) -> Draft | None:
    drawn = groups(maker)
    if drawn is None:
        return None
    link, child, parent, columns = drawn
    speaker, scope = maker.speaker, maker.scope(parent, link)
    compare, words = amount(maker)
    if compare.startswith("<"):  # parents without children would count
        return None
    ys = counted_one(maker, link) if words.endswith((" 1", " one")) else counted_noun(maker, link)
    shown = columns
    if maker.source.random() < 0.2:
        extra = [each for each in speaker.attributes(parent, 3) if each not in columns]
        shown = [*columns, *extra[:1]]
    question = maker.say(
        "child_at_least",
        parent,
        **speaker.attributed(shown),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        ys=ys,
        amount=words,
        xs_label=speaker.many(parent) if shown == columns else "",
    )
    key = scope.ref(parent.name, link.key)
    sql = f"SELECT {refs(scope, shown)} {scope.text} GROUP BY {key} HAVING count(*) {compare}"
    return Draft(sql, question, [parent.name, child.name])


def most_children(maker: Maker) -> Draft | None:
    drawn = groups(maker)
    if drawn is None:
        return None
    link, child, parent, columns = drawn
    speaker, scope, source = maker.speaker, maker.scope(parent, link), maker.source
    down = source.random() < 0.8
    if not down and childless(maker, link):
        return None
    shown, counted = columns, source.random() < 0.25
    if source.random() < 0.2 and not counted:
        extra = [each for each in speaker.attributes(parent, 3) if each not in columns]
        shown = [*columns, *extra[:1]]
    ys = counted_noun(maker, link)
    question = maker.say(
        "child_most_counted" if counted else "child_most",
        parent,
        attr=speaker.listed(shown, False),
        x=speaker.one(parent),
        ys=ys,
        x_label=speaker.one(parent) if shown == columns else "",
        most="most" if down else "fewest",
        ys_down=ys if down else "",
    )
    key = scope.ref(parent.name, link.key)
    tail = f"{scope.text} GROUP BY {key} ORDER BY count(*){' DESC' if down else ''}"
    number = ", count(*)" if counted else ""
    sql = f"SELECT {refs(scope, shown)}{number} {tail} LIMIT 1"
    return Draft(sql, question, [parent.name, child.name], order=f"SELECT count(*) {tail}", limit=1)


def without(maker: Maker) -> Draft | None:
    drawn = groups(maker)
    if drawn is None or not childless(maker, drawn[0]):
        return None
    link, child, parent, columns = drawn
    speaker, scope, source = maker.speaker, maker.scope(parent), maker.source
    inner_column = next(each for each in child.columns if each.name == link.column)
    guard = f" WHERE {quoted(link.column)} IS NOT NULL" if inner_column.nulls else ""
    inner = f"SELECT {quoted(link.column)} FROM {quoted(child.name)}{guard}"
    rest = f" WHERE {quoted(link.key)} NOT IN ({inner})"
    tables = [parent.name, child.name]
    ys = counted_noun(maker, link)
    if source.random() < 0.3:
        question = maker.say("child_none_count", parent, xs=speaker.many(parent), ys=ys)
        return Draft(f"SELECT count(*) {scope.text}{rest}", question, tables)
    question = maker.say(
        "child_none",
        parent,
        **speaker.attributed(columns),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        ys=ys,
        y_any="",
        xs_label=speaker.many(parent),
    )
    return Draft(f"SELECT {refs(scope, columns)} {scope.text}{rest}", question, tables)


def parent_aggregate(maker: Maker) -> Draft | None:
    """An aggregate of the children of each parent."""
    drawn = groups(maker)
    number = maker.column(drawn[1], Role.NUMBER) if drawn else None
    if drawn is None or number is None or drawn[1].is_link:
        return None
    link, child, parent, columns = drawn
    speaker, scope, source = maker.speaker, maker.scope(parent, link), maker.source
    name = source.choice(["avg", "avg", "max", "min", *(["sum", "sum"] if number.summed else [])])
    what = aggregate_words(maker, name, speaker.column(number))
    question = maker.say(
        "parent_aggregate",
        parent,
        what=what,
        ys=speaker.many(child),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        **speaker.attributed(columns),
    )
    key = scope.ref(parent.name, link.key)
    shown = f"{refs(scope, columns)}, {name}({refs(scope, [number])})"
    sql = f"SELECT {shown} {scope.text} GROUP BY {key}"
    return Draft(sql, question, [parent.name, child.name], least=2)


def parent_best_aggregate(maker: Maker) -> Draft | None:
    """The parent whose children have the highest average or total."""
    drawn = groups(maker)
    number = maker.column(drawn[1], Role.NUMBER) if drawn else None
    if drawn is None or number is None or drawn[1].is_link:
        return None
    link, child, parent, columns = drawn
    speaker, scope, source = maker.speaker, maker.scope(parent, link), maker.source
    name = source.choice(["avg", *(["sum", "sum"] if number.summed else [])])
    what = ("average " if name == "avg" else "total ") + speaker.column(number)
    down = source.random() < 0.75
    question = maker.say(
        "parent_best_aggregate",
        parent,
        what=what,
        what_plain=what,
        ys=speaker.many(child),
        x=speaker.one(parent),
        x_label=speaker.one(parent),
        attr=speaker.listed(columns, False),
        most="highest" if down else "lowest",
    )
    key, value = scope.ref(parent.name, link.key), f"{name}({refs(scope, [number])})"
    tail = f"{scope.text} GROUP BY {key} ORDER BY {value}{' DESC' if down else ''}"
    return Draft(
        f"SELECT {refs(scope, columns)} {tail} LIMIT 1",
        question,
        [parent.name, child.name],
        order=f"SELECT {value} {tail}",
        limit=1,
    )


def owner_of_best(maker: Maker) -> Draft | None:
    """The parent of the child with the most of something."""
    drawn = groups(maker)
    number = maker.column(drawn[1], Role.NUMBER, Role.DATE) if drawn else None
    if drawn is None or number is None or drawn[1].is_link:
        return None
    link, child, parent, columns = drawn
    speaker, scope, source = maker.speaker, maker.scope(child, link), maker.source
    down = source.random() < 0.7
    if number.nulls and not down:
        return None
    phrase, _, _ = best(maker, speaker.one(child), number, down)
    question = maker.say(
        "owner_of_best",
        parent,
        best=phrase,
        x=speaker.one(parent),
        x_label=speaker.one(parent),
        attr=speaker.listed(columns, False),
    )
    tail = f"{scope.text} ORDER BY {refs(scope, [number])}{' DESC' if down else ''}"
    return Draft(
        f"SELECT {refs(scope, columns)} {tail} LIMIT 1",
        question,
        [child.name, parent.name],
        order=f"SELECT {refs(scope, [number])} {tail}",
        limit=1,
    )
