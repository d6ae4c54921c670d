"""The road trl: a larger language model on a GPU, by TRL's GRPOTrainer on tool calls."""

from __future__ import annotations

from typing import Any, ClassVar

from ...catalog import Catalog
from ...lm.players import Player
from ...trl_training import (
    NEEDS,
    TrlSettings,
    chat_player,
    gpu_reason,
    make_trainer,
    model_completer,
    success_curve,
)
from .road import AFTER, BEFORE, Curve, MakePlayer, Road, RoadOptions

QUICK = {"steps": 2, "prompts": 1, "group": 2, "completion_tokens": 64}
QUICK_QUESTIONS = 10
FULL_QUESTIONS = 60
"""of each set: episodes are played one after another"""


class TrlRoad(Road):
    """Trains on the bundled train questions. If quick, it shows that all runs, not that it learns."""

    name: ClassVar[str] = "trl"
    needs: ClassVar[dict[str, str]] = NEEDS
    cost: ClassVar[str] = (
        "It is about 3 GB to download and 6 GB on the disk, and fetches the model besides. It needs a GPU, on "
        "which training takes hours."
    )

    def __init__(self, options: RoadOptions) -> None:
        super().__init__(options)
        self.sets = ("starter", "seen")
        self.limit = QUICK_QUESTIONS if options.quick else FULL_QUESTIONS
        named: dict[str, Any] = {"model": options.model} if options.model else {}
        quick: dict[str, Any] = QUICK if options.quick else {}
        self.settings = TrlSettings(
            seed=options.seed, output=str(self.out / "trl"), cpu=options.without_gpu,
            **options.rewards, **named, **quick,
        )  # fmt: skip
        self.trainer: Any = None

    @classmethod
    def missing(cls, options: RoadOptions) -> str:
        return gpu_reason(cpu=options.without_gpu)

    def train(self) -> None:
        print(self.settings, flush=True)
        self.trainer = make_trainer(self.settings, Catalog())
        self.trainer.train()

    def curves(self) -> dict[str, Curve]:
        points = success_curve(self.trainer.state.log_history)
        return {"grpo": [{"iteration": step, "return": reward} for step, reward in points]}

    def agents(self) -> dict[str, MakePlayer]:
        return {BEFORE: self._before, AFTER: lambda: self._player(self.trainer.model)}

    def _before(self) -> Player:
        from transformers import AutoModelForCausalLM

        model = AutoModelForCausalLM.from_pretrained(self.settings.model)
        return self._player(model.to(self.trainer.model.device))

    def _player(self, model: Any) -> Player:
        tokenizer, template = self.trainer.processing_class, self.trainer.chat_template
        return chat_player(model_completer(model, tokenizer, template))
