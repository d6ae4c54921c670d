"""Equal observations and completions give equal prompts, messages, requests and actions, byte for
byte: by the Python binding in the process and from a server's observations, by the command line, and
as wasm."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from websockets.sync.client import connect

from ..model_server import ModelServer, Reply
from . import completions as recorded
from .conftest import NATIVE
from .faces import BROWSER

sys.path.insert(0, str(NATIVE.parent.parent / "python"))

QUESTIONS = {
    "starter/pets_1": ("starter", {"database": "pets_1", "seed": 3}),
    "starter/world_1": ("starter", {"database": "world_1", "seed": 4}),
    "starter/flight_2": ("starter", {"question_id": "flight_2_eval_002", "seed": 5}),
    "spider/concert_singer": ("spider", {"pack": "spider", "question_id": "concert_singer_eval_001", "seed": 6}),
    "spider/world_1": ("spider", {"pack": "spider", "database": "world_1", "seed": 7}),
}
SENT_SEED_MASK = 0x7FFFFFFF
"""servers read seeds of 31 bits, so the command line sends these alone"""


class Case:
    """One question, one dialect and its completions."""

    def __init__(self, pack, options: dict, dialect: str) -> None:
        from sqlenv import Catalog, Env
        from sqlenv.evaluation import plan_evaluation

        self.pack, self.dialect = pack, dialect
        catalog = Catalog(str(pack.path))
        chosen = {key: value for key, value in options.items() if key != "seed"}
        env = Env(catalog)
        env.reset(**{**options, "pack": None})
        (planned,) = plan_evaluation(catalog, seed=options["seed"], question_id=env.question.id)
        # The seed that the command line's plan gives the episode.
        self.run_seed, self.question = options["seed"], planned.question_id
        self.options = {**chosen, "question_id": planned.question_id, "seed": planned.seed & SENT_SEED_MASK}
        self.options.pop("database", None)
        self.env = env
        first = env.reset(seed=self.options["seed"], question_id=self.question).observation
        table = first["schema_info"].removeprefix("Tables: ").split(",")[0]
        self.completions = recorded.script(dialect, table)
        self.lines = [json.dumps(one) for one in self.completions]


@pytest.fixture(params=QUESTIONS)
def question(request):
    pack, options = QUESTIONS[request.param]
    return request.getfixturevalue(pack), options


@pytest.fixture(params=["compact", "chat"])
def case(question, request) -> Case:
    return Case(*question, request.param)


def by_binding(case: Case, first: dict, step) -> list[dict]:
    """What AgentEpisode gives, where `step(action)` gives the observation of an action."""
    from sqlenv.agents import AgentEpisode, Completion

    agent = AgentEpisode(first, case.dialect)
    options = {"seed": case.options["seed"], "grammar": agent.grammar if case.dialect == "compact" else ""}
    turns = []
    for line in case.lines:
        completion = Completion.from_json(line)
        reading = agent.read(completion)
        turns.append({
            "request": agent.request(**options),
            "action": {"action_type": reading.action.action_type, "argument": reading.action.argument},
            "readable": reading.readable, "several": reading.several, "message": reading.message,
        })  # fmt: skip
        agent.add(completion, reading, step(reading.action))
    return [*turns, {"prompt": agent.prompt, "messages": agent.messages}]


def in_process(case: Case) -> list[dict]:
    first = case.env.reset(seed=case.options["seed"], question_id=case.question).observation
    return by_binding(case, first, lambda action: case.env.step(action).observation)


def over_websocket(case: Case, address: str) -> list[dict]:
    with connect(f"ws://{address}/ws", max_size=None) as socket:

        def ask(kind: str, data: dict) -> dict:
            socket.send(json.dumps({"type": kind, "data": data}))
            reply = json.loads(socket.recv(timeout=60))
            assert reply["type"] == "observation", reply
            return reply["data"]["observation"]

        def step(action) -> dict:
            return ask("step", {"action_type": action.action_type, "argument": action.argument})

        return by_binding(case, ask("reset", case.options), step)


def in_node(case: Case, node: str, module, folder) -> list[dict]:
    files = [folder / "options.json", folder / "completions.jsonl"]
    files[0].write_text(json.dumps(case.options), "utf-8")
    files[1].write_text("".join(line + "\n" for line in case.lines), "utf-8")
    command = [node, BROWSER / "model_turns_in_node.mjs", module, case.pack.archive, files[0], case.dialect, files[1]]
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    # Not splitlines(), which takes more for the end of a line than JSON Lines do.
    return [json.loads(line) for line in done.stdout.decode("utf-8").split("\n")[:-1]]


def reply_of(completion: dict, dialect: str) -> dict:
    """A recorded completion as a server sends it."""
    finish = "length" if completion.get("cut") else "stop"
    if dialect == "compact":
        return {"choices": [{"text": completion["text"], "finish_reason": finish}]}
    calls = [
        {"id": one["id"], "type": "function", "function": {"name": one["name"], "arguments": one["arguments"]}}
        for one in completion.get("tool_calls", [])
    ]
    message = {"role": "assistant", "content": completion["text"], "tool_calls": calls}
    return {"choices": [{"message": message, "finish_reason": finish}]}


def by_command_line(case: Case, sqlenv, folder) -> tuple[list[str], list[dict], list[dict]]:
    """The requests that a server gets from `sqlenv eval`, the actions that it plays, and the
    completions that it keeps."""
    replies = iter(case.completions)
    with ModelServer(lambda _: Reply(reply_of(next(replies), case.dialect))) as server:
        command = [
            sqlenv, "eval", "--pack", case.pack.path, "--question", case.question, "--seed", case.run_seed,
            "--model", server.url, "--dialect", case.dialect, "--max-tokens", 256, "--concurrency", 1,
            "--trajectories", folder / "trajectory", "--completions", folder / "completions",
            *(["--grammar"] if case.dialect == "compact" else []),
        ]  # fmt: skip
        done = subprocess.run(list(map(str, command)), capture_output=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr.decode()[-2000:]
    lines = [json.loads(line) for line in (folder / "trajectory").read_text("utf-8").split("\n")[:-1]]
    kept = json.loads((folder / "completions").read_text("utf-8").split("\n")[1])
    return (
        [request.raw.decode("utf-8") for request in server.requests],
        [line["action"] for line in lines[1:-1]],
        [turn["completion"] for turn in kept["turns"]],
    )


def test_wasm_and_the_binding_give_the_same_texts(case, node, node_module, tmp_path):
    turns = in_process(case)
    assert len(turns) == len(case.completions) + 1 and case.env.done, "the script does not run to its end"
    assert in_node(case, node, node_module, tmp_path) == turns
    readable = sum(turn["readable"] for turn in turns[:-1])
    assert 5 <= readable <= len(turns) - 4 and any(turn["several"] for turn in turns[:-1])


def test_observations_of_a_server_give_the_same_texts(case, serve):
    assert over_websocket(case, serve(case.pack)) == in_process(case)


def test_the_command_line_sends_and_plays_the_same(case, sqlenv, tmp_path):
    turns = in_process(case)[:-1]
    requests, actions, kept = by_command_line(case, sqlenv, tmp_path)
    assert requests == [turn["request"] for turn in turns]
    assert actions == [turn["action"] for turn in turns]
    assert kept == case.completions
