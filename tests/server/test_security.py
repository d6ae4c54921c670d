"""The server against hostile clients: tokens, foreign pages, and every limit."""

import json
import os
import resource
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.typing import Origin

from tests.server.conftest import BINARY, SECRET, Server
from tests.server.test_sessions import HANDSHAKE, metrics, resident_pages, rpc, until

TOKEN = "correct-horse-battery-staple"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
EVIL = "https://evil.example"


def talk(server: Server, sent: bytes, seconds: float = 10) -> bytes:
    """The bytes that the server sends until it closes or is silent for `seconds`."""
    received = b""
    with socket.create_connection(server.address.split(":"), timeout=seconds) as connection:
        with suppress(OSError):
            if sent.startswith(HANDSHAKE):
                connection.sendall(HANDSHAKE)
                received = connection.recv(4096)
            connection.sendall(sent.removeprefix(HANDSHAKE))
        with suppress(OSError):
            while piece := connection.recv(65536):
                received += piece
    return received


def status_of(reply: bytes) -> int:
    return int(reply.split(b" ", 2)[1])


# ------------------------------------------------------------------------------------- the token


@pytest.fixture(scope="module")
def locked(start):
    running = start("--threads", 2, "--token", TOKEN)
    yield running
    running.process.kill()
    running.process.wait()


WRONG = [
    None, "", TOKEN, "Bearer", "Bearer ", f"Basic {TOKEN}", f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}",
    f"Bearer  {TOKEN}", f"Bearer {TOKEN.upper()}", "Bearer " + "x" * 4000,
]  # fmt: skip
ROUTES = [
    ("GET", "/metadata"), ("GET", "/schema"), ("GET", "/metrics"), ("GET", "/openapi.json"),
    ("GET", "/docs"), ("GET", "/"), ("GET", "/nope"), ("POST", "/reset"), ("POST", "/step"),
    ("GET", "/state"), ("POST", "/mcp"), ("DELETE", "/mcp"), ("GET", "/list_environments"),
    ("POST", "/sql_env/tasks"), ("GET", "/health/"), ("POST", "/health"), ("GET", "//health"),
]  # fmt: skip


@pytest.mark.parametrize("authorization", WRONG)
def test_without_the_token_nothing_is_answered(locked, authorization):
    headers = {} if authorization is None else {"Authorization": authorization}
    for method, target in ROUTES:
        reply = locked.request(method, target, b"{}" if method == "POST" else None, headers)
        if target == "/health":  # a wrong method needs the token too, so that it reveals nothing
            assert reply.status in (401, 405)
            continue
        assert reply.status == 401, (method, target)
        assert reply.headers["WWW-Authenticate"].startswith("Bearer")
        assert TOKEN not in str(reply.headers) and TOKEN.encode() not in reply.body
    for path in ("/ws", "/mcp"):
        with pytest.raises(InvalidStatus) as refused:
            locked.websocket(path, additional_headers=headers)
        assert refused.value.response.status_code == 401
    assert locked.request("GET", "/health").json() == {"status": "healthy"}


def test_with_the_token_all_is_answered(locked):
    for name in ("Bearer", "bearer", "BEARER"):
        headers = {"authorization": f"{name} {TOKEN}"}
        assert locked.request("GET", "/metadata", headers=headers).status == 200
    assert locked.request("POST", "/reset", {}, BEARER).status == 200
    for path, message in (("/ws", {"type": "state"}), ("/mcp", {"jsonrpc": "2.0", "id": 1, "method": "ping"})):
        with locked.websocket(path, additional_headers=BEARER) as open_socket:
            open_socket.send(json.dumps(message))
            assert "error" not in json.loads(open_socket.recv(timeout=10))


def test_the_official_client_shows_the_token(locked):
    core = pytest.importorskip("openenv.core")
    url = f"http://{locked.address}"
    with core.GenericEnvClient(base_url=url, headers=BEARER).sync() as client:
        assert client.reset(question_id="music_train_001").done is False
    with pytest.raises(Exception, match="401"):
        core.GenericEnvClient(base_url=url).sync().reset()


