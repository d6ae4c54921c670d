"""`sqlenv mcp`: the official client plays over the standard streams, and raw lines that no client sends."""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from mcp import ClientSession, McpError, StdioServerParameters
from mcp.client.stdio import stdio_client

from tests.cli.test_cli import NATIVE, sqlenv
from tests.parity import faces, scripts

TOOLS = ["reset", "describe", "sample", "query", "answer"]


@asynccontextmanager
async def client(*arguments, log=subprocess.DEVNULL):
    """A session of the official client with a process of its own, after initialize."""
    server = StdioServerParameters(command=str(NATIVE), args=["mcp", *map(str, arguments)])
    async with stdio_client(server, errlog=log) as (read, write), ClientSession(read, write) as session:
        session.greeting = await session.initialize()
        yield session


async def call(session: ClientSession, tool: str, **arguments) -> dict:
    """The step that a tool answers with, after a check that all forms of the result say the same."""
    result = await session.call_tool(tool, arguments)
    assert [block.type for block in result.content] == ["text"]
    step = json.loads(result.content[0].text)
    assert result.structuredContent == step
    assert result.isError is bool(step["observation"]["error"])
    return step


def play(coroutine):
    return asyncio.run(asyncio.wait_for(coroutine, 60))


def test_the_official_client_lists_the_tools():
    async def look():
        async with client() as session:
            assert session.greeting.serverInfo.name == "sql_env"
            assert "reset" in session.greeting.instructions
            capabilities = session.greeting.capabilities
            assert capabilities.tools and not (capabilities.prompts or capabilities.resources or capabilities.logging)
            await session.send_ping()
            tools = (await session.list_tools()).tools
            assert [tool.name for tool in tools] == TOOLS
            explores = {tool.name for tool in tools if tool.annotations.readOnlyHint}
            assert explores == {"describe", "sample", "query"}
            assert not any(tool.annotations.destructiveHint for tool in tools)
            assert all(tool.inputSchema["type"] == "object" and tool.description for tool in tools)

    play(look())


@pytest.mark.parametrize(("name", "won"), [("concert_singer_win", True), ("pets_1_lose", False),
                                           ("flight_2_win", True)])
def test_whole_episodes(name, won, tmp_path):
    options, actions = scripts.golden(name)
    actions = [{**a, "action_type": a["action_type"].upper()} for a in actions if a["action_type"] != "GUESS"]
    kept = tmp_path / "kept.jsonl"

    async def episode():
        async with client("--trajectories", kept) as session:
            steps = [await call(session, "reset", **options)]
            for action in actions:
                tool, argument = faces.tool_call(action)
                steps.append(await call(session, tool, **argument))
            return steps

    steps = play(episode())
    assert [step["done"] for step in steps] == [False] * len(actions) + [True]
    recorded = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert recorded[-1]["verdict"]["correct"] is won
    script = faces.Script(tmp_path, options, actions)
    done = sqlenv("run", "--reset", script.options_file, script.actions_file)
    assert kept.read_bytes() == done.stdout


def test_mistakes_leave_the_session_as_it_is():
    async def err():
        async with client("--seed", "1") as session:
            with pytest.raises(McpError, match="call the tool reset first"):
                await session.call_tool("describe", {"table": "pet"})
            with pytest.raises(McpError, match="Unknown tool: 'drop'"):
                await session.call_tool("drop", {})
            with pytest.raises(McpError, match='no database "nope"'):
                await session.call_tool("reset", {"database": "nope"})
            with pytest.raises(McpError, match="Method not found"):
                await session.list_prompts()
            with pytest.raises(McpError, match="Method not found"):
                await session.set_logging_level("debug")
            await call(session, "reset", database="concert_singer")
            with pytest.raises(McpError, match="takes one argument"):
                await session.call_tool("query", {"query": "SELECT 1"})
            wrong = await call(session, "query", sql="DELETE FROM vocalist")
            assert wrong["observation"]["error"].startswith("NOT_READ_ONLY: ")
            assert wrong["observation"]["step_count"] == 1
            right = await call(session, "query", sql="SELECT count(*) FROM vocalist")
            assert right["observation"]["step_count"] == 2
            await call(session, "answer", value="nothing of the kind")
            over = await call(session, "answer", value="1")
            assert over["done"] and over["observation"]["error"].startswith("EPISODE_OVER")

    play(err())


