"""Who may use the server: the token, and the pages of other origins."""

import json
import os
import socket
import subprocess

import pytest
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin

from tests.server.conftest import BINARY, HANDSHAKE, Server, status_of
from tests.server.test_sessions import metrics

TOKEN = "correct-horse-battery-staple"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
EVIL = "https://evil.example"


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
    head = b"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\n"
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
        (["--allow-host", "https://example.org"], {}, "host name"),
        (["--allow-host", "example.org:8000"], {}, "host name"),
        ([], {"SQLENV_ALLOW_HOST": "example.org;b"}, "host name"),
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


READS = ["/metadata", "/schema", "/metrics", "/watch", "/state", "/state?episode_id=a", "/openapi.json", "/docs", "/",
         "/web/", "/list_environments", "/sql_env/splits", "/nope", "/mcp"]  # fmt: skip
FOREIGN_HOSTS = ["evil.example", "EVIL.example:8000", "localhost.evil.example", "127.0.0.1.evil.example",
                 "friend.example.evil.example", "xlocalhost"]  # fmt: skip


def reply_to(server: Server, host: str, target: str, method: str = "GET", **headers: str) -> tuple[int, str]:
    reply = server.request(method, target, b"{}" if method == "POST" else None, {"Host": host, **headers})
    return reply.status, reply.body.decode()


@pytest.fixture(scope="module")
def watched(start):
    running = start("--threads", 1, "--watch", "--allow-host", "box.example,*.spaces.example")
    yield running
    running.process.kill()
    running.process.wait()


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_on_loopback_a_page_of_a_rebound_name_reads_nothing(watched, host):
    """A foreign page whose name resolves to this machine may read what its browser gets; it gets nothing."""
    for target in READS:
        status, body = reply_to(watched, host, target)
        assert status == 403 and "--allow-host" in body and "SQLENV_ALLOW_HOST" in body, target
        assert reply_to(watched, host, target, Origin=f"http://{host}")[0] == 403, target
        assert reply_to(watched, host, target, "HEAD")[0] == 403, target
    for target in ("/reset", "/step", "/mcp", "/sql_env/tasks"):
        assert reply_to(watched, host, target, "POST")[0] == 403, target
    assert reply_to(watched, host, "/health") == (200, '{"status":"healthy"}')
    for path in ("/ws", "/mcp"):
        assert handshake_status(watched, None, host, path) == 403


def test_on_loopback_local_and_known_names_are_answered(watched, server):
    port = watched.address.split(":")[1]
    local = ["localhost", f"localhost:{port}", "LOCALHOST.", f"a.localhost:{port}", f"127.0.0.1:{port}", "127.8.8.8",
             "192.168.1.7:8000", "[::1]", f"[::1]:{port}", "[fe80::1]"]  # fmt: skip
    known = ["box.example", "Box.Example:443", "me-x.spaces.example"]
    for host in (*local, *known):
        assert reply_to(watched, host, "/watch")[0] == 200, host
        assert handshake_status(watched, None, host) == 101, host
        assert handshake_status(watched, f"http://{host}", host) == 101, host
        assert reply_to(server, host, "/metadata")[0] == (403 if host in known else 200), host
    assert reply_to(watched, "spaces.example", "/watch")[0] == 403


def test_the_host_of_an_allowed_origin_is_known(open_to_one, launch):
    assert reply_to(open_to_one, "friend.example", "/metadata")[0] == 200
    assert reply_to(open_to_one, "other.example", "/metadata")[0] == 403
    assert reply_to(launch("--allow-origin", "*"), "other.example", "/metadata")[0] == 200
    assert reply_to(launch("--allow-host", "*"), "other.example", "/metadata")[0] == 200


@pytest.mark.parametrize(
    ("listen", "environment", "foreign"),
    [
        ("127.0.0.1", {}, 403),
        ("localhost", {}, 403),
        ("127.0.0.1", {"SQLENV_ALLOW_HOST": "box.example, other.example"}, 200),
        ("0.0.0.0", {}, 200),  # as in a container, where the name is not known before
        ("0.0.0.0", {"SQLENV_ALLOW_HOST": "box.example"}, 403),
        ("0.0.0.0", {"SQLENV_ALLOW_HOST": "*"}, 200),
    ],
)
def test_which_names_are_known_depends_on_where_it_listens(pack, listen, environment, foreign):
    process = subprocess.Popen(
        list(map(str, [BINARY, "serve", "--host", listen, "--port", 0, "--pack", pack])),
        env={**os.environ, **environment}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        port = process.stdout.readline().strip().rpartition(":")[2]
        server = Server(process, f"127.0.0.1:{port}")
        assert reply_to(server, "other.example", "/metrics")[0] == foreign
        for host in ("localhost", f"127.0.0.1:{port}", "10.1.2.3:8000", "[::1]"):
            assert reply_to(server, host, "/metrics")[0] == 200
    finally:
        process.kill()
        process.wait()


def handshake_status(server: Server, origin: str | None, host: str | None = None, path: str = "/ws") -> int:
    head = HANDSHAKE.replace(b"Host: localhost", f"Host: {host or server.address}".encode())
    head = head.replace(b"/ws", path.encode())
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
