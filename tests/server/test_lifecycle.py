"""Starting, filling up and stopping a server process."""

import json
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from websockets.exceptions import ConnectionClosed


def test_capacity(launch):
    server = launch("--max-sessions", 2, "--threads", 2)
    with server.session() as first, server.session() as second:
        first.reset()
        second.reset()
        with server.websocket() as third:
            refusal = json.loads(third.recv(timeout=10))
            assert refusal["type"] == "error"
            assert refusal["data"]["code"] == "CAPACITY_REACHED"
            assert refusal["data"]["active_sessions"] == refusal["data"]["max_sessions"] == 2
            with pytest.raises(ConnectionClosed) as closed:
                third.recv(timeout=10)
            assert closed.value.rcvd.code == 1000
        first.step("SAMPLE", "band")
    for _ in range(100):  # until the server has seen both leave
        with server.websocket() as socket:
            socket.send('{"type": "state"}')
            if json.loads(socket.recv(timeout=10))["type"] == "state":
                return
        time.sleep(0.02)
    pytest.fail("the places of two sessions that left were not given free")


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_stops_quickly_with_open_sockets(launch, stop):
    server = launch("--threads", 2, "--drain", 0)
    with ExitStack() as stack:
        sockets = [stack.enter_context(server.websocket()) for _ in range(20)]
        for socket in sockets:
            socket.send('{"type": "reset"}')
            socket.recv(timeout=10)
        begin = time.monotonic()
        server.process.send_signal(stop)
        for socket in sockets:
            with pytest.raises(ConnectionClosed) as closed:
                socket.recv(timeout=5)
            assert closed.value.rcvd.code == 1001
        assert server.process.wait(timeout=5) == 0
        assert time.monotonic() - begin < 2


def test_stops_quickly_while_a_query_runs(launch):
    server = launch("--threads", 1, "--drain", 0)
    slow = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT max(x) FROM t"
    with server.websocket() as socket:
        for message in (
            {"type": "reset"},
            {"type": "step", "data": {"action_type": "QUERY", "argument": slow}},
        ):
            socket.send(json.dumps(message))
        begin = time.monotonic()
        server.process.terminate()
        assert server.process.wait(timeout=5) == 0
        assert time.monotonic() - begin < 2


def test_a_port_in_use_is_a_clear_error(launch, start, pack):
    from tests.server.conftest import BINARY

    port = launch().address.rpartition(":")[2]
    second = subprocess.run(
        [BINARY, "serve", "--port", port, "--pack", pack], capture_output=True, text=True, timeout=10
    )
    assert second.returncode == 1
    assert port in second.stderr and "in use" in second.stderr
    assert second.stdout == ""


def test_a_hundred_clients_at_once(launch):
    server = launch("--threads", 2)

    def play(number: int) -> float:
        with server.session() as session:
            session.reset(question_id="music_train_001", episode_id=str(number))
            for step in range(5):
                session.step("QUERY", f"SELECT {number}, {step}")
            assert session.state() == {"episode_id": str(number), "step_count": 5}
            return session.step("ANSWER", "3")["reward"]

    with ThreadPoolExecutor(16) as pool:
        assert list(pool.map(play, range(100))) == [1.0] * 100
