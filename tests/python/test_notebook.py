"""notebooks/train_grpo.ipynb: clean in git, explained cell by cell, runs from top to bottom."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import nbformat
import pytest

from .conftest import ROOT

NOTEBOOK = ROOT / "notebooks" / "train_grpo.ipynb"


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


def test_outputs_are_cleared(notebook) -> None:
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == [] and cell.execution_count is None, cell.source[:60]
        assert not cell.metadata, cell.metadata


def test_a_text_stands_above_every_code_cell(notebook) -> None:
    kinds = [cell.cell_type for cell in notebook.cells]
    for i, kind in enumerate(kinds):
        if kind == "code":
            assert kinds[i - 1] == "markdown"
    headings = [
        cell.source.split("\n")[0].lstrip("# ")
        for cell in notebook.cells
        if cell.cell_type == "markdown"
    ]
    assert headings == [
        "SQLEnv: train an agent that answers questions with SQL",
        "Configuration",
        "Setup",
        "Connect and test",
        "Training",
        "Evaluation on held-out questions",
        "Plots",
        "One episode before and after training",
        "Next steps",
    ]


def test_it_runs_from_a_clean_kernel_without_a_network(tmp_path) -> None:
    """The quick setting, with every proxy pointing nowhere: only this machine is there to talk to."""
    nowhere = {f"{kind}_proxy": "http://127.0.0.1:9" for kind in ("http", "https", "all")}
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "run_notebook.py", NOTEBOOK, tmp_path, "--quick", "--road",
         "numpy"],
        capture_output=True,
        text=True,
        timeout=600,
        env={**os.environ, **nowhere, "no_proxy": "127.0.0.1,localhost", "PIP_NO_INDEX": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    executed = json.loads((tmp_path / NOTEBOOK.name).read_text())
    text = "".join(
        "".join(output.get("text", []))
        for cell in executed["cells"]
        for output in cell.get("outputs", [])
    )
    assert "road: numpy, quick" in text
    assert "connected to" in text and "Correct" in text
    assert "trained in" in text
    for player in ("before", "after", "random", "explorer"):
        for pack in ("held-out-left-out", "starter"):
            assert re.search(rf"^{player}: \w+ on {pack}: \d+ of 60 solved", text, re.MULTILINE)
    assert "BEFORE TRAINING\nQuestion: " in text and "AFTER TRAINING\nQuestion: " in text
    plots = ("learning_curve_grpo", "difficulty_starter", "difficulty_left_out", "reward_terms",
             "episode_length")  # fmt: skip
    for name in plots:
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
    assert all(cell.get("execution_count", 1) for cell in executed["cells"])
