"""cre_Doc_Template_Mgt: the papers of an invented harbour office, the templates they are made from,
and who signed them, 2019 to 2023. The port, its clerks and the ships are invented.

Messy on purpose: see data/README.md.
"""

from datetime import date, timedelta

from common import Dice, Table, script

SEED = 20190115
FIRST_DAY, LAST_DAY = date(2019, 1, 14), date(2023, 12, 8)
DOCUMENTS = 150

# code, name, floor of the building
UNITS = (("HM", "Harbour Master", 3), ("BT", "Berths and Tariffs", 1), ("SF", "Safety", 2),
         ("EN", "Environment", 2), ("LG", "Legal", 4), ("AR", "Archive", 0))

# full name, in their own script if that is not Latin, unit, joined as typed, left in
CLERKS = (
    ("Agnes Thorvale", None, "HM", "1998", None),
    ("Bruno Casteldoro", None, "HM", "04/2011", None),
    ("Callista Vounaki", "Καλλίστη Βουνάκη", "BT", "2006", None),
    ("Danylo Berehovyi", "Данило Береговий", "BT", "09/2019", None),
    ("ELOI MARTORELLES", None, "BT", "2014", 2021),
    ("Frida Lundekvam", None, "SF", "01/2009", None),
    ("Gaspard Noirmont-Lys", None, "SF", "2017", None),
    ("Hortense Abelmar", None, "SF", "c. 1995", 2020),
    ("Ismene Dragoumi-Sand", "Ισμήνη Δραγούμη", "EN", "2012", None),
    ("Jasper Quillfeather", None, "EN", "11/2018", None),
    ("Katrin Ostermühl", None, "LG", "2003", None),
    ("Lazar Petkanov", "Лазар Петканов", "LG", "06/2015", None),
    ("MARGIT SØLVBERG", None, "LG", "2001", 2022),
    ("Nuno Faroleiro", None, "AR", "c. 1990", None),
    ("Odile Sauveterre", None, "AR", "2016", None),
    ("Petros Limenas", "Πέτρος Λιμένας", "HM", "02/2020", None),
)

# code, name, kind as typed, unit that owns it, template it grew out of, names in Greek and
# Ukrainian, how often it is used
TEMPLATES = (
    ("BPM", "Berth permit", "permit", "BT", None, "Άδεια ελλιμενισμού", "Дозвіл на стоянку", 9),
    ("YPM", "Yacht permit", "Permit", "BT", "BPM", None, None, 4),
    ("DPM", "Diving permit", "permit ", "SF", "BPM", None, None, 3),
    ("PIL", "Pilotage order", "order", "HM", None, "Εντολή πλοήγησης", "Лоцманський наказ", 7),
    ("TOW", "Towage order", "ORDER", "HM", "PIL", None, None, 4),
    ("INV", "Harbour dues", "invoice", "BT", None, "Λιμενικά τέλη", None, 8),
    ("REM", "Reminder", "Invoice ", "BT", "INV", None, None, 3),
    ("INC", "Incident report", "report", "SF", None, None, "Звіт про подію", 7),
    ("SPL", "Spill report", "Report", "EN", "INC", None, None, 5),
    ("NOI", "Noise report", "report", "EN", "INC", None, None, 3),
    ("NTM", "Notice to mariners", "notice", "HM", None, "Αγγελία προς ναυτιλλομένους", None, 6),
    ("CLO", "Closure notice", "notice", "SF", "NTM", None, None, 2),
    ("LSE", "Quay lease", None, "LG", None, None, None, 3),
    ("SAL", "Salvage contract", "contract", "LG", "LSE", None, None, 0),
)
SHIPS = ("Lysander", "Corrie Maid", "Halcyon Tide", "Ostrava Star", "Nordlicht", "Petrel",
         "Calypso", "Gannet", "Marigold", "Saint Brice", "Vesper", "Wanderer")
HEADINGS = ("Purpose", "Vessel", "Cargo", "Dues", "Conditions", "Weather", "Witnesses", "Annex")
LABELS = ("urgent", "confidential", "customs", "fishing", "cruise", "winter", "insurance",
          "dispute", "navy", "training")
