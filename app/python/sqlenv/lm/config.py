"""The shape of a Llama model."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ModelConfig:
    """A decoder of the Llama architecture: RMSNorm, rotary positions, grouped queries, SwiGLU."""

    vocab_size: int
    hidden: int
    """the width of the residual stream"""
    layers: int
    heads: int
    kv_heads: int
    """heads of keys and values; each serves heads / kv_heads queries"""
    ffn: int
    """the width of the feed-forward layer"""
    rope_theta: float = 10000.0
    norm_eps: float = 1e-5
    tied: bool = True
    """whether the output layer is the embedding"""

    @property
    def head_dim(self) -> int:
        return self.hidden // self.heads
