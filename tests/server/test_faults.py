"""Faults around a server: killed clients and servers, full disks, clocks that jump."""

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed

from tests.server.conftest import BINARY, HANDSHAKE, Server
from tests.server.test_sessions import metrics, until

ACTIONS = [
    ("DESCRIBE", "singer"), ("QUERY", "SELECT count(*) FROM singer"), ("SAMPLE", "band"), ("ANSWER", "3"),
]  # fmt: skip
RESET = {"question_id": "music_train_001", "seed": 7}

CLIENT = """
import itertools, sys
from websockets.sync.client import connect
with connect(sys.argv[1], compression=None) as socket:
    socket.send('{"type": "reset", "data": {"step_budget": 1000}}')
    socket.recv()
    print("playing", flush=True)
    step = '{"type": "step", "data": {"action_type": "QUERY", "argument": "SELECT %d"}}'
    for number in itertools.count():
        socket.send(step % number)
        socket.recv()
"""


def test_killed_clients_leave_no_session(launch):
    server = launch("--threads", 2)
    clients = [
        subprocess.Popen(
            [sys.executable, "-c", CLIENT, f"ws://{server.address}/ws"], stdout=subprocess.PIPE, text=True
        )
        for _ in range(6)
    ]
    try:
        for client in clients:
            assert client.stdout.readline() == "playing\n"
        until(lambda: metrics(server)["sqlenv_sessions"], 6)
    finally:
        for client in clients:
            client.kill()
            client.wait()
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    seen = metrics(server)
    closed = sum(value for name, value in seen.items() if "sessions_closed_total" in name)
    assert closed == seen["sqlenv_sessions_opened_total"] == 6


def play_on(session, actions: list[tuple[str, str]]) -> list[str]:
    return [json.dumps(session.step(*action)) for action in actions]


def test_after_a_killed_server_another_goes_on(launch, pack, tmp_path, request):
    """Playing an episode's options and actions again leads to where it was cut."""
    first = launch("--threads", 2)
    port = first.address.split(":")[1]
    with first.session() as whole:
        whole.reset(**RESET)
        undisturbed = play_on(whole, ACTIONS)
        trajectory = whole.say({"type": "trajectory"})["data"]["jsonl"]
    with ExitStack() as stack:
        sessions = [stack.enter_context(first.session()) for _ in range(10)]
        for session in sessions:
            session.reset(**RESET)
            assert play_on(session, ACTIONS[:2]) == undisturbed[:2]
        first.process.kill()
        first.process.wait()
        for session in sessions:
            with pytest.raises(ConnectionClosed):
                session.state()
                session.state()
    second = serve_with(pack, subprocess.DEVNULL, port=port)  # the port is free at once
    request.addfinalizer(second.process.kill)
    with ExitStack() as stack:
        for _ in range(10):
            session = stack.enter_context(second.session())
            assert session.error(
                {"type": "step", "data": {"action_type": "SAMPLE", "argument": "band"}}
            )["code"] == "EXECUTION_ERROR"  # fmt: skip
            session.reset(**RESET)
            assert play_on(session, ACTIONS[:2]) == undisturbed[:2]
            assert play_on(session, ACTIONS[2:]) == undisturbed[2:]
            assert session.say({"type": "trajectory"})["data"]["jsonl"] == trajectory
    # The command line does the same, from the lines of a trajectory that was cut.
    cut = trajectory.splitlines()[:3]
    actions = tmp_path / "actions.jsonl"
    actions.write_text("".join(json.dumps(json.loads(line)["action"]) + "\n" for line in cut[1:]))
    saved = tmp_path / "saved.json"
    command = [BINARY, "run", "--pack", pack, "--seed", "7", "--question", "music_train_001"]
    subprocess.run([*command, "--save", saved, actions], check=True, timeout=10)
    rest = "".join(json.dumps({"action_type": kind, "argument": text}) + "\n" for kind, text in ACTIONS[2:])
    resumed = subprocess.run(
        [BINARY, "run", "--pack", pack, "--resume", saved], input=rest,
        capture_output=True, text=True, check=True, timeout=10,
    )  # fmt: skip
    assert resumed.stdout == trajectory


def serve_with(pack: Path, stderr, *options: object, port: str = "0", **more) -> Server:
    process = subprocess.Popen(
        list(map(str, [BINARY, "serve", "--port", port, "--pack", pack, "--log", "json", *options])),
        stdout=subprocess.PIPE, stderr=stderr, text=True, **more,
    )  # fmt: skip
    return Server(process, process.stdout.readline().split("//")[1].strip())


def sessions_work(server: Server, count: int) -> None:
    for _ in range(count):
        with server.session() as session:
            session.reset(question_id="music_train_001")
            assert session.step("ANSWER", "3")["reward"] == 1.0
        assert server.request("GET", "/nope").status == 404


