"""Questions about two joined tables: rows by a condition on the other side, columns of both."""

from __future__ import annotations

from .conditions import Condition, shown
from .draft import Draft, Maker
from .schema import Link, Role, Table
from .scope import literal
from .single import aggregate_words
from .speaker import of_one, predicate, refs, relation, where
from .words import with_article


def parts(maker: Maker) -> tuple[Link, Table, Table] | None:
    """A foreign key with its child, which is an entity, and its parent."""
    links = [
        link
        for link in maker.links()
        if not maker.database.table(link.child).is_link
        and (link.relation or not maker.ambiguous(link))
    ]
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
    if label and label.clear and label.distinct == parent.rows and source.random() < 0.45:
        value = str(source.choice(label.clear))
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
    own = maker.some(child, 0.5) if condition.column in parent.label else []
    columns = speaker.attributes(
        child, source.choice([1, 1, 2]), [each.column.name for each in own]
    )
    if not columns:
        return None
    scope = maker.scope(child, link)
    ending = f"{words} and {own[0].after}" if own and own[0].after else words
    before = f"{own[0].before} " if own else ""
    end = predicate(words) if not own else ""
    attrs, noun = speaker.listed(columns, True), speaker.many(child)
    if end and source.random() < 0.45:
        question = maker.say(
            maker.which(columns == list(child.label)),
            child,
            attrs=attrs,
            noun=noun,
            that="that",
            predicate=end,
        )
    else:
        question = maker.say(
            "select_where",
            child,
            attrs=attrs,
            attr=speaker.listed(columns, False),
            xs=f"{before}{noun} {ending}",
            xs_label=f"{before}{noun} {ending}" if columns == list(child.label) else "",
            x=of_one(f"{before}{speaker.one(child)} {ending}"),
        )
    sql = f"SELECT {refs(scope, columns)} {scope.text}{where(scope, [condition, *own])}"
    return Draft(sql, question, [child.name, parent.name])


def join_count(maker: Maker) -> Draft | None:
    drawn = of_parent(maker)
    if drawn is None:
        return None
    link, child, parent, condition, words = drawn
    scope, noun = maker.scope(child, link), maker.speaker.many(child)
    question = maker.say(
        "count_where",
        child,
        xs=f"{noun} {words}",
        noun=noun,
        that="that",
        predicate=predicate(words),
    )
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
        "pairs",
        child,
        **speaker.attributed(left),
        xs=xs,
        x=speaker.single(child, conditions),
        y=speaker.one(parent),
        ys=speaker.many(parent),
        other=speaker.listed(right, False),
        others=speaker.listed(right, True),
    )
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
    that = "who" if parent.person else "that"
    having = source.choice(
        [
            f"with {children}",
            f"{that} have {children}",
            f"with at least one {one}",
            f"{that} have at least one {one}",
        ]
    )
    question = maker.say(
        "parent_where",
        parent,
        **speaker.attributed(columns),
        having=having,
        having_one=of_one(having),
        xs=speaker.many(parent),
        x=speaker.one(parent),
        ys_some=source.choice([children, f"at least one {one}"]),
    )
    sql = f"SELECT DISTINCT {refs(scope, columns)} {scope.text}{where(scope, [condition])}"
    return Draft(sql, question, [parent.name, child.name])


def by_parent(maker: Maker) -> Draft | None:
    """Children counted by a column of their parents."""
    drawn = parts(maker)
    column = maker.column(drawn[2], Role.CATEGORY) if drawn else None
    if drawn is None or column is None or column.nulls:
        return None
    link, child, parent = drawn
    speaker, scope = maker.speaker, maker.scope(child, link)
    question = maker.say(
        "by_parent",
        child,
        xs=speaker.many(child),
        ys=speaker.many(parent),
        y=speaker.one(parent),
        col=speaker.column(column),
    )
    key = refs(scope, [column])
    sql = f"SELECT {key}, count(*) {scope.text} GROUP BY {key}"
    return Draft(sql, question, [child.name, parent.name], exactly=column.distinct)
