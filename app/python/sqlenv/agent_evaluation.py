"""evaluate(): success of a language model over many episodes at once (see agents.py).

What is asked when, what is tried again and what is counted is decided by the core, as in `sqlenv
eval`; this module performs the requests or calls the function that stands for a model.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from . import _core
from .agent_files import EpisodeFiles, read_completions, read_lines
from .agent_text import AgentEpisode, Completion, CompletionLike, as_completion
from .catalog import Catalog, CatalogLike
from .errors import Error
from .evaluation import EpisodeResult, Evaluation, plan_evaluation
from .model_policy import DEFAULT_TIMEOUT, ModelError, ModelPolicy, Reply

Written: TypeAlias = "CompletionLike | Reply"
Model: TypeAlias = "Callable[[AgentEpisode], Written | Awaitable[Written]]"
PathName: TypeAlias = "str | os.PathLike[str]"


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

    @classmethod
    def from_file(cls, path: PathName) -> ScriptedModel:
        """The completions that evaluate() or `sqlenv eval --completions` wrote."""
        return cls(read_completions(path))

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


class PlayedEpisode(NamedTuple):
    """One episode of an evaluation with what the model wrote."""

    result: EpisodeResult
    sample: int
    """which of the question's samples, from 0"""
    replies: list[Reply]
    """what the model wrote, turn by turn"""
    answer: str | None
    """the argument of the ANSWER; None if there was none"""
    error: ModelError | None
    """why the episode was lost; its failure is then MODEL_ERROR"""
    trajectory: str
    """JSON Lines, byte for byte that of `sqlenv run`; empty if the episode did not end"""


class Turns(NamedTuple):
    """What an evaluation counts of completions."""

    turns: int
    """completions that were played"""
    prompt_tokens: int
    completion_tokens: int
    """as the server counted them"""
    unreadable: int
    """held no action"""
    several: int
    """held more actions than the first, which is played"""
    cut: int
    """ended by the limit of tokens"""
    repeats: int
    """their action was played before in the same episode"""


