"""A Llama model in plain torch: frozen weights with adapters (LoRA), or trained in full.

Adapters are Hu et al., "LoRA" (2021): each linear layer's weight is W + (alpha / rank) · B · A, of
which A and B are trained. The embedding, which is the output layer too, is never trained. Products
are computed in `dtype`; what is trained is kept in float32, and refresh() rounds it for the next
forward pass.

Belongs to one thread; torch's own threads work inside each operation.
"""

from __future__ import annotations

import copy
import math
import time
from collections.abc import Iterator, Mapping

import numpy as np
import torch
from torch import Tensor

from .config import ModelConfig
from .kernels import (
    HEAD_ROWS,
    AdaptedLinear,
    FullLinear,
    HeadLoss,
    PackedWeight,
    RmsNorm,
    Rotary,
    SwiGlu,
    Weigh,
)
from .memory import trim_memory

PARTS = {
    "self_attn": (("q_proj", "k_proj", "v_proj"), ("o_proj",)),
    "mlp": (("gate_proj", "up_proj"), ("down_proj",)),
}


CACHE_STEP = 64
"""tokens by which a cache grows"""


class FusedLinear:
    """One or more linear layers of the same input, as one product."""

    def __init__(self, names: list[str], weights: list[Tensor], dtype: torch.dtype) -> None:
        self.names = names
        self.masters = weights
        self.rows = [len(weight) for weight in weights]
        self.weight = torch.cat(weights).to(dtype)
        self.packed = PackedWeight(self.weight)
        self.pairs: list[Tensor] = []
        self.scale = 0.0
        self.trained_in_full = False

    def adapt(self, rank: int, alpha: float, generator: torch.Generator) -> None:
        """Begins adapters that change nothing yet: A is drawn, B is zero."""
        self.scale = alpha / rank
        for weight in self.masters:
            bound = 1 / math.sqrt(weight.shape[1])
            a = torch.empty(rank, weight.shape[1]).uniform_(-bound, bound, generator=generator)
            self.pairs += [a.requires_grad_(), torch.zeros(len(weight), rank).requires_grad_()]

    def train_in_full(self) -> None:
        self.trained_in_full = True
        self.masters = [weight.requires_grad_() for weight in self.masters]

    def frozen(self) -> FusedLinear:
        """One with the weight that products use now, and nothing to train."""
        linear = copy.copy(self)
        linear.weight = self.weight.clone()
        linear.packed = PackedWeight(linear.weight)
        linear.masters, linear.pairs, linear.trained_in_full = [], [], False
        return linear

    @torch.no_grad()
    def refresh(self) -> None:
        """Rounds what was trained into the weight that products use."""
        self.packed.forget()
        for i, part in enumerate(self.weight.split(self.rows)):
            if self.pairs:
                a, b = self.pairs[2 * i : 2 * i + 2]
                part.copy_(torch.addmm(self.masters[i], b, a, alpha=self.scale))
            else:
                part.copy_(self.masters[i])

    def __call__(self, x: Tensor) -> Tensor:
        if not torch.is_grad_enabled():
            result: Tensor = self.packed.product(x)
        elif self.pairs:
            result = AdaptedLinear.apply(x, self.weight, self.rows, self.scale, *self.pairs)
        elif self.trained_in_full:
            result = FullLinear.apply(x, self.weight, self.rows, *self.masters)
        else:
            result = torch.nn.functional.linear(x, self.weight)
        return result


class Layer:
    """A layer's weights."""

    def __init__(self, weights: Mapping[str, Tensor], prefix: str, dtype: torch.dtype) -> None:
        self.input_norm = weights[f"{prefix}.input_layernorm.weight"]
        self.ffn_norm = weights[f"{prefix}.post_attention_layernorm.weight"]

        def fused(block: str, names: tuple[str, ...]) -> FusedLinear:
            full = [f"{prefix}.{block}.{name}" for name in names]
            return FusedLinear(full, [weights[f"{name}.weight"] for name in full], dtype)

        self.qkv, self.output = (fused("self_attn", names) for names in PARTS["self_attn"])
        self.gate_up, self.down = (fused("mlp", names) for names in PARTS["mlp"])

    def frozen(self) -> Layer:
        layer = copy.copy(self)
        layer.input_norm, layer.ffn_norm = (
            norm.detach().clone() for norm in (self.input_norm, self.ffn_norm)
        )
        layer.qkv, layer.output, layer.gate_up, layer.down = (
            linear.frozen() for linear in self.linears()
        )
        return layer

    def linears(self) -> list[FusedLinear]:
        return [self.qkv, self.output, self.gate_up, self.down]