@pytest.mark.parametrize("kind", ["full disk", "closed pipe", "reader that does not read"])
def test_a_log_that_cannot_be_written_holds_nothing_up(pack, kind):
    read_end, write_end = os.pipe()
    try:
        with open("/dev/full", "w") as full:
            server = serve_with(pack, full if kind == "full disk" else write_end, "--threads", 1)
        try:
            if kind == "closed pipe":
                os.close(read_end)
                read_end = None
            # More lines than fit into a pipe that nobody reads.
            sessions_work(server, 400 if kind == "reader that does not read" else 5)
            assert metrics(server)["sqlenv_log_lines_dropped_total"] > 0
            until(lambda: metrics(server)["sqlenv_sessions"], 0)
            server.process.terminate()
            assert server.process.wait(timeout=10) == 0
        finally:
            server.process.kill()
            server.process.wait()
    finally:
        for end in (read_end, write_end):
            if end is not None:
                os.close(end)


def test_without_file_descriptors_the_server_waits_and_recovers(pack):
    def few() -> None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))

    server = serve_with(pack, subprocess.DEVNULL, "--threads", 2, preexec_fn=few)
    try:
        with ExitStack() as stack:
            kept = stack.enter_context(server.session())
            kept.reset(question_id="music_train_001")
            for _ in range(100):
                peer = stack.enter_context(socket.socket())
                peer.setblocking(False)
                with suppress(BlockingIOError):
                    peer.connect(("127.0.0.1", int(server.address.split(":")[1])))
            until(lambda: len(os.listdir(f"/proc/{server.process.pid}/fd")) >= 64, True)
            before = processor_time(server)
            begun = time.monotonic()
            while time.monotonic() - begun < 0.5:
                kept.step("SAMPLE", "band")
                kept.reset(question_id="music_train_001")
                time.sleep(0.01)
            assert processor_time(server) - before < 0.25  # it does not spin
            assert kept.step("ANSWER", "3")["reward"] == 1.0
        until(lambda: server.request("GET", "/health").json()["status"], "degraded")
        sessions_work(server, 3)
        until(lambda: metrics(server)["sqlenv_sessions"], 0)
    finally:
        server.process.kill()
        server.process.wait()


def processor_time(server: Server) -> float:
    """Seconds of user and system time."""
    fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_burst_of_connects(launch):
    wanted = int(os.environ.get("SQLENV_BURST", "1000"))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    count = min(wanted, hard - 200)
    server = launch("--threads", 2, "--max-sessions", 20_000)
    address = ("127.0.0.1", int(server.address.split(":")[1]))
    try:
        with ExitStack() as stack:
            begun = time.monotonic()
            peers = []
            for _ in range(count):
                peer = stack.enter_context(socket.socket())
                peer.setblocking(False)
                with suppress(BlockingIOError):
                    peer.connect(address)
                peers.append(peer)
            for peer in peers:
                peer.settimeout(60)
                peer.sendall(HANDSHAKE)
            for peer in peers:
                assert peer.recv(4096).startswith(b"HTTP/1.1 101")
            until(lambda: metrics(server)["sqlenv_sessions"], count)
            print(f"{count} sessions in {time.monotonic() - begun:.2f} s, "
                  f"{metrics(server)['process_resident_memory_bytes'] / 1e6:.0f} MB resident")  # fmt: skip
            with server.session() as session:
                session.reset()
        until(lambda: metrics(server)["sqlenv_sessions"], 0, 60)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)


@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not installed: run scripts/setup python")
@pytest.mark.parametrize("jump", ["+2h", "-2h"])
def test_a_clock_that_jumps_ends_nothing_and_keeps_nothing(pack, tmp_path, jump):
    clock = tmp_path / "clock"
    clock.write_text("+0\n")
    server = serve_with(
        pack, subprocess.PIPE, "--session-idle", 1, "--episode-idle", 1, "--threads", 1,
        env={**os.environ, "LD_PRELOAD": str(FAKETIME), "FAKETIME_TIMESTAMP_FILE": str(clock),
             "FAKETIME_NO_CACHE": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "DONT_FAKE_MONOTONIC": "1"},
    )  # fmt: skip
    with server.session() as busy, server.websocket() as idle:
        busy.reset()
        clock.write_text(f"{jump}\n")
        begun = time.monotonic()
        with pytest.raises(ConnectionClosed) as closed:
            while time.monotonic() - begun < 10:
                busy.state()
                with suppress(TimeoutError):
                    idle.recv(timeout=0.05)
        assert closed.value.rcvd.code == 1001 and 0.9 < time.monotonic() - begun < 5
        busy.state()
    until(lambda: metrics(server)["sqlenv_sessions"], 0)
    server.process.send_signal(signal.SIGTERM)
    log = server.process.communicate(timeout=10)[1]
    hours = {json.loads(line)["time"][:13] for line in log.splitlines()}
    assert len(hours) >= 2  # the clock of the log did jump
