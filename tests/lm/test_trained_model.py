"""scripts/trained-model, which `make model` runs, on a tiny model."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from sqlenv.lm.adapter import write_adapter
from sqlenv.lm.base import find_base
from sqlenv.lm.weights import load_weights
from test_adapter import random_adapter


@pytest.fixture
def data(tiny_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    write_adapter(folder / "adapter.safetensors", random_adapter(find_base(tiny_folder).digest), "int8")
    return folder


def make(model: Path, data: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "scripts/trained-model", "--model", model, "--data", data,
               "--output", data.parent / "out", *more]  # fmt: skip
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_model_has_the_bytes_that_were_promised(tiny_folder: Path, data: Path) -> None:
    assert make(tiny_folder, data, "--renew").returncode == 0
    digests = json.loads((data / "digests.json").read_text("utf-8"))
    out = data.parent / "out"
    assert load_weights(out / "sqlenv.gguf")[0] == load_weights(tiny_folder)[0]
    shutil.rmtree(out)
    done = make(tiny_folder, data)
    assert done.returncode == 0, done.stderr
    assert find_base(out / "sqlenv.gguf").digest == digests["sqlenv.gguf"]
    assert find_base(out / "sqlenv-q4_0.gguf").digest == digests["sqlenv-q4_0.gguf"]
    assert digests["base"] == find_base(tiny_folder).digest


def test_whole_files_are_left_alone_and_broken_ones_made_again(tiny_folder: Path, data: Path) -> None:
    make(tiny_folder, data, "--renew")
    path = data.parent / "out" / "sqlenv.gguf"
    whole, time = path.read_bytes(), path.stat().st_mtime_ns
    assert make(tiny_folder, data).returncode == 0
    assert path.stat().st_mtime_ns == time
    path.write_bytes(whole[:-1])
    assert make(tiny_folder, data).returncode == 0
    assert path.read_bytes() == whole


def test_other_bytes_than_promised_are_an_error(tiny_folder: Path, data: Path) -> None:
    make(tiny_folder, data, "--renew")
    path = data / "digests.json"
    digests = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps(digests | {"sqlenv.gguf": "00" * 32}), "utf-8")
    done = make(tiny_folder, data)
    assert done.returncode == 1
    assert "sqlenv.gguf in" in done.stderr
    path.write_text(json.dumps(digests | {"adapter": "00" * 32}), "utf-8")
    assert "--renew" in make(tiny_folder, data).stderr


def test_what_is_missing_is_named(tiny_folder: Path, data: Path) -> None:
    assert "--renew" in make(tiny_folder, data).stderr
    (data / "adapter.safetensors").unlink()
    done = make(tiny_folder, data)
    assert done.returncode == 1
    assert "make train-model" in done.stderr
