"""evaluate(): success of a policy with its 95 % interval, the same numbers as `sqlenv eval`."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeAlias

from . import _core
from .catalog import Catalog, CatalogLike
from .env import DEFAULT_REWARD, ActionLike, Env, Observation, Step
from .errors import Error

CORE_POLICIES = ("random", "explorer", "oracle")


class Policy(Protocol):
    """Plays episodes from observations. If its actions follow from the seed and the observations
    alone, equal seeds give equal evaluations."""

    def begin(self, observation: Observation, seed: int) -> None:
        """An episode starts; forget the one before."""

    def act(self, observation: Observation) -> ActionLike:
        """The next action. First called with begin()'s observation, then with each later one."""


PolicyLike: TypeAlias = "str | Policy | Callable[[Observation], ActionLike]"


class PlannedEpisode(NamedTuple):
    """One episode of an evaluation. Any process with the catalog can play it."""

    pack: str
    question_id: str
    seed: int


class EpisodeResult(NamedTuple):
    """The result of one episode, in exact numbers."""

    question_id: str
    database: str
    difficulty: str
    seed: int
    failure: str
    """the verdict's reason, NO_ANSWER, or the code of the error that kept it from starting; empty
    for success"""
    steps: int
    total_micros: int
    """return in millionths of a reward unit"""
    step_errors: dict[str, int]
    """the codes of step errors, with their counts"""


class Tally(NamedTuple):
    """Sums over episodes."""

    episodes: int
    successes: int
    steps: int
    total_micros: int

    @property
    def success_rate(self) -> float:
        return self.successes / self.episodes if self.episodes else 0.0

    @property
    def success_interval(self) -> tuple[float, float]:
        """The 95 % interval of the success rate by Wilson's score."""
        return wilson_interval(self.successes, self.episodes)

    @property
    def mean_return(self) -> float:
        return self.total_micros / self.episodes / 1e6 if self.episodes else 0.0

    @property
    def mean_steps(self) -> float:
        return self.steps / self.episodes if self.episodes else 0.0

    def as_dict(self) -> dict[str, Any]:
        return {
            "episodes": self.episodes,
            "successes": self.successes,
            "success_rate": self.success_rate,
            "success_interval": list(self.success_interval),
            "mean_return": self.mean_return,
            "mean_steps": self.mean_steps,
        }


@dataclass(frozen=True)
class Evaluation:
    """The result: every episode, and the sums that `sqlenv eval` prints."""

    policy: str
    pack: str
    pack_digest: str
    options: dict[str, Any]
    results: list[EpisodeResult] = field(repr=False)

    @property
    def all(self) -> Tally:
        return tally(self.results)

    @property
    def by_database(self) -> dict[str, Tally]:
        return _grouped(self.results, lambda result: result.database)

    @property
    def by_difficulty(self) -> dict[str, Tally]:
        return _grouped(self.results, lambda result: result.difficulty)

    @property
    def success_rate(self) -> float:
        return self.all.success_rate

    @property
    def success_interval(self) -> tuple[float, float]:
        return self.all.success_interval

    @property
    def failures(self) -> dict[str, int]:
        """Reasons of failures, with their counts."""
        counts = Counter(result.failure for result in self.results if result.failure)
        return dict(sorted(counts.items()))

    @property
    def step_errors(self) -> dict[str, int]:
        counts: Counter[str] = Counter()
        for result in self.results:
            counts.update(result.step_errors)
        return dict(sorted(counts.items()))

    def as_dict(self) -> dict[str, Any]:
        """sqlenv-evaluation/1: the members and numbers of `sqlenv eval --json`, in its order."""
        return {
            "format": "sqlenv-evaluation/1",
            "core": _core.version,
            "policy": self.policy,
            "pack": self.pack,
            "pack_digest": self.pack_digest,
            "options": self.options,
            **self.all.as_dict(),
            "failures": self.failures,
            "step_errors": self.step_errors,
            "by_database": {name: one.as_dict() for name, one in self.by_database.items()},
            "by_difficulty": {name: one.as_dict() for name, one in self.by_difficulty.items()},
        }

    def json(self) -> str:
        return json.dumps(self.as_dict(), indent=2, ensure_ascii=False)

    def __str__(self) -> str:
        low, high = self.success_interval
        total = self.all
        return (
            f"{self.policy} on {self.pack}: {total.successes} of {total.episodes} solved, "
            f"{100 * total.success_rate:.1f} % ({100 * low:.1f} to {100 * high:.1f} %), "
            f"mean return {total.mean_return:.3f}, mean steps {total.mean_steps:.2f}"
        )


