"""Questions that need tables joined: a filter on the other side, children counted, none at all."""

from __future__ import annotations

from .conditions import Condition, shown
from .draft import Draft, Maker
from .grouped import amount
from .schema import Column, Link, Role, Table, quoted
from .scope import Scope, literal
from .single import aggregate_words
from .speaker import of_one, predicate, refs, relation, where
from .words import with_article


def parts(maker: Maker) -> tuple[Link, Table, Table] | None:
    """A foreign key with its child, which is an entity, and its parent."""
    links = [link for link in maker.links() if not maker.database.table(link.child).is_link]
    if not links:
        return None
    link = maker.source.choice(links)
    return link, maker.database.table(link.child), maker.database.table(link.parent)


def to_parent(maker: Maker, link: Link, parent: Table, others: int) -> tuple[Condition, str] | None:
    """A condition on the parent, and the words for it behind the child: "written by Ann Lee"."""
    speaker, source = maker.speaker, maker.source
    made = speaker.conditions(parent)
    noun = speaker.one(parent)
    label = parent.label[0] if len(parent.label) == 1 else None
    if label and source.random() < 0.45:
        value = str(source.choice(label.values))
        said = shown(source, value)
        forms = [f"the {noun} {said}", f"the {noun} {source.choice(['named', 'called'])} {said}"]
        if link.relation or not others:
            forms += [said, said]
        condition = Condition(label, f"{{c}} = {literal(value)}", "")
        return condition, f"{relation(source, link)} {source.choice(forms)}"
    found = made.broad()
    if found is None:
        return None
    if source.random() < 0.6 or found.before:
        words = speaker.some(parent, [found])
    else:
        words = with_article(speaker.single(parent, [found]))
    return found, f"{relation(source, link)} {words}"


def of_parent(maker: Maker) -> tuple[Link, Table, Table, Condition, str] | None:
    """Children by a condition on their parent: the tables, the condition and its words."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    found = to_parent(maker, link, parent, len(child.links) - 1)
    return (link, child, parent, *found) if found else None


def join_select(maker: Maker) -> Draft | None:
    drawn = of_parent(maker)
    if drawn is None:
        return None
    link, child, parent, condition, words = drawn
    speaker, source = maker.speaker, maker.source
    own = maker.some(child, 0.2)
    columns = speaker.attributes(
        child, source.choice([1, 1, 2]), [each.column.name for each in own]
    )
    if not columns:
        return None
    scope = maker.scope(child, link)
    ending = f"{words} and {own[0].after}" if own and own[0].after else words
    before = f"{own[0].before} " if own else ""
    end = predicate(source, words) if not own and columns == list(child.label) else ""
    attrs, noun = speaker.listed(columns, True), speaker.many(child)
    if end and source.random() < 0.5:
        question = maker.say("which", child, attrs=attrs, noun=noun, that="that", predicate=end)
    else:
        question = maker.say(
            "select_where", child, attrs=attrs, attr=speaker.listed(columns, False),
            xs=f"{before}{noun} {ending}", x=of_one(f"{before}{speaker.one(child)} {ending}"),
        )  # fmt: skip
    sql = f"SELECT {refs(scope, columns)} {scope.text}{where(scope, [condition, *own])}"
    return Draft(sql, question, [child.name, parent.name])


def join_count(maker: Maker) -> Draft | None:
    drawn = of_parent(maker)
    if drawn is None:
        return None
    link, child, parent, condition, words = drawn
    scope, noun = maker.scope(child, link), maker.speaker.many(child)
    question = maker.say(
        "count_where", child, xs=f"{noun} {words}", noun=noun, that="that",
        predicate=predicate(maker.source, words),
    )  # fmt: skip
    sql = f"SELECT count(*) {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [child.name, parent.name])


def join_aggregate(maker: Maker) -> Draft | None:
    drawn = of_parent(maker)
    number = maker.column(drawn[1], Role.NUMBER) if drawn else None
    if drawn is None or number is None:
        return None
    link, child, parent, condition, words = drawn
    scope, source = maker.scope(child, link), maker.source
    name = source.choice(["avg", "max", "min", *(["sum", "sum"] if number.summed else [])])
    what = aggregate_words(maker, name, maker.speaker.column(number))
    question = maker.say(
        "aggregate", child, what=what, xs=f"{maker.speaker.many(child)} {words}", **{"is": "is"}
    )
    sql = f"SELECT {name}({refs(scope, [number])}) {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [child.name, parent.name])


def join_pairs(maker: Maker) -> Draft | None:
    """Columns of both sides."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    speaker = maker.speaker
    left, right = speaker.attributes(child, 1), [c for c in parent.label if not c.nulls]
    if not left or not right:
        return None
    scope = maker.scope(child, link)
    conditions = [each for each in maker.some(child, 0.6) if not each.before]
    xs = speaker.some(child, conditions)
    question = maker.say(
        "pairs", child, attrs=speaker.listed(left, True), attr=speaker.listed(left, False), xs=xs,
        x=speaker.single(child, conditions), y=speaker.one(parent), ys=speaker.many(parent),
        other=speaker.listed(right, False), others=speaker.listed(right, True),
    )  # fmt: skip
    sql = f"SELECT {refs(scope, [*left, *right])} {scope.text}{where(scope, conditions)}"
    return Draft(sql, question, [child.name, parent.name], least=2)


