"""`sqlenv compare` as a person or a script meets it."""

from __future__ import annotations

import json
import os
import re
import subprocess

import pytest

from tests.cli.test_cli import NATIVE, sqlenv


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    """Files of the three policies over the questions of one database, and a shorter one."""
    folder = tmp_path_factory.mktemp("runs")
    for policy in ("random", "explorer", "oracle"):
        done = sqlenv("eval", "--policy", policy, "--database", "pets_1", "--trajectories", folder / f"{policy}.jsonl")
        assert done.returncode == 0, done.stderr
    done = sqlenv("eval", "--policy", "oracle", "--database", "pets_1", "--split", "eval",
                  "--trajectories", folder / "part.jsonl")  # fmt: skip
    assert done.returncode == 0, done.stderr
    return folder


def files(runs, *names):
    return [runs / f"{name}.jsonl" for name in names]


def table(text: str, heading: str) -> list[list[str]]:
    """The cells of a section's table, without its head."""
    section = text.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = [line for line in section.splitlines() if line.startswith("|")]
    assert len({len(row) for row in rows}) == 1, "the columns are aligned"
    return [[cell.strip() for cell in row.strip("|").split("|")] for row in rows[2:]]


def test_a_leaderboard_with_paired_tests(runs):
    done = sqlenv("compare", *files(runs, "random", "explorer", "oracle"))
    assert done.returncode == 0, done.stderr
    assert done.stderr == b""
    text = done.stdout.decode()
    assert text.startswith("# Comparison of 3 runs\n\nPack starter (sha256:")
    assert ", 50 questions; 15 steps, reward v3, verifier strict.\n" in text
    ranked = table(text, "Leaderboard")
    assert [row[1] for row in ranked] == ["oracle", "explorer", "random"]
    assert ranked[0][2:4] == ["50", "100.0 %"]
    pairs = table(text, "Paired comparisons")
    assert [row[:2] for row in pairs] == [["oracle", "explorer"], ["oracle", "random"], ["explorer", "random"]]
    assert pairs[1][-1] == "solves more, higher return"
    assert {row[0] for row in table(text, "By difficulty")} == {"easy", "medium", "hard", ""}
    assert [row[1] for row in table(text, "By database")] == ["oracle", "explorer", "random"]
    assert table(text, "Failed episodes")


def test_the_counts_are_those_of_the_evaluation(runs):
    counted = json.loads(sqlenv("eval", "--policy", "explorer", "--database", "pets_1", "--json").stdout)
    done = sqlenv("compare", "--json", *files(runs, "random", "explorer"))
    result = json.loads(done.stdout)
    assert result["format"] == "sqlenv-comparison/1"
    run = next(run for run in result["runs"] if run["name"] == "explorer")
    for key in ("episodes", "successes", "failures"):
        assert run[key] == counted[key]
    for key in ("success_rate", "mean_return", "mean_steps", "success_interval"):
        assert run[key] == pytest.approx(counted[key], abs=1e-6)
    for groups in ("by_database", "by_difficulty"):
        assert {name: one["successes"] for name, one in run[groups].items()} == {
            name: one["successes"] for name, one in counted[groups].items()
        }
    (pair,) = result["pairs"]
    assert pair["ahead"] - pair["behind"] == counted["successes"] - result["runs"][1]["successes"]


def test_equal_files_give_equal_bytes_in_any_order(runs):
    names = ("random", "explorer", "oracle")
    for option in ((), ("--json",)):
        one = sqlenv("compare", *option, *files(runs, *names)).stdout
        assert one
        assert sqlenv("compare", *option, *files(runs, *reversed(names))).stdout == one
        assert sqlenv("compare", *option, *files(runs, *names), LC_ALL="de_DE.UTF-8").stdout == one


def test_names_standard_input_and_output_file(runs, tmp_path):
    out = tmp_path / "table.md"
    done = sqlenv("compare", runs / "oracle.jsonl", "-", "--name", "the | best", "--name", "piped", "--output", out,
                  stdin=(runs / "random.jsonl").read_bytes())  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout == b""
    assert "| 1 | the \\| best |" in out.read_text()
    assert "| 2 | piped " in out.read_text()


def test_what_is_not_shared_is_counted(runs):
    result = json.loads(sqlenv("compare", "--json", *files(runs, "part", "random")).stdout)
    (pair,) = result["pairs"]
    assert (pair["tasks"], pair["only_first"], pair["only_second"]) == (15, 0, 35)
    text = sqlenv("compare", *files(runs, "part", "random")).stdout.decode()
    assert "of 50, every run played 15" in text
    assert "Intervals from fewer than 20 shared questions are rough" in text


