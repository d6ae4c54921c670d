"""Requests, chunks and frames as bytes that attackers and broken clients send, and what each is answered.

After each attempt the server answers /health, and a session that was open before goes on.
"""

import json
import socket
import time
from contextlib import suppress

import pytest

from tests.server.conftest import HANDSHAKE, Server, Session, status_of, talk
from tests.server.test_limits import close_code, frame
from tests.server.test_sessions import metrics, resident_pages, until

HOST = b"Host: localhost\r\n"
# What would be read as a second request where the first one's end was taken for another.
SMUGGLED = b"GET /metadata HTTP/1.1\r\nHost: localhost\r\n\r\n"


@pytest.fixture(scope="module")
def witness(start):
    """A server of one thread, and a session on it that every attempt must leave alone."""
    server = start("--threads", 1, "--request-time", 5)
    with server.session() as session:
        session.reset(question_id="music_train_001", step_budget=1000)
        yield server, session
    server.process.kill()
    server.process.wait()


def goes_on(server: Server, session: Session) -> None:
    begun = time.monotonic()
    assert server.request("GET", "/health").json() == {"status": "healthy"}
    assert session.step("QUERY", "SELECT count(*) FROM singer")["observation"]["error"] == ""
    assert time.monotonic() - begun < 1


def head(line: bytes = b"GET /state HTTP/1.1", fields: bytes = HOST) -> bytes:
    return line + b"\r\n" + fields + b"\r\n"


def post(fields: bytes, body: bytes = b"", version: bytes = b"HTTP/1.1") -> bytes:
    return head(b"POST /reset " + version, HOST + fields + b"\r\n") + body + SMUGGLED


ONE_CHUNK = b"2\r\n{}\r\n0\r\n\r\n"

# ----------------------------------------------------------------- heads that servers read differently

