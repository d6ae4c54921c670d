"""Questions about one named row: "How old is Ann Lee?", "Which author was it written by?"."""

from __future__ import annotations

import re

from . import lexicon
from .chained import named
from .conditions import shown
from .draft import Draft, Maker
from .joined import parts
from .schema import Column, Role, Table
from .scope import literal
from .speaker import refs

BASE = {
    "joined": "join",
    "started": "start",
    "registered": "register",
    "departed": "depart",
    "enrolled": "enroll",
    "arrived": "arrive",
    "retired": "retire",
    "graduated": "graduate",
}
ASKED = (Role.NUMBER, Role.RANK, Role.YEAR, Role.DATE, Role.CATEGORY, Role.OTHER)


def whole(text: str) -> bool:
    """Whether a value names a row by itself, as "Ann Lee" does and "Bears" does not."""
    return " " in text


def lookup(maker: Maker) -> Draft | None:
    """A column of the row of this name."""
    table = maker.table(Role.NAME)
    label = named(table) if table else None
    columns = [each for each in table.having(*ASKED) if each.values] if table and label else []
    if table is None or label is None or not columns:
        return None
    source, scope = maker.source, maker.scope(table)
    column, value = source.choice(columns), str(source.choice(label.clear))
    said = shown(source, value)
    noun = maker.speaker.one(table)
    row = f"the {noun} {said}"
    if whole(value):
        row = source.choice([said, said, row, f"the {noun} named {said}"])
    question = maker.say(
        "lookup", table, row=row, attr=maker.speaker.column(column), **forms(table, column)
    )
    condition = f"{refs(scope, [label])} = {literal(value)}"
    sql = f"SELECT {refs(scope, [column])} {scope.text} WHERE {condition}"
    return Draft(sql, question, [table.name])


def forms(table: Table, column: Column) -> dict[str, str]:
    """What makes other wordings than "the price of" possible for this column."""
    said = column.spoken[0]
    unit = lexicon.unit(said) if column.role is Role.NUMBER else ""
    verb = lexicon.happened(column)
    place = lexicon.is_place(column) and not table.person
    return {
        "age": " " if said == "age" and table.person else "",
        "cost": " " if said in ("price", "cost") and not table.person else "",
        "unit": unit,
        "tall": " " if said.split(" in ")[0] == "height" else "",
        "heavy": " " if said.split(" in ")[0] == "weight" else "",
        "long": " " if said.split(" in ")[0] in ("length", "duration") else "",
        "when": verb[0] if verb and not verb[1] else "",
        "did": BASE.get(verb[0], "") if verb and verb[1] else "",
        "where": " " if place else "",
        "place": said if place else "",
        "kind": said if said in ("genre", "type", "kind", "category", "style", "color") else "",
        "from": " " if said in ("country", "nationality") and table.person else "",
    }


def parent_of(maker: Maker) -> Draft | None:
    """The name of the parent of the row of this name."""
    drawn = parts(maker)
    if drawn is None:
        return None
    link, child, parent = drawn
    label, columns = named(child), list(parent.label)
    if label is None or not columns:
        return None
    source, scope, speaker = maker.source, maker.scope(child, link), maker.speaker
    value = str(source.choice(label.clear))
    said, noun, up = shown(source, value), speaker.one(child), speaker.one(parent)
    row = source.choice([said, f"the {noun} {said}"]) if whole(value) else f"the {noun} {said}"
    verbal = re.match(r"\w+(ed|en|ing|ught|ld|de|un|ght)\b", link.relation)
    was = "was" if link.relation.endswith(" by") else "is"
    question = maker.say(
        "parent_of",
        parent,
        x=up,
        row=row,
        attr=speaker.listed(columns, False),
        was=f"{was} {row} {link.relation}" if verbal else "",
        that_was=f"that {row} {was} {link.relation}" if verbal else "",
    )
    shown_sql = refs(scope, columns)
    sql = f"SELECT {shown_sql} {scope.text} WHERE {refs(scope, [label])} = {literal(value)}"
    return Draft(sql, question, [child.name, parent.name])
