"""The limits of size, of time and of one peer."""

import json
import os
import socket
import time
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import InvalidStatus

from tests.server.conftest import HANDSHAKE, Server, status_of, talk
from tests.server.test_sessions import metrics, resident_pages, until

# --------------------------------------------------------------------------------- limits of size


def test_too_many_header_fields_and_too_long_urls(server):
    def fields(count: int) -> bytes:
        lines = b"".join(b"X-%d: y\r\n" % number for number in range(count - 2))
        return b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + lines + b"\r\n"

    def target(size: int) -> bytes:
        path = b"/health?" + b"a" * (size - 8)
        return b"GET " + path + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    assert status_of(talk(server, fields(100))) == 200
    assert status_of(talk(server, fields(101))) == 431
    assert status_of(talk(server, target(8192))) == 200
    assert status_of(talk(server, target(8193))) == 414


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 2\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 2",
        b"Content-Length: 2\r\nContent-Length: 30",
        b"Content-Length: -1",
        b"Content-Length: +2",
        b"Content-Length: 99999999999999999999999",
        b"Content-Length : 2",
        b"Content-Length: 2\nX: y",
    ],
)
def test_requests_that_two_servers_would_read_differently(server, headers):
    """A request that a proxy might read as two is refused, and the connection ends."""
    smuggled = b"{}GET /metadata HTTP/1.1\r\nHost: localhost\r\n\r\n"
    reply = talk(server, b"POST /reset HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n\r\n" + smuggled)
    assert reply.count(b"HTTP/1.1 ") == 1 and status_of(reply) in (400, 413), reply[:200]


def test_a_body_in_chunks_is_bounded_in_every_way(server):
    head = b"POST /reset HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert b"HTTP/1.1 200" in talk(
        server, head.replace(b"Host", b"Connection: close\r\nHost") + b"2\r\n{}\r\n0\r\n\r\n"
    )
    before = resident_pages(server.process)
    mebibyte = b"x" * (1 << 20)
    for endless in (
        b"fffffff\r\n" + mebibyte * 8,  # a chunk of 256 MiB
        b"1\r\n \r\n" * 1_500_000,  # small chunks without end
        b"1;" + mebibyte * 8,  # the extension of a chunk
        b"0\r\nX: " + mebibyte * 8,  # a trailer
    ):
        reply = talk(server, head + endless)
        assert reply == b"" or status_of(reply) in (400, 413, 431), reply[:200]
    assert resident_pages(server.process) - before < 4096  # 16 MiB
    assert server.request("GET", "/health").status == 200


def frame(opcode: int, payload: bytes, fin: bool = True, announce: int | None = None) -> bytes:
    size = len(payload) if announce is None else announce
    if size < 126:
        length = bytes([0x80 | size])
    elif size < 1 << 16:
        length = bytes([0x80 | 126]) + size.to_bytes(2, "big")
    else:
        length = bytes([0x80 | 127]) + size.to_bytes(8, "big")
    return bytes([opcode | (0x80 if fin else 0)]) + length + b"\0\0\0\0" + payload


def close_code(server: Server, frames: bytes) -> int | None:
    """The code with which the server closes; None if it cuts."""
    reply = talk(server, HANDSHAKE + frames).partition(b"\r\n\r\n")[2]
    at = reply.rfind(b"\x88")
    return int.from_bytes(reply[at + 2 : at + 4], "big") if at >= 0 else None


def test_invalid_frames_end_their_session_and_no_other(server):
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    text = b'{"type":"state"}'
    masked = bytearray(frame(1, text))
    unmasked = bytes([masked[0], masked[1] & 0x7F]) + text
    cases = [
        (unmasked, 1002),
        (frame(3, b""), 1002),  # an unknown opcode
        (bytes([0xC1]) + frame(1, text)[1:], 1002),  # compressed, though that was declined
        (frame(0, text), 1002),  # a continuation of nothing
        (frame(1, text, fin=False) + frame(1, text), 1002),  # a message inside another
        (frame(9, b"x" * 126), 1002),  # a ping that is too long
        (frame(9, b"", fin=False), 1002),
        (frame(8, b"\x03"), 1002),  # half a close code
        (frame(1, b'{"type":"\xff"}'), 1007),
        (frame(1, b'{"type":"\xed\xa0\x80"}'), 1007),
        (frame(1, b"\xc3", fin=False) + frame(0, b"("), 1007),  # broken across frames
        (frame(1, b"x" * 1000, announce=1 << 62) + b"x" * (1 << 21), 1009),
        (b"".join(frame(1 if n == 0 else 0, b"x" * 60_000, fin=False) for n in range(20)), 1009),
    ]
    before = resident_pages(server.process)
    for frames, code in cases:
        assert close_code(server, frames) == code, frames[:20]
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    assert resident_pages(server.process) - before < 4096
    with server.session() as session:
        session.reset()


def test_a_client_that_does_not_wait_for_its_handshake(server):
    with socket.create_connection(server.address.split(":"), timeout=10) as connection:
        connection.sendall(HANDSHAKE + frame(1, b'{"type":"state"}'))
        assert status_of(connection.recv(4096)) == 400


