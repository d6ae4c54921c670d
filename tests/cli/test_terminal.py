"""What a terminal shows: control characters of files are named, lines of progress still work."""

from __future__ import annotations

import json
import os
import pty
import subprocess

from .test_audit import write_pack
from .test_cli import GOLDEN, NATIVE, sqlenv

# An escape sequence, carriage return, bell, one control character beyond ASCII and two of direction.
HOSTILE = "\x1b]0;pwned\x07\r\x9b2J\u202egnp\u2066"
SHOWN = "\\x1b]0;pwned\\x07\\x0d\\u009b2J\\u202egnp\\u2066"


def on_terminal(*arguments) -> str:
    """Runs the program on a terminal of its own. Returns what it writes there."""
    master, slave = pty.openpty()
    process = subprocess.Popen([NATIVE, *map(str, arguments)], stdin=subprocess.DEVNULL,
                               stdout=slave, stderr=slave)
    os.close(slave)
    written = b""
    try:
        while part := os.read(master, 65536):
            written += part
    except OSError:  # the other end is closed
        pass
    os.close(master)
    process.wait(60)
    return written.decode().replace("\r\n", "\n")


def forged_trajectory(folder):
    lines = (GOLDEN / "flight_2_win.trajectory.jsonl").read_text().splitlines()
    step = json.loads(lines[1])
    step["observation"]["result"] = HOSTILE
    lines[1] = json.dumps(step, ensure_ascii=False, separators=(",", ":"))
    path = folder / "forged.jsonl"
    path.write_text("\n".join(lines) + "\n")
    return path


def test_replay_names_control_characters_of_a_file(tmp_path):
    path = forged_trajectory(tmp_path)
    text = on_terminal("replay", path)
    assert "differs" in text
    assert "2J\\u202egnp\\u2066" in text
    assert not set(text) & set("\x1b\r\x07\x9b\u202e\u2066")


def test_a_pipe_gets_the_bytes_as_they_are(tmp_path):
    done = sqlenv("replay", forged_trajectory(tmp_path))
    assert "2J\u202egnp\u2066" in done.stdout.decode()


def test_other_commands_name_them_too(tmp_path):
    hidden = tmp_path / "a\x1b[8mb"
    hidden.write_text("")
    for command in (["run", "--pack", hidden], ["share", hidden], ["replay", hidden],
                    ["pack", "audit", hidden], ["pack", "import", "sqlite", hidden]):
        text = on_terminal(*command)
        assert "\\x1b[8m" in text, command
        assert "\x1b" not in text, command


def test_an_audit_names_them(tmp_path):
    pack = write_pack(tmp_path / "made", ["SELECT name FROM t LIMIT 2"])
    questions = json.loads((pack / "questions.json").read_text())
    questions[0]["question_id"] = "t_train_001" + HOSTILE
    (pack / "questions.json").write_text(json.dumps(questions))
    text = on_terminal("pack", "audit", pack)
    assert SHOWN in text
    assert "\x1b" not in text
