"""ToolEnv: what a trainer of language models calls."""

from __future__ import annotations

import inspect

import pytest

from sqlenv import Env, Error, ToolEnv
from sqlenv.tools import dataset_rows


def test_public_functions_are_the_tools_with_schemas():
    names = {name for name, _ in inspect.getmembers(ToolEnv, inspect.isfunction) if name[0] != "_"}
    assert names == {"reset", "get_reward", "describe", "sample", "query", "answer"}
    for name in ("describe", "sample", "query", "answer"):
        tool = getattr(ToolEnv, name)
        (argument,) = [one for one in inspect.signature(tool).parameters.values() if one.name != "self"]
        assert argument.annotation == "str"
        assert f"{argument.name}: " in inspect.getdoc(tool).split("Args:")[1]


def test_an_episode_by_tools_is_an_episode(catalog):
    rows = dataset_rows(catalog, split="train")
    assert len(rows) == len(catalog.questions(split="train"))
    tools, env = ToolEnv(catalog), Env(catalog)
    row = rows[3]
    prompt = tools.reset(seed=1, **row)
    first = env.reset(seed=1, pack=row["pack"], question_id=row["question_id"])
    assert first.observation["question"] in prompt and first.observation["schema_info"] in prompt
    table = first.observation["schema_info"].removeprefix("Tables: ").split(", ")[0]
    for name, kind, argument in [
        ("describe", "DESCRIBE", table), ("sample", "SAMPLE", table),
        ("query", "QUERY", f"SELECT count(*) FROM {table}"), ("query", "QUERY", "SELECT nothing"),
        ("answer", "ANSWER", "42"),
    ]:
        text = getattr(tools, name)(argument)
        step = env.step((kind, argument))
        assert (step.observation["error"] or step.observation["result"]) in text
        assert tools.get_reward() == env.total_reward
    assert "over" in text
    tools.reset(seed=2)
    assert tools.get_reward() == 0.0


def test_what_is_no_text_goes_on_as_json(catalog):
    for value in (21, [[21]], "21"):
        tools = ToolEnv(catalog)
        tools.reset(question_id="flight_2_train_022")
        assert "Correct" in tools.answer(value), value
    tools.reset(question_id="flight_2_train_023")
    assert "Correct" not in tools.answer([["it's", 1.5, None]])


def test_the_first_text_stands_apart_from_the_prompt(catalog):
    """TRL puts it right behind the prompt, with nothing between."""
    row = dataset_rows(catalog, split="train")[0]
    assert row["prompt"][-1]["content"].endswith("\n\n")


def test_without_a_reset(catalog):
    with pytest.raises(Error, match="NO_EPISODE"):
        ToolEnv(catalog).describe("x")
