"""`sqlenv pack generate`, from a database file and from a pack."""

from __future__ import annotations

import json
import sqlite3

import pytest

from .test_cli import SPIDER, sqlenv


@pytest.fixture
def shop(tmp_path):
    path = tmp_path / "shop.sqlite"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE shop (shop_id INTEGER PRIMARY KEY, name TEXT, city TEXT, staff INTEGER);"
            "CREATE TABLE sale (sale_id INTEGER PRIMARY KEY, shop_id INTEGER REFERENCES shop,"
            " amount REAL, sold_on TEXT);"
        )
        cities = ["Oslo", "Bergen", "Oslo", "Tromsø", "Bergen", "Oslo"]
        for i, city in enumerate(cities):
            database.execute("INSERT INTO shop VALUES (?, ?, ?, ?)", (i, f"Shop {i}", city, 3 + i * i))
        for i in range(60):
            row = (i, i * i % 5, 10 + i * 37 % 101 / 4, f"2024-{1 + i % 12:02}-{1 + i % 28:02}")
            database.execute("INSERT INTO sale VALUES (?, ?, ?, ?)", row)
    database.close()
    return path


def test_a_file_becomes_a_pack_that_can_be_played(shop, tmp_path):
    folder = tmp_path / "made"
    done = sqlenv("pack", "generate", shop, "--count", 40, "--output", folder)
    assert done.returncode == 0, done.stderr
    assert b"1 databases, 40 questions" in done.stdout
    train = json.loads((folder / "questions/questions_train.json").read_text())
    evaluate = json.loads((folder / "questions/questions_eval.json").read_text())
    assert (len(train), len(evaluate)) == (28, 12)
    connection = sqlite3.connect(shop)
    for question in train + evaluate:
        assert connection.execute(question["gold_sql"]).fetchall()
    played = sqlenv("run", "--pack", folder, "--question", "shop_train_001",
                    stdin='{"action_type": "DESCRIBE", "argument": "shop"}\n')
    assert played.returncode == 0, played.stderr
    assert not (tmp_path / "made.partial").exists()


def test_equal_seeds_print_equal_questions(shop):
    command = ("pack", "generate", shop, "--count", 30, "--json", "--seed")
    one, same, other = (sqlenv(*command, seed).stdout for seed in (5, 5, 6))
    assert one == same != other
    assert len(json.loads(one)) == 30


def test_chosen_families_are_used_and_missing_ones_reported(shop):
    done = sqlenv("pack", "generate", shop, "--families", "count,superlative", "--json")
    assert done.returncode == 0
    assert b"of 100 asked for" in done.stderr
    assert all("COUNT(*)" in question["gold_sql"] or "LIMIT 1" in question["gold_sql"]
               for question in json.loads(done.stdout))


def test_each_database_of_a_pack(tmp_path):
    done = sqlenv("pack", "generate", "starter", "--count", 20, "--output", tmp_path / "more")
    assert done.returncode == 0, done.stderr
    manifest = json.loads((tmp_path / "more/pack.json").read_text())
    assert manifest["name"] == "starter-generated"
    assert len(manifest["databases"]) == 10


@pytest.mark.parametrize("arguments", [(), ("a", "--count", "0"), ("a", "--split-eval", "2"),
                                       ("a", "--families", "dance"),
                                       ("a", "--json", "--output", "b")])
def test_wrong_usage_is_status_2(arguments):
    assert sqlenv("pack", "generate", *arguments).returncode == 2


def test_unusable_input_is_status_1_and_leaves_nothing(shop, tmp_path):
    assert sqlenv("pack", "generate", tmp_path / "missing").returncode == 1
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(shop.read_bytes()[:5000])
    done = sqlenv("pack", "generate", broken, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert done.stderr.startswith(b"sqlenv pack generate: ")
    assert not (tmp_path / "out").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/notes.txt").write_text("keep")
    assert sqlenv("pack", "generate", shop, "--output", tmp_path / "mine").returncode == 1
    assert (tmp_path / "mine/notes.txt").read_text() == "keep"


@pytest.mark.skipif(not SPIDER.exists(), reason="Spider's release is not beside the checkout")
def test_all_ten_spider_databases():
    for folder in sorted((SPIDER / "database").iterdir()):
        file = folder / f"{folder.name}.sqlite"
        done = sqlenv("pack", "generate", file, "--count", 200, "--json")
        assert done.returncode == 0, done.stderr
        questions = json.loads(done.stdout)
        assert len(questions) >= 100
        assert len(questions) == 200 or b"of 200 asked for" in done.stderr
        connection = sqlite3.connect(file)
        assert all(connection.execute(q["gold_sql"]).fetchall() for q in questions)
