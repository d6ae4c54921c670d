"""Training on a GPU: a Qwen model, by TRL's GRPOTrainer, on episodes as tools.

    settings = TrlSettings(model="Qwen/Qwen3-0.6B")
    trainer = make_trainer(settings)
    trainer.train()

Needs torch, transformers >= 5.13, trl >= 1.16, datasets and accelerate, a GPU, and the model's
weights. Only `make_trainer` imports them, so that `gpu_reason` works everywhere.
`TrlSettings(cpu=True)` needs no GPU and is for tiny models, with which tests run the same code.

By default each rollout is one ToolEnv (sqlenv.tools): the model calls describe, sample, query and
answer, and the environment owns the reward (`get_reward`), under the preset that `reward` names. With
`dialect="compact"` it is an episode in the compact dialect (trl_compact.py), whose rollouts are a
quarter as long.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from .catalog import Catalog, CatalogLike
from .env import DEFAULT_REWARD, Env
from .errors import Error
from .evaluation import EpisodeResult, PlannedEpisode, result_of
from .lm.players import Player, PlayOne, one_by_one_player
from .tools import PROMPT, ToolEnv, dataset_rows
from .trl_compact import CompactRollouts, environment_return

# Sorted by name, as GRPOTrainer lists an environment's methods, so that evaluation uses the prompt
# of training.
TOOLS = ("answer", "describe", "query", "sample")
NEEDS = {
    "torch": "torch",
    "transformers": "transformers>=5.13",
    "trl": "trl>=1.16",
    "datasets": "datasets",
    "accelerate": "accelerate",
}
"""modules, with what pip installs for each"""
# Thinking would fill the completion before the first tool call.
TEMPLATE = {"enable_thinking": False}


@dataclass(frozen=True)
class TrlSettings:
    model: str = "Qwen/Qwen3-0.6B"
    """a name on the Hugging Face Hub, or a folder"""
    dialect: str = "tools"
    """tools, or compact: lines of text, for a model that knows the dialect or is shown examples"""
    examples: bool = False
    """begin each compact prompt with two solved episodes"""
    reward: str = DEFAULT_REWARD
    step_budget: int = 15
    steps: int = 300
    """steps of the optimizer"""
    prompts: int = 4
    """questions for each optimizer step"""
    group: int = 8
    """rollouts of each question"""
    rate: float = 1e-6
    kl: float = 0.001
    completion_tokens: int = 2048
    """the most tokens of a whole rollout, tool results included"""
    seed: int = 0
    output: str = "build/training/qwen"
    vllm: bool = False
    """generate with vLLM in the same process; much faster where it is installed"""
    cpu: bool = False
    """train on the processor, in float32: for a tiny model"""


def gpu_reason(find: Callable[[str], Any] = importlib.util.find_spec, *, cpu: bool = False) -> str:
    """Why training cannot run here; empty if it can. With `cpu` it needs no GPU."""
    missing = [name for name in NEEDS if find(name) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    if cpu:
        return ""
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
    """Arguments of GRPOConfig."""
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
        "chat_template_kwargs": dict(TEMPLATE),
        "logging_steps": 1,
        # TRL writes completions as an Arrow table, which fails if one rollout answers 21 and another
        # "21", and ends the training.
        "log_completions": False,
        "report_to": "none",
        "save_steps": 100,
        "bf16": not settings.cpu,
        "use_cpu": settings.cpu,
        "use_vllm": settings.vllm,
        **({"vllm_mode": "colocate"} if settings.vllm else {}),
    }


def make_trainer(
    settings: TrlSettings,
    catalog: CatalogLike = None,
    *,
    model: Any = None,
    rows: Sequence[Mapping[str, Any]] | None = None,
    overrides: Mapping[str, Any] | None = None,
    **trainer_arguments: Any,
) -> Any:
    """A GRPOTrainer that is ready to `train()`. `model`: an object instead of the name in the
    settings; `rows`: of the data set, by default a row for each train question; `overrides`: members
    of GRPOConfig; the rest goes to GRPOTrainer.

    Raises ImportError if something in NEEDS is missing, Error BAD_OPTION for settings that do not
    go together.
    """
    shared = Catalog.of(catalog)
    own_rows, arguments = _episodes(settings, shared)
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    return GRPOTrainer(
        model=settings.model if model is None else model,
        args=GRPOConfig(**{**config_arguments(settings), **(overrides or {})}),
        train_dataset=Dataset.from_list(list(own_rows if rows is None else rows)),
        **{**arguments, **trainer_arguments},
    )


def _episodes(
    settings: TrlSettings, catalog: Catalog
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """The data set, and how the trainer plays it."""
    if settings.dialect == "tools":
        return train_rows(catalog), {"environment_factory": environment_factory(settings, catalog)}
    if settings.dialect != "compact":
        message = f'there is no dialect "{settings.dialect}" for TRL: choose tools or compact.'
        raise Error("BAD_OPTION", message)
    if settings.vllm:
        raise Error("BAD_OPTION", "the compact dialect is played by transformers: leave vllm out.")
    rollouts = CompactRollouts(catalog, settings)
    return rollouts.rows(), {"rollout_func": rollouts, "reward_funcs": [environment_return]}


class Call(NamedTuple):
    """A tool that a model calls."""

    name: str
    arguments: dict[str, Any]


def read_call(text: str) -> Call | None:
    """The first readable call in a completion of a Qwen model; None if there is none."""
    found = re.search(r"<tool_call>\s*(\{.*?\})\s*</tool_call>", text, re.DOTALL)
    try:
        call = json.loads(found[1]) if found else None
    except json.JSONDecodeError:
        return None
    if not isinstance(call, dict) or call.get("name") not in TOOLS:
        return None
    arguments = call.get("arguments")
    return Call(call["name"], arguments) if isinstance(arguments, dict) else None


Complete: TypeAlias = Callable[[list[dict[str, Any]], list[Any]], str]
"""(messages, tools) to the assistant's next text"""


