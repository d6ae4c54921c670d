"""pets_1: the students of an invented seaside college, the animals they keep in its residences,
and what the college vets wrote down about them in 2022 and 2023. Countries and species are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20220910
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LAST_DAY = date(2023, 12, 15)
WEIGHING_DAYS = ("2022-02-05", "2022-04-02", "2022-06-04", "2022-10-01", "2022-12-03", "2023-02-04",
                 "2023-04-01", "2023-06-03", "2023-10-07", "2023-12-02")

# name as typed, places, weekly rent in euros, pets allowed as typed
RESIDENCES = (
    ("Heron House", 16, 118, "yes"),
    ("Plover House ", 12, 97, "Yes"),
    ("Otter Court", 20, 124, "YES"),
    (" Samphire Hall", 14, 109, "no"),
    ("Lighthouse Row", None, 142, "yes "),
    ("Marram House", 10, 88, "No"),
    ("Tern Gables", 8, None, "yes"),
)

# given and family name, in their own script if that is not Latin, home country
STUDENTS = (
    ("Aoife Drumgold", None, "Ireland"), ("Cillian Fernhollow", None, "Ireland"),
    ("Niamh Tolkerry", None, "Ireland"), ("Declan Marsholm", None, "Ireland"),
    ("Orlaith Penrood", None, "Ireland"), ("Fionn Castlemure", None, "Ireland"),
    ("Roisin Halloway", None, "Ireland"), ("Tadhg Brannock", None, "Ireland"),
    ("Megan Tywyll", None, "United Kingdom"), ("Callum Inverlunan", None, "United Kingdom"),
    ("Harriet Wexcombe", None, "United Kingdom"), ("Idris Pantglas", None, "United Kingdom"),
    ("Poppy Larkfield", None, "United Kingdom"), ("Jago Trelisken", None, "United Kingdom"),
    ("Isla Corrimony", None, "United Kingdom"), ("Alfie Quarndon", None, "United Kingdom"),
    ("Lena Achterkamp", None, "Germany"), ("Moritz Falkenried", None, "Germany"),
    ("Jule Brüggenfeld", None, "Germany"), ("Ole Tiedemannsen", None, "Germany"),
    ("Mathilde Roncevaux", None, "France"), ("Lucas Bellerive-Haas", None, "France"),
    ("Chloé Vaubrun", None, "France"), ("Yann Kerdrezen", None, "France"),
    ("Inés Robledal", None, "Spain"), ("Gonzalo Peñaclara", None, "Spain"),
    ("Ainhoa Mendibelz", None, "Spain"), ("Beatriz Sotomonte", None, "Portugal"),
    ("Tomé Ribeirinho", None, "Portugal"), ("Chiara Montelupi", None, "Italy"),
    ("Lorenzo Acquafredda", None, "Italy"), ("Zuzanna Brzozowiak", None, "Poland"),
    ("Kacper Wilczogóra", None, "Poland"), ("Ola Śliwnicka", None, "Poland"),
    ("Eleftheria Galanou", "Ελευθερία Γαλανού", "Greece"),
    ("Stathis Anemogiannis", "Στάθης Ανεμογιάννης", "Greece"),
    ("Daryna Vyshneva", "Дарина Вишнева", "Ukraine"),
    ("Ostap Zelenchuk", "Остап Зеленчук", "Ukraine"),
    ("Rada Izvorova", "Рада Изворова", "Bulgaria"),
    ("Sakura Tomizuka", "富塚 さくら", "Japan"), ("Ren Asahikawa", "旭川 蓮", "Japan"),
    ("Jiwoo Namgung", "남궁 지우", "South Korea"),
    ("Noor Haddadin", "نور حدادين", "Jordan"),
    ("Tamar Kldiashvili", "თამარ კლდიაშვილი", "Georgia"),
    ("Wanjiru Kimathe", None, "Kenya"), ("Baraka Oluoch-Dene", None, "Kenya"),
    ("Thabo Mokwena-Rall", None, "South Africa"), ("Luana Piratini", None, "Brazil"),
    ("Caio Vargem", None, "Brazil"), ("Hazel Whitlocke", None, "Canada"),
    ("Émile Gatinois", None, "Canada"), ("Mika Saarelma", None, "Finland"),
    ("Venla Koivuharju", None, "Finland"), ("Freja Holmstrand", None, "Denmark"),
    ("Sander Blomvik", None, "Norway"), ("Elin Fjordvang", None, "Norway"),
)
SUBJECTS = (("marine biology", 6), ("Marine Biology", 2), ("music", 4), ("Music ", 1),
            ("geology", 3), ("Geology", 1), ("nursing", 4), ("NURSING", 1), ("law", 3), (None, 1))

# common name, Latin name, class, how many a student may keep, lightest and heaviest in grams,
# how many of them there are
SPECIES = (
    ("cat", "Felis catus", "mammal", 1, 2900, 5600, 18),
    ("dog", "Canis familiaris", "mammal", 1, 5200, 24000, 7),
    ("rabbit", "Oryctolagus cuniculus", "mammal", 2, 1300, 3400, 9),
    ("guinea pig", "Cavia porcellus", "mammal", 2, 750, 1150, 10),
    ("golden hamster", "Mesocricetus auratus", "mammal", 1, 95, 150, 7),
    ("Mongolian gerbil", "Meriones unguiculatus", "mammal", 2, 60, 95, 4),
    ("ferret", "Mustela furo", "mammal", 1, 700, 1600, 0),
    ("budgerigar", "Melopsittacus undulatus", "bird", 2, 30, 45, 8),
    ("canary", "Serinus canaria", "bird", 2, 15, 25, 4),
    ("leopard gecko", "Eublepharis macularius", "reptile", 1, 45, 75, 3),
    ("corn snake", "Pantherophis guttatus", "reptile", 1, 350, 800, 2),
    ("Hermann's tortoise", "Testudo hermanni", "reptile", 1, 900, 2300, 2),
    ("goldfish", "Carassius auratus", "fish", None, None, None, 4),
)
PET_NAMES = (
    "Biscuit", "Pickle", "Мурка", "Nacho", "Pebble", "Φλόκος", "Juniper", "Mochi", "Tadpole",
    "Waffles", "Óskar", "Clementine", "Bramble", "たま", "Figaro", "Dandelion", "Sprocket", "Żabka",
    "Marble", "Captain", "Olive", "Рыжик", "Nutmeg", "Zorro", "Pumpkin", "Lentil", "Saffron", "ソラ",
    "Turnip", "Comet", "Peanut", "Señorito", "Basil", "Cricket", "Maple", "Гном", "Dumpling",
    "Truffle", "Inky", "Barnacle", "Κανέλα", "Noodle", "Sorrel", "Thimble", "Üzüm", "Domino",
    "Parsley", "Kelp", "Бублик", "Quince", "Radish", "Skipper", "Tuppence", "Velvet", "Whisker",
    "Yarrow", "Zephyr", "Acorn", "Bobbin", "Chutney", "Dusty", "Ember", "Fennel", "Gravel",
    "Hazelnut", "Ivy", "Jellybean", "Kipper", "Lupin", "Mango", "Nimbus", "Otis", "Pretzel",
    "Ginger", "Rocket", "Shadow", "Tinsel", "Clover")
BREEDS = {"cat": ("European shorthair", "Siamese", "siamese ", "mixed", "Mixed", None),
          "dog": ("beagle", "Whippet", "mixed", "MIXED", None),
          "rabbit": ("Dutch", "dutch", "lop", None)}
COLOURS = {"mammal": ("black", "white", "brown", "grey", "ginger", "spotted"),
           "bird": ("yellow", "blue", "green"), "reptile": ("brown", "spotted"),
           "fish": ("orange", "white", "orange")}
# Those that live two or three years only; the others may be older.
SHORT_LIVED = ("golden hamster", "Mongolian gerbil")
SEXES = (("f", 7), ("F", 2), ("m", 7), ("M ", 2), (None, 2))
VETS = ("Dr Ravenscar", "Dr Ó Maolán", "Dr Lindholt", None)
# reason: spellings, lowest and highest fee in euros
REASONS = {"check-up": (("check-up", "check-up", "Check-up", "check-up "), 18, 30),
           "vaccination": (("vaccination", "Vaccination", "VACCINATION"), 35, 48),
           "injury": (("injury", "Injury "), 50, 130),
           "teeth": (("teeth", "teeth", "Teeth"), 40, 95),
           "parasites": (("parasites", " parasites"), 22, 40)}
REASON_WEIGHTS = (("check-up", 6), ("vaccination", 3), ("injury", 2), ("parasites", 2),
                  ("teeth", 2))
SEVERITY = (("mild", 4), ("Mild", 1), ("severe", 2), ("SEVERE", 1), (None, 1))


def make_students(dice):
    table = Table("student", (
        ("student_id", "INTEGER PRIMARY KEY"), ("full_name", "TEXT NOT NULL"),
        ("own_script", "TEXT"), ("home_country", "TEXT NOT NULL"), ("born", "TEXT"),
        ("first_year", "INTEGER NOT NULL"), ("subject", "TEXT"),
        ("residence_id", "INTEGER REFERENCES residence(residence_id)")))
    room = {number: (home[1] or 9) - 3 for number, home in enumerate(RESIDENCES, 1)}
    for number, (name, own_script, country) in enumerate(
            dice.sample(STUDENTS, len(STUDENTS)), 1):
        first_year = dice.integer(2019, 2022)
        birth = date(first_year - dice.integer(18, 21), dice.integer(1, 12), dice.integer(1, 28))
        born = dice.weighted(((birth.isoformat(), 6),
                              (f"{birth.day:02} {MONTHS[birth.month - 1]} {birth.year}", 3),
                              (None, 1)))
        home = dice.pick([number for number, places in room.items() if places > 0] + [None])
        if home:
            room[home] -= 1
        if number % 13 == 5:
            name = name.upper()
        table.add(number, name, own_script, country, born, first_year, dice.weighted(SUBJECTS),
                  home)
    return table


def make_pets(dice):
    table = Table("pet", (
        ("pet_id", "INTEGER PRIMARY KEY"), ("pet_name", "TEXT NOT NULL"),
        ("species_id", "INTEGER NOT NULL REFERENCES species(species_id)"), ("breed", "TEXT"),
        ("sex", "TEXT"), ("colour", "TEXT NOT NULL"), ("born", "TEXT"), ("chip_no", "TEXT"),
        ("died_on", "TEXT")))
    kinds = [number for number, row in enumerate(SPECIES, 1) for _ in range(row[6])]
    names = dice.sample(PET_NAMES, len(PET_NAMES))
    chips = dice.sample(range(100, 1000), len(kinds))
    for number, species in enumerate(dice.sample(kinds, len(kinds)), 1):
        kind, _, group, *_ = SPECIES[species - 1]
        name = names[number - 1]
        if number % 9 == 4:
            name = name.lower() if number % 2 else name.upper()
        elif number % 11 == 6:
            name += " "
        year, month = dice.integer(2016, 2020), dice.integer(1, 12)
        if kind in SHORT_LIVED:
            year, month = 2021, dice.integer(1, 8)
        born = dice.weighted(((f"{year}-{month:02}", 6), (str(year), 3), (None, 2)))
        chip = f"IE-{chips[number - 1]}" if kind in BREEDS and dice.chance(0.7) else None
        died = None
        if dice.chance(0.12):
            died = date(dice.integer(2022, 2023), dice.integer(3, 11), dice.integer(1, 28))
        table.add(number, name, species, dice.pick(BREEDS.get(kind, (None,))),
                  dice.weighted(SEXES), dice.pick(COLOURS[group]), born, chip,
                  died.isoformat() if died else None)
    return table


def make_keepers(dice, students, pets):
    """Each pet has one main keeper at a time; some of them share it, and some pass it on."""
    table = Table("keeper", (
        ("student_id", "INTEGER NOT NULL REFERENCES student(student_id)"),
        ("pet_id", "INTEGER NOT NULL REFERENCES pet(pet_id)"), ("since", "TEXT NOT NULL"),
        ("until", "TEXT"), ("role", "TEXT NOT NULL")), ("PRIMARY KEY (student_id, pet_id)",))
    allowed = {number for number, row in enumerate(RESIDENCES, 1)
               if row[3].strip().lower() == "yes"}
    may = [row for row in students.rows if row[7] is None or row[7] in allowed or row[0] % 3 == 0]
    may = [row for row in may if row[0] % 8 != 3]
    roles = {"main": ("main", "main", "Main"), "shared": ("shared", "Shared ", "shared")}
    for pet in pets.rows:
        main, heir = dice.sample([row for row in may if row[5] < 2022 or not pet[8]], 2)
        since = date(2022 if main[5] == 2022 else 2021, dice.integer(9, 12), 1)
        ends = pet[8]
        if ends is None and dice.chance(0.2):
            handed = date(2023, dice.integer(3, 9), dice.integer(1, 28))
            table.add(heir[0], pet[0], (handed + timedelta(days=1)).isoformat(), None,
                      dice.pick(roles["main"]))
            ends = handed.isoformat()
        table.add(main[0], pet[0], since.isoformat(), ends, dice.pick(roles["main"]))
        if dice.chance(0.25):
            joined = since + timedelta(days=dice.integer(0, 30))
            friend = dice.pick([row for row in may
                                if row[5] <= since.year and row not in (main, heir)])
            table.add(friend[0], pet[0], joined.isoformat(), ends, dice.pick(roles["shared"]))
    table.rows.sort()
    return table


def arrivals(keepers):
    """The day since when somebody at the college has kept each pet."""
    days = {}
    for _, pet, since, _, _ in keepers.rows:
        days[pet] = min(since, days.get(pet, since))
    return days


def make_allergies(dice, students):
    table = Table("allergy", (
        ("student_id", "INTEGER NOT NULL REFERENCES student(student_id)"),
        ("species_id", "INTEGER NOT NULL REFERENCES species(species_id)"),
        ("severity", "TEXT")), ("PRIMARY KEY (student_id, species_id)",))
    for student in students.rows:
        if dice.chance(0.35):
            for species in sorted(dice.sample((1, 1, 1, 2, 2, 3, 4, 5, 7, 8), dice.integer(1, 2))):
                if (student[0], species) not in [row[:2] for row in table.rows]:
                    table.add(student[0], species, dice.weighted(SEVERITY))
    return table


def make_visits(dice, pets, came):
    table = Table("clinic_visit", (
        ("visit_id", "INTEGER PRIMARY KEY"), ("pet_id", "INTEGER NOT NULL REFERENCES pet(pet_id)"),
        ("visited_on", "TEXT NOT NULL"), ("reason", "TEXT NOT NULL"), ("vet", "TEXT"),
        ("fee_eur", "REAL")))
    visits = []
    for pet in pets.rows:
        if SPECIES[pet[2] - 1][2] == "fish":
            continue
        begin = max(date.fromisoformat(came[pet[0]]), date(2022, 1, 10))
        end = date.fromisoformat(pet[8]) if pet[8] else LAST_DAY
        reasons = REASON_WEIGHTS if SPECIES[pet[2] - 1][2] == "mammal" else REASON_WEIGHTS[:-1]
        for _ in range(dice.weighted(((0, 1), (1, 3), (2, 3), (3, 2), (4, 1)))):
            day = begin + timedelta(days=dice.integer(0, (end - begin).days))
            reason = dice.weighted(reasons)
            spellings, low, high = REASONS[reason]
            fee = dice.integer(2 * low, 2 * high) / 2 if dice.chance(0.88) else None
            visits.append((day, pet[0], dice.pick(spellings), dice.pick(VETS), fee))
    for number, (day, pet, reason, vet, fee) in enumerate(sorted(visits, key=lambda v: v[:2]), 1):
        table.add(number, pet, day.strftime("%d/%m/%Y"), reason, vet, fee)
    return table


def make_weighings(dice, pets, came):
    table = Table("weighing", (
        ("pet_id", "INTEGER NOT NULL REFERENCES pet(pet_id)"), ("weighed_on", "TEXT NOT NULL"),
        ("grams", "INTEGER")), ("PRIMARY KEY (pet_id, weighed_on)",))
    for pet in pets.rows:
        low, high = SPECIES[pet[2] - 1][4:6]
        if low is None:
            continue
        step = 1 if high < 200 else 10 if high < 1200 else 50
        grams = step * dice.integer(low // step, high // step)
        for day in WEIGHING_DAYS:
            if not came[pet[0]] <= day <= (pet[8] or day) or not dice.chance(0.4):
                continue
            table.add(pet[0], day, grams if dice.chance(0.95) else None)
            grams += step * dice.integer(-3, 4)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    residences = Table("residence", (
        ("residence_id", "INTEGER PRIMARY KEY"), ("residence_name", "TEXT NOT NULL"),
        ("places", "INTEGER"), ("weekly_rent", "INTEGER"), ("pets_allowed", "TEXT NOT NULL")))
    for number, home in enumerate(RESIDENCES, 1):
        residences.add(number, *home)
    species = Table("species", (
        ("species_id", "INTEGER PRIMARY KEY"), ("common_name", "TEXT NOT NULL"),
        ("latin_name", "TEXT NOT NULL"), ("class", "TEXT NOT NULL"),
        ("most_per_student", "INTEGER")))
    for number, kind in enumerate(SPECIES, 1):
        species.add(number, *kind[:4])
    students = make_students(dice)
    pets = make_pets(dice)
    keepers = make_keepers(dice, students, pets)
    came = arrivals(keepers)
    return script("pets_1", (residences, students, species, make_allergies(dice, students), pets,
                             keepers, make_visits(dice, pets, came),
                             make_weighings(dice, pets, came)))
