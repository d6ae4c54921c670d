"""The learning agent: what it reads, the SQL it writes, that it plays by observations alone."""

from __future__ import annotations

import random
import sqlite3

import numpy as np
import pytest

from sqlenv import Catalog, Env, evaluate
from sqlenv.learn.agent import Agent, Policy
from sqlenv.learn.seen_database import Column, SeenDatabase, read_rows
from sqlenv.learn.model import SIZE
from sqlenv.learn.reference import reference_weights
from sqlenv.learn.rollout import Player
from sqlenv.learn.sketch import SHAPES, Filter, Joins, Sketch, to_sql
from sqlenv.learn.trained import LearnedPolicy
from sqlenv.learn.words import Question, identifier_words, stem

SINGER = """Table singer (3 rows)
  singer_id INTEGER PRIMARY KEY
  name TEXT NOT NULL
  age INTEGER"""
SONG = """Table song (4 rows)
  song_id INTEGER PRIMARY KEY
  title TEXT
  singer_id INTEGER NOT NULL
  length REAL
  FOREIGN KEY singer_id -> singer(singer_id)"""


@pytest.fixture
def seen() -> SeenDatabase:
    seen = SeenDatabase.begin("Tables: singer, song")
    seen.read_description("singer", SINGER)
    seen.read_description("song", SONG)
    return seen


@pytest.fixture
def database() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.executescript(
        """CREATE TABLE singer(singer_id INTEGER PRIMARY KEY, name TEXT NOT NULL, age INTEGER);
        CREATE TABLE song(song_id INTEGER PRIMARY KEY, title TEXT, singer_id INTEGER NOT NULL
          REFERENCES singer(singer_id), length REAL);
        INSERT INTO singer VALUES (1,'Ann',30), (2,'Bob',20), (3,'Cyd',NULL);
        INSERT INTO song VALUES (1,'Up',1,3.0), (2,'Down',1,5.0), (3,'Left',2,4.0),
          (4,NULL,2,1.0);"""
    )
    return connection


def column(seen: SeenDatabase, table: str, name: str) -> Column:
    return next(c for c in seen.tables[table].columns if c.name == name)


def test_names_and_questions_become_words() -> None:
    assert identifier_words("Song_release_year") == ("song", "release", "year")
    assert identifier_words("petType") == ("pet", "type")
    assert [stem(word) for word in ("Countries", "boxes", "bus", "singer's", "ages")] == [
        "country", "box", "bus", "singer", "age",
    ]  # fmt: skip
    question = Question.read("How many singers are older than 1,200, or called 'Ann Lee'?")
    assert [(n.text, n.value) for n in question.numbers] == [("1200", 1200.0)]
    assert [text for _, text in question.quoted] == ["Ann Lee"]
    assert {"how many", "older than", "or"} <= set(question.cues)
    assert question.match(("singer",)) == (2, True, 2)
    assert question.match(("singer", "age")).level == 1
    assert "ann lee" in question.phrases and "how many" not in question.phrases


def test_a_seen_database_reads_observations(seen: SeenDatabase) -> None:
    assert column(seen, "song", "length").numeric
    assert column(seen, "singer", "name") == Column("singer", "name", "TEXT", False, False, False)
    assert seen.tables["song"].links == [("singer_id", "singer", "singer_id")]
    shown = read_rows("a | b\n1 | x\n2 | y\n(2 of 35 rows shown)")
    assert shown == (["a", "b"], [["1", "x"], ["2", "y"]], 35)
    assert read_rows("Table singer (3 rows)\n  name TEXT") is None
    seen.read_look_up(["singer"], "t | c | v\nsinger | name |  Ann\nsinger | name | ANN\n(2 rows)")
    assert seen.values() == [("singer", "name", "ann", (" Ann", "ANN"))]


def sketches(seen: SeenDatabase) -> list[tuple[Sketch, list[tuple]]]:
    name, age = column(seen, "singer", "name"), column(seen, "singer", "age")
    title, length = column(seen, "song", "title"), column(seen, "song", "length")
    by_ann = Filter(name, "=", "ann", stored=("Ann",))
    old = Filter(age, ">=", "30", number=True)
    return [
        (Sketch("singer", "count"), [(3,)]),
        (Sketch("song", "count", filters=(by_ann,)), [(2,)]),
        (Sketch("singer", "list", (name,), filters=(Filter(age, "null", ""),)), [("Cyd",)]),
        (Sketch("singer", "list", (name,), filters=(by_ann, Filter(name, "prefix", "C")),
                either=True), [("Ann",), ("Cyd",)]),
        (Sketch("song", "distinct", (title,), filters=(Filter(title, "contains", "o"),)),
         [("Down",)]),
        (Sketch("song", "count_distinct", (name,), filters=(old,)), [(1,)]),
        (Sketch("song", "avg", (length,), digits=1), [(3.3,)]),
        (Sketch("singer", "top", (name,), order=age, descending=True, limit="1"), [("Ann",)]),
        (Sketch("singer", "top", (name,), order=age, limit="1 OFFSET 1"), [("Ann",)]),
        (Sketch("singer", "sorted", (name,), order=age, descending=True),
         [("Ann",), ("Bob",), ("Cyd",)]),
        (Sketch("song", "group_count", group=name), [("Ann", 2), ("Bob", 2)]),
        (Sketch("song", "group_max", (length,), group=name), [("Ann", 5.0), ("Bob", 4.0)]),
        (Sketch("song", "most_frequent", group=name, filters=(Filter(length, ">=", "3", True),)),
         [("Ann",)]),
        (Sketch("song", "having", group=name, least=">= 2"), [("Ann",), ("Bob",)]),
        (Sketch("song", "beyond_average", (title,), order=length, descending=True),
         [("Down",), ("Left",)]),
        (Sketch("song", "count_beyond", order=length), [(2,)]),
        (Sketch("singer", "without", (name,), child="song"), [("Cyd",)]),
    ]  # fmt: skip


