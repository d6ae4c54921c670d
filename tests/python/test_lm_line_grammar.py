"""sqlenv.lm.line_grammar allows the lines of the grammar that llama.cpp gets."""

from __future__ import annotations

import pytest

from sqlenv import Env
from sqlenv.agents import AgentEpisode
from sqlenv.lm.line_grammar import LineGrammar, line_grammar

GRAMMAR = LineGrammar(["pet", "pet owner", 'a"b'])


@pytest.mark.parametrize("line", [
    "D pet\n", "S pet owner\n", 'D a"b\n', "Q SELECT 1\n", "Q WITH a AS (SELECT 1) SELECT * FROM a\n",
    "Q VALUES (1)\n", "A =\n", "A 9\n", "A = 9\n", "A Åsa\n",
])  # fmt: skip
def test_every_beginning_of_a_line_is_allowed(line):
    assert all(GRAMMAR.allows(line[:i]) for i in range(len(line) + 1))


@pytest.mark.parametrize("line", [
    "D dog\n", "D pets", "D  pet", "X", "Q DELETE", "Q SELECT \n", "Q select 1", "A \n", "A 1\n2", "A 1\r",
    "D pet\nS pet\n", "Q SELECT 1\n\n",
])  # fmt: skip
def test_other_text_is_not(line):
    assert not GRAMMAR.allows(line)


def test_the_likeliest_token_that_fits_is_taken():
    tokens = ["", "D", " pet", " dog", "\n", "\n\n"]
    assert GRAMMAR.first("", [0, 3, 1], tokens) == 1
    assert GRAMMAR.first("D", [3, 2], tokens) == 2
    assert GRAMMAR.first("D pet", [5, 4], tokens) == 4
    assert GRAMMAR.first("D pet", [5, 0, 3], tokens) is None


def test_it_is_the_grammar_of_the_episode(catalog):
    agent = AgentEpisode(Env(catalog).reset(seed=1, database="pets_1").observation, "compact")
    rules = agent.grammar.splitlines()
    assert [rule for rule in rules if not rule.startswith("table ::=")] == [
        'root ::= (look | query | answer) "\\n"',
        'look ::= ("D " | "S ") table',
        'query ::= "Q " ("SELECT " | "WITH " | "VALUES ") line',
        'answer ::= "A " ("=" | line)',
        "line ::= [^\\r\\n]+",
    ]
    tables = agent.prompt.splitlines()[1].split()
    assert len(tables) > 2
    assert all(line_grammar(agent.grammar).allows(f"D {table}\n") for table in tables)
    assert not line_grammar(agent.grammar).allows("D animal")
