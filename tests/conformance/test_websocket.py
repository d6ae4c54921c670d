"""Every message gets the same reply, and every connection the same end."""

from __future__ import annotations

import json
import re
import time
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.conformance.cases import MESSAGES_INVALID, MESSAGES_VALID, RPC_MESSAGES
from tests.conformance.compare import message, rpc
from tests.conformance.conftest import CAPACITY
from tests.conformance.differences import WEBSOCKET
from tests.server.conftest import Server

TIMEOUT = 10


def talk(server: Server, path: str, messages: list, read) -> list:
    """The replies, and how the connection ended if it did."""
    replies = []
    with server.websocket(path) as socket:
        try:
            for text in messages:
                socket.send(text if isinstance(text, str | bytes) else json.dumps(text))
                replies.append(read(json.loads(socket.recv(timeout=TIMEOUT))))
            socket.send('{"type": "state"}' if path == "/ws" else "{}")
            replies.append(read(json.loads(socket.recv(timeout=TIMEOUT))))
        except ConnectionClosed as closed:
            replies.append((closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else "cut")
    return replies


@pytest.mark.parametrize(("title", "messages"), MESSAGES_VALID + MESSAGES_INVALID, ids=lambda v: v if isinstance(v, str) else "")
def test_the_same_replies(reference, ours, title, messages):
    expected = talk(reference, "/ws", messages, message)
    actual = talk(ours, "/ws", messages, message)
    if title in WEBSOCKET:
        assert actual != expected, "alike: take it out of differences.py"
        assert "cut" not in actual
    else:
        assert actual == expected


@pytest.mark.parametrize(("title", "messages"), RPC_MESSAGES, ids=lambda v: v if isinstance(v, str) else "")
def test_the_same_replies_of_mcp(reference, ours, title, messages):
    expected, actual = (talk(server, "/mcp", messages, rpc) for server in (reference, ours))
    if title == "tools list":
        reset, *others = actual[0]["tools"]
        assert reset[0] == "reset"
        actual[0]["tools"] = others
    assert actual == expected


def test_every_difference_is_tested():
    assert set(WEBSOCKET) <= {title for title, _ in MESSAGES_VALID + MESSAGES_INVALID}


@pytest.mark.parametrize("path", ["/", "/ws/", "/reset", "/nope"])
def test_other_paths_refuse_the_handshake(reference, ours, path):
    for server in (reference, ours):
        with pytest.raises(InvalidStatus) as refused:
            server.websocket(path)
        assert refused.value.response.status_code == 403


def end_of(socket) -> tuple:
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=TIMEOUT)
    return closed.value.rcvd.code, closed.value.rcvd.reason


def fill(server: Server, stack: ExitStack) -> int:
    """Opens sockets until one is refused. Returns how many were accepted."""
    for opened in range(CAPACITY + 1):
        socket = stack.enter_context(server.websocket())
        with suppress(ConnectionClosed):  # the refusal may have arrived before
            socket.send('{"type": "state"}')
        if json.loads(socket.recv(timeout=TIMEOUT))["type"] == "error":
            return opened
    pytest.fail("more sessions than there are places")


def gauge(server: Server, name: str) -> int:
    text = server.request("GET", "/metrics").body.decode()
    return int(re.search(rf"^sqlenv_{name} (\d+)$", text, re.MULTILINE).group(1))


def sockets_left(server: Server) -> int:
    return gauge(server, "sessions") - gauge(server, "mcp_sessions")


def test_capacity(reference, ours):
    """Both servers send the same replies over /ws, /mcp and HTTP, and close alike."""
    until(lambda: sockets_left(ours), 0)
    replies = []
    for server in (reference, ours):
        with ExitStack() as stack:
            opened = fill(server, stack)
            refused = []
            for path in ("/ws", "/mcp"):
                with server.websocket(path) as socket:
                    refused.append(json.loads(socket.recv(timeout=TIMEOUT)))
                    refused.append(end_of(socket))
            create = {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}
            refused.append(server.request("POST", "/mcp", create).json())
            replies.append(refused)
    assert opened == CAPACITY - gauge(ours, "mcp_sessions")
    assert replies[0] == replies[1]
    assert replies[1][0]["data"]["code"] == "CAPACITY_REACHED"
    until(lambda: sockets_left(ours), 0)


def create_session(server: Server) -> str:
    """Tries again while the sessions of other tests are still leaving."""
    request = {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/create"}
    end = time.monotonic() + TIMEOUT
    while "error" in (reply := server.request("POST", "/mcp", request).json()):
        assert time.monotonic() < end, reply
        time.sleep(0.01)
    return reply["result"]["session_id"]


def close_session(server: Server, session_id: str) -> dict:
    request = {"jsonrpc": "2.0", "id": 1, "method": "openenv/session/close", "params": {"session_id": session_id}}
    return server.request("POST", "/mcp", request).json()["result"]


def until(probe, wanted):
    """The server notices a close by itself, soon."""
    end = time.monotonic() + TIMEOUT
    while (seen := probe()) != wanted and time.monotonic() < end:
        time.sleep(0.01)
    assert seen == wanted


def attach_script(server: Server) -> list:
    replies = []
    session_id = create_session(server)

    def say(socket, text: dict) -> dict:
        socket.send(json.dumps(text))
        return json.loads(socket.recv(timeout=TIMEOUT))

    with server.websocket(f"/ws?session_id={session_id}") as socket:
        say(socket, {"type": "reset", "data": {"episode_id": "mine"}})
        call = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {
            "name": "sample", "arguments": {"table": "band"}, "session_id": session_id}}  # fmt: skip
        replies.append(rpc(server.request("POST", "/mcp", call).json()))
        replies.append(say(socket, {"type": "state"}))
        with server.websocket(f"/ws?session_id={session_id}") as second:
            refusal = json.loads(second.recv(timeout=TIMEOUT))
            refusal["data"]["message"] = refusal["data"]["message"].replace(session_id, "ID")
            replies += [refusal, end_of(second)]
    with server.websocket("/ws?session_id=nope") as unknown:
        replies += [json.loads(unknown.recv(timeout=TIMEOUT)), end_of(unknown)]

    def attach_again() -> dict:
        with server.websocket(f"/ws?session_id={session_id}") as socket:
            reply = say(socket, {"type": "state"})
            return reply

    until(attach_again, {"type": "state", "data": {"episode_id": "mine", "step_count": 1}})
    with server.websocket(f"/ws?session_id={session_id}") as socket:
        say(socket, {"type": "state"})
        replies.append({**close_session(server, session_id), "session_id": "ID"})
        replies.append(say(socket, {"type": "state"}))

    def list_tools() -> int:
        listed = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {"session_id": session_id}}
        return server.request("POST", "/mcp", listed).json().get("error", {}).get("code", 0)

    until(list_tools, -32602)
    other = create_session(server)
    replies.append({**close_session(server, other), "session_id": "ID"})
    return replies


def test_attached_sessions(reference, ours):
    expected, actual = attach_script(reference), attach_script(ours)
    assert actual == expected
