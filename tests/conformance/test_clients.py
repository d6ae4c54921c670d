"""Official clients, unmodified, and ours play whole episodes on our server."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys

import pytest

from tests.conformance.conftest import MISSING
from tests.server.conftest import Server

pytest.importorskip("openenv.core", reason=MISSING)
from openenv.core import GenericEnvClient  # noqa: E402
from openenv.core.mcp_client import MCPToolClient  # noqa: E402

EPISODE = [
    {"action_type": "DESCRIBE", "argument": "singer"},
    {"action_type": "QUERY", "argument": "SELECT count(*) FROM singer"},
    {"action_type": "ANSWER", "argument": "3"},
]


def check_episode(steps: list, state: dict) -> None:
    assert [step.done for step in steps] == [False, False, True]
    assert steps[-1].reward == 1.0 and all(isinstance(step.reward, float) for step in steps)
    assert state == {"episode_id": "mine", "step_count": 3}


def test_the_generic_client(ours):
    async def play() -> None:
        async with GenericEnvClient(base_url=f"http://{ours.address}") as client:
            for _ in range(2):
                first = await client.reset(question_id="music_train_001", seed=3, episode_id="mine")
                assert first.reward is None and first.done is False
                assert first.observation["question"] == "How many singers are there?"
                steps = [await client.step(action) for action in EPISODE]
                check_episode(steps, await client.state())

    asyncio.run(play())


def test_the_generic_client_in_sync(ours):
    with GenericEnvClient(base_url=f"http://{ours.address}").sync() as client:
        client.reset(question_id="music_train_001", episode_id="mine")
        check_episode([client.step(action) for action in EPISODE], client.state())
        with pytest.raises(RuntimeError, match="VALIDATION_ERROR"):
            client.reset(database="nope")
        with pytest.raises(RuntimeError, match="VALIDATION_ERROR"):
            client.step({"sql": "SELECT 1"})
        assert client.reset(database="music").done is False


def test_sixteen_clients_at_once(launch):
    # A server of its own: sessions of earlier tests may still be leaving a shared one, which has just 16 places.
    server = launch("--threads", "2", "--max-sessions", 16)

    async def play(number: int) -> float:
        async with GenericEnvClient(base_url=f"http://{server.address}") as client:
            await client.reset(question_id="music_train_001", episode_id=str(number))
            steps = [await client.step(action) for action in EPISODE]
            assert await client.state() == {"episode_id": str(number), "step_count": 3}
            return steps[-1].reward

    async def all_of_them() -> list[float]:
        return await asyncio.gather(*(play(number) for number in range(16)))

    assert asyncio.run(all_of_them()) == [1.0] * 16


def test_our_typed_client(ours):
    from sqlenv import SQLAction, SQLEnv, SQLObservation, SQLState

    with SQLEnv(base_url=f"http://{ours.address}").sync() as client:
        first = client.reset(question_id="music_train_001", episode_id="mine")
        assert isinstance(first.observation, SQLObservation) and first.observation.error == ""
        steps = [client.step(SQLAction(**action)) for action in EPISODE]
        assert steps[1].observation.action_history and "\n3\n" in steps[1].observation.result
        assert steps[2].observation.done and steps[2].observation.reward == 1.0
        state = client.state()
        assert isinstance(state, SQLState)
        check_episode(steps, state.model_dump())


def check_tools(names: list[str]) -> None:
    assert names == ["reset", "describe", "sample", "query", "answer"]


def test_the_tool_client(ours):
    """It begins a session over HTTP, attaches a WebSocket to it and calls tools over HTTP."""

    async def play() -> None:
        async with MCPToolClient(base_url=f"http://{ours.address}") as client:
            check_tools([tool.name for tool in await client.list_tools()])
            first = await client.call_tool("reset", question_id="music_train_001", episode_id="mine")
            assert first["observation"]["question"] == "How many singers are there?"
            described = await client.call_tool("describe", table="singer")
            assert "age REAL" in described["observation"]["result"]
            await client.call_tool("query", sql="SELECT count(*) FROM singer")
            state = await client.state()
            assert (state.episode_id, state.step_count) == ("mine", 2)
            answered = await client.call_tool("answer", value="3")
            assert answered["done"] is True and answered["reward"] == 1.0
            with pytest.raises(RuntimeError, match="Unknown tool"):
                await client.call_tool("nope")

    asyncio.run(play())


async def play_mcp(session) -> None:
    hello = await session.initialize()
    assert hello.serverInfo.name == "sql_env" and "reset" in hello.instructions
    check_tools([tool.name for tool in (await session.list_tools()).tools])
    await session.send_ping()
    early = await call(session, "describe", table="singer")
    assert isinstance(early, str) and "reset" in early
    first = await call(session, "reset", question_id="music_train_001")
    assert first["observation"]["question"] == "How many singers are there?"
    wrong = await session.call_tool("query", {"sql": "SELEC 1"})
    assert wrong.isError and "SYNTAX" in wrong.content[0].text
    await call(session, "query", sql="SELECT count(*) FROM singer")
    answered = await call(session, "answer", value="3")
    assert answered["reward"] == 1.0 and answered["done"] is True


async def call(session, tool: str, **arguments) -> dict | str:
    """What the tool returned, or the message of the error."""
    from mcp.shared.exceptions import McpError

    try:
        result = await session.call_tool(tool, arguments)
    except McpError as error:
        return str(error)
    assert json.loads(result.content[0].text) == result.structuredContent
    return result.structuredContent


def test_the_client_of_mcp_itself_over_http(ours):
    from mcp import ClientSession
    from mcp.client.streamable_http import streamablehttp_client

    async def play() -> None:
        async with streamablehttp_client(f"http://{ours.address}/mcp") as (read, write, session_id):
            async with ClientSession(read, write) as session:
                await play_mcp(session)
            assert session_id()

    before = sessions_over_http(ours)
    asyncio.run(play())
    assert sessions_over_http(ours) == before, "the client ends its session, and so does the server"


def test_the_client_of_mcp_itself_over_a_websocket(ours):
    from mcp import ClientSession
    from mcp.client.websocket import websocket_client

    async def play() -> None:
        async with websocket_client(f"ws://{ours.address}/mcp") as (read, write):
            async with ClientSession(read, write) as session:
                await play_mcp(session)

    asyncio.run(play())


def sessions_over_http(server: Server) -> int:
    text = server.request("GET", "/metrics").body.decode()
    return int(text.split("\nsqlenv_mcp_sessions ")[1].split("\n")[0])


def test_openenv_validate(start):
    """In both modes, at once: the command line takes seconds to import."""
    running = []
    try:
        for mode in ("simulation", "production"):
            server = start("--mode", mode, "--threads", 1)
            url = f"http://{server.address}"
            command = [sys.executable, "-m", "openenv.cli", "validate", "--url", url, "--json"]
            running.append((mode, server, subprocess.Popen(command, stdout=subprocess.PIPE)))
        for mode, _, validation in running:
            report = json.loads(validation.communicate(timeout=120)[0])
            assert validation.returncode == 0 and report["passed"] and report["mode"] == mode, report
            assert report["summary"]["passed_count"] == report["summary"]["total_count"] == 6
    finally:
        for _, server, validation in running:
            for process in (server.process, validation):
                process.kill()
                process.wait()
