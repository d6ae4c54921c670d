"""A tiny random Llama in a checkpoint folder, with a byte-level BPE of its own."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from sqlenv.lm.config import ModelConfig
from sqlenv.lm.safetensors_file import write_safetensors
from sqlenv.lm.weights import Weights, weight_shapes

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
MERGES = [("Ġ", "t"), ("Ġt", "h"), ("Ġth", "e"), ("S", "E"), ("L", "E"), ("C", "T"), ("SE", "LE"),
          ("SELE", "CT"), ("Q", "Ġ"), ("1", "2"), ("Ã", "¤"), ("a", "b"), ("Ċ", "Ċ")]  # fmt: skip
CONFIG = ModelConfig(vocab_size=288, hidden=64, layers=2, heads=4, kv_heads=2, ffn=96)


def byte_characters() -> list[str]:
    """GPT-2's printable character of each byte."""
    shown = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in shown]
    characters = {byte: chr(byte) for byte in shown}
    characters |= {byte: chr(256 + index) for index, byte in enumerate(hidden)}
    return [characters[byte] for byte in range(256)]


def random_weights(config: ModelConfig, seed: int = 0) -> Weights:
    """Weights that are large enough for tokens to differ clearly in likelihood."""
    draw = np.random.default_rng(seed)
    return {
        name: draw.normal(1 if len(shape) == 1 else 0, 0.2, shape).astype(np.float32)
        for name, shape in weight_shapes(config).items()
    }


def write_tokenizer(folder: Path, pre_tokenizer: Any = None, missing: str = "") -> None:
    """tokenizer.json and tokenizer_config.json. `missing`: characters of bytes without a token."""
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

    words = [*SPECIAL, *(one for one in byte_characters() if one not in missing)]
    words += ["".join(pair) for pair in MERGES]
    vocabulary = {word: index for index, word in enumerate(words)}
    library = Tokenizer(models.BPE(vocabulary, MERGES))
    library.pre_tokenizer = pre_tokenizer or pre_tokenizers.Sequence([
        pre_tokenizers.Digits(individual_digits=True),
        pre_tokenizers.ByteLevel(add_prefix_space=False),
    ])  # fmt: skip
    library.decoder = decoders.ByteLevel()
    library.add_special_tokens([AddedToken(text, special=True, normalized=False) for text in SPECIAL])
    library.save(str(folder / "tokenizer.json"))
    text = json.dumps({"eos_token": "<|im_end|>"})
    (folder / "tokenizer_config.json").write_text(text, encoding="utf-8")


def write_config(folder: Path, config: ModelConfig, **changes: Any) -> None:
    described = {
        "model_type": "llama",
        "vocab_size": config.vocab_size,
        "hidden_size": config.hidden,
        "num_hidden_layers": config.layers,
        "num_attention_heads": config.heads,
        "num_key_value_heads": config.kv_heads,
        "intermediate_size": config.ffn,
        "rope_theta": config.rope_theta,
        "rms_norm_eps": config.norm_eps,
        "tie_word_embeddings": config.tied,
        "max_position_embeddings": 512,
    }
    text = json.dumps(described | changes)
    (folder / "config.json").write_text(text, encoding="utf-8")


def write_folder(folder: Path, seed: int = 0, **changes: Any) -> Path:
    """A checkpoint folder; `changes` are members of ModelConfig."""
    config = replace(CONFIG, **changes)
    folder.mkdir(parents=True)
    write_config(folder, config)
    write_tokenizer(folder)
    write_safetensors(folder / "model.safetensors", random_weights(config, seed))
    return folder
