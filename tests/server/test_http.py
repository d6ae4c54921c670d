"""The HTTP routes: episodes kept by name, bad requests, and the files of the page."""

import json
import socket

import pytest

OBSERVATION = {
    "question", "schema_info", "result", "error", "step_count", "budget_remaining", "action_history",
}  # fmt: skip


def action(action_type: str, argument: str) -> dict:
    return {"action_type": action_type, "argument": argument}


def test_health_and_metadata(server):
    assert server.request("GET", "/health").json() == {"status": "healthy"}
    metadata = server.request("GET", "/metadata").json()
    assert metadata["name"] == "sql_env" and metadata["description"]
    assert set(metadata) == {
        "name", "description", "readme_content", "version", "author", "documentation_url",
    }  # fmt: skip


def test_a_kept_episode(server):
    name = {"episode_id": "over http"}
    first = server.request("POST", "/reset", {**name, "question_id": "music_train_001"}).json()
    assert set(first) == {"observation", "reward", "done"}
    assert set(first["observation"]) == OBSERVATION and first["reward"] is None
    query = action("QUERY", "SELECT count(*) FROM singer")
    queried = server.request("POST", "/step", {"action": query, **name}).json()
    assert "\n3\n" in queried["observation"]["result"]
    state = server.request("GET", "/state?episode_id=over%20http").json()
    assert state == {"episode_id": "over http", "step_count": 1}
    answered = server.request("POST", "/step", {"action": action("ANSWER", "3"), **name}).json()
    assert answered["reward"] == 1.0 and answered["done"] is True


def test_requests_without_a_name_stand_alone(server):
    assert server.request("POST", "/reset").status == 200
    reply = server.request("POST", "/step", {"action": action("SAMPLE", "band")})
    assert reply.status == 200
    step = reply.json()
    assert set(step["observation"]) == OBSERVATION
    assert "episode_id" in step["observation"]["error"] and step["done"] is True
    assert server.request("GET", "/state").json() == {"episode_id": None, "step_count": 0}


def test_unknown_names_are_404(server):
    body = {"action": action("SAMPLE", "band"), "episode_id": "never reset"}
    assert server.request("POST", "/step", body).status == 404
    assert server.request("GET", "/state?episode_id=never").status == 404


