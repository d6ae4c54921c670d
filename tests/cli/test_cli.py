"""The command line as a person or a script meets it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NATIVE = Path(os.environ.get("SQLENV_BIN", ROOT / "build/native/bin/sqlenv"))
GOLDEN = ROOT / "tests" / "golden"
SPIDER = ROOT.parent / "shared" / "spider"


def sqlenv(*arguments, stdin: str | bytes = "", **environment) -> subprocess.CompletedProcess:
    if isinstance(stdin, str):
        stdin = stdin.encode()
    return subprocess.run(
        [NATIVE, *map(str, arguments)],
        input=stdin,
        capture_output=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


def actions(*pairs: tuple[str, str]) -> str:
    return "".join(json.dumps({"action_type": k, "argument": a}) + "\n" for k, a in pairs)


def lines(done: subprocess.CompletedProcess) -> list[dict]:
    return [json.loads(line) for line in done.stdout.splitlines()]


QUESTION = ("--question", "concert_singer_train_001")


def test_version_and_help():
    assert sqlenv("--version").stdout.startswith(b"sqlenv 0.")
    for command in ((), ("run",), ("serve",), ("pack",), ("pack", "import", "spider")):
        done = sqlenv(*command, "--help")
        assert done.returncode == 0
        assert b"--help" in done.stdout


@pytest.mark.parametrize("arguments", [(), ("dance",), ("run", "--sed", "1"), ("run", "--seed", "x"),
                                       ("serve", "--port", "99999"), ("pack", "import", "spider")])
def test_wrong_usage_is_status_2(arguments):
    done = sqlenv(*arguments)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr


def test_golden_script_wins():
    done = sqlenv("run", "--reset", GOLDEN / "flight_2_win.reset.json", GOLDEN / "flight_2_win.jsonl")
    assert done.returncode == 0, done.stderr
    assert lines(done)[0]["format"] == "sqlenv-trajectory/1"
    assert lines(done)[-1]["verdict"]["correct"] is True


def test_bad_input_is_answered_and_the_episode_goes_on():
    done = sqlenv("run", "--reset", GOLDEN / "bad_input.reset.json", GOLDEN / "bad_input.jsonl")
    assert done.returncode == 0, done.stderr
    steps = lines(done)[1:-1]
    codes = [step["observation"]["error"].partition(":")[0] for step in steps]
    assert codes[:10] == ["UNKNOWN_ACTION", "BLANK_ARGUMENT", "NO_SUCH_TABLE", "NOT_READ_ONLY",
                          "NOT_READ_ONLY", "NOT_READ_ONLY", "NOT_READ_ONLY", "MULTIPLE_STATEMENTS",
                          "OPERATION_BUDGET", "TOO_LARGE"]
    assert codes[10:] == ["", ""]
    assert lines(done)[-1]["verdict"]["correct"] is True
    assert not Path("escaped.db").exists()


def test_lines_without_an_action_are_named_and_left_out():
    script = "hello\n{}\n[1]\n\n" + actions(("ANSWER", "23"))
    done = sqlenv("run", *QUESTION, stdin=script)
    assert done.returncode == 1
    assert done.stderr.decode().count("was left out: BAD_JSON") == 3
    assert "line 1 is not an action" in done.stderr.decode()
    assert lines(done)[-1]["steps"] == 1


@pytest.mark.parametrize("junk", [b"\xff\xfe\x00\n", b"{\"action_type\":\"\xff\",\"argument\":\"\"}\n",
                                  b"[" * 100_000 + b"\n", b"\0" * 1000])
def test_bytes_that_are_not_utf8(junk):
    done = sqlenv("run", *QUESTION, stdin=junk)
    assert done.returncode == 1
    assert lines(done)[-1]["done"] is False


def test_the_trajectory_is_held_back_until_the_end():
    """While an episode runs, an agent that reads the output sees observations only."""
    process = subprocess.Popen([NATIVE, "run", *QUESTION, "--observations"], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True)
    first = json.loads(process.stdout.readline())
    assert set(first) == {"observation", "reward", "done"}
    process.stdin.write(actions(("QUERY", "SELECT 1")))
    process.stdin.flush()
    reply = json.loads(process.stdout.readline())
    assert set(reply) == {"observation", "reward", "done"}
    rest, _ = process.communicate(timeout=30)
    assert rest == ""


def test_trajectory_file(tmp_path):
    out = tmp_path / "t.jsonl"
    done = sqlenv("run", *QUESTION, "--trajectory", out, stdin=actions(("ANSWER", "1")))
    assert done.returncode == 0
    assert done.stdout == b""
    assert len(out.read_text().splitlines()) == 3
    done = sqlenv("run", *QUESTION, "--trajectory", tmp_path / "no" / "t", stdin=actions(("ANSWER", "1")))
    assert done.returncode == 1
    assert b"could not be written" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--question", "nope"), "has no question"),
        (("--database", "concert_singers"), "Did you mean \"concert_singer\"?"),
        (("--difficulty", "extreme"), "Known: "),
        (("--reward", "v7"), "Known: v3, v2, v1.5, v1, potential"),
        (("--step-budget", "0"), "from 1 to 1000"),
        (("--pack", "atlantis"), "there is no pack"),
        (("no-such-file.jsonl",), "cannot read the actions"),
    ],
)
def test_options_that_cannot_be_met(arguments, message):
    done = sqlenv("run", *arguments)
    assert done.returncode == 1
    assert message in done.stderr.decode()


def make_pack(folder: Path, database: bytes) -> Path:
    folder.mkdir()
    (folder / "d.sqlite").write_bytes(database)
    (folder / "q.json").write_text(json.dumps([{
        "question_id": "d_train_001", "question_text": "?", "database_name": "d",
        "gold_sql": "SELECT 1", "difficulty": "easy", "split": "train"}]))
    (folder / "pack.json").write_text(json.dumps({
        "format": "sqlenv-pack/1", "name": "mine", "databases": [{"name": "d", "file": "d.sqlite"}],
        "questions": ["q.json"]}))
    return folder


@pytest.mark.parametrize("database", [b"", b"hello", b"SQLite format 3\0" + b"\0" * 4096,
                                      b"\x7fELF" + b"\0" * 9000])
def test_a_file_that_is_not_a_database(tmp_path, database):
    done = sqlenv("run", "--pack", make_pack(tmp_path / "pack", database))
    assert done.returncode == 1
    assert "not a readable SQLite database" in done.stderr.decode()
    assert str(tmp_path / "pack" / "d.sqlite") not in done.stderr.decode()


def test_pack_list_shows_the_bundled_pack(tmp_path):
    done = sqlenv("pack", "list", SQLENV_PACKS=str(tmp_path))
    assert done.returncode == 0
    pack = json.loads((ROOT / "data/pack.json").read_text())
    questions = sum(len(json.loads((ROOT / "data" / file).read_text())) for file in pack["questions"])
    assert f"starter  {len(pack['databases'])} databases, {questions} questions" in done.stdout.decode()


def test_import_refuses_a_folder_without_a_release(tmp_path):
    done = sqlenv("pack", "import", "spider", tmp_path, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert "Is this Spider's release?" in done.stderr.decode()
    assert list(tmp_path.iterdir()) == []


def spider_like(folder: Path, dev: str) -> Path:
    folder.mkdir()
    (folder / "train_spider.json").write_text("[]")
    (folder / "dev.json").write_text(dev)
    return folder


def test_a_failed_import_leaves_nothing(tmp_path):
    release = spider_like(tmp_path / "release", "[]")
    (release / "database" / "pets_1").mkdir(parents=True)
    (release / "database" / "pets_1" / "pets_1.sqlite").write_bytes(b"not a database")
    done = sqlenv("pack", "import", "spider", release, "--output", tmp_path / "out")
    assert done.returncode == 1
    assert sorted(p.name for p in tmp_path.iterdir()) == ["release"]


def test_import_replaces_nothing_but_packs(tmp_path):
    release = spider_like(tmp_path / "release", "[]")
    precious = tmp_path / "out"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    done = sqlenv("pack", "import", "spider", release, "--output", precious)
    assert done.returncode == 1
    assert (precious / "thesis.txt").read_text() == "years of work"


@pytest.mark.skipif(not SPIDER.is_dir(), reason="Spider's release is not beside the project")
def test_import_of_the_real_release(tmp_path):
    out = tmp_path / "packs" / "spider"
    for _ in range(2):  # importing again replaces the pack
        done = sqlenv("pack", "import", "spider", SPIDER, "--output", out)
        assert done.returncode == 0, done.stderr
        assert b"10 databases, 676 questions, 0 skipped" in done.stdout
    assert sorted(p.name for p in out.parent.iterdir()) == ["spider"]
    listed = sqlenv("pack", "list", SQLENV_PACKS=str(out.parent))
    assert b"spider  10 databases, 676 questions" in listed.stdout
    played = sqlenv("run", "--pack", "spider", "--database", "world_1", SQLENV_PACKS=str(out.parent),
                    stdin=actions(("DESCRIBE", "country")))
    assert played.returncode == 0
    assert "country(Code" in lines(played)[1]["observation"]["schema_info"]


RESET = json.dumps({"question_id": "flight_2_train_001", "seed": 4, "step_budget": 9, "verifier": "spider"})


def test_options_replace_those_of_the_reset_file(tmp_path):
    file = tmp_path / "reset.json"
    file.write_text(RESET)

    def header(*options):
        done = sqlenv("run", "--reset", file, *options, stdin="")
        assert done.returncode == 0, done.stderr
        return lines(done)[0]

    plain = header()
    assert (plain["question_id"], plain["options"]["step_budget"]) == ("flight_2_train_001", 9)
    changed = header(*QUESTION, "--step-budget", "3", "--seed", "11", "--reward", "v1")
    assert changed["question_id"] == QUESTION[1]
    assert changed["seed"] == 11
    assert changed["options"]["step_budget"] == 3
    assert changed["options"]["reward"] == "v1"
    assert changed["options"]["verifier"] == "spider"
    for option in (("--database", "world_1"), ("--difficulty", "hard"), ("--split", "eval")):
        done = sqlenv("run", "--reset", file, *option)
        assert done.returncode == 1, option
        assert b"BAD_OPTION" in done.stderr or b"NOT_FOUND" in done.stderr


def test_a_folder_here_does_not_hide_a_pack(tmp_path):
    def question(name):
        done = subprocess.run([NATIVE, "run", "--pack", name, *QUESTION], cwd=tmp_path,
                              stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False)
        return done.returncode, done.stderr.decode()

    (tmp_path / "starter").mkdir()
    assert question("starter") == (0, "")
    status, message = question("./starter")
    assert status == 1
    assert "pack.json" in message
    (tmp_path / "starter" / "pack.json").write_text("{}")
    status, message = question("starter")
    assert status == 0
    assert "./starter" in message
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "pack.json").write_text("{}")
    status, message = question("mine")
    assert status == 1
    assert "cannot be used" in message
