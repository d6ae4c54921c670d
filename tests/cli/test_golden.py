"""The golden scenarios through the command line, and the program that writes their expected bytes."""

from __future__ import annotations

import json
import subprocess

import pytest

from .test_cli import GOLDEN, ROOT, sqlenv

NAMES = sorted(path.name.removesuffix(".reset.json") for path in GOLDEN.glob("*.reset.json"))
DATABASES = [entry["name"] for entry in json.loads((ROOT / "data/pack.json").read_text())["databases"]]


def golden(*arguments) -> subprocess.CompletedProcess:
    return subprocess.run([ROOT / "scripts/golden", *map(str, arguments)], capture_output=True, text=True,
                          timeout=120, check=False)


@pytest.mark.parametrize("name", NAMES)
def test_scenario_gives_its_bytes(name):
    done = sqlenv("run", "--reset", GOLDEN / f"{name}.reset.json", GOLDEN / f"{name}.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout == (GOLDEN / f"{name}.trajectory.jsonl").read_bytes(), "if it should: make golden"


def test_the_transcripts_replay():
    done = sqlenv("replay", *sorted(GOLDEN.glob("*.trajectory.jsonl")))
    assert done.returncode == 0, done.stdout
    assert done.stdout.decode() == f"{len(NAMES)} equal, 0 different, 0 not played\n"


@pytest.mark.parametrize("database", DATABASES)
@pytest.mark.parametrize("kind", ["win", "lose"])
def test_every_database_has_one(database, kind):
    assert f"{database}_{kind}" in NAMES, "run: make golden"


def test_the_committed_files_are_what_the_program_writes():
    done = golden("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_scenarios_are_made_for_a_database_that_has_none(tmp_path):
    done = golden("--folder", tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path.name.removesuffix(".trajectory.jsonl") for path in tmp_path.glob("*.trajectory.jsonl")} == {
        f"{database}_{kind}" for database in DATABASES for kind in ("win", "lose")}
    for database in DATABASES:
        won = (tmp_path / f"{database}_win.trajectory.jsonl").read_text().splitlines()
        assert json.loads(won[-1])["verdict"]["correct"] is True
        lost = (tmp_path / f"{database}_lose.trajectory.jsonl").read_text().splitlines()
        assert json.loads(lost[-1])["verdict"]["correct"] is False
    assert golden("--check", "--folder", tmp_path).returncode == 0


def test_a_changed_byte_is_found_and_mended(tmp_path):
    golden("--folder", tmp_path)
    transcript = tmp_path / f"{DATABASES[0]}_win.trajectory.jsonl"
    good = transcript.read_bytes()
    transcript.write_bytes(good.replace(b'"done":true', b'"done":false', 1))
    done = golden("--check", "--folder", tmp_path)
    assert done.returncode == 1
    assert done.stdout.startswith(f"differs: {transcript.name}\n")
    assert golden("--folder", tmp_path).returncode == 0
    assert transcript.read_bytes() == good


def test_a_scenario_must_end_as_its_name_says(tmp_path):
    golden("--folder", tmp_path)
    (tmp_path / f"{DATABASES[0]}_win.jsonl").write_text('{"action_type":"ANSWER","argument":"no"}\n')
    done = golden("--folder", tmp_path)
    assert done.returncode == 1
    assert "does not end as its name says" in done.stderr