@dataclass(frozen=True)
class ModelEvaluation(Evaluation):
    """The result of `sqlenv eval --model`. Every sample counts as an episode."""

    told: str = field(default="{}", repr=False)
    """the text of `sqlenv eval --model --json`"""

    def as_dict(self) -> dict[str, Any]:
        """sqlenv-evaluation/1 with its member "model", as `sqlenv eval --model --json` writes it."""
        told: dict[str, Any] = json.loads(self.told)
        return told

    def json(self) -> str:
        return self.told

    @property
    def dialect(self) -> str:
        """with its version, such as "chat/1" """
        return str(self._model["dialect"])

    @property
    def counts(self) -> Turns:
        """over all episodes"""
        return Turns(*(self._model[name] for name in Turns._fields))

    @property
    def lost(self) -> dict[str, int]:
        """Episodes lost by failures of the model's server, by its code."""
        return dict(self._model["lost"])

    @property
    def tokens_per_episode(self) -> float:
        """prompts and completions"""
        return float(self._model["mean_tokens"] or 0)

    @property
    def pass_at(self) -> dict[int, float]:
        """For k = 1, 2, 4 … and `samples`: the chance that one of k samples is right, estimated
        without bias (Chen et al. 2021). Empty with one sample."""
        found = self._model["pass_at"] or {}
        return {int(k): one["rate"] for k, one in found.items() if one["tasks"]}

    @property
    def majority(self) -> float | None:
        """The share of questions whose most frequent answer is right; None with one sample."""
        found = self._model["majority"]
        return found["right"] / found["tasks"] if found and found["tasks"] else None

    @property
    def ended_early(self) -> str | None:
        """TOKEN_BUDGET or the server's failure, if not all was played."""
        found = self._model["ended_early"]
        return str(found["reason"]) if found else None

    @property
    def _model(self) -> dict[str, Any]:
        told: dict[str, Any] = self.as_dict()["model"]
        return told


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
    max_total_tokens: int = 0,
    progress: Callable[[int, int], None] | None = None,
    report: Callable[[PlayedEpisode], None] | None = None,
    trajectories: PathName | None = None,
    completions: PathName | None = None,
    resume: PathName | None = None,
    **options: Any,
) -> ModelEvaluation:
    """Plays every matching question of the default pack once, or `episodes` drawn by the seed, each
    `samples` times; `concurrency` episodes at once, in this thread.

        policy       a ModelPolicy; a ScriptedModel; or a function, async or not, from an
                     AgentEpisode to a text, a Completion or a Reply
        dialect      the policy's, else "chat"
        max_total_tokens    stop when so many are used; 0: never
        progress     is called with (episodes done, of)
        report       is called with each episode, in the evaluation's order
        trajectories, completions    files to write, byte for byte those of `sqlenv eval`
        resume       as `completions`, but go on where the run in this file ended, if there is one
        options      as for Env

    Equal completions give the numbers and bytes of `sqlenv eval --model`.

    Raises Error BAD_OPTION, NOT_FOUND, BAD_PACK, or MISMATCH and BAD_JSON for a file to go on from;
    ModelError if the server fails in a way that all episodes would meet, or loses ten in a row: its
    `evaluation` then holds what was played, as the files do.
    """
    _check(policy, samples, concurrency, completions, resume)
    chosen = Catalog.of(catalog)
    dialect = str(dialect or getattr(policy, "dialect", "chat"))
    described = _described(policy, dialect)
    described |= {
        "concurrency": concurrency,
        "samples": samples,
        "max_total_tokens": max_total_tokens,
    }
    kept = read_lines(resume) if resume is not None and os.path.exists(resume) else None
    core = _core.ModelRun(chosen._core, options, seed, episodes, described, kept)
    plan = plan_evaluation(chosen, seed=seed, episodes=episodes, **options)
    run = _Run(policy, core, chosen, [one.question_id for one in plan], samples)
    kept_file = resume if resume is not None else completions
    with EpisodeFiles(trajectories, kept_file, core.header(), kept) as files:
        try:
            await run.play(files, progress, report)
        finally:
            if not core.over():
                core.interrupt()
            core.finish()
            run.hand_out(files, None, report)
    told = core.result_json()
    known = json.loads(told)
    name = known["policy"] or type(policy).__name__
    made = ModelEvaluation(
        name, known["pack"], known["pack_digest"], known["options"], run.results, told
    )
    early = core.ended_early()
    if early is not None and early[0] != "TOKEN_BUDGET":
        raise ModelError(*early, evaluation=made)
    return made


