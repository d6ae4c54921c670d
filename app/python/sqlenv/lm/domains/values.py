"""Plausible values of a kind, drawn from a seeded source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from functools import cache
from importlib import resources
from random import Random

Value = str | int | float | None


@cache
def pools() -> dict[str, list[str]]:
    """The file pools.txt by section."""
    text = (resources.files(__package__) / "pools.txt").read_text("utf-8")
    blocks = [block.split("\n", 1) for block in text.split("\n# ")[1:]]
    return {name: "".join(values.split("\n")).split("|") for name, values in blocks}


def pick(source: Random, pool: str) -> str:
    return source.choice(pools()[pool])


def weighted(source: Random, values: list[str]) -> str:
    """An early value more often than a late one."""
    return source.choices(values, [1 / (place + 1.5) for place in range(len(values))])[0]


def date(source: Random, first: int, last: int) -> datetime.date:
    begin = datetime.date(first, 1, 1)
    return begin + datetime.timedelta(
        source.randrange((datetime.date(last, 12, 31) - begin).days + 1)
    )


def code(source: Random, pattern: str) -> str:
    """`A` stands for a letter and `#` for a digit; what else is in the pattern stays."""
    letters = {"A": "ABCDEFGHJKLMNPRSTVWXZ", "#": "0123456789"}
    return "".join(source.choice(letters[each]) if each in letters else each for each in pattern)


def money(source: Random, low: float, high: float) -> float:
    cents = source.choice([0.0, 0.0, 0.5, 0.99, 0.95, 0.25])
    whole = source.randint(int(low), max(int(low), int(high) - 1))
    return (
        round(whole + cents, 2) if high < 200 else float(whole // 10 * 10 + 5 * source.randrange(2))
    )


def title(source: Random) -> str:
    adjective, noun, other = pick(source, "adjective"), pick(source, "noun"), pick(source, "noun")
    return source.choice(
        [f"The {adjective} {noun}", f"{adjective} {noun}", f"{noun} of the {other}"]
    )


def company(source: Random) -> str:
    return f"{pick(source, 'firm')} {pick(source, 'firm_end')}"


def person(source: Random) -> str:
    return f"{pick(source, 'first')} {pick(source, 'last')}"


def email(source: Random) -> str:
    first, last = pick(source, "first").lower(), pick(source, "last").lower()
    return f"{first}.{last}@{source.choice(['mail', 'post', 'inbox', 'web'])}.example"


SIMPLE: dict[str, Callable[[Random], Value]] = {
    "person": person,
    "first": lambda source: pick(source, "first"),
    "last": lambda source: pick(source, "last"),
    "city": lambda source: weighted(source, pools()["city"]),
    "country": lambda source: weighted(source, pools()["country"]),
    "state": lambda source: weighted(source, pools()["state"]),
    "street": lambda source: f"{source.randint(1, 240)} {pick(source, 'street')} Street",
    "company": company,
    "email": email,
    "phone": lambda source: code(source, "555-0###"),
    "title": title,
    "time": lambda source: f"{source.randint(6, 22):02}:{source.choice(['00', '15', '30', '45'])}",
    "bool": lambda source: int(source.random() < 0.6),
    "flag": lambda source: source.choice(["Y", "Y", "N"]),
    "yesno": lambda source: source.choice(["yes", "no"]),
}
RANGED: dict[str, Callable[[Random, float, float], Value]] = {
    "int": lambda source, low, high: source.randint(int(low), int(high)),
    "year": lambda source, low, high: source.randint(int(low), int(high)),
    "real": lambda source, low, high: round(source.uniform(low, high), 1 if high >= 10 else 2),
    "money": money,
    "date": lambda source, low, high: date(source, int(low), int(high)).isoformat(),
    "datetime": lambda source, low, high: (
        f"{date(source, int(low), int(high))}"
        f" {source.randint(7, 21):02}:{source.randrange(60):02}:00"
    ),
}
RANGE = re.compile(r"(\w+)\((-?[\d.]+)-(-?[\d.]+)\)")
UNIQUE = {"person", "title", "company", "email"}


class Kind:
    """A kind of values as a domain's text names it.

    `city`, `int(1-9)`, `{a|b}`; `+{a|b}` takes each once, `~{a|b}` are adjectives; `code(A##)`.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.pool = text.strip("+~")[1:-1].split("|") if text.endswith("}") else []
        self.unique = text.startswith("+") or text in UNIQUE or text.startswith("code(")
        ranged = RANGE.fullmatch(text)
        self.ranged = (RANGED[ranged[1]], float(ranged[2]), float(ranged[3])) if ranged else None
        if not (self.pool or self.ranged or text in SIMPLE or text.startswith("code(")):
            raise ValueError(
                f"there is no kind of values {text!r}; see values.py for those there are"
            )

    def draw(self, source: Random) -> Value:
        if self.ranged:
            make, low, high = self.ranged
            return make(source, low, high)
        if self.pool:
            return source.choice(self.pool) if self.unique else weighted(source, self.pool)
        if self.text.startswith("code("):
            return code(source, self.text[5:-1])
        return SIMPLE[self.text](source)

    @property
    def sql_types(self) -> tuple[str, ...]:
        name = self.text.split("(")[0]
        if name in ("int", "bool", "year"):
            return ("INTEGER", "INT", "INTEGER")
        if name in ("real", "money"):
            return ("REAL", "FLOAT", "DECIMAL(10,2)")
        if name in ("date", "datetime"):
            return ("TEXT", name.upper(), name.upper())
        return ("TEXT", "VARCHAR(50)", "varchar(40)")

    def column(self, source: Random, count: int) -> list[Value]:
        """`count` values, all different where the kind is one of names and codes."""
        if not self.unique:
            return [self.draw(source) for _ in range(count)]
        seen: dict[Value, None] = {}
        for _ in range(60 * count):
            if len(seen) == count:
                break
            seen[self.draw(source)] = None
        return list(seen)
