"""GPU training without its libraries: data set, environments, configuration, evaluation.
test_learn_tiny_model.py tests it with them."""

from __future__ import annotations

import inspect
import json
import sys
import types

import pytest

from sqlenv.catalog import STARTER
from sqlenv.learn.roads.episodes import read_episodes
from sqlenv.lm.held_out import HeldOutSet
from sqlenv.lm.players import Files
from sqlenv.tools import ToolEnv
from sqlenv.trl_training import (
    TrlSettings,
    chat_player,
    config_arguments,
    environment_factory,
    gpu_reason,
    make_trainer,
    play_chat,
    read_call,
    success_curve,
    train_rows,
)


def test_it_gives_the_reason_why_it_cannot_run() -> None:
    assert gpu_reason(lambda name: None) == "not installed: torch, transformers, trl, datasets, accelerate"
    assert gpu_reason(lambda name: None if name == "trl" else name) == "not installed: trl"
    assert gpu_reason(lambda name: name, cpu=True) == ""


def test_rows_start_the_episodes_that_they_name(catalog) -> None:
    rows = train_rows(catalog)
    assert len(rows) == len(catalog.questions(split="train"))
    environment = environment_factory(TrlSettings(reward="v1.5", step_budget=7), catalog)()
    text = environment.reset(**rows[11])
    question = catalog.questions(split="train")[11]
    assert question.text in text and "7" in text
    described = environment.describe(text.split("Tables: ")[1].split(",")[0])
    assert "rows)" in described
    assert environment.get_reward() == pytest.approx(0.015)  # v1.5 pays this for a DESCRIBE


def test_a_group_of_environments_is_independent(catalog) -> None:
    make = environment_factory(TrlSettings(), catalog)
    one, other = make(), make()
    row = train_rows(catalog)[0]
    assert one.reset(**row) == other.reset(**row)
    one.answer("nonsense")
    assert "Steps left" in other.query("SELECT 1")


def test_the_trainer_is_made_of_all_of_it(catalog, monkeypatch) -> None:
    """Stand-ins for the two libraries record their arguments."""
    given: dict = {}

    class GRPOConfig:
        def __init__(self, **arguments) -> None:
            given["config"] = arguments

    class GRPOTrainer:
        def __init__(self, **arguments) -> None:
            given.update(arguments)

    dataset = types.SimpleNamespace(from_list=lambda rows: rows)
    monkeypatch.setitem(sys.modules, "datasets", types.SimpleNamespace(Dataset=dataset))
    monkeypatch.setitem(
        sys.modules, "trl", types.SimpleNamespace(GRPOConfig=GRPOConfig, GRPOTrainer=GRPOTrainer)
    )
    settings = TrlSettings(model="some/model", group=6, prompts=2, kl=0.01)
    make_trainer(settings, catalog, overrides={"max_steps": 3, "bf16": False}, callbacks=[])
    assert given["model"] == "some/model" and given["callbacks"] == []
    config = given["config"]
    assert (config["max_steps"], config["bf16"], config["beta"]) == (3, False, 0.01)
    assert config["num_generations"] == 6 == config["per_device_train_batch_size"]
    assert len(given["train_dataset"]) == len(catalog.questions(split="train"))
    environment = given["environment_factory"]()
    tools = {
        name
        for name, _ in inspect.getmembers(type(environment), inspect.isfunction)
        if not name.startswith("_")
    }
    assert tools == {"reset", "get_reward", "describe", "sample", "query", "answer"}


def test_calls_are_read_from_completions() -> None:
    call = read_call('Hm.\n<tool_call>\n{"name": "query", "arguments": {"sql": "SELECT 1"}}\n</tool_call>')
    assert call == ("query", {"sql": "SELECT 1"})
    for text in ("", "SELECT 1", "<tool_call>{oops}</tool_call>", "<tool_call>[1]</tool_call>",
                 '<tool_call>{"name": "get_reward", "arguments": {}}</tool_call>',
                 '<tool_call>{"name": "query", "arguments": "x"}</tool_call>'):  # fmt: skip
        assert read_call(text) is None, text


def test_a_chat_model_is_measured_by_its_answers(catalog, tmp_path) -> None:
    """A stand-in for the model calls tools, reads their results and answers; its query is right for
    one question."""

    def complete(messages, tools) -> str:
        assert [tool.__name__ for tool in tools] == ["answer", "describe", "query", "sample"]
        results = [message["content"] for message in messages if message["role"] == "tool"]
        calls = [
            {"name": "describe", "arguments": {"table": "codeshare"}},
            {"name": "query", "arguments": {"wrong": 1}},
            {"name": "query", "arguments": {"sql": "SELECT COUNT(*) FROM codeshare WHERE since < '2015'"}},
        ]
        if len(results) < 3:
            call = calls[len(results)]
        else:
            assert results[1].startswith("Wrong arguments")
            call = {"name": "answer", "arguments": {"value": results[2].split("\n")[1]}}
        return f"<tool_call>{json.dumps(call)}</tool_call>"

    held_out = HeldOutSet("starter", str(STARTER))
    files = Files(tmp_path, "starter")
    score = chat_player(complete)(held_out, files, 0)
    assert (score.all.episodes, score.all.successes) == (150, 1)
    played = read_episodes(files.trajectories)
    assert [one.question_id for one in played if one.correct] == ["flight_2_eval_001"]
    row = {**train_rows(catalog)[0], "question_id": "flight_2_eval_001"}
    silent = play_chat(ToolEnv(catalog), lambda messages, tools: "I give up.", row)
    assert (silent.result.failure, silent.result.total_micros) == ("NO_ANSWER", 0)
    assert silent.trajectory == ""


def test_the_curve_is_the_logged_reward() -> None:
    log = [{"step": 1, "reward": 0.1, "loss": 0}, {"step": 2, "loss": 1}, {"step": 3, "reward": 0.4}]
    assert success_curve(log) == [(1, 0.1), (3, 0.4)]
    config = config_arguments(TrlSettings(vllm=True))
    assert (config["vllm_mode"], config["bf16"], config["use_cpu"]) == ("colocate", True, False)
    config = config_arguments(TrlSettings(cpu=True))
    assert (config["use_vllm"], config["bf16"], config["use_cpu"]) == (False, False, True)
