#!/usr/bin/env python3
"""Writes the starter pack from its generators and its lists of questions, or checks it.

    data/generate/build.py           write every file of the pack
    data/generate/build.py --check   write nothing; fail if a file differs or a rule is broken

A database NAME is NAME.py with build() -> SQL text, and questions_NAME.py with QUESTIONS.
"""

import argparse
import json
import sys
from importlib import import_module
from pathlib import Path

if sys.version_info < (3, 11):
    raise SystemExit("data/generate/build.py needs Python 3.11 or later.")
sys.dont_write_bytecode = True
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "scripts/lib")]

import audit  # noqa: E402
import sql_shape  # noqa: E402
from document_block import markdown_table, replaced  # noqa: E402

PACK = HERE.parent
SPLITS = ("train", "eval")
DATABASES = (
    {
        "name": "student_assessment",
        "title": "An evening college",
        "description": "Learners, tutors and modules of an invented college for adults, with a "
                       "year's enrolments, marks and appeals, 2023 to 2024.",
        "dates": ("born", "enrolled_on", "held_on", "lodged"),
    },
    {
        "name": "concert_singer",
        "title": "Live-music circuit",
        "description": "Vocalists and bands, the venues and gigs where they played, and the "
                       "tickets sold, 2022 to 2024.",
        "dates": ("born", "gig_date", "sold_on", "refunded_on", "opened"),
    },
    {
        "name": "world_1",
        "title": "Countries and their neighbours",
        "description": "Real countries with their cities, languages, land borders and alliances, "
                       "as of the end of 2024.",
        "dates": ("joined", "left_on"),
    },
    {
        "name": "car_1",
        "title": "A car buyer's almanac",
        "description": "Invented makers and models with their variants, equipment, road tests and "
                       "recalls, up to the end of 2024.",
        "dates": ("launched", "tested_on", "announced"),
    },
    {
        "name": "employee_hire_evaluation",
        "title": "A chain of bookshops",
        "description": "Vacancies, applications, employments, appraisals and courses at a chain of "
                       "bookshops around the Baltic, 2019 to 2024.",
        "dates": ("born", "opened", "closed_on", "posted_on", "applied_on", "started", "ended",
                  "held_on"),
    },
    {
        "name": "pets_1",
        "title": "Pets at college",
        "description": "Students of a seaside college, the residences they live in, the pets they "
                       "keep, and what the vets noted in 2022 and 2023.",
        "dates": ("born", "died_on", "since", "visited_on", "weighed_on"),
    },
    {
        "name": "cre_Doc_Template_Mgt",
        "title": "Papers of a harbour office",
        "description": "Documents and their sections, the template versions they were made from, "
                       "their labels and signatures, 2019 to 2023.",
        "dates": ("joined", "left_in", "issued", "withdrawn", "created_on", "signed_on"),
    },
    {
        "name": "flight_2",
        "title": "A quarter of flying",
        "description": "Real airports and countries; invented carriers with fleets, routes, "
                       "codeshares and the flights of early 2024.",
        "dates": ("founded", "delivered", "retired_on", "since", "departs_utc"),
    },
    {
        "name": "dog_kennels",
        "title": "A year at the kennels",
        "description": "A boarding kennel where three countries meet: households and their dogs, "
                       "stays in the runs, and the daily walks.",
        "dates": ("born", "died_on", "client_since", "arrived", "hired", "left_on", "walked_on"),
    },
    {
        "name": "poker_player",
        "title": "A season of poker nights",
        "description": "Ten European clubs, their members and tournaments, who knocked out whom, "
                       "and who backs whom.",
        "dates": ("born", "opened", "played_on", "since", "until"),
    },
)


def manifest():
    entries = [{"name": database["name"], "file": f"databases/{database['name']}.sql",
                "title": database["title"], "description": database["description"]}
               for database in DATABASES]
    pack = {"format": "sqlenv-pack/1", "name": "starter",
            "title": "Starter pack: databases of SQLEnv's own making", "license": "MIT",
            "databases": entries,
            "questions": [f"questions/questions_{split}.json" for split in SPLITS]}
    return json.dumps(pack, ensure_ascii=False, indent=2) + "\n"


def make_questions(name, connection):
    counts = dict.fromkeys(SPLITS, 0)
    for split, answer_type, text, sql in import_module(f"questions_{name}").QUESTIONS:
        counts[split] += 1
        tables, _ = audit.read_by(connection, sql)
        yield {
            "question_id": f"{name}_{split}_{counts[split]:03}",
            "question_text": text,
            "database_name": name,
            "gold_sql": sql,
            "gold_answer": audit.as_answer(audit.run_gold(connection, sql), answer_type),
            "answer_type": answer_type,
            "difficulty": sql_shape.difficulty(sql, tables),
            "tables_involved": tables,
            "split": split,
        }