MALFORMED = {
    # the framing of the body
    "an unknown transfer coding": post(b"Transfer-Encoding: xchunked", ONE_CHUNK),
    "identity": post(b"Transfer-Encoding: identity", ONE_CHUNK),
    "chunked and then identity": post(b"Transfer-Encoding: chunked, identity", ONE_CHUNK),
    "identity and then chunked": post(b"Transfer-Encoding: identity, chunked", ONE_CHUNK),
    "gzip and then chunked": post(b"Transfer-Encoding: gzip, chunked", ONE_CHUNK),
    "chunked twice in a list": post(b"Transfer-Encoding: chunked, chunked", ONE_CHUNK),
    "chunked with a comma": post(b"Transfer-Encoding: chunked,", ONE_CHUNK),
    "chunked in quotes": post(b'Transfer-Encoding: "chunked"', ONE_CHUNK),
    "chunked with a parameter": post(b"Transfer-Encoding: chunked;q=1", ONE_CHUNK),
    "an empty transfer coding": post(b"Transfer-Encoding:", ONE_CHUNK),
    "a vertical tab before chunked": post(b"Transfer-Encoding: \x0bchunked", ONE_CHUNK),
    "two transfer codings": post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", ONE_CHUNK),
    "one after another": post(b"Transfer-Encoding: x\r\nTransfer-Encoding: chunked", ONE_CHUNK),
    "a blank in the name": post(b"Transfer-Encoding : chunked", ONE_CHUNK),
    "an underscore for the dash": post(b"Transfer_Encoding: chunked\r\nContent-Length: 2, 2", b"{}"),
    "a coding in HTTP/1.0": post(b"Transfer-Encoding: chunked", ONE_CHUNK, b"HTTP/1.0"),
    "a coding and a length": post(b"Transfer-Encoding: chunked\r\nContent-Length: 12", ONE_CHUNK),
    "a length and a folded coding": post(b"Content-Length: 2\r\nTransfer-Encoding:\r\n chunked", ONE_CHUNK),
    "two equal lengths": post(b"Content-Length: 2\r\nContent-Length: 2", b"{}"),
    "two lengths in a list": post(b"Content-Length: 2, 2", b"{}"),
    "a length in hex": post(b"Content-Length: 0x2", b"{}"),
    "a length with a blank": post(b"Content-Length: 2 0", b"{}"),
    "an empty length": post(b"Content-Length:", b"{}"),
    "a length with zeros": post(b"Content-Length: 0000000002", b"{}"),
    "a length with a fraction": post(b"Content-Length: 2.0", b"{}"),
    "a length that overflows": post(b"Content-Length: 18446744073709551618", b"{}"),
    # Host
    "no host": head(fields=b"Accept: */*\r\n"),
    "two hosts": head(fields=HOST * 2),
    "two hosts in a list": head(fields=b"Host: localhost, localhost\r\n".replace(b", ", b" , ")),
    "an empty host": head(fields=b"Host:\r\n"),
    "a host with a path": head(fields=b"Host: localhost/x\r\n"),
    "a host with a user": head(fields=b"Host: a@localhost\r\n"),
    "a host with a blank": head(fields=b"Host: local host\r\n"),
    "a host with a port that is none": head(fields=b"Host: localhost:80x\r\n"),
    "a host with half a bracket": head(fields=b"Host: [::1\r\n"),
    "another host in the target": head(b"GET http://evil.example/state HTTP/1.1"),
    "another port in the target": head(b"GET http://localhost:8001/state HTTP/1.1"),
    "a user in the target": head(b"GET http://localhost@evil.example/state HTTP/1.1"),
    # fields
    "a folded field": head(fields=HOST + b"X: a\r\n b\r\n"),
    "a field folded by a tab": head(fields=HOST + b"X: a\r\n\tb\r\n"),
    "a fold before the first field": head(fields=b" X: a\r\n" + HOST),
    "a fold of nothing": head(fields=HOST + b"X:\r\n \r\n"),
    "no colon": head(fields=HOST + b"X\r\n"),
    "no name": head(fields=HOST + b": x\r\n"),
    "a tab before the colon": head(fields=HOST + b"X\t: y\r\n"),
    "a name that is no token": head(fields=HOST + b"[X]: y\r\n"),
    "a name that is not ASCII": head(fields=HOST + b"X\xc3\xa4: y\r\n"),
    "a bare LF between fields": head(fields=HOST + b"X: a\nY: b\r\n"),
    "LF alone everywhere": head(fields=HOST + b"X: a\r\n").replace(b"\r", b""),
    "a bare CR in a value": head(fields=HOST + b"X: a\rY: b\r\n"),
    "CR CR LF": head(fields=HOST + b"X: a\r\r\n"),
    "NUL in a value": head(fields=HOST + b"X: a\0b\r\n"),
    "NUL in a name": head(fields=HOST + b"X\0: b\r\n"),
    "a control character": head(fields=HOST + b"X: \x1b[31m\r\n"),
    "DEL": head(fields=HOST + b"X: \x7f\r\n"),
    "two tokens": head(fields=HOST + b"Authorization: a\r\nAuthorization: b\r\n"),
    "two origins": head(fields=HOST + b"Origin: http://localhost\r\nOrigin: https://evil.example\r\n"),
    "two sessions": head(fields=HOST + b"Mcp-Session-Id: a\r\nmcp-session-id: b\r\n"),
    # the request line
    "tabs for blanks": head(b"GET\t/state\tHTTP/1.1"),
    "two blanks": head(b"GET  /state HTTP/1.1"),
    "a blank at the end": head(b"GET /state HTTP/1.1 "),
    "a blank in the target": head(b"GET /state?a b HTTP/1.1"),
    "a blank at the beginning": head(b" GET /state HTTP/1.1"),
    "an empty line before": b"\r\n" + head(),
    "a method in small letters": head(b"get /state HTTP/1.1"),
    "a method with a digit": head(b"GET1 /state HTTP/1.1"),
    "a method that begins with a dash": head(b"-GET /state HTTP/1.1"),
    "no method": head(b"/state HTTP/1.1"),
    "no version": head(b"GET /state"),
    "a version in small letters": head(b"GET /state http/1.1"),
    "a later version": head(b"GET /state HTTP/1.2"),
    "HTTP/2": head(b"GET /state HTTP/2.0"),
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "TLS": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\0" * 32,
    "the protocol of proxies": b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n" + head(),
    "NUL in the target": head(b"GET /state\0 HTTP/1.1"),
    "a fragment": head(b"GET /health#/../metrics HTTP/1.1"),
    "a target without a slash": head(b"GET state HTTP/1.1"),
    "a target of another protocol": head(b"GET file:///etc/passwd HTTP/1.1"),
    "an authority as the target": head(b"CONNECT localhost:443 HTTP/1.1"),
    "an asterisk": head(b"GET * HTTP/1.1"),
    # the body in chunks
    "a chunk with a sign": post(b"Transfer-Encoding: chunked", b"+2\r\n{}\r\n0\r\n\r\n"),
    "a chunk below zero": post(b"Transfer-Encoding: chunked", b"-2\r\n{}\r\n0\r\n\r\n"),
    "a chunk with 0x": post(b"Transfer-Encoding: chunked", b"0x2\r\n{}\r\n0\r\n\r\n"),
    "a chunk with a blank": post(b"Transfer-Encoding: chunked", b"2 \r\n{}\r\n0\r\n\r\n"),
    "a chunk without a size": post(b"Transfer-Encoding: chunked", b"\r\n{}\r\n0\r\n\r\n"),
    "a chunk that overflows": post(b"Transfer-Encoding: chunked", b"1" + b"0" * 15 + b"2\r\n{}\r\n0\r\n\r\n"),
    "a chunk that ends with LF": post(b"Transfer-Encoding: chunked", b"2\n{}\n0\n\n\r\n\r\n"),
    "a chunk that is longer than it says": post(b"Transfer-Encoding: chunked", b"2\r\n{}X\r\n0\r\n\r\n"),
    "LF in an extension": post(b"Transfer-Encoding: chunked", b'2;a="\n"\r\n{}\r\n0\r\n\r\n'),
    "a long extension": post(b"Transfer-Encoding: chunked", b"2;" + b"a" * 100 + b"\r\n{}\r\n0\r\n\r\n"),
    "a field behind the chunks": post(b"Transfer-Encoding: chunked", b"2\r\n{}\r\n0\r\nX: y\r\n\r\n"),
    "an origin behind the chunks":
        post(b"Transfer-Encoding: chunked", b"2\r\n{}\r\n0\r\nOrigin: https://evil.example\r\n\r\n"),
    "a length behind the chunks":
        post(b"Transfer-Encoding: chunked", b"2\r\n{}\r\n0\r\nContent-Length: 2\r\n\r\n"),
}  # fmt: skip


