"""sqlenv.lm.held_out: the questions that no training uses."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from sqlenv import Error, evaluate
from sqlenv.lm.held_out import (
    LEFT_OUT_DATABASES,
    SETS,
    held_out_questions,
    held_out_set,
    held_out_sets,
)

from .conftest import SPIDER, SQLENV


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    made = tmp_path_factory.mktemp("held_out")
    for name in ("seen", "left_out"):
        held_out_set(name, made)
    return made


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_generated_sets_are_equal_on_every_making(folder, tmp_path):
    for name in ("seen", "left_out"):
        held_out_set(name, tmp_path)
    assert bytes_of(tmp_path) == bytes_of(folder)
    assert len(bytes_of(folder)) == 8 + 2 + 2 * 3


def test_a_set_that_is_there_is_kept_and_one_of_another_recipe_is_made_anew(folder, tmp_path):
    held_out_set("left_out", tmp_path)
    questions = tmp_path / "left_out" / "questions" / "eval.json"
    written = questions.read_bytes()
    questions.write_text("[]")
    held_out_set("left_out", tmp_path)
    assert questions.read_text() == "[]"
    (tmp_path / "left_out" / "recipe.json").write_text("another")
    held_out_set("left_out", tmp_path)
    assert questions.read_bytes() == written
    assert [path.name for path in tmp_path.iterdir()] == ["left_out"]


def test_the_sets_share_neither_databases_nor_questions(catalog, folder):
    starter, seen, left_out = (held_out_questions(name, folder) for name in SETS[:3])
    assert (len(starter), len(seen), len(left_out)) == (150, 300, 300)
    assert {one.database for one in left_out} == set(LEFT_OUT_DATABASES)
    bundled = {question.database for question in catalog.questions()}
    assert {one.database for one in seen} == bundled - set(LEFT_OUT_DATABASES)
    for questions in (seen, left_out):
        sizes = Counter(one.database for one in questions).values()
        assert max(sizes) - min(sizes) <= 1
    keys = [(one.database, one.question) for one in (*starter, *seen, *left_out)]
    assert len(keys) == len(set(keys))
    trained = {(one.database, one.text) for one in catalog.questions(split="train")}
    assert not trained & set(keys)


def test_the_gold_queries_are_those_that_win(folder):
    for name in ("seen", "left_out"):
        held_out = held_out_set(name, folder)
        assert evaluate("oracle", held_out.catalog(), split="eval").success_rate == 1
        known = {one.question_id: one for one in held_out_questions(name, folder)}
        questions = held_out.questions()
        assert [known[one.id].question for one in questions] == [one.text for one in questions]
        assert all(one.gold_sql.startswith("SELECT ") for one in known.values())


def test_a_limit_takes_questions_of_every_database(folder):
    few = held_out_set("seen", folder).questions(16)
    assert len(few) == 16 and len({one.database for one in few}) == 8


def test_spider_is_left_out_with_a_word_where_it_is_absent(tmp_path):
    said: list[str] = []
    found = held_out_sets(folder=tmp_path, spider=tmp_path / "none", say=said.append)
    assert [one.name for one in found] == ["starter", "seen", "left_out"]
    assert "SPIDER" in said[0]
    with pytest.raises(Error, match="NOT_FOUND"):
        held_out_set("spider", tmp_path, spider=tmp_path / "none")
    with pytest.raises(Error, match="Known: starter, seen"):
        held_out_set("wikisql", tmp_path)


@pytest.mark.skipif(not SPIDER.exists(), reason="no Spider release beside the checkout")
def test_spiders_dev_questions_are_all_there(tmp_path, monkeypatch):
    monkeypatch.setenv("SQLENV_BIN", str(SQLENV))
    questions = held_out_questions("spider", tmp_path, spider=SPIDER)
    assert len(questions) == 623
    assert questions[0].question == "How many singers do we have?"
