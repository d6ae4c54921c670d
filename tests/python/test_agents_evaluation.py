"""sqlenv.agents.evaluate: a model behind an address, or a function, over many episodes at once."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import socket

import pytest

from sqlenv import Env, Error, evaluate as evaluate_policy
from sqlenv.agents import (
    Completion,
    ModelError,
    ModelPolicy,
    Reply,
    ScriptedModel,
    ToolCall,
    evaluate,
    evaluate_async,
)
from sqlenv.evaluation import plan_evaluation

from .conftest import sqlenv_program
from ..model_server import ModelServer, Request, calls, refuses, says, usage
from ..model_server import Reply as ServerReply

SECRET = "sk-a-secret-of-the-tests-1234"
PETS = {"database": "pets_1", "split": "eval"}


def oracle_script(catalog, **options) -> dict[str, list[str]]:
    """Completions of the compact dialect that play what the oracle plays."""
    env, script = Env(catalog), {}
    for planned in plan_evaluation(catalog, **options):
        env.reset(seed=planned.seed, pack=planned.pack, question_id=planned.question_id)
        env._core.play("oracle")
        steps = [json.loads(line)["action"] for line in env.trajectory().splitlines()[1:-1]]
        script[planned.question_id] = [f"{one['action_type'][0]} {one['argument']}" for one in steps]
    return script


def looks(request: Request) -> ServerReply:
    """Describes a table, counts its rows, answers with the count: in both dialects."""
    if request.is_chat:
        table = request.text.split("Tables: ")[1].split(",")[0]
        name, arguments = [("describe", {"table": table}), ("query", {"sql": f"SELECT count(*) FROM {table}"}),
                           ("answer", {"value": "1"})][request.turn]  # fmt: skip
        return calls(request, name, arguments)
    lines = request.text.rpartition("\n\n")[2].splitlines()  # without worked examples
    table = lines[1].split()[0]
    turn = sum(line.startswith(("D ", "Q ")) for line in lines[2:])
    return says(request, [f"D {table}", f"Q SELECT count(*) FROM {table}", "A ="][turn])


def tokens_of(result) -> int:
    return result.counts.prompt_tokens + result.counts.completion_tokens


def test_equal_actions_give_the_numbers_and_bytes_of_the_program(catalog, tmp_path):
    options = {"split": "eval", "database": "pets_1", "seed": 5, "reward": "v1"}
    flags = ["--split", "eval", "--database", "pets_1", "--seed", 5, "--reward", "v1"]
    told = json.loads(sqlenv_program("eval", "--policy", "oracle", "--json", "--trajectories", tmp_path / "a", *flags))
    model = ScriptedModel(oracle_script(catalog, **options))
    played = evaluate(model, catalog, dialect="compact", trajectories=tmp_path / "b", **options).as_dict()
    assert played.pop("model")["dialect"] == "compact/1"
    assert {**played, "policy": "oracle"} == told
    assert 0 < told["successes"]
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("dialect", ["compact", "chat"])
def test_a_model_behind_an_address_plays_many_episodes_at_once(catalog, dialect):
    with ModelServer(lambda request: looks(request)) as server:
        policy = ModelPolicy(server.url, model="m", dialect=dialect, temperature=0.5, max_tokens=64)
        seen = []
        result = evaluate(policy, catalog, split="eval", concurrency=64, report=seen.append)
    assert result.all.episodes == len(catalog.questions(split="eval")) == len(seen)
    assert result.counts.turns == len(server.requests) == result.all.steps == 3 * len(seen)
    assert result.counts.prompt_tokens == sum(usage(request, "")["prompt_tokens"] for request in server.requests)
    assert [one.result for one in seen] == result.results
    plan = plan_evaluation(catalog, split="eval")
    assert [one.question_id for one in result.results] == [one.question_id for one in plan]
    assert len({request.connection for request in server.requests}) <= 64 < len(server.requests), "connections are kept"
    assert server.requests[0].path == ("/v1/completions" if dialect == "compact" else "/v1/chat/completions")
    assert server.requests[0].body["max_tokens"] == 64 and server.requests[0].body["temperature"] == 0.5
    assert result.policy == "m" and result.dialect == f"{dialect}/1"
    assert result.tokens_per_episode == pytest.approx(tokens_of(result) / len(seen))


def test_waiting_for_the_model_overlaps(catalog):
    def slow(request: Request) -> ServerReply:
        answer = looks(request)
        answer.delay = 0.4
        return answer

    with ModelServer(slow) as server:
        result = evaluate(ModelPolicy(server.url, dialect="compact"), catalog, episodes=80, concurrency=40)
    assert result.all.episodes == 80 and 20 <= server.most_at_once <= 40


def test_grammar_and_examples_go_along(catalog):
    with ModelServer(looks) as server:
        evaluate(ModelPolicy(server.url, dialect="compact", grammar=True, examples=True), catalog, episodes=3)
    grammars = {request.body["grammar"] for request in server.requests}
    assert all(grammar.startswith("root ::= ") for grammar in grammars)
    assert all("\nA =\n\n" in request.body["prompt"] for request in server.requests)
    for option in ("grammar", "examples"):
        with pytest.raises(Error, match="compact"):
            ModelPolicy("http://localhost:1", dialect="chat", **{option: True})


def test_servers_are_asked_again_after_the_time_that_they_name(catalog):
    number = itertools.count()

    def tired(request: Request) -> ServerReply:
        kind = next(number)
        if kind == 1:
            return refuses(429, "slow down", {"Retry-After": "0.2"})
        if kind == 3:
            return ServerReply(b"", 503, {"Retry-After": "0"})
        if kind == 4:
            return ServerReply("{", claims=900, cut=1)
        return looks(request)

    with ModelServer(tired) as server:
        policy = ModelPolicy(server.url, dialect="compact")
        result = evaluate(policy, catalog, concurrency=1, **PETS, episodes=1)
    assert result.counts.turns == 3 and len(server.requests) == 6 and not result.lost
    bodies = [request.body for request in server.requests]
    assert bodies[1] == bodies[2] and bodies[3] == bodies[4] == bodies[5]


BAD = {
    "REDIRECTED": ServerReply(b"", 307, {"Location": "http://example.org/v1"}),
    "KEY_REFUSED": refuses(401, f"no such key: {SECRET}"),
    "MODEL_NOT_FOUND": refuses(404, 'model "m" not found'),
    "NO_COMPLETION": ServerReply("<html>hello</html>", content_type="text/html"),
    "REPLY_TOO_LARGE": ServerReply(b" " * (9 << 20)),
    "TIMED_OUT": ServerReply({}, delay=0.6),
    "SERVER_FAILED": ServerReply(b"", 500),
}


@pytest.mark.parametrize("code", BAD)
def test_a_server_that_no_episode_can_use_is_an_error(catalog, code, monkeypatch, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    monkeypatch.setenv("THE_KEY", SECRET)
    with ModelServer(lambda _: BAD[code]) as server:
        policy = ModelPolicy(server.url, model="m", api_key_env="THE_KEY", timeout=0.4, retries=0)
        with pytest.raises(ModelError) as failed:
            evaluate(policy, catalog, trajectories=tmp_path / "t", concurrency=1, **PETS)
    assert failed.value.code == code
    ends = failed.value.evaluation
    # A busy server may answer the next episode; one that loses ten in a row will not.
    assert (ends.all.episodes, ends.lost) in [(0, {}), (10, {code: 10})]
    assert server.requests[0].headers["authorization"] == f"Bearer {SECRET}"
    for said in (str(failed.value), repr(failed.value), repr(policy), str(vars(policy)), caplog.text, (tmp_path / "t").read_text()):
        assert SECRET not in said


def test_an_address_where_nothing_listens(catalog):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(ModelError, match="cannot be reached") as failed:
        evaluate(ModelPolicy(f"http://127.0.0.1:{port}"), catalog, episodes=2)
    assert failed.value.code == "UNREACHABLE"


def test_what_was_played_before_a_failure_is_kept(catalog, tmp_path):
    def revoked(request: Request) -> ServerReply:
        return looks(request) if len(server.requests) < 20 else ServerReply({"error": "revoked"}, 401)

    with ModelServer(revoked) as server, pytest.raises(ModelError) as failed:
        policy = ModelPolicy(server.url, dialect="compact")
        evaluate(policy, catalog, split="eval", concurrency=1, trajectories=tmp_path / "t")
    assert failed.value.code == "KEY_MISSING" and failed.value.evaluation.all.episodes == 6
    footers = [line for line in (tmp_path / "t").read_text().splitlines() if '"total_reward"' in line]
    assert len(footers) == 6


def test_an_episode_that_is_too_long_for_the_model_is_lost_alone(catalog):
    def forgetful(request: Request) -> ServerReply:
        if "Q SELECT" in request.body["prompt"] and len(server.requests) > 10:
            return refuses(400, "context_length_exceeded")
        return looks(request)

    with ModelServer(forgetful) as server:
        result = evaluate(ModelPolicy(server.url, dialect="compact"), catalog, concurrency=1, episodes=5)
    assert result.lost == {"CONTEXT_EXCEEDED": 2} and result.failures["MODEL_ERROR"] == 2
    assert result.all.episodes == 5


def test_functions_are_models_too(catalog):
    async def model(agent):
        await asyncio.sleep(0)
        return Reply(Completion("", (ToolCall("a", "answer", '{"value": 1}'),)), 5, 2)

    by_reply = asyncio.run(evaluate_async(model, catalog, episodes=7))
    by_text = evaluate(lambda agent: "Answer: 1", catalog, episodes=7)
    assert by_reply.results == by_text.results and by_reply.all.steps == 7
    assert (by_reply.counts.prompt_tokens, by_text.counts.prompt_tokens) == (35, 0)
    plain = evaluate_policy(lambda _: ("ANSWER", "1"), catalog, episodes=7)
    assert by_text.results == plain.results and by_reply.policy == "model"

    async def inside():
        return evaluate(lambda agent: "Answer: 1", catalog, episodes=7)

    assert asyncio.run(inside()).results == plain.results, "a notebook has an event loop of its own"


def test_what_went_wrong_is_counted(catalog):
    script = ["D pet\nS pet", "D pet", Completion("Q SELECT", (), True), "?", "A 1"]
    result = evaluate(ScriptedModel(script), catalog, dialect="compact", **PETS, episodes=2)
    assert result.counts[0:1] + result.counts[3:] == (10, 4, 2, 2, 2), result.counts
    assert result.step_errors["UNKNOWN_ACTION"] == 4


def test_samples_give_pass_at_k_and_the_majority(catalog):
    right = oracle_script(catalog, **PETS)
    ids = list(right)
    wrong = ["A surely not"]
    script = {}
    for i, name in enumerate(ids):
        # Of three samples of each question: all right, two right, one right, none.
        for sample in range(3):
            script[name, sample] = right[name] if sample >= i % 4 else wrong
    result = evaluate(ScriptedModel(script), catalog, dialect="compact", samples=3, **PETS)
    assert result.all.episodes == 3 * len(ids) and result.all.successes == sum(3 - i % 4 for i in range(len(ids)))
    hits = [3 - i % 4 for i in range(len(ids))]
    assert result.pass_at[1] == pytest.approx(sum(hits) / 3 / len(ids))
    assert result.pass_at[3] == pytest.approx(sum(hit > 0 for hit in hits) / len(ids))
    # Of one wrong and one right answer, the one that was given first counts.
    assert result.majority == pytest.approx(sum(hit >= 2 for hit in hits) / len(ids))


def test_files_and_numbers_are_those_of_the_program(catalog, tmp_path):
    flags = ["--split", "eval", "--database", "pets_1", "--seed", 5, "--samples", 2, "--temperature", 0.7]
    with ModelServer(looks) as server:
        told = sqlenv_program(
            "eval", "--model", server.url, "--model-name", "m", "--dialect", "compact", "--grammar", "--examples",
            "--json",
            "--trajectories", tmp_path / "a", "--completions", tmp_path / "ca", *flags,
        )  # fmt: skip
        asked = sorted(request.raw for request in server.requests)
        server.requests.clear()
        policy = ModelPolicy(server.url, model="m", dialect="compact", grammar=True, examples=True,
                             temperature=0.7)  # fmt: skip
        played = evaluate(policy, catalog, split="eval", database="pets_1", seed=5, samples=2,
                          trajectories=tmp_path / "b", completions=tmp_path / "cb")  # fmt: skip
        assert sorted(request.raw for request in server.requests) == asked
    assert played.json() == told.decode().rstrip("\n")
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()
    assert (tmp_path / "cb").read_bytes() == (tmp_path / "ca").read_bytes()
    again = sqlenv_program("eval", "--replay-completions", tmp_path / "cb", "--json", "--trajectories", tmp_path / "c")
    assert again == told and (tmp_path / "c").read_bytes() == (tmp_path / "a").read_bytes()
    script = ScriptedModel.from_file(tmp_path / "ca")
    scripted = evaluate(script, catalog, dialect="compact", split="eval", database="pets_1", seed=5, samples=2)
    assert scripted.results == played.results


def test_a_run_goes_on_where_it_ended(catalog, tmp_path):
    whole = evaluate(ScriptedModel(["D pet", "A 1"]), catalog, dialect="compact", completions=tmp_path / "whole", **PETS)
    lines = (tmp_path / "whole").read_text().splitlines(keepends=True)
    (tmp_path / "part").write_text("".join(lines[:6]) + lines[6][:40])
    asked = []

    def model(agent):
        asked.append(agent.prompt)
        return "D pet" if "D pet" not in agent.prompt else "A 1"

    model.__name__ = "ScriptedModel"
    rest = evaluate(model, catalog, dialect="compact", resume=tmp_path / "part", **PETS)
    assert len(asked) == 2 * (len(whole.results) - 5)
    assert rest.json() == whole.json() and rest.results == whole.results
    assert (tmp_path / "part").read_bytes() == (tmp_path / "whole").read_bytes()
    with pytest.raises(Error, match="another seed") as failed:
        evaluate(model, catalog, dialect="compact", resume=tmp_path / "part", seed=1, **PETS)
    assert failed.value.code == "MISMATCH"
    assert (tmp_path / "part").read_bytes() == (tmp_path / "whole").read_bytes(), "a refused file is left alone"


def test_an_interrupted_run_keeps_what_was_played(catalog, tmp_path):
    options = {"dialect": "compact", "resume": tmp_path / "c", "concurrency": 4, **PETS}

    async def model(agent):
        if len(asked) > 24:
            await asyncio.sleep(60)
        asked.append(1)
        return "A 1" if "\nD pet" in agent.prompt else "D pet"

    async def interrupted():
        await asyncio.wait_for(evaluate_async(model, catalog, **options), 2)

    asked: list[int] = []
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(interrupted())
    played = len(asked)
    turns = [len(json.loads(line)["turns"]) for line in (tmp_path / "c").read_text().splitlines()[1:]]
    assert sum(turns) == played > 24, "episodes that were begun are kept, too"
    asked.clear()

    async def quick(agent):
        asked.append(1)
        return "A 1" if "\nD pet" in agent.prompt else "D pet"

    quick.__name__ = "model"
    result = evaluate(quick, catalog, **options)
    assert result.all.episodes == 15 and len(asked) == 2 * 15 - played
    assert [one.question_id for one in result.results] == [one.question_id for one in plan_evaluation(catalog, **PETS)]


def test_a_budget_of_tokens_ends_a_run(catalog):
    with ModelServer(looks) as server:
        policy = ModelPolicy(server.url, dialect="compact")
        result = evaluate(policy, catalog, split="eval", concurrency=2, max_total_tokens=100)
    used = tokens_of(result)
    assert result.ended_early == "TOKEN_BUDGET" and 100 <= used <= 100 + 2 * 70
    assert 0 < result.all.episodes < 5


def test_a_key_without_encryption_is_warned_of(monkeypatch, recwarn):
    monkeypatch.setenv("THE_KEY", SECRET)
    for address in ("http://127.0.0.1:1", "http://localhost:1", "https://models.example.org"):
        ModelPolicy(address, api_key_env="THE_KEY")
    ModelPolicy("http://models.example.org")
    assert not recwarn.list
    with pytest.warns(UserWarning, match="without encryption"):
        ModelPolicy("http://models.example.org", api_key_env="THE_KEY")


def test_wrong_arguments(catalog):
    for arguments, words in [
        ({"url": "ftp://x"}, "http"),
        ({"url": "http://x", "dialect": "prose"}, "Known"),
        ({"url": "http://x", "api_key_env": "SURELY_NOT_SET"}, "SURELY_NOT_SET"),
    ]:
        with pytest.raises(Error, match=words) as failed:
            ModelPolicy(**arguments)
        assert failed.value.code == "BAD_OPTION"
    with pytest.raises(Error, match="samples"):
        evaluate(lambda agent: "", catalog, samples=0)
    with pytest.raises(Error, match="one of"):
        evaluate(lambda agent: "", catalog, completions="a", resume="b")
    with pytest.raises(TypeError, match="ModelPolicy"):
        evaluate("explorer", catalog)
    with pytest.raises(Error, match="atlantis"):
        evaluate(lambda agent: "", catalog, database="atlantis")
    with pytest.raises(Error, match="ends before") as failed:
        evaluate(ScriptedModel(["D pet"]), catalog, dialect="compact", episodes=1)
    assert failed.value.code == "SCRIPT_ENDED"
    with pytest.raises(ZeroDivisionError):
        evaluate(lambda agent: 1 / 0, catalog, episodes=3)
