"""What imitation and GRPO share: the model and its folder, steps of the optimiser, progress.

A run keeps its state every `--save-seconds`, and once more when it is interrupted by Ctrl-C or
SIGTERM, and goes on from there when it is started again with the same options.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import torch

from .adapter import Adapter, apply_adapter, read_adapter, write_adapter
from .base import Base, find_base
from .checkpoint import RunFolder
from .kernels import fused
from .model import LanguageModel, fastest_dtype
from .tokenizer import Tokenizer, load_tokenizer
from .weights import load_weights

ADAPTER = "adapter.safetensors"
DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16}


def add_model_arguments(parser: argparse.ArgumentParser) -> None:
    """The options that name a model and how it is trained."""
    parser.add_argument(
        "--model", help="base: a GGUF file, a checkpoint folder or a hub's name (default: SmolLM2)"
    )
    parser.add_argument("--adapter", type=Path, help="begin with this adapter")
    parser.add_argument(
        "--full", action="store_true", help="train every layer's weights in place of an adapter"
    )
    parser.add_argument("--rank", type=int, default=32, help="of the adapter")
    parser.add_argument("--alpha", type=float, default=64.0, help="of the adapter")
    parser.add_argument(
        "--dtype", choices=sorted(DTYPES), help="of products (default: the faster one here)"
    )
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 1, help="of torch")
    parser.add_argument("--seed", type=int, default=0, help="of everything that is drawn")
    parser.add_argument(
        "--save-seconds", type=float, default=45, help="between savings of the state"
    )
    parser.add_argument(
        "--no-compile", dest="compile", action="store_false", help="do without torch.compile"
    )


class Trainee:
    """A model in training: the base, what is trained, its optimiser."""

    def __init__(self, options: argparse.Namespace) -> None:
        torch.set_num_threads(options.threads)
        self.base: Base = find_base(options.model)
        self.tokenizer: Tokenizer = load_tokenizer(self.base)
        config, weights = load_weights(self.base)
        given = read_adapter(options.adapter, self.base.digest) if options.adapter else None
        if options.full and given:
            weights = apply_adapter(weights, given, self.base.digest)
        dtype = DTYPES[options.dtype] if options.dtype else fastest_dtype()
        self.model = LanguageModel(config, weights, dtype)
        if options.full:
            self.model.train_in_full()
        elif given:
            self.model.adapt(given.rank, given.alpha, options.seed)
            self.model.load_factors(given.factors)
        else:
            self.model.adapt(options.rank, options.alpha, options.seed)
        if options.compile:
            fused.compile()
        self.parameters = self.model.parameters()
        self.optimiser = torch.optim.AdamW(
            list(self.parameters.values()), lr=0.0, betas=(0.9, 0.99), weight_decay=0.0
        )

    def step(self, rate: float, largest_norm: float = 1.0) -> float:
        """One step along the gradient, which is cut to a norm; gives the norm it had."""
        norm = torch.nn.utils.clip_grad_norm_(list(self.parameters.values()), largest_norm)
        for group in self.optimiser.param_groups:
            group["lr"] = rate
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        self.model.refresh()
        return float(norm)

    def state(self) -> dict[str, Any]:
        return {
            "parameters": {name: value.detach() for name, value in self.parameters.items()},
            "optimiser": self.optimiser.state_dict(),
        }

    def load_state(self, state: Mapping[str, Any]) -> None:
        self.model.load_parameters(state["parameters"])
        self.optimiser.load_state_dict(state["optimiser"])

    def save_adapter(self, path: Path, facts: Mapping[str, Any]) -> None:
        """The adapter as float16, with facts about its training."""
        adapter = Adapter(
            self.base.digest, self.model.rank, self.model.alpha, self.model.factors(), dict(facts)
        )
        write_adapter(path, adapter)


class Saver:
    """Keeps a run's state every so many seconds. `state`: gives it."""

    def __init__(
        self, folder: RunFolder, state: Callable[[], Mapping[str, Any]], seconds: float
    ) -> None:
        self._folder = folder
        self._seconds = seconds
        self._state = state
        self._saved = time.monotonic()
        self.stopping = False

    def tick(self, *, force: bool = False) -> None:
        if force or self.stopping or time.monotonic() - self._saved > self._seconds:
            self._folder.save(self._state())
            self._saved = time.monotonic()

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        """Within, Ctrl-C and SIGTERM set `stopping` in place of ending the program; the second
        Ctrl-C ends it."""

        def stop(number: int, _: object) -> None:
            if self.stopping and number == signal.SIGINT:
                raise KeyboardInterrupt
            self.stopping = True
            print("stopping after this step", flush=True)

        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def time_text(seconds: float) -> str:
    """1:02:03 or 2:03"""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
