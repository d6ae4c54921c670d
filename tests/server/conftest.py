"""A running `sqlenv serve` on a pack of three singers, and helpers to send it requests."""

from __future__ import annotations

import http.client
import json
import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from websockets.sync.client import ClientConnection, connect

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("SQLENV_BIN", ROOT / "build/native/bin/sqlenv"))

MUSIC = """
CREATE TABLE band (id INTEGER PRIMARY KEY, title TEXT);
CREATE TABLE singer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, age REAL,
                     band_id INTEGER REFERENCES band(id));
INSERT INTO band VALUES (1, 'Die Ärzte');
INSERT INTO singer VALUES (1, 'Bo', 61.5, 1), (2, 'Al', 30, 1), (3, 'Cy', 44, NULL);
"""
QUESTIONS = [
    {
        "question_id": "music_train_001",
        "question_text": "How many singers are there?",
        "database_name": "music",
        "gold_sql": "SELECT count(*) FROM singer /* gold-marker */",
        "answer_type": "integer",
        "difficulty": "easy",
        "split": "train",
    },
    {
        "question_id": "music_eval_001",
        "question_text": "Which singer is oldest?",
        "database_name": "music",
        "gold_sql": "SELECT name FROM singer ORDER BY age DESC LIMIT 1 /* gold-marker */",
        "answer_type": "string",
        "difficulty": "medium",
        "split": "eval",
    },
]
HANDSHAKE = (
    b"GET /ws HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
PACK = {
    "format": "sqlenv-pack/1",
    "name": "tiny",
    "title": "Tiny",
    "license": "MIT",
    "databases": [{"name": "music", "file": "music.sql"}],
    "questions": ["questions.json"],
}
# In the server's environment; must never come back.
SECRET = "a-secret-of-the-environment"


class Server:
    """One server process. `address` is host:port."""

    def __init__(self, process: subprocess.Popen, address: str):
        self.process = process
        self.address = address

    def websocket(self, path: str = "/ws", **options) -> ClientConnection:
        return connect(f"ws://{self.address}{path}", compression=None, **options)

    @contextmanager
    def session(self) -> Iterator[Session]:
        with self.websocket() as socket:
            yield Session(socket)

    def request(
        self, method: str, target: str, body: object = None, headers: dict[str, str] | None = None
    ) -> Reply:
        """One HTTP request; a body that is neither bytes nor None is sent as JSON."""
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body).encode()
        connection = http.client.HTTPConnection(self.address, timeout=10)
        try:
            connection.request(method, target, body, headers or {})
            response = connection.getresponse()
            return Reply(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()


class Reply:
    def __init__(self, status: int, headers: dict[str, str], body: bytes):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self) -> object:
        return json.loads(self.body)


class Session:
    """The protocol on one WebSocket."""

    def __init__(self, socket: ClientConnection):
        self.socket = socket

    def say(self, message: object) -> dict:
        self.socket.send(message if isinstance(message, str) else json.dumps(message))
        return json.loads(self.socket.recv(timeout=10))

    def reset(self, **options) -> dict:
        reply = self.say({"type": "reset", "data": options})
        assert reply["type"] == "observation", reply
        return reply["data"]

    def step(self, action_type: str, argument: str) -> dict:
        action = {"action_type": action_type, "argument": argument}
        reply = self.say({"type": "step", "data": action})
        assert reply["type"] == "observation", reply
        return reply["data"]

    def state(self) -> dict:
        reply = self.say({"type": "state"})
        assert reply["type"] == "state", reply
        return reply["data"]

    def error(self, message: object) -> dict:
        reply = self.say(message)
        assert reply["type"] == "error", reply
        return reply["data"]


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


@pytest.fixture(scope="session")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    (folder / "music.sql").write_text(MUSIC)
    (folder / "questions.json").write_text(json.dumps(QUESTIONS))
    (folder / "pack.json").write_text(json.dumps(PACK))
    return folder


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to serve as the page, with a file beside it that must not be served."""
    folder = tmp_path_factory.mktemp("site") / "page"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<script src='sqlenv.js'></script>")
    (folder / "sqlenv.js").write_text("// script")
    (folder / "sqlenv.wasm").write_bytes(b"\0asm\1\0\0\0")
    (folder / "assets" / "a b.ttf").write_text("font")
    (folder / ".secret").write_text("hidden")
    (folder.parent / "outside.txt").write_text("outside")
    return folder


@pytest.fixture(scope="session")
def start(pack: Path) -> Callable[..., Server]:
    """start("--threads", "1", …) runs a server that the caller must stop."""
    if not BINARY.exists():
        pytest.fail(f"{BINARY.name} is not built: run make native")

    def run(*options: object) -> Server:
        command = [BINARY, "serve", "--host", "127.0.0.1", "--pack", pack, *options]
        if "--port" not in options:
            command += ["--port", "0"]
        process = subprocess.Popen(
            list(map(str, command)),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "SQLENV_TEST_SECRET": SECRET},
        )
        line = process.stdout.readline()
        ready = re.fullmatch(r"SQLEnv is ready at http://(127\.0\.0\.1:\d+)\n", line)
        assert ready, f"the server said {line!r}"
        return Server(process, ready.group(1))

    return run


@pytest.fixture
def launch(start) -> Iterator[Callable[..., Server]]:
    """launch("--threads", "1", …) runs a server that is stopped at the end of the test."""
    servers = []

    def run(*options: object) -> Server:
        servers.append(start(*options))
        return servers[-1]

    yield run
    for running in servers:
        running.process.kill()
        running.process.wait()


@pytest.fixture(scope="session")
def server(start, page: Path) -> Iterator[Server]:
    running = start("--threads", "2", "--web", page)
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=5) == 0
