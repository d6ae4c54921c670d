"""Models written as GGUF."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sqlenv.errors import Error
from sqlenv.lm.__main__ import main
from sqlenv.lm.adapter import apply_adapter, write_adapter
from sqlenv.lm.base import find_base
from sqlenv.lm.export import export_model
from sqlenv.lm.gguf_file import read_gguf
from sqlenv.lm.weights import load_weights
from test_adapter import random_adapter
from tiny_llama import CONFIG, write_folder

Q8_0, Q4_0 = 8, 2


@pytest.fixture(scope="module")
def origin(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A GGUF file of the tiny model."""
    return export_model(tmp_path_factory.mktemp("origin") / "tiny.gguf", tiny_folder, type="F32")


@pytest.fixture(scope="module")
def adapter(origin: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("adapter") / "a.safetensors"
    write_adapter(path, random_adapter(find_base(origin).digest))
    return path


@pytest.mark.parametrize("type", ["F16", "Q8_0", "Q4_0"])
def test_equal_inputs_give_equal_bytes(tmp_path: Path, origin: Path, adapter: Path, type: str) -> None:
    digests = set()
    for threads in (1, 2):
        output = tmp_path / f"{threads}.gguf"
        command = [sys.executable, "-m", "sqlenv.lm", "export", "--model", origin, "--type", type,
                   "--adapter", adapter, "--output", output]  # fmt: skip
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": str(threads)}
        environment["PYTHONPATH"] = os.pathsep.join(sys.path)
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        digest = hashlib.sha256(output.read_bytes()).hexdigest()
        assert digest in done.stdout
        digests.add(digest)
    digests.add(hashlib.sha256(export_model(tmp_path / "3", origin, adapter, type).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_metadata_is_the_origins(tmp_path: Path, origin: Path) -> None:
    again = read_gguf(export_model(tmp_path / "x.gguf", origin, type="Q8_0"))
    before = read_gguf(origin)
    differing = {n for n in before.metadata if before.metadata[n] != again.metadata.get(n)}
    assert differing == {"general.file_type"}
    assert before.metadata.keys() == again.metadata.keys()
    assert before.get("tokenizer.ggml.pre") == "smollm"
    assert before.get("tokenizer.ggml.eos_token_id") == 2
    assert len(before.get("tokenizer.ggml.tokens")) == CONFIG.vocab_size
    assert before.get("llama.context_length") == 512


def test_a_changed_model_says_where_it_comes_from(tmp_path: Path, origin: Path, adapter: Path) -> None:
    base = find_base(origin)
    changed = export_model(tmp_path / "x.gguf", origin, adapter, "F32")
    file = read_gguf(changed)
    assert file.get("sqlenv.base.sha256") == base.digest
    assert file.get("sqlenv.adapter.sha256") == hashlib.sha256(adapter.read_bytes()).hexdigest()
    expected = apply_adapter(load_weights(base)[1], _read(adapter), base.digest)
    _, weights = load_weights(changed)
    assert all(np.array_equal(weights[name], expected[name]) for name in expected)


def _read(path: Path):
    from sqlenv.lm.adapter import read_adapter

    return read_adapter(path)


def test_four_bits_keep_the_embedding_in_eight(tmp_path: Path, origin: Path) -> None:
    tensors = read_gguf(export_model(tmp_path / "x.gguf", origin, type="Q4_0")).tensors
    assert tensors["token_embd.weight"].type == Q8_0
    assert tensors["blk.0.ffn_up.weight"].type == Q4_0
    assert tensors["blk.0.attn_norm.weight"].type == 0


def test_rows_that_no_block_fits_need_another_type(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model", hidden=40, ffn=96)
    with pytest.raises(Error) as caught:
        export_model(tmp_path / "x.gguf", folder, type="Q8_0")
    assert caught.value.code == "BAD_OPTION"
    assert "F16" in caught.value.message
    assert not (tmp_path / "x.gguf").exists()
    assert load_weights(export_model(tmp_path / "x.gguf", folder, type="F16"))[0].hidden == 40


def test_the_command_names_its_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--model", str(tmp_path / "none"), "--output", str(tmp_path / "x")]) == 1
    assert "NOT_FOUND" in capsys.readouterr().err
