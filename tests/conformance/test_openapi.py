"""schemathesis makes right and wrong requests from /openapi.json and judges the answers.

A few for each route in every run; SQLENV_EXAMPLES=1000 for a long one.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

pytest.importorskip("schemathesis", reason="schemathesis is not installed: run scripts/setup python")

# Right by the schema does not mean right for the questions that are loaded: options that no question
# matches are refused with 422, and unknown names with 404.
LEFT_OUT = "positive_data_acceptance"


def test_schemathesis_finds_nothing(ours, tmp_path):
    command = [
        sys.executable, "-m", "schemathesis.cli", "run", f"http://{ours.address}/openapi.json",
        "--checks", "all", "--exclude-checks", LEFT_OUT, "--no-color", "--workers", "1",
        "--max-examples", os.environ.get("SQLENV_EXAMPLES", "12"), "--seed", "1",
        "--phases", "examples,coverage,fuzzing",
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=3000, cwd=tmp_path)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert re.search(r"\d+ generated, \d+ passed", done.stdout), done.stdout[-2000:]
    ours.request("GET", "/health")