class Cache:
    """Keys and values of `rows` texts.

    It is only as long as its longest text needs, since products want all of it side by side.
    """

    def __init__(self, model: LanguageModel, rows: int) -> None:
        config = model.config
        shape = (rows, config.kv_heads, 0, config.head_dim)
        self.keys = [torch.zeros(shape, dtype=model.dtype) for _ in range(config.layers)]
        self.values = [torch.zeros(shape, dtype=model.dtype) for _ in range(config.layers)]

    def grow(self, width: int) -> int:
        """Makes room for texts of `width` tokens; gives the room there is."""
        if width > self.keys[0].shape[2]:
            self._resize(width)
        return self.keys[0].shape[2]

    def shrink(self, width: int) -> None:
        """Gives up room where no text is longer than `width` tokens."""
        if width < self.keys[0].shape[2] - 2 * CACHE_STEP:
            self._resize(width)

    def _resize(self, width: int) -> None:
        wanted = width + -width % CACHE_STEP
        for kept in (self.keys, self.values):
            for i, old in enumerate(kept):
                kept[i] = old.new_zeros((*old.shape[:2], wanted, old.shape[3]))
                both = min(wanted, old.shape[2])
                kept[i][:, :, :both] = old[:, :, :both]
        trim_memory()

    def move(self, source: int, target: int) -> None:
        """Copies one row over another."""
        for kept in (*self.keys, *self.values):
            kept[target] = kept[source]


