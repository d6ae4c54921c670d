"""Reads GGUF files: their metadata and where their tensors lie.

The package `gguf` has a reader too, which takes seconds for the 98,000 texts of a vocabulary;
this one takes a tenth of one. Tensors are expanded, shrunk and written by that package.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import Error
from .base import need

Bytes: TypeAlias = npt.NDArray[np.uint8]

STRING, ARRAY = 8, 9
# The numbers among GGUF's types of values.
NUMBERS = {0: "<u1", 1: "<i1", 2: "<u2", 3: "<i2", 4: "<u4", 5: "<i4", 6: "<f4", 7: "|b1",
           10: "<u8", 11: "<i8", 12: "<f8"}  # fmt: skip
ALIGNMENT = "general.alignment"


@dataclass(frozen=True)
class Value:
    """A value of the metadata with GGUF's number of its type, and that of an array's members."""

    type: int
    content: Any
    member_type: int | None = None


@dataclass(frozen=True)
class Tensor:
    """A tensor as it lies in the file."""

    shape: tuple[int, ...]
    """in NumPy's order: the last dimension is the one whose members lie side by side"""
    type: int
    """GGML's number of how it is quantised"""
    data: Bytes
    """mapped, not yet read"""

    def expanded(self) -> npt.NDArray[np.float32]:
        """Its values, in memory of their own."""
        gguf = need("gguf")
        kind = gguf.GGMLQuantizationType(self.type)
        if kind == gguf.GGMLQuantizationType.F32:
            return np.array(self.data.view("<f4"), np.float32).reshape(self.shape)
        rows = self.data.reshape(*self.shape[:-1], -1)
        if kind == gguf.GGMLQuantizationType.F16:
            rows = rows.view("<f2")
        return np.array(gguf.quants.dequantize(rows, kind), np.float32).reshape(self.shape)


@dataclass(frozen=True)
class GgufFile:
    """What a GGUF file holds, in the file's order."""

    path: Path
    metadata: dict[str, Value]
    tensors: dict[str, Tensor]

    def get(self, name: str, default: Any = None) -> Any:
        """A value of the metadata; `Error` if there is neither one nor a default."""
        if name in self.metadata:
            return self.metadata[name].content
        if default is None:
            message = f"{self.path} has no metadata {name}: name another GGUF file"
            raise Error("BAD_MODEL", message)
        return default


def read_gguf(path: Path) -> GgufFile:
    """Reads the metadata; the tensors are mapped."""
    try:
        data = np.memmap(path, np.uint8, "r").view(np.ndarray)
        return _Cursor(data).file(path)
    except (ValueError, KeyError, IndexError, struct.error, UnicodeDecodeError) as error:
        message = f"{path} is no whole GGUF file ({error}): make or fetch it again"
        raise Error("BAD_MODEL", message) from error


class _Cursor:
    """Reads one thing after the other."""

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._at = 0

    def file(self, path: Path) -> GgufFile:
        magic, version = self._numbers("<u4", 2)
        if magic != int.from_bytes(b"GGUF", "little") or version not in (2, 3):
            raise ValueError("it does not begin as version 2 or 3 of the format does")
        tensor_count, value_count = self._numbers("<u8", 2)
        metadata = {self._text(): self._value() for _ in range(value_count)}
        found = [self._tensor_info() for _ in range(tensor_count)]
        alignment = metadata[ALIGNMENT].content if ALIGNMENT in metadata else 32
        begin = -(-self._at // alignment) * alignment
        tensors = {
            name: self._tensor(shape, kind, begin + offset) for name, shape, kind, offset in found
        }
        return GgufFile(path, metadata, tensors)

    def _bytes(self, count: int) -> Bytes:
        begin, self._at = self._at, self._at + count
        if count < 0 or self._at > self._data.size:
            raise ValueError("it ends too early")
        return self._data[begin : self._at]

    def _numbers(self, code: str, count: int) -> list[Any]:
        values: list[Any] = self._bytes(np.dtype(code).itemsize * count).view(code).tolist()
        return values

    def _text(self) -> str:
        length = int.from_bytes(self._bytes(8).tobytes(), "little")
        return self._bytes(length).tobytes().decode()

    def _value(self) -> Value:
        (kind,) = self._numbers("<u4", 1)
        if kind != ARRAY:
            single = self._text() if kind == STRING else self._numbers(NUMBERS[kind], 1)[0]
            return Value(kind, single)
        (member,) = self._numbers("<u4", 1)
        (count,) = self._numbers("<u8", 1)
        if member == STRING:
            return Value(kind, [self._text() for _ in range(count)], member)
        return Value(kind, self._numbers(NUMBERS[member], count), member)

    def _tensor_info(self) -> tuple[str, tuple[int, ...], int, int]:
        name = self._text()
        (dimensions,) = self._numbers("<u4", 1)
        shape = tuple(reversed(self._numbers("<u8", dimensions)))
        (kind,) = self._numbers("<u4", 1)
        (offset,) = self._numbers("<u8", 1)
        return name, shape, kind, offset

    def _tensor(self, shape: tuple[int, ...], kind: int, begin: int) -> Tensor:
        gguf = need("gguf")
        block, size = gguf.GGML_QUANT_SIZES[gguf.GGMLQuantizationType(kind)]
        count = 1
        for length in shape:
            count *= length
        self._at = begin
        return Tensor(shape, kind, self._bytes(count // block * size))