def test_two_processes_at_once_play_different_episodes():
    async def both():
        async with client("--database", "pets_1") as one, client("--database", "flight_2") as two:
            first, second = await asyncio.gather(call(one, "reset"), call(two, "reset"))
            assert "pet" in first["observation"]["schema_info"]
            assert "flight" in second["observation"]["schema_info"]
            table = second["observation"]["schema_info"].removeprefix("Tables: ").split(", ")[0]
            there, here = await asyncio.gather(call(two, "describe", table=table),
                                               call(one, "describe", table=table))
            assert there["observation"]["error"] == ""
            assert here["observation"]["error"].startswith("NO_SUCH_TABLE")

    play(both())


def test_options_fill_what_a_reset_leaves_open():
    async def questions(*arguments, **reset):
        async with client(*arguments) as session:
            return [(await call(session, "reset", **reset))["observation"] for _ in range(3)]

    seeded = play(questions("--seed", "7", "--split", "eval", "--step-budget", "5", "--database", "pets_1"))
    assert seeded == play(questions("--seed", "7", "--split", "eval", "--step-budget", "5", "--database", "pets_1"))
    assert [o["budget_remaining"] for o in seeded] == [5, 5, 5]
    by_seed = [play(questions(seed=7 + n, split="eval", database="pets_1"))[0]["question"] for n in range(3)]
    assert [o["question"] for o in seeded] == by_seed and len(set(by_seed)) > 1
    named = play(questions("--database", "pets_1", "--difficulty", "hard",
                           question_id="concert_singer_train_001", step_budget=9))
    assert "band" in named[0]["schema_info"] and named[0]["budget_remaining"] == 9
    drawn = {o["question"] for _ in range(4) for o in play(questions())}
    assert len(drawn) > 3  # no seed: not the same questions each time


def test_a_client_that_leaves_ends_it(tmp_path):
    async def pids():
        server = StdioServerParameters(command="sh", args=["-c", f"echo $$ > {tmp_path}/pid; exec {NATIVE} mcp"])
        async with stdio_client(server, errlog=subprocess.DEVNULL) as (read, write), \
                ClientSession(read, write) as session:
            await session.initialize()

    begun = time.monotonic()
    play(pids())
    assert time.monotonic() - begun < 2  # the client kills what has not ended after two seconds
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}").exists()


# ---------------------------------------------------------------------- raw lines


def request(method: str, number: int | str = 1, **params) -> bytes:
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}).encode() + b"\n"


def tool(name: str, number: int = 1, **arguments) -> bytes:
    return request("tools/call", number, name=name, arguments=arguments)


def exchange(lines: bytes, *arguments) -> list[dict]:
    """The answers to these lines. Standard output holds messages alone, one a line."""
    done = sqlenv("mcp", *arguments, stdin=lines)
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"" or done.stdout.endswith(b"\n")
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert all(answer["jsonrpc"] == "2.0" and ("result" in answer) != ("error" in answer) for answer in answers)
    return answers


@pytest.mark.parametrize(("line", "code"), [
    (b"hello\n", -32700),
    (b'{"jsonrpc":"2.0","id":1,\n', -32700),
    (b"\xff\xfe\x00\n", -32700),
    (b"\x00\n", -32700),
    (b"[" * 100_000 + b"\n", -32700),
    (b'"ping"\n', -32000),
    (b'[{"jsonrpc":"2.0","id":1,"method":"ping"},{"jsonrpc":"2.0","id":2,"method":"ping"}]\n', -32000),
    (b"{}\n", -32600),
    (b'{"jsonrpc":"1.0","id":1,"method":"ping"}\n', -32600),
    (b'{"jsonrpc":"2.0","id":1,"result":{}}\n', -32600),
    (b"x" * (2 << 20) + b"\n", -32600),
    (b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"' + b"y" * (1 << 20) + b'"}}\n', -32600),
    (request("resources/list"), -32601),
    (request("tools/call"), -32602),
    (tool("shutdown"), -32603),
    (tool("answer", value=9), -32603),
])
def test_bad_lines_are_answered_and_the_next_is_read(line, code):
    bad, good = exchange(line + request("ping", "next"))
    assert bad["error"]["code"] == code and bad["error"]["message"]
    assert good == {"jsonrpc": "2.0", "id": "next", "result": {}}