UNUSED_LABEL = "training"
LANGUAGES = {"en": ("en", "en", "EN"), "el": ("el", "el", "EL "), "uk": ("uk", "Uk")}
STATUSES = (("final", 8), ("Final", 3), ("FINAL ", 1), ("draft", 3), ("Draft ", 1), ("void", 1),
            ("VOID", 1))
DECISIONS = (("approved", 8), ("Approved", 3), ("approved ", 1), ("returned", 3), ("Returned", 1),
             (None, 2))


def month(index):
    """The month `index` months after January 2016, as YYYY-MM."""
    return f"{2016 + index // 12}-{index % 12 + 1:02}"


def make_templates():
    table = Table("template", (
        ("template_code", "TEXT PRIMARY KEY"), ("template_name", "TEXT NOT NULL"), ("kind", "TEXT"),
        ("unit_code", "TEXT NOT NULL REFERENCES unit(unit_code)"),
        ("based_on", "TEXT REFERENCES template(template_code)")))
    for row in TEMPLATES:
        table.add(*row[:5])
    return table


def make_versions(dice):
    table = Table("template_version", (
        ("template_code", "TEXT NOT NULL REFERENCES template(template_code)"),
        ("version_no", "INTEGER NOT NULL"), ("issued", "TEXT NOT NULL"), ("withdrawn", "TEXT"),
        ("field_count", "INTEGER"), ("drafted_by", "INTEGER REFERENCES clerk(clerk_id)")),
        ("PRIMARY KEY (template_code, version_no)",))
    for code, *_ in TEMPLATES:
        begin, fields = dice.integer(0, 30), dice.integer(6, 18)
        for version in range(1, dice.integer(2, 5)):
            end = begin + dice.integer(13, 34)
            drafted_by = dice.pick((1, 2, 3, 6, 6, 9, 11, 11, 12, None))
            table.add(code, version, month(begin), month(end) if end < 92 else None,
                      fields if dice.chance(0.9) else None, drafted_by)
            if end >= 92:
                break
            begin, fields = end, fields + dice.integer(-2, 4)
        # The last version stays in force, except of a few templates that were given up.
        if code not in ("REM", "NOI"):
            last = table.rows.pop()
            table.add(*last[:3], None, *last[4:])
    return table


def version_for(dice, versions, code, day):
    """The version in force on that day, or now and then an outdated one; None before the first."""
    now = day.isoformat()[:7]
    begun = [row for row in versions.rows if row[0] == code and row[2] <= now]
    if len(begun) > 1 and dice.chance(0.12):
        return begun[-2][1]
    return begun[-1][1] if begun and (begun[-1][3] or "9") > now else None


def clerk_on(dice, day, wanted=None):
    """Somebody of the office on that day, of the `wanted` unit if there is anybody."""
    there = [(number, row) for number, row in enumerate(CLERKS, 1)
             if int(row[3][-4:]) < day.year and (row[4] or 9999) > day.year]
    unit = [number for number, row in there if row[2] == wanted]
    return dice.pick(unit if unit and dice.chance(0.7) else [number for number, _ in there])


def make_documents(dice, versions):
    table = Table("document", (
        ("doc_id", "INTEGER PRIMARY KEY"), ("title", "TEXT NOT NULL"), ("template_code", "TEXT"),
        ("version_no", "INTEGER"), ("author_id", "INTEGER NOT NULL REFERENCES clerk(clerk_id)"),
        ("lang", "TEXT NOT NULL"), ("created_on", "TEXT NOT NULL"), ("status", "TEXT NOT NULL"),
        ("replaces", "INTEGER REFERENCES document(doc_id)")),
        ("FOREIGN KEY (template_code, version_no) REFERENCES "
         "template_version(template_code, version_no)",))
    ships = {}
    days = sorted(dice.sample(range((LAST_DAY - FIRST_DAY).days + 1), DOCUMENTS))
    for number, offset in enumerate(days, 1):
        day = FIRST_DAY + timedelta(days=offset)
        template = dice.weighted([(row, row[7]) for row in TEMPLATES])
        code, name, _, unit, _, greek, ukrainian, _ = template
        lang = dice.weighted((("en", 7), ("el", 2 if greek else 0), ("uk", 2 if ukrainian else 0)))
        name = {"en": name, "el": greek, "uk": ukrainian}[lang]
        version = version_for(dice, versions, code, day)
        created = day.isoformat() if dice.chance(0.7) else day.strftime("%d.%m.%Y")
        earlier = [row[0] for row in table.rows if row[2] == code and row[0] > number - 40]
        replaces = dice.pick(earlier) if earlier and dice.chance(0.15) else None
        ship = ships[replaces] if replaces else dice.pick(SHIPS)
        ships[number] = ship
        title = f"{name} {ship}"
        if number % 15 == 7:
            title += " "
        elif number % 15 == 11 and title.isascii():
            title = title.upper()
        table.add(number, title, code if version else None, version, clerk_on(dice, day, unit),
                  dice.pick(LANGUAGES[lang]), created, dice.weighted(STATUSES), replaces)
    return table, [FIRST_DAY + timedelta(days=offset) for offset in days]