class _Run:
    """An evaluation while it is played."""

    def __init__(
        self,
        policy: Any,
        core: _core.ModelRun,
        catalog: Catalog,
        questions: list[str],
        samples: int,
    ) -> None:
        self.policy = policy
        self.core = core
        self.catalog = catalog
        self.questions = questions
        self.samples = samples
        self.results: list[EpisodeResult] = []
        self._models: dict[int, Model] = {}
        self._begun = time.monotonic()

    async def play(
        self,
        files: EpisodeFiles,
        progress: Callable[[int, int], None] | None,
        report: Callable[[PlayedEpisode], None] | None,
    ) -> None:
        core = self.core
        under_way: set[asyncio.Task[Callable[[], None]]] = set()
        async with AsyncExitStack() as stack:
            if isinstance(self.policy, ModelPolicy):
                await stack.enter_async_context(self.policy)
            try:
                while not core.over():
                    while (asked := core.next(self._now())) is not None:
                        under_way.add(asyncio.create_task(self._ask(*asked)))
                    self.hand_out(files, progress, report)
                    if core.over():
                        break
                    under_way = await self._wait(under_way)
                self.hand_out(files, progress, report)
            finally:
                for task in under_way:
                    task.cancel()
                await asyncio.gather(*under_way, return_exceptions=True)

    def hand_out(
        self,
        files: EpisodeFiles,
        progress: Callable[[int, int], None] | None,
        report: Callable[[PlayedEpisode], None] | None,
    ) -> None:
        """Hands out what has ended since the last time."""
        for number, line in self.core.kept():
            files.keep(number, line)
        for fields in self.core.reports():
            played = self._played(*fields)
            self.results.append(played.result)
            self._models.pop(fields[0], None)
            files.add(played.trajectory)
            if report is not None:
                report(played)
            if progress is not None:
                progress(self.core.ended(), self.core.planned())

    async def _wait(
        self, under_way: set[asyncio.Task[Callable[[], None]]]
    ) -> set[asyncio.Task[Callable[[], None]]]:
        """Takes the replies that are there, or waits for one or until there is more to ask."""
        wakes = self.core.wakes_at()
        seconds = None if wakes is None else max(0.0, wakes - self._now())
        if not under_way:
            await asyncio.sleep(seconds or 0.0)
            return under_way
        done, rest = await asyncio.wait(
            under_way, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        for task in done:
            task.result()()
        return rest

    async def _ask(self, number: int, request: _core._HttpRequest) -> Callable[[], None]:
        """Asks for the next turn of an episode; gives what hands the reply to the run."""
        if isinstance(self.policy, ModelPolicy):
            reply = await self.policy._send(*request)
            return lambda: self.core.take_reply(number, reply, self._now(), int(time.time()))
        agent = AgentEpisode._of(self.core.agent(number))
        written = self._model(number)(agent)
        if inspect.isawaitable(written):
            written = await written
        made = written if isinstance(written, Reply) else Reply(as_completion(written))
        return lambda: self.core.take_completion(number, *made)

    def _model(self, number: int) -> Model:
        """The function that stands for the model in an episode."""
        if number not in self._models:
            model = self.policy
            if hasattr(model, "episode"):
                model = model.episode(self._question(number), (number - 1) % self.samples)
            self._models[number] = model
        return self._models[number]

    def _question(self, number: int) -> str:
        return self.questions[(number - 1) // self.samples]

    def _played(
        self,
        number: int,
        failure: str,
        trouble: tuple[str, str] | None,
        steps: int,
        micros: int,
        seed: int,
        errors: list[str],
        answer: str | None,
        replies: list[_core._Reply],
        trajectory: str,
    ) -> PlayedEpisode:
        pack = self.catalog.packs[0]
        question = self.catalog.questions(pack=pack, question_id=self._question(number))[0]
        known = (question.id, question.database, question.difficulty, seed)
        return PlayedEpisode(
            EpisodeResult(*known, failure, steps, micros, dict(sorted(Counter(errors).items()))),
            (number - 1) % self.samples,
            [Reply(Completion._of(fields), *tokens) for fields, *tokens in replies],
            answer,
            None if trouble is None else ModelError(*trouble),
            trajectory,
        )

    def _now(self) -> float:
        return time.monotonic() - self._begun


def _check(
    policy: object,
    samples: int,
    concurrency: int,
    completions: PathName | None,
    resume: PathName | None,
) -> None:
    if samples < 1 or concurrency < 1:
        raise Error("BAD_OPTION", "samples and concurrency must be 1 or more.")
    if completions is not None and resume is not None:
        raise Error("BAD_OPTION", "give one of completions and resume.")
    if not callable(policy) and not hasattr(policy, "episode"):
        raise TypeError("policy must be a ModelPolicy, a ScriptedModel or a function")


def _described(policy: object, dialect: str) -> dict[str, Any]:
    if isinstance(policy, ModelPolicy):
        return policy._described(dialect)
    name = getattr(policy, "__name__", type(policy).__name__)
    return {
        "server": None,
        "model": {"model": name},
        "dialect": dialect,
        "grammar": False,
        "retries": 0,
        "timeout": DEFAULT_TIMEOUT,
    }
