"""SQLEnv for Inspect AI. Needs inspect-ai.

    inspect eval sqlenv/starter --model openai/gpt-4o-mini --limit 20
    inspect eval sqlenv/pack -T pack=path/to/pack -T split=train --model …

One sample a question, each with an episode of its own. The model plays the chat dialect
(docs/agents.md) with the tools describe, sample, query and answer, or, by `-T tools=false`, in plain
text. The scorer is SQLEnv's verdict; the score's metadata hold reason, steps, return and the
trajectory, which `sqlenv replay` plays again. `-T step_budget=N` limits the steps.
"""

from __future__ import annotations

import functools
import json
from typing import Any

from inspect_ai import Task, task
from inspect_ai.dataset import MemoryDataset, Sample
from inspect_ai.model import (
    ChatMessage,
    ChatMessageAssistant,
    ChatMessageSystem,
    ChatMessageTool,
    ChatMessageUser,
    ModelOutput,
    get_model,
)
from inspect_ai.scorer import (
    CORRECT,
    INCORRECT,
    Score,
    Scorer,
    Target,
    accuracy,
    grouped,
    scorer,
    stderr,
)
from inspect_ai.solver import Generate, Solver, TaskState, solver
from inspect_ai.tool import ToolInfo

from .agent_text import AgentEpisode, Completion, ToolCall, model_tools
from .catalog import Catalog
from .env import Env
from .evaluation import plan_evaluation

__all__ = ["pack", "play_chat", "starter", "verdict"]


@task
def starter(
    split: str | None = "eval",
    database: str | None = None,
    difficulty: str | None = None,
    episodes: int = 0,
    seed: int = 0,
    step_budget: int = 15,
    verifier: str = "strict",
    tools: bool = True,
) -> Task:
    """Questions of the bundled pack. `episodes`: this many, drawn by the seed; 0: all once."""
    return pack(
        "starter", split, database, difficulty, episodes, seed, step_budget, verifier, tools
    )


@task
def pack(
    pack: str,
    split: str | None = None,
    database: str | None = None,
    difficulty: str | None = None,
    episodes: int = 0,
    seed: int = 0,
    step_budget: int = 15,
    verifier: str = "strict",
    tools: bool = True,
) -> Task:
    """Questions of a pack: its name, folder or archive."""
    catalog = _env(pack).catalog
    play = {"step_budget": step_budget, "verifier": verifier}
    chosen = {"split": split, "database": database, "difficulty": difficulty}
    plan = plan_evaluation(catalog, seed=seed, episodes=episodes, **chosen, **play)
    samples = []
    for number, planned in enumerate(plan):
        question = catalog.questions(pack=planned.pack, question_id=planned.question_id)[0]
        known = {"database": question.database, "difficulty": question.difficulty}
        start = {"pack": pack, "question_id": question.id, "seed": str(planned.seed), **play}
        name = question.id if not episodes else f"{question.id}-{number + 1}"
        samples.append(Sample(question.text, id=name, metadata={**known, "sqlenv": start}))
    dataset = MemoryDataset(samples, name=f"sqlenv-{pack}")
    return Task(dataset, solver=play_chat(tools), scorer=verdict())


@solver
def play_chat(tools: bool = True) -> Solver:
    """Plays the sample's episode to its end. `tools`: offer the actions as tools."""

    async def solve(state: TaskState, generate: Generate) -> TaskState:
        start = state.metadata["sqlenv"]
        env = _env(start["pack"]).clone()
        options = {name: start[name] for name in ("question_id", "step_budget", "verifier")}
        step = env.reset(seed=int(start["seed"]), **options)
        agent = AgentEpisode(step.observation)
        system, user = (str(message["content"]) for message in agent.messages)
        state.messages = [ChatMessageSystem(content=system), ChatMessageUser(content=user)]
        try:
            while not env.done:
                output = await get_model().generate(state.messages, _tools() if tools else [])
                completion = _completion_of(output)
                reading = agent.read(completion)
                step = env.step(reading.action)
                agent.add(completion, reading, step.observation)
                state.messages += _turn(output, agent)
                state.output = output
        finally:
            state.store.set("sqlenv", _record(env))
        state.completed = True
        return state

    return solve


@scorer(metrics=[accuracy(), stderr(), grouped(accuracy(), "difficulty", all=False)])
def verdict() -> Scorer:
    """SQLEnv's verdict on the answer."""

    async def score(state: TaskState, target: Target) -> Score:
        record = state.store.get("sqlenv", {"correct": False, "reason": "NOT_PLAYED"})
        return Score(
            value=CORRECT if record["correct"] else INCORRECT,
            answer=record.get("answer"),
            explanation=record["reason"],
            metadata={**record, "difficulty": state.metadata["difficulty"]},
        )

    return score


@functools.cache
def _env(pack: str) -> Env:
    """One per pack: its clones share connections to the databases."""
    return Env(Catalog(pack))


@functools.cache
def _tools() -> list[ToolInfo]:
    return [ToolInfo.model_validate(tool["function"]) for tool in model_tools()]


def _completion_of(output: ModelOutput) -> Completion:
    message = output.message
    calls = tuple(
        ToolCall(call.id, call.function, json.dumps(call.arguments))
        for call in message.tool_calls or []
    )
    return Completion(message.text, calls, output.stop_reason in ("max_tokens", "model_length"))


def _turn(output: ModelOutput, agent: AgentEpisode) -> list[ChatMessage]:
    """The model's message and its answer. Calls after the first are not played; a server would miss
    their answers."""
    written, answer = agent.messages[-2:]
    message: ChatMessageAssistant = output.message
    if not message.tool_calls:
        if not message.text:
            message = message.model_copy(update={"content": written["content"]})
        return [message, ChatMessageUser(content=answer["content"])]
    call = message.tool_calls[0]
    said = message.model_copy(update={"tool_calls": [call]})
    told = ChatMessageTool(content=answer["content"], tool_call_id=call.id, function=call.function)
    return [said, told]


def _record(env: Env) -> dict[str, Any]:
    outcome = env.outcome
    if outcome is None:
        return {"correct": False, "reason": "NOT_ENDED", "total_reward": env.total_reward}
    trajectory = env.trajectory()
    last = json.loads(trajectory.splitlines()[-2])["action"]
    return {
        "correct": outcome.correct,
        "reason": outcome.reason,
        "answer": last["argument"] if outcome.answered else None,
        "steps": outcome.steps,
        "total_reward": outcome.total_reward,
        "trajectory": trajectory,
    }
