"""sqlenv.verifiers in the real package: its loaders, its run and its program vf-eval."""

from __future__ import annotations

import asyncio
import itertools
import json

import pytest

vf = pytest.importorskip("verifiers.v1", reason="verifiers is not installed: run scripts/setup frameworks")

from verifiers.v1.cli.eval.runner import run_eval  # noqa: E402
from verifiers.v1.configs.cli.eval import EvalConfig  # noqa: E402

from sqlenv import Catalog  # noqa: E402
from sqlenv.agents import model_tools  # noqa: E402
from sqlenv.verifiers import SQLEnvTaskset, SQLEnvTasksetConfig, load_environment  # noqa: E402

from ..model_server import ModelServer, calls, refuses, says  # noqa: E402
from .conftest import program, question_of  # noqa: E402

PETS = {"id": "sqlenv", "database": "pets_1"}


def play(server: ModelServer, folder, **env) -> list:
    """The traces of a run of verifiers' own evaluation."""
    config = EvalConfig.model_validate({
        "env": {"taskset": PETS, **env}, "model": "scripted", "output_dir": folder, "push": False, "rich": None,
        "client": {"base_url": server.url, "api_key_var": "NO_KEY"}, "sampling": {"temperature": 0.5},
    })  # fmt: skip
    episodes = asyncio.run(run_eval(config))
    traces = [trace for episode in episodes for trace in episode.traces]
    return sorted(traces, key=lambda trace: trace.task.data.idx)


def test_right_play_is_paid_and_traced(oracle, expected, tmp_path):
    def model(request):
        name, arguments = oracle[question_of(request.body["messages"])][request.turn]
        return calls(request, name, arguments)

    with ModelServer(model) as server:
        traces = play(server, tmp_path)
    assert [trace.rewards["correct"].score for trace in traces] == [1.0] * 15
    assert all(trace.ok and trace.reward == 1.0 for trace in traces)
    assert [trace.info["sqlenv"]["trajectory"] for trace in traces] == expected
    for trace in traces:
        footer = json.loads(trace.info["sqlenv"]["trajectory"].splitlines()[-1])
        assert trace.rewards["episode_return"].score == footer["total_reward"]
        assert trace.metrics["steps"] == footer["steps"] and trace.metrics["unreadable"] == 0
        assert len(trace.branches) == 1, "each request continues the one before"
    first = server.requests[0].body
    assert first["tools"] == model_tools() and first["temperature"] == 0.5 and first["model"] == "scripted"
    assert first["parallel_tool_calls"] is False


def test_text_and_nonsense(tmp_path):
    lines = ["Let me think.", '{"action_type": "QUERY", "argument": "SELECT 1"}', "The answer is 7134."]

    def model(request):
        assert "tools" not in request.body
        return says(request, lines[request.turn])

    with ModelServer(model) as server:
        traces = play(server, tmp_path, agent={"harness": {"tools": False}})
    assert {trace.rewards["correct"].score for trace in traces} == {0.0}
    assert {(trace.metrics["unreadable"], trace.metrics["steps"]) for trace in traces} == {(1.0, 3.0)}
    assert {len(trace.branches) for trace in traces} == {1}
    told = [message["content"] for message in server.requests[-1].body["messages"] if message["role"] == "user"]
    assert told[1].startswith("Error: UNREADABLE: ")


def test_limits_and_failures_are_verifiers_own(tmp_path):
    with ModelServer(lambda request: calls(request, "query", {"sql": "SELECT 1"})) as server:
        stopped = play(server, tmp_path / "a", agent={"max_turns": 2})
    assert {trace.stop_condition for trace in stopped} == {"max_turns"}
    assert {trace.info["sqlenv"]["reason"] for trace in stopped} == {"NOT_ENDED"}
    assert {trace.reward for trace in stopped} == {0.0}
    with ModelServer(lambda request: refuses(401, "wrong key")) as server:
        refused = play(server, tmp_path / "b")
    assert not any(trace.ok for trace in refused)
    assert all("wrong key" in trace.model_dump_json() for trace in refused)


def test_the_tasks_hold_questions_and_no_gold():
    tasks = {split: list(SQLEnvTaskset(SQLEnvTasksetConfig(split=split))) for split in ("train", "eval")}
    catalog = Catalog()
    for split, some in tasks.items():
        assert [task.data.name for task in some] == [one.id for one in catalog.questions(split=split)]
    assert not {task.key for task in tasks["train"]} & {task.key for task in tasks["eval"]}
    shown = tasks["eval"][0].data.model_dump_json()
    assert "gold" not in shown and "SELECT" not in shown.replace("one SELECT statement", "")
    assert tasks["eval"][0].data.prompt.startswith("Question: ")


def test_the_environment_loads_by_name_and_by_function():
    by_name = vf.load_environment(vf.resolve_env_config({"taskset": {"id": "sqlenv", "split": "train"}}))
    ours = load_environment(split="train")
    assert type(by_name) is type(ours)
    assert len(list(by_name.taskset)) == len(list(ours.taskset)) == len(Catalog().questions(split="train"))


def test_the_program(tmp_path, oracle):
    wrong = itertools.count()

    def model(request):
        name, arguments = oracle[question_of(request.body["messages"])][request.turn]
        if name == "answer" and next(wrong) == 0:
            arguments = {"value": "nothing of the kind"}
        return calls(request, name, arguments)

    with ModelServer(model) as server:
        done = program(
            "vf-eval", "sqlenv", "--model", "scripted", "--client.base-url", server.url, "--no-push", "--no-rich",
            "--env.taskset.database", "pets_1", "--env.taskset.task.rewards.episode-return.weight", "0.5",
            "-n", 6, folder=tmp_path,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    (file,) = tmp_path.glob("outputs/*/traces.jsonl")
    rewards = [json.loads(line)["traces"][0]["rewards"] for line in file.read_text().splitlines()]
    assert sorted(one["correct"]["score"] for one in rewards) == [0.0, 1.0, 1.0, 1.0, 1.0, 1.0]
    assert {one["episode_return"]["weight"] for one in rewards} == {0.5}


def test_the_program_names_what_is_wrong(tmp_path):
    done = program("vf-eval", "sqlenv", "--env.taskset.colour", "red", folder=tmp_path)
    assert done.returncode != 0 and "colour" in done.stderr + done.stdout
    done = program(
        "vf-eval", "sqlenv", "--env.taskset.database", "atlantis", "--no-push", "--no-rich", folder=tmp_path
    )
    assert done.returncode != 0 and "atlantis" in done.stderr
