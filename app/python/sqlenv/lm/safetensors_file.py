"""Reads and writes safetensors files with NumPy alone.

The format is a little-endian length, a header in JSON, then the tensors' bytes. The library
`safetensors` reads what is written here. It is not used, since NumPy has no bfloat16, which
checkpoints have, and since it writes the metadata in an order that differs from run to run.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from ..errors import Error

Array: TypeAlias = npt.NDArray[Any]

TYPES = {
    "F64": "<f8", "F32": "<f4", "F16": "<f2", "BF16": "<u2",
    "I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "|i1", "U8": "|u1",
}  # fmt: skip
NAMES = {np.dtype(code): name for name, code in TYPES.items() if name != "BF16"}
LONGEST_HEADER = 100_000_000


def read_safetensors(path: Path) -> tuple[dict[str, Array], dict[str, str]]:
    """The tensors (mapped, not yet read; bfloat16 as float32) and the metadata of a file."""
    try:
        header, begin = _read_header(path)
        metadata = header.pop("__metadata__", {})
        data = np.memmap(path, np.uint8, "r", offset=begin) if header else np.empty(0, np.uint8)
        return {name: _tensor(data, entry) for name, entry in header.items()}, metadata
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        message = f"{path} is no whole safetensors file ({error}): make or fetch it again"
        raise Error("BAD_MODEL", message) from error


def write_safetensors(
    path: Path, tensors: Mapping[str, Array], metadata: Mapping[str, str] | None = None
) -> None:
    """Writes the file whole or not at all. Equal tensors and metadata give equal bytes."""
    header: dict[str, Any] = {}
    if metadata:
        header["__metadata__"] = dict(sorted(metadata.items()))
    # The format wants no gaps, and readers want aligned tensors: the widest types come first.
    order = sorted(tensors, key=lambda name: (-tensors[name].dtype.itemsize, name))
    position = 0
    for name in order:
        end = position + tensors[name].nbytes
        header[name] = {
            "dtype": NAMES[tensors[name].dtype.newbyteorder("<")],
            "shape": list(tensors[name].shape),
            "data_offsets": [position, end],
        }
        position = end
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=True).encode()
    text += b" " * (-len(text) % 8)
    part = path.with_name(path.name + ".part")
    with part.open("wb") as file:
        file.write(len(text).to_bytes(8, "little") + text)
        for name in order:
            little = tensors[name].dtype.newbyteorder("<")
            file.write(np.ascontiguousarray(tensors[name], little).tobytes())
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)


def _read_header(path: Path) -> tuple[dict[str, Any], int]:
    """The header, and where the tensors begin."""
    with path.open("rb") as file:
        length = int.from_bytes(file.read(8), "little")
        if not 2 <= length <= min(LONGEST_HEADER, path.stat().st_size - 8):
            raise ValueError("its header has no sensible length")
        return json.loads(file.read(length)), 8 + length


def _tensor(data: Array, entry: dict[str, Any]) -> Array:
    begin, end = entry["data_offsets"]
    if not 0 <= begin <= end <= data.size:
        raise ValueError("a tensor ends beyond the file")
    values = data[begin:end].view(TYPES[entry["dtype"]]).reshape(entry["shape"])
    if entry["dtype"] == "BF16":
        return (values.astype(np.uint32) << 16).view(np.float32)
    return values
