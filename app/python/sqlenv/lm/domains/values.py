"""Plausible values of a kind, drawn from a seeded source."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from random import Random

Value = str | int | float | None

FIRST = (
    "Amir Anna Beatriz Carlos Chloe Daniel Diana Edward Elena Emeka Farah Felix Grace Hanna Hugo Ines Isaac"
    " Ivan Jamal Jana Joel Julia Kenji Laura Leo Lina Luca Lucy Maria Marta Mateo Maya Mei Nadia Nina Noah"
    " Olga Omar Oscar Paula Peter Priya Rahul Rosa Ruth Samuel Sara Sofia Stefan Tara Theo Tom Vera Victor"
    " Wei Yara Yusuf Zoe Albert Alice Brian Claire Derek Fiona Gavin Helen Irene Kevin Linda Martin Nora"
).split()
LAST = (
    "Abbott Adeyemi Ahmed Almeida Baker Barros Bauer Becker Bianchi Carter Castillo Chan Chen Cooper Costa"
    " Dahl Davies Dubois Eriksen Evans Ferrari Fischer Fraser Garcia Gomez Haddad Hall Hansen Hughes Ito"
    " Jensen Johnson Kaya Keller Khan Kim Kovacs Kumar Lambert Larsen Lee Lopez Mendes Meyer Moreau Mori"
    " Murphy Nakamura Nguyen Novak Okafor Olsen Park Patel Perez Petrov Quinn Reyes Ricci Roberts Rossi"
    " Santos Sato Schmidt Silva Singh Smith Sokolov Tanaka Taylor Torres Turner Vargas Vogel Walker Weber"
    " White Wilson Wright Yang Young Zhang"
).split()
CITY = (
    "Austin|Bergen|Bologna|Boston|Bristol|Chicago|Cork|Dallas|Denver|Dublin|Florence|Geneva|Glasgow|Hamburg"
    "|Kyoto|Leeds|Lima|Lisbon|Lyon|Madrid|Miami|Munich|New York|Oslo|Paris|Porto|Prague|Riga|San Diego"
    "|Seattle|Seville|Toronto|Turin|Utrecht|Vienna|Zurich"
).split("|")
COUNTRY = (
    "Argentina|Australia|Austria|Brazil|Canada|Chile|Denmark|Egypt|Finland|France|Germany|India|Ireland"
    "|Italy|Japan|Kenya|Mexico|Netherlands|New Zealand|Norway|Poland|Portugal|South Africa|South Korea"
    "|Spain|Sweden|Turkey|United Kingdom|United States"
).split("|")
STATE = (
    "Arizona|California|Colorado|Florida|Georgia|Illinois|Maine|Michigan|Nevada|New York|Ohio|Oregon|Texas"
    "|Utah|Vermont|Virginia|Washington"
).split("|")
ADJECTIVE = (
    "Amber Ancient Blue Bright Broken Burning Calm Crimson Distant Empty Fading First Frozen Gentle Golden"
    " Green Hidden High Hollow Iron Last Lost Lucky Midnight Northern Old Open Quiet Red Royal Second Secret"
    " Silent Silver Simple Small Southern Stone Sunny Sweet Tall Third True Velvet Wandering White Wild Winter"
).split()
NOUN = (
    "Anchor Arrow Bridge Castle Circle Coast Compass Crown Desert Dream Eagle Field Fire Forest Garden Gate"
    " Harbor Heart Hill Horizon Island Journey Lake Lantern Letter Light Maple Meadow Mirror Moon Mountain"
    " Oak Ocean Orchard Path Pearl Pine River Road Rose Shadow Shore Signal Sky Song Spring Star Storm Summit"
    " Sun Tide Tower Valley Voyage Wave Willow Wind Window Wolf"
).split()
STREET = "Bridge Cedar Chapel Church Elm Garden High King Lake Main Maple Market Mill Oak Park Queen River School Station Union".split()
FIRM = "Acme Alder Apex Atlas Aurora Beacon Cobalt Delta Ember Falcon Granite Harbor Ibex Juno Keystone Lumen Meridian Nimbus Orion Pinnacle Quartz Ridge Summit Terra Umbra Vertex Westwind Zenith".split()
FIRM_END = [
    "Inc",
    "Ltd",
    "Group",
    "Partners",
    "Labs",
    "Systems",
    "Works",
    "& Sons",
    "Holdings",
    "Co",
]


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
    adjective, noun, other = source.choice(ADJECTIVE), source.choice(NOUN), source.choice(NOUN)
    return source.choice(
        [f"The {adjective} {noun}", f"{adjective} {noun}", f"{noun} of the {other}"]
    )


def company(source: Random) -> str:
    return f"{source.choice(FIRM)} {source.choice(FIRM_END)}"


def person(source: Random) -> str:
    return f"{source.choice(FIRST)} {source.choice(LAST)}"


def email(source: Random) -> str:
    first, last = source.choice(FIRST).lower(), source.choice(LAST).lower()
    return f"{first}.{last}@{source.choice(['mail', 'post', 'inbox', 'web'])}.example"


SIMPLE: dict[str, Callable[[Random], Value]] = {
    "person": person,
    "first": lambda source: source.choice(FIRST),
    "last": lambda source: source.choice(LAST),
    "city": lambda source: weighted(source, CITY),
    "country": lambda source: weighted(source, COUNTRY),
    "state": lambda source: weighted(source, STATE),
    "street": lambda source: f"{source.randint(1, 240)} {source.choice(STREET)} Street",
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
        f"{date(source, int(low), int(high))} {source.randint(7, 21):02}:{source.randrange(60):02}:00"
    ),
}
RANGE = re.compile(r"(\w+)\((-?[\d.]+)-(-?[\d.]+)\)")
UNIQUE = {"person", "title", "company", "email"}


class Kind:
    """A kind of values as a domain's text names it: `city`, `int(1-9)`, `{a|b}`, `+{a|b}`, `code(A##)`."""

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
