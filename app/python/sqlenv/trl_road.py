"""The GPU road: a Qwen model trained by TRL's GRPOTrainer on episodes as tools.

    settings = TrlSettings(model="Qwen/Qwen3-0.6B")
    trainer = make_trainer(settings)
    trainer.train()

Needs torch, transformers >= 5.2, trl >= 1.0 and datasets, a GPU, and the model's weights. Nothing
here imports them before `make_trainer` does, so that `gpu_reason` can be asked anywhere.

Each rollout is one ToolEnv (sqlenv.tools): the model calls describe, sample, query and answer, and
the environment owns the reward (`get_reward`), under the preset that `reward` names.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from .catalog import Catalog, CatalogLike
from .tools import ToolEnv, dataset_rows

NEEDS = ("torch", "transformers", "trl", "datasets")


@dataclass(frozen=True)
class TrlSettings:
    model: str = "Qwen/Qwen3-0.6B"
    """a name on the Hugging Face Hub, or a folder"""
    reward: str = "v2"
    step_budget: int = 15
    steps: int = 300
    """of the optimizer"""
    prompts: int = 4
    """questions for each optimizer step"""
    group: int = 8
    """rollouts of each question"""
    rate: float = 1e-6
    kl: float = 0.001
    completion_tokens: int = 2048
    """of a whole rollout, tool results included"""
    seed: int = 0
    output: str = "build/training/qwen"
    vllm: bool = False
    """generate with vLLM in the same process; much faster where it is installed"""


def gpu_reason(find: Callable[[str], Any] = importlib.util.find_spec) -> str:
    """Why this road cannot be taken here; empty if it can."""
    missing = [name for name in NEEDS if find(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    import torch

    return "" if torch.cuda.is_available() else "torch sees no GPU"


def train_rows(catalog: CatalogLike = None, **options: Any) -> list[dict[str, Any]]:
    """The data set: a row for each train question, whose members `ToolEnv.reset` takes."""
    return dataset_rows(catalog, **{"split": "train", **options})


def environment_factory(
    settings: TrlSettings, catalog: CatalogLike = None
) -> Callable[[], ToolEnv]:
    """Makes a rollout's environment. All share one catalog."""
    shared = Catalog.of(catalog)
    return lambda: ToolEnv(shared, reward=settings.reward, step_budget=settings.step_budget)


def config_arguments(settings: TrlSettings) -> dict[str, Any]:
    """What GRPOConfig is made of."""
    return {
        "output_dir": settings.output,
        "seed": settings.seed,
        "max_steps": settings.steps,
        "learning_rate": settings.rate,
        "beta": settings.kl,
        "num_generations": settings.group,
        "per_device_train_batch_size": settings.group,
        "gradient_accumulation_steps": settings.prompts,
        "max_completion_length": settings.completion_tokens,
        "max_tool_calling_iterations": settings.step_budget,
        "mask_truncated_completions": True,
        # Thinking aloud would fill the completion before the first tool is called.
        "chat_template_kwargs": {"enable_thinking": False},
        "logging_steps": 1,
        "log_completions": True,
        "report_to": "none",
        "save_steps": 100,
        "bf16": True,
        "use_vllm": settings.vllm,
        **({"vllm_mode": "colocate"} if settings.vllm else {}),
    }


def make_trainer(
    settings: TrlSettings,
    catalog: CatalogLike = None,
    *,
    model: Any = None,
    overrides: Mapping[str, Any] | None = None,
    **trainer_arguments: Any,
) -> Any:
    """A GRPOTrainer that is ready to `train()`. `model`: an object instead of the name in the
    settings; `overrides`: members of GRPOConfig; the rest goes to GRPOTrainer.

    Raises ImportError if something in NEEDS is missing.
    """
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    shared = Catalog.of(catalog)
    return GRPOTrainer(
        model=settings.model if model is None else model,
        args=GRPOConfig(**{**config_arguments(settings), **(overrides or {})}),
        train_dataset=Dataset.from_list(train_rows(shared)),
        environment_factory=environment_factory(settings, shared),
        **trainer_arguments,
    )


def success_curve(log_history: list[dict[str, Any]]) -> list[tuple[int, float]]:
    """(step, mean reward) from a trainer's state.log_history."""
    return [(entry["step"], entry["reward"]) for entry in log_history if "reward" in entry]
