"""employee_hire_evaluation: six years of hiring and appraisals at a chain of bookshops around the
Baltic. The shops, their people and every figure are invented; the towns and countries are real.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20190307
FIRST_YEAR, LAST_YEAR = 2019, 2024
FIRST_APPRAISED = 2021
POSTINGS = 66

# code, name as typed, town as typed, country, floor in square metres, opened as typed, closed on
SHOPS = (
    ("TAL1", "Kolm Laternat", "Tallinn", "Estonia", 420, "12.03.2004", None),
    ("TAL2", "Kolm Laternat Sadam ", "TALLINN", "Estonia", 180, "2017-09-01", None),
    ("TAR1", "Vaikne Lehekülg", "Tartu", "Estonia", 260, "2006-05-20", None),
    ("RIG1", "Trīs Laternas", "Riga", "Latvia", 510, "2005-10-14", None),
    ("LIE1", "Kāpu Grāmata", "Liepāja ", "Latvia", None, "07.06.2011", None),
    ("VIL1", "Trys Žibintai", "Vilnius", "Lithuania", 465, "2008-04-03", None),
    ("KAU1", " Puslapis 33", "Kaunas", "Lithuania", 230, "28.02.2013", "2022-06-30"),
    ("HEL1", "Kolme Lyhtyä", "Helsinki", "Finland", 640, "2009-08-27", None),
    ("TUR1", "Jokirannan Kirja", "Turku", "Finland", 310, "15.11.2012", None),
    ("HEL2", "Satamasivu", "helsinki", "Finland", None, "2018-03-09", "2021-01-31"),
    ("STO1", "Tre Lyktor", "Stockholm", "Sweden", 575, "2010-02-18", None),
    ("UPP1", "Bokstigen", " Uppsala", "Sweden", 205, "03.09.2015", None),
    ("GDA1", "Trzy Latarnie", "Gdańsk", "Poland", 390, "2014-12-05", None),
)

# id, title, grade, lowest and highest pay in euros an hour
JOBS = (
    (1, "bookseller", 2, 9, 14),
    (2, "senior bookseller", 3, 12, 18),
    (3, "shop manager", 5, 19, 28),
    (4, "café host", 1, 8, 12),
    (5, "stock keeper", 1, 8, 13),
    (6, "storyteller", 2, 10, 15),
    (7, "buyer", 4, 15, 23),
    (8, "events planner", 3, 13, 19),
)
MANAGER = 3

GIVEN = ("Aino", "Eero", "Liis", "Madis", "Ilze", "Jānis", "Rasa", "Tomas", "Ebba", "Nils", "Zofia",
         "Marek", "Päivi", "Kaur", "Dace")
FAMILY = ("Kuusela", "Rannamäe", "Ozolkalns", "Žemaitė-Lind", "Sandvall", "Wierzbin", "Hallikas",
          "Bērzaine", "Mustjõe", "Lindgräns")
FOREIGN = (("Oksana Verbytska", "Оксана Вербицька", "Ukraine"),
           ("Bohdan Sonchyk", "Богдан Сончик", "Ukraine"),
           ("Eleni Kastrinou", "Ελένη Καστρινού", "Greece"),
           ("Nino Tsiskaridze-Vale", "ნინო ცისკარიძე", "Georgia"),
           ("Mitko Yavorov", "Митко Яворов", "Bulgaria"),
           ("Haruka Minase", "水瀬 春香", "Japan"),
           ("Lusine Aramyants", "Լուսինե Արամյանց", "Armenia"))
PEOPLE = 90
SCHOOLING = (("secondary", 6), ("Secondary", 2), ("college", 5), ("College ", 2), ("university", 7),
             ("University", 2), ("UNIVERSITY", 1), (None, 3))
CHANNELS = (("website", 9), ("Website", 3), ("newspaper", 4), ("Newspaper ", 2), ("window", 4),
            ("WINDOW", 1), (None, 2))
OUTCOMES = {"hired": ("hired", "hired", "Hired", "HIRED"),
            "rejected": ("rejected", "rejected", "rejected", "Rejected", "rejected "),
            "withdrew": ("withdrew", "withdrew", "Withdrew ")}
RATINGS = (("A", 4), ("a", 1), ("B", 8), ("b", 2), ("B ", 1), ("C", 5), ("c ", 1), ("D", 2))
REASONS = ("moved away", "studies", "other employer", "retired", None)
COURSES = (
    (1, "Cash desk basics", 4, "in house"),
    (2, "First aid", 8, "Red House Academy"),
    (3, "Reading aloud", 6, "in house"),
    (4, "Rare books", 16, "Paberi Instituut"),
    (5, "Leading a team", 24, "Red House Academy"),
    (6, "Coffee machine", 3, "in house"),
    (7, "Window dressing", 10, None),
)


def dotted(day):
    return day.strftime("%d.%m.%Y")


def make_people(dice):
    table = Table("person", (
        ("person_id", "INTEGER PRIMARY KEY"), ("full_name", "TEXT NOT NULL"),
        ("own_script", "TEXT"), ("home_country", "TEXT NOT NULL"), ("born", "TEXT"),
        ("schooling", "TEXT")))
    names = dice.sample([f"{given} {family}" for given in GIVEN for family in FAMILY], PEOPLE)
    foreign = dict(zip(dice.sample(range(PEOPLE), len(FOREIGN)), FOREIGN))
    homes = sorted({shop[3] for shop in SHOPS})
    for number in range(PEOPLE):
        name, script_name, country = foreign.get(
            number, (names[number], None, dice.pick(homes)))
        if number % 24 == 11:
            name = name.upper()
        birth = date(dice.integer(1964, 1999), dice.integer(1, 12), dice.integer(1, 28))
        born = dice.weighted(((birth.isoformat(), 5), (dotted(birth), 3), (None, 1)))
        table.add(number + 1, name, script_name, country, born, dice.weighted(SCHOOLING))
    return table


class Chain:
    """Who works where, as the years go by."""

    def __init__(self, dice):
        self.dice = dice
        self.spells = []  # [person, shop, job, posting, started, ended, hours, pay, reason]
        self.postings = []
        self.applications = []

    def current(self, person):
        return next((s for s in self.spells if s[0] == person and s[5] is None), None)

    def outsiders(self):
        """People who have never worked here."""
        known = {spell[0] for spell in self.spells}
        return [person for person in range(1, PEOPLE + 1) if person not in known]

    def start(self, person, shop, job, posting, day, hours):
        low, high = JOBS[job - 1][3:]
        pay = low + self.dice.integer(0, 2 * (high - low)) / 2
        self.spells.append([person, shop, job, posting, day, None, hours, pay, None])

    def found(self):
        """The staff from before the records of hiring began."""
        for code, _, _, _, _, opened, _ in SHOPS:
            year = int(opened[-4:] if opened[2] == "." else opened[:4])
            for job in (MANAGER,) + tuple(self.dice.sample((1, 2, 4, 5), 2)):
                day = date(self.dice.integer(min(max(year + 1, 2010), 2018), 2018),
                           self.dice.integer(1, 12), 1)
                if year == 2018:
                    day = date(2018, self.dice.integer(4, 11), 1)
                person = self.dice.pick(self.outsiders())
                self.start(person, code, job, None, day, self.dice.pick((30, 40, 40)))

    def leave(self, spell, day, reason):
        spell[5], spell[8] = day, reason

    def close_shops(self, day):
        for code, _, _, _, _, _, closed in SHOPS:
            if closed and date.fromisoformat(closed) <= day:
                for spell in self.spells:
                    if spell[1] == code and spell[5] is None:
                        self.leave(spell, date.fromisoformat(closed), "shop closed")

    def departures(self, day):
        for spell in self.spells:
            settled = spell[5] is None and spell[4] + timedelta(days=90) < day
            if settled and self.dice.chance(0.008):
                self.leave(spell, day - timedelta(days=self.dice.integer(1, 20)),
                           self.dice.pick(REASONS))

    def post(self, day):
        open_shops = [s[0] for s in SHOPS if not s[6] or date.fromisoformat(s[6]) > day
                      + timedelta(days=120)]
        shop = self.dice.pick(open_shops)
        managed = any(s[1] == shop and s[2] == MANAGER and s[5] is None for s in self.spells)
        job = self.dice.pick((1, 1, 2, 4, 5, 6, 7, 8)) if managed else MANAGER
        if any(p[1:3] == (shop, job) and date.fromisoformat(p[3]) + timedelta(days=60) > day
               for p in self.postings):
            job = self.dice.pick((1, 2, 5))
        number = len(self.postings) + 1
        hours = self.dice.pick((20, 30, 40))
        self.postings.append((number, shop, job, day.isoformat(), hours,
                              self.dice.weighted(CHANNELS)))
        self.fill(number, shop, job, day, hours)

    def fill(self, posting, shop, job, day, hours):
        outside = self.outsiders()
        inside = [s[0] for s in self.spells
                  if s[5] is None and s[2] != MANAGER and s[2] != job and s[4] < day]
        people = self.dice.sample(outside, min(len(outside), self.dice.integer(1, 4)))
        people += self.dice.sample(inside, self.dice.integer(0, 2))
        if self.dice.chance(0.08):
            people = []
        scores = [(self.dice.integer(30, 98) if self.dice.chance(0.75) else None, person)
                  for person in sorted(people)]
        best = max((score for score in scores if score[0]), default=(0, 0))
        hired = best[1] if best[0] >= 55 else None
        for score, person in scores:
            word = "hired" if person == hired else self.dice.weighted(
                (("rejected", 5), ("withdrew", 1)))
            applied = day + timedelta(days=self.dice.integer(2, 15))
            self.applications.append((posting, person, applied.isoformat(), score,
                                      self.dice.pick(OUTCOMES[word])))
        if hired:
            first_day = day + timedelta(days=self.dice.integer(35, 75))
            spell = self.current(hired)
            if spell:
                self.leave(spell, first_day - timedelta(days=1), "new post")
            self.start(hired, shop, job, posting, first_day, hours)

    def run(self):
        self.found()
        days = sorted(self.dice.sample(range(8, (LAST_YEAR - FIRST_YEAR + 1) * 365 - 130),
                                       POSTINGS))
        for offset in days:
            day = date(FIRST_YEAR, 1, 1) + timedelta(days=offset)
            self.close_shops(day)
            self.departures(day)
            self.post(day)


def make_employment(chain):
    table = Table("employment", (
        ("employment_id", "INTEGER PRIMARY KEY"),
        ("person_id", "INTEGER NOT NULL REFERENCES person(person_id)"),
        ("shop_code", "TEXT NOT NULL REFERENCES shop(shop_code)"),
        ("job_id", "INTEGER NOT NULL REFERENCES job(job_id)"),
        ("posting_id", "INTEGER UNIQUE REFERENCES posting(posting_id)"),
        ("started", "TEXT NOT NULL"), ("ended", "TEXT"), ("weekly_hours", "INTEGER NOT NULL"),
        ("hourly_pay", "REAL NOT NULL"), ("reason_left", "TEXT")))
    for number, spell in enumerate(sorted(chain.spells, key=lambda s: (s[4], s[0])), 1):
        person, shop, job, posting, started, ended, hours, pay, reason = spell
        day = started.isoformat() if posting else dotted(started)
        table.add(number, person, shop, job, posting, day, ended.isoformat() if ended else None,
                  hours, pay, reason)
    return table


def make_appraisals(dice, chain):
    table = Table("appraisal", (
        ("person_id", "INTEGER NOT NULL REFERENCES person(person_id)"),
        ("year", "INTEGER NOT NULL"),
        ("reviewer_id", "INTEGER REFERENCES person(person_id)"),
        ("held_on", "TEXT NOT NULL"), ("rating", "TEXT"), ("bonus_eur", "INTEGER")),
        ("PRIMARY KEY (person_id, year)",))
    for year in range(FIRST_APPRAISED, LAST_YEAR + 1):
        eve = date(year, 11, 1)
        staff = sorted((s for s in chain.spells if s[4] < date(year, 7, 1)
                        and (s[5] is None or s[5] > date(year + 1, 1, 31))), key=lambda s: s[0])
        managers = {s[1]: s[0] for s in staff if s[2] == MANAGER}
        for spell in staff:
            reviewer = managers.get(spell[1])
            reviewer = None if reviewer == spell[0] else reviewer
            if dice.chance(0.15):
                continue
            held = eve + timedelta(days=dice.integer(0, 90))
            rating = dice.weighted(RATINGS) if dice.chance(0.95) else None
            pool = {"A": (400, 500, 600, 800), "B": (None, 200, 250, 300), "C": (None, None, 100)}
            bonus = dice.pick(pool.get((rating or "D").strip().upper(), (None,)))
            table.add(spell[0], year, reviewer, dotted(held), rating, bonus)
    return table


def make_attendance(dice, chain):
    table = Table("attendance", (
        ("course_id", "INTEGER NOT NULL REFERENCES course(course_id)"),
        ("person_id", "INTEGER NOT NULL REFERENCES person(person_id)"),
        ("year", "INTEGER NOT NULL"), ("passed", "TEXT")),
        ("PRIMARY KEY (course_id, person_id)",))
    first, last = {}, {}
    for spell in sorted(chain.spells, key=lambda s: s[4]):
        first.setdefault(spell[0], spell[4].year)
        last[spell[0]] = spell[5].year if spell[5] else LAST_YEAR
    for course, _, _, _ in COURSES:
        for person in sorted(first):
            if dice.chance(0.16) and course != 7:
                passed = dice.weighted((("yes", 7), ("Yes", 2), ("no", 2), ("NO", 1), (None, 2)))
                year = dice.integer(max(first[person], 2018), last[person])
                table.add(course, person, year, passed)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    shops = Table("shop", (
        ("shop_code", "TEXT PRIMARY KEY"), ("shop_name", "TEXT NOT NULL"),
        ("town", "TEXT NOT NULL"), ("country", "TEXT NOT NULL"), ("floor_m2", "INTEGER"),
        ("opened", "TEXT NOT NULL"), ("closed_on", "TEXT")))
    shops.rows = list(SHOPS)
    jobs = Table("job", (
        ("job_id", "INTEGER PRIMARY KEY"), ("title", "TEXT NOT NULL"),
        ("grade", "INTEGER NOT NULL"), ("pay_low", "INTEGER NOT NULL"),
        ("pay_high", "INTEGER NOT NULL")))
    jobs.rows = list(JOBS)
    people = make_people(dice)
    chain = Chain(dice)
    chain.run()
    postings = Table("posting", (
        ("posting_id", "INTEGER PRIMARY KEY"),
        ("shop_code", "TEXT NOT NULL REFERENCES shop(shop_code)"),
        ("job_id", "INTEGER NOT NULL REFERENCES job(job_id)"), ("posted_on", "TEXT NOT NULL"),
        ("weekly_hours", "INTEGER NOT NULL"), ("channel", "TEXT")))
    postings.rows = chain.postings
    applications = Table("application", (
        ("posting_id", "INTEGER NOT NULL REFERENCES posting(posting_id)"),
        ("person_id", "INTEGER NOT NULL REFERENCES person(person_id)"),
        ("applied_on", "TEXT NOT NULL"), ("interview_score", "INTEGER"),
        ("outcome", "TEXT NOT NULL")), ("PRIMARY KEY (posting_id, person_id)",))
    applications.rows = chain.applications
    courses = Table("course", (
        ("course_id", "INTEGER PRIMARY KEY"), ("course_name", "TEXT NOT NULL"),
        ("hours", "INTEGER NOT NULL"), ("provider", "TEXT")))
    courses.rows = list(COURSES)
    return script("employee_hire_evaluation", (
        shops, jobs, people, postings, applications, make_employment(chain),
        make_appraisals(dice, chain), courses, make_attendance(dice, chain)))
