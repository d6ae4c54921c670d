"""Adapters: what training has changed in a base model, two narrow matrices for each linear layer.

The change of a weight is (alpha / rank) · B · A. A file is safetensors: `….lora_a` [rank, inputs]
and `….lora_b` [outputs, rank] as float32 (checkpoints), float16, or int8 with a scale for each row
(`….lora_a.scale`), and metadata that names the base model by its digest. Equal adapters give equal
bytes, and applying one gives equal weights on every machine and with any number of threads.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import Error
from .base import PathName
from .safetensors_file import read_safetensors, write_safetensors
from .weights import Weights

Array: TypeAlias = npt.NDArray[np.float32]

FORMAT = "sqlenv-adapter/1"
TYPES = ("float32", "float16", "int8")
# float64 holds 53 bits exactly: two factors of these bits, and six for a sum of 64 members.
FACTOR_BITS = 23
LARGEST_RANK = 64


@dataclass
class Adapter:
    """A change of a base model."""

    base_digest: str
    """of the weights that it was trained on: `Base.digest`"""
    rank: int
    alpha: float
    factors: dict[str, tuple[Array, Array]]
    """A [rank, inputs] and B [outputs, rank] of each changed layer: model.layers.0.mlp.up_proj"""
    facts: dict[str, Any] = field(default_factory=dict)
    """of the training, for people: whatever JSON can hold"""

    @property
    def targets(self) -> list[str]:
        """The kinds of layers that are changed: mlp.up_proj, …"""
        return sorted({name.split(".", 3)[-1] for name in self.factors})


def write_adapter(path: PathName, adapter: Adapter, type: str = "float16") -> None:
    """Writes the file whole or not at all. `type`: one of TYPES."""
    if type not in TYPES:
        raise Error("BAD_OPTION", f"adapters can be {', '.join(TYPES)}, not {type!r}: name one")
    _check(adapter, "the adapter")
    tensors: dict[str, npt.NDArray[Any]] = {}
    for name, pair in adapter.factors.items():
        for part, values in zip(("lora_a", "lora_b"), pair, strict=True):
            tensors |= _stored(f"{name}.{part}", values, type)
    metadata = {
        "format": FORMAT,
        "base": adapter.base_digest,
        "rank": str(adapter.rank),
        "alpha": json.dumps(adapter.alpha),
        "targets": ",".join(adapter.targets),
        "type": type,
        "facts": json.dumps(adapter.facts, sort_keys=True, ensure_ascii=False),
    }
    write_safetensors(Path(path), tensors, metadata)


def read_adapter(path: PathName, base_digest: str | None = None) -> Adapter:
    """Reads an adapter as float32, and checks that it belongs to the base model of that digest."""
    where = Path(path)
    if not where.is_file():
        raise Error("NOT_FOUND", f"there is no adapter {where}: train one, or name another file")
    tensors, metadata = read_safetensors(where)
    if metadata.get("format") != FORMAT:
        raise Error("BAD_MODEL", f"{where} is no adapter ({FORMAT}): name a file of write_adapter")
    try:
        halves = {name: _restored(tensors, name) for name in tensors if not _is_scale(name)}
        names = [name.removesuffix(".lora_a") for name in halves if name.endswith(".lora_a")]
        adapter = Adapter(
            base_digest=metadata["base"],
            rank=int(metadata["rank"]),
            alpha=float(metadata["alpha"]),
            factors={n: (halves[f"{n}.lora_a"], halves[f"{n}.lora_b"]) for n in sorted(names)},
            facts=json.loads(metadata["facts"]),
        )
    except (KeyError, ValueError) as error:
        message = f"{where} is no whole adapter ({error}): make or fetch it again"
        raise Error("BAD_MODEL", message) from error
    _check(adapter, str(where))
    if base_digest is not None:
        check_base(adapter, base_digest)
    return adapter


def check_base(adapter: Adapter, base_digest: str) -> None:
    """Raises `Error` (MISMATCH) unless the adapter was trained on the model of this digest."""
    if adapter.base_digest != base_digest:
        message = (
            f"the adapter was trained on the model of SHA-256 {adapter.base_digest[:16]}…, and "
            f"this one has {base_digest[:16]}…: name the base model that it was trained on"
        )
        raise Error("MISMATCH", message)


def apply_adapter(weights: Weights, adapter: Adapter, base_digest: str) -> Weights:
    """The weights with the adapter's change. `weights`, read from the model of `base_digest`, stay
    as they are and share their memory with what is unchanged."""
    check_base(adapter, base_digest)
    changed = dict(weights)
    for name, (a, b) in adapter.factors.items():
        weight = weights.get(f"{name}.weight")
        if weight is None or weight.shape != (b.shape[0], a.shape[1]):
            found = "no such layer" if weight is None else f"one of {weight.shape}"
            message = (
                f"the adapter changes {name} of the shape {(b.shape[0], a.shape[1])}, and the "
                f"model has {found}: name the base model that it was trained on"
            )
            raise Error("MISMATCH", message)
        change = exact_product(b, a) * (adapter.alpha / adapter.rank)
        changed[f"{name}.weight"] = weight + change.astype(np.float32)
    return changed


def exact_product(left: Array, right: Array) -> npt.NDArray[np.float64]:
    """The matrix product, the same to the last bit in whatever order its sums are taken.

    Both factors are rounded to 23 bits below their largest member, so that float64 holds every sum
    without rounding. Otherwise the result would depend on the processor and the number of threads.
    """
    if left.shape[1] > LARGEST_RANK:
        raise Error("BAD_OPTION", f"ranks above {LARGEST_RANK} are not supported: use a lower one")
    product: npt.NDArray[np.float64] = _fixed_point(left) @ _fixed_point(right)
    return product


def _fixed_point(values: Array) -> npt.NDArray[np.float64]:
    largest = float(np.abs(values).max(initial=0.0))
    _, exponent = np.frexp(largest)
    unit = np.ldexp(1.0, int(exponent) - FACTOR_BITS)
    fixed: npt.NDArray[np.float64] = np.rint(values.astype(np.float64) / unit) * unit
    return fixed


def _stored(name: str, values: Array, type: str) -> dict[str, npt.NDArray[Any]]:
    if type != "int8":
        return {name: values.astype(type)}
    largest = np.abs(values).max(axis=1, keepdims=True)
    scale = (largest / 127).astype(np.float32)
    steps = values / np.where(scale > 0, scale, 1)
    return {name: np.rint(steps).astype(np.int8), f"{name}.scale": scale[:, 0]}


def _restored(tensors: Mapping[str, npt.NDArray[Any]], name: str) -> Array:
    values = np.array(tensors[name], np.float32)
    if tensors[name].dtype == np.int8:
        return values * np.array(tensors[f"{name}.scale"], np.float32)[:, None]
    return values


def _is_scale(name: str) -> bool:
    return name.endswith(".scale")


def _check(adapter: Adapter, where: str) -> None:
    """Raises `Error` for factors whose shapes do not fit to the rank, and for what is no number."""
    for name, (a, b) in adapter.factors.items():
        if a.ndim != 2 or b.ndim != 2 or a.shape[0] != adapter.rank or b.shape[1] != adapter.rank:
            message = f"{where} has {name} of the shapes {a.shape} and {b.shape}, not of rank "
            raise Error("BAD_MODEL", message + f"{adapter.rank}: make it again")
        if not (np.isfinite(a).all() and np.isfinite(b).all()):
            raise Error("BAD_MODEL", f"{where} has infinite numbers in {name}: train it again")
    if not adapter.factors or not 0 < adapter.rank <= LARGEST_RANK:
        message = f"{where} changes {len(adapter.factors)} layers by rank {adapter.rank}"
        raise Error("BAD_MODEL", f"{message}: make it of rank 1 to {LARGEST_RANK}")
