"""The road numpy: the log-linear policy of sqlenv.learn, trained from reward alone."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from ...lm.held_out import LEFT_OUT_DATABASES
from ...lm.players import policy_player
from ..experiment import SHARES, Plan, train_catalogs
from ..grpo import Progress, Settings, Training, train
from ..model import Floats
from ..reference import reference_weights
from ..trained import LearnedPolicy
from .road import AFTER, BEFORE, Curve, MakePlayer, Road, RoadOptions

QUICK_QUESTIONS = 60
"""of each held-out set"""


class NumpyRoad(Road):
    """Trains on all bundled databases but two, about which it is asked afterwards. If quick, it is
    asked less."""

    name: ClassVar[str] = "numpy"
    needs: ClassVar[dict[str, str]] = {}
    cost: ClassVar[str] = "It installs nothing and takes less than a minute."

    def __init__(self, options: RoadOptions) -> None:
        super().__init__(options)
        self.sets = ("left_out", "starter")
        self.limit = QUICK_QUESTIONS if options.quick else 0
        self.settings = Settings(seed=options.seed, **options.rewards)
        self.training: Training | None = None

    def train(self) -> None:
        plan = Plan(out=self.out, settings=self.settings)
        sources = list(zip(train_catalogs(plan), SHARES))
        print(self.settings, flush=True)
        self.training = train(
            sources, self.settings, without=LEFT_OUT_DATABASES, report=self._report
        )
        np.savez_compressed(self.out / "policy.npz", weights=self.training.weights)

    def curves(self) -> dict[str, Curve]:
        history = self.training.history if self.training else []
        return {
            "grpo": [
                {
                    "iteration": entry.iteration + 1,
                    "return": entry.mean_return,
                    "success": {"questions trained on (drawn)": entry.success},
                }
                for entry in history
            ]
        }

    def agents(self) -> dict[str, MakePlayer]:
        """Before training choices are drawn, since the likeliest are the same in every episode."""
        assert self.training is not None, "train first"
        after = self.training.weights
        return {
            BEFORE: lambda: policy_player(LearnedPolicy(reference_weights(), drawn=True)),
            AFTER: lambda: policy_player(LearnedPolicy(after)),
        }

    def _report(self, progress: Progress, _: Floats) -> None:
        if progress.iteration % max(1, self.settings.iterations // 10) == 0:
            print(
                f"iteration {progress.iteration:3}: {100 * progress.success:5.1f} % right, "
                f"return {progress.mean_return:.3f}, {progress.mean_steps:.1f} steps",
                flush=True,
            )
