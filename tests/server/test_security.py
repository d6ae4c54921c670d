"""Nothing secret leaves the server, and it needs no rights."""

import json
import os
import resource
import shutil
import subprocess
import tempfile

import pytest

from tests.server.conftest import BINARY, SECRET, Server
from tests.server.test_access import BEARER, EVIL, TOKEN

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