@pytest.mark.parametrize(
    ("target", "body", "kind"),
    [
        ("/reset", b"{", "json_invalid"),
        ("/reset", b"\xff\xfe", "json_invalid"),
        ("/reset", b"[]", "model_attributes_type"),
        ("/reset", b'{"seed": -1}', "greater_than_equal"),
        ("/reset", b'{"database": "nope"}', "value_error"),
        ("/reset", b'{"nope": 1}', "value_error"),
        ("/reset", b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "value_error"),
        ("/step", b"", "missing"),
        ("/step", b"{}", "missing"),
        ("/step", b'{"action": 1}', "dict_type"),
        ("/step", b'{"action": {"action_type": "QUERY"}}', "missing"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_bad_bodies_are_422(server, target, body, kind):
    reply = server.request("POST", target, body)
    assert reply.status == 422
    (item,) = reply.json()["detail"]
    assert item["type"] == kind and set(item) - {"ctx"} == {"type", "loc", "msg", "input"}


def test_wrong_actions_are_observations(server):
    name = {"episode_id": "wrong actions"}
    server.request("POST", "/reset", {**name, "question_id": "music_train_001"})
    for kind, argument, code in (
        ("DANCE", "x", "UNKNOWN_ACTION"),
        ("QUERY", "", "BLANK_ARGUMENT"),
        ("QUERY", "DROP TABLE singer", "NOT_READ_ONLY"),
        ("QUERY", "SELECT 1; SELECT 2", "MULTIPLE_STATEMENTS"),
    ):
        reply = server.request("POST", "/step", {"action": action(kind, argument), **name})
        assert reply.status == 200
        assert reply.json()["observation"]["error"].startswith(code)
    answer = server.request("POST", "/step", {"action": action("ANSWER", "3"), **name}).json()
    assert answer["reward"] == 1.0


def test_unknown_paths_and_wrong_methods(server):
    missing = server.request("GET", "/nope")
    assert (missing.status, missing.json()) == (404, {"detail": "Not Found"})
    wrong = server.request("DELETE", "/reset")
    assert (wrong.status, wrong.json()) == (405, {"detail": "Method Not Allowed"})
    assert wrong.headers["Allow"] == "POST"
    assert server.request("GET", "/ws").status == 404


def test_a_body_over_a_mebibyte_is_413(server):
    reply = server.request("POST", "/reset", b" " * ((1 << 20) - 2) + b"{}")
    assert reply.status == 200
    reply = server.request("POST", "/reset", b" " * ((1 << 20) + 1))
    assert reply.status == 413 and "1 MiB" in reply.json()["detail"]


def test_a_connection_serves_many_requests(server):
    with socket.create_connection(server.address.split(":"), timeout=10) as connection:
        request = b"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}"
        connection.sendall(request * 3)
        received = b""
        while received.count(b'"done":false}') < 3:
            piece = connection.recv(4096)
            assert piece
            received += piece


def test_a_client_that_waits_for_continue_gets_it(server):
    with socket.create_connection(server.address.split(":"), timeout=10) as connection:
        connection.sendall(
            b"POST /reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        )
        assert connection.recv(4096).startswith(b"HTTP/1.1 100")
        connection.sendall(b"{}")
        assert connection.recv(4096).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    ("target", "kind", "body"),
    [
        ("/", "text/html; charset=utf-8", b"<script src='sqlenv.js'></script>"),
        ("/web/", "text/html; charset=utf-8", b"<script src='sqlenv.js'></script>"),
        ("/sqlenv.js", "text/javascript; charset=utf-8", b"// script"),
        ("/web/sqlenv.js", "text/javascript; charset=utf-8", b"// script"),
        ("/web/sqlenv.wasm", "application/wasm", b"\0asm\1\0\0\0"),
        ("/assets/a%20b.ttf?v=2", "font/ttf", b"font"),
    ],
)
def test_the_page(server, target, kind, body):
    reply = server.request("GET", target)
    assert (reply.status, reply.body) == (200, body)
    assert reply.headers["Content-Type"] == kind
    assert reply.headers["Cache-Control"] == "no-cache"
    head = server.request("HEAD", target)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(body))
    again = server.request("GET", target, headers={"If-None-Match": reply.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_web_redirects_to_the_page(server):
    reply = server.request("GET", "/web")
    assert (reply.status, reply.headers["Location"]) == (307, "/web/")


@pytest.mark.parametrize(
    "target",
    [
        "/../outside.txt",
        "/%2e%2e/outside.txt",
        "/..%2foutside.txt",
        "/..%5coutside.txt",
        "/web/../../outside.txt",
        "/assets/../../outside.txt",
        "/assets/%2e%2e/%2e%2e/outside.txt",
        "//outside.txt",
        "/.secret",
        "/%2esecret",
        "/assets",
        "/etc/passwd",
        "//etc/passwd",
        "/%2fetc%2fpasswd",
        "/index.html%00",
        "/index.html%",
        "/web/web/",
    ],
)
def test_nothing_outside_of_the_page(server, target):
    reply = server.request("GET", target)
    assert (reply.status, reply.json()) == (404, {"detail": "Not Found"})


def test_two_threads_serve_at_once(server):
    """A slow query on one connection does not hold up all others: some land on the other thread."""
    slow = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t"
    with server.websocket() as busy:
        busy.send('{"type": "reset"}')
        busy.recv(timeout=10)
        busy.send(json.dumps({"type": "step", "data": action("QUERY", slow)}))
        answered = []
        for _ in range(16):
            other = socket.create_connection(server.address.split(":"), timeout=0.05)
            with other:
                other.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                try:
                    answered.append(other.recv(4096))
                except TimeoutError:
                    pass
        assert any(b"healthy" in reply for reply in answered)
        assert "was stopped" in busy.recv(timeout=10)
