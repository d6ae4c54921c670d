"""`sqlenv pack import|list|export`: a person's own data becomes a pack, whole or not at all."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.test_cli import NATIVE, SPIDER, actions, lines, sqlenv


def report(*arguments, **environment) -> dict:
    done = sqlenv("pack", "import", *arguments, "--json", **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(*arguments, **environment) -> str:
    done = sqlenv("pack", "import", *arguments, **environment)
    assert done.returncode == 1, done.stdout
    assert done.stdout == b""
    return done.stderr.decode()


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def fingerprint(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        total.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def database(path: Path, script: str = "") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path)
    connection.executescript(script or """
        CREATE TABLE pet (id INTEGER PRIMARY KEY, name TEXT, kind TEXT, weight REAL);
        INSERT INTO pet VALUES (1, 'Rex', 'dog', 20.5), (2, 'Mia', 'cat', 4.0), (3, 'Bo', 'dog', 31.0);
    """)
    connection.close()
    return path


def wait_for(condition, process: subprocess.Popen) -> None:
    while not condition():
        assert process.poll() is None, process.communicate()
        time.sleep(0.005)


def bird(folder: Path) -> Path:
    database(folder / "dev_databases" / "pets" / "pets.sqlite")
    database(folder / "dev_databases" / "broken" / "broken.sqlite").write_bytes(b"SQLite format 3\0cut")
    ask = {"db_id": "pets", "evidence": "", "difficulty": "simple"}
    (folder / "dev.json").write_text(json.dumps([
        {**ask, "question_id": 0, "question": "How many pets are there?", "SQL": "SELECT COUNT(*) FROM pet"},
        {**ask, "question_id": 1, "question": "Which pets are heavy?", "evidence": "heavy means weight > 10",
         "SQL": "SELECT name FROM pet WHERE weight > 10", "difficulty": "challenging"},
        {**ask, "question_id": 1, "question": "Again?", "SQL": "SELECT 1"},
        {**ask, "question_id": 2, "question": "Bad gold?", "SQL": "SELECT nam FROM pet"},
        {**ask, "question_id": 3, "question": "Broken?", "SQL": "SELECT 1", "db_id": "broken"},
        {**ask, "question_id": 4, "question": "Gone?", "SQL": "SELECT 1", "db_id": "gone"},
        {**ask, "question_id": 5, "question": "Outside?", "SQL": "SELECT 1", "db_id": "../dev_databases/pets"},
        {**ask, "question_id": 6, "question": "No gold?"},
    ]))
    database(folder / "train_databases" / "zoo" / "zoo.sqlite", "CREATE TABLE z (a); INSERT INTO z VALUES (1);")
    (folder / "train.json").write_text(json.dumps([
        {"db_id": "zoo", "question": "What is a?", "evidence": "", "SQL": "SELECT a FROM z"}]))
    return folder


def test_bird(tmp_path):
    release = bird(tmp_path / "release")
    out = tmp_path / "packs" / "bird"
    made = report("bird", release, "--output", out)
    assert [d["name"] for d in made["databases"]] == ["pets", "zoo"]
    assert made["questions"] == {"train": 1, "eval": 2, "generated": 0}
    why = {remark["what"]: remark["why"] for remark in made["skipped"]}
    assert why["dev.json, example 3 (pets)"] == "its id 1 was taken before"
    assert "NO_SUCH_COLUMN" in why["dev.json, example 4 (pets)"]
    assert "cut short" in why["database broken"]
    assert why["dev.json, example 5 (broken)"] == "its database was left out"
    assert why["database gone"] == "the file is not there"
    assert "name of a file" in why["dev.json, example 7 (../dev_databases/pets)"]
    assert why["dev.json, example 8"] == "it has no gold query"
    questions = json.loads((out / "questions" / "questions_eval.json").read_text())
    assert [(q["question_id"], q["difficulty"]) for q in questions] == [
        ("pets_eval_000", "easy"), ("pets_eval_001", "hard")]
    assert questions[1]["question_text"] == "Which pets are heavy? Evidence: heavy means weight > 10"
    played = sqlenv("run", "--pack", out, "--question", "pets_eval_000", stdin=actions(("ANSWER", "3")))
    assert lines(played)[-1]["verdict"]["correct"] is True
    plain = report("bird", release, "--output", out, "--no-evidence", "--database", "pets")
    assert [d["name"] for d in plain["databases"]] == ["pets"]
    assert "Evidence" not in (out / "questions" / "questions_eval.json").read_text()
    assert names(tmp_path) == ["packs", "release"]
    assert names(tmp_path / "packs") == ["bird"]


def test_bird_refuses_a_folder_without_a_release(tmp_path):
    (tmp_path / "empty").mkdir()
    assert "Is this BIRD's release?" in refusal("bird", tmp_path / "empty", "--output", tmp_path / "out")
    (tmp_path / "empty" / "dev.json").write_bytes(b'[{"question": "caf\xe9"}]')
    assert "not UTF-8 text: see byte" in refusal("bird", tmp_path / "empty", "--output", tmp_path / "out")
    (tmp_path / "empty" / "dev.json").write_text("{")
    assert "not a JSON list" in refusal("bird", tmp_path / "empty", "--output", tmp_path / "out")
    assert names(tmp_path) == ["empty"]


@pytest.mark.skipif(not SPIDER.is_dir(), reason="Spider's release is not beside the project")
def test_spider_twice_is_the_same_pack(tmp_path):
    first = report("spider", SPIDER, "--output", tmp_path / "a")
    second = report("spider", SPIDER, "--output", tmp_path / "b")
    assert first["questions"] == {"train": 53, "eval": 623, "generated": 0}
    assert len(first["databases"]) == 10
    assert first["skipped"] == []
    assert first["digest"] == second["digest"]
    assert fingerprint(tmp_path / "a") == fingerprint(tmp_path / "b")
    few = report("spider", SPIDER, "--output", tmp_path / "a", "--database", "pets_1", "--database", "nope")
    assert [d["name"] for d in few["databases"]] == ["pets_1"]
    assert few["skipped"] == [{"what": "database nope", "why": "the release has no question about it"}]


def test_sqlite_folder_with_questions(tmp_path):
    folder = tmp_path / "data"
    database(folder / "pets.sqlite")
    database(folder / "no rights or sense.db").write_bytes(b"x" * 5000)
    (folder / "notes.txt").write_text("no database")
    os.mkfifo(folder / "pipe.db")
    (folder / "outside.db").symlink_to(database(tmp_path / "secret" / "outside.db"))
    (folder / "dangling.db").symlink_to(tmp_path / "nowhere")
    (folder / "questions.jsonl").write_text(
        json.dumps({"id": "heavy", "question": "Heaviest pet?", "database": "pets", "split": "train",
                    "sql": "SELECT name FROM pet ORDER BY weight DESC LIMIT 1"}) + "\n")
    made = report("sqlite", folder, "--output", tmp_path / "out", "--name", "mine")
    assert made["pack"] == "mine"
    assert [d["name"] for d in made["databases"]] == ["pets"]
    assert made["questions"] == {"train": 1, "eval": 0, "generated": 0}
    assert {r["what"]: r["why"] for r in made["skipped"]} == {
        "pipe.db": "it is not a plain file",
        "outside.db": "it is a link to outside the folder",
        "dangling.db": "the file is not there",
        "no rights or sense.db": "it is not an SQLite database, or it is encrypted.",
    }
    played = sqlenv("run", "--pack", tmp_path / "out", "--question", "heavy", stdin=actions(("ANSWER", "Bo")))
    assert lines(played)[-1]["verdict"]["correct"] is True


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_rights(tmp_path):
    file = database(tmp_path / "pets.sqlite")
    file.chmod(0)
    assert "may not be read" in refusal("sqlite", file, "--output", tmp_path / "out")


def test_a_database_with_changes_beside_it(tmp_path):
    file = tmp_path / "live.db"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("CREATE TABLE t (a)")
    connection.execute("INSERT INTO t VALUES (1)")
    connection.commit()
    assert "last changes are still in live.db-wal" in refusal("sqlite", file, "--output", tmp_path / "out")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    assert report("sqlite", file, "--output", tmp_path / "out")["databases"][0]["rows"] == 1


@pytest.mark.parametrize(("contents", "message"), [
    (b"", "the file is empty"),
    (b"SQLite format 3\0", "cut short"),
    (b"\x7fELF" + b"\0" * 9000, "not an SQLite database, or it is encrypted"),
    (os.urandom(8192), "not an SQLite database, or it is encrypted"),
])
def test_a_file_that_is_not_a_database_leaves_nothing(tmp_path, contents, message):
    (tmp_path / "x.sqlite").write_bytes(contents)
    packs = tmp_path / "home" / "packs"
    assert message in refusal("sqlite", tmp_path / "x.sqlite", SQLENV_PACKS=str(packs))
    assert names(tmp_path) == ["x.sqlite"]


def test_a_truncated_or_damaged_database(tmp_path):
    whole = database(tmp_path / "whole.db", "CREATE TABLE t (a); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL "
                     "SELECT i + 1 FROM n WHERE i < 3000) INSERT INTO t SELECT printf('%080d', i) FROM n;").read_bytes()
    cut = tmp_path / "cut.db"
    cut.write_bytes(whole[: len(whole) // 2])
    assert "cut short" in refusal("sqlite", cut, "--output", tmp_path / "out")
    cut.write_bytes(whole[:4096] + b"\xff" * 4096 + whole[8192:])
    assert "damaged" in refusal("sqlite", cut, "--output", tmp_path / "out")


def write_csv(path: Path, rows: list, **how) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding=how.pop("encoding", "utf-8")) as file:
        csv.writer(file, **how).writerows(rows)
    return path


def test_csv_folder(tmp_path):
    shop = tmp_path / "shop"
    write_csv(shop / "customer.csv", [["id", "zip", "name"], [1, "01067", "Zoë \"Z\", Inc.\nBerlin"], [2, "", "Bo"]],
              encoding="utf-8-sig")
    write_csv(shop / "order.csv", [["customer", "paid", "day"], [1, "9.50", "2024-01-31"], [2, "", "2024-02-01"]],
              delimiter=";", encoding="latin-1")
    made = report("csv", shop, "--output", tmp_path / "out")
    assert made["pack"] == "shop"
    assert made["databases"][0]["name"] == "shop"
    columns = {t["table"]: {c["name"]: c["type"] for c in t["columns"]} for t in made["tables"]}
    assert columns == {"customer": {"id": "INTEGER", "zip": "TEXT", "name": "TEXT"},
                       "order": {"customer": "INTEGER", "paid": "REAL", "day": "TEXT"}}
    assert [t["delimiter"] for t in made["tables"]] == ["comma", "semicolon"]
    rows = sqlite3.connect(tmp_path / "out" / "databases" / "shop.sqlite").execute(
        'SELECT name, zip, paid, typeof(paid) FROM customer JOIN "order" ON id = customer ORDER BY id').fetchall()
    assert rows == [("Zoë \"Z\", Inc.\nBerlin", "01067", 9.5, "real"), ("Bo", None, None, "null")]
    again = report("csv", shop, "--output", tmp_path / "again", "--name", "shop")
    assert again["digest"] == made["digest"]
    assert fingerprint(tmp_path / "out") == fingerprint(tmp_path / "again")


def test_csv_reports_what_it_did(tmp_path):
    (tmp_path / "old.csv").write_bytes("name;n\nJosé;1\nAna;2;3\nEva\n".encode("latin-1"))
    done = sqlenv("pack", "import", "csv", tmp_path / "old.csv", "--output", tmp_path / "out")
    assert done.returncode == 0
    assert b"note: old.csv: read as Latin-1" in done.stderr
    assert b"skipped old.csv, 1 row, at line 3: more cells" in done.stderr
    assert b"table old from old.csv: 2 rows, Latin-1, semicolon, first row names the columns" in done.stdout
    forced = report("csv", tmp_path / "old.csv", "--output", tmp_path / "out", "--header", "no",
                    "--delimiter", "tab", "--database", "one")
    assert forced["databases"][0]["name"] == "one"
    assert forced["tables"][0]["rows"] == 4


@pytest.mark.parametrize("arguments", [("csv",), ("csv", "no-such.csv"), ("sqlite", "/", "--questions", "x"),
                                       ("csv", "/", "--delimiter", "ab"), ("csv", "/", "--header", "maybe"),
                                       ("csv", "/", "--database", "../x"), ("oracle", "/")])
def test_wrong_usage_is_status_2(arguments):
    done = sqlenv("pack", "import", *arguments)
    assert done.returncode == 2
    assert done.stdout == b""


def test_sql_dump(tmp_path):
    connection = sqlite3.connect(database(tmp_path / "pets.db"))
    dump = tmp_path / "pets.sql"
    dump.write_text("\n".join(connection.iterdump()))
    made = report("sql", dump, "--output", tmp_path / "out")
    assert made["databases"][0]["name"] == "pets"
    assert made["databases"][0]["rows"] == 3
    dump.write_text(dump.read_text().replace("COMMIT;", "INSERT INTO dog VALUES (1);"))
    before = fingerprint(tmp_path / "out")
    message = refusal("sql", dump, "--output", tmp_path / "out")
    assert "pets.sql, line 6 (INSERT INTO dog): no such table: dog" in message
    assert fingerprint(tmp_path / "out") == before
    assert names(tmp_path) == ["out", "pets.db", "pets.sql"]


def test_names_that_cannot_be(tmp_path):
    file = database(tmp_path / "pets.db")
    for name in ("../x", "starter", ".x", "a/b", "x" * 100):
        assert "cannot be the name of a pack" in refusal("sqlite", file, "--name", name, SQLENV_PACKS=str(tmp_path / "p"))
    odd = database(tmp_path / ("-we\nird " + "é" * 60 + ".db"))
    made = report("sqlite", odd, "--output", tmp_path / "out")
    assert made["databases"][0]["name"].startswith("we_ird é")
    assert names(tmp_path) == sorted(["out", "pets.db", odd.name])


def test_importing_again_replaces_and_others_are_left_alone(tmp_path):
    packs = tmp_path / "packs"
    file = database(tmp_path / "pets.db")
    report("sqlite", file, SQLENV_PACKS=str(packs))
    (packs / "pets" / "old").write_text("gone after the next import")
    (packs / ".pets.partial").mkdir()
    (packs / ".pets.partial" / "rest of a killed import").write_text("x")
    report("sqlite", file, SQLENV_PACKS=str(packs))
    assert names(packs) == ["pets"]
    assert "old" not in names(packs / "pets")
    (tmp_path / "precious").write_text("years of work")
    assert "not a pack" in refusal("sqlite", file, "--output", tmp_path / "precious")
    assert (tmp_path / "precious").read_text() == "years of work"


def test_an_interrupted_import_changes_nothing(tmp_path):
    """The gold query never ends by itself; the signal comes while it runs."""
    folder = tmp_path / "data"
    database(folder / "pets.sqlite")
    out = tmp_path / "out"
    report("sqlite", folder, "--output", out)
    before = fingerprint(out)
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    (folder / "questions.json").write_text(json.dumps([{"question": "?", "db_id": "pets", "sql": endless}]))
    process = subprocess.Popen([NATIVE, "pack", "import", "sqlite", folder, "--output", out, "--json"],
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    draft = tmp_path / ".out.partial" / "databases" / "pets.sqlite"
    wait_for(lambda: draft.exists() and draft.stat().st_size > 0, process)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate(timeout=60)
    assert process.returncode == 1
    assert b"interrupted; nothing was written" in stderr
    assert json.loads(stdout)["error"]["code"] == "TIMEOUT"
    assert fingerprint(out) == before
    assert names(tmp_path) == ["data", "out"]


NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n{}) "
TABLE = "CREATE TABLE t (a, b);\nINSERT INTO t " + NUMBERS.format(" LIMIT 2000") + "SELECT i, i FROM n;\n"
ENDLESS = {
    "recursion": "INSERT INTO t " + NUMBERS.format("") + "SELECT i, 1 FROM n WHERE i < 0;",
    "cross join": "INSERT INTO t SELECT count(*), 1 FROM t x, t y, t z, t u;",
    "table of a select": "CREATE TABLE made AS " + NUMBERS.format("") + "SELECT count(*) AS c FROM n, t;",
    "sort": "INSERT INTO t SELECT x.a, y.b FROM t x, t y, t z ORDER BY y.b, -x.a, z.b;",
    "index": "CREATE INDEX slow ON t (replace(printf('%0900000d', a), '0', '12') LIKE '%1%2%3%4%5%6%7%8%9%');",
    "long texts": "INSERT INTO t SELECT length(hex(zeroblob(20000000 + x.a))), 1 FROM t x, t y;",
}


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("statement", ENDLESS.values(), ids=ENDLESS.keys())
def test_a_script_that_never_ends_is_stopped_within_a_second(tmp_path, statement, stop):
    script = tmp_path / "endless.sql"
    script.write_text(TABLE + statement)
    process = subprocess.Popen([NATIVE, "pack", "import", "sql", script, "--output", tmp_path / "out"],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    time.sleep(1.5)
    assert process.poll() is None, process.stderr.read()
    sent = time.monotonic()
    process.send_signal(stop)
    _, stderr = process.communicate(timeout=60)
    assert time.monotonic() - sent < 1.5  # a second, and some for a busy machine
    assert process.returncode == 1
    assert b"interrupted; nothing was written" in stderr
    assert names(tmp_path) == ["endless.sql"]


@pytest.mark.parametrize("body", ["SELECT x.a FROM v{0} x, v{0} y", "SELECT a FROM v{0} EXCEPT SELECT a + 1 FROM v{0}"])
def test_views_that_name_each_other_end_by_themselves(tmp_path, body):
    file = tmp_path / "views.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE t (a)")
        connection.execute("INSERT INTO t VALUES (1), (2)")
        connection.execute("CREATE VIEW v0 AS SELECT a FROM t")
        for i in range(40):
            connection.execute(f"CREATE VIEW v{i + 1} AS " + body.format(i))
        connection.commit()
    begun = time.monotonic()
    report("sqlite", file, "--output", tmp_path / "out", "--questions", 3)
    assert time.monotonic() - begun < 30
    played = sqlenv("pack", "audit", tmp_path / "out")
    assert played.returncode in (0, 1)


def test_two_imports_of_one_pack_at_once(tmp_path):
    folder = tmp_path / "data"
    database(folder / "pets.sqlite")
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    (folder / "questions.json").write_text(json.dumps([{"question": "?", "db_id": "pets", "sql": endless}]))
    first = subprocess.Popen([NATIVE, "pack", "import", "sqlite", folder, "--output", tmp_path / "out"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    wait_for((tmp_path / ".out.partial" / "databases" / "pets.sqlite").exists, first)
    assert "another program is writing this pack" in refusal("sqlite", folder / "pets.sqlite", "--output", tmp_path / "out")
    first.send_signal(signal.SIGTERM)
    assert first.wait(timeout=60) == 1


def test_progress_is_for_terminals_only(tmp_path):
    done = sqlenv("pack", "import", "sqlite", database(tmp_path / "pets.db"), "--output", tmp_path / "out")
    assert b"\r" not in done.stderr


def test_list_and_export_round_trip(tmp_path):
    packs = tmp_path / "packs"
    there = {"SQLENV_PACKS": str(packs)}
    made = report("sqlite", database(tmp_path / "pets.db"), "--name", "Mine ünd yours", **there)
    (packs / "rubbish").mkdir()
    listed = json.loads(sqlenv("pack", "list", "--json", **there).stdout)
    assert [pack["name"] for pack in listed] == ["starter", "Mine ünd yours", "rubbish"]
    assert listed[1]["digest"] == made["digest"]
    assert "unusable" in listed[2]
    assert "rubbish  unusable: " in sqlenv("pack", "list", **there).stdout.decode()
    archive, folder = tmp_path / "mine.tar", tmp_path / "folder"
    for output, source in ((archive, "Mine ünd yours"), (folder, archive)):
        done = sqlenv("pack", "export", source, "--output", output, **there)
        assert done.returncode == 0, done.stderr
        assert made["digest"] in done.stdout.decode()
    assert fingerprint(folder) == fingerprint(packs / "Mine ünd yours")
    twice = sqlenv("pack", "export", folder, "--format", "tar", "--output", "-")
    assert twice.stdout == archive.read_bytes()
    elsewhere = {"SQLENV_PACKS": str(tmp_path / "elsewhere")}
    assert report("pack", archive, **elsewhere)["digest"] == made["digest"]
    assert names(tmp_path / "elsewhere") == ["Mine ünd yours"]


def test_export_of_the_starter_pack(tmp_path):
    done = sqlenv("pack", "export", "starter", "--output", tmp_path / "q.jsonl")
    assert done.returncode == 0
    questions = [json.loads(line) for line in (tmp_path / "q.jsonl").read_text().splitlines()]
    assert len({q["question_id"] for q in questions}) == len(questions) > 0
    assert all(q["gold_sql"] and q["question_text"] for q in questions)
    tar = tmp_path / "s.tar"
    assert sqlenv("pack", "export", "starter", "--output", tar).returncode == 0
    subprocess.run(["tar", "tf", tar], check=True, stdout=subprocess.DEVNULL)
    assert "cannot be imported under the name" in refusal("pack", tar, "--output", tmp_path / "out")
    assert sqlenv("pack", "export", "atlantis").returncode == 1
    assert sqlenv("pack", "export", "starter", "--format", "zip").returncode == 2


def test_an_archive_cannot_write_outside(tmp_path):
    evil = tmp_path / "evil"
    evil.mkdir()
    (evil / "pack.json").write_text(json.dumps({
        "format": "sqlenv-pack/1", "name": "evil", "databases": [{"name": "d", "file": "../d.sqlite"}],
        "questions": []}))
    database(tmp_path / "d.sqlite")
    assert "outside of itself" in refusal("pack", evil, "--output", tmp_path / "out")
    subprocess.run(["tar", "--format=ustar", "-P", "-cf", tmp_path / "evil.tar", "-C", evil, "pack.json", "../d.sqlite"],
                   check=True)
    assert "outside of itself" in refusal("pack", tmp_path / "evil.tar", "--output", tmp_path / "out")
    assert sqlenv("pack", "export", tmp_path / "evil.tar", "--output", tmp_path / "out" / "x").returncode == 1
    assert "out" not in names(tmp_path)
