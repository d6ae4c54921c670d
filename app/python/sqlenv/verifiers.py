"""SQLEnv for verifiers: `vf-eval sqlenv`, prime-rl and what else loads its environments. Needs
verifiers 0.4 (Python 3.11).

    vf-eval sqlenv --model MODEL --client.base-url http://localhost:8000/v1 -n 20
    vf-eval sqlenv --env.taskset.split train --env.taskset.database pets_1

One task a question. The model plays the chat dialect (docs/agents.md): with the tools describe,
sample, query and answer, or, by `--env.agent.harness.tools false`, in plain text. The episode runs
in this process; every model call goes through the interception of verifiers, so that its traces hold
the whole conversation and trainers get their tokens.

Rewards: `correct`, the verdict, 1 or 0; and `episode_return`, the sum of SQLEnv's rewards, with weight
0 unless `--env.taskset.task.rewards.episode-return.weight` says otherwise. Metrics: steps,
unreadable completions. `trace.info["sqlenv"]` holds question, seed, verdict and the trajectory.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from typing import Any, ClassVar

import httpx
import verifiers.v1 as vf

from .agent_text import AgentEpisode, read_reply
from .catalog import Catalog
from .env import DEFAULT_REWARD, Env
from .errors import Error
from .evaluation import plan_evaluation

__all__ = [
    "SQLEnvHarness",
    "SQLEnvHarnessConfig",
    "SQLEnvTask",
    "SQLEnvTaskset",
    "SQLEnvTasksetConfig",
    "SQLEnvVerifiersEnv",
    "load_environment",
]


class SQLEnvTaskData(vf.TaskData):
    """What starts an episode: one question, without its gold."""

    pack: str
    """the pack's name, folder or archive, as Catalog takes it"""
    question_id: str
    seed: int
    step_budget: int
    reward: str
    verifier: str


class SQLEnvTasksetConfig(vf.TasksetConfig):
    pack: str = "starter"
    """a pack's name, folder or archive"""
    split: str | None = "eval"
    """train, eval, or None for both"""
    database: str | None = None
    difficulty: str | None = None
    """easy, medium or hard"""
    episodes: int = 0
    """this many, drawn by the seed; 0: every question once"""
    seed: int = 0
    step_budget: int = 15
    reward: str = DEFAULT_REWARD
    """what episode_return sums: v3, v2, v1.5, v1 or potential"""
    verifier: str = "strict"
    """strict, sqlenv, spider or bird"""


class SQLEnvTask(vf.Task[SQLEnvTaskData, vf.State, vf.TaskConfig]):
    @vf.reward(weight=1.0)
    async def correct(self, trace: vf.Trace) -> float:
        """1 if the answer is right"""
        return float(_played(trace).get("correct", False))

    @vf.reward(weight=0.0)
    async def episode_return(self, trace: vf.Trace) -> float:
        """the sum of SQLEnv's rewards"""
        return float(_played(trace).get("total_reward", 0.0))

    @vf.metric
    async def steps(self, trace: vf.Trace) -> float:
        return float(_played(trace).get("steps", 0))

    @vf.metric
    async def unreadable(self, trace: vf.Trace) -> float:
        """completions without an action"""
        return float(_played(trace).get("unreadable", 0))


class SQLEnvTaskset(vf.Taskset[SQLEnvTask, SQLEnvTasksetConfig]):
    """The questions of a pack, in the order of `sqlenv eval`."""

    def load(self) -> Iterator[SQLEnvTask]:
        config = self.config
        env = _env(config.pack)
        play = {
            "step_budget": config.step_budget,
            "reward": config.reward,
            "verifier": config.verifier,
        }
        plan = plan_evaluation(
            env.catalog,
            seed=config.seed,
            episodes=config.episodes,
            split=config.split,
            database=config.database,
            difficulty=config.difficulty,
            **play,
        )
        for planned in plan:
            where = {"pack": planned.pack, "question_id": planned.question_id}
            agent = AgentEpisode(env.reset(seed=planned.seed, **where, **play).observation)
            system, user = agent.messages
            data = SQLEnvTaskData(
                id=f"{planned.question_id}:{planned.seed}",
                name=planned.question_id,
                pack=config.pack,
                question_id=planned.question_id,
                seed=planned.seed,
                system_prompt=system["content"],
                prompt=user["content"],
                **play,
            )
            yield SQLEnvTask(data, config.task)