def make_sections(dice, documents):
    table = Table("section", (
        ("doc_id", "INTEGER NOT NULL REFERENCES document(doc_id)"),
        ("position", "INTEGER NOT NULL"), ("heading", "TEXT"), ("words", "INTEGER")),
        ("PRIMARY KEY (doc_id, position)",))
    for doc_id, *_ in documents.rows:
        for position in range(1, dice.weighted(((1, 1), (2, 2), (3, 4), (4, 3), (5, 2)))):
            heading = "Purpose" if position == 1 and dice.chance(0.7) else dice.pick(HEADINGS[1:])
            if dice.chance(0.05):
                heading = None
            table.add(doc_id, position, heading,
                      dice.integer(12, 350) if dice.chance(0.94) else None)
    return table


def make_labels(dice, documents):
    labels = Table("label", (("label_id", "INTEGER PRIMARY KEY"), ("label_text", "TEXT NOT NULL")))
    for number, text in enumerate(LABELS, 1):
        labels.add(number, text)
    table = Table("document_label", (
        ("doc_id", "INTEGER NOT NULL REFERENCES document(doc_id)"),
        ("label_id", "INTEGER NOT NULL REFERENCES label(label_id)")),
        ("PRIMARY KEY (doc_id, label_id)",))
    used = [number for number, text in enumerate(LABELS, 1) if text != UNUSED_LABEL]
    for doc_id, *_ in documents.rows:
        for label in sorted(dice.sample(used, dice.weighted(((0, 2), (1, 4), (2, 3), (3, 1))))):
            table.add(doc_id, label)
    return labels, table


def make_signatures(dice, documents, days):
    table = Table("signature", (
        ("doc_id", "INTEGER NOT NULL REFERENCES document(doc_id)"),
        ("clerk_id", "INTEGER NOT NULL REFERENCES clerk(clerk_id)"), ("signed_on", "TEXT"),
        ("decision", "TEXT")), ("PRIMARY KEY (doc_id, clerk_id)",))
    for document, day in zip(documents.rows, days):
        asked = {clerk_on(dice, day, dice.pick(("LG", "HM"))) for _ in range(dice.integer(0, 3))}
        for clerk in sorted(asked - {document[4]}):
            decision = dice.weighted(DECISIONS)
            signed = (day + timedelta(days=dice.integer(0, 20))).isoformat() if decision else None
            table.add(document[0], clerk, signed, decision)
    return table


def build():
    """The SQL text of the whole database."""
    dice = Dice(SEED)
    units = Table("unit", (("unit_code", "TEXT PRIMARY KEY"), ("unit_name", "TEXT NOT NULL"),
                           ("floor", "INTEGER NOT NULL")))
    units.rows = list(UNITS)
    clerks = Table("clerk", (
        ("clerk_id", "INTEGER PRIMARY KEY"), ("full_name", "TEXT NOT NULL"), ("own_script", "TEXT"),
        ("unit_code", "TEXT NOT NULL REFERENCES unit(unit_code)"), ("joined", "TEXT NOT NULL"),
        ("left_in", "INTEGER")))
    for number, clerk in enumerate(CLERKS, 1):
        clerks.add(number, *clerk)
    versions = make_versions(dice)
    documents, days = make_documents(dice, versions)
    sections = make_sections(dice, documents)
    labels, document_labels = make_labels(dice, documents)
    return script("cre_Doc_Template_Mgt", (
        units, clerks, make_templates(), versions, documents, sections, labels, document_labels,
        make_signatures(dice, documents, days)))
