"""Two servers behind the real HAProxy, with the configuration that is shipped."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

from tests.server.conftest import ROOT, Server

CONFIGURATION = ROOT / "docker" / "haproxy.cfg"
HAPROXY = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin")
pytestmark = pytest.mark.skipif(
    HAPROXY is None, reason="haproxy is not installed: run scripts/setup scaling"
)
COUNT = {"action_type": "QUERY", "argument": "SELECT count(*) FROM singer"}
ANSWER = {"action_type": "ANSWER", "argument": "3"}
QUESTION = {"question_id": "music_train_001"}


def eventually(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + 10
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def metric(server: Server, name: str) -> int:
    text = server.request("GET", "/metrics").body.decode()
    return int(re.search(rf"^{name} (\d+)$", text, re.MULTILINE).group(1))


def stop(server: Server) -> None:
    server.process.terminate()
    assert server.process.wait(timeout=10) == 0


class Cluster:
    """The servers, in the order of the configuration, and the proxy in front of them."""

    def __init__(self, start: Callable[..., Server]):
        self.start = start
        self.servers = [start("--threads", 1, "--drain", 0) for _ in range(2)]
        # The proxy inherits a socket that already listens, so that no port is guessed.
        listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        address = "127.0.0.1:%d" % listening.getsockname()[1]
        environment = {
            **os.environ,
            "SQLENV_BIND": f"fd@{listening.fileno()}",
            "SQLENV_SERVER_1": self.servers[0].address,
            "SQLENV_SERVER_2": self.servers[1].address,
        }
        process = subprocess.Popen(
            [HAPROXY, "-db", "-q", "-f", CONFIGURATION],
            env=environment,
            pass_fds=[listening.fileno()],
            stderr=subprocess.DEVNULL,
        )
        listening.close()
        self.proxy = Server(process, address)

    def restart(self, index: int) -> None:
        port = self.servers[index].address.rpartition(":")[2]
        self.servers[index] = self.start("--threads", 1, "--drain", 0, "--port", port)

    def health(self) -> int:
        return self.proxy.request("GET", "/health").status

    def end(self) -> None:
        for server in [self.proxy, *self.servers]:
            server.process.kill()
            server.process.wait()


@pytest.fixture
def cluster(start) -> Iterator[Cluster]:
    running = Cluster(start)
    yield running
    running.end()


def reset(server: Server, episode: str):
    return server.request("POST", "/reset", {**QUESTION, "episode_id": episode})


def step(server: Server, episode: str, action: dict):
    return server.request("POST", "/step", {"action": action, "episode_id": episode})


def play_http(server: Server, episode: str) -> float:
    assert reset(server, episode).status == 200
    for number in range(1, 4):
        reply = step(server, episode, COUNT).json()
        assert reply["observation"]["step_count"] == number
    state = server.request("GET", f"/state?episode_id={episode}").json()
    assert state == {"episode_id": episode, "step_count": 3}
    return step(server, episode, ANSWER).json()["reward"]


def play_websocket(server: Server, episode: str) -> float:
    with server.session() as session:
        session.reset(**QUESTION, episode_id=episode)
        for number in range(1, 4):
            assert session.step(**COUNT)["observation"]["step_count"] == number
        assert session.state() == {"episode_id": episode, "step_count": 3}
        return session.step(**ANSWER)["reward"]


def play_many(server: Server, number: int) -> None:
    """Plays at the same time, half over HTTP and half over WebSockets."""

    def play(index: int) -> float:
        kind = play_http if index % 2 else play_websocket
        return kind(server, f"episode-{index}-{uuid.uuid4()}")

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(play, range(number))) == [1.0] * number


def test_a_server_restarts_in_the_middle(cluster: Cluster):
    proxy, (first, second) = cluster.proxy, cluster.servers
    play_many(proxy, 100)
    steps = [metric(server, "sqlenv_steps_total") for server in cluster.servers]
    assert sum(steps) == 400 and min(steps) >= 100

    sessions = [proxy.session() for _ in range(20)]
    opened = [session.__enter__() for session in sessions]
    kept = [f"kept-{index}" for index in range(20)]
    for session, episode in zip(opened, kept, strict=True):
        session.reset(**QUESTION)
        session.step(**COUNT)
        assert reset(proxy, episode).status == 200
    places = [metric(server, "sqlenv_sessions") for server in cluster.servers]
    assert places == [10, 10]  # the one with the fewest takes the next
    before = play_http_count(first, kept)
    assert 0 < len(before) < 20 and len(before) + len(play_http_count(second, kept)) == 20

    stop(first)
    closings, alive = [], []
    for session in opened:
        try:
            alive.append(session.step(**COUNT)["observation"]["step_count"])
        except ConnectionClosed as closed:
            closings.append((closed.rcvd.code, closed.rcvd.reason))
    assert alive == [2] * 10
    assert closings == [(1001, "the server stops")] * 10
    # At once: the proxy asks the other server when it cannot connect, and passes its answer on.
    for episode in kept:
        reply = step(proxy, episode, COUNT)
        assert reply.status == (404 if episode in before else 200)
        if reply.status == 404:
            assert "POST /reset with this episode_id starts a new one" in reply.json()["detail"]
    play_many(proxy, 40)

    cluster.restart(0)
    first = cluster.servers[0]
    assert eventually(lambda: cluster.health() == 200 and metric_after_one(cluster) > 0)
    play_many(proxy, 60)
    assert min(metric(server, "sqlenv_steps_total") for server in cluster.servers) >= 60
    for session in opened:
        session.socket.close()
    for server in cluster.servers:
        assert eventually(lambda server=server: metric(server, "sqlenv_sessions") == 0)


def play_http_count(server: Server, episodes: list[str]) -> set[str]:
    """The episodes that this server keeps."""
    return {e for e in episodes if server.request("GET", f"/state?episode_id={e}").status == 200}


def metric_after_one(cluster: Cluster) -> int:
    """The resets that the restarted server counts after another session."""
    with cluster.proxy.session() as session:
        session.reset(**QUESTION)
        return metric(cluster.servers[0], "sqlenv_resets_total")


@pytest.mark.parametrize("episode", ["plain", "ünïcode & more=#1", 'quote " and \\', "x" * 255])
def test_an_episode_is_found_by_body_and_query(cluster: Cluster, episode: str):
    from urllib.parse import quote

    assert reset(cluster.proxy, episode).status == 200
    assert step(cluster.proxy, episode, COUNT).status == 200
    state = cluster.proxy.request("GET", f"/state?episode_id={quote(episode)}").json()
    assert state == {"episode_id": episode, "step_count": 1}


def test_sessions_of_mcp_stay_where_they_began(cluster: Cluster):
    proxy = cluster.proxy

    def call(method: str, session: str | None = None, **params):
        headers = {"Mcp-Session-Id": session} if session else {}
        body = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
        return proxy.request("POST", "/mcp", body, headers)

    def begin() -> str:
        return {k.lower(): v for k, v in call("initialize").headers.items()}["mcp-session-id"]

    ids = [begin() for _ in range(4)]
    assert [metric(server, "sqlenv_mcp_sessions") for server in cluster.servers] == [2, 2]
    for session in ids:
        call("tools/call", session, name="reset", arguments=QUESTION)
    for session in ids * 2:
        reply = call("tools/call", session, name="query", arguments={"sql": "SELECT 1"})
        assert "result" in reply.json(), reply.body
    with proxy.websocket(f"/ws?session_id={ids[0]}") as attached:
        attached.send('{"type":"state"}')
        assert '"step_count":2' in attached.recv(timeout=10)
    for session in ids:
        assert proxy.request("DELETE", "/mcp", headers={"Mcp-Session-Id": session}).status == 204


def test_without_a_server_the_proxy_answers_503(cluster: Cluster):
    for server in cluster.servers:
        stop(server)
    reply = reset(cluster.proxy, "nowhere")
    assert reply.status == 503
    assert "no SQLEnv server can be reached now" in reply.json()["detail"]
    with pytest.raises(InvalidStatus) as refused:
        cluster.proxy.websocket()
    assert refused.value.response.status_code == 503
    cluster.restart(1)
    assert eventually(lambda: cluster.health() == 200)
    play_many(cluster.proxy, 4)
