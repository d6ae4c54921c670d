"""evaluate(): success of a language model over many episodes at once (see agents.py)."""

from __future__ import annotations

import asyncio
import inspect
import math
import os
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TextIO, TypeAlias

from . import _core
from .agent_text import AgentEpisode, CompletionLike, Reading, as_completion
from .catalog import Catalog, CatalogLike
from .env import Env
from .errors import Error
from .evaluation import (
    EpisodeResult,
    Evaluation,
    PlannedEpisode,
    described_options,
    plan_evaluation,
    result_of,
    start_planned,
)
from .model_policy import ModelError, ModelPolicy, Reply

Written: TypeAlias = "CompletionLike | Reply"
Model: TypeAlias = "Callable[[AgentEpisode], Written | Awaitable[Written]]"
PathName: TypeAlias = "str | os.PathLike[str]"

MODEL_ERROR = "MODEL_ERROR"
"""the failure of an episode that was lost since the model's server failed"""
MOST_LOST_IN_A_ROW = 10
"""a server that loses so many will not do better"""


class ScriptedModel:
    """Plays recorded completions: equal ones give equal bytes.

    `script`: the completions of every episode, or those of each by its question's id, or by
    (question's id, number of the sample from 0). An episode that needs more than there are is an
    Error SCRIPT_ENDED.
    """

    def __init__(
        self,
        script: Sequence[CompletionLike]
        | Mapping[str, Sequence[CompletionLike]]
        | Mapping[tuple[str, int], Sequence[CompletionLike]],
    ) -> None:
        self._script = script

    def episode(self, question_id: str, sample: int) -> Model:
        """The model of one episode."""
        lines = iter(self._lines(question_id, sample))

        def next_line(_: AgentEpisode) -> CompletionLike:
            for line in lines:
                return line
            raise Error("SCRIPT_ENDED", f"the script of {question_id} ends before its episode.")

        return next_line

    def _lines(self, question_id: str, sample: int) -> Sequence[CompletionLike]:
        if not isinstance(self._script, Mapping):
            return self._script
        script: Mapping[Any, Sequence[CompletionLike]] = self._script
        for key in ((question_id, sample), question_id):
            if key in script:
                return script[key]
        raise Error("SCRIPT_ENDED", f"there is no script of {question_id}, sample {sample}.")


class Turns(NamedTuple):
    """What an evaluation counts of completions."""

    turns: int = 0
    """completions that were played"""
    prompt_tokens: int = 0
    completion_tokens: int = 0
    """as the server counted them"""
    unreadable: int = 0
    """held no action"""
    several: int = 0
    """held more actions than the first, which is played"""
    cut: int = 0
    """ended by the limit of tokens"""
    repeats: int = 0
    """their action was played before in the same episode"""

    def plus(self, other: Turns) -> Turns:
        return Turns(*map(sum, zip(self, other, strict=True)))


class PlayedEpisode(NamedTuple):
    """One episode of an evaluation with what the model wrote."""

    result: EpisodeResult
    sample: int
    """which of the question's samples, from 0"""
    replies: list[Reply]
    """what the model wrote, turn by turn"""
    counts: Turns
    answer: str | None
    """the argument of the ANSWER; None if there was none"""
    error: ModelError | None
    """why the episode was lost"""
    trajectory: str
    """JSON Lines, byte for byte that of `sqlenv run`; empty if the episode was lost"""


@dataclass(frozen=True)
class ModelEvaluation(Evaluation):
    """The result. Every sample counts as an episode."""

    dialect: str = "chat/1"
    samples: int = 1
    counts: Turns = Turns()
    lost: dict[str, int] = field(default_factory=dict)
    """episodes lost by failures of the model's server, by its code; they count as failed by
    MODEL_ERROR"""
    answers: list[str | None] = field(default_factory=list, repr=False)
    """the answer of each of `results`"""

    @property
    def tokens_per_episode(self) -> float:
        """prompts and completions"""
        tokens = self.counts.prompt_tokens + self.counts.completion_tokens
        return tokens / len(self.results) if self.results else 0.0

    def pass_at(self, k: int) -> float:
        """The chance that at least one of k samples is right, estimated without bias (Chen et al.
        2021). Raises ValueError if no question has k samples."""
        chances = [
            1 - math.comb(len(group) - sum(group), k) / math.comb(len(group), k)
            for group in ([not one.failure for one, _ in group] for group in self._groups())
            if 1 <= k <= len(group)
        ]
        if not chances:
            raise ValueError(f"no question has {k} samples")
        return sum(chances) / len(chances)

    @property
    def majority(self) -> float:
        """The share of questions whose most frequent answer is right; among equally frequent ones,
        the one that was given first."""
        groups = self._groups()
        right = 0
        for group in groups:
            votes: dict[str, list[bool]] = {}
            for result, answer in group:
                if answer is not None:
                    votes.setdefault(" ".join(answer.split()), []).append(not result.failure)
            right += bool(votes) and max(votes.values(), key=len)[0]
        return right / len(groups) if groups else 0.0

    def _groups(self) -> list[list[tuple[EpisodeResult, str | None]]]:
        groups: dict[tuple[str, int], list[tuple[EpisodeResult, str | None]]] = {}
        for result, answer in zip(self.results, self.answers, strict=True):
            groups.setdefault((result.question_id, result.seed), []).append((result, answer))
        return list(groups.values())