def test_errors_name_the_request_where_its_id_can_be_read():
    wrong_params = b'{"jsonrpc":"2.0","id":5,"method":"ping","params":[]}\n'
    wrong_id = b'{"jsonrpc":"2.0","id":{},"method":"ping"}\n'
    assert [answer["id"] for answer in exchange(wrong_params + wrong_id)] == [5, None]


def test_lines_of_any_shape():
    ping = request("ping").strip()
    assert len(exchange(ping + b"\r\n\r\n  \n\n" + ping)) == 2  # the last line needs no end
    assert exchange(b"") == []
    assert exchange(b'{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":3}}\n') == []
    most = b'{"jsonrpc":"2.0","id":1,"method":"ping","params":{"x":"' + b"y" * ((1 << 20) - 58) + b'"}}'
    assert len(most) == 1 << 20
    assert "result" in exchange(most + b"\n")[0]
    assert "error" in exchange(most.replace(b"xy", b"xyy", 1).replace(b'"x":"', b'"x":"y', 1) + b"\n")[0]


def test_a_thousand_requests_at_once():
    lines = b"".join(request("ping", number) for number in range(1000))
    assert [answer["id"] for answer in exchange(lines)] == list(range(1000))


def test_versions_of_the_protocol():
    asked = ["2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05", "1999-01-01"]
    answers = exchange(b"".join(request("initialize", protocolVersion=version) for version in asked))
    assert [a["result"]["protocolVersion"] for a in answers] == [*asked[:-1], "2025-11-25"]


@pytest.mark.parametrize("arguments", [("--difficulty", "trivial"), ("--database", "nope"), ("--reward", "v9"),
                                       ("--step-budget", "0"), ("--pack", "no/such/folder"),
                                       ("--trajectories", "/no/such/folder/t.jsonl")])
def test_wrong_options_are_said_at_once(arguments):
    done = sqlenv("mcp", *arguments)
    assert done.returncode == 1 and done.stdout == b""
    assert done.stderr.startswith(b"sqlenv mcp: ")


# ---------------------------------------------------------------------- ends


@pytest.fixture
def process():
    started = subprocess.Popen([NATIVE, "mcp"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                               stderr=subprocess.PIPE, bufsize=0)
    assert b"standard input" in started.stderr.readline()
    yield started
    started.kill()
    started.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signals_end_it_with_status_0(process, number):
    process.stdin.write(request("ping"))
    assert b'"result":{}' in process.stdout.readline()
    process.send_signal(number)
    assert process.wait(timeout=5) == 0
    assert process.stderr.read() == b""


def test_a_signal_ends_it_while_nobody_reads_its_answers(process):
    lines = b"".join(tool("reset", number) for number in range(60))
    process.stdin.write(lines)  # more answers than a pipe holds
    time.sleep(0.5)
    assert process.poll() is None
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=5) == 0


def test_a_signal_stops_a_query(process):
    process.stdin.write(tool("reset"))
    process.stdout.readline()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    process.stdin.write(tool("query", sql=endless) * 15)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=2) == 0


def test_a_broken_pipe_ends_it_with_status_0(process):
    process.stdout.close()
    process.stdin.write(request("ping"))
    assert process.wait(timeout=5) == 0
    assert process.stderr.read() == b""


def test_an_endless_line_does_not_fill_the_memory(process):
    block = b"x" * (1 << 20)
    for _ in range(64):
        process.stdin.write(block)
    process.stdin.write(b"\n" + request("ping", "after"))
    assert json.loads(process.stdout.readline())["error"]["code"] == -32600
    assert json.loads(process.stdout.readline())["id"] == "after"
    status = Path(f"/proc/{process.pid}/status").read_text()
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert peak < 64 * 1024  # KiB
