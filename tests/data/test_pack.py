"""The starter pack is what its generators write and keeps its rules, and the audit sees faults.

Needs Python's standard library and pytest only:  python3 -m pytest tests/data
"""

import copy
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "data" / "generate"))

import audit  # noqa: E402
import build  # noqa: E402
import sql_shape  # noqa: E402


@pytest.fixture(scope="module")
def built():
    return build.Built()


@pytest.fixture(scope="module")
def questions():
    return {question["question_id"]: question for question in build.read_pack()[1]}


def test_the_files_are_what_the_generators_write(built):
    assert built.drift() == []


def test_the_files_keep_the_rules():
    assert build.broken_rules(*build.read_pack()) == []


def test_the_program_says_so_whatever_the_hash_seed():
    for seed in ("1", "2"):
        run = subprocess.run([sys.executable, ROOT / "data/generate/build.py", "--check"],
                             env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True,
                             text=True, check=False)
        assert (run.returncode, run.stderr) == (0, "")


@pytest.mark.parametrize("path", ["pack.json", "databases/flight_2.sql", "README.md",
                                  "questions/questions_eval.json", "questions/db_list.json"])
def test_drift_is_seen(built, tmp_path, path):
    folder = tmp_path / "data"
    shutil.copytree(build.PACK, folder)
    with open(folder / path, "ab") as file:
        file.write(b"\n")
    assert built.drift(folder) == [f"data/{path} is not what data/generate/build.py writes"]