def test_the_two_hosts_in_a_list_are_what_they_say():
    assert b"localhost , localhost" in MALFORMED["two hosts in a list"]


def overflow_digits() -> int:
    size = MALFORMED["a chunk that overflows"].split(b"\r\n\r\n", 1)[1].split(b"\r\n")[0]
    return int(size, 16)


def test_the_chunk_that_overflows_does():
    assert overflow_digits() >= 1 << 64 and overflow_digits() % (1 << 64) == 2


@pytest.mark.parametrize("name", MALFORMED)
def test_a_request_that_servers_read_differently_is_400_and_the_last(witness, name):
    server, session = witness
    before = metrics(server)["sqlenv_resets_total"]
    begun = time.monotonic()
    reply = talk(server, MALFORMED[name])
    assert status_of(reply) == 400 and reply.count(b"Server: sqlenv") == 1, reply[:300]
    assert b"Connection: close" in reply and json.loads(reply.partition(b"\r\n\r\n")[2])["detail"]
    assert time.monotonic() - begun < 2  # not only when its time is over
    assert metrics(server)["sqlenv_resets_total"] == before
    goes_on(server, session)


WELL_FORMED = {
    "a coding in capitals": post(b"Transfer-Encoding: CHUNKED", ONE_CHUNK),
    "tabs around a value": post(b"Transfer-Encoding: \t chunked \t", ONE_CHUNK),
    "chunks of several sizes": post(b"Transfer-Encoding: chunked", b"1\r\n{\r\n001\r\n}\r\n000\r\n\r\n"),
    "a plain extension": post(b"Transfer-Encoding: chunked", b'2;a="b";c\r\n{}\r\n0\r\n\r\n'),
    "a length": post(b"Content-Length: 2", b"{}"),
    "a length of zero": post(b"Content-Length: 0"),
    "no body": post(b"Accept: */*"),
    "the host in the target": head(b"GET http://LOCALHOST:80/state HTTP/1.1") + SMUGGLED,
    "an address of IPv6": head(fields=b"Host: [::1]:8000\r\n") + SMUGGLED,
    "a host in capitals": head(fields=b"HOST:LocalHost:8000\r\n") + SMUGGLED,
    "text that is not ASCII": head(b"GET /state?a=\xc3\xa4 HTTP/1.1", HOST + b"X: \xc3\xa4\xff\r\n") + SMUGGLED,
    "an empty field": head(fields=HOST + b"X:\r\n") + SMUGGLED,
}


