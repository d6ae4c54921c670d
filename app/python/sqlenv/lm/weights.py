"""Reads the weights of a Llama model as float32, under the names of Hugging Face's checkpoints.

From GGUF (F32, F16, BF16, Q8_0, Q4_0, Q4_1 and what else the package `gguf` can expand) or from a
checkpoint folder. llama.cpp keeps the rows of the query and key projections in another order than
Hugging Face's layout, in which the two halves of a head turn together; here they are in the latter.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import Error
from .base import Base, PathName, find_base
from .config import ModelConfig
from .gguf_file import GgufFile, read_gguf
from .safetensors_file import read_safetensors

Array: TypeAlias = npt.NDArray[np.float32]
Weights: TypeAlias = dict[str, Array]

EMBEDDING = "model.embed_tokens.weight"
OUTPUT = "lm_head.weight"
# Factors of the rotary frequencies, which Llama 3 has; all are 1 where nothing is scaled.
ROTARY_FACTORS = "rope_freqs.weight"
# llama.cpp's names of a layer's tensors beside Hugging Face's.
LAYER_NAMES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}
LINEAR_LAYERS = tuple(name for name in LAYER_NAMES.values() if name.endswith("_proj"))


def load_weights(source: PathName | Base | None = None) -> tuple[ModelConfig, Weights]:
    """The shape and the weights of a base model (see `find_base`), in memory of their own.

    A tied model has no `lm_head.weight`.
    """
    base = find_base(source)
    config, weights = _from_gguf(base) if base.is_gguf else _from_checkpoint(base)
    check_weights(config, weights, str(base.path))
    return config, weights


def weight_shapes(config: ModelConfig) -> dict[str, tuple[int, ...]]:
    """The name and the shape of each tensor, in the order of the layers."""
    wide, narrow = config.heads * config.head_dim, config.kv_heads * config.head_dim
    layer = {
        "input_layernorm": (config.hidden,),
        "self_attn.q_proj": (wide, config.hidden),
        "self_attn.k_proj": (narrow, config.hidden),
        "self_attn.v_proj": (narrow, config.hidden),
        "self_attn.o_proj": (config.hidden, wide),
        "post_attention_layernorm": (config.hidden,),
        "mlp.gate_proj": (config.ffn, config.hidden),
        "mlp.up_proj": (config.ffn, config.hidden),
        "mlp.down_proj": (config.hidden, config.ffn),
    }
    shapes: dict[str, tuple[int, ...]] = {EMBEDDING: (config.vocab_size, config.hidden)}
    for index in range(config.layers):
        shapes |= {f"model.layers.{index}.{name}.weight": shape for name, shape in layer.items()}
    shapes["model.norm.weight"] = (config.hidden,)
    if not config.tied:
        shapes[OUTPUT] = (config.vocab_size, config.hidden)
    return shapes


def check_weights(config: ModelConfig, weights: Mapping[str, Array], where: str) -> None:
    """Raises `Error` unless the tensors are exactly those of the shape."""
    shapes = weight_shapes(config)
    for name, shape in shapes.items():
        found = weights[name].shape if name in weights else "no such tensor"
        if found != shape:
            message = f"{where} should hold {name} of the shape {shape}, and has {found}"
            raise Error("BAD_MODEL", message + ": only plain Llama models can be read")
    if other := sorted(set(weights) - set(shapes)):
        message = f"{where} holds {other[0]}, which a plain Llama model has not: name another model"
        raise Error("BAD_MODEL", message)


def to_halves(rows: Array, heads: int) -> Array:
    """Rows of a query or key projection from llama.cpp's order, pairs, to Hugging Face's."""
    size = rows.shape[0] // heads
    return rows.reshape(heads, size // 2, 2, -1).swapaxes(1, 2).reshape(rows.shape)


def to_pairs(rows: Array, heads: int) -> Array:
    """The inverse of `to_halves`."""
    size = rows.shape[0] // heads
    return rows.reshape(heads, 2, size // 2, -1).swapaxes(1, 2).reshape(rows.shape)


def turned_heads(name: str, config: ModelConfig) -> int | None:
    """How many heads a tensor's rows belong to, if their order differs between the two layouts."""
    if name.endswith("self_attn.q_proj.weight"):
        return config.heads
    return config.kv_heads if name.endswith("self_attn.k_proj.weight") else None


def gguf_names(config: ModelConfig) -> dict[str, str]:
    """llama.cpp's name of each tensor, and Hugging Face's."""
    names = {"token_embd.weight": EMBEDDING}
    for index in range(config.layers):
        for theirs, ours in LAYER_NAMES.items():
            names[f"blk.{index}.{theirs}.weight"] = f"model.layers.{index}.{ours}.weight"
    names["output_norm.weight"] = "model.norm.weight"
    if not config.tied:
        names["output.weight"] = OUTPUT
    return names


