"""student_assessment: one year of an evening college for adults. The college, its towns and
everyone in it are invented.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20230911
FIRST_EVENING = date(2023, 9, 18)

LEARNERS = (
    "Agnes Holloway", "Bram Kuipers", "Chidi Okonjo", "Delia Farrow", "Edwin Castellan",
    "Farah Nasser", "Gwen Pritchard", "Hamish Dunbar", "Ida Lindqvist", "Jonah Abara",
    "Katya Morozova", "Lionel Marsh", "Mina Rahimi", "Noel Garrity", "Oona Kallio",
    "Piotr Wilk", "Quentin Ashby", "Rosa Belmonte", "Seth Olander", "Thandi Mokoena",
    "Ursula Brandt", "Viktor Hašek", "Wanda Zielińska", "Ximena Ortúzar", "Yusuf Demir",
    "Zoë Marchetti", "Νίκη Δάφνη", "Πέτρος Βάλβης", "Иван Дроздов", "Ганна Бондар",
    "王小梅", "김하늘", "ليلى حداد", "Amparo Núñez", "Bjørn Aasland", "Clara Devereux",
    "Dunstan Pike", "Eluned Vaughan", "Fergus Malloy", "Greta Sommer", "Hector Villar",
    "Imogen Tate", "Jasper Crane", "Kemal Aydın", "Lotte Visser", "Marek Kowal", "Nadia Petrou",
    "Otis Freeman", "Perpetua Lamb", "Ravi Menon", "Sunniva Dahl", "Tobias Engel", "Una Brophy",
    "Valentín Rojas", "Winnie Achieng", "Yara Haddad", "Zeno Calvi", "Ailsa Moncrieff",
    "Basil Thorne", "Cosmin Radu",
)
TOWNS = (("Fernleigh", 12), ("fernleigh", 3), ("Mossbank", 9), ("MOSSBANK", 3), ("Mossbank ", 2),
         ("Quarrington", 9), (" Quarrington", 2), ("Upper Sallow", 6), ("upper sallow ", 2),
         ("Teasel Bay", 4), (None, 4))
# name, room as typed, year of joining, mentor
TUTORS = (
    ("Hester Quill", "B12", 1998, None),
    ("Osric Fenwick", "b12 ", 2004, 1),
    ("Leocadia Brunt", "A03", 2006, 1),
    ("Ruaridh Sinclair", None, 2011, 2),
    ("Μελίνα Κάππα", "C21", 2013, 2),
    ("Tamsin Oakes", "a03", 2015, 3),
    ("Dov Rosental", "C08 ", 2017, 5),
    ("Ngaio Teller", None, 2019, 3),
    ("Ansel Vickery", "C08", 2021, 7),
    ("Parveen Gill", "B07", 2023, 7),
)
# code, title, subject as typed, level, credits, tutor, needs, kinds of assessment
MODULES = (
    ("CER1", "Wheel Throwing", "Crafts", 1, 10, 3, None, "TPP"),
    ("CER2", "Glaze and Kiln", "crafts", 2, 15, 3, "CER1", "TPP"),
    ("JOI1", "Hand-cut Joints", "Crafts ", 1, 10, 8, None, "PP"),
    ("BKK1", "Bookkeeping Basics", "Business", 1, 15, 2, None, "TTE"),
    ("BKK2", "Year-end Accounts", "business", 2, 20, 2, "BKK1", "TCE"),
    ("LAW1", "Contract Law in Outline", "Business", 2, 20, 1, None, "CCE"),
    ("ASL1", "Sign Language Beginners", "Languages", 1, 10, 6, None, "TP"),
    ("ITA1", "Italian for Travellers", "Languages", 1, 10, 5, None, "TTP"),
    ("ITA2", "Italian Conversation", "LANGUAGES", 2, 15, 5, "ITA1", "TPE"),
    ("GRK3", "Ancient Greek Texts", " Languages", 3, 20, 5, None, "CCE"),
    ("STA1", "Everyday Statistics", "Science", 1, 15, 7, None, "TTE"),
    ("STA2", "Sampling and Surveys", "Science", 2, 20, 7, "STA1", "TCE"),
    ("AST1", "The Night Sky", "science ", 1, 10, 9, None, "TC"),
    ("BEE3", "Beekeeping through the Year", "Science", 3, 20, 4, None, "PPE"),
    ("POE2", "Writing Poems", "Arts", 2, 10, 10, None, None),
)
KINDS = {"T": ("test", 20), "C": ("coursework", 50), "P": ("practical", 40), "E": ("exam", 100)}
WEIGHTS = {2: (40, 60), 3: (20, 30, 50)}
FEES = {10: 80, 15: 110, 20: 150}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def make_learners(dice):
    table = Table("learner", (
        ("learner_id", "INTEGER PRIMARY KEY"), ("full_name", "TEXT NOT NULL"), ("born", "TEXT"),
        ("town", "TEXT"), ("referred_by", "INTEGER REFERENCES learner(learner_id)")))
    for number, name in enumerate(LEARNERS, 1):
        born = date(1948, 1, 1) + timedelta(days=dice.integer(0, 56 * 365))
        text = born.strftime("%d/%m/%Y" if number <= 24 else "%Y-%m-%d")
        if number % 13 == 9:
            text = None
        if number % 9 == 4:
            name += " "
        referred_by = None
        if number > 6 and dice.chance(0.5):
            referred_by = dice.integer(1, (number + 1) // 2)
        table.add(number, name, text, dice.weighted(TOWNS), referred_by)
    return table


def make_tutors():
    table = Table("tutor", (
        ("tutor_id", "INTEGER PRIMARY KEY"), ("tutor_name", "TEXT NOT NULL"), ("room", "TEXT"),
        ("joined_year", "INTEGER NOT NULL"), ("mentor_id", "INTEGER REFERENCES tutor(tutor_id)")))
    for number, tutor in enumerate(TUTORS, 1):
        table.add(number, *tutor)
    return table


def make_modules():
    table = Table("module", (
        ("module_code", "TEXT PRIMARY KEY"), ("title", "TEXT NOT NULL"),
        ("subject", "TEXT NOT NULL"), ("level", "INTEGER NOT NULL"),
        ("credits", "INTEGER NOT NULL"),
        ("tutor_id", "INTEGER NOT NULL REFERENCES tutor(tutor_id)"),
        ("needs", "TEXT REFERENCES module(module_code)")))
    table.rows = [module[:7] for module in MODULES]
    return table


def make_enrolments(dice):
    table = Table("enrolment", (
        ("learner_id", "INTEGER NOT NULL REFERENCES learner(learner_id)"),
        ("module_code", "TEXT NOT NULL REFERENCES module(module_code)"),
        ("enrolled_on", "TEXT NOT NULL"), ("fee_paid", "INTEGER"), ("outcome", "TEXT")),
        ("PRIMARY KEY (learner_id, module_code)",))
    popular = [(module, 3 if module[3] == 1 else 2) for module in MODULES if module[7]]
    for learner_id in range(1, len(LEARNERS) + 1):
        if learner_id % 17 == 11:
            continue
        wanted = {dice.weighted(popular) for _ in range(dice.integer(2, 6))}
        for module in (module for module in MODULES if module in wanted):
            day = FIRST_EVENING - timedelta(days=7 * dice.integer(0, 8) - dice.pick((0, 0, 3)))
            fee = dice.weighted(((FEES[module[4]], 6), (FEES[module[4]] // 2, 2), (0, 1),
                                 (None, 1)))
            outcome = dice.weighted((("completed", 9), ("Completed", 4), ("completed ", 2),
                                     ("withdrawn", 2), ("Withdrawn", 1), (None, 2)))
            table.add(learner_id, module[0], day.isoformat(), fee, outcome)
    return table


def make_assessments():
    table = Table("assessment", (
        ("assessment_id", "INTEGER PRIMARY KEY"),
        ("module_code", "TEXT NOT NULL REFERENCES module(module_code)"), ("kind", "TEXT NOT NULL"),
        ("held_on", "TEXT NOT NULL"), ("max_points", "INTEGER NOT NULL"),
        ("weight_pct", "INTEGER NOT NULL")))
    for number, module in enumerate(MODULES):
        kinds = module[7] or ""
        for place, letter in enumerate(kinds):
            kind, points = KINDS[letter]
            day = FIRST_EVENING + timedelta(
                days=number % 5 + 7 * (6 + place * (12 if len(kinds) == 3 else 18) + number % 4))
            table.add(len(table.rows) + 1, module[0], kind, day.isoformat(), points,
                      WEIGHTS[len(kinds)][place])
    return table


def make_marks(dice, enrolments, assessments):
    table = Table("mark", (
        ("assessment_id", "INTEGER NOT NULL REFERENCES assessment(assessment_id)"),
        ("learner_id", "INTEGER NOT NULL REFERENCES learner(learner_id)"), ("points", "INTEGER"),
        ("handed_in", "TEXT NOT NULL")), ("PRIMARY KEY (assessment_id, learner_id)",))
    talent = {number: dice.integer(45, 85) for number in range(1, len(LEARNERS) + 1)}
    for assessment_id, code, _, _, most, weight in assessments.rows:
        for learner_id, enrolled, _, _, outcome in enrolments.rows:
            left = outcome is not None and outcome.strip().lower() == "withdrawn"
            if enrolled != code or (left and weight > 30):
                continue
            percent = min(100, max(8, talent[learner_id] + dice.integer(-22, 22)))
            points = (most * percent + 50) // 100
            handed_in = dice.weighted((("on time", 10), ("On time", 3), ("late", 2), ("LATE ", 1),
                                       ("absent", 1)))
            if handed_in == "absent" or dice.chance(0.03):
                points = None
            table.add(assessment_id, learner_id, points, handed_in)
    return table


def make_appeals(dice, assessments, marks):
    table = Table("appeal", (
        ("appeal_id", "INTEGER PRIMARY KEY"), ("assessment_id", "INTEGER NOT NULL"),
        ("learner_id", "INTEGER NOT NULL"), ("lodged", "TEXT NOT NULL"), ("ruling", "TEXT"),
        ("new_points", "INTEGER")),
        ("FOREIGN KEY (assessment_id, learner_id) REFERENCES mark(assessment_id, learner_id)",))
    held = {row[0]: (date.fromisoformat(row[3]), row[4]) for row in assessments.rows}
    marked = [row for row in marks.rows if row[2] is not None and row[2] < held[row[0]][1] * 0.8]
    chosen = dice.sample(marked, 36)
    lodged = sorted((held[row[0]][0] + timedelta(days=dice.integer(4, 25)), row) for row in chosen)
    for number, (day, (assessment_id, learner_id, points, _)) in enumerate(lodged, 1):
        # The office changed its form in January.
        text = day.isoformat()
        if day.year == 2023:
            text = f"{day.day} {MONTHS[day.month - 1]} {day.year}"
        ruling = dice.weighted((("rejected", 5), ("Rejected ", 2), ("upheld", 4), ("UPHELD", 2),
                                (None, 2)))
        new_points = None
        if ruling and ruling.lower() == "upheld":
            new_points = points + max(1, held[assessment_id][1] * dice.integer(4, 15) // 100)
        table.add(number, assessment_id, learner_id, text, ruling, new_points)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    learners = make_learners(dice)
    enrolments = make_enrolments(dice)
    assessments = make_assessments()
    marks = make_marks(dice, enrolments, assessments)
    return script("student_assessment",
                  (make_tutors(), make_modules(), learners, enrolments, assessments, marks,
                   make_appeals(dice, assessments, marks)))
