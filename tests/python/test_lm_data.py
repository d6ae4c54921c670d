"""Training data of language models: variants of databases, renamed queries, transcripts of play."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter

import pytest

from sqlenv import Catalog, Env, Error, evaluate
from sqlenv.agent_text import AgentEnv
from sqlenv.lm.augment import make_variant
from sqlenv.lm.database_copy import Names, fill, read_script
from sqlenv.lm.leaks import Keys
from sqlenv.lm.packs import difficulty_of, write_pack
from sqlenv.lm.production import Recipe, load_sources, produced
from sqlenv.lm.rename_queries import rename_queries
from sqlenv.lm.schema_words import column_groups, table_groups
from sqlenv.lm.scripts import normalised
from sqlenv.lm.transcripts import make_transcripts

SHOP = """
CREATE TABLE shop (shop_id INTEGER PRIMARY KEY, name TEXT NOT NULL, town TEXT);
CREATE TABLE sale (sale_id INTEGER PRIMARY KEY, shop_id INTEGER NOT NULL REFERENCES shop(shop_id), name TEXT);
INSERT INTO shop VALUES (1, 'A', 'Riga'), (2, 'B', 'Tartu');
INSERT INTO sale VALUES (1, 1, 'pen'), (2, 1, 'ink');
"""


@pytest.fixture(scope="module")
def sources():
    return load_sources(domains=False)


@pytest.fixture(scope="module")
def made(sources):
    """A small run of the whole: transcripts of eight variants, one a source."""
    recipe = Recipe(seed=3, questions=40)
    with produced(sources, recipe, range(len(sources)), workers=1) as variants:
        return list(variants)


def rows(database, sql):
    connection = sqlite3.connect(":memory:")
    fill(connection, database)
    return connection.execute(sql).fetchall()


def test_queries_follow_new_names():
    shop = read_script(SHOP)
    names = Names(
        {"shop": "Sale", "sale": "shop"},
        {
            "shop": {"shop_id": "id", "name": "town", "town": "name"},
            "sale": {"sale_id": "Sale_ID", "shop_id": "Shop_ID", "name": "item"},
        },
    )
    asked = [
        "SELECT name FROM shop WHERE town = 'shop'",
        "SELECT t1.name FROM sale AS t1 JOIN shop AS t2 ON t1.shop_id = t2.shop_id WHERE t2.name = 'A'",
        "SELECT count(*) FROM nowhere",
    ]
    assert rename_queries(shop, names, asked) == [
        "SELECT town FROM Sale WHERE name = 'shop'",
        "SELECT t1.item FROM shop AS t1 JOIN Sale AS t2 ON t1.Shop_ID = t2.id WHERE t2.town = 'A'",
        None,
    ]


def test_queries_are_written_in_one_way():
    asked = """SELECT  T1.name, count(*) FROM shop AS T1
        WHERE T1.town <> 'count(*)  T1 <>' AND T1.name != "T1" ORDER BY max(T1.name) ASC LIMIT 3 ; """
    assert normalised(asked) == (
        "SELECT t1.name, COUNT(*) FROM shop AS t1 "
        "WHERE t1.town != 'count(*)  T1 <>' AND t1.name != \"T1\" ORDER BY MAX(t1.name) LIMIT 3"
    )


def test_variants_hold_together_and_follow_their_seed(sources):
    kinds = Counter()
    for number in range(24):
        source = sources[number % len(sources)]
        variant = make_variant(source.database, number)
        assert variant == make_variant(source.database, number)
        kinds[variant.kind] += 1
        names = [table.name.lower() for table in variant.written]
        assert len(set(names)) == len(names) >= 2
        for table in variant.written:
            columns = [column.name.lower() for column in table.columns]
            assert len(set(columns)) == len(columns)
            assert table.rows
        connection = sqlite3.connect(":memory:")
        fill(connection, variant.written)
        there = {tuple(row[:3:2]) for row in connection.execute("PRAGMA foreign_key_check")}
        before = sqlite3.connect(":memory:")
        fill(before, source.database)
        assert len(there) <= len(before.execute("PRAGMA foreign_key_check").fetchall())
    assert len(kinds) == 3
    assert make_variant(sources[0].database, 1) != make_variant(sources[0].database, 2)


def test_renamed_starter_questions_give_the_same_rows(sources):
    source = next(one for one in sources if one.name == "poker_player")
    variant = next(
        v for v in (make_variant(source.database, i) for i in range(40)) if v.whole and v.kind != "plain"
    )
    queries = [question.sql for question in source.questions]
    renamed = variant.source_queries(source.database, queries)
    assert sum(query is None for query in renamed) <= 3
    for old, new in zip(queries, renamed):
        if new is not None:
            assert rows(source.database, old) == rows(variant.written, new)


def test_each_name_is_in_one_group_of_synonyms():
    from sqlenv.lm import schema_words

    for text, groups in ((schema_words._TABLES, table_groups()), (schema_words._COLUMNS, column_groups())):
        names = text.split()
        assert [name for name, count in Counter(names).items() if count > 1] == []
        assert all(len(group) > 1 for group in groups.values())
        assert all(name.replace("_", "").isalpha() and name.islower() for name in names)


def test_every_transcript_is_what_play_shows_and_wins(made, tmp_path):
    write_pack(tmp_path / "pack", "train", [one.pack for one in made])
    env = AgentEnv(Env(Catalog(tmp_path / "pack")), "compact")
    kinds = Counter()
    for transcript in (t for one in made for t in one.transcripts):
        kinds[transcript.kind] += 1
        agent = env.reset(seed=0, question_id=transcript.question_id)
        while not env.env.done:
            rest = transcript.text[len(agent.prompt) :]
            assert transcript.text.startswith(agent.prompt)
            line = rest.split("\n")[0]
            env.step(line)
        assert env.env.outcome.correct
        assert transcript.text.endswith("\nA =\n")
        for start, end in transcript.agent:
            line = transcript.text[start:end]
            assert transcript.text[start - 1] == "\n" == line[-1]
            assert line.count("\n") == 1 and line[:2] in ("D ", "S ", "Q ", "A ")
    assert kinds["gold"] > 100 and len(kinds) >= 8


def test_wrong_actions_are_not_learnt(made):
    transcripts = [t for one in made for t in one.transcripts]
    learnt = {
        t.text[start:end] + t.text[end:].split("\n")[0] for t in transcripts for start, end in t.agent
    }
    assert not any("\n! " in line for line in learnt)
    wrong = [t for t in transcripts if "\n! " in t.text]
    assert len(wrong) > 10


def test_transcripts_follow_their_seed_with_any_number_of_processes(sources):
    recipe = Recipe(seed=5, questions=12)
    one, _ = make_transcripts(sources[:2], recipe, 30, Keys(), workers=1)
    two, _ = make_transcripts(sources[:2], recipe, 30, Keys(), workers=2)
    other, _ = make_transcripts(sources[:2], Recipe(seed=6, questions=12), 30, Keys(), workers=1)
    assert one == two != other
    assert len({(t.question, t.sql) for t in one}) == len(one) == 30


def test_left_out_databases_never_occur(sources, made, tmp_path):
    assert len(sources) == 8 and not {"pets_1", "world_1"} & {one.name for one in sources}
    path = tmp_path / "pets_1.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE t (a)")
    with pytest.raises(Error, match="pets_1"):
        load_sources([path])


def test_held_out_questions_are_dropped(sources):
    recipe = Recipe(seed=5, questions=12)
    found, _ = make_transcripts(sources[:1], recipe, 20, Keys(), workers=1)
    held_out = Keys()
    held_out.add(found[0].question.upper() + " ", "SELECT 1")
    held_out.add("another", " ".join(found[1].sql.split()) + " ;")
    kept, dropped = make_transcripts(sources[:1], recipe, 20, held_out, workers=1)
    assert dropped["held out"] >= 2
    assert not {(t.question, t.sql) for t in found[:2]} & {(t.question, t.sql) for t in kept}


def test_a_synthetic_database_is_called_by_its_own_synonyms():
    source = next(one for one in load_sources() if one.domain == "art_gallery")
    with produced([source], Recipe(seed=1, questions=30), range(16), workers=1) as variants:
        made = list(variants)
    tables = " ".join(table.name.lower() for one in made for table in one.pack.database)
    assert all(name in tables for name in ("artist", "painter", "exhibit", "exhibition"))
    assert all(len(one.transcripts) >= 20 for one in made)
    assert len({tuple(one.pack.database[0].rows) for one in made}) == 16


def test_a_pack_to_play_while_learning(tmp_path, monkeypatch):
    from sqlenv.lm import production
    from sqlenv.lm.__main__ import main

    monkeypatch.setattr(production, "held_out_keys", Keys)
    arguments = ["--databases", "3", "--questions", "10", "--workers", "1", "--output"]
    for name in ("one", "two"):
        assert main(["packs", *arguments, str(tmp_path / name)]) == 0
    pack = Catalog(tmp_path / "one")
    assert pack.digests == Catalog(tmp_path / "two").digests
    questions = pack.questions(split="train")
    assert len(questions) == 30 and len({one.database for one in questions}) == 3
    assert evaluate("oracle", pack).success_rate == 1


def test_difficulty_by_the_bundled_packs_rule():
    for source in load_sources(domains=False):
        agreeing = [difficulty_of(one.sql) == one.difficulty for one in source.questions]
        assert sum(agreeing) > 0.85 * len(agreeing)
