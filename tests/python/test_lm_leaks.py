"""The comparison of training transcripts with held-out questions finds what is planted."""

from __future__ import annotations

import json

import pytest

from sqlenv import Error
from sqlenv.lm import leaks
from sqlenv.lm.leaks import Asked, Training, query_form, query_key, question_key
from sqlenv.lm.nearest import TextIndex

TRAINING = [
    Asked("How many clubs are there?", "SELECT COUNT(*) FROM club", "poker_0_1"),
    Asked("Which clubs are in 'Riga'?", "SELECT name FROM club WHERE city = 'Riga'", "poker_0_1"),
    Asked("List the captains of all ships.", "SELECT captain FROM ship", "harbour_0_2"),
]


def test_keys_ignore_what_does_not_matter():
    assert question_key("How many  Clubs are there") == question_key("how many clubs are there?")
    assert query_key('select "Name" from CLUB where x <> 3;') == query_key("SELECT name FROM club WHERE x!=3")
    assert query_key("SELECT 'Riga'") != query_key("SELECT 'riga'")
    assert query_form("SELECT a FROM t2 WHERE b = 'x' AND c > 3.5") == query_form(
        "select a from t2 where b='it''s' and c > 17"
    )
    assert query_form("SELECT a FROM t1") != query_form("SELECT a FROM t2")


def test_planted_questions_are_found():
    training = Training(TRAINING)
    clean = training.compare("clean", [Asked("Who owns the oldest boat?", "SELECT owner FROM boat", "x")])
    assert not clean.leaks and clean.same_form == [] and clean.question_similarity[2] < 0.5
    same_words = Asked("how many clubs, are there", "SELECT 1", "x")
    same_query = Asked("Name the clubs of Riga", "select name from club where city='Riga'", "x")
    other_value = Asked("Name the clubs of Tartu", "SELECT name FROM club WHERE city = 'Tartu'", "x", "7")
    planted = training.compare("planted", [same_words, same_query, other_value])
    assert planted.leaks
    assert (planted.same_question, planted.same_query, planted.same_form) == (1, 1, ["", "7"])
    assert planted.near == 1
    assert planted.nearest[0].similarity == pytest.approx(1)
    assert planted.nearest[0].training == "How many clubs are there?"
    assert training.left_out == 0
    assert Training([*TRAINING, Asked("?", "SELECT 1", "pets_1_0_3")]).left_out == 1


def test_rare_words_decide_what_is_nearest():
    index = TextIndex([one.question for one in TRAINING])
    assert index.nearest("the captains").place == 2
    assert index.nearest("zzz") == (-1, 0)
    assert index.nearest(TRAINING[1].question).similarity == pytest.approx(1)


def test_the_command_fails_on_a_leak(tmp_path, monkeypatch, capsys):
    text = "How many clubs are there?\nclub\nD club\nclub(a)\nQ SELECT COUNT(*) FROM club\n= 3\nA =\n"
    line = {"text": text, "agent": [], "database": "poker_0_1", "question_id": "1", "kind": "gold"}
    for learnt in ("D club\n", "Q SELECT COUNT(*) FROM club\n", "A =\n"):
        start = text.index(learnt)
        line["agent"].append([start, start + len(learnt)])
    path = tmp_path / "transcripts.jsonl"
    path.write_text(json.dumps(line) + "\n")
    asked = leaks.read_asked(path)
    assert asked == [Asked("How many clubs are there?", "SELECT COUNT(*) FROM club", "poker_0_1")]
    held_out = {"good": [("1", "Who sings?", "SELECT 1", "x")], "bad": [("1", *asked[0][:3])]}
    monkeypatch.setattr(leaks, "held_out_questions", held_out.__getitem__)
    arguments = ["--transcripts", str(path), "--output", str(tmp_path / "leaks.json"), "--sets"]
    from sqlenv.lm.__main__ import main

    assert main(["leaks", *arguments, "good"]) == 0
    assert main(["leaks", *arguments, "good", "bad"]) == 1
    assert "Training holds what it must not" in capsys.readouterr().out
    assert json.loads((tmp_path / "leaks.json").read_text())["sets"][1]["same_query"] == 1
    with pytest.raises(Error, match="transcripts first"):
        leaks.read_asked(tmp_path / "none.jsonl")
