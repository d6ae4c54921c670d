"""`sqlenv bench serve` counts every step and notices every wrong answer."""

import json
import subprocess

from tests.server.conftest import BINARY
from tests.server.test_sessions import metrics


def bench(*options: object) -> tuple[int, list[dict], str]:
    command = [BINARY, "bench", "serve", "--json", *options]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def test_its_own_server_plays_whole_episodes():
    status, runs, _ = bench("--connections", "1,8", "--seconds", 30, "--steps", 200, "--warm-up", 0)
    assert status == 0
    assert [run["connections"] for run in runs] == [1, 8]
    for run in runs:
        assert run["steps"] >= 200
        assert run["errors"] == run["unanswered"] == run["lost_connections"] == 0
        assert 0 < run["p50_ms"] <= run["p95_ms"] <= run["p99_ms"] <= run["max_ms"]
        assert run["server_resident_mb"] > 1


def test_a_rate_is_kept_and_the_server_counts_the_same_steps(server, tmp_path):
    step = {"type": "step", "data": {"action_type": "SAMPLE", "argument": "band"}}
    messages = tmp_path / "messages.jsonl"
    messages.write_text("\n".join(map(json.dumps, [{"type": "reset"}, *[step] * 10])))
    before = metrics(server)["sqlenv_steps_total"]
    status, (run,), _ = bench(
        "--url", f"http://{server.address}", "--workload", messages, "--connections", 4,
        "--rate", 200, "--seconds", 0.5, "--warm-up", 0, "--pid", server.process.pid,
    )  # fmt: skip
    assert status == 0
    assert 95 <= run["steps"] <= 101
    assert metrics(server)["sqlenv_steps_total"] - before == run["steps"]
    assert "server_cores" in run


def test_failures_are_counted_and_reported(server):
    """The pack has no such question: every reset is refused."""
    url = f"ws://{server.address}/ws"
    status, (run,), errors = bench("--url", url, "--connections", 2, "--seconds", 0.1)
    assert status == 1
    assert run["errors"] > 0 and "concert_singer_train_021" in run["first_failure"]
    assert "concert_singer_train_021" in errors
    status, (run,), errors = bench("--url", "ws://127.0.0.1:1/ws", "--connections", 2, "--seconds", 0.1)
    assert status == 1
    assert run["lost_connections"] == 2 and "cannot connect" in errors