class LanguageModel:
    """`weights`: float32 arrays under Hugging Face's names, as load_weights() gives them."""

    def __init__(
        self,
        config: ModelConfig,
        weights: Mapping[str, np.ndarray],
        dtype: torch.dtype = torch.float32,
    ) -> None:
        tensors = {name: torch.from_numpy(np.ascontiguousarray(w)) for name, w in weights.items()}
        self.config = config
        self.dtype = dtype
        self.embedding = tensors["model.embed_tokens.weight"].to(dtype)
        self.head = self.embedding if config.tied else tensors["lm_head.weight"].to(dtype)
        self.packed_head = PackedWeight(self.head)
        self.norm = tensors["model.norm.weight"]
        self.layers = [Layer(tensors, f"model.layers.{i}", dtype) for i in range(config.layers)]
        self.rank = 0
        self.alpha = 0.0

    def adapt(self, rank: int = 32, alpha: float = 64, seed: int = 0) -> None:
        """Freezes the weights and begins adapters of all linear layers."""
        generator = torch.Generator().manual_seed(seed)
        self.rank, self.alpha = rank, alpha
        for linear in self._linears():
            linear.adapt(rank, alpha, generator)

    def train_in_full(self) -> None:
        """Makes every weight but the embedding a parameter."""
        for linear in self._linears():
            linear.train_in_full()
        for norm in self._norms().values():
            norm.requires_grad_()

    def parameters(self) -> dict[str, Tensor]:
        """What is trained, by name: `….q_proj.lora_a` and `….lora_b`, or weights."""
        found: dict[str, Tensor] = {}
        for linear in self._linears():
            for i, name in enumerate(linear.names):
                if linear.pairs:
                    found[f"{name}.lora_a"], found[f"{name}.lora_b"] = linear.pairs[
                        2 * i : 2 * i + 2
                    ]
                elif linear.trained_in_full:
                    found[f"{name}.weight"] = linear.masters[i]
        found.update({name: norm for name, norm in self._norms().items() if norm.requires_grad})
        return found

    @torch.no_grad()
    def load_parameters(self, values: Mapping[str, Tensor | np.ndarray]) -> None:
        """Takes values of what is trained. Raises KeyError where one is missing."""
        for name, parameter in self.parameters().items():
            value = values[name]
            parameter.copy_(torch.as_tensor(value))
        self.refresh()

    def factors(self) -> dict[str, tuple[np.ndarray, np.ndarray]]:
        """A and B of each adapted layer, as arrays of their own."""
        return {
            name: (linear.pairs[2 * i].detach().numpy().copy(),
                   linear.pairs[2 * i + 1].detach().numpy().copy())
            for linear in self._linears()
            for i, name in enumerate(linear.names)
        }  # fmt: skip

    def load_factors(self, factors: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> None:
        """Takes A and B of each adapted layer. Raises KeyError where one is missing."""
        halves = {
            f"{name}.{half}": values
            for name, pair in factors.items()
            for half, values in zip(("lora_a", "lora_b"), pair)
        }
        self.load_parameters(halves)

    def frozen(self) -> LanguageModel:
        """The model as it computes now, which later changes of this one leave as it is."""
        model = copy.copy(self)
        model.norm = self.norm.detach().clone()
        model.layers = [layer.frozen() for layer in self.layers]
        return model

    def refresh(self) -> None:
        """Call after each change of the parameters."""
        for linear in self._linears():
            linear.refresh()

    def hidden(self, tokens: Tensor) -> Tensor:
        """The last layer's normed output [batch · length, hidden] for tokens [batch, length].

        Shorter rows are filled up at their end with any token: attention looks back only.
        """
        batch, length = tokens.shape
        cosine, sine = self.angles(torch.arange(length))
        mask = torch.full((length, length), -math.inf).triu_(1)
        groups = self.config.heads // self.config.kv_heads
        mask = mask.repeat(groups, 1).to(self.dtype)
        x = self.embedding[tokens.flatten()].float()
        for layer in self.layers:
            q, *kv = self._project(layer, x, (batch, length), cosine, sine)
            k, v = (part.transpose(1, 2).flatten(0, 1) for part in kv)
            x = self._finish(layer, x, self._attend(q, k, v, mask))
        return self._normed(x, self.norm)

    @torch.no_grad()
    def extend(self, cache: Cache, rows: Tensor | slice, tokens: Tensor, starts: Tensor) -> Tensor:
        """Normed output [batch, length, hidden] of tokens [batch, length] that go on in the cache.

        `rows`: the cache's rows, a leading slice or indices; `starts`: how many tokens each holds.
        A row may be filled up at its end with any token, if `starts` leaves those out next time.
        """
        batch, length = tokens.shape
        positions = starts[:, None] + torch.arange(length)
        width = cache.grow(int(starts.max()) + length)
        cosine, sine = self.angles(positions)
        mask = torch.where(torch.arange(width) <= positions[..., None], 0.0, -math.inf)
        groups = self.config.heads // self.config.kv_heads
        mask = mask.to(self.dtype).repeat(1, groups, 1)
        mask = mask.repeat_interleave(self.config.kv_heads, dim=0)
        index = (torch.arange(batch) if isinstance(rows, slice) else rows)[:, None]
        x = self.embedding[tokens.flatten()].float()
        for i, layer in enumerate(self.layers):
            q, k, v = self._project(layer, x, (batch, length), cosine, sine)
            kept_k, kept_v = cache.keys[i], cache.values[i]
            kept_k[index, :, positions], kept_v[index, :, positions] = k, v
            k, v = (kept[rows].flatten(0, 1) for kept in (kept_k, kept_v))
            x = self._finish(layer, x, self._attend(q, k, v, mask))
        return self._normed(x, self.norm).view(batch, length, -1)

    @torch.no_grad()
    def logits(self, hidden: Tensor) -> Tensor:
        """Float32 logits [rows, vocabulary] of normed outputs [rows, hidden]."""
        return self.packed_head.product(hidden).float()

    def loss(self, tokens: Tensor, picked: Tensor, weigh: Weigh) -> tuple[Tensor, Tensor]:
        """Minus the sum of weight · log p over the picked tokens, and their log p, row by row.

        `picked` [batch, length]: which tokens count; never the first of a row. `weigh` as in
        kernels.HeadLoss.
        """
        hidden, targets = self._picked(tokens, picked)
        loss, log_p = HeadLoss.apply(hidden, self.head, targets, weigh)
        return loss, log_p

    @torch.no_grad()
    def log_p(self, tokens: Tensor, picked: Tensor) -> Tensor:
        """The picked tokens' log p, row by row."""
        hidden, targets = self._picked(tokens, picked)
        found = [
            torch.log_softmax(self.logits(hidden[rows]), 1).gather(1, targets[rows, None])[:, 0]
            for rows in (slice(i, i + HEAD_ROWS) for i in range(0, len(targets), HEAD_ROWS))
        ]
        return torch.cat(found)

    def _picked(self, tokens: Tensor, picked: Tensor) -> tuple[Tensor, Tensor]:
        """The outputs that predict the picked tokens, and these tokens."""
        positions = picked[:, 1:].flatten().nonzero()[:, 0]
        return self.hidden(tokens[:, :-1])[positions], tokens[:, 1:].flatten()[positions]

    def angles(self, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Cosine and sine of the rotary positions, [..., 1, head_dim / 2]."""
        half = self.config.head_dim // 2
        speeds = self.config.rope_theta ** (-torch.arange(half, dtype=torch.float64) / half)
        turns = (positions[..., None].double() * speeds)[..., None, :]
        return turns.cos().to(self.dtype), turns.sin().to(self.dtype)

    def _project(
        self, layer: Layer, x: Tensor, shape: tuple[int, int], cosine: Tensor, sine: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        config = self.config
        rows = [config.heads + config.kv_heads, config.kv_heads]
        both = layer.qkv(self._normed(x, layer.input_norm))
        both = both.view(*shape, sum(rows), config.head_dim)
        turned, v = both.split(rows, dim=2)
        turned = Rotary.apply(turned, cosine, sine)
        q, k = turned.split([config.heads, config.kv_heads], dim=2)
        return q, k, v

    def _attend(self, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
        """Attention of q [batch, length, heads, dim] to k and v [batch · kv_heads, length', dim].

        `mask` is added to the scores [batch · kv_heads, heads / kv_heads · length, length'].
        """
        batch, length, heads, dim = q.shape
        kv = self.config.kv_heads
        group = heads // kv
        q = q.reshape(batch, length, kv, group, dim).permute(0, 2, 3, 1, 4)
        q = q.reshape(batch * kv, group * length, dim) * (dim**-0.5)
        scores = torch.softmax(torch.baddbmm(mask, q, k.transpose(1, 2)), dim=-1)
        found = torch.bmm(scores, v).view(batch, kv, group, length, dim)
        return found.permute(0, 3, 1, 2, 4).reshape(batch * length, heads * dim)

    def _finish(self, layer: Layer, x: Tensor, attended: Tensor) -> Tensor:
        x = x + layer.output(attended)
        inner = SwiGlu.apply(layer.gate_up(self._normed(x, layer.ffn_norm)))
        return x + layer.down(inner)

    def _normed(self, x: Tensor, weight: Tensor) -> Tensor:
        result: Tensor = RmsNorm.apply(x, weight, self.config.norm_eps, self.dtype)
        return result

    def _linears(self) -> Iterator[FusedLinear]:
        for layer in self.layers:
            yield from layer.linears()

    def _norms(self) -> dict[str, Tensor]:
        norms = {"model.norm.weight": self.norm}
        for i, layer in enumerate(self.layers):
            norms[f"model.layers.{i}.input_layernorm.weight"] = layer.input_norm
            norms[f"model.layers.{i}.post_attention_layernorm.weight"] = layer.ffn_norm
        return norms


def fastest_dtype() -> torch.dtype:
    """bfloat16 where this processor multiplies it at least twice as fast as float32 (AMX does by
    seven, older processors are slower at it than at float32)."""
    taken = {}
    for dtype in (torch.float32, torch.bfloat16):
        a, b = torch.ones(512, 576, dtype=dtype), torch.ones(1536, 576, dtype=dtype)
        begun = math.inf
        for _ in range(4):
            start = time.perf_counter()
            torch.nn.functional.linear(a, b)
            begun = min(begun, time.perf_counter() - start)
        taken[dtype] = begun
    return torch.bfloat16 if taken[torch.bfloat16] * 2 < taken[torch.float32] else torch.float32