@pytest.mark.parametrize("name", WELL_FORMED)
def test_an_unusual_but_clear_request_is_answered_and_the_next_one_too(witness, name):
    server, session = witness
    with socket.create_connection(server.address.split(":"), timeout=5) as connection:
        connection.sendall(WELL_FORMED[name])
        received = b""
        with suppress(TimeoutError):
            while received.count(b"HTTP/1.1 200") < 2 or not received.endswith(b"}"):
                received += connection.recv(65536) or pytest.fail(received.decode())
    assert received.count(b"HTTP/1.1 ") == 2 and b'"sql_env"' in received
    goes_on(server, session)


def test_old_requests_need_no_host(witness):
    server, _ = witness
    assert status_of(talk(server, head(b"GET /state HTTP/1.0", b""))) == 200
    assert status_of(talk(server, head(b"GET /state HTTP/1.0", HOST * 2))) == 400


def test_an_old_client_is_not_told_to_continue(witness):
    server, _ = witness
    fields = HOST + b"Content-Length: 2\r\nExpect: 100-continue\r\n"
    reply = talk(server, head(b"POST /reset HTTP/1.0", fields) + b"{}")
    assert reply.count(b"HTTP/1.") == 1 and status_of(reply) == 200


@pytest.mark.parametrize("sent", ["a byte at a time", "half and half"])
def test_a_head_in_pieces_is_checked_alike(witness, sent):
    server, session = witness
    for request, status in ((head(fields=HOST + b"Connection: close\r\n"), 200), (head(fields=HOST * 2), 400),
                            (head(fields=HOST + b"X: a\r\n b\r\n"), 400)):  # fmt: skip
        step = 1 if sent == "a byte at a time" else len(request) // 2
        with socket.create_connection(server.address.split(":"), timeout=5) as connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for at in range(0, len(request), step):
                connection.sendall(request[at : at + step])
                time.sleep(0.001)
            assert status_of(connection.recv(4096)) == status
    goes_on(server, session)


# ------------------------------------------------------------------------------ the limits of a head


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (head(fields=HOST + b"X: " + b"a" * 20_000 + b"\r\n"), 431),
        (head(fields=HOST + b"X" * 20_000 + b": a\r\n"), 431),
        (head(fields=HOST + b"X: a\r\n" * 5_000), 431),
        (head(fields=HOST + b"a: b\r\n" * 200), 431),
        (head(b"GET /" + b"a" * 9_000 + b" HTTP/1.1"), 414),
        (head(b"GET /" + b"a" * 20_000 + b" HTTP/1.1"), 431),
        (b"A" * 100_000, 431),
        (head(b"TRACE /state HTTP/1.1", HOST + b"Cookie: secret\r\n"), 405),
        (head(b"OPTIONS * HTTP/1.1"), 404),
        (head(b"DELETE /metrics HTTP/1.1"), 405),
        (head(b"POST /reset HTTP/1.1", HOST + b"Content-Length: 999999999999999999\r\n"), 413),
        (head(b"POST /reset HTTP/1.1", HOST + b"Transfer-Encoding: chunked\r\n") + b"fffffff\r\n", 413),
    ],
)
def test_what_is_too_much_or_of_no_use(witness, request_head, status):
    server, session = witness
    reply = talk(server, request_head.replace(HOST, HOST + b"Connection: close\r\n", 1))
    assert status_of(reply) == status and b"secret" not in reply, reply[:200]
    goes_on(server, session)