def wilson_interval(successes: int, trials: int) -> tuple[float, float]:
    """The 95 % confidence interval of a proportion by Wilson's score; (0, 1) without trials."""
    if trials <= 0:
        return 0.0, 1.0
    z = 1.959963984540054  # the normal distribution's 97.5 % quantile
    n = float(trials)
    p = successes / n
    scale = 1 + z * z / n
    middle = (p + z * z / (2 * n)) / scale
    half = z / scale * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
    return (
        0.0 if successes == 0 else middle - half,
        1.0 if successes == trials else middle + half,
    )


def tally(results: Iterable[EpisodeResult]) -> Tally:
    """The sums over some episodes."""
    some = list(results)
    return Tally(
        len(some),
        sum(not result.failure for result in some),
        sum(result.steps for result in some),
        sum(result.total_micros for result in some),
    )


def plan_evaluation(
    catalog: Catalog, *, seed: int = 0, episodes: int = 0, **options: Any
) -> list[PlannedEpisode]:
    """The episodes that evaluate() with these arguments plays, in its order.

    Raises Error BAD_OPTION.
    """
    return [PlannedEpisode(*one) for one in catalog._core.plan(options, seed, episodes)]


def play_planned(
    env: Env, policy: PolicyLike, plan: Iterable[PlannedEpisode], **options: Any
) -> list[EpisodeResult]:
    """Plays some of a plan's episodes, one after another. `options`: step_budget, reward and
    verifier. Results do not depend on which others are played, nor where."""
    return [_play_one(env, policy, one, options) for one in plan]


