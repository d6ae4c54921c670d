"""sqlenv.agents: an episode as text over Env and VectorEnv, and completions as actions."""

from __future__ import annotations

import json

import pytest

from sqlenv import Env, Error, SQLObservation, VectorEnv
from sqlenv.agents import (
    DIALECTS,
    AgentEnv,
    AgentEpisode,
    AgentVectorEnv,
    Completion,
    ToolCall,
    model_tools,
    read_reply,
)

DEAD_PETS = {"database": "pets_1", "split": "train", "seed": 3}


def call(name: str, **arguments: object) -> Completion:
    return Completion("", (ToolCall("call_7", name, json.dumps(arguments)),))


def test_a_compact_episode_is_a_text_that_grows_by_lines(catalog):
    player = AgentEnv(Env(catalog), "compact")
    opening = player.reset(**DEAD_PETS).prompt
    question, tables = opening.splitlines()
    assert question == player.env.question.text and "pet" in tables.split()
    player.step("D pet")
    player.step("Q SELECT count(*) FROM pet")
    step = player.step("Final answer: =")
    written = player.agent.prompt.removeprefix(opening).splitlines()
    assert written[0] == "D pet" and written[1].startswith("pet(pet_id*, ")
    assert written[2] == "Q SELECT count(*) FROM pet" and written[3].startswith("= ")
    assert written[4] == f"A {written[3][2:]}"
    assert step.done and player.agent.messages == [] and player.agent.version == "compact/1"


def test_a_chat_episode_is_a_conversation_with_tools(catalog):
    player = AgentEnv(Env(catalog))
    agent = player.reset(**DEAD_PETS)
    assert [message["role"] for message in agent.messages] == ["system", "user"]
    player.step(call("query", sql="SELECT 1"))
    player.step("I do not know what to do.")
    asked, answered, said, told = agent.messages[2:]
    assert asked["tool_calls"] == [
        {"id": "call_7", "type": "function", "function": {"name": "query", "arguments": '{"sql": "SELECT 1"}'}}
    ]
    assert answered["tool_call_id"] == "call_7" and answered["content"].startswith("1\n1\n(1 row)")
    assert said == {"role": "assistant", "content": "I do not know what to do."}
    assert told["role"] == "user" and told["content"].startswith("Error: UNREADABLE: ")
    assert player.env.step(("ANSWER", "x")).observation["step_count"] == 3, "an unreadable text costs a step"
    assert agent.prompt == "" and [tool["function"]["name"] for tool in agent.tools] == [
        "describe", "sample", "query", "answer"]  # fmt: skip


def test_requests_are_what_servers_take(catalog):
    first = Env(catalog).reset(**DEAD_PETS).observation
    chat, compact = (AgentEpisode(first, dialect) for dialect in ("chat", "compact"))
    body = json.loads(chat.request(model="m", temperature=0.7, max_tokens=9, seed=2**64 - 1))
    assert body["messages"] == chat.messages and body["tools"] == model_tools() == chat.tools
    assert (body["model"], body["temperature"], body["max_tokens"], body["seed"]) == ("m", 0.7, 9, 2**64 - 1)
    body = json.loads(compact.request(grammar=compact.grammar))
    assert body["prompt"] == compact.prompt and body["stop"] == ["\n"] and body["stream"] is False
    assert body["grammar"].startswith("root ::= ") and '"pet"' in body["grammar"]
    assert "model" not in body and "seed" not in body


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", ["", "\udc80\ud800", "\0" * 9, "{" * 5000, "D" * 100_000, "<think>", "\U0001f9d0"])
def test_any_text_gives_an_action(catalog, dialect, text):
    player = AgentEnv(Env(catalog), dialect)
    agent = player.reset(**DEAD_PETS)
    reading = agent.read(text)
    assert not reading.readable and reading.action.action_type == "UNREADABLE" and reading.message
    assert not player.step(text).done
    agent.request().encode()


def test_a_completion_that_a_limit_cut_off_is_not_played(catalog):
    agent = AgentEpisode(Env(catalog).reset(**DEAD_PETS).observation, "compact")
    whole, half = (agent.read(Completion("Q SELECT name FROM pet", (), cut)) for cut in (False, True))
    assert whole.action == ("QUERY", "SELECT name FROM pet")
    assert not half.readable and "cut off" in half.message


def test_a_vector_env_plays_the_same_texts(catalog):
    lines = ["D pet", "S nothing", "Q SELECT 1", "A ="]
    with VectorEnv(3, catalog, threads=2, autoreset="SameStep", split="train") as envs:
        batch = AgentVectorEnv(envs, "compact")
        batch.reset(seed=11)
        last = dict(batch.agents)
        for line in lines:
            step = batch.step([line] * 3)
        assert step.terminated.all() and step.began.all()
        for slot in range(3):
            alone = AgentEnv(Env(catalog, split="train"), "compact")
            alone.reset(seed=11 + slot)
            for line in lines[:-1]:
                alone.step(line)
            assert last[slot].prompt == alone.agent.prompt
            fresh = AgentEpisode(step.observations[slot], "compact")
            assert batch.agents[slot].prompt == fresh.prompt != last[slot].prompt
        batch.step(["D pet"], slots=[1])
        assert len(batch.agents[1].prompt) > len(batch.agents[0].prompt) > 0


def test_replies_of_servers(catalog):
    body = {"choices": [{"text": "D pet", "finish_reason": "length"}], "usage": {"prompt_tokens": 9, "completion_tokens": 2}}
    assert read_reply(json.dumps(body).encode()) == (Completion("D pet", (), True), 9, 2)
    message = {"content": None, "tool_calls": [{"id": "a", "function": {"name": "answer", "arguments": {"value": 3}}}]}
    assert Completion.from_message(message).tool_calls == (ToolCall("a", "answer", '{"value":3}'),)
    with pytest.raises(Error, match="tired") as failed:
        read_reply(b'{"error": {"message": "The model is tired."}}')
    assert failed.value.code == "BAD_MODEL_REPLY"


def test_completions_are_kept_as_text():
    completion = Completion("é\n", (ToolCall("a", "query", "{}"),), True)
    assert Completion.from_json(completion.json()) == completion
    assert Completion("x").json() == '{"text":"x"}'
    with pytest.raises(ValueError, match="not a completion"):
        Completion.from_json("[]")


def test_an_observation_of_the_servers_client_serves(catalog):
    observation = Env(catalog).reset(**DEAD_PETS).observation
    sent = SQLObservation(**observation)
    assert AgentEpisode(sent, "compact").prompt == AgentEpisode(observation, "compact").prompt


def test_wrong_arguments(catalog):
    observation = Env(catalog).reset(**DEAD_PETS).observation
    with pytest.raises(Error, match="Known: compact, chat") as failed:
        AgentEpisode(observation, "prose")
    assert failed.value.code == "BAD_OPTION"
    with pytest.raises(TypeError):
        AgentEpisode({"question": "?"})
    with pytest.raises(ValueError, match="reset"):
        AgentEnv(Env(catalog)).step("D pet")