@pytest.mark.parametrize(
    "target",
    ["/%00", "/health%00", "/%c0%ae%c0%ae/pack.json", "/%252e%252e/pack.json", "/..;/pack.json", "/%5c..%5cx",
     "/./%2e/health/..", "/HEALTH", "/health%20", "/metrics/..", "/%6detrics", "/%ff%fe/tasks", "/%ff/splits"],
)  # fmt: skip
def test_a_path_that_another_server_might_take_for_another_is_404(witness, target):
    server, session = witness
    assert server.request("GET", target).status in (404, 405)
    goes_on(server, session)


def test_text_that_is_not_utf8_is_echoed_as_json(witness):
    server, session = witness
    wrong = {"Mcp-Session-Id": "\xff\xfe"}
    reply = server.request("POST", "/mcp", {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}, wrong)
    assert reply.status == 404 and reply.json()["error"]["code"] == -32602
    assert server.request("DELETE", "/mcp", headers=wrong).status == 404
    with server.websocket("/ws?session_id=%ff%00%zz") as lost:
        assert json.loads(lost.recv(timeout=10))["data"]["code"] == "SESSION_ERROR"
    goes_on(server, session)


# ------------------------------------------------------------------------------- names of episodes

CONTROL = ["a\0b", "\0", "a\nb", "\x1b[2J", "a\x7f"]


@pytest.mark.parametrize("name", CONTROL)
def test_a_control_character_in_the_name_of_an_episode_is_refused_everywhere(witness, name):
    server, session = witness
    reply = server.request("POST", "/reset", {"episode_id": name})
    assert reply.status == 422
    (item,) = reply.json()["detail"]
    assert (item["type"], item["loc"]) == ("string_pattern_mismatch", ["body", "episode_id"])
    action = {"action_type": "SAMPLE", "argument": "band"}
    assert server.request("POST", "/step", {"action": action, "episode_id": name}).status == 422
    with server.session() as other:
        error = other.error({"type": "reset", "data": {"episode_id": name}})
        assert error["code"] == "VALIDATION_ERROR"
        assert error["errors"][0]["type"] == "string_pattern_mismatch"
        call = {"name": "reset", "arguments": {"episode_id": name}}
        rpc = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        assert other.say({"type": "mcp", "data": rpc})["data"]["error"]["code"] == -32603
        assert other.state()["episode_id"] is None
    goes_on(server, session)


@pytest.mark.parametrize("name", ["a%00b", "%", "%zz", "a%0ab", "%ff"])
def test_a_name_in_the_query_is_looked_up_however_odd(witness, name):
    server, session = witness
    assert server.request("GET", f"/state?episode_id={name}").status == 404
    goes_on(server, session)


# ------------------------------------------------------------------------------------- handshakes


def handshake(old: bytes, new: bytes) -> bytes:
    assert old in HANDSHAKE
    return HANDSHAKE.replace(old, new)


LENGTH = b"Content-Length: 5\r\n\r\n"