def evaluate(
    policy: PolicyLike,
    catalog: CatalogLike = None,
    *,
    seed: int = 0,
    episodes: int = 0,
    threads: int = 1,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Evaluation:
    """Plays every matching question of the default pack once, or `episodes` drawn by the seed.

    `policy`: "random", "explorer" or "oracle" (played in the core), an object with begin() and
    act(), or a function from observation to action. `options` as for Env. `threads` applies to the
    core's policies; a policy of yours plays in this thread, one episode after another.
    `progress(done, of)` is called now and then. Equal arguments give equal results, which are those
    of `sqlenv eval` with the same policy, seed and options.

    Raises Error BAD_OPTION, NOT_FOUND or BAD_PACK.
    """
    chosen = Catalog.of(catalog)
    plan = plan_evaluation(chosen, seed=seed, episodes=episodes, **options)
    name = policy if isinstance(policy, str) else type(policy).__name__
    if isinstance(policy, str) and policy not in CORE_POLICIES:
        raise Error("BAD_OPTION", f'there is no policy "{policy}". Known: {", ".join(CORE_POLICIES)}.')
    rest: dict[str, Any] = {
        key: options[key]
        for key in ("step_budget", "reward", "verifier")
        if key in options
    }
    results = _play_all(chosen, policy, plan, rest, threads, progress)
    return make_evaluation(name, chosen, plan, results, seed=seed, episodes=episodes, **options)


def make_evaluation(
    name: str,
    catalog: Catalog,
    plan: Sequence[PlannedEpisode],
    results: list[EpisodeResult],
    *,
    seed: int = 0,
    episodes: int = 0,
    **options: Any,
) -> Evaluation:
    """The evaluation whose plan was played, perhaps in several places; results in plan's order."""
    if len(results) != len(plan):
        raise ValueError(f"{len(results)} results for {len(plan)} episodes")
    pack = catalog.packs[0]
    described = described_options(seed=seed, episodes=episodes, **options)
    return Evaluation(name, pack, catalog.digests[pack], described, results)


def described_options(*, seed: int, episodes: int, **options: Any) -> dict[str, Any]:
    """The options of an evaluation as its JSON names them."""
    return {
        "seed": seed,
        "episodes": episodes,
        "database": options.get("database"),
        "difficulty": options.get("difficulty"),
        "split": options.get("split"),
        "step_budget": options.get("step_budget") or 15,
        "reward": options.get("reward") or DEFAULT_REWARD,
        "verifier": options.get("verifier") or "strict",
    }


def _play_all(
    catalog: Catalog,
    policy: PolicyLike,
    plan: list[PlannedEpisode],
    options: dict[str, Any],
    threads: int,
    progress: Callable[[int, int], None] | None,
) -> list[EpisodeResult]:
    workers = max(1, threads) if isinstance(policy, str) else 1
    pieces = [plan[i : i + 16] for i in range(0, len(plan), 16)]
    done: list[EpisodeResult] = []

    def played(envs: list[Env], piece: list[PlannedEpisode]) -> list[EpisodeResult]:
        env = envs.pop() if envs else Env(catalog)
        results = play_planned(env, policy, piece, **options)
        envs.append(env)
        return results

    idle: list[Env] = []
    if workers == 1:
        lists: Iterable[list[EpisodeResult]] = (played(idle, piece) for piece in pieces)
        for results in lists:
            done += results
            if progress:
                progress(len(done), len(plan))
        return done
    with ThreadPoolExecutor(workers) as pool:
        for results in pool.map(lambda piece: played(idle, piece), pieces):
            done += results
            if progress:
                progress(len(done), len(plan))
    return done


def start_planned(env: Env, planned: PlannedEpisode, options: dict[str, Any]) -> Step:
    """Starts a planned episode. `options`: step_budget, reward and verifier."""
    where = {"pack": planned.pack, "question_id": planned.question_id}
    return env.reset(seed=planned.seed, **where, **options)


def result_of(env: Env, planned: PlannedEpisode, failure: str = "") -> EpisodeResult:
    """The result of the planned episode that `env` has played to its end, or, if `failure` is not
    empty, of one that could not be started or was lost."""
    where = {"pack": planned.pack, "question_id": planned.question_id}
    question = env.catalog.questions(**where)[0]
    known = (question.id, question.database, question.difficulty, planned.seed)
    if failure:
        return EpisodeResult(*known, failure, 0, 0, {})
    outcome = env.outcome
    assert outcome is not None
    reason = "" if outcome.correct else outcome.reason
    errors = env._core.step_errors()
    return EpisodeResult(*known, reason, outcome.steps, outcome.total_micros, errors)


def _play_one(
    env: Env, policy: PolicyLike, planned: PlannedEpisode, options: dict[str, Any]
) -> EpisodeResult:
    try:
        step = start_planned(env, planned, options)
        if isinstance(policy, str):
            env._core.play(policy)
        else:
            _play(env, policy, step.observation, planned.seed)
    except Error as error:
        if error.code == "BAD_OPTION":
            raise
        return result_of(env, planned, error.code)
    return result_of(env, planned)


def _play(
    env: Env,
    policy: Policy | Callable[[Observation], ActionLike],
    observation: Observation,
    seed: int,
) -> None:
    if hasattr(policy, "begin"):
        policy.begin(observation, seed)
    act = policy.act if hasattr(policy, "act") else policy
    while not env.done:
        observation = env.step(act(observation)).observation


def _grouped(
    results: list[EpisodeResult], key: Callable[[EpisodeResult], str]
) -> dict[str, Tally]:
    groups: dict[str, list[EpisodeResult]] = {}
    for result in results:
        groups.setdefault(key(result), []).append(result)
    return {name: tally(groups[name]) for name in sorted(groups)}
