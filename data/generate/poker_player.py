"""poker_player: a season of small poker tournaments in ten European clubs. Players, clubs and
results are invented; the cities and countries are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20231029
FIRST_NIGHT = date(2023, 1, 14)
TOURNAMENTS = 36
NEVER_PLAYED = (17, 40, 52)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

# name as typed, city as typed, country, tables, opened as typed
CLUBS = (
    ("The Tilted Lamp", "Galway", "Ireland", 6, "1998"),
    ("Rivermen's Rest ", "galway", "Ireland", 3, "Sep 2015"),
    ("Põhjatäht", "Tallinn", "Estonia", 8, "May 2004"),
    ("Klub Devítka", "Brno", "Czechia", 12, "1995"),
    ("Clube do Rio", "Porto", "Portugal", None, "Mar 2011"),
    ("De Gouden Hand", "GHENT", "Belgium", 5, "2008"),
    (" Röda Damen", "Malmö", "Sweden", 4, "Nov 2019"),
    ("Пик Купа", "Plovdiv", "Bulgaria", 9, "Feb 2001"),
    ("Λευκός Άσος", "Thessaloniki", "Greece", 7, "1989"),
    ("Zum Blinden König", "graz ", "Austria", None, "Oct 2016"),
)

# name, nickname at the table or None, country
PLAYERS = (
    ("Malachy Ferrabane", "Foghorn", "Ireland"),
    ("Dervla Quillinan", None, "Ireland"),
    ("Conan Muldoonah", "the abbot", "Ireland"),
    ("Bríd Castlewood", "RIVERS", "Ireland"),
    ("Tiarnán Oughterly", None, "Ireland"),
    ("Kaarel Põldvere", "Jääkaru", "Estonia"),
    ("Liisu Rannamets", None, "Estonia"),
    ("Toomas Kivirünk", "Quiet Tom", "Estonia"),
    ("Õnne Saarepuu", None, "Estonia"),
    ("Radek Holubář", "Holub", "Czechia"),
    ("Zdena Křižanovská", None, "Czechia"),
    ("Vilém Dubánek", "Professor", "Czechia"),
    ("Jolana Mrázová-Tichá", "MRAZ", "Czechia"),
    ("Bohdan Štěrbina", None, "Czechia"),
    ("Otýlie Vaňhová", None, "Czechia"),
    ("Abílio Ferronha", "Tio Abílio", "Portugal"),
    ("Custódia Malveira", None, "Portugal"),
    ("Nuno Ribalta-Seixo", "Nuno Nuts", "Portugal"),
    ("Graça Penedono", None, "Portugal"),
    ("Wout Lievekens", "de Muur", "Belgium"),
    ("Griet Schoonhaert", None, "Belgium"),
    ("Jozef Plancketier", "Uncle Jef", "Belgium"),
    ("Lieselot Vanderkroon", None, "Belgium"),
    ("Hjalmar Skoglösa", "Skog", "Sweden"),
    ("Ingela Fyrbåk", None, "Sweden"),
    ("Sixten Råbergh", "sixpack", "Sweden"),
    ("Ebba Tallkvistin", None, "Sweden"),
    ("Стоян Каменаров", "Камъка", "Bulgaria"),
    ("Ралица Пеперудова", None, "Bulgaria"),
    ("Мирослав Дъбравин", "the Owl", "Bulgaria"),
    ("Невена Златарска", "Злато", "Bulgaria"),
    ("Жеко Бързаков", None, "Bulgaria"),
    ("Σταύρος Νυχτερίδης", "η Νυχτερίδα", "Greece"),
    ("Φανή Λεμονιά", None, "Greece"),
    ("Κοσμάς Ανεμοδουράς", "Windmill", "Greece"),
    ("Ευδοκία Μαραγκού", None, "Greece"),
    ("Λάμπης Τσακίρογλου", "LAMP", "Greece"),
    ("Leopold Hasenörl", "Poldi", "Austria"),
    ("Traudl Steinwendner", None, "Austria"),
    ("Xaver Gamsjägerl", "Foghorn", "Austria"),
    ("Romana Pfeilstöck", None, "Austria"),
    ("Ferdl Oberlackner", "the count", "Austria"),
    ("Ottoline Braithmoor", None, "United Kingdom"),
    ("Gethin Llanfaredd", "Taff Time", "United Kingdom"),
    ("Hamish Corrievane", None, "United Kingdom"),
    ("Sébastien Rouvrelle", "Bluff", "France"),
    ("Mélusine Arcambal", None, "France"),
    ("Gaetano Brindillari", "il Prete", "Italy"),
    ("Ofelia Santacosta", None, "Italy"),
    ("佐倉 しのぶ", "Sakura", "Japan"),
    ("Tarkan Yelkenoğlu", "Sails", "Türkiye"),
    ("Defne Karaçınar", None, "Türkiye"),
)

# game as typed
GAMES = (("hold'em", 12), ("Hold'em", 5), ("HOLD'EM ", 2), ("omaha", 5), ("Omaha ", 3), ("stud", 3),
         ("Stud", 1))
TITLE_FIRST = ("Winter", "Lantern", "Copper", "Midnight", "River", "Harbour", "Golden",
               "Last Train")
TITLE_SECOND = ("Classic", "Bounty", "Turbo", "Deepstack", "Shuffle")
HANDS = (("high card", 3), ("pair", 9), ("Pair", 3), ("two pair", 7), ("Two Pair", 2), ("trips", 5),
         ("straight", 4), ("STRAIGHT", 1), ("flush", 4), ("flush ", 2), ("full house", 4),
         ("quads", 1), (None, 6))
CARDS = (("silver", 8), ("Silver", 2), ("silver ", 1), ("gold", 4), ("GOLD", 1), (None, 3))
PRIZES = {8: (65, 35), 11: (50, 30, 20), 99: (40, 26, 19, 15)}


def make_clubs():
    table = Table("club", (
        ("club_id", "INTEGER PRIMARY KEY"), ("club_name", "TEXT NOT NULL"),
        ("city", "TEXT NOT NULL"), ("country", "TEXT NOT NULL"), ("tables", "INTEGER"),
        ("opened", "TEXT NOT NULL")))
    for number, club in enumerate(CLUBS, 1):
        table.add(number, *club)
    return table


def make_players(dice):
    table = Table("player", (
        ("player_id", "INTEGER PRIMARY KEY"), ("full_name", "TEXT NOT NULL"), ("nickname", "TEXT"),
        ("country", "TEXT NOT NULL"), ("born", "TEXT"), ("turned_pro", "INTEGER")))
    for number, (name, nickname, country) in enumerate(PLAYERS, 1):
        year = dice.integer(1951, 1993)
        born = f"{dice.integer(1, 28):02}.{dice.integer(1, 12):02}.{year}"
        if number % 6 == 4:
            born = f"{year}-{dice.integer(1, 12):02}-{dice.integer(1, 28):02}"
        elif number % 11 == 5:
            born = None
        pro = dice.integer(year + 19, max(year + 21, 2021)) if dice.chance(0.35) else None
        table.add(number, name, nickname, country, born, pro)
    return table


def make_members(dice):
    table = Table("club_member", (
        ("club_id", "INTEGER NOT NULL REFERENCES club(club_id)"),
        ("player_id", "INTEGER NOT NULL REFERENCES player(player_id)"),
        ("joined", "INTEGER NOT NULL"), ("card", "TEXT")), ("PRIMARY KEY (club_id, player_id)",))
    clubs_at_home = {}
    for number, club in enumerate(CLUBS, 1):
        clubs_at_home.setdefault(club[2], []).append(number)
    for player_id, (_, _, country) in enumerate(PLAYERS, 1):
        home = clubs_at_home.get(country, ())
        chosen = [club for club in home if dice.chance(0.85)]
        if dice.chance(0.4):
            chosen.append(dice.pick([club for club in range(1, 11) if club not in home]))
        for club in sorted(chosen):
            first = int(CLUBS[club - 1][4][-4:])
            table.add(club, player_id, dice.integer(max(first, 2012), 2022), dice.weighted(CARDS))
    table.rows.sort()
    return table


def make_tournaments(dice):
    table = Table("tournament", (
        ("tour_id", "INTEGER PRIMARY KEY"), ("title", "TEXT NOT NULL"),
        ("club_id", "INTEGER NOT NULL REFERENCES club(club_id)"), ("game", "TEXT NOT NULL"),
        ("played_on", "TEXT NOT NULL"), ("buy_in_eur", "INTEGER NOT NULL"),
        ("rebuy_eur", "INTEGER"), ("status", "TEXT NOT NULL")))
    titles = dice.sample([f"{a} {b}" for a in TITLE_FIRST for b in TITLE_SECOND], TOURNAMENTS)
    for number, title in enumerate(titles, 1):
        night = FIRST_NIGHT + timedelta(days=7 * (number - 1) + dice.integer(0, 6))
        # The clubs in Ireland and Portugal write day/month/year.
        club = dice.integer(1, 10)
        form = "%d/%m/%Y" if club in (1, 2, 5) else "%Y-%m-%d"
        buy_in = 10 * dice.integer(2, 12)
        rebuy = buy_in if dice.chance(0.4) else None
        status = "called off" if number in (9, 27) else "finished"
        table.add(number, title, club, dice.weighted(GAMES), night.strftime(form), buy_in, rebuy,
                  status)
    return table


def field(dice, club, members):
    """Who enters one tournament: mostly members of the club, and travellers."""
    local = [row[1] for row in members.rows if row[0] == club and row[1] not in NEVER_PLAYED]
    others = [number for number in range(1, len(PLAYERS) + 1)
              if number not in local and number not in NEVER_PLAYED]
    return (dice.sample(local, min(len(local), dice.integer(3, 6)))
            + dice.sample(others, dice.integer(3, 7)))


def make_entries(dice, tournaments, members):
    table = Table("entry", (
        ("tour_id", "INTEGER NOT NULL REFERENCES tournament(tour_id)"),
        ("player_id", "INTEGER NOT NULL REFERENCES player(player_id)"), ("place", "INTEGER"),
        ("rebuys", "INTEGER"), ("prize_eur", "INTEGER")),
        ("PRIMARY KEY (tour_id, player_id)",))
    for tour_id, _, club, _, _, buy_in, rebuy, status in tournaments.rows:
        players = field(dice, club, members)
        players = dice.sample(players, len(players))
        absent = players[-1] if dice.chance(0.3) else None
        rows = []
        for place, player in enumerate(players, 1):
            rebuys = dice.weighted(((0, 6), (1, 3), (2, 1))) if rebuy else None
            if status != "finished" or player == absent:
                rows.append([tour_id, player, None, None, None])
            else:
                rows.append([tour_id, player, place, rebuys, None])
        seated = [row for row in rows if row[2]]
        pool = sum(buy_in + (row[3] or 0) * (rebuy or 0) for row in seated)
        shares = next(PRIZES[most] for most in sorted(PRIZES) if len(seated) <= most)
        for row, share in zip(seated, shares):
            row[4] = 5 * ((pool * share // 100) // 5)
        for row in sorted(rows):
            table.add(*row)
    return table


def make_knockouts(dice, entries):
    table = Table("knockout", (
        ("tour_id", "INTEGER NOT NULL"), ("victim_id", "INTEGER NOT NULL"),
        ("by_id", "INTEGER REFERENCES player(player_id)"), ("level", "INTEGER NOT NULL"),
        ("hand", "TEXT")), (
        "PRIMARY KEY (tour_id, victim_id)",
        "FOREIGN KEY (tour_id, victim_id) REFERENCES entry(tour_id, player_id)"))
    for tour_id in sorted({row[0] for row in entries.rows}):
        ranked = sorted((row[2], row[1]) for row in entries.rows if row[0] == tour_id and row[2])
        level = 3
        for place, victim in reversed(ranked[1:]):
            level += dice.integer(0, 2)
            # Whoever knocks a player out is still in play: placed better, and often the winner.
            by = dice.pick(ranked[: place - 1])[1]
            if dice.chance(0.05):
                by = None
            table.add(tour_id, victim, by, level, dice.weighted(HANDS) if by else None)
    return table


def make_backings(dice):
    table = Table("backing", (
        ("backer_id", "INTEGER NOT NULL REFERENCES player(player_id)"),
        ("player_id", "INTEGER NOT NULL REFERENCES player(player_id)"),
        ("share_pct", "INTEGER NOT NULL"), ("since", "TEXT NOT NULL"), ("until", "TEXT")),
        ("PRIMARY KEY (backer_id, player_id)", "CHECK (backer_id <> player_id)"))
    pairs = set()
    while len(pairs) < 30:
        backer, player = dice.integer(1, len(PLAYERS)), dice.integer(1, len(PLAYERS))
        if backer % 3 == 1 and backer != player and (player, backer) not in pairs:
            pairs.add((backer, player))
    for backer, player in sorted(pairs):
        year, month = dice.integer(2019, 2023), dice.integer(1, 12)
        since = f"{MONTHS[month - 1]} {year}"
        until = f"{MONTHS[dice.integer(0, 11)]} {dice.integer(year + 1, 2024)}"
        table.add(backer, player, 5 * dice.integer(1, 10), since,
                  until if year < 2023 and dice.chance(0.4) else None)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    players = make_players(dice)
    members = make_members(dice)
    tournaments = make_tournaments(dice)
    entries = make_entries(dice, tournaments, members)
    return script("poker_player", (make_clubs(), players, members, tournaments, entries,
                                   make_knockouts(dice, entries), make_backings(dice)))
