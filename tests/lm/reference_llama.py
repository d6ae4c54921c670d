"""A Llama's next-token scores in plain NumPy, written for clearness: what faster code is compared with."""

from __future__ import annotations

import numpy as np
from sqlenv.lm.config import ModelConfig
from sqlenv.lm.weights import EMBEDDING, OUTPUT, Weights


def logits(config: ModelConfig, weights: Weights, ids: list[int]) -> np.ndarray:
    """The scores of each next token behind each token of a text."""
    x = weights[EMBEDDING][ids]
    for index in range(config.layers):
        layer = {
            name.split(".", 3)[3].removesuffix(".weight"): values
            for name, values in weights.items()
            if name.startswith(f"model.layers.{index}.")
        }
        x = x + _attention(config, layer, _norm(config, x, layer["input_layernorm"]))
        h = _norm(config, x, layer["post_attention_layernorm"])
        gate = h @ layer["mlp.gate_proj"].T
        x = x + (gate / (1 + np.exp(-gate)) * (h @ layer["mlp.up_proj"].T)) @ layer["mlp.down_proj"].T
    return _norm(config, x, weights["model.norm.weight"]) @ weights.get(OUTPUT, weights[EMBEDDING]).T


def greedy(config: ModelConfig, weights: Weights, ids: list[int], count: int) -> list[int]:
    """The likeliest continuation, token by token."""
    written: list[int] = []
    for _ in range(count):
        written.append(int(logits(config, weights, ids + written)[-1].argmax()))
    return written


def _norm(config: ModelConfig, x: np.ndarray, weight: np.ndarray) -> np.ndarray:
    return x / np.sqrt((x * x).mean(axis=-1, keepdims=True) + config.norm_eps) * weight


def _attention(config: ModelConfig, layer: Weights, h: np.ndarray) -> np.ndarray:
    length, size = len(h), config.head_dim
    q = _rotated(config, (h @ layer["self_attn.q_proj"].T).reshape(length, config.heads, size))
    k = _rotated(config, (h @ layer["self_attn.k_proj"].T).reshape(length, config.kv_heads, size))
    v = (h @ layer["self_attn.v_proj"].T).reshape(length, config.kv_heads, size)
    shared = config.heads // config.kv_heads
    k, v = k.repeat(shared, axis=1), v.repeat(shared, axis=1)
    scores = np.einsum("qhd,khd->hqk", q, k) / np.sqrt(size)
    scores[:, np.triu(np.ones((length, length), bool), 1)] = -np.inf
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = np.einsum("hqk,khd->qhd", scores / scores.sum(axis=-1, keepdims=True), v)
    return mixed.reshape(length, -1) @ layer["self_attn.o_proj"].T


def _rotated(config: ModelConfig, x: np.ndarray) -> np.ndarray:
    half = config.head_dim // 2
    turns = config.rope_theta ** (-np.arange(half) / half)
    angles = (np.arange(len(x))[:, None] * turns)[:, None, :]
    cos, sin = np.cos(angles), np.sin(angles)
    left, right = x[..., :half], x[..., half:]
    return np.concatenate([left * cos - right * sin, right * cos + left * sin], axis=-1)
