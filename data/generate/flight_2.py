"""flight_2: a winter quarter of scheduled flying. Airports and countries are true facts; the
carriers, their fleets, routes, agreements and flights are invented.

Messy on purpose: see data/README.md.
"""

import math
from datetime import datetime, timedelta

from common import Dice, Table, script
from world_airports import AIRPORTS, COUNTRIES

SEED = 20240229
FIRST_DEPARTURE = datetime(2024, 1, 1, 5, 0)
END = datetime(2024, 4, 1)
ROTATIONS_PER_AIRCRAFT = 14
EARTH_RADIUS_KM = 6371.0
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# In the database, but nobody flies there.
UNSERVED = ("ANC", "PHX", "LGA", "CTS", "LIN", "MBA")

# code, name as typed, name in its own script, callsign as typed, home, hub, founded, alliance
CARRIERS = (
    ("TARN", "Tarnwick Air", None, "TARNWICK", "GB", "MAN", "14/03/1968", "Meridian Circle"),
    ("AURE", "Aurelune", None, "Moonlight", "FR", "ORY", "02/11/1994", "Trefoil"),
    ("BRUK", "Brückwind ", None, "bruckwind", "DE", "MUC", "30/06/1979", "Meridian Circle"),
    ("HALV", "Halvøya Fly", None, "HALVOYA", "NO", "OSL", "09/09/2005", None),
    ("VEGA", "Vega del Poniente", None, "Poniente", "ES", "MAD", "21/01/1988", "Trefoil"),
    ("PELA", " Pelagia Wings", "Φτερά της Πελαγίας", "PELAGIA", "GR", "ATH", "17/05/1991", None),
    ("CHAI", "Byala Chaika", "Бяла Чайка", "white gull", "BG", "SOF", "05/04/2011", None),
    ("CIND", "Cinder Peak Airlines", None, "Cinder", "US", "DEN", "11/12/1973", "Meridian Circle"),
    ("GULL", "Gullhaven Airways  ", None, "GULLHAVEN", "US", "BOS", "26/08/1999", None),
    ("PARD", "Monte Pardo", None, "pardo", "BR", "GRU", "19/02/1983", "Trefoil"),
    ("RIFT", "Rift Lantern Air", None, "Lantern", "KE", "NBO", "01/07/1996", None),
    ("KUMO", "Kumo Harbour Air", None, "KUMO", "JP", "HND", "23/10/1986", "Meridian Circle"),
    ("HERN", "Straits Heron", None, "Heron", "SG", "SIN", "08/06/2001", "Trefoil"),
    ("SAFR", "Saffron Dune", None, "SAFFRON", "QA", "DOH", "15/01/2008", "Trefoil"),
    ("KORU", "Koru Passage", None, "koru", "NZ", "AKL", "27/11/2023", None),
)

# model: (range in km, seats at least, seats at most, first and last year of delivery)
MODELS = {
    "ATR 72-600": (1400, 66, 72, 2013, 2023),
    "E190-E2": (4500, 100, 112, 2019, 2023),
    "A220-300": (5600, 130, 148, 2018, 2023),
    "A320neo": (5800, 162, 180, 2017, 2023),
    "737-800": (5200, 160, 186, 2012, 2019),
    "A330-900": (12500, 280, 310, 2019, 2023),
    "787-9": (13500, 268, 302, 2015, 2023),
}
FLEETS = {
    "TARN": ("ATR 72-600", "A320neo", "A320neo", "787-9"),
    "AURE": ("A220-300", "A320neo", "A330-900", "A330-900"),
    "BRUK": ("E190-E2", "E190-E2", "A320neo", "A330-900"),
    "HALV": ("ATR 72-600", "ATR 72-600", "E190-E2", "737-800"),
    "VEGA": ("A220-300", "A320neo", "A330-900"),
    "PELA": ("ATR 72-600", "A320neo", "A320neo"),
    "CHAI": ("E190-E2", "737-800"),
    "CIND": ("737-800", "737-800", "A220-300", "787-9"),
    "GULL": ("E190-E2", "A220-300", "A220-300"),
    "PARD": ("E190-E2", "737-800", "787-9"),
    "RIFT": ("E190-E2", "737-800", "787-9"),
    "KUMO": ("737-800", "A330-900", "787-9"),
    "HERN": ("A320neo", "A330-900", "787-9"),
    "SAFR": ("737-800", "A330-900", "787-9", "787-9"),
    "KORU": ("A320neo", "A320neo"),
}
LANDED = (("landed", 60), ("Landed", 22), ("LANDED", 8), ("landed ", 10))
CANCELLED = (("cancelled", 5), ("Cancelled", 3), ("CANCELLED ", 2))
DIVERTED = (("diverted", 2), ("Diverted", 1), (" diverted", 1))