def evaluate(
    policy: ModelPolicy | ScriptedModel | Model, catalog: CatalogLike = None, **arguments: Any
) -> ModelEvaluation:
    """evaluate_async() with the same arguments, for callers without an event loop and notebooks."""
    run = evaluate_async(policy, catalog, **arguments)
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(run)
    with ThreadPoolExecutor(1) as other:
        return other.submit(asyncio.run, run).result()


async def evaluate_async(
    policy: ModelPolicy | ScriptedModel | Model,
    catalog: CatalogLike = None,
    *,
    dialect: str | None = None,
    seed: int = 0,
    episodes: int = 0,
    samples: int = 1,
    concurrency: int = 64,
    progress: Callable[[int, int], None] | None = None,
    report: Callable[[PlayedEpisode], None] | None = None,
    trajectories: PathName | None = None,
    **options: Any,
) -> ModelEvaluation:
    """Plays every matching question of the default pack once, or `episodes` drawn by the seed, each
    `samples` times; `concurrency` episodes at once, in this thread.

        policy       a ModelPolicy; a ScriptedModel; or a function, async or not, from an
                     AgentEpisode to a text, a Completion or a Reply
        dialect      the policy's, else "chat"
        progress     is called with (episodes done, of)
        report       is called with each episode, in the evaluation's order
        trajectories file to write, as `sqlenv eval --trajectories`
        options      as for Env

    Equal completions give the numbers and bytes of `sqlenv eval`.

    Raises Error BAD_OPTION, NOT_FOUND or BAD_PACK; ModelError if the server fails in a way that all
    episodes would meet, or loses ten in a row: its `evaluation` then holds what was played, as the
    files do.
    """
    if samples < 1 or concurrency < 1:
        raise Error("BAD_OPTION", "samples and concurrency must be 1 or more.")
    if not callable(policy) and not hasattr(policy, "episode"):
        raise TypeError("policy must be a ModelPolicy, a ScriptedModel or a function")
    chosen = Catalog.of(catalog)
    plan = plan_evaluation(chosen, seed=seed, episodes=episodes, **options)
    rest: dict[str, Any] = {
        name: options[name] for name in ("step_budget", "reward", "verifier") if name in options
    }
    run = _Run(policy, chosen, str(dialect or getattr(policy, "dialect", "chat")), rest)
    jobs = [(planned, sample) for planned in plan for sample in range(samples)]
    failed: ModelError | None = None
    with ExitStack() as files:
        if trajectories is not None:
            file = files.enter_context(open(trajectories, "w", encoding="utf-8", newline="\n"))
            run.outlets.append(lambda played: _write(file, played.trajectory))
        if report is not None:
            run.outlets.append(report)
        try:
            await run.play(jobs, concurrency, progress)
        except ModelError as error:
            failed = error
    told = described_options(seed=seed, episodes=episodes, **options)
    made = run.evaluation(_name_of(policy), told, samples)
    if failed is not None:
        failed.evaluation = made
        raise failed
    return made


