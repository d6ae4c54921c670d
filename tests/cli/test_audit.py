"""`sqlenv pack audit`: what it finds in a pack, and its exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .test_cli import SPIDER, sqlenv

SQL = """
CREATE TABLE t (name TEXT, n INTEGER, digits TEXT);
INSERT INTO t VALUES ('a', 2, '9'), ('b', 2, '10'), ('c', 1, '100'), ('d', NULL, '2');
"""

# Gold query: the codes that its question must get.
GOLDS = {
    "SELECT count(*) FROM t": [],
    "SELECT name FROM t ORDER BY n DESC": ["ORDER_TIE", "NULL_KEY"],
    "SELECT name FROM t ORDER BY n DESC LIMIT 1": ["LIMIT_TIE", "NULL_KEY"],
    "SELECT n FROM t ORDER BY n DESC LIMIT 1": ["NULL_KEY"],
    "SELECT name FROM t ORDER BY n LIMIT 1": ["NULL_FIRST"],
    "SELECT name FROM t ORDER BY digits DESC LIMIT 1": ["TEXT_NUMBERS"],
    "SELECT max(digits) FROM t": ["TEXT_COMPARISON"],
    "SELECT name FROM t LIMIT 2": ["LIMIT_UNORDERED"],
    "SELECT name FROM t WHERE n > 5": ["EMPTY"],
    "SELECT max(n) FROM t WHERE n > 5": ["NULL"],
    "SELECT name, n FROM t": ["NULL_CELLS"],
    "SELECT name FROM t WHERE n = 2 AND name = (SELECT name FROM t WHERE n = 2 LIMIT 1)": ["AMBIGUOUS"],
    "SELECT name FROM t WHERE name IN (SELECT name FROM t ORDER BY name)": ["INNER_ORDER"],
    "SELECT date('now')": ["NONDETERMINISTIC", "NULL"],
    "SELECT nothing_such FROM t": ["GOLD_ERROR"],
}
NOTES = {"ORDER_TIE", "NULL_KEY", "NULL_CELLS", "INNER_ORDER", "FLOAT_ORDER"}


def write_pack(folder: Path, golds: list[str]) -> Path:
    folder.mkdir()
    (folder / "t.sql").write_text(SQL)
    (folder / "pack.json").write_text(json.dumps({
        "format": "sqlenv-pack/1", "name": "made", "title": "Made", "license": "MIT",
        "databases": [{"name": "t", "file": "t.sql", "title": "T", "description": "t"}],
        "questions": ["questions.json"]}))
    (folder / "questions.json").write_text(json.dumps([
        {"question_id": f"t_train_{i:03}", "question_text": "What?", "database_name": "t",
         "gold_sql": sql, "answer_type": "list", "difficulty": "easy", "tables_involved": ["t"],
         "split": "train"} for i, sql in enumerate(golds, 1)]))
    return folder


@pytest.mark.parametrize(("sql", "codes"), GOLDS.items())
def test_each_finding(tmp_path, sql, codes):
    done = sqlenv("pack", "audit", write_pack(tmp_path / "made", [sql]), "--json")
    report = json.loads(done.stdout)
    assert report["questions"] == 1
    assert sorted(finding["code"] for finding in report["findings"]) == sorted(codes)
    assert done.returncode == (0 if set(codes) <= NOTES else 1)
    for finding in report["findings"]:
        assert (finding["severity"] == "note") == (finding["code"] in NOTES)
        assert finding["detail"].endswith(".")


def test_text_names_questions_and_sums_up(tmp_path):
    golds = ["SELECT name FROM t LIMIT 2", "SELECT count(*) FROM t"]
    done = sqlenv("pack", "audit", write_pack(tmp_path / "made", golds))
    lines = done.stdout.decode().splitlines()
    assert lines[0].startswith("t_train_001  warning  LIMIT_UNORDERED  ")
    assert lines[-1] == "pack made: 2 questions; warning LIMIT_UNORDERED 1"
    assert done.returncode == 1


def test_the_bundled_pack_is_clean():
    done = sqlenv("pack", "audit", "starter", "--json")
    assert done.returncode == 0, done.stdout
    assert {finding["code"] for finding in json.loads(done.stdout)["findings"]} <= NOTES


def test_a_pack_that_is_not_there():
    done = sqlenv("pack", "audit", "no-such-pack")
    assert done.returncode == 1
    assert done.stdout == b""
    assert done.stderr
    assert sqlenv("pack", "audit").returncode == 2


@pytest.mark.skipif(not SPIDER.exists(), reason="Spider's files are not beside the checkout")
def test_spiders_known_bad_golds(tmp_path):
    pack = tmp_path / "spider"
    assert sqlenv("pack", "import", "spider", SPIDER, "--output", pack).returncode == 0
    done = sqlenv("pack", "audit", pack, "--json")
    report = json.loads(done.stdout)
    assert (done.returncode, report["questions"]) == (1, 676)
    found = {}
    for finding in report["findings"]:
        found.setdefault(finding["code"], set()).add(finding["question_id"])
    assert len(found["EMPTY"]) == 40
    assert len(found["LIMIT_TIE"]) == 28
    assert {"concert_singer_eval_027", "concert_singer_eval_028"} <= found["LIMIT_TIE"]
    assert found["AMBIGUOUS"] == {"world_1_eval_115", "world_1_eval_116", "car_1_eval_073",
                                  "car_1_eval_074"}
    assert all(name.startswith("car_1") for name in found["TEXT_NUMBERS"])
    assert found["TEXT_COMPARISON"] == {"car_1_eval_039", "car_1_eval_040", "car_1_eval_081", "car_1_eval_082"}
    assert not {"FLOAT_ORDER", "UNDECIDED", "TIES_UNKNOWN"} & found.keys()