PLACES = {row[0]: row for row in AIRPORTS}


def distance_km(origin, destination):
    """Along the great circle of a sphere, to the nearest kilometre."""
    lat1, lon1, lat2, lon2 = (math.radians(degrees) for code in (origin, destination)
                              for degrees in PLACES[code][5:7])
    half_chord = (math.sin((lat2 - lat1) / 2) ** 2
                  + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2)
    return round(2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half_chord)))


def make_world():
    countries = Table("country", (
        ("iso_code", "TEXT PRIMARY KEY"), ("country_name", "TEXT NOT NULL"),
        ("un_area", "TEXT NOT NULL"), ("landlocked", "INTEGER NOT NULL"),
        ("drive_side", "TEXT NOT NULL")))
    airports = Table("airport", (
        ("iata", "TEXT PRIMARY KEY"), ("airport_name", "TEXT NOT NULL"),
        ("city_served", "TEXT NOT NULL"),
        ("iso_code", "TEXT NOT NULL REFERENCES country(iso_code)"),
        ("elevation_ft", "INTEGER NOT NULL"), ("latitude", "REAL NOT NULL"),
        ("longitude", "REAL NOT NULL"), ("timezone", "TEXT NOT NULL")))
    countries.rows = list(COUNTRIES)
    airports.rows = list(AIRPORTS)
    return countries, airports


def make_carriers():
    table = Table("carrier", (
        ("carrier_code", "TEXT PRIMARY KEY"), ("carrier_name", "TEXT NOT NULL"),
        ("local_name", "TEXT"), ("callsign", "TEXT NOT NULL"),
        ("iso_code", "TEXT NOT NULL REFERENCES country(iso_code)"),
        ("hub", "TEXT NOT NULL REFERENCES airport(iata)"), ("founded", "TEXT NOT NULL"),
        ("alliance", "TEXT")))
    table.rows = list(CARRIERS)
    return table


def make_fleet(dice):
    table = Table("aircraft", (
        ("fleet_no", "TEXT PRIMARY KEY"),
        ("carrier_code", "TEXT NOT NULL REFERENCES carrier(carrier_code)"),
        ("model", "TEXT NOT NULL"), ("seats", "INTEGER"), ("delivered", "TEXT NOT NULL"),
        ("retired_on", "TEXT")))
    for code, _, _, _, _, _, founded, _ in CARRIERS:
        for number, model in enumerate(FLEETS[code], 1):
            _, fewest, most, first, last = MODELS[model]
            year = 2023 if code == "KORU" else dice.integer(first, last)
            month = MONTHS[11 if code == "KORU" else dice.integer(0, 11)]
            seats = dice.integer(fewest, most)
            table.add(f"{code}-{number:02}", code, model, seats, f"{month} {year}", None)
        if code not in ("KORU", "CHAI") and dice.chance(0.6):
            earliest = max(1998, int(founded[-4:])) + 1
            delivered = f"{dice.pick(MONTHS)} {dice.integer(earliest, max(2008, earliest + 1))}"
            retired = "{}-{:02}-{:02}".format(dice.integer(2019, 2023), dice.integer(1, 12),
                                              dice.integer(1, 28))
            seats = None if dice.chance(0.4) else dice.integer(120, 150)
            table.add(f"{code}-91", code, "737-500", seats, delivered, retired)
    return table


def reachable(hub, models):
    """Airports a fleet can fly to from its hub, the nearer first."""
    limit = max(MODELS[model][0] for model in models)
    served = [row[0] for row in AIRPORTS if row[0] not in UNSERVED + (hub,)]
    return sorted((code for code in served if 200 <= distance_km(hub, code) <= limit),
                  key=lambda code: (distance_km(hub, code), code))


def make_routes(dice):
    table = Table("route", (
        ("route_id", "INTEGER PRIMARY KEY"),
        ("carrier_code", "TEXT NOT NULL REFERENCES carrier(carrier_code)"),
        ("flight_no", "INTEGER NOT NULL"), ("origin", "TEXT NOT NULL REFERENCES airport(iata)"),
        ("destination", "TEXT NOT NULL REFERENCES airport(iata)"),
        ("distance_km", "INTEGER NOT NULL")), ("UNIQUE (carrier_code, flight_no)",))
    for code, _, _, _, _, hub, _, _ in CARRIERS:
        if code == "KORU":
            continue
        reach = reachable(hub, FLEETS[code])
        # Mostly the nearer ones, one or two far away, and always one for the shortest-legged model.
        near = dice.sample(reach[1:15], 4)
        chosen = sorted({reach[0], *near, *dice.sample(reach[1:], 2)})
        for number, place in enumerate(chosen):
            far = distance_km(hub, place)
            table.add(len(table.rows) + 1, code, 101 + 10 * number, hub, place, far)
            table.add(len(table.rows) + 1, code, 102 + 10 * number, place, hub, far)
    return table


