"""Text to tokens and back, with the same tokens as llama.cpp.

A byte-level BPE by the library `tokenizers`, made from the metadata of a GGUF file or from a
checkpoint's tokenizer.json. Marks such as <|im_end|> within a text are read as the special token,
as llama.cpp's server reads a prompt; nothing is put before or behind a text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from ..errors import Error
from .base import Base, PathName, find_base, need
from .gguf_file import GgufFile, read_gguf

# How a text is cut before merges apply, by llama.cpp's name. `ByteLevel` has GPT-2's pattern.
PRE_TOKENIZERS = ("smollm", "gpt-2", "llama-bpe", "qwen2")
LLAMA3_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*"
    r"|\s*[\r\n]+|\s+(?!\S)|\s+"
)
QWEN2_PATTERN = LLAMA3_PATTERN.replace(r"\p{N}{1,3}", r"\p{N}")
# Is cut differently by each of them.
PROBE = "It's 12345 IT'S\n\n  a_b, (c);\n x²\t \r\n über-all"

# llama.cpp's kinds of tokens.
NORMAL, CONTROL, USER_DEFINED, UNUSED = 1, 3, 4, 5
# Stands for a byte that has no token: what is beside it must not merge over the gap.
NO_TOKEN = "\0"


class Tokenizer:
    """Reads and writes the tokens of one model. Can be used by several threads."""

    def __init__(self, library: Any, end_id: int, vocab_size: int) -> None:
        """`library`: a `tokenizers.Tokenizer`; `vocab_size`: how many tokens the model knows."""
        self.library = library
        self.end_id = end_id
        """the token by which the model ends a text"""
        self.vocab_size = vocab_size
        newline = self.encode("\n")
        if len(newline) != 1:
            message = "the tokenizer has no token for a line's end alone: use another model"
            raise Error("BAD_MODEL", message)
        self.newline_id = newline[0]

    def encode(self, text: str) -> list[int]:
        return self._known(self.library.encode(text, add_special_tokens=False).ids)

    def encode_with_offsets(self, text: str) -> tuple[list[int], list[tuple[int, int]]]:
        """The tokens, and the range of characters of the text that each stands for.

        Tokens that share a character, of which each has some bytes, all have its range.
        """
        encoded = self.library.encode(text, add_special_tokens=False)
        ids, offsets = encoded.ids, encoded.offsets
        if max(ids, default=0) >= self.vocab_size:
            offsets = [range for one, range in zip(ids, offsets, strict=True) if self._known([one])]
        return self._known(ids), offsets

    def encode_batch(self, texts: list[str]) -> list[list[int]]:
        """`encode` for each text, on all processors."""
        encoded = self.library.encode_batch(texts, add_special_tokens=False)
        return [self._known(one.ids) for one in encoded]

    def decode(self, ids: list[int]) -> str:
        """The text of the tokens without special ones; bytes that are no UTF-8 become U+FFFD."""
        text: str = self.library.decode(ids, skip_special_tokens=True)
        return text

    def _known(self, ids: list[int]) -> list[int]:
        """The tokens that the model knows: bytes for which it has none are left out."""
        if max(ids, default=0) < self.vocab_size:
            return ids
        return [one for one in ids if one < self.vocab_size]


def load_tokenizer(source: PathName | Base | None = None) -> Tokenizer:
    """The tokenizer of a base model (see `find_base`)."""
    base = find_base(source)
    return build(gguf_vocabulary(read_gguf(base.path))) if base.is_gguf else _from_checkpoint(base)


@dataclass(frozen=True)
class Vocabulary:
    """What GGUF keeps of a byte-level BPE."""

    pre: str
    """llama.cpp's name of how a text is cut: one of PRE_TOKENIZERS"""
    tokens: list[str]
    kinds: list[int]
    """llama.cpp's kind of each token"""
    merges: list[tuple[str, str]]
    end_id: int


def build(vocabulary: Vocabulary) -> Tokenizer:
    """The tokenizer of a vocabulary."""
    tokenizers = need("tokenizers")
    known = {text: index for index, text in enumerate([*vocabulary.tokens, NO_TOKEN])}
    whole_words = vocabulary.pre == "llama-bpe"
    model = tokenizers.models.BPE(
        known, vocabulary.merges, unk_token=NO_TOKEN, ignore_merges=whole_words
    )
    library = tokenizers.Tokenizer(model)
    library.pre_tokenizer = _pre_tokenizer(vocabulary.pre)
    library.decoder = tokenizers.decoders.ByteLevel()
    for kind, special in ((CONTROL, True), (USER_DEFINED, False)):
        texts = [t for t, k in zip(vocabulary.tokens, vocabulary.kinds, strict=True) if k == kind]
        added = [tokenizers.AddedToken(text, special=special, normalized=False) for text in texts]
        (library.add_special_tokens if special else library.add_tokens)(added)
    return Tokenizer(library, vocabulary.end_id, len(vocabulary.tokens))