def test_sketches_mean_what_they_say(seen: SeenDatabase, database: sqlite3.Connection) -> None:
    joins = Joins(seen.described())
    examples = sketches(seen)
    for sketch, rows in examples:
        sql = to_sql(sketch, joins)
        assert database.execute(sql).fetchall() == rows, sql
    covered = {sketch.shape for sketch, _ in examples}
    assert set(SHAPES) - covered == {
        "sum", "min", "max", "group_avg", "group_sum", "group_min", "least_frequent",
    }  # fmt: skip


def test_names_cannot_break_out_of_the_sql(database: sqlite3.Connection) -> None:
    seen = SeenDatabase.begin('Tables: a"b')
    seen.read_description('a"b', 'Table a"b (1 rows)\n  it"s TEXT')
    database.execute('CREATE TABLE "a""b"("it""s" TEXT)')
    odd = column(seen, 'a"b', 'it"s')
    sketch = Sketch('a"b', "list", (odd,), filters=(Filter(odd, "=", "O'Neill"),))
    assert database.execute(to_sql(sketch, Joins(seen.described()))).fetchall() == []


def test_every_query_of_the_agent_runs_and_every_decision_is_exact(catalog: Catalog) -> None:
    weights = reference_weights(0.3)
    policy = Policy(weights)
    questions = catalog.questions(split="train")[::7]
    env = Env(catalog)
    decisions = 0
    for seed, question in enumerate(questions):
        agent = Agent(policy, random.Random(seed), random.Random(seed))
        step = env.reset(seed=0, question_id=question.id)
        while not step.done:
            step = env.step(agent.act(step.observation))
            assert not step.observation["error"], (agent._last, step.observation["error"])
        for key, row, log in agent.decisions:
            exact = policy.choices[key].log_probabilities(weights)[row]
            assert log == pytest.approx(exact, abs=1e-12)
        decisions += len(agent.decisions)
    assert decisions > 5 * len(questions)


def test_an_agent_sees_observations_alone(catalog: Catalog) -> None:
    """Two episodes with equal observations give equal actions, whatever question they are of."""
    question = catalog.questions(split="eval")[3]
    env = Env(catalog)

    def actions(seed: int) -> list[tuple[str, str]]:
        agent = Agent(Policy(reference_weights()), random.Random(5), random.Random(5))
        step, taken = env.reset(seed=seed, question_id=question.id), []
        while not step.done:
            shown = {k: step.observation[k] for k in
                     ("question", "schema_info", "result", "error", "budget_remaining")}
            taken.append(agent.act(shown))
            step = env.step(taken[-1])
        return taken

    assert actions(1) == actions(2)


def test_rollouts_depend_on_the_seed_and_not_on_threads(catalog: Catalog) -> None:
    questions = catalog.questions(split="train")[:24]
    played = []
    for threads, seed in ((0, 4), (2, 4), (1, 5)):
        player = Player(catalog, reward="v2", slots=10, threads=threads)
        rollouts = player.play(Policy(reference_weights()), questions, seed=seed)
        played.append([(r.outcome.total_micros, r.decisions) for r in rollouts])
        player.close()
    assert played[0] == played[1]
    assert played[0] != played[2]


def test_rewards_that_training_looks_at(catalog: Catalog) -> None:
    questions = catalog.questions(split="train")[:40]
    weights = np.zeros(SIZE)
    totals = {}
    for reward in ("v1", "v2", "v3", "terminal"):
        player = Player(catalog, reward=reward, slots=40)
        rollouts = player.play(Policy(weights), questions, seed=0)
        player.close()
        totals[reward] = [r.total for r in rollouts]
        if reward == "terminal":
            assert totals[reward] == [float(r.outcome.correct) for r in rollouts]
        else:
            assert totals[reward] == [r.outcome.total_reward for r in rollouts]
    assert totals["v1"] != totals["v2"] != totals["v3"]
    with pytest.raises(ValueError, match="no reward 'v9'"):
        Player(catalog, reward="v9", slots=1)


def test_a_trained_policy_plays_in_evaluate(catalog: Catalog, tmp_path) -> None:
    np.savez(tmp_path / "w.npz", weights=reference_weights())
    policy = LearnedPolicy.load(tmp_path / "w.npz")
    first, second = (evaluate(policy, catalog, seed=0, episodes=12, split="eval") for _ in "ab")
    assert first.results == second.results
    assert len(first.results) == 12 and not first.step_errors