def test_samples_of_a_question_count_as_one(runs, tmp_path):
    twice = tmp_path / "twice.jsonl"
    twice.write_bytes((runs / "oracle.jsonl").read_bytes() * 2)
    result = json.loads(sqlenv("compare", "--json", twice, runs / "random.jsonl").stdout)
    assert (result["runs"][0]["tasks"], result["runs"][0]["episodes"]) == (50, 100)
    once = json.loads(sqlenv("compare", "--json", *files(runs, "oracle", "random")).stdout)
    same = ("tasks", "ahead", "behind", "success_difference", "success_interval", "return_interval", "p")
    assert [result["pairs"][0][key] for key in same] == [once["pairs"][0][key] for key in same]


def test_the_playing_model_may_fail_to_write_actions(runs, tmp_path):
    """An action of the type UNREADABLE is a step like any wrong one."""
    script = tmp_path / "actions.jsonl"
    script.write_text('{"action_type": "UNREADABLE", "argument": "I think that"}\n' * 15)
    played = sqlenv("run", "--question", "pets_1_eval_001", script)
    assert played.returncode == 0, played.stderr
    model = tmp_path / "model.jsonl"
    model.write_bytes(played.stdout)
    result = json.loads(sqlenv("compare", "--json", model, runs / "oracle.jsonl").stdout)
    assert result["runs"][1]["failures"] == {"NO_ANSWER": 1}
    assert result["runs"][1]["mean_steps"] == 15


def test_damaged_lines_are_named_and_the_rest_is_compared(runs, tmp_path):
    damaged = tmp_path / "damaged.jsonl"
    text = (runs / "random.jsonl").read_text()
    damaged.write_text(text.replace('{"step":1,', '{"step":9,', 1) + text.splitlines()[0] + "\n")
    done = sqlenv("compare", damaged, runs / "oracle.jsonl")
    assert done.returncode == 1
    assert "1 line is not of a trajectory. Line 2: it is not the step that follows." in done.stderr.decode()
    out = done.stdout.decode()
    assert "- damaged: 1 episode without an end.\n- damaged: 1 damaged episode.\n" in out
    assert table(out, "Leaderboard")[1][2] == "49"


def test_another_pack_leaves_the_groups_out(runs, tmp_path):
    elsewhere = tmp_path / "bin"
    elsewhere.mkdir()
    (elsewhere / "sqlenv").write_bytes(NATIVE.read_bytes())
    (elsewhere / "sqlenv").chmod(0o755)
    done = subprocess.run([elsewhere / "sqlenv", "compare", runs / "random.jsonl"], capture_output=True, check=False,
                          env={**os.environ, "SQLENV_PACKS": str(tmp_path)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = done.stdout.decode()
    assert "- Tables by difficulty and database: the pack starter of this digest is not at hand" in text
    assert "## By" not in text


@pytest.mark.parametrize(("arguments", "status", "message"), [
    ((), 2, "files"),
    (("random", "random"), 2, "is given twice"),
    (("random", "./random"), 2, "is given twice"),
    (("random", "explorer", "--name", "one"), 2, "1 names for 2 files"),
    (("random", "--output", "random"), 2, "--output would overwrite"),
    (("random", "explorer", "--name", "a", "--name", "a"), 1, 'two runs are named "a"'),
    (("random", "nowhere"), 1, "it cannot be read"),
    (("random", "."), 1, "it cannot be read"),
    (("random", "empty"), 1, "no finished episode. 1 line is not of a trajectory. Line 0: there is none"),
    (("random", "prose"), 1, "a header must stand before it"),
    (("random", "edition"), 1, "Only runs on one edition of a pack are compared"),
    (("random", "apart"), 1, "no two runs share a question"),
    (("random", "paid"), 1, "reward v1, verifier strict; 15 steps, reward v3, verifier strict."),
    (("random", "mixed"), 1, "A run is of one."),
    (("random", "explorer", "--pack", "nowhere"), 1, "there is no pack"),
    (("random", "explorer", "--resamples", "5"), 2, "resamples"),
    (("random", "explorer", "--output", "/no/such/folder/x"), 1, "cannot be written"),
])  # fmt: skip
def test_what_is_wrong_is_said(runs, arguments, status, message):
    text = (runs / "random.jsonl").read_text()
    other = re.sub(r'"pack_digest":"sha256:....', '"pack_digest":"sha256:0000', text)
    (runs / "empty").write_text("")
    (runs / "prose").write_text("Dear model,\n")
    (runs / "edition").write_text(other)
    (runs / "mixed").write_text(text + other)
    (runs / "paid").write_text(text.replace('"reward":"v3"', '"reward":"v1"'))
    (runs / "apart").write_text(text.replace('"question_id":"pets_1', '"question_id":"cats_1'))
    (runs / "random").write_text(text)
    (runs / "explorer").write_text((runs / "explorer.jsonl").read_text())
    done = subprocess.run([NATIVE, "compare", *arguments], cwd=runs, capture_output=True, check=False, timeout=60)
    assert done.returncode == status, done.stderr
    assert message in done.stderr.decode()
    assert done.stdout == b""
    assert (runs / "random").read_text() == text
