"""Runs the commands of README.md in an empty folder beside a fresh build."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from .test_docs import PROGRAM, ROOT, blocks, command_lines

README = (ROOT / "README.md").read_text()
SPIDER = Path(os.environ.get("SPIDER", ROOT.parent / "shared/spider"))
# Commands that other tests run; test_docs checks that they exist.
ELSEWHERE = {"make", "docker"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("readme")
    (made / "build/native/bin").mkdir(parents=True)
    (made / "build/native/bin/sqlenv").symlink_to(PROGRAM)
    actions = "".join(block for block in blocks(README, "json") if "action_type" in block)
    (made / "actions.jsonl").write_text(actions)
    with sqlite3.connect(made / "my.sqlite") as database:
        database.execute("CREATE TABLE boat (boat_id INTEGER PRIMARY KEY, name TEXT, port TEXT, metres REAL)")
        for i in range(60):
            row = (i, f"boat {i}", ["Hull", "Oban", "Cork"][i % 3], 4 + i * 0.35)
            database.execute("INSERT INTO boat VALUES (?, ?, ?, ?)", row)
    if SPIDER.is_dir():
        (made / "path/to").mkdir(parents=True)
        (made / "path/to/spider").symlink_to(SPIDER)
    return made


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "SQLENV_PACKS": str(folder / "packs"), "PORT": "0"}


def cheap_commands() -> list[list[str]]:
    text = "".join(f"```sh\n{block}```\n" for block in blocks(README, "sh"))
    commands = [words for words in command_lines(text) if words[0] not in ELSEWHERE]
    return [words for words in commands if SPIDER.is_dir() or not {"spider", "path/to/spider"} & set(words)]


def test_every_command_runs(folder):
    commands = cheap_commands()
    assert len(commands) >= 5
    for words in commands:
        ran = subprocess.run(words, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False)
        # The status of an audit is 1 if it finds something.
        allowed = (0, 1) if words[1:3] == ["pack", "audit"] else (0,)
        assert ran.returncode in allowed, f"{' '.join(words)}: {ran.stdout[-500:]}{ran.stderr[-500:]}"


def test_the_episode_is_as_the_table_shows(folder):
    script = [*cheap_commands()[0]]
    subprocess.run(script, cwd=folder, env=environment(folder), check=True, capture_output=True)
    lines = [json.loads(line) for line in (folder / "episode.jsonl").read_text().splitlines()]
    assert lines[-1]["verdict"] == {"correct": True, "reason": "MATCH"}
    rows = re.findall(r"^\| (\d+) \| (.*?) \| ([−+]?[\d.]+) \|", README, re.M)
    steps = lines[1:-1]
    assert [int(number) for number, _, _ in rows] == [step["step"] for step in steps]
    for (number, shown, reward), step in zip(rows, steps):
        assert float(reward.replace("−", "-")) == step["reward"], f"step {number}"
        observed = step["observation"]
        if re.fullmatch(r"[A-Z_]+: .*|\d+", shown):
            assert shown in observed["error"] or shown in observed["result"].splitlines(), f"step {number}"


def test_the_client_example_plays(folder):
    server = subprocess.Popen([PROGRAM, "serve"], cwd=folder, env=environment(folder), text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
    try:
        output = ""
        while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", output)):
            line = server.stdout.readline()
            assert line, output
            output += line
        (block,) = blocks(README, "python")
        assert "http://localhost:8000" in block
        block = block.replace("http://localhost:8000", found.group(0))
        ran = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, check=False, timeout=60)
        assert ran.returncode == 0, ran.stderr
        assert "How many pets have died?" in ran.stdout and "died_on TEXT" in ran.stdout
    finally:
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0