@pytest.mark.parametrize(
    ("request_head", "status"),
    [
        (handshake(b"Version: 13", b"Version: 8"), 426),
        (handshake(b"Sec-WebSocket-Version: 13\r\n", b""), 400),
        (handshake(b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", b""), 400),
        (handshake(b"dGhlIHNhbXBsZSBub25jZQ==", b"a" * 5_000), 400),
        (handshake(b"\r\n\r\n", b"\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"), 400),
        (handshake(b"\r\n\r\n", b"\r\n" + LENGTH) + b"GET /", 400),
        (handshake(b"\r\n\r\n", b"\r\n" + LENGTH), 400),
        (handshake(b"\r\n\r\n", b"\r\nTransfer-Encoding: chunked\r\n\r\n"), 400),
        (handshake(b"Host: localhost\r\n", b""), 400),
        (handshake(b"/ws", b"/ws/"), 403),
        (handshake(b"/ws", b"//ws"), 403),
        (handshake(b"/ws", b"/%77s"), 403),
        (handshake(b"/ws", b"/health"), 403),
        (handshake(b"Host: localhost", b"Host: evil.example"), 403),
        (handshake(b"GET", b"POST"), 404),
        (handshake(b"HTTP/1.1", b"HTTP/1.0"), 404),
        (handshake(b"websocket", b"h2c"), 404),
    ],
)
def test_a_wrong_handshake_opens_nothing(witness, request_head, status):
    server, session = witness
    opened = metrics(server)["sqlenv_sessions_opened_total"]
    with socket.create_connection(server.address.split(":"), timeout=5) as connection:
        connection.sendall(request_head)
        assert status_of(connection.recv(4096)) == status
    assert metrics(server)["sqlenv_sessions_opened_total"] == opened
    goes_on(server, session)


# ----------------------------------------------------------------------------------------- frames

TEXT = b'{"type":"state"}'
MOST = 1 << 20


def reserved(bit: int, opcode: int, payload: bytes) -> bytes:
    plain = frame(opcode, payload)
    return bytes([plain[0] | bit]) + plain[1:]


def longer(opcode: int, size: int, bytes_of_length: int) -> bytes:
    """A frame whose length is written in more bytes than it needs."""
    mark = {2: 126, 8: 127}[bytes_of_length]
    length = bytes([0x80 | mark]) + size.to_bytes(bytes_of_length, "big")
    return bytes([0x80 | opcode]) + length + b"\0\0\0\0" + b"x" * size


def closing(code: int, reason: bytes = b"") -> bytes:
    return frame(8, code.to_bytes(2, "big") + reason)


FRAMES = [
    # Over a mebibyte: told from the header, before anything follows.
    (frame(1, b"", announce=MOST + 1), 1009),
    (frame(2, b"", announce=1 << 40), 1009),
    (frame(1, b"", announce=(1 << 63) - 1), 1009),
    (frame(1, b"", announce=(1 << 64) - 1), 1009),
    (frame(1, b"x" * 1000, fin=False) + frame(0, b"", announce=MOST), 1009),
    (frame(1, b"x" * 1000, fin=False) + frame(0, b"", announce=(1 << 64) - 1), 1009),
    (b"".join(frame(int(n == 0), b"x" * 65_000, fin=False) for n in range(17)), 1009),
    (b"".join(frame(int(n == 0), b"x", fin=False) for n in range(300)) + frame(0, b"", announce=MOST), 1009),
    # Reserved bits and opcodes.
    *((reserved(bit, 1, TEXT), 1002) for bit in (0x40, 0x20, 0x10, 0x70)),
    *((reserved(bit, opcode, b""), 1002) for bit in (0x40, 0x20, 0x10) for opcode in (8, 9, 10)),
    (frame(1, TEXT[:5], fin=False) + reserved(0x20, 0, TEXT[5:]), 1002),
    *((frame(opcode, b"x"), 1002) for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15)),
    # Lengths written longer than they are, and control frames that are too long or in pieces.
    (longer(1, 5, 2), 1002), (longer(1, 5, 8), 1002), (longer(1, 1000, 8), 1002), (longer(9, 5, 2), 1002),
    (frame(8, b"\x03\xe8" + b"x" * 124), 1002), (frame(10, b"x" * 126), 1002), (frame(9, b"", announce=MOST), 1002),
    (frame(9, b"a", fin=False) + frame(0, b"b"), 1002), (frame(8, b"", fin=False), 1002),
    # Frames without a mask: data, ping, close, continuation.
    (b"\x89\x00", 1002), (b"\x88\x02\x03\xe8", 1002), (b"\x81\x02{}", 1002),
    (frame(1, b"{", fin=False) + b"\x80\x01}", 1002),
    # Messages inside of messages.
    (frame(1, b"{", fin=False) + frame(2, b"}"), 1002), (frame(0, b"", fin=False), 1002),
    (frame(1, TEXT) + frame(0, b"x"), 1002),
    # Text that is not UTF-8: too long, a surrogate, beyond Unicode, a lone byte, cut in a character.
    *((frame(1, text), 1007) for text in
      (b"\xc0\x80", b"\xe0\x80\xaf", b"\xed\xbf\xbf", b"\xf4\x90\x80\x80", b"\x80", b"\xfe", b"a\xf0\x9f\x92")),
    (frame(1, b"\xf0\x9f", fin=False) + frame(9, b"") + frame(0, b"x"), 1007),
    # Closing: codes that nobody may send, half a code, a reason that is not UTF-8.
    *((closing(code), 1002) for code in (0, 999, 1004, 1005, 1006, 1014, 1015, 1016, 1100, 2000, 2999)),
    (frame(8, b"\x03"), 1002), (closing(1000, b"\xff"), 1002),
    # Closing as it should be: the code comes back.
    *((closing(code, b"bye"), code) for code in (1000, 1001, 1009, 3000, 4999)),
    (frame(8, b""), 1000),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(FRAMES)))
