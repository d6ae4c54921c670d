"""Synthetic databases of many domains, and worded questions about any database."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from sqlenv.lm.domains import DOMAINS, make_database, words_of
from sqlenv.lm.domains.language import read_domains
from sqlenv.lm.questions import MOST_ROWS, SHAPES, Words, questions_about
from sqlenv.lm.questions.words import plural, singular, split_name

COUNT = 30
"""questions about each domain"""
NAMES = re.compile(r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z0-9_]*")


@pytest.fixture(scope="module")
def databases(tmp_path_factory):
    folder = tmp_path_factory.mktemp("domains")
    for name in DOMAINS:
        make_database(name, folder / f"{name}.db", 7)
    return {name: folder / f"{name}.db" for name in DOMAINS}


@pytest.fixture(scope="module")
def written(databases):
    return {
        name: questions_about(path, 3, COUNT, words_of(name)) for name, path in databases.items()
    }


def rows(path: Path, sql: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def schema_names(path: Path) -> set[str]:
    tables = {row[0] for row in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    return tables | {
        row[1] for table in tables for row in rows(path, f'PRAGMA table_info("{table}")')
    }


def test_each_domain_has_keys_that_hold(databases):
    for name, path in databases.items():
        tables = rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
        assert 2 <= len(tables) <= 6, name
        assert rows(path, "PRAGMA foreign_key_check") == []
        links = 0
        for (table,) in tables:
            count = rows(path, f'SELECT count(*) FROM "{table}"')[0][0]
            assert count >= 3, (name, table)
            assert any(row[5] for row in rows(path, f'PRAGMA table_info("{table}")')), (name, table)
            links += len(rows(path, f'PRAGMA foreign_key_list("{table}")'))
        assert links >= 1, name


def test_left_out_databases_have_no_domain(databases):
    for path in databases.values():
        said = {word for name in schema_names(path) for word in split_name(name)}
        assert not said & {"pet", "pets", "continent", "population"}, path.stem


def test_equal_seeds_make_equal_databases_and_questions(tmp_path, databases, written):
    name = DOMAINS[5]
    make_database(name, tmp_path / "again.db", 7)
    make_database(name, tmp_path / "other.db", 8)
    dumps = []
    for path in (databases[name], tmp_path / "again.db", tmp_path / "other.db"):
        with closing(sqlite3.connect(path)) as connection:
            dumps.append("\n".join(connection.iterdump()))
    assert dumps[0] == dumps[1] != dumps[2]
    assert questions_about(tmp_path / "again.db", 3, COUNT, words_of(name)) == written[name]
    assert questions_about(tmp_path / "again.db", 4, COUNT, words_of(name)) != written[name]


def test_every_query_runs_and_has_an_answer(databases, written):
    for name, questions in written.items():
        assert len(questions) == COUNT, name
        for one in questions:
            answer = rows(databases[name], one.sql)
            assert 1 <= len(answer) <= MOST_ROWS, one
            assert all(value is not None for row in answer for value in row), one
            assert len(set(answer)) == len(answer), one


def test_names_in_queries_exist(databases, written):
    for name, path in databases.items():
        known = {each.lower() for each in schema_names(path)}
        tables = {row[0] for row in rows(path, "SELECT name FROM sqlite_master WHERE type='table'")}
        for one in written[name]:
            assert set(one.tables) <= tables
            for table in one.tables:
                assert re.search(rf"\b{table}\b", one.sql), one
            used = [each.lower() for each in NAMES.findall(one.sql) if not each.startswith("'")]
            unknown = set(used) - known - SQL_WORDS - {f"t{place}" for place in range(1, 6)}
            assert not unknown, one


SQL_WORDS = set(
    "select count from where and or between like is null not in order by asc desc limit distinct"
    " avg max min sum group having join on as intersect except union exists".split()
)


def test_every_shape_occurs_and_is_worded_in_many_ways(written):
    shapes = Counter(one.shape for questions in written.values() for one in questions)
    assert set(shapes) == set(SHAPES)
    assert shapes.most_common()[-1][1] >= 3, shapes
    starts: dict[str, set[str]] = {}
    for questions in written.values():
        for one in questions:
            starts.setdefault(one.shape, set()).add(" ".join(one.question.split()[:3]))
    few = {shape for shape in SHAPES if len(starts[shape]) < min(6, shapes[shape] // 2)}
    assert not few


def test_questions_are_clean_text(written):
    for questions in written.values():
        texts = [one.question for one in questions]
        assert len(set(texts)) == len(texts)
        assert sum(text.endswith((".", "?")) and text[0].isupper() for text in texts) > 0.7 * COUNT
        for text in texts:
            assert not re.search(r"[<>{}\[\]%|]|  | [.,?]|\b(a|an|the) (a|an|the)\b", text), text


def two_rows(path: Path, scores: tuple[int, int]) -> Path:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE player (id INTEGER PRIMARY KEY, name TEXT, score INTEGER)")
        entries = [(1, "Ann", 3), (2, "Bob", 4), (3, "Cid", scores[0]), (4, "Dan", scores[1])]
        connection.executemany("INSERT INTO player VALUES (?, ?, ?)", entries)
    return path


def best_players(path: Path) -> list[str]:
    """What the questions for the one player with the highest score expect."""
    asked = questions_about(path, 1, 150)
    return [
        one.sql
        for one in asked
        if one.shape.startswith("superlative")
        and ("DESC LIMIT 1" in one.sql or "max(score)" in one.sql)
        and "WHERE" not in one.sql.replace("WHERE score = (SELECT max", "")
    ]


def test_ties_are_never_asked_for(tmp_path):
    assert best_players(two_rows(tmp_path / "clear.db", (8, 9)))
    assert not best_players(two_rows(tmp_path / "tied.db", (9, 9)))


def test_any_database_can_be_asked_about(tmp_path):
    path = tmp_path / "plain.db"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            """
            CREATE TABLE "order" (OrderNo INTEGER PRIMARY KEY, "unit price" REAL,
              cust INTEGER REFERENCES Customer);
            CREATE TABLE Customer (CustID INTEGER PRIMARY KEY, CustName TEXT, homeCity TEXT);
            CREATE TABLE unused (x);
            INSERT INTO Customer VALUES (1, 'Ann', 'Rome'), (2, 'Bob', 'Oslo'),
              (3, 'Cid', 'Rome'), (4, 'Di', 'Rome');
            INSERT INTO "order" VALUES (1, 2.5, 1), (2, 3.5, 1), (3, 7, 2), (4, 9.25, 3), (5, 1, 1);
            """
        )
    asked = questions_about(path, 1, 50)
    assert len(asked) > 40
    assert any('"unit price"' in one.sql and "unit price" in one.question for one in asked)
    assert any("home city" in one.question.lower() for one in asked)
    assert {"at_least", "join_select", "without"} <= {one.shape for one in asked}
    for one in asked:
        assert rows(path, one.sql)


def test_words_of_a_database_are_said_and_follow_a_renaming(databases):
    name = "hospital"
    words = Words({"patient": ("zebra",)}, {("patient", "dob"): ("day of yawning",)})
    text = " ".join(one.question for one in questions_about(databases[name], 1, 150, words))
    assert "zebra" in text and re.search("days? of yawning", text)
    assert not re.search(r"patients?\b(?! id)", text.lower())
    moved = words.renamed({"patient": "T_PAT"}, {("patient", "dob"): "x1"})
    assert moved.tables == {"T_PAT": ("zebra",)}
    assert moved.columns == {("T_PAT", "x1"): ("day of yawning",)}


@pytest.mark.parametrize(
    ("one", "many"),
    [
        ("city", "cities"), ("day", "days"), ("box", "boxes"), ("person", "people"),
        ("branch", "branches"), ("place to eat", "places to eat"), ("series", "series"),
        ("member of staff", "members of staff"),
        ("date of birth", "dates of birth"), ("bus", "buses"), ("address", "addresses"),
    ],
)  # fmt: skip
def test_nouns(one, many):
    assert plural(one) == many
    assert singular(many) == one


def test_names_are_split():
    assert split_name("CustomerID") == ["customer", "id"]
    assert split_name("home_city") == ["home", "city"]
    assert split_name("birthdate") == ["birth", "date"]
    assert split_name("SKU") == ["sku"]


def test_a_domain_that_is_written_wrongly_is_named():
    with pytest.raises(ValueError, match="a column is written"):
        read_domains("# x\nbook x3: id*, 5% off\n")
    with pytest.raises(ValueError, match="there is no domain"):
        make_database("nowhere", Path("x.db"), 1)