def _from_gguf(base: Base) -> tuple[ModelConfig, Weights]:
    file = read_gguf(base.path)
    config = gguf_config(file)
    names = gguf_names(config)
    weights: Weights = {}
    for name, tensor in file.tensors.items():
        if name == ROTARY_FACTORS:
            continue
        ours = names.get(name, name)
        heads = turned_heads(ours, config)
        values = tensor.expanded()
        weights[ours] = to_halves(values, heads) if heads else values
    return config, weights


def gguf_config(file: GgufFile) -> ModelConfig:
    """The shape in a GGUF file's metadata; `Error` for what is no plain Llama model."""
    architecture = file.get("general.architecture")
    if architecture != "llama":
        message = f"{file.path} is a model of the architecture {architecture!r}"
        raise Error("BAD_MODEL", message + ": only Llama models can be read")
    factors = file.tensors.get(ROTARY_FACTORS)
    scaled = factors is not None and bool(np.any(factors.expanded() != 1.0))
    if scaled or "llama.rope.scaling.type" in file.metadata:
        message = f"{file.path} scales its rotary positions, which is not supported"
        raise Error("BAD_MODEL", message + ": name a model that does not")
    heads = int(file.get("llama.attention.head_count"))
    embedding = file.tensors.get("token_embd.weight")
    return ModelConfig(
        vocab_size=embedding.shape[0] if embedding else int(file.get("llama.vocab_size")),
        hidden=int(file.get("llama.embedding_length")),
        layers=int(file.get("llama.block_count")),
        heads=heads,
        kv_heads=int(file.get("llama.attention.head_count_kv", heads)),
        ffn=int(file.get("llama.feed_forward_length")),
        rope_theta=float(file.get("llama.rope.freq_base", 10000.0)),
        norm_eps=_short(file.get("llama.attention.layer_norm_rms_epsilon")),
        tied="output.weight" not in file.tensors,
    )


def _short(value: float) -> float:
    """The shortest decimal number that is this float32: 1e-05 instead of 9.99999974e-06."""
    return float(str(np.float32(value)))


def _from_checkpoint(base: Base) -> tuple[ModelConfig, Weights]:
    weights: Weights = {}
    for file in base.weight_files():
        tensors, _ = read_safetensors(file)
        weights |= {name: np.array(values, np.float32) for name, values in tensors.items()}
    config = read_config(base)
    if config.tied:
        weights.pop(OUTPUT, None)
    # Older checkpoints also hold the rotary frequencies, which follow from the configuration.
    for name in [name for name in weights if name.endswith("rotary_emb.inv_freq")]:
        del weights[name]
    return config, weights


def read_config(base: Base) -> ModelConfig:
    """The shape in a checkpoint folder's config.json; `Error` for what is no plain Llama model."""
    path = base.path / "config.json"
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        heads = int(read["num_attention_heads"])
        rope = read.get("rope_parameters") or {}
        config = ModelConfig(
            vocab_size=int(read["vocab_size"]),
            hidden=int(read["hidden_size"]),
            layers=int(read["num_hidden_layers"]),
            heads=heads,
            kv_heads=int(read.get("num_key_value_heads") or heads),
            ffn=int(read["intermediate_size"]),
            rope_theta=float(read.get("rope_theta") or rope.get("rope_theta") or 10000.0),
            norm_eps=float(read.get("rms_norm_eps", 1e-6)),
            tied=bool(read.get("tie_word_embeddings", False)),
        )
    except (ValueError, KeyError, TypeError) as error:
        message = f"{path} is no configuration of a Llama model ({error}): save the model again"
        raise Error("BAD_MODEL", message) from error
    if why := _unlike_llama(read, config):
        message = f"{path}: {why}, and only plain Llama models can be read: name another model"
        raise Error("BAD_MODEL", message)
    return config


def _unlike_llama(read: dict[str, Any], config: ModelConfig) -> str | None:
    """What a configuration asks for beyond a plain Llama model, None if nothing."""
    rope = read.get("rope_scaling") or read.get("rope_parameters") or {}
    if read.get("model_type") != "llama":
        return f"its model_type is {read.get('model_type')!r}"
    if read.get("attention_bias") or read.get("mlp_bias"):
        return "its layers have biases"
    if read.get("hidden_act", "silu") != "silu":
        return f"its hidden_act is {read['hidden_act']!r}"
    if rope.get("rope_type", rope.get("type", "default")) != "default":
        return "its rotary positions are scaled"
    if read.get("head_dim") not in (None, config.head_dim):
        return "its head_dim is not hidden_size / num_attention_heads"
    return None
