"""Links: how the words of a question fit the tables, columns and values that an agent has seen.

Agents that have seen the same share one `Links` for a question.
"""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from .seen_database import Column, Hit, SeenDatabase, Table
from .sketch import Joins
from .words import CUES, Match, Question, identifier_words, stem

_NAMES = frozenset(("name", "title", "first", "last", "label", "caption"))
_TIMES = frozenset(("date", "year", "time", "day", "month", "since", "born", "birth", "from", "to"))


class Value(NamedTuple):
    """A possible condition: a column and something that the question has."""

    kind: str
    """hit, number, quoted or null"""
    column: Column
    text: str
    position: int
    stored: tuple[str, ...] = ()


class Links:
    """Features of a column read only the main table and its neighbours (`near`), so that agents that
    know different other tables share them."""

    def __init__(self, question: Question, seen: SeenDatabase) -> None:
        self.question = question
        self.fingerprint = seen.fingerprint
        self.tables = seen.described()
        self.hits = seen.values()
        self._names = seen.names
        self._columns: dict[tuple[Column, str], list[str]] = {}

    @cached_property
    def joins(self) -> Joins:
        return Joins(self.tables)

    @cached_property
    def table_match(self) -> dict[str, Match]:
        return {name: self.question.match(identifier_words(name)) for name in self._names}

    @cached_property
    def column_match(self) -> dict[Column, Match]:
        return {
            column: self.question.match(identifier_words(column.name))
            for table in self.tables
            for column in table.columns
        }

    @cached_property
    def free_words(self) -> list[str]:
        """Stems that are neither cues nor names of tables: possible other words for columns."""
        known = {word for name in self._names for word in identifier_words(name)}
        words = zip(self.question.tokens, self.question.stems)
        free = [s for token, s in words if token.lower() not in CUES and s not in known]
        free = [word for word in free if word[0].isalpha()]
        verbs = [c for c in self.question.cues if c in _TELLING]
        return list(dict.fromkeys(free + verbs))[:8]

    def table_features(self, name: str) -> list[str]:
        """Features of a table as the topic, by its name alone."""
        match = self.table_match[name]
        earlier = sum(
            1 for other in self.table_match.values()
            if other.level >= match.level and 0 <= other.position < match.position
        )  # fmt: skip
        features = ["any", f"level{match.level}{match.phrase}"]
        if match.level:
            features.append(f"order{min(earlier, 2)}level{match.level}")
            features += [f"near{word}" for word in self.question.around(match.position, 2, 1)]
        words = len(identifier_words(name))
        return [*features, f"words{min(words, 3)}level{match.level}"]

    def seen_table_features(self, table: Table) -> list[str]:
        """Features of a described table."""
        matched = sum(1 for c in table.columns if self.column_match[c].level == 2)
        hits = sum(1 for hit in self.hits if hit.table == table.name)
        links = len(table.links)
        referred = len(self.joins.referring(table.name))
        return [
            *self.table_features(table.name),
            f"columns{min(matched, 3)}",
            f"hits{min(hits, 2)}",
            f"links{min(links, 2)}referred{min(referred, 2)}",
        ]

    def near(self, table: str) -> frozenset[str]:
        """The table and the described tables linked to it."""
        return frozenset(self.joins.ways(table))

    def hits_near(self, table: str) -> frozenset[Hit]:
        near = self.near(table)
        return frozenset(hit for hit in self.hits if hit.table in near)

    def columns_near(self, table: str) -> list[tuple[Column, int]]:
        """Columns of the table and of its neighbours, with their distance, 0 or 1."""
        near = self.near(table)
        return [
            (column, int(other.name != table))
            for other in self.tables
            if other.name in near
            for column in other.columns
        ]

    def column_features(self, column: Column, table: str) -> list[str]:
        """Features of a column in any role, if `table` is the main table."""
        known = self._columns.get((column, table))
        if known is None:
            known = self._columns[column, table] = self._column_features(column, table)
        return known

    def _column_features(self, column: Column, main: str) -> list[str]:
        distance = int(column.table != main)
        match, words = self.column_match[column], identifier_words(column.name)
        table = self.table_match[column.table]
        kind = "number" if column.numeric else "text"
        if _TIMES & set(words):
            kind = "time"
        name = bool(_NAMES & set(words))
        linked = words[-1:] == ("id",) or any(
            link.column == column.name
            for other in self.tables
            if other.name == column.table
            for link in other.links
        )
        role = "key" if column.key else "link" if linked else "name" if name else kind
        features = [
            f"role:{role}",
            f"level{match.level}{match.phrase}",
            f"level{match.level}distance{distance}",
            f"role:{role}distance{distance}table{table.level}",
            f"role:{role}level{match.level}",
        ]
        if match.level:
            rivals = [self.column_match[other] for other, _ in self.columns_near(main)]
            before = sum(
                1 for m in rivals if m.level >= match.level and 0 <= m.position < match.position
            )
            features.append(f"order{min(before, 3)}level{match.level}")
            features += [
                f"level{match.level}near{word}"
                for word in self.question.around(match.position, 2, 1)
            ]
        if match.level < 2:
            features += [f"lex:{said}:{word}" for said in self.free_words for word in words]
        return features

    def values(self, table: str) -> list[tuple[Value, list[str]]]:
        """Possible conditions on the table's rows, with features."""
        near = {(c.table, c.name): (c, d) for c, d in self.columns_near(table)}
        found = [self._hit(hit, table, *near[hit.table, hit.column])
                 for hit in self.hits if (hit.table, hit.column) in near]
        for column, distance in near.values():
            found += self._numbers(column, distance)
            found += self._quoted(column, table, distance)
            if column.nullable:
                features = [f"null:{f}" for f in self._short(column, distance)]
                cues = [f"null:level{self.column_match[column].level}:{c}" for c in _NULL_CUES
                        if c in self.question.cues]
                found.append((Value("null", column, "", -1), features + cues))
        return found

    def _short(self, column: Column, distance: int) -> list[str]:
        match = self.column_match[column]
        kind = "key" if column.key else "number" if column.numeric else "text"
        return [f"{kind}level{match.level}", f"level{match.level}distance{distance}"]

    def _hit(self, hit: Hit, main: str, column: Column, distance: int) -> tuple[Value, list[str]]:
        words = hit.value.split()
        place = self.question.match((stem(words[0]),)).position
        capital = place > 0 and self.question.tokens[place].strip("\"'")[:1].isupper()
        named = any(stem(word) in identifier_words(name)
                    for word in words for name in self._names)
        count = min(len(self.hits_near(main)), 4)
        features = [f"hit:{f}" for f in self._short(column, distance)]
        features += [
            f"hit:words{min(len(words), 3)}capital{capital}named{named}",
            f"hit:distance{distance}capital{capital}",
            f"hit:many{count}capital{capital}",
            f"hit:place{'end' if place >= len(self.question.tokens) - 3 else 'inside'}",
        ]
        features += [f"hit:near{word}" for word in self.question.around(place, 2, 0)]
        return Value("hit", column, hit.value, place, hit.stored), features

    def _numbers(self, column: Column, distance: int) -> list[tuple[Value, list[str]]]:
        words = set(identifier_words(column.name))
        time = bool(_TIMES & words)
        if not (column.numeric or time):
            return []
        match, found = self.column_match[column], []
        for number in self.question.numbers:
            gap = abs(number.position - match.position) if match.level else 99
            year = number.digits and 1800 <= number.value <= 2100 and len(number.text) == 4
            close = "near" if gap <= 4 else "far" if gap < 99 else "none"
            features = [f"number:{f}" for f in self._short(column, distance)]
            features += [
                f"number:digits{number.digits}",
                f"number:level{match.level}{close}",
                f"number:year{year}time{time}",
                f"number:year{year}time{time}level{match.level}",
            ]
            near = self.question.around(number.position, 3, 2)
            features += [f"number:{word}" for word in near]
            features += [f"number:time{time}:{word}" for word in near]
            if match.level < 2:
                features += [f"number:lex:{s}:{w}" for s in self.free_words for w in words]
            found.append((Value("number", column, number.text, number.position), features))
        return found

    def _quoted(self, column: Column, main: str, distance: int) -> list[tuple[Value, list[str]]]:
        if column.numeric:
            return []
        hit = {each.value for each in self.hits_near(main)}
        found = []
        for position, text in self.question.quoted:
            features = [f"quoted:{f}" for f in self._short(column, distance)]
            features += [
                f"quoted:size{min(len(text), 3)}hit{text.strip().lower() in hit}",
                f"quoted:date{text[:1].isdigit()}time{bool(_TIMES & set(identifier_words(column.name)))}",
            ]
            found.append((Value("quoted", column, text, position), features))
        return found


_TELLING = ("who", "where", "when", "old", "oldest", "youngest", "longest", "shortest", "older",
            "younger", "newest", "latest", "earliest", "cheapest", "expensive", "tallest", "heaviest",
            "highest", "lowest", "largest", "smallest", "biggest", "first", "last", "most", "least")  # fmt: skip
_NULL_CUES = ("no", "without", "not", "unknown", "missing", "recorded", "known", "still", "never",
              "has", "have")  # fmt: skip