def test_a_refused_body_is_not_read(locked):
    """401 comes before the body is read, so that clients without the token cannot fill the memory."""
    head = b"POST /reset HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
    with socket.create_connection(locked.address.split(":"), timeout=10) as connection:
        connection.sendall(head)
        assert connection.recv(4096).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    ("options", "environment", "message"),
    [
        (["--token", "short"], {}, "16"),
        (["--token", "sixteen letters and blanks"], {}, "letters, digits"),
        ([], {"SQLENV_TOKEN": ""}, "empty"),
        ([], {"SQLENV_TOKEN": "short"}, "16"),
        (["--allow-origin", "example.org"], {}, "origin"),
        (["--allow-origin", "https://example.org/path"], {}, "origin"),
    ],
)
def test_a_malformed_token_or_origin_is_an_error_at_the_start(pack, options, environment, message):
    ended = subprocess.run(
        [BINARY, "serve", "--port", "0", "--pack", pack, *options],
        env={**os.environ, **environment}, capture_output=True, text=True, timeout=10,
    )  # fmt: skip
    assert ended.returncode == 1 and message in ended.stderr and ended.stdout == ""


# ------------------------------------------------------------------------------------ the origins


@pytest.fixture(scope="module")
def open_to_one(start):
    running = start("--threads", 1, "--allow-origin", "https://friend.example")
    yield running
    running.process.kill()
    running.process.wait()


def handshake_status(server: Server, origin: str | None, host: str | None = None) -> int:
    head = HANDSHAKE.replace(b"Host: x", f"Host: {host or server.address}".encode())
    if origin is not None:
        head = head.replace(b"\r\n\r\n", f"\r\nOrigin: {origin}\r\n\r\n".encode())
    with socket.create_connection(server.address.split(":"), timeout=10) as connection:
        connection.sendall(head)
        return status_of(connection.recv(4096))


def test_foreign_pages_open_no_websocket(server, open_to_one):
    same = f"http://{server.address}"
    port = server.address.split(":")[1]
    for origin, host, status in (
        (None, None, 101),
        (same, None, 101),
        (f"http://localhost:{port}", f"localhost:{port}", 101),
        ("https://127.0.0.1", "127.0.0.1:443", 101),
        (EVIL, None, 403),
        ("null", None, 403),
        ("file://", None, 403),
        (f"http://localhost:{port}", None, 403),
        (f"http://127.0.0.1:{int(port) ^ 1}", None, 403),
        (f"{same}.evil.example", None, 403),
        ("https://friend.example", None, 403),
        # The page's own name, which it lets resolve to this machine:
        (f"http://evil.example:{port}", f"evil.example:{port}", 403),
        (f"http://localhost.evil.example:{port}", f"localhost.evil.example:{port}", 403),
    ):
        assert handshake_status(server, origin, host) == status, (origin, host)
    assert handshake_status(open_to_one, "https://friend.example") == 101
    assert handshake_status(open_to_one, "https://FRIEND.example") == 101
    assert handshake_status(open_to_one, "http://friend.example") == 403
    assert handshake_status(open_to_one, EVIL) == 403
    with pytest.raises(InvalidStatus):
        server.websocket(origin=Origin(EVIL))


def test_foreign_pages_change_nothing_and_read_nothing(server):
    before = metrics(server)
    for method, target in (("POST", "/reset"), ("POST", "/step"), ("POST", "/mcp"), ("DELETE", "/mcp")):
        reply = server.request(method, target, {"seed": 1}, {"Origin": EVIL})
        assert reply.status == 403, target
        assert not any(name.lower().startswith("access-control") for name in reply.headers)
    assert metrics(server)["sqlenv_resets_total"] == before["sqlenv_resets_total"]
    reply = server.request("GET", "/metadata", headers={"Origin": EVIL})
    assert reply.status == 200 and "Access-Control-Allow-Origin" not in reply.headers
    preflight = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
    reply = server.request("OPTIONS", "/reset", headers=preflight)
    assert reply.status == 403 and "Access-Control-Allow-Origin" not in reply.headers


