"""dog_kennels: a year of a boarding kennel where Switzerland, Germany and France meet. Households,
dogs, walkers and stays are invented; the towns, and what is said of the breeds, are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20240630
FIRST_DAY = date(2023, 7, 1)
DAYS = 366  # the last of them is 30 June 2024
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# breed, country of origin and group by the FCI's nomenclature, kilograms at least and at most
BREEDS = (
    ("Airedale Terrier", "Great Britain", 3, 20, 29),
    ("Akita", "Japan", 5, 32, 45),
    ("Basset Hound", "Great Britain", 6, 20, 29),
    ("Beagle", "Great Britain", 6, 9, 14),
    ("Bernese Mountain Dog", "Switzerland", 2, 36, 50),
    ("Border Collie", "Great Britain", 1, 14, 20),
    ("Boxer", "Germany", 2, 25, 32),
    ("Brittany Spaniel", "France", 7, 14, 18),
    ("Chihuahua", "Mexico", 9, 2, 3),
    ("Dachshund", "Germany", 4, 5, 10),
    ("German Shepherd Dog", "Germany", 1, 22, 40),
    ("Great Dane", "Germany", 2, 46, 70),
    ("Labrador Retriever", "Great Britain", 8, 25, 36),
    ("Lagotto Romagnolo", "Italy", 8, 11, 16),
    ("Poodle", "France", 9, 4, 26),
    ("Shiba", "Japan", 5, 8, 12),
    ("Vizsla", "Hungary", 7, 20, 28),
    ("Whippet", "Great Britain", 10, 10, 15),
)

# contact, town as typed, country
HOUSEHOLDS = (
    ("Beat Rüttimaler", "Basel", "CH"),
    ("Noémie Fontarel", "Mulhouse", "FR"),
    ("Ute Hasslocher", "Lörrach", "DE"),
    ("Giorgos Pelekis", "Freiburg", "DE"),
    ("Reto Zschäppeler", "Riehen", "CH"),
    ("Маряна Осокор", "basel ", "CH"),
    ("Corinne Walterthum", "Saint-Louis", "FR"),
    ("Dieter Kranzfelder", "Weil am Rhein", "DE"),
    ("Yuki Amemori", "Basel", "CH"),
    ("Séverine Hugelin", "Huningue", "FR"),
    ("Thomas Obrechter", "LÖRRACH", "DE"),
    ("Ладислав Вранич", "Freiburg", "DE"),
    ("Alma Bruderholzer", "Liestal", "CH"),
    ("Pascal Kembser", "saint-louis", "FR"),
    ("Heike Dornacker", "Weil am Rhein", "DE"),
    ("Ελένη Καραμπή", "Basel", "CH"),
    ("Markus Feldbergin", "Freiburg ", "DE"),
    ("Anouk Sundgauer", "Mulhouse", "FR"),
    ("Silvan Ergolzer", "Liestal", "CH"),
    ("Priya Vasanthar", "BASEL", "CH"),
    ("Jörg Wiesentaler", "Lörrach", "DE"),
    ("Odette Petit-Landau", " Huningue", "FR"),
    ("Ramona Birseck", "Riehen", "CH"),
    ("Tamás Kőhalmy", "Basel", "CH"),
    ("Sabine Tüllinger", "weil am rhein", "DE"),
    ("Luc Hardtwald", "Mulhouse ", "FR"),
    ("Nino Kvariani", "Freiburg", "DE"),
    ("田中 みのり", "Riehen", "CH"),
    ("Fritz Chrischona", "Basel", "CH"),
    ("Inès Ottmarsheimer", "Saint-Louis", "FR"),
    ("Olga Brandtová", "Liestal ", "CH"),
    ("Karl-Heinz Rebland", "Lörrach", "DE"),
)

# names of dogs, as typed
DOGS = (
    "Aika", "Balu", "Ciri", "Dodo", "Enzo", "Fleck", "Gipsy", "Hexe", "Idefix", "Juno", "Kaya",
    "Luna", "Momo", "Nala", "Ouzo", "Pixel", "Quinoa", "Rocky", "Socke", "Tinka", "Umi", "Vroni",
    "Wotan", "Xena", "Yoshi", "Zorro", "LUNA", "Böhnli", "Café", "Flöckli", "Μαύρη", "Мишка",
    "はな", "Bello", "Chouchou", "Dix", "Emmi", "Filou", "Gaston", "balu", "Ilse", "Juno", "Krümel",
    "Lotti", "Merlot", "Nemo", "Oskar", "Pablo", "Rösti", "Senta", "Trüffel", "Urs", "Välu",
    "Wanda", "Zita", "Argo", "Bijou", "Cosmo", "Dana", "Elvis",
)
# Those of them that are female.
BITCHES = (
    "Aika", "Ciri", "Gipsy", "Hexe", "Juno", "Kaya", "Luna", "Nala", "Quinoa", "Tinka", "Umi",
    "Vroni", "Xena", "LUNA", "Flöckli", "Μαύρη", "はな", "Emmi", "Ilse", "Lotti", "Rösti", "Senta",
    "Trüffel", "Wanda", "Zita", "Bijou", "Dana", "Socke", "Momo",
)

# run, wing, square metres, heated, kilograms that it may hold or None
RUNS = (
    ("N1", "north", 6.5, 1, None), ("N2", "north", 6.5, 1, None), ("N3", "north", 8.0, 1, None),
    ("N4", "north", 8.0, 0, None), ("S1", "south", 3.5, 1, 15), ("S2", "south", 3.5, 1, 15),
    ("S3", "south", 4.5, 0, 20), ("S4", "south", 4.5, 0, 20), ("G1", "garden", 9.5, 0, None),
    ("G2", "garden", 12.0, 0, None), ("G3", "garden", 7.5, 1, 40), ("Q1", "quiet", 5.0, 1, 30),
    ("Q2", "quiet", 5.0, 1, 30), ("Q3", "quiet", 10.0, 1, None),
)
NIGHTLY = {"north": 29.0, "south": 24.5, "garden": 33.0, "quiet": 38.0}

# walker, first day at work, last day, euros an hour
WALKERS = (
    ("Lena Sigristin", "12 Apr 2019", None, 19.5),
    ("Ömer Taşkan", "3 Sep 2020", None, 18.0),
    ("Mathilde Grosjeanne", "28 Feb 2021", "2024-03-31", 17.5),
    ("Кіра Левандо", "16 May 2022", None, 17.0),
    ("Jonas Altbachner", "1 Jul 2022", "2023-12-15", 16.5),
    ("Finn Hörnlibach", "20 Nov 2022", None, 16.5),
    ("Aurélie Kaysersen", "9 Jan 2024", None, 15.5),
    ("Tim Wasserfaller", "2 May 2024", None, None),
)

ROUTES = (("Rhine bank", 4.5), ("Vineyard loop", 6.2), ("Lange Erlen", 3.8), ("Canal path", 5.4),
          ("Tüllinger hill", 7.1))
MOODS = (("calm", 30), ("Calm", 8), ("calm ", 4), ("playful", 22), ("PLAYFUL", 5), ("nervous", 9),
         ("Nervous", 3), (None, 12))
SEXES = {True: (("f", 9), ("F", 3)), False: (("m", 9), ("M", 2), ("m ", 1))}
FOODS = (("own", 6), ("Own", 2), ("dry", 9), ("dry ", 2), ("DRY", 1), ("raw", 3), (None, 3))
BOOKED = (("online", 8), ("Online", 2), ("phone", 4), ("Phone ", 1), ("desk", 2))


def make_households(dice):
    table = Table("household", (
        ("household_id", "INTEGER PRIMARY KEY"), ("contact", "TEXT NOT NULL"),
        ("town", "TEXT NOT NULL"), ("country", "TEXT NOT NULL"), ("client_since", "TEXT NOT NULL"),
        ("referred_by", "INTEGER REFERENCES household(household_id)"), ("newsletter", "TEXT")))
    for number, (contact, town, country) in enumerate(HOUSEHOLDS, 1):
        # The list is in the order in which they came: three or four a year from 2014 to 2022.
        year = 2014 + (number - 1) * 9 // len(HOUSEHOLDS)
        since = str(year) if number % 5 == 3 else f"{MONTHS[(number * 5) % 12]} {year}"
        referrer = dice.integer(1, number - 4) if number > 5 and dice.chance(0.5) else None
        newsletter = dice.weighted((("yes", 5), ("Yes", 2), ("YES ", 1), ("no", 4), ("No", 1),
                                    (None, 3)))
        table.add(number, contact, town, country, since, referrer, newsletter)
    return table


def make_breeds():
    table = Table("breed", (
        ("breed", "TEXT PRIMARY KEY"), ("origin", "TEXT NOT NULL"),
        ("fci_group", "INTEGER NOT NULL")))
    for breed in BREEDS:
        table.add(*breed[:3])
    return table


def make_dogs(dice):
    table = Table("dog", (
        ("dog_id", "INTEGER PRIMARY KEY"), ("call_name", "TEXT NOT NULL"),
        ("breed", "TEXT REFERENCES breed(breed)"), ("sex", "TEXT NOT NULL"), ("born", "TEXT"),
        ("weight_kg", "REAL"), ("died_on", "TEXT")))
    known = [row for row in BREEDS if row[0] not in ("Airedale Terrier", "Vizsla")]
    for number, name in enumerate(DOGS, 1):
        breed, _, _, low, high = dice.pick(known) if dice.chance(0.8) else (None, "", 0, 7, 30)
        year, month = dice.integer(2010, 2022), dice.integer(1, 12)
        born = f"{year}-{month:02}-{dice.integer(1, 28):02}"
        if number % 4 == 2:
            born = f"{month:02}/{year}"
        elif number % 9 == 4:
            born = None
        weight = dice.integer(2 * low, 2 * high) / 2
        died = None
        if number in (4, 22, 38, 47, 55):
            died = f"2024-0{1 + number % 6}-{10 + number % 17}"
        table.add(number, name, breed, dice.weighted(SEXES[name in BITCHES]), born,
                  None if number % 13 == 5 else weight, died)
    return table


def make_keepers(dice, dogs, households):
    table = Table("dog_household", (
        ("dog_id", "INTEGER NOT NULL REFERENCES dog(dog_id)"),
        ("household_id", "INTEGER NOT NULL REFERENCES household(household_id)"),
        ("role", "TEXT NOT NULL")), ("PRIMARY KEY (dog_id, household_id)",))
    # Households 11 and 29 joined, but keep no dog.
    keepers = [row[0] for row in households.rows if row[0] not in (11, 29)]
    for dog_id, *_ in dogs.rows:
        main = keepers[dog_id - 1] if dog_id <= len(keepers) else dice.pick(keepers)
        table.add(dog_id, main, "main")
        if dice.chance(0.25):
            table.add(dog_id, dice.pick([k for k in keepers if k != main]), "shared")
    return table


def make_runs():
    table = Table("kennel_run", (
        ("run_code", "TEXT PRIMARY KEY"), ("wing", "TEXT NOT NULL"), ("area_m2", "REAL NOT NULL"),
        ("heated", "INTEGER NOT NULL"), ("max_kg", "INTEGER")))
    table.rows = list(RUNS)
    return table


def plan_stays(dice, dogs):
    """Who was where: [(dog_id, run, first night, nights)], by day and dog; nobody is in two places
    and no two dogs are in one run."""
    busy, plan = set(), []
    guests = [row for row in dogs.rows if row[0] % 14 != 9]
    for day in range(0, DAYS - 12):
        for _ in range(dice.weighted(((0, 10), (1, 8), (2, 1)))):
            dog = dice.pick(guests)
            nights = dice.weighted(((dice.integer(1, 4), 5), (dice.integer(5, 11), 3)))
            span = range(day, day + nights + 1)
            dead = dog[6] is not None and (FIRST_DAY + timedelta(day + 12)).isoformat() >= dog[6]
            if dead or any((dog[0], night) in busy for night in span):
                continue
            free = [run for run in RUNS if run[0] != "G2"
                    and (dog[5] or 25) <= (run[4] or 999)
                    and not any((run[0], night) in busy for night in span)]
            run = dice.pick(free)[0]
            busy |= {(who, night) for who in (dog[0], run) for night in span}
            plan.append((dog[0], run, day, nights))
    return plan


def make_stays(dice, plan):
    table = Table("stay", (
        ("stay_id", "INTEGER PRIMARY KEY"), ("dog_id", "INTEGER NOT NULL REFERENCES dog(dog_id)"),
        ("run_code", "TEXT REFERENCES kennel_run(run_code)"), ("arrived", "TEXT NOT NULL"),
        ("nights", "INTEGER"), ("nightly_eur", "REAL NOT NULL"), ("extras_eur", "REAL"),
        ("booked", "TEXT NOT NULL"), ("food", "TEXT")))
    wings = {row[0]: row[1] for row in RUNS}
    for stay_id, (dog_id, run, day, nights) in enumerate(plan, 1):
        booked = dice.weighted(BOOKED)
        form = "%Y-%m-%d" if booked.lower() == "online" else "%d/%m/%Y"
        arrived = (FIRST_DAY + timedelta(day)).strftime(form)
        nightly = NIGHTLY[wings[run]]
        extras = dice.pick((5.0, 8.5, 12.0, 20.0)) if dice.chance(0.3) else None
        cancelled = dice.chance(0.06)
        table.add(stay_id, dog_id, None if cancelled else run, arrived,
                  None if cancelled else nights, nightly, None if cancelled else extras, booked,
                  dice.weighted(FOODS))
    return table


def make_walkers():
    table = Table("walker", (
        ("walker_id", "INTEGER PRIMARY KEY"), ("walker_name", "TEXT NOT NULL"),
        ("hired", "TEXT NOT NULL"), ("left_on", "TEXT"), ("hourly_eur", "REAL")))
    for number, walker in enumerate(WALKERS, 1):
        table.add(number, *walker)
    return table


def day_of(text):
    day, month, year = text.split()
    return date(int(year), MONTHS.index(month) + 1, int(day))


def make_outings(dice, stays, plan):
    outings = Table("outing", (
        ("outing_id", "INTEGER PRIMARY KEY"),
        ("walker_id", "INTEGER NOT NULL REFERENCES walker(walker_id)"),
        ("walked_on", "TEXT NOT NULL"), ("route", "TEXT NOT NULL"), ("km", "REAL NOT NULL"),
        ("rain", "INTEGER")))
    members = Table("outing_dog", (
        ("outing_id", "INTEGER NOT NULL REFERENCES outing(outing_id)"),
        ("dog_id", "INTEGER NOT NULL REFERENCES dog(dog_id)"), ("mood", "TEXT"),
        ("off_leash", "INTEGER NOT NULL")), ("PRIMARY KEY (outing_id, dog_id)",))
    here = [(dog, day, nights) for (dog, _, day, nights), row in zip(plan, stays.rows) if row[2]]
    for day in range(DAYS):
        # A dog is walked on the days between those of arrival and of going home.
        guests = [dog for dog, first, nights in here if first < day < first + nights]
        if len(guests) < 2 or not dice.chance(0.42):
            continue
        when = FIRST_DAY + timedelta(day)
        staff = [number for number, (_, hired, left, _) in enumerate(WALKERS[:7], 1)
                 if day_of(hired) <= when and (left is None or when.isoformat() <= left)]
        route, km = dice.pick(ROUTES)
        number = len(outings.rows) + 1
        rain = None if dice.chance(0.1) else int(dice.chance(0.35))
        outings.add(number, dice.pick(staff), when.isoformat(), route, km, rain)
        for dog in sorted(dice.sample(guests, min(len(guests), dice.integer(2, 4)))):
            members.add(number, dog, dice.weighted(MOODS), int(dice.chance(0.3)))
    return outings, members


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    households = make_households(dice)
    dogs = make_dogs(dice)
    keepers = make_keepers(dice, dogs, households)
    plan = plan_stays(dice, dogs)
    stays = make_stays(dice, plan)
    outings, members = make_outings(dice, stays, plan)
    return script("dog_kennels", (make_breeds(), households, dogs, keepers, make_runs(), stays,
                                  make_walkers(), outings, members))