class _Run:
    """The episodes of one evaluation as they are played."""

    def __init__(self, policy: Any, catalog: Catalog, dialect: str, options: dict[str, Any]) -> None:
        self.policy = policy
        self.env = Env(catalog)
        self.dialect = dialect
        self.options = options
        self.outlets: list[Callable[[PlayedEpisode], None]] = []
        self.lost: Counter[str] = Counter()
        self.counts = Turns()
        self.answers: list[str | None] = []
        self.lost_in_a_row = 0
        self.next = 0
        self.waiting: dict[int, PlayedEpisode] = {}
        self.results: list[EpisodeResult] = []

    async def play(
        self,
        jobs: Sequence[tuple[PlannedEpisode, int]],
        concurrency: int,
        progress: Callable[[int, int], None] | None,
    ) -> None:
        """Plays all. What has been played is handed out in order, also if one raises."""
        numbered = iter(enumerate(jobs))
        done = 0

        async def worker() -> None:
            nonlocal done
            env = self.env.clone()
            for number, (planned, sample) in numbered:
                played = await self._play_one(env, planned, sample)
                self.waiting[number] = played
                done += 1
                self._hand_out()
                self.lost_in_a_row = self.lost_in_a_row + 1 if played.error else 0
                if played.error and self.lost_in_a_row >= MOST_LOST_IN_A_ROW:
                    raise played.error
                if progress:
                    progress(done, len(jobs))

        async with AsyncExitStack() as stack:
            if isinstance(self.policy, ModelPolicy):
                await stack.enter_async_context(self.policy)
            workers = [asyncio.create_task(worker()) for _ in range(min(concurrency, len(jobs)))]
            try:
                await asyncio.gather(*workers)
            finally:
                for one in workers:
                    one.cancel()
                await asyncio.gather(*workers, return_exceptions=True)
                self._hand_out(every=True)

    def evaluation(self, name: str, options: dict[str, Any], samples: int) -> ModelEvaluation:
        pack = self.env.catalog.packs[0]
        return ModelEvaluation(
            name,
            pack,
            self.env.catalog.digests[pack],
            options,
            self.results,
            dialect=_core.dialect_version(self.dialect),
            samples=samples,
            counts=self.counts,
            lost=dict(sorted(self.lost.items())),
            answers=self.answers,
        )

    def _hand_out(self, every: bool = False) -> None:
        """Hands out what is next in the order, and at the end also what lies behind a gap."""
        while self.waiting:
            number = min(self.waiting)
            if number != self.next and not every:
                return
            self.next = number + 1
            played = self.waiting.pop(number)
            self.results.append(played.result)
            self.answers.append(played.answer)
            self.counts = self.counts.plus(played.counts)
            if played.error is not None:
                self.lost[played.error.code] += 1
            for outlet in self.outlets:
                outlet(played)

    async def _play_one(self, env: Env, planned: PlannedEpisode, sample: int) -> PlayedEpisode:
        replies: list[Reply] = []
        counts, answer = Turns(), None
        try:
            first = start_planned(env, planned, self.options).observation
            agent = AgentEpisode(first, self.dialect)
            model = self.policy
            if hasattr(model, "episode"):
                model = model.episode(planned.question_id, sample)
            before: set[tuple[str, str]] = set()
            while not env.done:
                reply = await _ask(model, agent)
                reading = agent.read(reply.completion)
                agent.add(reply.completion, reading, env.step(reading.action).observation)
                replies.append(reply)
                counts = counts.plus(_turn(reply, reading, reading.action in before))
                before.add(reading.action)
        except ModelError as error:
            if error.concerns_all:
                raise
            lost = result_of(env, planned, MODEL_ERROR)
            return PlayedEpisode(lost, sample, replies, counts, None, error, "")
        except Error as error:
            if error.code in ("BAD_OPTION", "SCRIPT_ENDED"):
                raise
            failed = result_of(env, planned, error.code)
            return PlayedEpisode(failed, sample, replies, counts, None, None, "")
        result, trajectory = result_of(env, planned), env.trajectory()
        if env.outcome is not None and env.outcome.answered:
            answer = reading.action.argument
        return PlayedEpisode(result, sample, replies, counts, answer, None, trajectory)


def _write(file: TextIO, text: str) -> None:
    file.write(text)
    file.flush()


def _turn(reply: Reply, reading: Reading, repeated: bool) -> Turns:
    return Turns(
        1,
        reply.prompt_tokens,
        reply.completion_tokens,
        not reading.readable,
        reading.several,
        reply.completion.cut,
        repeated,
    )


async def _ask(model: Model, agent: AgentEpisode) -> Reply:
    written = model(agent)
    if inspect.isawaitable(written):
        written = await written
    return written if isinstance(written, Reply) else Reply(as_completion(written))


def _name_of(policy: object) -> str:
    if isinstance(policy, ModelPolicy) and policy.model:
        return policy.model
    return type(policy).__name__
