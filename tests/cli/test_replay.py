"""Trajectories played again by `sqlenv replay`, and episodes that go on in another process."""

from __future__ import annotations

import json
import os
import pty
import random
import sqlite3
import subprocess
import time

import pytest

from .test_cli import GOLDEN, NATIVE, ROOT, actions, lines, make_pack, sqlenv

SCRIPTS = sorted(path.name.removesuffix(".reset.json") for path in GOLDEN.glob("*.reset.json"))

DATABASES = [entry["name"] for entry in json.loads((ROOT / "data/pack.json").read_text())["databases"]]


def played(name: str = "flight_2_win") -> bytes:
    done = sqlenv("run", "--reset", GOLDEN / f"{name}.reset.json", GOLDEN / f"{name}.jsonl")
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def recorded(tmp_path):
    file = tmp_path / "recorded.jsonl"
    file.write_bytes(played())
    return file


def test_help():
    assert b"--json" in sqlenv("replay", "--help").stdout
    for arguments in (("replay",), ("replay", "--pack", "x"), ("replay", "--strict", "x"),
                      ("run", "--resume", "/no/such/file")):
        assert sqlenv(*arguments).returncode == 2


def test_equal_files_one_after_the_other(recorded, tmp_path):
    done = sqlenv("replay", recorded)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"1 equal, 0 different, 0 not played\n", b"")
    both = tmp_path / "both.jsonl"
    both.write_bytes(recorded.read_bytes() + played("bad_input"))
    done = sqlenv("replay", recorded, both, "-", stdin=played("concert_singer_win"))
    assert done.returncode == 0
    assert done.stdout == b"4 equal, 0 different, 0 not played\n"


def test_one_that_was_cut_off(recorded):
    cut = b"".join(recorded.read_bytes().splitlines(keepends=True)[:4])
    done = sqlenv("replay", "-", stdin=cut + recorded.read_bytes() + cut)
    assert done.returncode == 0
    assert done.stdout == b"3 equal (2 of them cut off), 0 different, 0 not played\n"


def test_the_first_difference_is_named_by_its_place_in_the_file(recorded):
    text = recorded.read_text()
    forged = text.replace('"result":"Correct', '"result":"Perfect')
    assert forged != text
    recorded.write_text(text + forged + text)
    done = sqlenv("replay", recorded)
    assert done.returncode == 1
    out = done.stdout.decode().splitlines()
    last_step = 2 * len(text.splitlines()) - 1
    assert out[0] == f"{recorded}:{last_step}: flight_2_train_010: observation.result differs"
    assert out[1].startswith('  recorded  "Perfect (MATCH)')
    assert out[2].startswith('  replayed  "Correct (MATCH)')
    assert out[3] == "2 equal, 1 different, 0 not played"


def test_json(recorded):
    text = recorded.read_text()
    recorded.write_text(text + text.replace('"total_reward":', '"total_reward":9'))
    done = sqlenv("replay", "--json", recorded)
    assert done.returncode == 1
    same, other = lines(done)
    assert same == {"file": str(recorded), "line": 1, "pack": "starter",
                    "question_id": "flight_2_train_010", "equal": True,
                    "lines": len(text.splitlines()), "cut": False, "other_core": None,
                    "difference": None, "error": None}
    assert other["line"] == len(text.splitlines()) + 1
    assert other["equal"] is False
    assert other["difference"]["line"] == 2 * len(text.splitlines())
    assert other["difference"]["member"] == "total_reward"
    assert other["difference"]["recorded"] == "9" + other["difference"]["replayed"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "BAD_TRAJECTORY: it is empty"),
        (b"\n", "BAD_TRAJECTORY: line 1: it is not JSON"),
        (b"\xff\xfe" * 5000, "BAD_TRAJECTORY: line 1: it is not JSON"),
        (b"[" * 1_000_000, "BAD_TRAJECTORY: line 1: it is not JSON"),
        (b'{"action_type":"QUERY","argument":"SELECT 1"}\n', "line 1: it lacks \"format\""),
    ],
)
def test_texts_without_a_trajectory(text, message):
    done = sqlenv("replay", "-", stdin=text)
    assert done.returncode == 1
    assert message in done.stderr.decode()
    assert done.stdout == b"0 equal, 0 different, 1 not played\n"


def test_a_damaged_line_is_named_and_other_files_are_played(recorded, tmp_path):
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_bytes(recorded.read_bytes()[:-200])
    done = sqlenv("replay", damaged, tmp_path, tmp_path / "none", recorded)
    assert done.returncode == 1
    assert f"{damaged}: BAD_TRAJECTORY: line " in done.stderr.decode()
    assert f"{tmp_path}: NOT_FOUND: it cannot be read." in done.stderr.decode()
    assert f"{tmp_path}/none: NOT_FOUND: it cannot be read." in done.stderr.decode()
    assert done.stdout == b"1 equal, 0 different, 3 not played\n"


