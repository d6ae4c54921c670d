"""python -m sqlenv.lm export: writes a model as GGUF, for llama.cpp and the browser.

The metadata, tokenizer included, is the base model's; of a checkpoint folder it is made from
config.json and tokenizer.json. Equal inputs give equal bytes, on every machine. The types Q4_0 and
Q4_1 keep the embedding in Q8_0, since it is the output layer too.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import Error
from .adapter import Adapter, apply_adapter, read_adapter
from .base import Base, PathName, file_digest, find_base, need
from .config import ModelConfig
from .gguf_file import ARRAY, STRING, Value, read_gguf
from .tokenizer import folder_vocabulary
from .weights import EMBEDDING, OUTPUT, Weights, gguf_names, load_weights, to_pairs, turned_heads

# llama.cpp's number of each type of file.
FILE_TYPES = {"F32": 0, "F16": 1, "Q4_0": 2, "Q4_1": 3, "Q8_0": 7}
FINE_TYPE = "Q8_0"
UINT32, INT32, FLOAT32, BOOL = 4, 5, 6, 7
# What `export` writes itself.
OWN = ("general.architecture", "general.alignment", "general.file_type",
       "general.quantization_version")  # fmt: skip


def export_model(
    output: PathName,
    model: PathName | Base | None = None,
    adapter: PathName | None = None,
    type: str = "Q8_0",
) -> Path:
    """Writes the base model (see `find_base`), changed by the file of an adapter, as GGUF."""
    return write_gguf(output, *changed_model(model, adapter), type)


def changed_model(
    model: PathName | Base | None, adapter: PathName | None
) -> tuple[ModelConfig, Weights, dict[str, Value]]:
    """The shape, the weights and the metadata of a base model that an adapter has changed."""
    base = find_base(model)
    config, weights = load_weights(base)
    metadata = base_metadata(base, config)
    if adapter is not None:
        read = read_adapter(adapter, base.digest)
        weights = apply_adapter(weights, read, base.digest)
        metadata |= _origin(metadata, read, Path(adapter))
    return config, weights, metadata


def write_gguf(
    output: PathName,
    config: ModelConfig,
    weights: Weights,
    metadata: dict[str, Value],
    type: str = "Q8_0",
) -> Path:
    """Writes a GGUF file whole or not at all. `metadata`: of `base_metadata`, perhaps with more."""
    if type not in FILE_TYPES:
        raise Error("BAD_OPTION", f"GGUF can be {', '.join(FILE_TYPES)}, not {type!r}: name one")
    gguf = need("gguf")
    path = Path(output)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    writer = gguf.GGUFWriter(part, "llama")
    for name, value in metadata.items():
        if name not in OWN:
            kind = gguf.GGUFValueType(value.type)
            member = None if value.member_type is None else gguf.GGUFValueType(value.member_type)
            writer.add_key_value(name, value.content, kind, sub_type=member)
    writer.add_file_type(FILE_TYPES[type])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    for name, values, kind in _tensors(config, weights, type):
        writer.add_tensor(name, values, raw_dtype=gguf.GGMLQuantizationType[kind])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    os.replace(part, path)
    return path


def _tensors(
    config: ModelConfig, weights: Weights, type: str
) -> Iterator[tuple[str, npt.NDArray[Any], str]]:
    """The name, the bytes and the type of each tensor, in llama.cpp's order of rows."""
    gguf = need("gguf")
    for name, ours in gguf_names(config).items():
        values = weights[ours]
        heads = turned_heads(ours, config)
        if heads:
            values = to_pairs(values, heads)
        kind = _type_of(ours, values, type)
        if kind.startswith("Q") and values.shape[-1] % 32:
            message = f"{ours} has rows of {values.shape[-1]} numbers, no multiple of 32"
            raise Error("BAD_OPTION", f"{message}, which {kind} needs: export as F16")
        if kind == "F16" and np.abs(values).max(initial=0.0) > np.finfo(np.float16).max:
            raise Error("BAD_OPTION", f"{ours} holds numbers too large for F16: export as F32")
        yield name, gguf.quants.quantize(values, gguf.GGMLQuantizationType[kind]), kind