def test_a_frame_that_breaks_the_protocol_closes_its_session_at_once(witness, number):
    server, session = witness
    frames, code = FRAMES[number]
    begun = time.monotonic()
    assert close_code(server, frames) == code
    assert time.monotonic() - begun < 1.5
    goes_on(server, session)


def test_a_client_reads_why_it_was_closed_while_it_still_sends(witness):
    """The code must arrive though the rest of the message is under way, however long that is."""
    server, session = witness
    for _ in range(5):
        with socket.create_connection(server.address.split(":"), timeout=10) as connection:
            connection.sendall(HANDSHAKE)
            assert status_of(connection.recv(4096)) == 101
            connection.sendall(frame(1, b"x" * (4 * MOST)))
            assert connection.recv(4096) == b"\x88\x02\x03\xf1"
            assert connection.recv(4096) == b""
    until(lambda: metrics(server)["sqlenv_sessions"], 1)
    assert metrics(server)['sqlenv_sessions_closed_total{reason="error"}'] >= 5
    goes_on(server, session)


def test_who_sends_on_after_an_error_is_cut(witness):
    server, session = witness
    begun = time.monotonic()
    with socket.create_connection(server.address.split(":"), timeout=10) as connection:
        connection.sendall(HANDSHAKE)
        assert status_of(connection.recv(4096)) == 101
        connection.sendall(frame(3, b""))
        worst = 0.0
        with pytest.raises(OSError):
            while time.monotonic() - begun < 10:
                connection.sendall(b"x" * 65536)
                before = time.monotonic()
                session.state()
                worst = max(worst, time.monotonic() - before)
    assert 1 < time.monotonic() - begun < 5 and worst < 0.5
    until(lambda: metrics(server)["sqlenv_sessions"], 1)
    goes_on(server, session)


FLOODS = {
    "pings": frame(9, b"x" * 125),
    "pongs": frame(10, b"x" * 125),
    "empty pieces": frame(0, b"", fin=False),
    "tiny pieces": frame(0, b" ", fin=False),
}


@pytest.mark.parametrize("kind", FLOODS)
def test_a_flood_of_frames_slows_no_one_down(witness, kind):
    server, session = witness
    before = resident_pages(server.process)
    flood = FLOODS[kind] * 500
    with socket.create_connection(server.address.split(":"), timeout=5) as connection:
        connection.sendall(HANDSHAKE)
        assert status_of(connection.recv(4096)) == 101
        if kind.endswith("pieces"):
            connection.sendall(frame(1, b"{", fin=False))
        connection.settimeout(0.01)
        worst, end = 0.0, time.monotonic() + 1
        while time.monotonic() < end:
            with suppress(OSError):  # the server need not take all
                connection.sendall(flood)
            begun = time.monotonic()
            session.state()
            worst = max(worst, time.monotonic() - begun)
    assert worst < 0.3
    assert resident_pages(server.process) - before < 4096  # 16 MiB
    until(lambda: metrics(server)["sqlenv_sessions"], 1)
    goes_on(server, session)


def test_whoever_stops_sending_gets_the_answer(witness):
    """A client that shuts down its side after a request, and one that leaves half a frame."""
    server, session = witness
    with socket.create_connection(server.address.split(":"), timeout=5) as connection:
        connection.sendall(head())
        connection.shutdown(socket.SHUT_WR)
        assert status_of(connection.recv(4096)) == 200
        assert connection.recv(4096) == b""
    for rest in (b"", b"\x81", b"\x81\xfe\x00", frame(1, b"{", announce=100), frame(1, b"{", fin=False)):
        with socket.create_connection(server.address.split(":"), timeout=5) as connection:
            connection.sendall(HANDSHAKE)
            assert status_of(connection.recv(4096)) == 101
            connection.sendall(rest)
            connection.shutdown(socket.SHUT_WR)
            with suppress(OSError):
                while connection.recv(4096):
                    pass
    until(lambda: metrics(server)["sqlenv_sessions"], 1)
    goes_on(server, session)
