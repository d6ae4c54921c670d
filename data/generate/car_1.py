"""car_1: a car buyer's almanac of cars that do not exist. Makers, models, testers and recalls are
invented; their countries are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 18860129
LAST_DAY = date(2024, 11, 30)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# name as typed, name in its own script, country, founded, owner, price level in percent, and models
# with their bodies: Hatchback, Saloon, Estate, Utility (SUV), Van, Coupé
MAKERS = (
    ("Averholm", None, "Sweden", 1934, 3, 130, "Fjällvind E, Skär H, Tuva S, Ormen U"),
    ("Kestrel & Rowe ", None, "United Kingdom", 1921, 13, 190, "Merlin C, Peregrine S, Hobby U"),
    ("Brandtal", None, "Germany", 1908, None, 150, "Amsel H, Reiher E, Kranich S, Uhu U"),
    ("Lindauer", None, "Germany", 1952, None, 105, "Föhn H, Insel V, Ufer E"),
    (" Torrelli", None, "Italy", 1927, None, 160, "Saetta C, Lucciola H, Ventaglio S"),
    ("Solenne", None, "France", 1919, 4, 95, "Brise H, Galet H, Cigale V, Écume U"),
    ("MARISMA", None, "Spain", 1957, 4, 90, "Roca H, Garza E"),
    ("Hayase", "早瀬", "Japan", 1948, None, 100, "Nagare H, Kawara S, Iwao U, Sasa V"),
    ("Shirogane", "白銀", "Japan", 1989, 8, 155, "Tsuki S, Hoshi U"),
    ("Daram", "다람", "South Korea", 1968, None, 88, "Dasom H, Nuri U, Gaon V"),
    ("Vltavan ", None, "Czechia", 1911, 4, 85, "Jasan E, Lípa H, Dub U"),
    ("Tallgrass", None, "United States", 1903, None, 110, "Bluestem U, Switchgrass S, Sagewort V"),
    ("Bharani", "भरणी", "India", 1954, None, 78, "Mitra H, Ashva U, Kosha S"),
    ("Світанок", "Світанок", "Ukraine", 1961, None, 70, "Верба H, Стриж S"),
    ("jacarandá", None, "Brazil", 1972, None, 75, "Ipê H, Jatobá U"),
    ("Copperline", None, "United States", 2017, 12, 165, ""),
)
# body: its name as typed, lowest and highest power in kW, weight in kg
BODIES = {
    "H": ((("hatchback", 4), ("Hatchback", 2), ("hatchback ", 1)), 50, 130, 1150),
    "S": ((("saloon", 4), ("Saloon", 2)), 85, 230, 1480),
    "E": ((("estate", 4), ("ESTATE", 1)), 80, 190, 1520),
    "U": ((("SUV", 4), ("suv", 2), (" SUV", 1)), 90, 260, 1750),
    "V": ((("van", 3), ("Van", 2)), 70, 150, 1820),
    "C": ((("coupé", 1), ("Coupé", 1)), 180, 380, 1510),
}
FUELS = {
    "petrol": (("petrol", 5), ("Petrol", 2), ("petrol ", 1)),
    "diesel": (("diesel", 4), ("DIESEL", 1)),
    "hybrid": (("hybrid", 4), ("Hybrid", 2)),
    "electric": (("electric", 5), ("Electric", 2), (" electric", 1)),
}
FEATURES = (
    ("ACC", "adaptive cruise control", "assistance"), ("LKA", "lane keeping", "Assistance"),
    ("PRK", "automatic parking", "assistance"), ("CAM", "rear camera", "assistance "),
    ("HST", "heated seats", "comfort"), ("SUN", "glass roof", "comfort"),
    ("HPM", "heat pump", "Comfort"), ("NAV", "built-in maps", "media"),
    ("DAB", "digital radio", "Media"), ("TOW", "tow bar", "utility"),
    ("RLS", "roof rails", "utility "), ("HUD", "head-up display", None),
)
# tester and how it writes its dates
TESTERS = (("Kurve", "{0:%d}.{0:%m}.{0:%Y}"), ("Torque Monthly", "{0:%Y}-{0:%m}-{0:%d}"),
           ("The Open Road", "{0.day} {1} {0.year}"))
FAULTS = ("brake hose", "airbag sensor", "seat belt lock", "door seal", "fuel pump",
          "steering rack", "tailgate strut", "wiring loom")


def make_makers():
    table = Table("maker", (
        ("maker_id", "INTEGER PRIMARY KEY"), ("maker_name", "TEXT NOT NULL"),
        ("local_name", "TEXT"), ("country", "TEXT NOT NULL"), ("founded", "INTEGER NOT NULL"),
        ("owner_id", "INTEGER REFERENCES maker(maker_id)")))
    for number, maker in enumerate(MAKERS, 1):
        table.add(number, *maker[:5])
    return table


def make_models(dice):
    """The table, and by model: its body, its price level, and the days it was on sale."""
    table = Table("model", (
        ("model_id", "INTEGER PRIMARY KEY"),
        ("maker_id", "INTEGER NOT NULL REFERENCES maker(maker_id)"),
        ("model_name", "TEXT NOT NULL"), ("body", "TEXT NOT NULL"), ("launched", "TEXT NOT NULL"),
        ("dropped_year", "INTEGER")))
    facts = {}
    for maker_id, maker in enumerate(MAKERS, 1):
        for entry in maker[6].split(", ") if maker[6] else ():
            name, body = entry.rsplit(" ", 1)
            model_id = len(table.rows) + 1
            year, month = dice.integer(2012, 2023), dice.integer(1, 12)
            dropped = dice.integer(2019, 2023) if year < 2017 and dice.chance(0.6) else None
            # Makers outside Europe send in their dates in another form.
            launched = f"{year}-{month:02}"
            if maker_id in (8, 9, 10, 12, 13, 15):
                launched = f"{MONTHS[month - 1]} {year}"
            table.add(model_id, maker_id, name, dice.weighted(BODIES[body][0]), launched, dropped)
            end = date(dropped, 12, 31) if dropped else LAST_DAY
            facts[model_id] = (body, maker[5], date(year, month, 28), end)
    return table, facts


def make_variants(dice, facts):
    table = Table("variant", (
        ("variant_id", "INTEGER PRIMARY KEY"),
        ("model_id", "INTEGER NOT NULL REFERENCES model(model_id)"), ("badge", "TEXT NOT NULL"),
        ("fuel", "TEXT NOT NULL"), ("power_kw", "INTEGER NOT NULL"), ("weight_kg", "INTEGER"),
        ("price_eur", "INTEGER NOT NULL"), ("use_per_100km", "TEXT"), ("range_km", "INTEGER")))
    for model_id, (body, level, start, _) in facts.items():
        _, weakest, strongest, weight = BODIES[body]
        fuels = ["petrol", "diesel", "hybrid"] if start.year < 2018 else ["petrol", "hybrid",
                                                                       "electric"]
        if body == "C":
            fuels = ["petrol", "hybrid"]
        power = dice.integer(weakest, (weakest + strongest) // 2)
        chosen = dice.sample(fuels, dice.integer(1, len(fuels))) + [dice.pick(fuels)]
        for badge, fuel in zip(("One", "Two", "Three", "Four"), chosen):
            kg = weight + power + dice.integer(-60, 90)
            kg = (kg + {"electric": 380, "hybrid": 140}.get(fuel, 0)) // 10 * 10
            price = (6000 + 130 * power + 4 * weight) * level // 100
            price += {"electric": 7500, "hybrid": 3200}.get(fuel, 0)
            price = 50 * ((price + dice.integer(-900, 900)) // 50)
            if fuel == "electric":
                tenths = 118 + kg // 40 + dice.integer(0, 25)
                use, reach = f"{tenths // 10}.{tenths % 10} kWh", 5 * dice.integer(52, 118)
            else:
                tenths = {"petrol": 34, "diesel": 27, "hybrid": 22}[fuel]
                tenths += power // 6 + dice.integer(0, 12)
                use, reach = f"{tenths // 10}.{tenths % 10} l", None
            if dice.chance(0.06):
                use = None
            table.add(len(table.rows) + 1, model_id, badge, dice.weighted(FUELS[fuel]), power,
                      None if dice.chance(0.07) else kg, price, use, reach)
            power = min(strongest, power + dice.integer(12, 45))
    return table


def make_features(dice, variants):
    features = Table("feature", (
        ("feature_code", "TEXT PRIMARY KEY"), ("feature_name", "TEXT NOT NULL"),
        ("category", "TEXT")))
    features.rows = list(FEATURES)
    offers = Table("variant_feature", (
        ("variant_id", "INTEGER NOT NULL REFERENCES variant(variant_id)"),
        ("feature_code", "TEXT NOT NULL REFERENCES feature(feature_code)"),
        ("extra_eur", "INTEGER")), ("PRIMARY KEY (variant_id, feature_code)",))
    for row in variants.rows:
        for code, *_ in FEATURES:
            electric = row[3].strip().lower() == "electric"
            if (code == "HPM") > electric or code == "HUD" and row[6] < 40000:
                continue
            if dice.chance(0.3):
                standard = dice.chance(0.45)
                offers.add(row[0], code, None if standard else 50 * dice.integer(3, 24))
    return features, offers


def make_tests(dice, variants, facts):
    table = Table("road_test", (
        ("test_id", "INTEGER PRIMARY KEY"),
        ("variant_id", "INTEGER NOT NULL REFERENCES variant(variant_id)"),
        ("tester", "TEXT NOT NULL"), ("tested_on", "TEXT NOT NULL"), ("road", "TEXT NOT NULL"),
        ("to_100_s", "REAL"), ("brake_m", "TEXT")))
    tests = []
    for row in variants.rows:
        _, _, start, end = facts[row[1]]
        for tester, form in dice.sample(TESTERS, dice.integer(0, 2)):
            day = start + timedelta(days=dice.integer(0, min((end - start).days, 900)))
            wet = dice.chance(0.25)
            seconds = (180000 // (row[4] + 40) // 12 + dice.integer(-7, 9)) / 10
            brake = (375 + (55 if wet else 0) + dice.integer(-32, 36))
            text = f"{brake // 10}.{brake % 10}"
            if tester == "Kurve":
                text = text.replace(".", ",")
            tests.append((day, row[0], tester, form.format(day, MONTHS[day.month - 1]),
                          dice.pick(("wet", "Wet")) if wet else dice.pick(("dry", "dry", "Dry ")),
                          None if dice.chance(0.05) else max(3.1, seconds),
                          None if dice.chance(0.08) else text))
    for number, test in enumerate(sorted(tests, key=lambda test: test[:3]), 1):
        table.add(number, *test[1:])
    return table


def make_recalls(dice, models, facts):
    recalls = Table("recall", (
        ("recall_id", "INTEGER PRIMARY KEY"), ("announced", "TEXT NOT NULL"),
        ("fault", "TEXT NOT NULL"), ("closed_on", "TEXT")))
    affected = Table("recall_model", (
        ("recall_id", "INTEGER NOT NULL REFERENCES recall(recall_id)"),
        ("model_id", "INTEGER NOT NULL REFERENCES model(model_id)"), ("cars", "INTEGER")),
        ("PRIMARY KEY (recall_id, model_id)",))
    days = sorted(dice.sample(range((LAST_DAY - date(2018, 1, 1)).days), 34))
    for recall_id, offset in enumerate(days, 1):
        day = date(2018, 1, 1) + timedelta(days=offset)
        on_sale = [row for row in models.rows if facts[row[0]][2] < day and row[0] % 7 != 4]
        first = dice.pick(on_sale)
        family = {first[1]} | {number for number, maker in enumerate(MAKERS, 1)
                               if maker[4] == first[1]}
        others = [row[0] for row in on_sale if row[1] in family and row[0] != first[0]]
        count = min(len(others), dice.weighted(((0, 3), (1, 3), (2, 2), (3, 1))))
        announced = day.isoformat() if day.year >= 2021 else day.strftime("%d/%m/%Y")
        closed = day + timedelta(days=dice.integer(40, 500))
        recalls.add(recall_id, announced, dice.pick(FAULTS),
                    closed.isoformat() if closed <= LAST_DAY and dice.chance(0.8) else None)
        for model_id in sorted([first[0]] + dice.sample(others, count)):
            affected.add(recall_id, model_id,
                         None if dice.chance(0.12) else 10 * dice.integer(20, 2400))
    return recalls, affected


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    models, facts = make_models(dice)
    variants = make_variants(dice, facts)
    return script("car_1", (make_makers(), models, variants, *make_features(dice, variants),
                            make_tests(dice, variants, facts), *make_recalls(dice, models, facts)))