class SQLEnvHarnessConfig(vf.HarnessConfig):
    id: str = "sqlenv"
    tools: bool = True
    """offer the actions as tools; else the model writes them as text"""


class SQLEnvHarness(vf.Harness[SQLEnvHarnessConfig]):
    """Plays an episode of the chat dialect in this process."""

    APPENDS_SYSTEM_PROMPT: ClassVar[bool] = True
    EXECUTES_CODE: ClassVar[bool] = False
    NEEDS_CONTAINER: ClassVar[bool] = False

    async def launch(
        self,
        ctx: vf.ModelContext,
        trace: vf.Trace,
        runtime: vf.Runtime,
        endpoint: str,
        secret: str,
        mcp_urls: dict[str, str],
        data: vf.TaskData,
    ) -> vf.ProgramResult:
        task = trace.task.data
        if not isinstance(task, SQLEnvTaskData):
            raise Error("BAD_OPTION", "this harness plays the tasks of the sqlenv taskset alone.")
        env = _env(task.pack).clone()
        step = env.reset(
            seed=task.seed,
            question_id=task.question_id,
            step_budget=task.step_budget,
            reward=task.reward,
            verifier=task.verifier,
        )
        agent = AgentEpisode(step.observation)
        unreadable = 0
        headers = {"Authorization": f"Bearer {secret}"}
        try:
            async with httpx.AsyncClient(timeout=None, headers=headers, trust_env=False) as client:
                while not env.done:
                    request = self._request(agent, ctx.model, data.system_prompt)
                    reply = await client.post(f"{endpoint}/chat/completions", json=request)
                    if reply.status_code != 200:
                        return vf.ProgramResult(1, "", f"{reply.status_code}: {reply.text[:2000]}")
                    completion, _, _ = read_reply(reply.content)
                    reading = agent.read(completion)
                    unreadable += not reading.readable
                    step = env.step(reading.action)
                    agent.add(completion, reading, step.observation)
        except httpx.TransportError as error:
            return vf.ProgramResult(_TRANSPORT_FAILED, "", repr(error))
        finally:
            trace.info["sqlenv"] = _record(env, unreadable)
        return vf.ProgramResult(0, "", "")

    def _request(self, agent: AgentEpisode, model: str, system: str | None) -> dict[str, Any]:
        """Sampling is verifiers' business."""
        messages = agent.messages
        if system is not None:
            messages[0]["content"] = system
        request: dict[str, Any] = {"model": model, "messages": messages}
        if self.config.tools:
            # Only a turn's first call is played, and a call that is left out would split the trace.
            request |= {"tools": agent.tools, "parallel_tool_calls": False}
        return request


class SQLEnvVerifiersEnvConfig(vf.EnvConfig):
    agent: vf.AgentConfig = vf.AgentConfig(
        harness=SQLEnvHarnessConfig(), runtime=vf.SubprocessConfig()
    )
    """nothing of the model's is executed outside of SQLEnv's sandbox, so no container is needed"""


class SQLEnvVerifiersEnv(vf.Env[SQLEnvVerifiersEnvConfig]):
    """One agent a question."""

    async def run(self, task: vf.Task, agents: vf.Agents) -> None:
        await agents.agent.run(task)


def load_environment(**options: Any) -> vf.Env:
    """The environment with the options of SQLEnvTasksetConfig, such as split="train"."""
    return vf.load_environment(vf.resolve_env_config({"taskset": {"id": "sqlenv", **options}}))


_TRANSPORT_FAILED = 97
"""the status by which verifiers tells a lost connection from a failed program"""


@functools.cache
def _env(pack: str) -> Env:
    """One per pack: its clones share connections to the databases."""
    return Env(Catalog(pack))


def _record(env: Env, unreadable: int) -> dict[str, Any]:
    outcome = env.outcome
    known = {
        "question_id": env.question.id,
        "seed": env.seed,
        "unreadable": unreadable,
        "total_reward": env.total_reward,
        "steps": json.loads(env.step_json())["observation"]["step_count"],
    }
    if outcome is None:
        return {**known, "correct": False, "reason": "NOT_ENDED"}
    return {
        **known,
        "correct": outcome.correct,
        "reason": outcome.reason,
        "trajectory": env.trajectory(),
    }


def _played(trace: vf.Trace) -> dict[str, Any]:
    played: dict[str, Any] = trace.info.get("sqlenv", {})
    return played