def test_a_stray_file_is_seen(built, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(build.PACK, folder)
    (folder / "databases" / "left_over.sql").write_text("")
    assert built.drift(folder) == ["data/databases/left_over.sql belongs to no database"]


# What is changed in a sound question, and what the audit must say to it.
FAULTS = {
    "another answer": ({"gold_answer": 24}, "gold_answer"),
    "a real for an integer": ({"gold_sql": "SELECT 1.0 * COUNT(*) FROM vocalist"},
                              "not one integer"),
    "another difficulty": ({"difficulty": "hard"}, "difficulty should be easy"),
    "a table too many": ({"tables_involved": ["band", "vocalist"]}, "tables_involved"),
    "an empty result": ({"gold_sql": "SELECT 1 FROM vocalist WHERE 0"}, "the result is empty"),
    "NULL": ({"gold_sql": "SELECT MAX(legal_name) FROM vocalist WHERE 0"}, "NULL in the result"),
    "padded text": ({"answer_type": "string",
                     "gold_sql": "SELECT venue_name FROM venue WHERE venue_id = 2"}, "padded text"),
    "a tie at LIMIT": ({"answer_type": "list", "gold_sql":
                        "SELECT stage_name FROM vocalist ORDER BY home_country LIMIT 2"}, "a tie"),
    "NULL sorted first": ({"answer_type": "list", "gold_sql":
                           "SELECT venue_name FROM venue ORDER BY capacity LIMIT 2"},
                          "NULL among the order keys"),
    "LIMIT without order": ({"gold_sql": "SELECT debut_year FROM vocalist LIMIT 1"},
                            "LIMIT without ORDER BY"),
    "LIMIT in a subquery": ({"gold_sql": "SELECT COUNT(*) FROM (SELECT 1 FROM vocalist LIMIT 5)"},
                            "LIMIT in a subquery"),
    "any row of a group": ({"answer_type": "table", "gold_sql":
                            "SELECT home_country, stage_name FROM vocalist GROUP BY home_country"},
                           "order of scanning"),
    "a table the authorizer cannot see": ({"gold_sql": "SELECT COUNT(*) FROM gig "
                                           "JOIN venue USING (venue_id) WHERE capacity > 0"},
                                          "does not see ['gig']"),
    "an unrounded real": ({"answer_type": "float", "gold_sql": "SELECT AVG(minutes) FROM gig_set"},
                          "not rounded"),
    "rounding half-way": ({"answer_type": "float", "gold_sql":
                           "SELECT ROUND(MIN(vocalist_id) / 8.0, 2) FROM vocalist"}, "half-way"),
    "rounding unsaid": ({"answer_type": "float", "gold_sql":
                         "SELECT ROUND(AVG(minutes), 2) FROM gig_set"}, "rounding is not said"),
    "order unsaid": ({"answer_type": "list", "gold_sql":
                      "SELECT band_name FROM band ORDER BY band_name"}, "order is not said"),
    "a function that is no one's business": ({"gold_sql": "SELECT RANDOM() FROM vocalist"},
                                             "functions not allowed"),
    "too many rows": ({"answer_type": "list", "gold_sql": "SELECT gig_id FROM gig"},
                      "not a list of 2 to 30"),
    "a row twice": ({"answer_type": "list", "gold_sql": "SELECT home_country FROM vocalist"},
                    "the same row twice"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_the_audit_sees(built, questions, fault):
    change, complaint = FAULTS[fault]
    question = {**questions["concert_singer_train_001"], **change}
    name = question["database_name"]
    found = audit.check_question(built.sql_texts[name], built.connections[name], question)
    assert any(complaint in line for line in found), found


def test_the_audit_sees_questions_that_are_too_alike(questions):
    mine = [q for q in questions.values() if q["database_name"] == "flight_2"]
    assert audit.check_set("flight_2", mine) == []
    twin = copy.deepcopy(mine)
    twin[-1]["gold_sql"] = twin[0]["gold_sql"].replace("1000", "2000")
    twin[-1]["question_id"] = twin[0]["question_id"]
    found = " ".join(audit.check_set("flight_2", twin))
    assert "too alike" in found and "ids of eval" in found


def test_the_audit_sees_a_broken_foreign_key(built):
    text = built.sql_texts["flight_2"] + "INSERT INTO codeshare VALUES (9999,'TARN','2020-01',5);\n"
    assert any("foreign key" in line for line in audit.check_database(text, audit.load(text)))


@pytest.mark.parametrize("sql, tables, expected", [
    ("SELECT a FROM t ORDER BY a LIMIT 1", 1, "easy"),
    ("SELECT a FROM t GROUP BY a", 1, "medium"),
    ("SELECT a FROM t WHERE b > (SELECT AVG(b) FROM t)", 1, "medium"),
    ("SELECT 'GROUP BY (SELECT' FROM t", 1, "easy"),
    ("SELECT a FROM t JOIN u ON t.x = u.x GROUP BY a HAVING COUNT(*) > 1", 2, "medium"),
    ("SELECT a FROM t LEFT JOIN u ON t.x = u.x WHERE u.x IS NULL", 2, "hard"),
    ("SELECT a FROM t UNION SELECT b FROM u", 2, "hard"),
    ("SELECT RANK() OVER (ORDER BY a) FROM t JOIN u ON t.x = u.x", 2, "hard"),
    ("SELECT a FROM t JOIN u ON t.x = u.x JOIN v ON v.x = u.x", 3, "hard"),
])
def test_difficulty(sql, tables, expected):
    assert sql_shape.difficulty(sql, ["t", "u", "v"][:tables]) == expected


def read_script(name):
    lines = (GOLDEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    reset = json.loads((GOLDEN / f"{name}.reset.json").read_text(encoding="utf-8"))
    return [json.loads(line) for line in lines], reset


@pytest.mark.parametrize("name", ["concert_singer_win", "flight_2_win", "bad_input"])
def test_golden_scripts_end_in_the_right_answer(questions, name):
    actions, reset = read_script(name)
    assert len(actions) <= 15
    assert all(set(action) == {"action_type", "argument"} for action in actions)
    assert [a["action_type"] for a in actions].index("ANSWER") == len(actions) - 1
    gold = questions[reset["question_id"]]["gold_answer"]
    given = json.loads(actions[-1]["argument"])
    assert (sorted(given) if isinstance(gold, list) else given) == gold


@pytest.mark.parametrize("name", ["concert_singer_win", "flight_2_win"])
def test_winning_scripts_only_do_what_works(built, questions, name):
    actions, reset = read_script(name)
    connection = built.connections[questions[reset["question_id"]]["database_name"]]
    assert {"DESCRIBE", "SAMPLE", "QUERY"} <= {action["action_type"] for action in actions}
    for action in actions:
        if action["action_type"] == "QUERY":
            audit.read_by(connection, action["argument"])
        elif action["action_type"] != "ANSWER":
            assert action["argument"] in audit.table_names(connection)
