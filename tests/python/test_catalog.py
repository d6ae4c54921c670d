"""Catalog and generate: packs by name and path, and the same generated questions as the program."""

from __future__ import annotations

import json

import pytest

from sqlenv import Catalog, Env, Error, generate

from .conftest import ROOT, SPIDER, sqlenv_program


def test_the_bundled_pack(catalog):
    assert catalog.packs == ["starter"]
    questions = catalog.questions()
    assert len(questions) == len(catalog.questions(split="train")) + len(catalog.questions(split="eval"))
    assert {one.difficulty for one in questions} == {"easy", "medium", "hard"}
    assert Catalog(ROOT / "data").digests == catalog.digests


def test_wrong_packs_and_filters(catalog, tmp_path):
    with pytest.raises(Error) as caught:
        Catalog("atlantis")
    assert caught.value.code == "NOT_FOUND"
    with pytest.raises(Error) as caught:
        Catalog(tmp_path)
    assert caught.value.code in ("NOT_FOUND", "BAD_PACK")
    with pytest.raises(Error, match="atlantis"):
        catalog.questions(database="atlantis")


def test_generated_questions_are_those_of_the_program(catalog):
    made = generate(catalog, count=12, seed=5, databases=["pets_1", "car_1"])
    printed = json.loads(
        sqlenv_program("pack", "generate", "starter", "--count", 12, "--seed", 5, "--json")
    )
    expected = sorted(
        (one["question_id"], one["question_text"])
        for one in printed if one["database_name"] in ("pets_1", "car_1")
    )
    assert sorted((one.id, one.text) for one in made.questions()) == expected
    env = Env(made)
    env.reset(seed=1)
    env._core.play("oracle")
    assert env.outcome.correct


def test_a_generated_pack_is_the_one_that_the_program_writes(catalog, tmp_path):
    made = generate(catalog, count=5, seed=2)
    sqlenv_program("pack", "generate", "starter", "--count", 5, "--seed", 2, "--output", tmp_path / "p")
    assert Catalog(tmp_path / "p").digests == made.digests


def test_spider_by_path(tmp_path):
    if not SPIDER.is_dir():
        pytest.skip("Spider's release is not beside the project; its databases are not ours to ship")
    sqlenv_program("pack", "import", "spider", SPIDER, "--output", tmp_path / "spider")
    spider = Catalog(["starter", tmp_path / "spider"])
    name = spider.packs[1]
    assert len(spider.questions(pack=name)) == 676
    env = Env(spider, pack=name)
    env.reset(seed=1)
    assert env.question.pack == name
