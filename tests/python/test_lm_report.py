"""python -m sqlenv.lm report: the table of players and held-out sets."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest

from sqlenv.evaluation import wilson_interval
from sqlenv.lm.__main__ import main
from sqlenv.lm.held_out import held_out_set
from sqlenv.lm.leaks import Pair, SetReport
from sqlenv.lm.report import make_report, pairs_table, read_results, table

from .conftest import ROOT, SQLENV

LIMIT = 20


@pytest.fixture(scope="module")
def results(tmp_path_factory) -> Path:
    """The oracle plays for the model after GRPO, the random policy for the one before."""
    folder = tmp_path_factory.mktemp("lm") / "results"
    held_out_set("seen", folder.parent / "held_out")
    for name, policy in (("grpo", "oracle"), ("imitation", "random"), ("explorer", "explorer"), ("other", "random")):
        sets = "starter,seen" if name != "other" else "starter"
        assert main(["evaluate", "--policy", policy, "--name", name, "--sets", sets, "--limit", str(LIMIT),
                     "--output", str(folder)]) == 0  # fmt: skip
    return folder


@pytest.fixture(autouse=True)
def built_program(monkeypatch):
    monkeypatch.setenv("SQLENV_BIN", str(SQLENV))
    monkeypatch.chdir(ROOT)


def cells(markdown: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")]
            for line in markdown.splitlines() if line.startswith("| ")]  # fmt: skip


def test_the_table_shows_success_with_wilsons_interval(results):
    rows = cells(make_report(results)["held-out"])
    assert rows[0] == ["player", f"starter ({LIMIT})", f"seen ({LIMIT})"]
    assert [row[0] for row in rows[1:]] == ["imitation", "imitation + GRPO", "explorer (rules)", "other"]
    assert rows[2][1] == rows[2][2] == "100.0 % [83.9, 100.0]"
    assert rows[4][2] == ""  # was not played
    explorer = json.loads((results / "explorer" / "seen.json").read_text("utf-8"))
    low, high = wilson_interval(explorer["successes"], LIMIT)
    rate = explorer["successes"] / LIMIT
    assert 0 < rate < 1
    assert rows[3][2] == f"{100 * rate:.1f} % [{100 * low:.1f}, {100 * high:.1f}]"


def test_a_set_that_was_played_in_part_says_so(results):
    read = read_results(results)
    small = {**read["imitation"], "seen": {**read["imitation"]["seen"], "episodes": 7}}
    rows = cells(table({**read, "imitation": small}))
    assert rows[1][2].endswith(" of 7") and rows[0][2] == f"seen ({LIMIT})"


def test_pairs_are_compared_on_the_questions_that_both_played(results):
    rows = cells(make_report(results, results.parent / "held_out")["held-out-pairs"])
    known = {(row[0], row[1]): row[2:] for row in rows[1:]}
    random = json.loads((results / "imitation" / "seen.json").read_text("utf-8"))["successes"]
    questions, ahead, points, p = known["imitation + GRPO − imitation", "seen"]
    assert (questions, ahead) == (str(LIMIT), f"{LIMIT - random} / 0")
    assert points.startswith(f"{100 * (LIMIT - random) / LIMIT:+.1f} [") and p == "< 0.0001"
    explorer = known["imitation − explorer (rules)", "seen"]
    low, high = map(float, re.findall(r"[+-][\d.]+(?=[,\]])", explorer[2]))
    assert low <= float(explorer[2].split()[0]) <= high
    assert len(known) == 6


def test_the_side_that_a_pair_is_told_from_changes_signs_alone(results):
    from sqlenv.lm.report import compared_pairs

    read = read_results(results)
    pairs = compared_pairs(results, {name: read[name] for name in ("imitation", "explorer")},
                           results.parent / "held_out")  # fmt: skip
    assert [(pair["first"], pair["second"]) for pair in pairs] == [("imitation", "explorer")] * 2
    for pair in pairs:
        low, high = pair["success_interval"]
        assert pair["success_difference"] == pytest.approx((pair["ahead"] - pair["behind"]) / LIMIT)
        assert low <= pair["success_difference"] <= high <= 0 or pair["behind"] == 0
    assert pairs_table([]) == ""


def test_difficulties_and_failures_are_those_of_the_runs(results):
    blocks = make_report(results, results.parent / "held_out")
    rows = {row[0]: row[1:] for row in cells(blocks["held-out-difficulty"])}
    assert rows["imitation + GRPO"] == ["100 / 100 / 100", "100 / 100 / 100"]
    failures = {row[0]: row[1:] for row in cells(blocks["held-out-failures"])}
    assert failures["imitation + GRPO"][:2] == [str(2 * LIMIT), ""]
    counts = [int(number) for number in re.findall(r" (\d+)", failures["other"][1])]
    played = json.loads((results / "other" / "starter.json").read_text("utf-8"))
    assert sum(counts) == LIMIT - played["successes"]


def leaks_of(results: Path, folder: Path) -> Path:
    """What the leak check would write if training held the queries of every question that the explorer solves."""
    questions = json.loads((results / "explorer" / "seen.json").read_text("utf-8"))["questions"]
    solved = [one for one, failure in questions.items() if not failure]
    report = SetReport("seen", LIMIT, 0, 0, solved, [0.5, 0.7, 0.9], [0.5, 0.7, 0.9], 1, [Pair(0.9, "a?", "b?")])
    file = folder / "leaks.json"
    file.write_text(json.dumps({"transcripts": 500, "sets": [asdict(report)]}), "utf-8")
    return file


def test_success_is_told_for_queries_that_training_does_not_hold(results, tmp_path):
    block = make_report(results, results.parent / "held_out", leaks_of(results, tmp_path))["held-out-leaks"]
    assert "“a?” and “b?”" in block
    solved = json.loads((results / "explorer" / "seen.json").read_text("utf-8"))["successes"]
    rows = {row[0]: row[1:] for row in cells(block)}
    assert rows["player, on the other forms"] == [f"seen ({LIMIT - solved})"]
    assert rows["explorer (rules)"][0].startswith("0.0 % [0.0, ")
    assert rows["imitation + GRPO"][0].startswith("100.0 %")


def test_a_document_gets_the_blocks_that_it_has(results, tmp_path, capsys):
    document = tmp_path / "page.md"
    document.write_text("Before.\n<!-- begin held-out -->\nold\n<!-- end held-out -->\n"
                        "<!-- begin held-out-leaks -->\n<!-- end held-out-leaks -->\nAfter.\n")  # fmt: skip
    arguments = ["--held-out", str(results.parent / "held_out"), "--leaks", str(leaks_of(results, tmp_path))]
    assert main(["report", str(results), "--document", str(document), *arguments]) == 0
    text = document.read_text("utf-8")
    assert "old" not in text and make_report(results)["held-out"] in text
    assert text.rpartition("<!-- begin held-out-leaks -->\n")[2].startswith("Compared with 500 transcripts.")
    assert text.endswith("<!-- end held-out-leaks -->\nAfter.\n")
    report = results / "report"
    assert (report / "held-out-failures.md").exists()
    assert read_results(results).keys() == {"imitation", "grpo", "explorer", "other"}
    pytest.importorskip("matplotlib")
    for name in ("held_out", "difficulty_starter", "difficulty_seen"):
        assert (report / f"{name}.png").read_bytes().startswith(b"\x89PNG")


def test_a_folder_without_results_is_refused(tmp_path, capsys):
    assert main(["report", str(tmp_path)]) == 1
    assert "python -m sqlenv.lm evaluate" in capsys.readouterr().err
