"""Texts to tokens and back, from tokenizer.json and from GGUF."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest
from sqlenv.errors import Error
from sqlenv.lm.export import export_model
from sqlenv.lm.tokenizer import LLAMA3_PATTERN, QWEN2_PATTERN, Tokenizer, load_tokenizer
from tiny_llama import CONFIG, byte_characters, write_folder, write_tokenizer
from tokenizers import Regex, pre_tokenizers

TEXTS = [
    "How many pets have died?\nspecies pet\nD pet\nQ SELECT count(*) FROM pet\nA =\n",
    "", " ", "\n", "\n\n\n", "  the\tthe \n the", "it's 12 and 1234", "ä ß 😀 e\u0301 日本 ½٣",
    "<|im_start|>user\n<|im_end|>", "<|im_end", "a\x00b\x7f\x1b", "\r\n", "tab\there",
]  # fmt: skip


@pytest.fixture(scope="module")
def from_folder(tiny_folder: Path) -> Tokenizer:
    return load_tokenizer(tiny_folder)


@pytest.fixture(scope="module")
def from_gguf(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    return load_tokenizer(export_model(tmp_path_factory.mktemp("gguf") / "x.gguf", tiny_folder))


def random_texts() -> list[str]:
    draw = random.Random(0)
    characters = [*map(chr, range(1, 128)), *"  \n\n\t", *"äßéλжא日本½²😀\u00a0\u2003\u0301", "the", "12"]
    return ["".join(draw.choices(characters, k=draw.randrange(40))) for _ in range(400)]


def test_both_forms_give_equal_tokens(from_folder: Tokenizer, from_gguf: Tokenizer) -> None:
    for text in [*TEXTS, *random_texts()]:
        assert from_gguf.encode(text) == from_folder.encode(text), text


def test_decoding_gives_the_text_again(from_gguf: Tokenizer) -> None:
    for text in [*TEXTS, *random_texts()]:
        if "<|im_" not in text:
            assert from_gguf.decode(from_gguf.encode(text)) == text


def test_special_tokens_are_read_and_not_written(from_gguf: Tokenizer) -> None:
    assert from_gguf.encode("<|im_end|>") == [from_gguf.end_id] == [2]
    assert from_gguf.decode([2, *from_gguf.encode("x"), 1]) == "x"


def test_merges_apply_within_words_and_digits_stand_alone(from_gguf: Tokenizer) -> None:
    tokens = [from_gguf.library.id_to_token(one) for one in from_gguf.encode("SELECT the 12")]
    assert tokens == ["SELECT", "Ġthe", "Ġ", "1", "2"]


def test_offsets_say_which_characters_a_token_stands_for(from_gguf: Tokenizer) -> None:
    for text in [*TEXTS, *random_texts()]:
        ids, offsets = from_gguf.encode_with_offsets(text)
        assert ids == from_gguf.encode(text)
        assert len(offsets) == len(ids)
        position = 0
        for begin, end in offsets:
            assert begin <= position <= end
            position = end
        assert position == len(text)
    text = "ä SELECT\nA =\n"
    ids, offsets = from_gguf.encode_with_offsets(text)
    assert [text[begin:end] for begin, end in offsets][-4:] == ["A", " ", "=", "\n"]


def test_a_line_ends_with_one_token_of_its_own(from_folder: Tokenizer, from_gguf: Tokenizer) -> None:
    assert from_gguf.newline_id == from_folder.newline_id
    assert from_gguf.encode("A =\n")[-1] == from_gguf.newline_id
    assert from_gguf.vocab_size == CONFIG.vocab_size


def test_a_batch_gives_what_its_texts_give(from_gguf: Tokenizer) -> None:
    assert from_gguf.encode_batch(TEXTS) == [from_gguf.encode(text) for text in TEXTS]


def test_no_merge_goes_over_a_byte_without_a_token(tiny_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(tiny_folder, tmp_path / "model")
    bell = byte_characters()[7]
    write_tokenizer(folder, missing=bell)
    tokenizer = load_tokenizer(export_model(tmp_path / "x.gguf", folder))
    ids, offsets = tokenizer.encode_with_offsets("a\x07b ab\x07")
    names = [tokenizer.library.id_to_token(one) for one in ids]
    assert names == ["a", "b", "Ġ", "ab"]
    assert offsets == [(0, 1), (2, 3), (3, 4), (4, 6)]
    assert tokenizer.encode("a\x07b ab\x07") == tokenizer.encode_batch(["a\x07b ab\x07"])[0] == ids


def split(pattern: str) -> pre_tokenizers.PreTokenizer:
    cut = pre_tokenizers.Split(Regex(pattern), behavior="isolated")
    byte_level = pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    return pre_tokenizers.Sequence([cut, byte_level])


@pytest.mark.parametrize(
    "pre_tokenizer",
    [pre_tokenizers.ByteLevel(add_prefix_space=False), split(LLAMA3_PATTERN), split(QWEN2_PATTERN)],
)
def test_other_ways_to_cut_a_text_are_recognised(
    tmp_path: Path, pre_tokenizer: pre_tokenizers.PreTokenizer
) -> None:
    folder = write_folder(tmp_path / "model")
    write_tokenizer(folder, pre_tokenizer)
    before, after = load_tokenizer(folder), load_tokenizer(export_model(tmp_path / "x.gguf", folder))
    for text in [*TEXTS, *random_texts()]:
        assert after.encode(text) == before.encode(text), text


def test_an_unknown_way_to_cut_a_text_is_not_written(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model")
    write_tokenizer(folder, split(r"\S+|\s+"))
    with pytest.raises(Error) as caught:
        export_model(tmp_path / "x.gguf", folder)
    assert caught.value.code == "BAD_MODEL"
    assert "smollm" in caught.value.message


def test_a_folder_must_name_its_end_token(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "model")
    (folder / "tokenizer_config.json").unlink()
    with pytest.raises(Error) as caught:
        load_tokenizer(folder)
    assert "eos_token" in caught.value.message
    (folder / "generation_config.json").write_text('{"eos_token_id": [0, 2]}', encoding="utf-8")
    assert load_tokenizer(folder).end_id == 0
