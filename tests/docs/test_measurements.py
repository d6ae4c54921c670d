"""Tables of measurements are blocks that the measuring command rewrites (scripts/lib/document_block.py)."""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest

from .test_docs import ROOT

sys.path.insert(0, str(ROOT / "scripts/lib"))

from document_block import replaced, write_blocks  # noqa: E402

BLOCKS = {
    "README.md": ["leaderboard", "speed"],
    "docs/agents.md": ["model-speed", "model-test"],
    "docs/python.md": ["python-speed", "python-steps"],
    "docs/rewards.md": ["worked-episode", "bounds", "hacking"],
    "docs/scaling.md": ["server-speed"],
    "docs/training.md": ["training"],
    "docs/ui.md": ["query-pauses", "frame-times"],
    "docs/verification.md": ["verify-speed"],
}
MEASURED = re.compile(r"\d (?:ms|µs|s|MB|kB)\b|\d\.\d+(?: ± [\d.]+)? %|\bsteps/s\b|\bmedian\b|\bP99\b")


def block(page: str, name: str) -> str:
    found = re.findall(rf"<!-- begin {name} -->\n(.*?)<!-- end {name} -->", (ROOT / page).read_text(), re.S)
    assert len(found) == 1, f"{page} must hold the block {name} once"
    return found[0]


def shape(text: str) -> str:
    """A block's words and columns, without its figures and its last line, which tells the conditions."""
    return re.sub(r"[\d.,]+", "0", text.split("\nMeasured by")[0]).replace("|  |", "| |").strip()


def script(name: str):
    loader = SourceFileLoader(name.replace("-", "_"), str(ROOT / "scripts" / name))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader(loader.name, loader))
    loader.exec_module(module)
    return module


@pytest.mark.parametrize("page", BLOCKS)
def test_the_marks_exist(page):
    names = re.findall(r"<!-- begin ([a-z-]+) -->", (ROOT / page).read_text())
    assert names == BLOCKS[page]
    for name in names:
        assert "\n|---|" in block(page, name)


@pytest.mark.parametrize("page", [page for page in BLOCKS if page != "README.md"])
def test_no_measured_table_stands_outside_the_marks(page):
    outside = re.sub(r"<!-- begin ([a-z-]+) -->.*?<!-- end \1 -->", "", (ROOT / page).read_text(), flags=re.S)
    rows = [line for line in outside.splitlines() if line.startswith("|") and MEASURED.search(line)]
    assert rows == []


def test_the_table_of_language_models_has_the_form_that_the_command_writes():
    model_test = script("model-test")
    model = dict.fromkeys(("unreadable", "turns", "repeats", "mean_tokens", "prompt_tokens", "completion_tokens"), 1)
    result = {"episodes": 1, "successes": 0, "mean_return": 0.5, "mean_steps": 1, "seconds": 1, "model": model,
              "options": {"step_budget": 1, "seed": 0}}
    options = argparse.Namespace(threads=1, max_tokens=1)
    table = model_test.table(dict.fromkeys(model_test.RUNS, result), options)
    rows = {line.split("|")[1]: shape(line) for line in table.splitlines() if line.startswith("|")}
    kept = [line for line in block("docs/agents.md", "model-test").splitlines() if line.startswith("|")]
    assert len(kept) > 2
    for line in kept:
        assert shape(line).replace(" -0 ", " 0 ") == rows[line.split("|")[1]]


def test_step_tables_have_the_form_that_the_command_writes():
    bench = script("bench")
    queries = ("look_up", "count", "group", "join", "all_rows", "starter_golds")
    times = {f"query/{query}/{side}": 4e3 for query in queries for side in ("bare", "step")}
    times |= {"describe": 1e3, "sample": 1e3, "reset": 1e3}
    times |= {name: 1e9 if "000" in name else 1e6 for name in bench.VERIFY_ROWS}
    native = {"times": times, "ratios": dict.fromkeys(queries, 1.0)}
    wasm = {str(kind): (1.0, 2.0, 2.0) for kind in range(7)}
    assert shape(bench.speed_table(native, wasm)) == shape(block("README.md", "speed"))
    words = [line.split("|")[1] for line in bench.verify_table(native).splitlines()]
    kept = [line.split("|")[1] for line in block("docs/verification.md", "verify-speed").splitlines() if "|" in line]
    assert words == kept
    assert [bench.duration(each) for each in (9.6e4, 1.7e6, 26e6, 3.7e8)] == ["0.10 ms", "1.7 ms", "26 ms", "0.37 s"]


