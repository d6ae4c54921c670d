"""A model in TRL's trainer as a writer of lines (trl_compact.py), by transformers' `generate`."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any

import torch
from transformers import StoppingCriteriaList
from trl.models import unwrap_model_for_generation

from .agent_text import LINE_TOKENS
from .trl_compact import Write, Written


class LineEnds:
    """A stopping criterion: a row is done with the first token that holds a line feed."""

    def __init__(self, tokenizer: Any, size: int, device: Any) -> None:
        texts = tokenizer.batch_decode([[token] for token in range(min(size, len(tokenizer)))])
        ends = ["\n" in text for text in texts]
        self.ends = torch.tensor(ends + [False] * (size - len(ends)), device=device)

    def __call__(self, input_ids: torch.Tensor, scores: Any, **_: Any) -> torch.Tensor:
        return self.ends[input_ids[:, -1]]


def model_writer(trainer: Any) -> Write:
    """Draws lines as the trainer draws completions: its temperature, top-p, top-k and the like."""
    tokenizer, device = trainer.processing_class, trainer.accelerator.device
    ends = _line_ends(trainer, tokenizer, device)
    config = copy.deepcopy(trainer.generation_config)
    config.max_new_tokens = LINE_TOKENS

    def write(rows: Sequence[list[int]]) -> list[Written]:
        longest = max(map(len, rows))
        pad = tokenizer.pad_token_id
        ids = torch.tensor([[pad] * (longest - len(row)) + row for row in rows], device=device)
        seen = torch.tensor([[0] * (longest - len(row)) + [1] * len(row) for row in rows], device=device)
        with (
            unwrap_model_for_generation(trainer.model_wrapped, trainer.accelerator) as model,
            torch.no_grad(),
        ):
            made = model.generate(
                input_ids=ids, attention_mask=seen, generation_config=config,
                stopping_criteria=StoppingCriteriaList([ends]), return_dict_in_generate=True,
                output_scores=True,
            )  # fmt: skip
        drawn = made.sequences[:, longest:]
        log_p = torch.stack([
            step.float().log_softmax(-1).gather(1, drawn[:, i : i + 1])[:, 0]
            for i, step in enumerate(made.scores)
        ], dim=1)  # fmt: skip
        last = ends.ends[drawn] | torch.isin(drawn, torch.tensor(trainer.eos_token_ids, device=device))
        # argmax gives the first of equal ones; a row without an end was cut off.
        lengths = torch.where(last.any(1), last.int().argmax(1) + 1, drawn.shape[1]).tolist()
        return [
            Written(row[:length].tolist(), p[:length].tolist())
            for row, p, length in zip(drawn, log_p, lengths)
        ]

    return write


def _line_ends(trainer: Any, tokenizer: Any, device: Any) -> LineEnds:
    """Made once for a trainer, since it reads the whole vocabulary."""
    kept = getattr(trainer, "_sqlenv_line_ends", None)
    if kept is None:
        size = trainer.model.get_input_embeddings().weight.shape[0]
        kept = trainer._sqlenv_line_ends = LineEnds(tokenizer, size, device)
    found: LineEnds = kept
    return found