def other_pack(folder, gold: str = "SELECT 1"):
    pack = make_pack(folder, b"")
    (pack / "d.sql").write_text("CREATE TABLE t(x); INSERT INTO t VALUES (1);")
    manifest = json.loads((pack / "pack.json").read_text())
    manifest["databases"][0]["file"] = "d.sql"
    (pack / "pack.json").write_text(json.dumps(manifest))
    (pack / "q.json").write_text((pack / "q.json").read_text().replace("SELECT 1", gold))
    return pack


def test_the_pack_must_be_the_same(tmp_path):
    ours, changed = other_pack(tmp_path / "ours"), other_pack(tmp_path / "changed", "SELECT 2")
    text = sqlenv("run", "--pack", ours, stdin=actions(("ANSWER", "1"))).stdout
    assert sqlenv("replay", "--pack", ours, "-", stdin=text).returncode == 0
    done = sqlenv("replay", "-", stdin=text)
    assert done.returncode == 1
    assert "the pack \"mine\", which is not loaded. Name its pack with --pack." in done.stderr.decode()
    done = sqlenv("replay", "--pack", changed, "-", stdin=text)
    assert done.returncode == 1
    assert "-:1: MISMATCH: it was played on another edition of the pack mine" in done.stderr.decode()
    done = sqlenv("replay", "--pack", ours, "-", stdin=text.replace(b"d_train_001", b"d_train_002"))
    assert "the pack mine has no question \"d_train_002\"" in done.stderr.decode()


def test_another_core_is_warned_of(recorded):
    header, rest = recorded.read_text().split("\n", 1)
    core = json.loads(header)["core"]
    recorded.write_text(header.replace(f'"core":"{core}"', '"core":"0.0.0"') + "\n" + rest)
    done = sqlenv("replay", recorded, recorded)
    assert done.returncode == 0
    assert done.stderr.decode().count("recorded by sqlenv 0.0.0") == 1


def test_progress_is_shown_on_a_terminal(recorded):
    """Work that takes more than a second shows how far it is; see app/cli/progress.h."""
    text = recorded.read_bytes()
    give_up = time.monotonic() + 50
    leader, follower = pty.openpty()
    with subprocess.Popen([NATIVE, "replay", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=follower) as process:
        shown = b""
        while b"trajectories replayed" not in shown:
            assert time.monotonic() < give_up, shown
            process.stdin.write(text)
            process.stdin.flush()
            os.set_blocking(leader, False)
            try:
                shown += os.read(leader, 4096)
            except BlockingIOError:
                pass
        out, _ = process.communicate(timeout=60)
    os.close(follower)
    os.close(leader)
    assert process.returncode == 0
    assert out.endswith(b" equal, 0 different, 0 not played\n")


@pytest.mark.parametrize("name", SCRIPTS)
def test_an_episode_goes_on_in_another_process(name, tmp_path):
    """Plays each step in a process of its own; the bytes equal those of an uninterrupted episode."""
    saved = tmp_path / "episode.json"
    script = (GOLDEN / f"{name}.jsonl").read_text().splitlines(keepends=True)
    done = sqlenv("run", "--reset", GOLDEN / f"{name}.reset.json", "--save", saved)
    for number, action in enumerate(script, start=1):
        assert done.returncode == 0, done.stderr
        assert done.stdout == b"", "no trajectory before the episode is done"
        assert f"sqlenv run --resume {saved}" in done.stderr.decode()
        done = sqlenv("run", "--resume", saved, "--save", saved, stdin=action)
        assert len(json.loads(saved.read_text())["actions"]) == number
    assert done.returncode == 0
    assert done.stdout == played(name)
    assert sqlenv("run", "--resume", saved).stdout == done.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["episode.json"]


def random_script(rng: random.Random, tables: list[str]) -> list[tuple[str, str]]:
    script = []
    while len(script) < 14:
        table = rng.choice(tables)
        script.append(rng.choice([
            ("DESCRIBE", table), ("sample", table), ("SAMPLE", table + "x"), ("HOP", "\u00e9\n\"\\"),
            ("QUERY", f'SELECT * FROM "{table}"'), ("QUERY", f'SELECT count(*), {rng.random()} FROM "{table}"'),
            ("QUERY", "SELECT 1 +"), ("QUERY", ""), *script[-1:]]))
    return [*script, ("ANSWER", rng.choice(["1", "[]", "none"]))]


@pytest.mark.parametrize("database", DATABASES)
def test_random_episodes_go_on_in_another_process(database, tmp_path):
    rng = random.Random(database)
    saved = tmp_path / "episode.json"
    reset = ("--database", database, "--seed", rng.randrange(1000), "--reward", "potential")
    first = lines(sqlenv("run", *reset, "--observations"))[0]["observation"]
    script = random_script(rng, first["schema_info"].removeprefix("Tables: ").split(", "))
    whole = sqlenv("run", *reset, stdin=actions(*script)).stdout
    assert len(whole.splitlines()) == 17
    for middle in rng.sample(range(15), 3):
        sqlenv("run", *reset, "--save", saved, stdin=actions(*script[:middle]))
        assert sqlenv("run", "--resume", saved, stdin=actions(*script[middle:])).stdout == whole


def test_a_resumed_agent_reads_its_last_observation(tmp_path):
    saved = tmp_path / "episode.json"
    begin = sqlenv("run", "--database", "concert_singer", "--seed", "3", "--observations", "--save", saved,
                   stdin=actions(("DESCRIBE", "band"), ("QUERY", "SELECT 1")))
    go_on = sqlenv("run", "--resume", saved, "--observations")
    assert lines(go_on) == lines(begin)[-1:]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda text: "", "BAD_SAVE: this is no saved episode"),
        (lambda text: text[: len(text) // 2], "BAD_SAVE: this is no saved episode: it is not JSON."),
        (lambda text: text.replace("SELECT 1", "SELECT 2"), "leads to another state"),
        (lambda text: text.replace('"pack":"starter"', '"pack":"other"'), "which is not loaded"),
    ],
)
def test_a_saved_episode_that_is_refused(tmp_path, change, message):
    saved = tmp_path / "episode.json"
    sqlenv("run", "--seed", "3", "--save", saved, stdin=actions(("QUERY", "SELECT 1")))
    saved.write_text(change(saved.read_text()))
    done = sqlenv("run", "--resume", saved, stdin=actions(("ANSWER", "1")))
    assert done.returncode == 1
    assert done.stdout == b""
    assert message in done.stderr.decode()


