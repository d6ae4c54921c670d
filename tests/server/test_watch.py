"""Watching: a server that allows it shows the sessions of others."""

import pytest
from tests.server.conftest import Session


@pytest.fixture(scope="module")
def watched(start):
    running = start("--threads", "2", "--watch")
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=5) == 0


def sessions(server) -> list[dict]:
    return server.request("GET", "/watch").json()["sessions"]


def test_is_refused_unless_the_server_allows_it(server):
    reply = server.request("GET", "/watch")
    assert reply.status == 403 and "sqlenv serve --watch" in reply.json()["detail"]


def test_a_session_is_seen_as_its_agent_sees_it(watched):
    with watched.websocket() as socket:
        player = Session(socket)
        first = player.reset(question_id="music_train_001", episode_id="a-key")
        played = [player.step("DESCRIBE", "singer"), player.step("QUERY", "SELECT 1")]
        (shown,) = [s for s in sessions(watched) if not s["ended"]]
        assert shown["question"] == first["observation"]["question"]
        assert shown["step_count"] == 2 and not shown["done"]
        number = shown["session"]
        reply = watched.request("GET", f"/watch?session={number}")
        seen = reply.json()["session"]
        assert [step["result"] for step in seen["steps"]] == [
            step["observation"]["result"] for step in played
        ]
        assert [step["reward"] for step in seen["steps"]] == [step["reward"] for step in played]
        assert seen["schema_info"] == played[-1]["observation"]["schema_info"]
        player.step("ANSWER", "4")
        rest = watched.request("GET", f"/watch?session={number}&episode=1&after=2")
        (answer,) = rest.json()["session"]["steps"]
        assert answer["action_type"] == "ANSWER" and rest.json()["session"]["done"]
        for text in (reply.body, rest.body, watched.request("GET", "/watch").body):
            for secret in (b"gold", b"verdict", b"progress", b"a-key", b"music_train"):
                assert secret not in text
    for _ in range(100):
        if all(s["ended"] for s in sessions(watched)):
            break
    assert watched.request("GET", f"/watch?session={number}").json()["session"]["ended"]


def test_only_allowed_pages_read_it(start):
    running = start("--watch", "--token", "0123456789abcdef", "--allow-origin", "https://a.example")
    try:
        assert running.request("GET", "/watch").status == 401
        token = {"Authorization": "Bearer 0123456789abcdef"}
        allowed = running.request("GET", "/watch", None, {**token, "Origin": "https://a.example"})
        assert allowed.status == 200
        assert allowed.headers["Access-Control-Allow-Origin"] == "https://a.example"
        foreign = running.request("GET", "/watch", None, {**token, "Origin": "https://b.example"})
        assert "Access-Control-Allow-Origin" not in foreign.headers
    finally:
        running.process.terminate()
        running.process.wait(timeout=5)
