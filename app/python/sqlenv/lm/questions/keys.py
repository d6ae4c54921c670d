"""Questions that one table answers by its foreign keys: ids of parents, children counted by id."""

from __future__ import annotations

from .draft import Draft, Maker
from .grouped import amount
from .schema import Link, Table
from .words import plural


def keyed(maker: Maker) -> tuple[Link, Table, Table, str] | None:
    """A foreign key that is never NULL, and how people say its values: "customer id"."""
    links = [
        link
        for link in maker.links()
        if not maker.database.table(link.child).is_link and not maker.ambiguous(link)
    ]
    if not links:
        return None
    link = maker.source.choice(links)
    child, parent = maker.database.table(link.child), maker.database.table(link.parent)
    column = next(each for each in child.columns if each.name == link.column)
    key = next(each for each in parent.columns if each.name == link.key)
    return (link, child, parent, maker.speaker.column(key)) if not column.nulls else None


def bare(said: str, noun: str) -> str:
    """The key without the parent's noun before it: "id" of "customer id"."""
    return said.removeprefix(noun + " ")


def key_count(maker: Maker) -> Draft | None:
    drawn = keyed(maker)
    if drawn is None:
        return None
    link, child, parent, said = drawn
    speaker, scope = maker.speaker, maker.scope(child)
    noun = speaker.one(parent)
    question = maker.say(
        "key_count", parent, key=said, x=noun, bare=bare(said, noun), ys=speaker.many(child)
    )
    key = scope.ref(child.name, link.column)
    sql = f"SELECT {key}, count(*) {scope.text} GROUP BY {key}"
    return Draft(sql, question, [child.name], exactly=parent.rows)


def key_most(maker: Maker) -> Draft | None:
    drawn = keyed(maker)
    if drawn is None:
        return None
    link, child, parent, said = drawn
    speaker, scope = maker.speaker, maker.scope(child)
    noun, nouns = speaker.one(parent), speaker.many(child)
    question = maker.say(
        "key_most",
        parent,
        key=said,
        x=noun,
        bare=bare(said, noun),
        ys=nouns,
        ys_down=nouns,
        most="most",
    )
    key = scope.ref(child.name, link.column)
    tail = f"{scope.text} GROUP BY {key} ORDER BY count(*) DESC"
    sql = f"SELECT {key} {tail} LIMIT 1"
    return Draft(sql, question, [child.name], order=f"SELECT count(*) {tail}", limit=1)


def key_at_least(maker: Maker) -> Draft | None:
    drawn = keyed(maker)
    compare, words = amount(maker)
    if drawn is None or compare.startswith("<"):
        return None
    link, child, parent, said = drawn
    speaker, scope = maker.speaker, maker.scope(child)
    one = words.endswith((" 1", " one"))
    question = maker.say(
        "key_at_least",
        parent,
        key=said,
        keys=plural(said),
        x=speaker.one(parent),
        xs=speaker.many(parent),
        ys=speaker.one(child) if one else speaker.many(child),
        amount=words,
    )
    key = scope.ref(child.name, link.column)
    sql = f"SELECT {key} {scope.text} GROUP BY {key} HAVING count(*) {compare}"
    return Draft(sql, question, [child.name])


def distinct_parents(maker: Maker) -> Draft | None:
    drawn = keyed(maker)
    if drawn is None:
        return None
    link, child, parent, _ = drawn
    speaker, scope = maker.speaker, maker.scope(child)
    question = maker.say(
        "distinct_parents",
        parent,
        xs=speaker.many(parent),
        ys=speaker.many(child),
        y=speaker.one(child),
    )
    key = scope.ref(child.name, link.column)
    return Draft(f"SELECT count(DISTINCT {key}) {scope.text}", question, [child.name])