def test_a_failed_save_leaves_the_one_that_was(tmp_path):
    saved = tmp_path / "episode.json"
    sqlenv("run", "--seed", "3", "--save", saved, stdin=actions(("QUERY", "SELECT 1")))
    before = saved.read_text()
    (tmp_path / "episode.json.partial").mkdir()
    done = sqlenv("run", "--resume", saved, "--save", saved, stdin=actions(("QUERY", "SELECT 2")))
    assert done.returncode == 1
    assert "could not be saved" in done.stderr.decode()
    assert saved.read_text() == before


def test_resume_takes_no_reset_options(tmp_path):
    saved = tmp_path / "episode.json"
    sqlenv("run", "--save", saved)
    for option in (("--seed", "1"), ("--question", "q"), ("--reset", GOLDEN / "bad_input.reset.json")):
        assert sqlenv("run", "--resume", saved, *option).returncode == 2


def test_a_link_is_made_and_played_again(recorded, tmp_path):
    made = sqlenv("share", recorded, "--step", "2", "--base", "https://example.org/play?x=1")
    assert (made.returncode, made.stderr) == (0, b"")
    link = made.stdout.decode().strip()
    assert link.startswith("https://example.org/play?x=1#e=1")
    fragment = sqlenv("share", "-", stdin=recorded.read_bytes()).stdout.decode().strip()
    assert fragment.startswith("#e=1") and fragment != link[link.index("#"):], "it opens at the last step"
    done = sqlenv("replay", link, fragment, recorded)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"3 equal, 0 different, 0 not played\n", b"")
    report = json.loads(sqlenv("replay", "--json", link).stdout)
    assert report["equal"] and report["question_id"] == json.loads(recorded.read_text().splitlines()[0])["question_id"]


def test_links_that_cannot_be_made_or_played(recorded, tmp_path):
    beyond = sqlenv("share", recorded, "--step", "99")
    assert (beyond.returncode, beyond.stdout) == (1, b"") and b"steps" in beyond.stderr
    two = tmp_path / "two.jsonl"
    two.write_bytes(recorded.read_bytes() * 2)
    assert b"a second trajectory" in sqlenv("share", two).stderr
    link = sqlenv("share", recorded).stdout.decode().strip()
    for damaged in (link[:-3], "#e=", "#e=1AAAA", "https://example.org/#e=" + link[4:].upper()):
        done = sqlenv("replay", damaged)
        assert done.returncode == 1
        assert b"0 equal, 0 different, 1 not played" in done.stdout
        assert b"BAD_SAVE" in done.stderr
    with sqlite3.connect(tmp_path / "own.sqlite") as database:
        database.execute("CREATE TABLE t (a)")
    own = make_pack(tmp_path / "own", (tmp_path / "own.sqlite").read_bytes())
    lost = sqlenv("replay", link, "--pack", own)
    assert lost.returncode == 1 and b"not loaded here" in lost.stderr