def _pre_tokenizer(pre: str) -> Any:
    tokenizers = need("tokenizers")
    known, byte_level = tokenizers.pre_tokenizers, tokenizers.pre_tokenizers.ByteLevel
    if pre == "gpt-2":
        return byte_level(add_prefix_space=False)
    if pre == "smollm":
        digits = known.Digits(individual_digits=True)
        return known.Sequence([digits, byte_level(add_prefix_space=False)])
    if pre in ("llama-bpe", "qwen2"):
        pattern = tokenizers.Regex(LLAMA3_PATTERN if pre == "llama-bpe" else QWEN2_PATTERN)
        split = known.Split(pattern, behavior="isolated")
        return known.Sequence([split, byte_level(add_prefix_space=False, use_regex=False)])
    message = f"the pre-tokenizer {pre!r} is not known here ({', '.join(PRE_TOKENIZERS)} are)"
    raise Error("BAD_MODEL", message + ": name another model, or a checkpoint with tokenizer.json")


def gguf_vocabulary(file: GgufFile) -> Vocabulary:
    """The vocabulary in the metadata of a GGUF file."""
    model = file.get("tokenizer.ggml.model")
    if model != "gpt2":
        message = f"{file.path} has a tokenizer of the kind {model!r}: only byte-level BPE"
        raise Error("BAD_MODEL", message + " (gpt2) can be read")
    merges = [merge.split(" ") for merge in file.get("tokenizer.ggml.merges")]
    return Vocabulary(
        pre=file.get("tokenizer.ggml.pre"),
        tokens=file.get("tokenizer.ggml.tokens"),
        kinds=file.get("tokenizer.ggml.token_type"),
        merges=[(left, right) for left, right in merges],
        end_id=int(file.get("tokenizer.ggml.eos_token_id")),
    )


def _from_checkpoint(base: Base) -> Tokenizer:
    library = _read_library(base)
    size = library.get_vocab_size(with_added_tokens=True)
    return Tokenizer(library, end_token(base, library), size)


def _read_library(base: Base) -> Any:
    """The `tokenizers.Tokenizer` in a folder's tokenizer.json."""
    path = base.path / "tokenizer.json"
    try:
        library = need("tokenizers").Tokenizer.from_file(str(path))
    except Error:
        raise
    except Exception as error:  # the library raises bare Exceptions
        message = f"{path} cannot be read ({error}): save the tokenizer again"
        raise Error("BAD_MODEL", message) from error
    library.no_truncation()
    library.no_padding()
    return library


def folder_vocabulary(base: Base, size: int) -> Vocabulary:
    """What GGUF keeps of the tokenizer in a checkpoint folder, filled up to `size` tokens."""
    library = _read_library(base)
    described = json.loads(library.to_str())
    model = described["model"]
    if model["type"] != "BPE" or described.get("normalizer"):
        message = f"{base.path / 'tokenizer.json'} is no byte-level BPE without a normalizer"
        raise Error("BAD_MODEL", message + ", and no other is written as GGUF: use another model")
    found = {index: (text, NORMAL) for text, index in model["vocab"].items()}
    for added in described["added_tokens"]:
        kind = CONTROL if added["special"] else USER_DEFINED
        found[added["id"]] = added["content"], kind
    if max(found, default=0) >= size:
        message = f"{base.path} has a token {max(found)}, and its model knows {size}"
        raise Error("BAD_MODEL", message + ": save the model and its tokenizer again")
    entries = [found.get(index, (f"[PAD{index}]", UNUSED)) for index in range(size)]
    merges = [pair.split(" ") if isinstance(pair, str) else pair for pair in model["merges"]]
    return Vocabulary(
        pre=_pre_of(base, library),
        tokens=[text for text, _ in entries],
        kinds=[kind for _, kind in entries],
        merges=[(left, right) for left, right in merges],
        end_id=end_token(base, library),
    )


def _pre_of(base: Base, library: Any) -> str:
    """llama.cpp's name of how a tokenizer cuts a text, found by cutting PROBE."""
    cut = library.pre_tokenizer.pre_tokenize_str(PROBE) if library.pre_tokenizer else []
    for pre in PRE_TOKENIZERS:
        if _pre_tokenizer(pre).pre_tokenize_str(PROBE) == cut:
            return pre
    message = f"{base.path / 'tokenizer.json'} cuts texts as none of {', '.join(PRE_TOKENIZERS)}"
    raise Error("BAD_MODEL", message + " does, so it cannot be written as GGUF: use another model")


def end_token(base: Base, library: Any) -> int:
    """The token that ends a text, as the folder's files of configuration name it."""
    for name, member in (
        ("tokenizer_config.json", "eos_token"),
        ("generation_config.json", "eos_token_id"),
        ("config.json", "eos_token_id"),
    ):
        path = base.path / name
        value = json.loads(path.read_text(encoding="utf-8")).get(member) if path.is_file() else None
        if isinstance(value, dict):  # an added token with its properties
            value = value.get("content")
        if isinstance(value, list):  # several; the first is the usual one
            value = value[0] if value else None
        if isinstance(value, str):
            value = library.token_to_id(value)
        if isinstance(value, int):
            return value
    message = f"{base.path} names no end token: add eos_token to its tokenizer_config.json"
    raise Error("BAD_MODEL", message)
