"""How sessions begin and end: limits of time, places that never leak, draining, counters and logs."""

import json
import os
import re
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.server.conftest import BINARY, HANDSHAKE, SECRET, Server

ANSWER = {"type": "step", "data": {"action_type": "ANSWER", "argument": "3"}}


def metrics(server: Server) -> dict[str, float]:
    text = server.request("GET", "/metrics").body.decode()
    lines = [line.rsplit(" ", 1) for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


def until(probe: Callable[[], object], wanted: object, seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while (seen := probe()) != wanted and time.monotonic() < end:
        time.sleep(0.005)
    assert seen == wanted


def end_of(socket) -> tuple[int, str]:
    with pytest.raises(ConnectionClosed) as closed:
        socket.recv(timeout=10)
    return closed.value.rcvd.code, closed.value.rcvd.reason


def rpc(server: Server, method: str, **params) -> dict:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": params}
    return server.request("POST", "/mcp", request).json()


def test_an_idle_session_is_closed_and_a_busy_one_is_not(launch):
    server = launch("--session-idle", 0.4, "--threads", 2)
    with server.websocket() as idle, server.session() as busy:
        begin = time.monotonic()
        idle.ping()  # a ping does not make the session busy
        while time.monotonic() - begin < 0.8:
            busy.state()
            time.sleep(0.02)
        assert end_of(idle) == (1001, "the session was idle for too long")
        busy.reset()
    assert metrics(server)['sqlenv_sessions_closed_total{reason="idle"}'] == 1


def test_an_old_session_is_closed_however_busy(launch):
    server = launch("--session-lifetime", 0.3)
    with server.websocket() as old:
        begin = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            while time.monotonic() - begin < 10:
                old.send('{"type": "state"}')
                old.recv(timeout=10)
        assert closed.value.rcvd.code == 1001 and "lifetime" in closed.value.rcvd.reason
        assert time.monotonic() - begin >= 0.3
    until(lambda: metrics(server)["sqlenv_sessions"], 0)


def test_sessions_and_episodes_over_http_are_dropped_when_unused(launch):
    server = launch("--episode-idle", 0.3, "--max-sessions", 3)
    ids = [rpc(server, "openenv/session/create")["result"]["session_id"] for _ in range(3)]
    assert rpc(server, "openenv/session/create")["error"]["data"] == {
        "active_sessions": 3, "max_sessions": 3,
    }  # fmt: skip
    server.request("POST", "/reset", {"episode_id": "mine"})
    with server.websocket(f"/ws?session_id={ids[0]}") as attached:
        attached.send('{"type": "state"}')
        attached.recv(timeout=10)
        until(lambda: metrics(server)["sqlenv_mcp_sessions"], 1)  # the attached one stays
        until(lambda: metrics(server)["sqlenv_http_episodes"], 0)
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    assert rpc(server, "tools/list", session_id=ids[0])["error"]["code"] == -32602


def test_http_episodes_are_bounded(launch):
    server = launch("--max-episodes", 3)
    for number in range(10):
        server.request("POST", "/reset", {"episode_id": str(number)})
    assert metrics(server)["sqlenv_http_episodes"] == 3
    assert server.request("GET", "/state?episode_id=6").status == 404
    assert server.request("GET", "/state?episode_id=7").status == 200


def resident_pages(process: subprocess.Popen) -> int:
    with open(f"/proc/{process.pid}/statm") as statm:
        return int(statm.read().split()[1])


def cut(connection: socket.socket) -> None:
    """Resets the connection instead of closing it, like a machine that crashes."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def storm(server: Server, connects: int) -> None:
    """Connects and breaks off in every way, ten at a time."""
    host, port = server.address.split(":")
    reset = b'\x81\x90\0\0\0\0{"type":"reset"}'
    endings = [b"", b"\x81\xfe", reset, reset[:9], b"\x88\x80\0\0\0\0", HANDSHAKE]
    for first in range(0, connects, 10):
        group = [socket.create_connection((host, int(port)), timeout=10) for _ in range(10)]
        for number, connection in enumerate(group, first):
            with suppress(OSError):
                connection.sendall(HANDSHAKE[: 40 if number % 7 == 0 else None])
                if number % 3 and number % 7:
                    connection.recv(4096)
                connection.sendall(endings[number % len(endings)])
            if number % 2:
                cut(connection)
            else:
                connection.close()


def test_thousands_of_connects_and_cuts_leave_nothing(launch):
    connects = int(os.environ.get("SQLENV_CONNECTS", "3000"))
    server = launch("--threads", 2, "--max-sessions", 64)
    storm(server, connects)
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    before = resident_pages(server.process)
    storm(server, connects)
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    seen = metrics(server)
    assert seen["sqlenv_sessions_opened_total"] > connects / 4
    closed = sum(value for name, value in seen.items() if "sessions_closed_total" in name)
    assert closed == seen["sqlenv_sessions_opened_total"]
    assert resident_pages(server.process) - before < 512  # pages of 4 KiB: 2 MiB
    until(lambda: len(os.listdir(f"/proc/{server.process.pid}/fd")) < 32, True)
    with server.session() as session:
        session.reset()


def test_sigterm_lets_episodes_end(launch):
    server = launch("--drain", 10, "--threads", 2)
    with server.websocket() as resting, server.session() as playing, server.session() as late:
        resting.send('{"type": "state"}')
        resting.recv(timeout=10)
        playing.reset(question_id="music_train_001")
        late.reset()
        server.process.send_signal(signal.SIGTERM)
        assert end_of(resting) == (1001, "the server stops")
        with pytest.raises(OSError):
            server.websocket(open_timeout=2)
        assert playing.say(ANSWER)["data"]["reward"] == 1.0
        assert end_of(playing.socket) == (1001, "the server stops")
        assert server.process.poll() is None  # the third is still playing
        late.step("SAMPLE", "band")
        late.say(ANSWER)
        assert server.process.wait(timeout=5) == 0


def test_draining_ends_after_its_time_and_by_a_second_signal(launch):
    for options, second in ((("--drain", 0.3), None), (("--drain", 60), signal.SIGTERM)):
        server = launch(*options)
        with server.session() as playing:
            playing.reset()
            begin = time.monotonic()
            server.process.send_signal(signal.SIGTERM)
            if second:
                until(lambda server=server: can_connect(server), False)
                server.process.send_signal(second)
            assert end_of(playing.socket)[0] == 1001
            assert server.process.wait(timeout=5) == 0
            assert time.monotonic() - begin < 4


def can_connect(server: Server) -> bool:
    with suppress(OSError):
        socket.create_connection(server.address.split(":"), timeout=1).close()
        return True
    return False


def test_health_reports_when_all_places_are_taken(launch):
    server = launch("--max-sessions", 2)

    def health() -> dict:
        reply = server.request("GET", "/health")
        assert reply.status == 200
        return reply.json()

    assert health() == {"status": "healthy"}
    with ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(server.session()).state()
        assert health() == {"status": "degraded", "reasons": ["all sessions are taken"]}
    until(health, {"status": "healthy"})


def test_metrics(launch):
    server = launch("--threads", 2)
    with server.session() as session:
        session.reset(question_id="music_train_001")
        session.step("SAMPLE", "band")
        session.step("QUERY", "SELEC 1")
        session.error({"type": "nope"})
        session.say(ANSWER)
        seen = metrics(server)
    assert seen["sqlenv_sessions"] == 1 and seen["sqlenv_sessions_max"] == 4096
    assert seen["sqlenv_resets_total"] == 1 and seen["sqlenv_steps_total"] == 3
    assert seen['sqlenv_step_errors_total{code="SYNTAX"}'] == 1
    assert seen['sqlenv_request_errors_total{code="UNKNOWN_TYPE"}'] == 1
    assert seen['sqlenv_step_seconds_bucket{le="+Inf"}'] == seen["sqlenv_step_seconds_count"] == 3
    assert 0 < seen["sqlenv_step_seconds_sum"] < 3
    buckets = [value for name, value in seen.items() if "step_seconds_bucket" in name]
    assert buckets == sorted(buckets)
    assert seen["process_resident_memory_bytes"] > 1e6
    text = server.request("GET", "/metrics")
    assert text.headers["Content-Type"].startswith("text/plain; version=0.0.4")
    names = re.findall(r"^# TYPE (\w+) (counter|gauge|histogram)$", text.body.decode(), re.MULTILINE)
    assert len(names) == len(set(names)) > 10


def test_the_log_names_connections_and_sessions_and_nothing_secret(pack):
    command = [BINARY, "serve", "--port", "0", "--pack", pack, "--log", "json", "--max-sessions", "1"]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SQLENV_TEST_SECRET": SECRET},
    )  # fmt: skip
    server = Server(process, process.stdout.readline().split("//")[1].strip())
    with server.session() as session:
        session.reset(question_id="music_train_001", episode_id="my-episode")
        session.step("QUERY", "SELECT 'my-query'")
        with server.websocket() as refused:
            refused.recv(timeout=10)
        server.request("GET", "/nope?token=my-token", headers={"Authorization": "my-token"})
    server.process.terminate()
    output = server.process.communicate(timeout=10)[1]
    lines = [json.loads(line) for line in output.splitlines()]
    names = [line["event"] for line in lines]
    assert names[0] == "listening" and names[-1] == "stopped" and "draining" in names
    events = {line["event"]: line for line in lines}
    opened, closed = events["session_opened"], events["session_closed"]
    assert opened["kind"] == "ws" and opened["peer"] == "127.0.0.1"
    assert closed["session"] == opened["session"] and closed["reason"] == "left"
    assert closed["messages"] == 2 and closed["seconds"] > 0
    assert events["session_refused"]["reason"] == "capacity"
    assert (events["http_error"]["path"], events["http_error"]["status"]) == ("/nope", 404)
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"]) for line in lines)
    for secret in ("my-query", "my-token", "my-episode", "singer", SECRET, str(pack)):
        assert secret not in output
