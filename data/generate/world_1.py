"""world_1: countries of six corners of the world with their cities, languages, land borders and
alliances. All of it is fact (world_countries.py); only the untidy typing is ours.

Messy on purpose: see data/README.md.
"""

from common import Dice, Table, script
from world_countries import BLOCS, CITIES, COUNTRIES, LANDLOCKED, LANGUAGES, LEFT, REGIONS

SEED = 19450626
DIALLING = (("+{}", 7), ("00{}", 2), (" +{}", 1), ("+{} ", 1))
PADDED_NAMES = {"Peru", "Norway", "Zambia", "Vietnam"}
PADDED_CITIES = {"Lyon", "Cali", "Bergen", "Durban", "Hanoi", "Porto", "Medan"}


def make_regions():
    table = Table("region", (
        ("region_code", "TEXT PRIMARY KEY"), ("region_name", "TEXT NOT NULL"),
        ("continent", "TEXT NOT NULL")))
    table.rows = list(REGIONS)
    return table


def make_countries(dice):
    table = Table("country", (
        ("iso2", "TEXT PRIMARY KEY"), ("country_name", "TEXT NOT NULL"), ("local_name", "TEXT"),
        ("region_code", "TEXT NOT NULL REFERENCES region(region_code)"), ("area_km2", "INTEGER"),
        ("landlocked", "INTEGER NOT NULL"), ("currency", "TEXT NOT NULL"), ("dialling", "TEXT"),
        ("un_year", "INTEGER")))
    for iso2, name, local_name, region, area, currency, calling, un_year, _ in COUNTRIES:
        dialling = None if calling is None else dice.weighted(DIALLING).format(calling)
        table.add(iso2, name + " " if name in PADDED_NAMES else name, local_name, region, area,
                  int(iso2 in LANDLOCKED), currency, dialling, un_year)
    return table


def cities_of(text):
    """(name, role, population) of each city in a line of CITIES."""
    text, _, others = text.partition(" / ")
    capitals, _, seat = text.partition(" * ")
    for names, role in ((capitals, "capital"), (seat, "seat of government"), (others, None)):
        for entry in names.split(", ") if names else ():
            name, _, population = entry.rpartition(" ")
            if population.isdigit():
                yield name, role, int(population)
            else:
                yield entry, role, None


def make_cities(dice):
    table = Table("city", (
        ("city_id", "INTEGER PRIMARY KEY"), ("city_name", "TEXT NOT NULL"),
        ("iso2", "TEXT NOT NULL REFERENCES country(iso2)"), ("role", "TEXT"),
        ("population_k", "INTEGER")))
    for iso2, text in CITIES.items():
        for name, role, population in cities_of(text):
            if role == "capital":
                role = dice.weighted((("capital", 7), ("Capital", 2), ("capital ", 1)))
            table.add(len(table.rows) + 1, name + " " if name in PADDED_CITIES else name, iso2,
                      role, population)
    return table


def make_languages(dice):
    languages = Table("language", (
        ("lang_code", "TEXT PRIMARY KEY"), ("language_name", "TEXT NOT NULL"),
        ("own_name", "TEXT"), ("family", "TEXT")))
    spoken = Table("country_language", (
        ("iso2", "TEXT NOT NULL REFERENCES country(iso2)"),
        ("lang_code", "TEXT NOT NULL REFERENCES language(lang_code)"), ("status", "TEXT NOT NULL")),
        ("PRIMARY KEY (iso2, lang_code)",))
    for code, name, own_name, family, official, regional, *national in LANGUAGES:
        languages.add(code, name, own_name, family)
        for iso2 in official.split():
            spoken.add(iso2, code, dice.weighted((("official", 7), ("Official", 2),
                                                  ("official ", 1))))
        for iso2 in regional.split():
            spoken.add(iso2, code, dice.pick(("regional", "Regional")))
        for iso2 in national:
            spoken.add(iso2, code, "national")
    return languages, spoken


def make_borders():
    """Each border once, the code that comes first in the alphabet on the left."""
    table = Table("border", (
        ("iso2_a", "TEXT NOT NULL REFERENCES country(iso2)"),
        ("iso2_b", "TEXT NOT NULL REFERENCES country(iso2)")),
        ("PRIMARY KEY (iso2_a, iso2_b)", "CHECK (iso2_a < iso2_b)"))
    neighbours = {row[0]: row[-1].split() for row in COUNTRIES}
    for one, others in neighbours.items():
        for other in others:
            assert one in neighbours[other], (one, other)
            if one < other:
                table.add(one, other)
    return table


def make_blocs(cities):
    blocs = Table("bloc", (
        ("bloc_code", "TEXT PRIMARY KEY"), ("bloc_name", "TEXT NOT NULL"),
        ("seat_id", "INTEGER NOT NULL REFERENCES city(city_id)")))
    city_ids = {row[1]: row[0] for row in cities.rows}
    members = Table("membership", (
        ("bloc_code", "TEXT NOT NULL REFERENCES bloc(bloc_code)"),
        ("iso2", "TEXT NOT NULL REFERENCES country(iso2)"), ("joined", "TEXT NOT NULL"),
        ("left_on", "TEXT")), ("PRIMARY KEY (bloc_code, iso2)",))
    for code, name, seat, joining in BLOCS:
        blocs.add(code, name, city_ids[seat])
        for joined, countries in joining.items():
            for iso2 in countries.split():
                members.add(code, iso2, joined, LEFT.get((code, iso2)))
    return blocs, members


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    countries = make_countries(dice)
    cities = make_cities(dice)
    languages, spoken = make_languages(dice)
    return script("world_1", (make_regions(), countries, cities, languages, spoken, make_borders(),
                              *make_blocs(cities)))
