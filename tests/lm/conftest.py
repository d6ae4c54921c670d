"""What the tests of sqlenv.lm need: the package, and a tiny random model of SmolLM2's architecture.

They run in build/deps/venv-lm, on Debian's torch and NumPy. test_smollm2.py also runs in
build/deps/venv-model, where the real weights and llama.cpp are (`make model-test`).
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

# Before NumPy and torch are loaded: on tiny matrices threads only wait for each other, and for minutes
# on a busy machine.
os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).resolve().parents[2]
BUILD = Path(os.environ.get("SQLENV_NATIVE_BUILD", ROOT / "build" / "native"))
BUILT = BUILD / "python"
# What reads and writes models needs no compiled module, so the sources serve where none was built.
PACKAGE = BUILT if list(BUILT.glob("sqlenv/_core*.so")) else ROOT / "app" / "python"

sys.path[:0] = [str(PACKAGE), str(Path(__file__).parent)]


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkpoint folder of a tiny random model."""
    from tiny_llama import write_folder

    return write_folder(tmp_path_factory.mktemp("model") / "tiny")