def question_file(questions):
    """A JSON array with a line for each member: one changed answer is one changed line."""
    records = []
    for question in questions:
        members = [f"    {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
                   for key, value in question.items()]
        records.append("  {\n" + ",\n".join(members) + "\n  }")
    return "[\n" + ",\n".join(records) + "\n]\n"


def size_table(connections):
    rows = []
    for name, connection in connections.items():
        counts = audit.row_counts(connection)
        tables = ", ".join(f"`{table}` {count:,}" for table, count in counts.items())
        rows.append([name, f"{sum(counts.values()):,}", tables])
    return markdown_table(["database", "rows", "of which"], rows, "---:")


def coverage_table(questions):
    """How many questions of each database count in each feature: to train on + to evaluate with."""
    groups = [(database, split) for database in DATABASES for split in SPLITS]
    rows = {}
    for column, (database, split) in enumerate(groups):
        for question in questions:
            if (question["database_name"], question["split"]) != (database["name"], split):
                continue
            marks = [question["difficulty"], "answer: " + question["answer_type"]]
            marks += sql_shape.features(question["gold_sql"], question["gold_answer"],
                                        database["dates"])
            for mark in marks:
                rows.setdefault(mark, [0] * len(groups))[column] += 1
    rank = {"easy": 0, "medium": 1, "hard": 2}
    ordered = sorted(rows.items(), key=lambda row: (
        rank.get(row[0], 3 if row[0].startswith("answer") else 4), row[0].lower()))
    head = ["questions that use", *(database["name"] for database in DATABASES), "all"]
    return markdown_table(head, [
        [mark, *(f"{train}+{evaluated}" for train, evaluated in zip(counts[::2], counts[1::2])),
         sum(counts)] for mark, counts in ordered], "---:")


def broken_rules(sql_texts, questions):
    """What the audit finds in databases and questions, wherever they come from."""
    complaints = []
    for name, text in sql_texts.items():
        connection = audit.load(text)
        mine = [question for question in questions if question["database_name"] == name]
        complaints += [f"{name}: {c}" for c in audit.check_database(text, connection)]
        complaints += audit.check_set(name, mine)
        for question in mine:
            complaints += audit.check_question(text, connection, question)
    return complaints


def read_pack(folder=PACK):
    """The databases and questions of a pack folder, as pack.json names them."""
    pack = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    sql_texts = {entry["name"]: (folder / entry["file"]).read_text(encoding="utf-8")
                 for entry in pack["databases"]}
    questions = [question for file in pack["questions"]
                 for question in json.loads((folder / file).read_text(encoding="utf-8"))]
    return sql_texts, questions


class Built:
    """Every generated file of the pack, by its path within it, and what the audit needs."""

    def __init__(self):
        self.sql_texts = {d["name"]: import_module(d["name"]).build() for d in DATABASES}
        self.connections = {name: audit.load(text) for name, text in self.sql_texts.items()}
        self.questions = [question for name, connection in self.connections.items()
                          for question in make_questions(name, connection)]
        self.files = {f"databases/{name}.sql": text for name, text in self.sql_texts.items()}
        self.files["pack.json"] = manifest()
        self.files["questions/db_list.json"] = json.dumps(list(self.sql_texts), indent=2) + "\n"
        for split in SPLITS:
            self.files[f"questions/questions_{split}.json"] = question_file(
                [question for question in self.questions if question["split"] == split])
        readme = (PACK / "README.md").read_text(encoding="utf-8")
        readme = replaced(readme, "sizes", size_table(self.connections))
        self.files["README.md"] = replaced(readme, "coverage", coverage_table(self.questions))

    def drift(self, folder=PACK):
        """Files that are not, byte for byte, what this program writes, and files it knows not."""
        complaints = []
        for path, text in self.files.items():
            file = folder / path
            if not file.is_file() or file.read_bytes() != text.encode():
                complaints.append(f"data/{path} is not what data/generate/build.py writes")
        for part in ("databases", "questions"):
            for file in (folder / part).iterdir():
                if f"{part}/{file.name}" not in self.files:
                    complaints.append(f"data/{part}/{file.name} belongs to no database")
        return complaints

    def write(self):
        for path, text in self.files.items():
            (PACK / path).parent.mkdir(exist_ok=True)
            (PACK / path).write_bytes(text.encode())


def main():
    parser = argparse.ArgumentParser(description="Write or check the starter pack.")
    parser.add_argument("--check", action="store_true", help="write nothing, only check")
    options = parser.parse_args()
    built = Built()
    if options.check:
        complaints = built.drift() + broken_rules(*read_pack())
    else:
        complaints = broken_rules(built.sql_texts, built.questions)
    for complaint in complaints:
        print(complaint, file=sys.stderr)
    if complaints:
        raise SystemExit(1)
    if not options.check:
        built.write()
    print(f"{len(built.sql_texts)} databases and {len(built.questions)} questions: "
          + ("all as they should be" if options.check else "written"))


if __name__ == "__main__":
    main()
