"""Conditions on a row: SQL, and the words for them behind or before the noun."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from . import lexicon
from .schema import Column, Role, Table
from .scope import Scope, literal
from .templates import drawn
from .words import with_article


@dataclass(frozen=True)
class Condition:
    column: Column
    pattern: str
    """SQL with {c} for the column"""
    after: str
    """words behind the noun: "from Paris", "whose age is over 30" """
    before: str = ""
    """a word before the noun: "cancelled" """

    def sql(self, scope: Scope) -> str:
        return self.pattern.replace("{c}", scope.ref(self.column.table, self.column.name))


def shown(source: Random, value: str | int | float) -> str:
    """A value as people type it, with or without quotes."""
    if not isinstance(value, str):
        return repr(int(value) if isinstance(value, float) and value.is_integer() else value)
    mark = source.choice(["", "", "", '"', "'"])
    if "'" in value or '"' in value:
        mark = ""
    return f"{mark}{value}{mark}"


class Conditions:
    """Draws conditions on the columns of a table."""

    def __init__(self, source: Random, table: Table) -> None:
        self.source = source
        self.table = table
        self.who = "who" if table.person else source.choice(["that", "which"])
        self.their = "their"

    def any(self, avoid: tuple[str, ...] = ()) -> Condition | None:
        """A condition on some column that is not to be avoided, or None if there is none."""
        makers: list[tuple[Callable[[Column], Condition | None], list[Column]]] = [
            (self.equal, self.table.having(Role.CATEGORY)),
            (self.equal, self.table.having(Role.CATEGORY)),
            (self.equal, self.table.having(Role.NAME)),
            (self.number, self.table.having(Role.NUMBER, Role.RANK)),
            (self.number, self.table.having(Role.NUMBER)),
            (self.year, self.table.having(Role.YEAR)),
            (self.date, self.table.having(Role.DATE)),
            (self.missing, [column for column in self.table.columns if column.nulls]),
            (self.like, self.table.having(Role.NAME)),
            (self.unequal, self.table.having(Role.CATEGORY)),
            (self.flag, self.table.having(Role.FLAG)),
        ]
        usable = [
            (make, [column for column in columns if column.name not in avoid])
            for make, columns in makers
        ]
        usable = [(make, columns) for make, columns in usable if columns]
        if not usable:
            return None
        make, columns = self.source.choice(usable)
        return make(self.source.choice(columns))

    def broad(self, avoid: tuple[str, ...] = ()) -> Condition | None:
        """A condition that many rows meet: not one on a name."""
        for _ in range(4):
            found = self.any(avoid)
            if found and found.column.role is not Role.NAME:
                return found
        return None

    def said(self, column: Column) -> str:
        return self.source.choice(column.spoken)

    def draw(self, *templates: str, **words: str) -> str:
        """One of the templates; `%name` stands for a word."""
        text = drawn(self.source, self.source.choice(templates))
        text = text.replace("%who", self.who)
        for name, word in sorted(words.items(), key=lambda each: -len(each[0])):
            text = text.replace("%" + name, word)
        return text

    def equal(self, column: Column) -> Condition | None:
        value = self.source.choice(column.values)
        words = {"col": self.said(column), "v": shown(self.source, value)}
        pattern = f"{{c}} = {literal(value)}"
        if column.role is Role.NAME and column.spoken[0] == "name":
            return Condition(
                column, pattern, self.draw("named %v", "called %v", "with the name %v", **words)
            )
        if column.adjective and self.source.random() < 0.7:
            return Condition(column, pattern, "", str(value))
        templates = [
            "whose %col is %v", "with %v as %col", "with [the] %col %v", "%who have {the|} %col %v",
            "with {a|} %col of %v", "where the %col is %v", "having %v as {the|} %col",
        ]  # fmt: skip
        if lexicon.is_place(column):
            if self.table.person:
                templates = [
                    *templates[:1],
                    "from %v",
                    "from the %col [of] %v",
                    "%who {come|are} from %v",
                ]
            else:
                templates = [
                    *templates[:1],
                    "in %v",
                    "in %v",
                    "in the %col [of] %v",
                    "located in %v",
                ]
        if column.spoken[0] == "nationality":
            templates = ["from %v", "whose nationality is %v", "%who {come|are} from %v"]
        return Condition(column, pattern, self.draw(*templates, **words))

    def unequal(self, column: Column) -> Condition | None:
        if column.nulls or column.distinct < 3:
            return None
        value = self.source.choice(column.values)
        words = {"col": self.said(column), "v": shown(self.source, value)}
        templates = [
            "whose %col is not %v", "with {a|any} %col other than %v", "whose %col is {different from|anything but} %v",
            "%who {don't|do not} have %v as [their] %col",
        ]  # fmt: skip
        if lexicon.is_place(column):
            templates.append("%who are not from %v" if self.table.person else "%who are not in %v")
        return Condition(column, f"{{c}} != {literal(value)}", self.draw(*templates, **words))

    def flag(self, column: Column) -> Condition | None:
        value = self.source.choice(column.values)
        words = {"col": self.said(column), "v": shown(self.source, value)}
        after = self.draw(
            "whose %col is %v",
            "with %col %v",
            "with the %col set to %v",
            "where the %col is %v",
            **words,
        )
        return Condition(column, f"{{c}} = {literal(value)}", after)

    def number(self, column: Column) -> Condition | None:
        values = column.values
        if len(values) < 3:
            return None
        place = self.source.randrange(1, len(values) - 1)
        value = values[place]
        assert isinstance(value, (int, float))
        if len(values) > 8 and isinstance(value, int) and value > 50:
            value = value // 10 * 10
        elif isinstance(value, float) and value > 3:
            value = float(round(value)) if value < 100 else float(round(value, -1))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        kind = self.source.choice(["more", "more", "less", "least", "most", "between", "equal"])
        return self.number_with(column, kind, value)

    def number_with(self, column: Column, kind: str, value: int | float) -> Condition | None:
        said = self.said(column)
        words = {"col": said, "v": repr(value), "acol": with_article(said)}
        words["unit"] = unit = lexicon.unit(said)
        if kind == "between":
            higher = [
                each for each in column.values if isinstance(each, (int, float)) and each > value
            ]
            if not higher:
                return None
            top = self.source.choice(higher[:-1] or higher)
            words["w"] = repr(int(top) if isinstance(top, float) and top.is_integer() else top)
            pattern = f"{{c}} BETWEEN {literal(value)} AND {words['w']}"
            templates = ["whose %col is between %v and %w", "with %acol between %v and %w",
                         "with %acol of %v to %w", "whose %col {lies|is} {between %v and %w|in the range %v to %w}"]  # fmt: skip
            if unit:
                templates = [
                    "with between %v and %w %unit",
                    "%who have between %v and %w %unit",
                    "with %v to %w %unit",
                ]
            if said == "age":
                templates += [
                    "aged between %v and %w",
                    "between %v and %w years old",
                    "aged %v to %w",
                ]
            return Condition(column, pattern, self.draw(*templates, **words))
        sign, templates = number_templates(column, kind, unit, said)
        return Condition(column, f"{{c}} {sign} {literal(value)}", self.draw(*templates, **words))

    def year(self, column: Column) -> Condition | None:
        if len(column.values) < 4:
            return None
        value = self.source.choice(column.values[1:-1])
        later = [each for each in column.values if each > value]  # type: ignore[operator]
        words = {"col": self.said(column), "v": str(value), "w": str(self.source.choice(later))}
        kind = self.source.choice(["=", ">", "<", ">=", "BETWEEN", ">", "<"])
        phrase = {
            "=": "in %v", ">": "after %v", "<": "before %v", ">=": "{in %v or later|since %v|in or after %v}",
            "BETWEEN": "between %v and %w",
        }[kind]  # fmt: skip
        pattern = f"{{c}} {kind} {value}" + (f" AND {words['w']}" if kind == "BETWEEN" else "")
        plain = {
            "=": "%v", ">": "{after|later than|greater than} %v", "<": "{before|earlier than} %v", ">=": "%v or later",
            "BETWEEN": "between %v and %w",
        }[kind]  # fmt: skip
        return Condition(column, pattern, self.happened(column, phrase, plain, words))

    def date(self, column: Column) -> Condition | None:
        value = str(self.source.choice(column.values))
        day, year = value[:10], value[:4]
        words = {"col": self.said(column), "v": day, "y": year}
        kind = self.source.choice(["=", ">", "<", "year", "year", "month"])
        if kind == "=" and value != day:
            kind = "year"
        if kind == "year":
            pattern, phrase, plain = f"{{c}} LIKE '{year}%'", "in %y", "in %y"
        elif kind == "month":
            months = "January February March April May June July August September October November December"
            words["m"] = f"{months.split()[int(day[5:7]) - 1]} {year}"
            pattern, phrase, plain = f"{{c}} LIKE '{day[:7]}%'", "in %m", "in %m"
        else:
            pattern = f"{{c}} {kind} '{day}'"
            phrase = {"=": "on %v", ">": "after %v", "<": "before %v"}[kind]
            plain = {"=": "%v", ">": "{after|later than} %v", "<": "{before|earlier than} %v"}[kind]
            if kind == ">" and value != day:  # a time of that day would count as after it
                return None
        return Condition(column, pattern, self.happened(column, phrase, plain, words))

    def happened(self, column: Column, phrase: str, plain: str, words: dict[str, str]) -> str:
        """Words for a year or a date: by its verb if it has one, else by its name."""
        verb = lexicon.happened(column)
        if verb and self.source.random() < 0.7:
            lead = verb[0] if not verb[1] else f"%who {verb[0]}"
            if lead == "born" or self.source.random() < 0.7:
                return self.draw(f"{lead} {phrase}", **words)
            return self.draw(f"%who {'' if verb[1] else 'were '}{verb[0]} {phrase}", **words)
        if column.spoken[0] in ("date", "year", "month") and not self.table.person:
            return self.draw(phrase, "with {a|the} %col " + plain, "whose %col is " + plain, "{dated|from} " + plain
                             if plain == "%v" else "whose %col is " + plain, **words)  # fmt: skip
        return self.draw("whose %col is " + plain, "with {a|the} %col " + plain, **words)

    def missing(self, column: Column) -> Condition | None:
        said = self.said(column)
        words = {"col": said, "acol": with_article(said)}
        if self.source.random() < 0.6:
            return Condition(column, "{c} IS NULL", self.draw(
                "whose %col is {missing|unknown|not recorded|not given|empty|null}", "without {a|any|} %col",
                "that have no %col", "%who have no %col [on record]", "with no %col [recorded]", **words,
            ))  # fmt: skip
        return Condition(column, "{c} IS NOT NULL", self.draw(
            "whose %col is {known|recorded|given|not null|not missing}", "%who have {a|some|} %col [on record]",
            "with {known|recorded} %col", **words,
        ))  # fmt: skip

    def like(self, column: Column) -> Condition | None:
        value = str(self.source.choice(column.values))
        said = self.said(column)
        words = [word for word in value.split() if word.isalpha() and len(word) > 3]
        kind = self.source.choice(["word", "first", "part", "last"])
        if kind == "word" and words and len(value.split()) > 1:
            part = self.source.choice(words)
            templates = ["with %q in {the|their} %col", "whose %col {contains|includes|has} [the word] %q",
                         "that have [the word] %q in their %col", "whose %col contains the substring %q"]  # fmt: skip
            pattern = f"%{part}%"
        elif kind == "first" and value[0].isalpha():
            part, pattern = value[0], f"{value[0]}%"
            templates = [
                "whose %col {starts|begins} with [the letter] %q",
                "with {a|the} %col {starting|beginning} with %q",
            ]
        elif kind == "last" and value[-1].isalpha():
            part, pattern = value[-1], f"%{value[-1]}"
            templates = [
                "whose %col ends {with|in} [the letter] %q",
                "with {a|the} %col ending {with|in} %q",
            ]
        else:
            start = self.source.randrange(max(1, len(value) - 2))
            part = value[start : start + 2]
            if not part.isalpha() or len(part) < 2:
                return None
            pattern = f"%{part}%"
            templates = [
                "whose %col {contains|includes|has} %q",
                "with %q in {the|their} %col",
                "whose %col contains the {substring|letters|text} %q",
            ]
        return Condition(
            column, f"{{c}} LIKE {literal(pattern)}", self.draw(*templates, col=said, q=f"'{part}'")
        )


def number_templates(column: Column, kind: str, unit: str, said: str) -> tuple[str, list[str]]:
    """The sign of a comparison and its wordings."""
    more, less, _, _ = lexicon.compared(column) or ("", "", "", "")
    sign = {"more": ">", "less": "<", "least": ">=", "most": "<=", "equal": "="}[kind]
    phrase = {
        "more": "{more|greater|higher|larger} than %v|above %v|over %v|of more than %v",
        "less": "{less|lower|smaller} than %v|below %v|under %v|of less than %v",
        "least": "at least %v|%v or more|no less than %v|of at least %v",
        "most": "at most %v|%v or less|not more than %v|of at most %v",
        "equal": "%v|exactly %v|equal to %v",
    }[kind].split("|of ")[0]  # fmt: skip
    if unit:
        amount = {
            "more": "{more than|over} %v", "less": "{fewer than|less than} %v", "least": "{at least %v|%v or more}",
            "most": "{at most|no more than|up to} %v", "equal": "[exactly] %v",
        }[kind]  # fmt: skip
        return sign, [
            f"with {amount} %unit",
            f"%who have {amount} %unit",
            f"whose %col is {{{phrase}}}",
            f"having {amount} %unit",
        ]
    templates = [f"whose %col is {{{phrase}}}"] * 2
    if kind == "equal":
        templates += ["with %acol of %v", "with %col %v"]
    else:
        plain = {"more": "{above|over|greater than|higher than|of more than} %v", "less": "{below|under|lower than|of less than} %v",
                 "least": "of at least %v", "most": "of at most %v"}[kind]  # fmt: skip
        templates += [f"with {{the %col|%acol}} {plain}", f"with %acol {plain}"]
    if said == "age":
        templates += {
            "more": ["older than %v", "over %v [years old]", "%who are older than %v", "above the age of %v"],
            "less": ["younger than %v", "under %v [years old]", "%who are younger than %v", "under the age of %v"],
            "least": ["aged %v or {older|more}", "%who are at least %v [years old]"],
            "most": ["aged %v or {younger|less}", "%who are at most %v [years old]"],
            "equal": ["aged %v", "%who are %v years old", "of age %v"],
        }[kind]  # fmt: skip
    elif more and said.split()[-1] in ("price", "cost") and kind in ("more", "less"):
        templates += [
            f"{more if kind == 'more' else less} than %v",
            "{costing|that cost} " + ("more" if kind == "more" else "less") + " than %v",
        ]
    return sign, templates