def make_codeshares(dice, routes):
    table = Table("codeshare", (
        ("route_id", "INTEGER NOT NULL REFERENCES route(route_id)"),
        ("partner", "TEXT NOT NULL REFERENCES carrier(carrier_code)"), ("since", "TEXT NOT NULL"),
        ("seat_quota", "INTEGER")), ("PRIMARY KEY (route_id, partner)",))
    alliances = {row[0]: row[7] for row in CARRIERS}
    for route_id, code, *_ in routes.rows:
        partners = [other for other, alliance in alliances.items()
                    if other not in (code, "KORU", "CHAI")
                    and alliance == (alliances[code] or "Trefoil")]
        if code == "HALV" or not dice.chance(0.4):
            continue
        for partner in dice.sample(partners, dice.weighted(((1, 4), (2, 1)))):
            since = f"{dice.integer(2012, 2023)}-{dice.integer(1, 12):02}"
            quota = 5 * dice.integer(2, 12) if dice.chance(0.75) else None
            table.add(route_id, partner, since, quota)
    return table


def outcome(dice, kind, seats):
    """status, passengers and minutes late of one leg."""
    if kind == "cancelled":
        return dice.weighted(CANCELLED), None, None
    passengers = dice.integer(seats * 2 // 5, seats)
    if kind == "diverted":
        return dice.weighted(DIVERTED), passengers, None
    late = dice.weighted(((dice.integer(-14, 9), 6), (dice.integer(10, 45), 3),
                          (dice.integer(46, 210), 1)))
    if dice.chance(0.04):
        late = None
    return dice.weighted(LANDED), passengers, late


def rotations(dice, code, model, routes):
    """Departure times and routes of one aircraft: out from the hub and back, again and again."""
    hub = next(row[5] for row in CARRIERS if row[0] == code)
    out = [row for row in routes.rows
           if row[1] == code and row[3] == hub and row[5] <= MODELS[model][0]]
    if MODELS[model][0] > 10000:
        out = sorted(out, key=lambda row: row[5])[-4:]
    moment = FIRST_DEPARTURE + timedelta(minutes=5 * dice.integer(0, 1200))
    for _ in range(ROTATIONS_PER_AIRCRAFT):
        there = dice.pick(out)
        block = timedelta(minutes=5 * round((35 + there[5] / 13.5) / 5))
        home = moment + block + timedelta(minutes=5 * dice.integer(9, 30))
        if home + block >= END:
            return
        yield moment, there[0], home, there[0] + 1
        moment = home + block + timedelta(minutes=5 * dice.integer(700, 3300))


def make_legs(dice, fleet, routes):
    table = Table("flight_leg", (
        ("leg_id", "INTEGER PRIMARY KEY"),
        ("route_id", "INTEGER NOT NULL REFERENCES route(route_id)"),
        ("fleet_no", "TEXT NOT NULL REFERENCES aircraft(fleet_no)"),
        ("departs_utc", "TEXT NOT NULL"), ("status", "TEXT NOT NULL"), ("passengers", "INTEGER"),
        ("delay_minutes", "INTEGER")))
    legs = []
    for fleet_no, code, model, seats, _, retired in fleet.rows:
        if retired or code == "KORU":
            continue
        for departs, out, home, back in rotations(dice, code, model, routes):
            # A cancelled trip is cancelled both ways, so that no aircraft is left abroad.
            cancelled = dice.chance(0.04)
            for moment, route in ((departs, out), (home, back)):
                kind = "cancelled" if cancelled else "diverted" if dice.chance(0.02) else "landed"
                legs.append((moment.strftime("%Y-%m-%d %H:%M"), fleet_no, route)
                            + outcome(dice, kind, seats))
    for number, (moment, fleet_no, route, status, passengers, late) in enumerate(sorted(
            legs, key=lambda leg: leg[:2]), 1):
        table.add(number, route, fleet_no, moment, status, passengers, late)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    countries, airports = make_world()
    fleet = make_fleet(dice)
    routes = make_routes(dice)
    codeshares = make_codeshares(dice, routes)
    legs = make_legs(dice, fleet, routes)
    return script("flight_2",
                  (countries, airports, make_carriers(), fleet, routes, codeshares, legs))
