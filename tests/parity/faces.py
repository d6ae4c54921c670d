"""Plays one script of actions through each face and returns the trajectory's bytes."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path

from websockets.sync.client import connect

BROWSER = Path(__file__).resolve().parents[1] / "browser"


class Script:
    """Reset options and actions, in memory and as the files that programs read."""

    def __init__(self, folder: Path, options: dict, actions: list[dict]) -> None:
        self.options = options
        self.actions = actions
        self.options_file = folder / "reset.json"
        self.actions_file = folder / "actions.jsonl"
        self.options_file.write_text(json.dumps(options), encoding="utf-8")
        lines = [json.dumps(action, ensure_ascii=False) + "\n" for action in actions]
        self.actions_file.write_text("".join(lines), encoding="utf-8")


def _output(command: list) -> bytes:
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return done.stdout


def through_command_line(sqlenv: Path, pack, script: Script) -> bytes:
    command = [sqlenv, "run", "--pack", pack.path, "--reset", script.options_file]
    return _output([*command, script.actions_file])


def replayed(sqlenv: Path, pack, trajectories: bytes) -> Counter:
    """How many of the trajectories are equal when they are played again, and how many are not."""
    command = [sqlenv, "replay", "--json", "--pack", pack.path, "-"]
    done = subprocess.run(command, input=trajectories, capture_output=True, timeout=300, check=False)
    reports = [json.loads(line) for line in done.stdout.splitlines()]
    return Counter("equal" if report["equal"] else "different" for report in reports)


def through_node(node: str, module: Path, pack, script: Script) -> bytes:
    program = BROWSER / "play_in_node.mjs"
    return _output([node, program, module, pack.archive, script.options_file, script.actions_file])


def through_chromium(node: str, site: Path, pack, script: Script) -> bytes:
    """The page has the starter pack already; any other is handed to it."""
    program = BROWSER / "play_in_chromium.mjs"
    added = [pack.archive] if script.options.get("pack") else []
    return _output([node, program, site, script.options_file, script.actions_file, *added])


# The tools of MCP, and their only argument.
TOOLS = {"DESCRIBE": ("describe", "table"), "SAMPLE": ("sample", "table"), "QUERY": ("query", "sql"),
         "ANSWER": ("answer", "value")}


def tool_call(action: dict) -> tuple[str, dict]:
    tool, parameter = TOOLS[action["action_type"]]
    return tool, {parameter: action["argument"]}


def through_mcp(sqlenv: Path, pack, script: Script, folder: Path) -> tuple[bytes, list[dict]]:
    """The trajectory, and every observation, of a script whose actions are all tools."""
    calls = [("reset", script.options), *map(tool_call, script.actions)]
    lines = [
        json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call",
                    "params": {"name": name, "arguments": arguments}}, ensure_ascii=False)
        for number, (name, arguments) in enumerate(calls)
    ]
    kept = folder / "mcp.jsonl"
    command = [sqlenv, "mcp", "--pack", pack.path, "--trajectories", kept]
    said = "".join(line + "\n" for line in lines).encode("utf-8")
    done = subprocess.run(command, input=said, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    results = [json.loads(line)["result"] for line in done.stdout.splitlines()]
    return kept.read_bytes(), [json.loads(result["content"][0]["text"]) for result in results]


def through_websocket(address: str, script: Script) -> tuple[bytes, list[dict]]:
    """The trajectory, and every observation that the client was sent on the way."""
    observations = []
    with connect(f"ws://{address}/ws", max_size=None) as socket:

        def ask(message: dict, expected: str) -> dict:
            socket.send(json.dumps(message))
            reply = json.loads(socket.recv(timeout=60))
            assert reply["type"] == expected, reply
            return reply["data"]

        observations.append(ask({"type": "reset", "data": script.options}, "observation"))
        for action in script.actions:
            observations.append(ask({"type": "step", "data": action}, "observation"))
        trajectory = ask({"type": "trajectory"}, "trajectory")["jsonl"]
    return trajectory.encode("utf-8"), observations
