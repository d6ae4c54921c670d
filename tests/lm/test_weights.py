"""Weights of checkpoint folders and GGUF files, under one set of names."""

from __future__ import annotations

import json
from pathlib import Path

import gguf
import numpy as np
import pytest
from reference_llama import logits
from sqlenv.errors import Error
from sqlenv.lm.export import export_model
from sqlenv.lm.safetensors_file import read_safetensors, write_safetensors
from sqlenv.lm.weights import load_weights, to_halves, to_pairs
from tiny_llama import CONFIG, random_weights, write_config, write_folder


def test_a_folder_gives_its_tensors(tiny_folder: Path) -> None:
    config, weights = load_weights(tiny_folder)
    assert config == CONFIG
    expected = random_weights(CONFIG)
    assert set(weights) == set(expected)
    assert all(np.array_equal(weights[name], expected[name]) for name in expected)
    assert all(values.dtype == np.float32 for values in weights.values())


def test_tensors_may_lie_in_several_files_and_be_short(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model", tied=False)
    whole = random_weights(load_weights(folder)[0])
    (folder / "model.safetensors").unlink()
    names = sorted(whole)
    parts = {"a": names[::2], "b": names[1::2]}
    for part, chosen in parts.items():
        halves = {name: whole[name].astype(np.float16) for name in chosen}
        write_safetensors(folder / f"model-{part}.safetensors", halves)
    config, weights = load_weights(folder)
    assert not config.tied
    assert weights["lm_head.weight"].shape == (CONFIG.vocab_size, CONFIG.hidden)
    assert all(np.array_equal(weights[n], whole[n].astype(np.float16)) for n in names)


def test_bfloat16_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.safetensors"
    values = np.array([1.0, -2.5, 3.140625, 0.0], np.float32)
    header = json.dumps({"x": {"dtype": "BF16", "shape": [4], "data_offsets": [0, 8]}}).encode()
    short = (values.view(np.uint32) >> 16).astype("<u2")
    path.write_bytes(len(header).to_bytes(8, "little") + header + short.tobytes())
    assert np.array_equal(read_safetensors(path)[0]["x"], values)


@pytest.mark.parametrize(
    "changes",
    [{"model_type": "qwen2"}, {"attention_bias": True}, {"hidden_act": "gelu"}, {"head_dim": 32},
     {"rope_scaling": {"rope_type": "llama3", "factor": 8.0}}, {"hidden_size": 96},
     {"num_hidden_layers": 1}, {"num_hidden_layers": 3}],
)  # fmt: skip
def test_what_is_no_plain_llama_model_is_refused(tmp_path: Path, changes: dict) -> None:
    folder = write_folder(tmp_path / "model")
    write_config(folder, CONFIG, **changes)
    with pytest.raises(Error) as caught:
        load_weights(folder)
    assert caught.value.code == "BAD_MODEL"


def test_llama_cpp_keeps_the_rows_of_a_heads_two_halves_in_turn() -> None:
    rows = np.arange(2 * 8, dtype=np.float32)[:, None]
    expected = [0, 4, 1, 5, 2, 6, 3, 7, 8, 12, 9, 13, 10, 14, 11, 15]
    assert to_pairs(rows, heads=2)[:, 0].tolist() == expected
    assert np.array_equal(to_halves(to_pairs(rows, 2), 2), rows)


# The largest error of a block of 32 numbers in parts of its largest number.
@pytest.mark.parametrize(
    ("type", "error"),
    [("F32", 0), ("F16", 2**-11), ("Q8_0", 1 / 235), ("Q4_1", 1 / 14), ("Q4_0", 1 / 7)],
)
@pytest.mark.parametrize("tied", [True, False])
def test_gguf_gives_the_weights_that_were_written(
    tmp_path: Path, type: str, error: float, tied: bool
) -> None:
    folder = write_folder(tmp_path / "model", tied=tied, rope_theta=100000.0)
    config, weights = load_weights(folder)
    path = export_model(tmp_path / "model.gguf", folder, type=type)
    read_config, read = load_weights(path)
    assert read_config == config
    assert list(sorted(read)) == sorted(weights)
    for name, values in weights.items():
        blocks = values.reshape(-1, 32)
        apart = np.abs(read[name].reshape(-1, 32) - blocks).max(axis=1)
        assert (apart <= error * np.abs(blocks).max(axis=1) * 1.02).all(), name


def test_the_packages_own_reader_sees_llama_cpps_order(tiny_folder: Path, tmp_path: Path) -> None:
    path = export_model(tmp_path / "model.gguf", tiny_folder, type="F32")
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(path).tensors}
    _, weights = load_weights(tiny_folder)
    ours = weights["model.layers.1.self_attn.k_proj.weight"]
    theirs = tensors["blk.1.attn_k.weight"].data
    size = CONFIG.head_dim
    assert np.array_equal(theirs[size + 2 * 3 + 1], ours[size + 3 + size // 2])
    assert np.array_equal(tensors["blk.1.attn_v.weight"].data,
                          weights["model.layers.1.self_attn.v_proj.weight"])  # fmt: skip


def test_a_file_that_was_cut_off_is_refused(tiny_folder: Path, tmp_path: Path) -> None:
    path = export_model(tmp_path / "model.gguf", tiny_folder)
    whole = path.read_bytes()
    for length in (6, 100, 3000, len(whole) // 2, len(whole) - 100):
        path.write_bytes(whole[:length])
        with pytest.raises(Error) as caught:
            load_weights(path)
        assert caught.value.code == "BAD_MODEL"
    tensors = tmp_path / "x.safetensors"
    whole = (tiny_folder / "model.safetensors").read_bytes()
    for length in (4, 100, len(whole) // 2, len(whole) - 1):
        tensors.write_bytes(whole[:length])
        with pytest.raises(Error) as caught:
            read_safetensors(tensors)
        assert caught.value.code == "BAD_MODEL"


def test_the_reference_is_causal_and_sees_order(tiny_folder: Path) -> None:
    config, weights = load_weights(tiny_folder)
    scores = logits(config, weights, [5, 9, 7, 30])
    assert np.allclose(scores[:3], logits(config, weights, [5, 9, 7]), atol=1e-4)
    assert not np.allclose(scores[3], logits(config, weights, [9, 5, 7, 30])[3], atol=1e-2)