def parent_by_child(maker: Maker) -> Draft | None:
    """Parents by a condition on their children."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    speaker, source = maker.speaker, maker.source
    condition = speaker.conditions(child).broad()
    columns = speaker.attributes(parent, source.choice([1, 1, 2]))
    if condition is None or not columns or not set(parent.label) <= set(columns):
        return None
    if not parent.label:
        return None
    scope = maker.scope(parent, link)
    children = speaker.some(child, [condition])
    one = speaker.single(child, [condition])
    having = source.choice(
        [
            f"with {children}",
            f"that have {children}",
            f"with at least one {one}",
            f"that have at least one {one}",
        ]
    )
    question = maker.say(
        "parent_where", parent, attrs=speaker.listed(columns, True), attr=speaker.listed(columns, False), having=having,
        xs=speaker.many(parent), x=speaker.one(parent), ys_some=source.choice([children, f"at least one {one}"]),
    )  # fmt: skip
    sql = f"SELECT DISTINCT {refs(scope, columns)} {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [parent.name, child.name])


def groups(maker: Maker) -> tuple[Link, Table, Table, list[Column]] | None:
    """A foreign key whose parent has a name, to count children of each parent."""
    links = [link for link in maker.links() if maker.database.table(link.parent).label]
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
    return maker.database.table(others[0].parent)


def counted_noun(maker: Maker, link: Link) -> str:
    child = maker.database.table(link.child)
    other = counted_as(maker, link) if child.is_link else None
    return maker.speaker.many(other or child)


def counted_one(maker: Maker, link: Link) -> str:
    child = maker.database.table(link.child)
    other = counted_as(maker, link) if child.is_link else None
    return maker.speaker.one(other or child)


def grouped_key(maker: Maker, scope: Scope, parent: Table, link: Link) -> str:
    return scope.ref(parent.name, link.key)


def child_count(maker: Maker) -> Draft | None:
    drawn = groups(maker)
    if drawn is None:
        return None
    link, child, parent, columns = drawn
    speaker, scope = maker.speaker, maker.scope(parent, link)
    question = maker.say(
        "child_count", parent, attrs=speaker.listed(columns, True), attr=speaker.listed(columns, False), xs=speaker.many(parent),
        x=speaker.one(parent), ys=counted_noun(maker, link),
    )  # fmt: skip
    if childless(maker, link):
        return None
    sql = f"SELECT {refs(scope, columns)}, count(*) {scope.text} GROUP BY {grouped_key(maker, scope, parent, link)}"
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
        "child_at_least", parent, attrs=speaker.listed(shown, True), attr=speaker.listed(shown, False), xs=speaker.many(parent),
        x=speaker.one(parent), ys=ys, amount=words, xs_label=speaker.many(parent) if shown == columns else "",
    )  # fmt: skip
    key = grouped_key(maker, scope, parent, link)
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
    question = maker.say("child_most_counted" if counted else "child_most", parent, attr=speaker.listed(shown, False), x=speaker.one(parent), ys=ys,
        x_label=speaker.one(parent) if shown == columns else "", most="most" if down else "fewest",
        ys_down=ys if down else "",
    )  # fmt: skip
    key = grouped_key(maker, scope, parent, link)
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
    rest = f" WHERE {quoted(link.key)} NOT IN (SELECT {quoted(link.column)} FROM {quoted(child.name)}{guard})"
    tables = [parent.name, child.name]
    ys = counted_noun(maker, link)
    if source.random() < 0.3:
        question = maker.say("child_none_count", parent, xs=speaker.many(parent), ys=ys)
        return Draft(f"SELECT count(*) {scope.text}{rest}", question, tables)
    question = maker.say(
        "child_none", parent, attrs=speaker.listed(columns, True), attr=speaker.listed(columns, False), xs=speaker.many(parent),
        x=speaker.one(parent), ys=ys, y_any="", xs_label=speaker.many(parent),
    )  # fmt: skip
    return Draft(f"SELECT {refs(scope, columns)} {scope.text}{rest}", question, tables)
