"""Those who play the held-out sets. Each leaves trajectories that `sqlenv compare` reads.

A player is a function that plays one set and gives its evaluation. All of them play the same
episodes of a set, so that their results can be compared in pairs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ..agent_evaluation import Model, ScriptedModel, evaluate
from ..agent_text import LINE_TOKENS, AgentEpisode, CompletionLike
from ..catalog import Catalog, Question
from ..env import Env
from ..evaluation import (
    CORE_POLICIES,
    EpisodeResult,
    Evaluation,
    PlannedEpisode,
    PolicyLike,
    make_evaluation,
    plan_evaluation,
    play_planned,
)
from ..model_policy import ModelPolicy
from .held_out import SPLIT, HeldOutSet
from .llama_server import serving


class Files(NamedTuple):
    """Where a player leaves what it played of one set."""

    folder: Path
    name: str
    """the set's"""

    @property
    def trajectories(self) -> Path:
        return self.folder / f"{self.name}.jsonl"

    @property
    def completions(self) -> Path:
        """What a model wrote; a run that was interrupted goes on from here."""
        return self.folder / f"{self.name}.completions.jsonl"

    @property
    def result(self) -> Path:
        return self.folder / f"{self.name}.json"


Player: TypeAlias = "Callable[[HeldOutSet, Files, int], Evaluation]"
"""plays a set into files; the number is the most episodes, 0 for all"""
Written: TypeAlias = "Mapping[str, Sequence[CompletionLike]]"
"""what a model wrote for each question, by the question's id"""
PlayOne: TypeAlias = "Callable[[PlannedEpisode], tuple[EpisodeResult, str]]"
"""plays an episode, and gives its result and trajectory"""
BatchPlayer: TypeAlias = "Callable[[Catalog, Sequence[Question]], Written]"


def policy_player(policy: PolicyLike) -> Player:
    """A policy that reads observations: a name of the core's, or an object."""

    def begin(catalog: Catalog) -> PlayOne:
        env = Env(catalog)

        def play_one(planned: PlannedEpisode) -> tuple[EpisodeResult, str]:
            (result,) = play_planned(env, policy, [planned])
            return result, env.trajectory()

        return play_one

    return one_by_one_player(policy if isinstance(policy, str) else type(policy).__name__, begin)


def one_by_one_player(name: str, begin: Callable[[Catalog], PlayOne]) -> Player:
    """Plays one episode after another. `begin` makes for a catalog what plays them."""

    def play(held_out: HeldOutSet, files: Files, limit: int) -> Evaluation:
        catalog = held_out.catalog()
        plan = plan_evaluation(catalog, episodes=limit, split=SPLIT)
        play_one, results = begin(catalog), []
        with files.trajectories.open("w", encoding="utf-8", newline="\n") as file:
            for planned in plan:
                result, trajectory = play_one(planned)
                results.append(result)
                file.write(trajectory)
        return make_evaluation(name, catalog, plan, results, episodes=limit, split=SPLIT)

    return play


def named_policy(name: str) -> PolicyLike:
    """A policy of the core, or the weights that `python -m sqlenv.learn train` wrote."""
    if name in CORE_POLICIES:
        return name
    from ..learn.trained import LearnedPolicy

    return LearnedPolicy.load(name)


def model_player(policy: ModelPolicy, *, slots: int) -> Player:
    """A language model behind an address, with `slots` episodes at once."""

    def play(held_out: HeldOutSet, files: Files, limit: int) -> Evaluation:
        return evaluate(
            policy, held_out.catalog(), split=SPLIT, episodes=limit, concurrency=slots,
            trajectories=files.trajectories, resume=files.completions,
        )  # fmt: skip

    return play


@contextmanager
def gguf_player(
    gguf: Path, *, slots: int, threads: int, log: Path, grammar: bool, examples: bool
) -> Iterator[Player]:
    """A GGUF file played greedily by llama.cpp."""
    with gguf.open("rb") as file:
        digest = hashlib.sha256()
        while part := file.read(1 << 20):
            digest.update(part)
    with serving(gguf, slots=slots, threads=threads, log=log) as address:
        # Runs are resumed only with the same model, which the name therefore tells apart.
        policy = compact_policy(
            address, f"{gguf.stem}-{digest.hexdigest()[:12]}", grammar=grammar, examples=examples
        )
        yield model_player(policy, slots=slots)


def compact_policy(address: str, name: str, *, grammar: bool, examples: bool) -> ModelPolicy:
    """The model behind an address, greedy in the compact dialect."""
    return ModelPolicy(
        address, model=name, dialect="compact", grammar=grammar, examples=examples,
        temperature=0.0, max_tokens=LINE_TOKENS,
    )  # fmt: skip


def batch_player(play_batch: BatchPlayer) -> Player:
    """A model in this process that plays many episodes at once, and gives what it wrote."""

    def play(held_out: HeldOutSet, files: Files, limit: int) -> Evaluation:
        catalog = held_out.catalog()
        plan = plan_evaluation(catalog, episodes=limit, split=SPLIT)
        known = {one.id: one for one in catalog.questions(split=SPLIT)}
        written = play_batch(catalog, [known[one.question_id] for one in plan])
        return evaluate(
            WrittenLines(written), catalog, dialect="compact", split=SPLIT, episodes=limit,
            trajectories=files.trajectories, completions=files.completions,
        )  # fmt: skip

    return play


class WrittenLines(ScriptedModel):
    """Plays lines that were written before. Where they are too few, empty ones follow."""

    def episode(self, question_id: str, sample: int) -> Model:
        rest = iter(self._lines(question_id, sample))

        def next_line(_: AgentEpisode) -> CompletionLike:
            return next(rest, "")

        return next_line
