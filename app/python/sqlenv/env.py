"""Env: one episode after another, in this process.

    env = Env(split="train")
    step = env.reset(seed=7)
    print(step.observation["question"])
    step = env.step(("DESCRIBE", "singer"))
    step = env.step(("ANSWER", "3"))
    print(step.reward, step.done, env.outcome.correct, env.trajectory())
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import Any, NamedTuple, TypeAlias, TypedDict

from . import _core
from .catalog import Catalog, CatalogLike, Question

ActionLike: TypeAlias = "tuple[str, str] | Mapping[str, str]"

DEFAULT_REWARD = _core.default_reward
"""the reward preset of an episode that names none"""


class Action(NamedTuple):
    """An agent's action, exactly as sent. A pair of texts or a mapping with these two keys also serves.
    A wrong action is answered with an `error` and spends a step."""

    action_type: str
    """DESCRIBE, SAMPLE, QUERY or ANSWER, in any case"""
    argument: str
    """a table, a table, one SELECT, or the answer"""


class Observation(TypedDict):
    """Everything that an agent may read after a reset or a step."""

    question: str
    schema_info: str
    """the tables' names, and one line with columns for each table described so far"""
    result: str
    """what the action found; empty if it failed"""
    error: str
    """"CODE: message" if the action failed, else empty"""
    step_count: int
    budget_remaining: int
    action_history: list[str]
    """one line for each step so far"""


class Step(NamedTuple):
    """The answer to a reset or a step, the three members that every face of SQLEnv gives."""

    observation: Observation
    reward: float | None
    """in reward units (a right ANSWER pays 1); None after a reset"""
    done: bool


class Outcome(NamedTuple):
    """How an episode ended."""

    question_id: str
    database: str
    difficulty: str
    seed: int
    answered: bool
    """False if the budget was spent without an ANSWER"""
    correct: bool
    reason: str
    """the verdict's reason, such as MATCH or VALUE; NO_ANSWER without an ANSWER"""
    steps: int
    total_reward: float
    """exact to the millionth"""
    total_micros: int
    """the same in millionths"""


class Snapshot:
    """An episode as it was at one moment, held in memory; `restore` continues from it.

    Cheap: the cost of copying the episode's texts. It stays valid when the environment goes on, and
    any environment of the same catalog can restore it. For another process use `save`.
    """

    def __init__(self, core: _core.Snapshot) -> None:
        self._core = core


class Env:
    """One episode after another. Belongs to one thread at a time; `step` releases the GIL.

    `catalog`: a Catalog (share one between environments) or what Catalog(...) takes; None is the
    bundled pack. `options` are the defaults of every reset:

        pack, database, difficulty, split, question_id   which questions
        step_budget    steps an episode may take, 1 to 1,000 (15)
        reward         "v3" (default), "v2", "v1.5", "v1", "potential"
        verifier       "strict" (default), "sqlenv", "spider", "bird"

    Raises Error NOT_FOUND or BAD_PACK for the catalog; options are checked by `reset`.
    """

    def __init__(self, catalog: CatalogLike = None, **options: Any) -> None:
        self.catalog = Catalog.of(catalog)
        self._core = _core.Env(self.catalog._core, options)

    def reset(self, *, seed: int | None = None, **options: Any) -> Step:
        """Starts an episode: Step(observation, None, False).

        `seed` (0 to 2**64-1) draws one of the matching questions. Without one, the next of the
        stream that the last given seed began; without any, one from the system's entropy.
        `options` override the constructor's for this episode; None undoes one of them.

        Raises Error BAD_OPTION for a wrong option, or one that fits no question.
        """
        if seed is None and not self._core.seeded():
            seed = secrets.randbits(63)
        return Step._make(self._core.reset(seed, options))

    def step(self, action: ActionLike) -> Step:
        """Takes one action. After the end nothing changes: an error in the observation, reward 0.

        Raises Error NO_EPISODE before the first reset; TypeError if `action` is no pair of texts.
        """
        return Step._make(self._core.step(action))

    @property
    def done(self) -> bool:
        return self._core.done()

    @property
    def question(self) -> Question:
        """The question being played. Raises Error NO_EPISODE."""
        return Question(*self._core.question())

    @property
    def seed(self) -> int:
        """The seed of this episode. Raises Error NO_EPISODE."""
        return self._core.seed()

    @property
    def total_reward(self) -> float:
        """The sum of all rewards so far, exact to the millionth."""
        return self._core.total_micros() / 1e6

    @property
    def outcome(self) -> Outcome | None:
        """How the episode ended; None while it runs."""
        fields = self._core.outcome()
        return None if fields is None else Outcome(*fields)

    def step_json(self) -> str:
        """The last answer as JSON, byte for byte what the server sends as an observation's data."""
        return self._core.step_json()

    def trajectory(self) -> str:
        """The finished episode as JSON Lines (sqlenv-trajectory/1), byte for byte that of
        `sqlenv run`. It holds the reward's terms, so Error EPISODE_RUNNING before the end."""
        return self._core.trajectory()

    def clone(self) -> Env:
        """An Env that continues from here on its own. Both share connections: steps in two threads
        wait for each other."""
        twin = Env.__new__(Env)
        twin.catalog = self.catalog
        twin._core = self._core.clone()
        return twin

    def snapshot(self) -> Snapshot:
        """The episode as it is now, for `restore`."""
        return Snapshot(self._core.snapshot())

    def restore(self, snapshot: Snapshot) -> Step:
        """Goes back to a snapshot, and gives what was last answered then.

        Raises Error MISMATCH if it is of another catalog.
        """
        return Step._make(self._core.restore(snapshot._core))

    def save(self) -> bytes:
        """The episode as text (sqlenv-episode/1), which another process, the server or the command
        line can go on from. It holds no gold and no verdict."""
        return self._core.save()

    def load(self, saved: bytes) -> Step:
        """Goes on from what `save` gave, by playing its actions again: costs what they cost.

        Raises Error BAD_SAVE, NOT_FOUND, BAD_OPTION or MISMATCH.
        """
        return Step._make(self._core.load(saved))