class Chat(NamedTuple):
    """An episode that a chat model played."""

    result: EpisodeResult
    messages: list[dict[str, Any]]
    trajectory: str
    """JSON Lines; empty where the model gave up without an answer"""


def play_chat(env: ToolEnv, complete: Complete, row: Mapping[str, Any], turns: int = 15) -> Chat:
    """Plays one episode by a chat model. A turn without a readable call ends it."""
    first = env.reset(**{name: value for name, value in row.items() if name != "prompt"})
    messages = [dict(message) for message in row["prompt"]]
    messages[-1]["content"] += first
    tools = [getattr(env, name) for name in TOOLS]
    steps = 0
    while not env._env.done and steps < turns:
        text = complete(messages, tools)
        messages.append({"role": "assistant", "content": text})
        call = read_call(text)
        if call is None:
            break
        steps += 1
        try:
            result = getattr(env, call.name)(**call.arguments)
        except TypeError as error:
            result = f"Wrong arguments: {error}"
        messages.append({"role": "tool", "name": call.name, "content": result})
    trajectory = env._env.trajectory() if env._env.done else ""
    return Chat(_result(env._env, steps), messages, trajectory)


def _result(env: Env, steps: int) -> EpisodeResult:
    """Of an episode that is over, or that was left after some steps."""
    question = env.question
    planned = PlannedEpisode(question.pack, question.id, env.seed)
    if env.done:
        return result_of(env, planned)
    micros = round(env.total_reward * 1e6)
    return result_of(env, planned, "NO_ANSWER")._replace(steps=steps, total_micros=micros)


def chat_player(complete: Complete) -> Player:
    """A chat model that calls the tools, as a player of held-out sets (sqlenv.lm.players)."""

    def begin(catalog: Catalog) -> PlayOne:
        env = ToolEnv(catalog)

        def play_one(planned: PlannedEpisode) -> tuple[EpisodeResult, str]:
            row = {**planned._asdict(), "prompt": [{"role": "user", "content": PROMPT}]}
            chat = play_chat(env, complete, row)
            return chat.result, chat.trajectory

        return play_one

    return one_by_one_player("chat model", begin)


def model_completer(
    model: Any, tokenizer: Any, template: str | None = None, new_tokens: int = 256
) -> Complete:
    """Greedy completions of a transformers model. `template`: the trainer's `chat_template`, which
    gives the prompt of training; None is the tokenizer's own."""
    import torch

    model.eval()

    def complete(messages: list[dict[str, Any]], tools: list[Any]) -> str:
        inputs = tokenizer.apply_chat_template(
            messages, tools=tools, chat_template=template, add_generation_prompt=True,
            return_tensors="pt", return_dict=True, **TEMPLATE,
        ).to(model.device)  # fmt: skip
        with torch.no_grad():
            tokens = model.generate(**inputs, max_new_tokens=new_tokens, do_sample=False)
        completion = tokens[0, inputs["input_ids"].shape[1] :]
        # The template itself writes the mark that ends a turn.
        return str(tokenizer.decode(completion, skip_special_tokens=True))

    return complete


def success_curve(log_history: list[dict[str, Any]]) -> list[tuple[int, float]]:
    """(step, mean reward) from a trainer's state.log_history."""
    return [(entry["step"], entry["reward"]) for entry in log_history if "reward" in entry]