def test_the_server_table_has_the_form_that_the_command_writes():
    bench = script("bench-server")
    run = {"steps_per_second": 15440.2, "p99_ms": 0.1}
    rows = [{"connections": count, "ours": run, "theirs": run, "bare": run, "ratio": 3.4, "goal": bench.GOALS.get(count)}
            for count in (1, 16, 64, 256, 1000)]  # fmt: skip
    many = {"errors": 0, "unanswered": 0, "lost_connections": 0, "server_resident_mb": 65.0, "p99_ms": 1.3,
            "server_cores": 0.1}  # fmt: skip
    lines = f"\n- {bench.many_line(many)}.\n- {bench.clients_line({'sql': 3987.0, 'echo': 2057.0})}.\n"
    assert shape(bench.speed_table(rows) + lines) == shape(block("docs/scaling.md", "server-speed"))


def test_the_table_of_model_runs_has_the_form_that_the_command_writes():
    bench = script("bench-model")
    rows = [{"concurrency": count, "turns": 2500, "cpu": 0.1, "wall": 0.2} for count in bench.CONCURRENCIES]
    assert shape(bench.speed_table(rows)) == shape(block("docs/agents.md", "model-speed"))


def test_the_tables_of_the_package_have_the_form_that_the_command_writes():
    bench = script("bench-python")
    rows = [{"episodes": count, **{key: 1000.0 for key, _ in bench.HEADS}} for count in (1, 4, 16, 64, 256, 1024)]
    times = dict.fromkeys(["reset", *bench.STEP_NAMES], 1.0)
    assert shape(bench.speed_table(rows)) == shape(block("docs/python.md", "python-speed"))
    kinds = bench.kinds_table({"core": times, "plain": times, "shared": times})
    assert shape(kinds) == shape(block("docs/python.md", "python-steps"))


def test_the_leaderboard_is_that_of_the_policies(tmp_path):
    leaderboard = script("leaderboard")
    runs = {policy: leaderboard.play(policy, tmp_path) for policy in leaderboard.POLICIES}
    tables = []
    for text in (leaderboard.leaderboard_block(leaderboard.compare(runs)), block("README.md", "leaderboard")):
        rows = [[cell.strip() for cell in line.split("|")] for line in text.split("\n\n")[0].splitlines()]
        tables.append({row[2]: row[3:] for row in rows})
    fresh, kept = tables
    assert fresh["oracle"][:2] == ["150", "100.0 %"]
    assert {name: kept.get(name) for name in ("run", *runs)} == {name: fresh[name] for name in ("run", *runs)}


def test_runs_of_models_join_the_leaderboard_if_their_options_agree(tmp_path, capsys):
    model_runs = script("leaderboard").model_runs
    files = {name: tmp_path / name for name in ("like", "same", "other", "none")}
    for name, steps in (("like", 15), ("same", 15), ("other", 6)):
        files[name].write_text(json.dumps({"options": {"step_budget": steps}}) + "\n")
    assert model_runs(files["like"], files) == {name: files[name] for name in ("like", "same")}
    assert "other is left out" in capsys.readouterr().err


def test_runs_of_the_leaderboard_have_names():
    named = script("leaderboard").named
    assert named("out/my_model.jsonl") == ("my_model", Path("out/my_model.jsonl"))
    assert named("a = b=run.jsonl") == ("a = b", Path("run.jsonl"))
    assert named("=odd.jsonl") == ("=odd", Path("=odd.jsonl"))


def test_the_page_tables_have_the_form_that_the_command_writes():
    module = (ROOT / "tests/browser/frame_tables.mjs").as_uri()
    program = f"""
      import {{ frame_table, pause_table, query_words }} from {json.dumps(module)};
      const frames = frame_table({{ between: 16.7, computed: 1.4, paint: 34, native: 0.14 }});
      const pauses = Object.fromEntries(Object.keys(query_words).map((name) => [name, 32]));
      console.log(JSON.stringify([frames, pause_table(pauses)]));"""
    ran = subprocess.run(["node", "--input-type=module"], input=program, capture_output=True, text=True, check=True)
    frames, pauses = json.loads(ran.stdout)
    assert shape(frames) == shape(block("docs/ui.md", "frame-times"))
    assert shape(pauses) == shape(block("docs/ui.md", "query-pauses"))


def test_a_block_is_replaced_and_nothing_else(tmp_path):
    text = "before\n<!-- begin some -->\nold\n<!-- end some -->\nafter\n"
    assert replaced(text, "some", "new\n") == text.replace("old", "new")
    with pytest.raises(ValueError, match="begin other"):
        replaced(text, "other", "new")
    page = tmp_path / "page.md"
    page.write_text(text)
    write_blocks([page], {"some": "new", "other": "new"})
    assert page.read_text() == text.replace("old", "new")
    with pytest.raises(SystemExit, match="no block named other"):
        write_blocks([page], {"other": "new"})
