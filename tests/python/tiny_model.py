"""A tiny Qwen3 model with random weights and a tokenizer of its own, made on the spot.

It stands in for Qwen/Qwen3-0.6B where the trainer's code is what is tested: same architecture, same
splitting of text, same chat template (which TRL ships), a hundred-thousandth of the weights. Left
random it talks nonsense; `imitate` teaches it a few conversations by heart, well enough to sample
them again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlenv.tools import ToolEnv
from sqlenv.trl_training import TOOLS

END, TEXT_END = "<|im_end|>", "<|endoftext|>"
SPECIAL = [TEXT_END, "<|im_start|>", END]
# Not special tokens, so decoding keeps them.
MARKS = ["<tool_call>", "</tool_call>", "<tool_response>", "</tool_response>", "<think>", "</think>"]


def call_text(name: str, **arguments: Any) -> str:
    """A tool call as Qwen3 writes it."""
    return f"<tool_call>\n{json.dumps({'name': name, 'arguments': arguments})}\n</tool_call>"


def conversation(env: ToolEnv, row: dict[str, Any], turns: Sequence[str]) -> list[dict[str, Any]]:
    """The prompt and messages of one rollout with the model's `turns` and the tools' results."""
    messages = [dict(message) for message in row["prompt"]]
    messages[-1]["content"] += env.reset(**{k: v for k, v in row.items() if k != "prompt"})
    for text in turns:
        messages.append({"role": "assistant", "content": text})
        if text.startswith("<tool_call>"):
            call = json.loads(text.removeprefix("<tool_call>").removesuffix("</tool_call>"))
            result = getattr(env, call["name"])(**call["arguments"])
            messages.append({"role": "tool", "name": call["name"], "content": result})
    return messages


def make_tokenizer(texts: Sequence[str], size: int = 1500) -> Any:
    """Byte-level BPE as Qwen's, trained on `texts`; END ends a turn."""
    from transformers import AddedToken, Qwen2Tokenizer
    from trl.chat_template_utils import qwen3_chat_template

    tokenizer = Qwen2Tokenizer().train_new_from_iterator(texts, vocab_size=size)
    tokenizer.add_special_tokens({"eos_token": END, "pad_token": TEXT_END})
    tokenizer.add_tokens([AddedToken(token, special=True) for token in SPECIAL])
    tokenizer.add_tokens([AddedToken(token, special=False) for token in MARKS])
    tokenizer.chat_template = qwen3_chat_template
    return tokenizer


def make_model(tokenizer: Any, *, width: int = 64, layers: int = 2, seed: int = 0) -> Any:
    import torch
    from transformers import Qwen3Config, Qwen3ForCausalLM

    torch.manual_seed(seed)
    return Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=4 * width,
            num_hidden_layers=layers,
            num_attention_heads=4,
            num_key_value_heads=2,
            head_dim=width // 4,
            max_position_embeddings=4096,
            tie_word_embeddings=True,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=None,
        )
    )


def render(tokenizer: Any, messages: Sequence[dict[str, Any]]) -> tuple[list[int], list[int]]:
    """Token ids of a conversation as in training, and a mask of those that the model generates."""
    from trl.chat_template_utils import get_training_chat_template

    env = ToolEnv()
    done = tokenizer.apply_chat_template(
        messages,
        tools=[getattr(env, name) for name in TOOLS],
        chat_template=get_training_chat_template(tokenizer),
        return_dict=True,
        return_assistant_tokens_mask=True,
    )
    return done["input_ids"], done["assistant_masks"]


def imitate(
    model: Any, tokenizer: Any, conversations: Sequence[Any], *, steps: int, rate: float = 2e-2
) -> float:
    """Overfits the conversations, all in each step; gives the last loss for each token."""
    import torch

    rendered = [render(tokenizer, messages) for messages in conversations]
    longest = max(len(ids) for ids, _ in rendered)
    ids = torch.full((len(rendered), longest), tokenizer.pad_token_id)
    labels = torch.full((len(rendered), longest), -100)
    for row, (tokens, mask) in enumerate(rendered):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        own = torch.tensor(mask, dtype=torch.bool)
        labels[row, : len(tokens)][own] = torch.tensor(tokens)[own]
    optimizer = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps)
    model.train()
    for _ in range(steps):
        loss = model(input_ids=ids, labels=labels, attention_mask=ids != tokenizer.pad_token_id).loss
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return float(loss.detach())


def save(model: Any, tokenizer: Any, folder: Path) -> Path:
    """Writes a folder that can be named as a model."""
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return folder
