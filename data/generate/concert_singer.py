"""concert_singer: three seasons of a small European live-music circuit. Every artist, band, venue
and sale is invented; the cities and their countries are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20240117
FIRST_DAY = date(2022, 1, 7)
LAST_DAY = date(2024, 12, 21)
GIGS = 150

# stage name, home country
VOCALISTS = (
    ("Orla Fennimore", "Ireland"),
    ("Finch Tobinroe", "Ireland"),
    ("Saoirse Dunmarrow", "Ireland"),
    ("Cass Kilbrannan", "Ireland"),
    ("Posy Hartwhistle", "United Kingdom"),
    ("Rufus Ambleforth", "United Kingdom"),
    ("Nell Oxbarrow", "United Kingdom"),
    ("Dex Marlowe-Finch", "United Kingdom"),
    ("quillon", "United Kingdom"),
    ("Ylva Storhaugen", "Norway"),
    ("Eirik Nattmo", "Norway"),
    ("Siv Tindland", "Norway"),
    ("Birta Hrafnsdal", "Iceland"),
    ("Sölvi Eldborgar", "Iceland"),
    ("Tove Granlidd", "Sweden"),
    ("Linus Åkervikson", "Sweden"),
    ("Signe Mosebæk", "Denmark"),
    ("Bjarke Nørholtsen", "Denmark"),
    ("Aino Järvenkuu", "Finland"),
    ("Otso Hallavaara", "Finland"),
    ("Tuuli Kaseväli", "Estonia"),
    ("Rasmus Õismetsa", "Estonia"),
    ("NEBULO", "Estonia"),
    ("Żaneta Mgielska", "Poland"),
    ("Bolek Świerkowicz", "Poland"),
    ("Łucja Wronowiec", "Poland"),
    ("Jette Brandkamper", "Germany"),
    ("Ansgar Lüttbrock", "Germany"),
    ("Mieke Sommerholt", "Germany"),
    ("ODETTA K.", "Germany"),
    ("Fenna Waterloop", "Netherlands"),
    ("Joris Zilverduin", "Netherlands"),
    ("Odile Carrefeu", "France"),
    ("Bastien Lavergnol", "France"),
    ("Maëlle Tournevent", "France"),
    ("l'Hirondelle", "France"),
    ("Íñigo Peñarrubial", "Spain"),
    ("Lourdes Campoazul", "Spain"),
    ("Nerea Solanilla", "Spain"),
    ("Marisol Quintã", "Portugal"),
    ("Davi Ribeira-Mar", "Portugal"),
    ("Teresa Valverdinho", "Portugal"),
    ("Fiammetta Orsolani", "Italy"),
    ("Duilio Campanarolo", "Italy"),
    ("Serafina Bellacosta", "Italy"),
    ("Λήδα Φεγγαράτου", "Greece"),
    ("Μάρκος Αλατάς", "Greece"),
    ("Ιώ Ανεμώνα", "Greece"),
    ("Бояна Ветрилска", "Bulgaria"),
    ("Калин Сребролист", "Bulgaria"),
    ("Јасна Месечић", "Serbia"),
    ("Тарас Вербоград", "Ukraine"),
    ("Леся Сонцедар", "Ukraine"),
    ("Zawadi Kiptarusi", "Kenya"),
    ("Iracema Duvalle", "Brazil"),
    ("Caetê Montalvão", "Brazil"),
)

# Given and family names for legal names; NULL where the artist has not told.
GIVEN = ("Anna", "Elena", "Marta", "Nora", "Ida", "Clara", "Vera", "Ines", "Hugo", "Emil", "Oskar",
         "Pavel", "Anton", "Luis", "Marek", "Jonas", "Teo", "Ralf")
FAMILY = ("Abernethy-Voss", "Bruneval", "Castellmar", "Drozdowicz", "Eikemo", "Fallowden",
          "Gregoriou", "Hagemeister", "Iliescu-Rand", "Jurgensmeyer", "Kvistgaard", "Lindqvarn",
          "Moravetz", "Nightingall", "Oosterveen", "Pellegrinotti", "Quaresmo", "Rautavuori",
          "Sokolinski", "Thornbeck")

# band, genre as typed by whoever filed it, home city, formed, split
BANDS = (
    ("The Paper Herons", "Folk", "Dublin", 2009, None),
    ("Salt Telegraph", "indie rock", "Manchester", 2013, None),
    ("Kaleido Foundry", "Synth-Pop", "Berlin", 2016, None),
    ("Nordlys Motell", "synth-pop ", "Oslo", 2018, None),
    ("Οι Κήποι του Νότου", "FOLK", "Thessaloniki", 2006, None),
    ("Тиха Гара", "Jazz", "Varna", 2001, None),
    ("Velvet Quarry", "Indie Rock", "Glasgow", 2011, 2023),
    ("Lantern District", "jazz ", "Rotterdam", 2015, None),
    ("Tin Cathedral", "Post-Rock", "Reykjavik", 1998, None),
    ("Ostrich Parade", "ska", "Malmö", 2010, None),
    ("Les Volets Clos", " chanson", "Lyon", 2004, None),
    ("Sardine Republic", "Ska", "Lisbon", 2012, None),
    ("Glass Abacus", "post-rock", "Tallinn", 2017, None),
    ("Pepperbox Nine", "JAZZ", "Copenhagen", 1995, None),
    ("Iron Marmalade", "indie rock", "Dublin", 2019, None),
    ("Low Tide Society", " folk", "Rotterdam", 2014, 2022),
    ("Mosaïque Nord", "Chanson", "Lyon", 2020, None),
    ("Мідний Ліхтар", "Folk", "Warsaw", 2022, None),
    ("Copper Almanac", "folk ", "Turin", 2007, 2019),
    ("Zugvogel Kapelle", None, "Berlin", 2021, None),
    ("Sunday Ferrymen", "Post-Rock ", "Helsinki", 2024, None),
    ("Violet Hour Union", None, "Madrid", 2023, None),
)

# name, city as typed, country, capacity, opened as typed, roofed as typed
VENUES = (
    ("The Gasworks Room", "Dublin", "Ireland", 650, "1987", "Y"),
    (" Copperfield Rooms", "Manchester", "United Kingdom", 900, "12 May 1994", "yes"),
    ("Old Tannery", "Glasgow", "United Kingdom", 480, "c. 1960", "Y"),
    ("Teatro das Marés", "Lisbon", "Portugal", 1150, "3 March 1951", "Y"),
    ("Miradouro Sul", "LISBON", "Portugal", None, "2019", "no"),
    ("Kesselhalle Süd", "Berlin", "Germany", 1400, "2003", "Yes"),
    ("Spreeufer Bühne ", "berlin ", "Germany", None, "c. 2010", "N"),
    ("Le Hangar Bleu", "Lyon", "France", 780, "1999", "Y"),
    ("Palco Est", "Turin", "Italy", 560, "2008", "y"),
    ("Harbour Shed 9", "Rotterdam", "Netherlands", 1700, "21 June 2014", "YES "),
    ("Fyrtaarnet", "Copenhagen", "Denmark", 340, "1978", "Y"),
    ("Katla Hall", "Reykjavik", "Iceland", 420, "2011", "y"),
    ("Αποθήκη 12", "Thessaloniki", "Greece", 520, "1992", "Y"),
    ("Зала Маяк", "Varna", "Bulgaria", 610, None, "yes"),
    ("Tehas Kolm", "Tallinn", "Estonia", 300, "2016", "Y"),
    ("Sala Mirador Alto", "Madrid", "Spain", 990, "7 October 1983", "Y"),
    ("Rotunda Wschód", "Warsaw", "Poland", 1250, "1969", None),
    ("Liberties Yard", "dublin", "Ireland", 260, "2021", "No"),
    ("Tähtipuisto", "Helsinki", "Finland", 2200, "c. 1985", "N"),
    ("Kranplatsen", "Malmö", "Sweden", None, "2022", None),
)

VOICES = (
    ("soprano", 10), ("Soprano", 5), ("mezzo", 6), ("Mezzo ", 3), ("alto", 7), ("ALTO", 3),
    ("tenor", 7), (" Tenor", 4), ("baritone", 6), ("Baritone", 3), ("bass", 3), (None, 3),
)
PARTS = ("lead vocals", "backing vocals", "guitar", "bass", "keys", "drums")
SERIES = ("Northern Nights", "Open Window", "Harbour Sessions", "Long Evenings")
TITLE_FIRST = ("Amber", "Quiet", "Salted", "Paper", "Midnight", "Lantern", "Borrowed", "Winter",
               "Velvet", "Second", "Painted", "Restless", "Copper", "Drifting")
TITLE_SECOND = ("Rooms", "Tides", "Letters", "Orchard", "Signals", "Weather", "Windows", "Harvest",
                "Voices", "Bridges", "Sparks", "Rivers", "Gardens", "Hours")
CHANNELS = (("online", 40), ("Online", 9), ("ONLINE ", 5), ("door", 20), ("Door", 6),
            ("agency", 12), ("Agency ", 3))
TIERS = (("standing", 1.0), ("seated", 1.5), ("balcony", 1.25))
PROMO_CODES = ("EARLYOWL", "earlyowl", "FRIENDS4", "LOYAL24")


def make_vocalists(dice):
    table = Table("vocalist", (
        ("vocalist_id", "INTEGER PRIMARY KEY"), ("stage_name", "TEXT NOT NULL"),
        ("legal_name", "TEXT"), ("born", "TEXT"), ("home_country", "TEXT NOT NULL"),
        ("voice", "TEXT"), ("debut_year", "INTEGER NOT NULL")))
    legal_names = dice.sample([f"{g} {f}" for g in GIVEN for f in FAMILY], len(VOCALISTS))
    for number, (stage_name, country) in enumerate(VOCALISTS, 1):
        birth = date(1962, 1, 1) + timedelta(days=dice.integer(0, 41 * 365))
        born = birth.strftime("%d.%m.%Y")
        if number % 19 == 7:
            born = str(birth.year)
        elif number % 17 == 3:
            born = None
        legal_name = legal_names[number - 1] if dice.chance(0.6) else None
        debut = min(birth.year + dice.integer(17, 29), 2021)
        table.add(number, stage_name, legal_name, born, country, dice.weighted(VOICES), debut)
    return table


def make_bands():
    table = Table("band", (
        ("band_id", "INTEGER PRIMARY KEY"), ("band_name", "TEXT NOT NULL"), ("genre", "TEXT"),
        ("home_city", "TEXT NOT NULL"), ("formed_year", "INTEGER NOT NULL"),
        ("split_year", "INTEGER")))
    for number, band in enumerate(BANDS, 1):
        table.add(number, *band)
    return table


def make_members(dice, vocalists):
    table = Table("band_member", (
        ("band_id", "INTEGER NOT NULL REFERENCES band(band_id)"),
        ("vocalist_id", "INTEGER NOT NULL REFERENCES vocalist(vocalist_id)"),
        ("part", "TEXT NOT NULL"), ("since_year", "INTEGER NOT NULL"), ("until_year", "INTEGER")),
        ("PRIMARY KEY (band_id, vocalist_id)",))
    bands_of = {row[0]: 0 for row in vocalists.rows}
    for band_id, (_, _, _, formed, split) in enumerate(BANDS, 1):
        free = [row for row in vocalists.rows
                if row[6] <= max(formed, 2005) + 2 and bands_of[row[0]] < 3]
        for part, row in zip(PARTS, dice.sample(free, dice.integer(3, 6))):
            bands_of[row[0]] += 1
            since = max(formed, row[6])
            if part not in ("lead vocals", "bass") and since < 2020 and dice.chance(0.5):
                since = dice.integer(since, min(since + 6, 2020))
            if split is not None:
                since = min(since, split)
            until = split
            if until is None and since < 2022 and dice.chance(0.25):
                until = dice.integer(since + 1, 2024)
            table.add(band_id, row[0], part, since, until)
    return table


def make_venues():
    table = Table("venue", (
        ("venue_id", "INTEGER PRIMARY KEY"), ("venue_name", "TEXT NOT NULL"),
        ("city", "TEXT NOT NULL"), ("country", "TEXT NOT NULL"), ("capacity", "INTEGER"),
        ("opened", "TEXT"), ("roofed", "TEXT")))
    for number, venue in enumerate(VENUES, 1):
        table.add(number, *venue)
    return table


def make_gigs(dice):
    table = Table("gig", (
        ("gig_id", "INTEGER PRIMARY KEY"), ("title", "TEXT NOT NULL"),
        ("venue_id", "INTEGER NOT NULL REFERENCES venue(venue_id)"),
        ("gig_date", "TEXT NOT NULL"), ("doors", "TEXT"), ("series", "TEXT"),
        ("status", "TEXT NOT NULL")))
    titles = dice.sample([f"{a} {b}" for a in TITLE_FIRST for b in TITLE_SECOND], GIGS)
    days = dice.sample(range((LAST_DAY - FIRST_DAY).days + 1), GIGS)
    busy = [(number, 1 + (len(VENUES) - number) % 5) for number in range(1, len(VENUES))]
    for gig_id, (title, day) in enumerate(zip(titles, sorted(days)), 1):
        night = FIRST_DAY + timedelta(days=day)
        venue_id = dice.weighted(busy)
        doors = f"{dice.pick((18, 19, 20))}:{dice.pick(('00', '30'))}" if dice.chance(0.9) else None
        series = dice.pick(SERIES) if dice.chance(0.7) else None
        status = dice.weighted((("played", 82), ("cancelled", 12), ("postponed", 6)))
        table.add(gig_id, title, venue_id, night.isoformat(), doors, series, status)
    return table


def bill(dice, year):
    """Who plays one night, the head of the bill last: (vocalist_id, None) or (None, band_id)."""
    bands = [number for number, band in enumerate(BANDS, 1)
             if band[3] <= year <= (band[4] or 9999) and number not in (20, 22)]
    acts = [(None, band) for band in dice.sample(bands, dice.weighted(((1, 6), (2, 3))))]
    singers = [number for number in range(1, len(VOCALISTS) + 1) if number % 11 != 9]
    acts += [(singer, None) for singer in dice.sample(singers, dice.integer(0, 2))]
    return dice.sample(acts, len(acts))


def make_sets(dice, gigs):
    table = Table("gig_set", (
        ("gig_id", "INTEGER NOT NULL REFERENCES gig(gig_id)"), ("slot", "INTEGER NOT NULL"),
        ("vocalist_id", "INTEGER REFERENCES vocalist(vocalist_id)"),
        ("band_id", "INTEGER REFERENCES band(band_id)"), ("minutes", "INTEGER"),
        ("fee_eur", "INTEGER")),
        ("PRIMARY KEY (gig_id, slot)", "CHECK ((vocalist_id IS NULL) <> (band_id IS NULL))"))
    for gig_id, _, _, gig_date, _, _, status in gigs.rows:
        acts = bill(dice, int(gig_date[:4]))
        for slot, (vocalist_id, band_id) in enumerate(acts, 1):
            minutes = dice.integer(25, 55) + (30 if slot == len(acts) else 0)
            if status != "played" or dice.chance(0.06):
                minutes = None
            fee = 50 * dice.integer(4, 24) * (2 if band_id else 1)
            if status != "played":
                fee = None if status == "postponed" or dice.chance(0.6) else fee // 2
            elif dice.chance(0.08):
                fee = None
            table.add(gig_id, slot, vocalist_id, band_id, minutes, fee)
    return table


def make_sales(dice, gigs):
    table = Table("ticket_sale", (
        ("sale_id", "INTEGER PRIMARY KEY"),
        ("gig_id", "INTEGER NOT NULL REFERENCES gig(gig_id)"), ("sold_on", "TEXT NOT NULL"),
        ("tier", "TEXT NOT NULL"), ("quantity", "INTEGER NOT NULL"),
        ("unit_price", "REAL NOT NULL"), ("channel", "TEXT NOT NULL"), ("promo_code", "TEXT"),
        ("refunded_on", "TEXT")))
    for gig_id, _, _, gig_date, _, _, status in gigs.rows:
        night = date.fromisoformat(gig_date)
        base_price = dice.integer(9, 28)
        for _ in range(dice.integer(4, 11)):
            channel = dice.weighted(CHANNELS)
            at_door = channel.strip().lower() == "door"
            if at_door and status != "played":
                continue
            day = night if at_door else night - timedelta(days=dice.integer(1, 75))
            tier, factor = dice.pick(TIERS)
            price = int(base_price * factor * 2) / 2
            quantity = dice.weighted(((1, 5), (2, 8), (3, 2), (4, 4), (dice.integer(5, 30), 3)))
            promo = dice.pick(PROMO_CODES) if not at_door and dice.chance(0.1) else None
            refunded = None
            if status == "cancelled" and dice.chance(0.8):
                refunded = (night + timedelta(days=dice.integer(3, 40))).isoformat()
            sold_on = day.strftime("%d/%m/%Y") if at_door else day.isoformat()
            table.add(len(table.rows) + 1, gig_id, sold_on, tier, quantity, price, channel, promo,
                      refunded)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    vocalists = make_vocalists(dice)
    members = make_members(dice, vocalists)
    gigs = make_gigs(dice)
    tables = (vocalists, make_bands(), members, make_venues(), gigs, make_sets(dice, gigs),
              make_sales(dice, gigs))
    return script("concert_singer", tables)
