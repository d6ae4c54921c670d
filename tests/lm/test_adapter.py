"""Adapters in files and upon weights."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import safetensors.numpy
from sqlenv.errors import Error
from sqlenv.lm.adapter import Adapter, apply_adapter, read_adapter, write_adapter
from sqlenv.lm.base import find_base
from sqlenv.lm.config import ModelConfig
from sqlenv.lm.weights import load_weights, weight_shapes
from tiny_llama import CONFIG

SMOLLM2 = ModelConfig(vocab_size=49152, hidden=576, layers=30, heads=9, kv_heads=3, ffn=1536)
NAME = "model.layers.1.mlp.down_proj"


def random_adapter(digest: str, config: ModelConfig = CONFIG, rank: int = 4, seed: int = 0) -> Adapter:
    draw = np.random.default_rng(seed)
    factors = {
        name.removesuffix(".weight"): (
            draw.normal(0, 0.1, (rank, shape[1])).astype(np.float32),
            draw.normal(0, 0.1, (shape[0], rank)).astype(np.float32),
        )
        for name, shape in weight_shapes(config).items()
        if "_proj" in name
    }
    return Adapter(digest, rank, 8.0, factors, {"steps": 12, "data": "übung"})


@pytest.mark.parametrize(
    ("type", "error"), [("float32", 0.0), ("float16", 2**-10), ("int8", 1 / 250)]
)
def test_a_file_gives_the_adapter_again(tmp_path: Path, type: str, error: float) -> None:
    adapter = random_adapter("ab" * 32)
    write_adapter(tmp_path / "a.safetensors", adapter, type)
    read = read_adapter(tmp_path / "a.safetensors", "ab" * 32)
    assert (read.base_digest, read.rank, read.alpha) == ("ab" * 32, 4, 8.0)
    assert read.facts == {"steps": 12, "data": "übung"}
    assert len(read.targets) == 7
    assert read.factors.keys() == adapter.factors.keys()
    for name, pair in adapter.factors.items():
        for ours, theirs in zip(pair, read.factors[name], strict=True):
            largest = np.abs(ours).max(axis=1, keepdims=True)
            assert (np.abs(ours - theirs) <= error * largest).all()


def test_equal_adapters_give_equal_bytes_that_the_library_reads(tmp_path: Path) -> None:
    adapter = random_adapter("cd" * 32)
    turned = Adapter(**{**vars(adapter), "factors": dict(reversed(adapter.factors.items()))})
    write_adapter(tmp_path / "a", adapter, "int8")
    write_adapter(tmp_path / "b", turned, "int8")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    tensors = safetensors.numpy.load_file(tmp_path / "a")
    assert tensors[f"{NAME}.lora_a"].shape == (4, CONFIG.ffn)
    assert tensors[f"{NAME}.lora_b"].dtype == np.int8
    assert tensors[f"{NAME}.lora_b.scale"].shape == (CONFIG.hidden,)
    with safetensors.safe_open(tmp_path / "a", "np") as file:
        assert file.metadata()["base"] == "cd" * 32


def test_an_adapter_of_rank_32_on_all_layers_of_smollm2_ships_in_12_mb(tmp_path: Path) -> None:
    write_adapter(tmp_path / "a", random_adapter("00" * 32, SMOLLM2, rank=32), "int8")
    assert 9_700_000 < (tmp_path / "a").stat().st_size < 12_000_000


def test_the_change_is_the_scaled_product(tiny_folder: Path) -> None:
    base = find_base(tiny_folder)
    _, weights = load_weights(base)
    before = {name: values.copy() for name, values in weights.items()}
    adapter = random_adapter(base.digest)
    changed = apply_adapter(weights, adapter, base.digest)
    for name, (a, b) in adapter.factors.items():
        expected = before[f"{name}.weight"] + 8.0 / 4 * (b.astype(np.float64) @ a)
        assert np.abs(changed[f"{name}.weight"] - expected).max() < 1e-6
    assert all(np.array_equal(weights[name], before[name]) for name in before)
    kept = [n for n in weights if n.removesuffix(".weight") not in adapter.factors]
    assert all(changed[name] is weights[name] for name in kept)


APPLY = """
import hashlib, sys
sys.path[:0] = {path!r}
from sqlenv.lm.adapter import *
import numpy as np
draw = np.random.default_rng(3)
a, b = (draw.normal(0, 0.1, shape).astype(np.float32) for shape in ((32, 1536), (576, 32)))
print(hashlib.sha256(exact_product(b, a).tobytes()).hexdigest())
"""


def test_a_change_does_not_depend_on_threads_or_on_the_order_of_sums() -> None:
    digests = set()
    for threads in ("1", "2", "3"):
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": threads, "OMP_NUM_THREADS": threads}
        command = [sys.executable, "-c", APPLY.format(path=sys.path)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout.strip())
    draw = np.random.default_rng(3)
    a, b = (draw.normal(0, 0.1, shape).astype(np.float32) for shape in ((32, 1536), (576, 32)))
    from sqlenv.lm.adapter import _fixed_point, exact_product

    left, right = _fixed_point(b), _fixed_point(a)
    summed = np.zeros((576, 1536))
    for index in reversed(range(32)):
        summed += left[:, index, None] * right[index]
    digests.add(hashlib.sha256(summed.tobytes()).hexdigest())
    assert len(digests) == 1
    assert np.abs(exact_product(b, a) - b.astype(np.float64) @ a).max() < 1e-6


def test_another_base_is_refused(tiny_folder: Path, tmp_path: Path) -> None:
    base = find_base(tiny_folder)
    _, weights = load_weights(base)
    write_adapter(tmp_path / "a", random_adapter("12" * 32))
    for use in (
        lambda: read_adapter(tmp_path / "a", base.digest),
        lambda: apply_adapter(weights, random_adapter("12" * 32), base.digest),
        lambda: apply_adapter(weights, random_adapter(base.digest, SMOLLM2), base.digest),
    ):
        with pytest.raises(Error) as caught:
            use()
        assert caught.value.code == "MISMATCH"
        assert "name the base model" in caught.value.message


def test_a_broken_file_is_refused(tiny_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_adapter(path, random_adapter("12" * 32), "int8")
    whole = path.read_bytes()
    for broken in (whole[:50], whole[:-1], whole.replace(b"lora_b.scale", b"lora_b.scala")):
        path.write_bytes(broken)
        with pytest.raises(Error) as caught:
            read_adapter(path)
        assert caught.value.code == "BAD_MODEL"
    with pytest.raises(Error) as caught:
        read_adapter(tiny_folder / "model.safetensors")
    assert caught.value.code == "BAD_MODEL"
    with pytest.raises(Error) as caught:
        read_adapter(tmp_path / "none")
    assert caught.value.code == "NOT_FOUND"


def test_what_is_no_number_is_not_written(tmp_path: Path) -> None:
    adapter = random_adapter("12" * 32)
    adapter.factors[NAME][0][0, 0] = np.nan
    with pytest.raises(Error) as caught:
        write_adapter(tmp_path / "a", adapter)
    assert NAME in caught.value.message
    assert not (tmp_path / "a").exists()