def test_cors_for_allowed_pages(open_to_one, launch):
    friend = {"Origin": "https://friend.example"}
    reply = open_to_one.request("POST", "/reset", {}, friend)
    assert reply.status == 200
    assert reply.headers["Access-Control-Allow-Origin"] == friend["Origin"]
    assert reply.headers["Vary"] == "Origin"
    reply = open_to_one.request(
        "OPTIONS", "/mcp", headers={**friend, "Access-Control-Request-Method": "POST"}
    )
    assert reply.status == 204 and reply.body == b""
    assert reply.headers["Access-Control-Allow-Origin"] == friend["Origin"]
    assert "POST" in reply.headers["Access-Control-Allow-Methods"]
    assert "Authorization" in reply.headers["Access-Control-Allow-Headers"]
    assert open_to_one.request("POST", "/reset", {}, {"Origin": EVIL}).status == 403
    assert "Vary" not in open_to_one.request("POST", "/reset", {}).headers

    anyone = launch("--allow-origin", "*", "--token", TOKEN)
    assert handshake_status(anyone, EVIL) == 401
    reply = anyone.request("POST", "/reset", {}, {"Origin": EVIL, **BEARER})
    assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (200, "*")
    reply = anyone.request("POST", "/reset", {}, {"Origin": EVIL})
    assert (reply.status, reply.headers["Access-Control-Allow-Origin"]) == (401, "*")
    # Browsers send a preflight without the token.
    preflight = {"Origin": EVIL, "Access-Control-Request-Method": "POST"}
    assert anyone.request("OPTIONS", "/reset", headers=preflight).status == 204
    assert anyone.request("OPTIONS", "/reset", headers={"Origin": EVIL}).status == 401


# --------------------------------------------------------------------------------- limits of size


def test_too_many_header_fields_and_too_long_urls(server):
    def fields(count: int) -> bytes:
        lines = b"".join(b"X-%d: y\r\n" % number for number in range(count - 2))
        return b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + lines + b"\r\n"

    def target(size: int) -> bytes:
        path = b"/health?" + b"a" * (size - 8)
        return b"GET " + path + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

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
    smuggled = b"{}GET /metadata HTTP/1.1\r\nHost: x\r\n\r\n"
    reply = talk(server, b"POST /reset HTTP/1.1\r\nHost: x\r\n" + headers + b"\r\n\r\n" + smuggled)
    assert reply.count(b"HTTP/1.1 ") == 1 and status_of(reply) in (400, 413), reply[:200]


def test_a_body_in_chunks_is_bounded_in_every_way(server):
    head = b"POST /reset HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
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
        "half a body": b"POST /reset HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{",
        "half a chunk": b"POST /reset HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
        "an idle connection": b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n",
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
                ask = b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n"
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
            other.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
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
        one.sendall(b"GET /state HTTP/1.1\r\nHost: x\r\n\r\n" * 60)
        received = b""
        while received.count(b"HTTP/1.1 ") < 60:  # refusals are answered on the same connection
            received += one.recv(65536)
        assert received.count(b"HTTP/1.1 429") > 20


def test_on_loopback_no_peer_is_limited(server):
    assert all(server.request("GET", "/state").status == 200 for _ in range(300))


# ------------------------------------------------------------------------- nothing that is secret


