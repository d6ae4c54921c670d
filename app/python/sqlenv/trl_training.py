"""Training on a GPU: a Qwen model, by TRL's GRPOTrainer, on episodes as tools.

    settings = TrlSettings(model="Qwen/Qwen3-0.6B")
    trainer = make_trainer(settings)
    trainer.train()

Needs torch, transformers >= 5.13, trl >= 1.16, datasets and accelerate, a GPU, and the model's
weights. Only `make_trainer` imports them, so that `gpu_reason` works everywhere.
`TrlSettings(cpu=True)` needs no GPU and is for tiny models, with which tests run the same code.

Each rollout is one ToolEnv (sqlenv.tools): the model calls describe, sample, query and answer, and
the environment owns the reward (`get_reward`), under the preset that `reward` names.
"""

from __future__ import annotations

import importlib.util
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, TypeAlias

from .catalog import Catalog, CatalogLike, Question
from .env import DEFAULT_REWARD
from .learn.held_out import Score
from .tools import ToolEnv, dataset_rows

# Sorted by name, as GRPOTrainer lists an environment's methods, so that evaluation uses the prompt
# of training.
TOOLS = ("answer", "describe", "query", "sample")
OVER = "The episode is over."
NEEDS = ("torch", "transformers", "trl", "datasets", "accelerate")
# Thinking would fill the completion before the first tool call.
TEMPLATE = {"enable_thinking": False}


@dataclass(frozen=True)
class TrlSettings:
    model: str = "Qwen/Qwen3-0.6B"
    """a name on the Hugging Face Hub, or a folder"""
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
    settings; `rows`: of the data set, by default `train_rows`; `overrides`: members of GRPOConfig;
    the rest goes to GRPOTrainer.

    Raises ImportError if something in NEEDS is missing.
    """
    from datasets import Dataset
    from trl import GRPOConfig, GRPOTrainer

    shared = Catalog.of(catalog)
    return GRPOTrainer(
        model=settings.model if model is None else model,
        args=GRPOConfig(**{**config_arguments(settings), **(overrides or {})}),
        train_dataset=Dataset.from_list(list(train_rows(shared) if rows is None else rows)),
        environment_factory=environment_factory(settings, shared),
        **trainer_arguments,
    )


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

    correct: bool
    total: float
    """the return"""
    messages: list[dict[str, Any]]


def play_chat(env: ToolEnv, complete: Complete, row: Mapping[str, Any], turns: int = 15) -> Chat:
    """Plays one episode by a chat model. A turn without a readable call ends it."""
    first = env.reset(**{name: value for name, value in row.items() if name != "prompt"})
    messages = [dict(message) for message in row["prompt"]]
    messages[-1]["content"] += first
    tools = [getattr(env, name) for name in TOOLS]
    for _ in range(turns):
        text = complete(messages, tools)
        messages.append({"role": "assistant", "content": text})
        call = read_call(text)
        if call is None:
            break
        before = env.get_reward()
        try:
            result = getattr(env, call.name)(**call.arguments)
        except TypeError as error:
            result = f"Wrong arguments: {error}"
        messages.append({"role": "tool", "name": call.name, "content": result})
        if result.endswith(OVER):
            # Under every preset a right ANSWER pays about 1 and every other step far less.
            right = call.name == "answer" and env.get_reward() - before > 0.5
            return Chat(right, env.get_reward(), messages)
    return Chat(False, env.get_reward(), messages)


def measure(
    complete: Complete, catalog: Catalog, questions: Sequence[Question], settings: TrlSettings
) -> Score:
    """Success of a chat model on questions, as `sqlenv.learn` counts it."""
    env = environment_factory(settings, catalog)()
    prompt = train_rows(catalog)[0]["prompt"]
    chats = [
        play_chat(env, complete, {"prompt": prompt, "pack": q.pack, "question_id": q.id, "seed": 0})
        for q in questions
    ]
    levels: dict[str, tuple[int, int]] = {}
    for question, chat in zip(questions, chats):
        right, of = levels.get(question.difficulty, (0, 0))
        levels[question.difficulty] = (right + chat.correct, of + 1)
    successes = sum(chat.correct for chat in chats)
    return Score(
        episodes=len(chats),
        successes=successes,
        mean_return=sum(chat.total for chat in chats) / len(chats),
        mean_steps=sum(m["role"] == "tool" for chat in chats for m in chat.messages) / len(chats),
        by_difficulty=dict(sorted(levels.items())),
        failures={"WRONG_OR_NONE": len(chats) - successes},
    )


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
