"""The requests and messages that both servers get, each under a title."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

JSON = {"Content-Type": "application/json"}
ACTION = {"action_type": "SAMPLE", "argument": "band"}
LONG = "n" * 256
# What a text may not be, and what an object may not be.
NO_TEXTS = {"null": None, "a number": 1, "a fraction": 1.5, "true": True, "a list": [], "an object": {}}
NO_OBJECTS = {"null": None, "a number": 1, "a text": "x", "true": True, "a list": []}


class Request(NamedTuple):
    title: str
    method: str
    target: str
    body: bytes | None = None
    headers: dict[str, str] = {}


def get(title: str, target: str, method: str = "GET") -> Request:
    return Request(title, method, target)


def post(title: str, target: str, body: Any, headers: dict[str, str] = JSON) -> Request:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Request(title, "POST", target, data, headers)


def step(title: str, action: Any = ACTION, **beside: Any) -> Request:
    return post(f"step {title}", "/step", {"action": action, **beside})


def rpc(title: str, method: str, params: Any = None, **beside: Any) -> Request:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, **beside}
    return post(f"mcp {title}", "/mcp", request if params is None else {**request, "params": params})


VALID = [
    get("health", "/health"),
    get("health with a query", "/health?x=1"),
    get("metadata", "/metadata"),
    get("schema", "/schema"),
    get("openapi", "/openapi.json"),
    get("openapi head", "/openapi.json", "HEAD"),
    get("docs", "/docs"),
    get("docs head", "/docs", "HEAD"),
    get("redoc", "/redoc"),
    get("oauth redirect", "/docs/oauth2-redirect"),
    get("state", "/state"),
    get("list environments", "/list_environments"),
    get("splits", "/sql_env/splits"),
    get("splits in capitals", "/SQL_ENV/splits"),
    Request("reset without a body", "POST", "/reset", None, JSON),
    post("reset empty", "/reset", {}),
    post("reset null", "/reset", None),
    post("reset seed", "/reset", {"seed": 3}),
    post("reset whole seed", "/reset", {"seed": 3.0}),
    post("reset nulls", "/reset", {"seed": None, "episode_id": None}),
    post("reset episode_id", "/reset", {"episode_id": "a", "seed": 0}),
    post("reset 255 characters", "/reset", {"episode_id": "é" * 255}),
    post("reset duplicate", "/reset", b'{"seed": -1, "seed": 4}'),
    post("reset body of another type", "/reset", {}, {"Content-Type": "text/plain"}),
    post("reset body without a type", "/reset", {}, {}),
    step("alone"),
    post("tasks", "/sql_env/tasks", {"split": "train"}),
    post("num_tasks", "/sql_env/num_tasks", {"split": "eval"}),
    post("task", "/sql_env/task", {"split": "train", "index": 0}),
    post("task_range", "/sql_env/task_range", {"split": "train"}),
    post("task_range part", "/sql_env/task_range", {"split": "train", "start": 0, "stop": 1}),
    post("task_range nulls", "/sql_env/task_range", {"split": "train", "start": None, "stop": None}),
    rpc("tools list", "tools/list"),
    rpc("initialize", "initialize", {"protocolVersion": "2025-06-18", "capabilities": {}}),
    post("mcp notification", "/mcp", {"jsonrpc": "2.0", "method": "notifications/initialized"}),
    rpc("ping", "ping"),
]

INVALID = [
    *(get(f"unknown {path}", path) for path in ("/nope", "/health/x", "/ws", "/resets", "/metadata.json")),
    *(Request(f"wrong method {m} {p}", m, p) for m, p in (
        ("POST", "/health"), ("POST", "/metadata"), ("POST", "/schema"), ("GET", "/reset"),
        ("GET", "/step"), ("POST", "/state"), ("PUT", "/reset"), ("PATCH", "/step"),
        ("DELETE", "/state"), ("HEAD", "/health"), ("OPTIONS", "/reset"), ("GET", "/mcp"),
        ("PUT", "/mcp"), ("POST", "/openapi.json"), ("POST", "/list_environments"),
        ("POST", "/sql_env/splits"), ("GET", "/sql_env/tasks"), ("GET", "/sql_env/task"),
    )),
    Request("mcp delete", "DELETE", "/mcp"),
    *(get(f"trailing slash {path}", path) for path in ("/health/", "/metadata/", "/schema/", "/state/")),
    post("trailing slash /reset/", "/reset/", {}),
    post("trailing slash /step/", "/step/", {"action": ACTION}),
    # /reset
    post("reset broken json", "/reset", b"{"),
    post("reset blank body", "/reset", b" "),
    post("step blank body", "/step", b"\n"),
    post("reset not utf-8", "/reset", b"\xff\xfe"),
    *(post(f"reset body {n}", "/reset", v) for n, v in NO_OBJECTS.items() if v is not None),
    post("reset seed negative", "/reset", {"seed": -1}),
    post("reset seed very negative", "/reset", {"seed": -(2**40)}),
    post("reset seed with fraction", "/reset", {"seed": 1.5}),
    post("reset seed as text", "/reset", {"seed": "7"}),
    post("reset seed a list", "/reset", {"seed": []}),
    post("reset seed an object", "/reset", {"seed": {}}),
    post("reset seed as true", "/reset", {"seed": True}),
    post("reset seed above 64 bits", "/reset", {"seed": 2**64}),
    *(post(f"reset episode_id {n}", "/reset", {"episode_id": v}) for n, v in NO_TEXTS.items() if v is not None),
    post("reset episode_id too long", "/reset", {"episode_id": LONG}),
    post("reset two errors", "/reset", {"seed": -1, "episode_id": 4}),
    post("reset unknown option", "/reset", {"colour": "red"}),
    # /step
    Request("step without a body", "POST", "/step", None, JSON),
    post("step null", "/step", None),
    post("step empty", "/step", {}),
    post("step broken json", "/step", b'{"action": '),
    *(post(f"step body {n}", "/step", v) for n, v in NO_OBJECTS.items() if v is not None),
    *(step(f"action {n}", v) for n, v in NO_OBJECTS.items()),
    step("action empty", {}),
    step("action wrapped", {"action": ACTION}),
    step("action without argument", {"action_type": "QUERY"}),
    step("action without action_type", {"argument": "x"}),
    *(step(f"action_type {n}", {**ACTION, "action_type": v}) for n, v in NO_TEXTS.items()),
    *(step(f"argument {n}", {**ACTION, "argument": v}) for n, v in NO_TEXTS.items()),
    *(step(f"action metadata {n}", {**ACTION, "metadata": v}) for n, v in NO_OBJECTS.items()),
    step("action with more", {**ACTION, "sql": "x"}),
    step("action with much more", {**ACTION, "a": 1, "b": [], "c": None}),
    step("action wrong in every way", {"action_type": 1, "metadata": 2, "x": 3}),
    step("timeout zero", timeout_s=0),
    step("timeout negative", timeout_s=-1.5),
    step("timeout as text", timeout_s="3"),
    step("timeout a list", timeout_s=[]),
    step("timeout an object", timeout_s={}),
    *(step(f"request_id {n}", request_id=v) for n, v in NO_TEXTS.items() if v is not None),
    step("request_id too long", request_id=LONG),
    step("action and timeout", 3, timeout_s=0),
    step("action with lone surrogate", {**ACTION, "argument": "\ud800"}),
    step("episode that is not kept", episode_id="never reset"),
    get("state episode that is not kept", "/state?episode_id=never"),
    # Task API
    get("splits of another", "/other/splits"),
    post("tasks of another", "/other/tasks", {"split": "train"}),
    post("tasks empty", "/sql_env/tasks", {}),
    Request("tasks without a body", "POST", "/sql_env/tasks", None, JSON),
    post("tasks list", "/sql_env/tasks", []),
    post("tasks split a number", "/sql_env/tasks", {"split": 1}),
    post("tasks split null", "/sql_env/tasks", {"split": None}),
    post("tasks with more", "/sql_env/tasks", {"split": "train", "x": 1}),
    post("tasks of unknown split", "/sql_env/tasks", {"split": "nope"}),
    post("task empty", "/sql_env/task", {}),
    post("task index missing", "/sql_env/task", {"split": "train"}),
    post("task index null", "/sql_env/task", {"split": "train", "index": None}),
    post("task index as text", "/sql_env/task", {"split": "train", "index": "0"}),
    post("task index with fraction", "/sql_env/task", {"split": "train", "index": 0.5}),
    post("task index beyond", "/sql_env/task", {"split": "train", "index": 1000}),
    post("task index negative", "/sql_env/task_range", {"split": "train", "start": -1}),
    post("task_range start a list", "/sql_env/task_range", {"split": "train", "start": []}),
    # /mcp
    post("mcp empty object", "/mcp", {}),
    Request("mcp without a body", "POST", "/mcp", None, JSON),
    post("mcp broken json", "/mcp", b"{"),
    post("mcp list", "/mcp", []),
    post("mcp number", "/mcp", 3),
    post("mcp wrong version", "/mcp", {"jsonrpc": "1.0", "id": 1, "method": "tools/list"}),
    post("mcp no version", "/mcp", {"id": 1, "method": "tools/list"}),
    post("mcp no method", "/mcp", {"jsonrpc": "2.0", "id": 1}),
    post("mcp method a number", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": 3}),
    rpc("params list", "tools/list", []),
    rpc("params text", "tools/list", "x"),
    rpc("with more", "tools/list", extra=1),
    post("mcp id a list", "/mcp", {"jsonrpc": "2.0", "id": [], "method": "tools/list"}),
    post("mcp id with fraction", "/mcp", {"jsonrpc": "2.0", "id": 1.5, "method": "tools/list"}),
    rpc("unknown method", "tools/lost"),
    rpc("unknown method with a text id", "resources/list", id="seven"),
    rpc("call without name", "tools/call", {}),
    rpc("call unknown tool", "tools/call", {"name": "nope", "arguments": {}}),
    rpc("call without arguments", "tools/call", {"name": "describe"}),
    rpc("call wrong argument", "tools/call", {"name": "describe", "arguments": {"tables": "x"}}),
    rpc("call one argument more", "tools/call", {"name": "query", "arguments": {"sql": "x", "y": 1}}),
    rpc("call argument a list", "tools/call", {"name": "query", "arguments": {"sql": []}}),
    rpc("call arguments a number", "tools/call", {"name": "query", "arguments": 3}),
    rpc("call without episode", "tools/call", {"name": "query", "arguments": {"sql": "SELECT 1"}}),
    rpc("call in unknown session", "tools/call", {"name": "query", "session_id": "nope"}),
    rpc("list in unknown session", "tools/list", {"session_id": "nope"}),
    rpc("close without session", "openenv/session/close", {}),
    rpc("close unknown session", "openenv/session/close", {"session_id": "nope"}),
]

MESSAGES_VALID = [
    ("state first", [{"type": "state"}]),
    ("reset", [{"type": "reset"}]),
    ("reset with data", [{"type": "reset", "data": {"seed": 1, "episode_id": "x"}}, {"type": "state"}]),
    ("reset empty data", [{"type": "reset", "data": {}}]),
    ("reset seed null", [{"type": "reset", "data": {"seed": None}}]),
    ("white space around", [' \n{"type": "state"}\t ']),
    ("duplicate keys", ['{"type": "nope", "type": "state"}']),
    ("step", [{"type": "reset"}, {"type": "step", "data": ACTION}, {"type": "state"}]),
    ("step with metadata", [{"type": "reset"}, {"type": "step", "data": {**ACTION, "metadata": {"a": [1]}}}]),
    ("step with NaN in metadata",
     [{"type": "reset"}, '{"type": "step", "data": {"action_type": "SAMPLE", "argument": "band", "metadata": {"x": NaN, "y": -Infinity}}}']),
    ("step with escapes", [{"type": "reset"}, '{"type": "step", "data": {"action_type": "QUERY", "argument": "\\ud83d\\ude00"}}']),
    ("answer", [{"type": "reset"}, {"type": "step", "data": {"action_type": "ANSWER", "argument": "3"}}, {"type": "state"}]),
    ("mcp tools list", [{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}}]),
    ("mcp call", [{"type": "reset"}, {"type": "mcp", "data": {
        "jsonrpc": "2.0", "id": "a", "method": "tools/call", "params": {"name": "sample", "arguments": {"table": "band"}}}}]),
    ("mcp create", [{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}}]),
    ("mcp initialize", [{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}}]),
    ("mcp notification", [{"type": "mcp", "data": {"jsonrpc": "2.0", "method": "notifications/initialized"}}]),
    ("mcp ping", [{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "ping"}}]),
    ("close", [{"type": "close"}]),
]  # fmt: skip

MESSAGES_INVALID = [
    *((f"not json {text[:12]!r}", [text]) for text in ("not json", "", "{", "{'type': 'state'}", '{"type": "state"', "nul")),
    ("byte order mark", ['\ufeff{"type": "state"}']),
    *((f"no object {text}", [text]) for text in ("[1]", "7", "null", '"reset"', "true")),
    ("binary", [b'{"type": "state"}']),
    ("no type", [{}]),
    ("type null", [{"type": None}]),
    ("type empty", [{"type": ""}]),
    ("type ping", [{"type": "ping"}]),
    ("type in capitals", [{"type": "RESET"}]),
    ("type a number", [{"type": 7}]),
    ("state with data", [{"type": "state", "data": {}}]),
    ("state with more", [{"type": "state", "request_id": "1"}]),
    ("close with data", [{"type": "close", "data": {}}]),
    ("reset with more", [{"type": "reset", "data": {}, "x": 1}]),
    *((f"reset data {n}", [{"type": "reset", "data": v}]) for n, v in NO_OBJECTS.items()),
    ("reset seed negative", [{"type": "reset", "data": {"seed": -1}}]),
    ("reset seed as text", [{"type": "reset", "data": {"seed": "x"}}]),
    ("reset seed with fraction", [{"type": "reset", "data": {"seed": 1.5}}]),
    ("reset episode_id a number", [{"type": "reset", "data": {"episode_id": 3}}]),
    ("reset episode_id too long", [{"type": "reset", "data": {"episode_id": LONG}}]),
    ("reset unknown option", [{"type": "reset", "data": {"colour": "red"}}]),
    ("step without data", [{"type": "step"}]),
    ("step with more", [{"type": "step", "data": ACTION, "timeout_s": 3}]),
    *((f"step data {n}", [{"type": "step", "data": v}]) for n, v in NO_OBJECTS.items()),
    ("step empty", [{"type": "step", "data": {}}]),
    ("step wrapped", [{"type": "step", "data": {"action": ACTION}}]),
    ("step with an extra member", [{"type": "step", "data": {**ACTION, "sql": "x"}}]),
    *((f"step action_type {n}", [{"type": "step", "data": {**ACTION, "action_type": v}}]) for n, v in NO_TEXTS.items()),
    *((f"step argument {n}", [{"type": "step", "data": {**ACTION, "argument": v}}]) for n, v in NO_TEXTS.items()),
    *((f"step metadata {n}", [{"type": "step", "data": {**ACTION, "metadata": v}}]) for n, v in NO_OBJECTS.items()),
    ("step before reset", [{"type": "step", "data": ACTION}]),
    ("step lone surrogate", [{"type": "reset"}, '{"type": "step", "data": {"action_type": "\\ud800", "argument": "x"}}']),
    ("too deep", ['{"type": "reset", "data": {"x": ' + "[" * 5000 + "]" * 5000 + "}}", {"type": "state"}]),
    ("trajectory", [{"type": "trajectory"}]),
    ("mcp without data", [{"type": "mcp"}]),
    *((f"mcp data {n}", [{"type": "mcp", "data": v}]) for n, v in NO_OBJECTS.items()),
    ("mcp empty", [{"type": "mcp", "data": {}}]),
    ("mcp unknown method", [{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "x"}}]),
    ("mcp unknown tool", [{"type": "mcp", "data": {
        "jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "x", "arguments": {}}}}]),
    ("mcp close unknown", [{"type": "mcp", "data": {
        "jsonrpc": "2.0", "id": 1, "method": "openenv/session/close", "params": {"session_id": "x"}}}]),
    ("an error, then state", [{"type": "nope"}, {"type": "step"}, "x", {"type": "state"}]),
]  # fmt: skip

RPC_MESSAGES = [
    ("tools list", ['{"jsonrpc": "2.0", "id": 1, "method": "tools/list"}']),
    ("unknown method", ['{"jsonrpc": "2.0", "id": 1, "method": "x"}']),
    ("create", ['{"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}']),
    ("broken", ["{", '{"jsonrpc": "2.0", "id": 1, "method": "x"}']),
    ("no request", ["{}", '{"jsonrpc": "2.0", "id": 1, "method": "x"}']),
    ("list", ["[]"]),
    ("number", ["7"]),
    ("binary", [b"{}"]),
    ("call without name", ['{"jsonrpc": "2.0", "id": 1, "method": "tools/call"}']),
    ("close unknown", ['{"jsonrpc": "2.0", "id": 1, "method": "openenv/session/close", "params": {"session_id": "x"}}']),
]  # fmt: skip