def _type_of(name: str, values: npt.NDArray[np.float32], type: str) -> str:
    if values.ndim == 1:
        return "F32"
    return FINE_TYPE if type.startswith("Q4") and name in (EMBEDDING, OUTPUT) else type


def base_metadata(base: Base, config: ModelConfig) -> dict[str, Value]:
    """The metadata of a GGUF file, or that made for a checkpoint folder."""
    if base.is_gguf:
        return dict(read_gguf(base.path).metadata)
    return _folder_metadata(base, config)


def _folder_metadata(base: Base, config: ModelConfig) -> dict[str, Value]:
    read = json.loads((base.path / "config.json").read_text(encoding="utf-8"))
    vocabulary = folder_vocabulary(base, config.vocab_size)
    metadata = {
        "general.type": Value(STRING, "model"),
        "general.name": Value(STRING, base.path.resolve().name),
        "llama.block_count": Value(UINT32, config.layers),
        "llama.context_length": Value(UINT32, int(read.get("max_position_embeddings", 2048))),
        "llama.embedding_length": Value(UINT32, config.hidden),
        "llama.feed_forward_length": Value(UINT32, config.ffn),
        "llama.attention.head_count": Value(UINT32, config.heads),
        "llama.attention.head_count_kv": Value(UINT32, config.kv_heads),
        "llama.rope.freq_base": Value(FLOAT32, config.rope_theta),
        "llama.rope.dimension_count": Value(UINT32, config.head_dim),
        "llama.attention.layer_norm_rms_epsilon": Value(FLOAT32, config.norm_eps),
        "llama.vocab_size": Value(UINT32, config.vocab_size),
        "tokenizer.ggml.model": Value(STRING, "gpt2"),
        "tokenizer.ggml.pre": Value(STRING, vocabulary.pre),
        "tokenizer.ggml.tokens": Value(ARRAY, vocabulary.tokens, STRING),
        "tokenizer.ggml.token_type": Value(ARRAY, vocabulary.kinds, INT32),
        "tokenizer.ggml.eos_token_id": Value(UINT32, vocabulary.end_id),
        "tokenizer.ggml.add_bos_token": Value(BOOL, False),
        "tokenizer.ggml.add_space_prefix": Value(BOOL, False),
    }
    merges = [" ".join(pair) for pair in vocabulary.merges]
    if merges:  # the format has no empty arrays
        metadata["tokenizer.ggml.merges"] = Value(ARRAY, merges, STRING)
    return metadata


def _origin(metadata: dict[str, Value], adapter: Adapter, path: Path) -> dict[str, Value]:
    """What says of a changed model where it comes from."""
    name = metadata["general.name"].content if "general.name" in metadata else "model"
    return {
        "general.name": Value(STRING, f"{name}, trained in SQLEnv"),
        "general.finetune": Value(STRING, "sqlenv"),
        "sqlenv.base.sha256": Value(STRING, adapter.base_digest),
        "sqlenv.adapter.sha256": Value(STRING, file_digest(path)),
    }


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--model", default="smollm2", help="smollm2, a GGUF file, a checkpoint folder or owner/name"
    )
    parser.add_argument("--adapter", type=Path, help="change the model by this file")
    parser.add_argument("--type", choices=FILE_TYPES, default="Q8_0", help="how weights are kept")
    parser.add_argument("--output", type=Path, default=Path("build/lm/model.gguf"), help="the file")


def run(options: argparse.Namespace) -> int:
    begun = time.monotonic()
    try:
        path = export_model(options.output, options.model, options.adapter, options.type)
    except Error as error:
        print(f"export: {error}", file=sys.stderr)
        return 1
    size, seconds = path.stat().st_size, time.monotonic() - begun
    print(f"{path}: {options.type}, {size:,} bytes, SHA-256 {file_digest(path)}, {seconds:.1f} s")
    return 0