def test_no_reply_reveals_the_gold_a_path_or_the_environment(start, pack, page):
    """Uses every route, with right and wrong requests, before the end of an episode, and reads the log."""
    command = [BINARY, "serve", "--port", "0", "--pack", pack, "--web", page, "--log", "json"]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SQLENV_TEST_SECRET": SECRET, "SQLENV_TOKEN": TOKEN},
    )  # fmt: skip
    server = Server(process, process.stdout.readline().split("//")[1].strip())
    replies = []

    def ask(method: str, target: str, body: object = None, headers: dict | None = None) -> None:
        for token in (BEARER, {}, {"Authorization": "Bearer wrong"}):
            reply = server.request(method, target, body, {**(headers or {}), **token})
            replies.append(f"{reply.headers} {reply.body.decode()}")

    name = {"episode_id": "mine"}
    session = "openenv/session/create"
    ask("POST", "/reset", {**name, "question_id": "music_train_001"})
    for kind, argument in (
        ("DESCRIBE", "singer"), ("SAMPLE", "singer"), ("QUERY", "SELECT count(*) FROM singer"),
        ("QUERY", "SELECT load_extension('x')"), ("QUERY", "SELECT readfile('x')"),
        ("QUERY", "ATTACH 'x' AS y"), ("QUERY", "PRAGMA database_list"), ("QUERY", "SELEC"),
        ("QUERY", "SELECT * FROM pragma_database_list"), ("SAMPLE", "../music.sql"),
    ):  # fmt: skip
        action = {"action_type": kind, "argument": argument}
        ask("POST", "/step", {"action": action, **name})
    for target in ("/state?episode_id=mine", "/metrics", "/metadata", "/schema", "/openapi.json", "/docs",
                   "/", "/nope", "/%2e%2e/pack.json", "/sql_env/splits", "/x/splits"):  # fmt: skip
        ask("GET", target)
    for name_of in ("tasks", "num_tasks", "task", "task_range"):
        ask("POST", f"/sql_env/{name_of}", {"split": "train", "index": 0, "start": 0, "stop": 9})
        ask("POST", f"/sql_env/{name_of}", b"{")
    for method in (session, "tools/list", "tools/call", "initialize", "nope", "openenv/session/close"):
        rpc_body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": {"name": "reset"}}
        ask("POST", "/mcp", rpc_body)
    ask("POST", "/reset", b"\xff" * 100)
    ask("GET", "/state", headers={"Origin": EVIL})
    with server.websocket(additional_headers=BEARER) as open_socket:
        for message in ({"type": "reset"}, {"type": "trajectory"}, {"type": "state"}, {"type": "x"}):
            open_socket.send(json.dumps(message))
            replies.append(open_socket.recv(timeout=10))
    process.terminate()
    log = process.communicate(timeout=10)[1]
    assert len(replies) > 100 and len(log.splitlines()) > 50
    secrets = (TOKEN, SECRET, "SQLENV_TEST_SECRET", str(pack), str(pack.name), str(page.parent), str(BINARY),
               os.environ["PATH"], "/etc/", "/usr/")  # fmt: skip
    for text in (*replies, log):
        assert not any(secret in text for secret in secrets), text
        assert "gold-marker" not in text and "gold_sql" not in text
    assert "singer" not in log and "mine" not in log


# ------------------------------------------------------------------------------- the least rights


def deprive() -> None:
    """Forbids this process to write to files and, if it is root, makes it the user nobody."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(65534)
        os.setuid(65534)


def play_one(line: str) -> None:
    server = Server(None, line.split("//")[1].strip())
    with server.session() as session:
        session.reset(question_id="music_train_001")
        assert session.step("ANSWER", "3")["reward"] == 1.0


@pytest.fixture
def public(pack):
    """A folder that every user may read, with the program and the pack."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        shutil.copy(BINARY, f"{place}/sqlenv")
        os.chmod(shutil.copytree(pack, f"{place}/tiny"), 0o755)
        yield place


def test_runs_as_anyone_and_writes_nothing(public):
    process = subprocess.Popen(
        [f"{public}/sqlenv", "serve", "--port", "0", "--pack", f"{public}/tiny", "--log", "json"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        cwd="/", env={}, preexec_fn=deprive,
    )  # fmt: skip
    try:
        play_one(process.stdout.readline())
        status = open(f"/proc/{process.pid}/status").read()
        assert "\nUid:\t0\t" not in status
        for descriptor in os.listdir(f"/proc/{process.pid}/fd"):
            target = os.readlink(f"/proc/{process.pid}/fd/{descriptor}")
            assert target.startswith(("socket:", "pipe:", "anon_inode:", "/dev/null")), target
    finally:
        process.terminate()
    log = process.communicate(timeout=10)[1]
    assert process.returncode == 0 and '"stopped"' in log


def test_runs_on_a_read_only_file_system(pack):
    if subprocess.run(["unshare", "-rm", "true"], capture_output=True).returncode != 0:
        pytest.skip("this user may not make a mount namespace")
    script = (
        "set -e; mount --rbind / /mnt; mount -o remount,bind,ro /mnt; exec chroot /mnt "
        f"{BINARY.resolve()} serve --port 0 --pack {pack}"
    )
    check = script.partition("exec")[0] + "! touch /mnt/tmp/x 2>/dev/null"
    if subprocess.run(["unshare", "-rm", "sh", "-c", check], capture_output=True).returncode != 0:
        pytest.skip("the file system cannot be mounted read-only here")
    process = subprocess.Popen(
        ["unshare", "-rm", "sh", "-c", script],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={"PATH": os.environ["PATH"]},
    )  # fmt: skip
    try:
        play_one(process.stdout.readline())
    finally:
        process.terminate()
    assert process.wait(timeout=10) == 0