def test_deep_and_wide_json_is_answered(server):
    texts = [
        '{"type":"reset","data":' + "[" * 250_000 + "]" * 250_000 + "}",
        '{"type":"reset","data":' + '{"a":' * 150_000 + "1" + "}" * 150_000 + "}",
        '{"type":"reset","data":' + "[" * 500_000,
        '{"type":"reset","data":[' + "0," * 500_000 + "0]}",
        '{"type":"step","data":{' + ",".join(f'"{n}":0' for n in range(80_000)) + "}}",
        '{"type":"reset","data":{"seed":' + "9" * 500_000 + "}}",
        '{"type":"reset","data":{"seed":1e' + "9" * 500_000 + "}}",
        '{"type":"mcp","data":' + "[" * 250_000 + "]" * 250_000 + "}",
    ]
    with server.session() as session:
        for text in texts:
            reply = session.say(text)
            assert len(json.dumps(reply)) < 20_000
        session.reset()
    for target in ("/reset", "/step", "/mcp", "/sql_env/task"):
        for text in texts:
            body = text.partition('"data":')[2][:-1].encode()
            reply = server.request("POST", target, body)
            assert reply.status in (200, 400, 422) and len(reply.body) < 20_000, (target, text[:60])


# --------------------------------------------------------------------------------- limits of time


def test_slow_senders_and_half_open_sockets_are_dropped(launch):
    server = launch("--threads", 1, "--request-time", 0.5)
    begun = time.monotonic()
    beginnings = {
        "nothing": b"",
        "half a header": b"POST /reset HTTP/1.1\r\nContent-Le",
        "half a body": b"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{",
        "half a chunk": b"POST /reset HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
        "an idle connection": b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "half a handshake": HANDSHAKE[:-2],
        "half a message": HANDSHAKE + frame(1, b"{", announce=100),
        "a message in pieces": HANDSHAKE + frame(1, b"{", fin=False),
    }
    with ExitStack() as stack:
        sockets = {}
        for name, sent in beginnings.items():
            peer = stack.enter_context(socket.create_connection(server.address.split(":")))
            if sent.startswith(HANDSHAKE):
                peer.sendall(HANDSHAKE)
                assert status_of(peer.recv(4096)) == 101
            peer.sendall(sent.removeprefix(HANDSHAKE))
            peer.settimeout(0.05)
            sockets[name] = peer
        kept = stack.enter_context(server.session())
        while sockets and time.monotonic() - begun < 8:
            for name, peer in list(sockets.items()):
                with suppress(TimeoutError):
                    try:
                        piece = peer.recv(4096)
                        if piece == b"" or b"\x03\xf0a message took too long" in piece:  # 1008
                            del sockets[name]
                            assert time.monotonic() - begun > 0.4, name
                    except ConnectionResetError:
                        del sockets[name]
                        continue
                with suppress(OSError):  # single bytes do not extend the time
                    if name in ("half a header", "half a body"):
                        peer.sendall(b"x")
        assert not sockets, list(sockets)
        kept.reset()  # a session that is only quiet stays
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    assert metrics(server)['sqlenv_sessions_closed_total{reason="error"}'] >= 2


def test_peers_that_do_not_read_are_dropped(launch):
    server = launch("--threads", 1, "--reply-time", 0.5)
    host, port = server.address.split(":")
    with ExitStack() as stack:
        for first in (HANDSHAKE, b""):
            peer = stack.enter_context(socket.socket())
            peer.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            peer.connect((host, int(port)))
            peer.sendall(first)
            if first:
                assert status_of(peer.recv(4096)) == 101
            ask = frame(1, b'{"type":"mcp","data":{"jsonrpc":"2.0","id":1,"method":"tools/list"}}')
            if not first:
                ask = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
            peer.settimeout(0.2)
            with suppress(OSError):
                for _ in range(100_000):  # until the server, which cannot write, stops reading
                    peer.sendall(ask)
        with server.session() as other:
            other.reset()
        until(lambda: metrics(server)["sqlenv_sessions"], 0)
        until(lambda: len(os.listdir(f"/proc/{server.process.pid}/fd")) < 20, True)


# -------------------------------------------------------------------------------- limits of a peer


def test_connections_of_a_peer(launch):
    server = launch("--peer-connections", 5, "--threads", 2)
    with ExitStack() as stack:
        for _ in range(5):
            stack.enter_context(server.session()).state()
        with pytest.raises(InvalidStatus) as refused:
            server.websocket()
        assert refused.value.response.status_code == 429
        with socket.socket() as other:  # another address of this machine
            other.bind(("127.0.0.2", 0))
            other.settimeout(10)
            other.connect(("127.0.0.1", int(server.address.split(":")[1])))
            other.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert status_of(other.recv(4096)) == 200
        crowd = []
        for _ in range(60):  # far over the limit, connections are cut without an answer
            crowd.append(stack.enter_context(socket.create_connection(server.address.split(":"), 5)))
        until(lambda: len(os.listdir(f"/proc/{server.process.pid}/fd")) < 50, True)
    until(lambda: answers(server), True)
    assert metrics(server)["sqlenv_sessions"] == 0


def answers(server: Server) -> bool:
    with suppress(OSError):
        return server.request("GET", "/health").status == 200
    return False


def test_requests_of_a_peer(launch):
    server = launch("--peer-requests", 20, "--threads", 2)
    statuses = []
    for _ in range(60):
        reply = server.request("GET", "/state")
        statuses.append(reply.status)
        if reply.status == 429:
            assert reply.headers["Retry-After"] == "1"
    assert statuses[:20] == [200] * 20 and statuses.count(429) > 20
    until(lambda: server.request("GET", "/state").status, 200, 3)
    with socket.create_connection(server.address.split(":"), timeout=5) as one:
        one.sendall(b"GET /state HTTP/1.1\r\nHost: localhost\r\n\r\n" * 60)
        received = b""
        while received.count(b"HTTP/1.1 ") < 60:  # refusals are answered on the same connection
            received += one.recv(65536)
        assert received.count(b"HTTP/1.1 429") > 20


def test_on_loopback_no_peer_is_limited(server):
    assert all(server.request("GET", "/state").status == 200 for _ in range(300))
