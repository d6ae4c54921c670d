"""VectorEnv: many episodes on worker threads.

    envs = VectorEnv(64, threads=2, split="train")
    step = envs.reset(seed=0)
    while training:
        actions = [policy(text) for text in step.observations]
        step = envs.step(actions)             # or: envs.send(actions) … envs.recv()
        step.rewards, step.terminated         # NumPy, shape (64,)

Each slot gives the same bytes as an Env with the same seed and actions, with any number of threads.
"""

from __future__ import annotations

import enum
import functools
import secrets
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from . import _core
from .catalog import Catalog, CatalogLike, Question
from .env import ActionLike, Observation, Outcome, Snapshot

Floats: TypeAlias = npt.NDArray[np.float64]
Integers: TypeAlias = npt.NDArray[np.int64]
Flags: TypeAlias = npt.NDArray[np.bool_]


class Autoreset(enum.Enum):
    """How a slot goes on after its episode; Gymnasium's three modes.

    NEXT_STEP: its next action is not looked at; it starts the next episode (reward 0).
    SAME_STEP: the step that ends an episode starts the next one; the observation is the new
    episode's, the last one of the old is in `final_observations`.
    DISABLED: it waits for `reset(slots=…)`; a step answers with an error and changes nothing.
    """

    NEXT_STEP = "NextStep"
    SAME_STEP = "SameStep"
    DISABLED = "Disabled"


class ObservationBatch(Sequence[Observation]):
    """The observations of a batch, in its order. Each dict is made on access.

    The texts of one member for all (`batch.texts("result")`) cost less than all the dicts.
    """

    def __init__(self, core: _core.Batch) -> None:
        self._core = core

    def __len__(self) -> int:
        return len(self._core)

    @overload
    def __getitem__(self, index: int) -> Observation: ...
    @overload
    def __getitem__(self, index: slice) -> list[Observation]: ...
    def __getitem__(self, index: int | slice) -> Observation | list[Observation]:
        if isinstance(index, slice):
            return [self._core.observation(i) for i in range(*index.indices(len(self)))]
        return self._core.observation(range(len(self))[index])

    def __iter__(self) -> Iterator[Observation]:
        return iter(self._core.observations())

    def texts(self, member: str) -> list[str]:
        """One of question, schema_info, result and error, for every observation."""
        return self._core.texts(member)

    def json(self, index: int) -> str:
        """{"observation", "reward", "done"} as the server writes them."""
        return self._core.json(index)


class VectorStep:
    """The answers of a batch. Position i of every member belongs to slot `slots[i]`.

    The arrays belong to the batch: later steps do not change them. Each is made when it is first asked
    for.
    """

    observations: ObservationBatch
    """n observations"""

    def __init__(self, core: _core.Batch) -> None:
        self._core = core
        self.observations = ObservationBatch(core)

    @functools.cached_property
    def slots(self) -> Integers:
        """the slot of each position, (n,)"""
        return self._core.slots()

    @functools.cached_property
    def rewards(self) -> Floats:
        """rewards in reward units, (n,); 0 where an episode began"""
        return self._core.rewards()

    @functools.cached_property
    def terminated(self) -> Flags:
        """whether the episode ended, (n,), by ANSWER or by its budget. An observation has the steps left,
        so both are terminations and nothing is ever truncated."""
        return self._core.terminated()

    @functools.cached_property
    def truncated(self) -> Flags:
        """always False, (n,), for code that expects it"""
        return np.zeros(len(self), dtype=np.bool_)

    @functools.cached_property
    def began(self) -> Flags:
        """whether this is an episode's first observation, (n,) (SAME_STEP: the next episode's)"""
        return self._core.began()

    @functools.cached_property
    def failed(self) -> Flags:
        """whether the action was answered with an error, (n,)"""
        return self._core.failed()

    @functools.cached_property
    def step_counts(self) -> Integers:
        """steps taken in the observation's episode, (n,)"""
        return self._core.step_counts()

    @functools.cached_property
    def budgets(self) -> Integers:
        """steps left in the observation's episode, (n,)"""
        return self._core.budgets()

    def __len__(self) -> int:
        return len(self._core)

    @property
    def outcomes(self) -> dict[int, Outcome]:
        """The outcomes of episodes that this batch ended, by position."""
        return {i: Outcome(*fields) for i, fields in self._core.outcomes()}

    @property
    def final_observations(self) -> dict[int, Observation]:
        """SAME_STEP: the last observations of episodes that this batch ended, by position."""
        return dict(self._core.final_observations())


class VectorEnv:
    """`num_envs` slots, each with one episode after another, played by worker threads.

    `threads`: 0 plays in the calling thread; one for each core is most useful. `autoreset`: see
    Autoreset. `catalog` and `options` as for Env. All methods belong to one thread at a time; they
    release the GIL while they wait.

    Raises Error NOT_FOUND or BAD_PACK for the catalog, ValueError for num_envs or threads.
    """

    def __init__(
        self,
        num_envs: int,
        catalog: CatalogLike = None,
        *,
        threads: int = 1,
        autoreset: Autoreset | str = Autoreset.NEXT_STEP,
        **options: Any,
    ) -> None:
        self.catalog = Catalog.of(catalog)
        self.num_envs = num_envs
        self.threads = threads
        self.autoreset = Autoreset(autoreset)
        self._seeded = False
        self._core = _core.Pool(
            self.catalog._core, num_envs, threads, self.autoreset.value, options
        )

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        slots: Sequence[int] | Integers | None = None,
        options: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None = None,
    ) -> VectorStep:
        """Starts an episode in every slot, or in `slots`; gives their first observations.

        `seed`: one integer s seeds slot k with s + k; a sequence has one for each slot (None: the
        slot goes on with its own stream). `options` as for Env.reset, one mapping for all or one
        for each; they hold for the slot's later episodes too, until the next reset of the slot.

        A group of rollouts of one question: reset(slots=range(8), options={"question_id": …}).

        Raises Error BAD_OPTION if one cannot start (the others have started), SLOT_BUSY.
        """
        chosen = self._slots(slots)
        self._core.reset(chosen, self._seeds(seed, chosen), _options(options, len(chosen)))
        return self._receive(len(chosen), in_order=True)

    def step(
        self, actions: Sequence[ActionLike], slots: Sequence[int] | Integers | None = None
    ) -> VectorStep:
        """One action for every slot (or for each of `slots`), answered in the same order."""
        self.send(actions, slots)
        return self._receive(len(actions), in_order=True)

    def send(
        self, actions: Sequence[ActionLike], slots: Sequence[int] | Integers | None = None
    ) -> None:
        """Sends actions and returns at once; `recv` gives the answers.

        Raises Error SLOT_BUSY for a slot that owes an answer, NO_EPISODE for one never reset; then
        nothing is handed out.
        """
        self._core.send(None if slots is None else self._slots(slots), actions)

    def recv(self, count: int | None = None) -> VectorStep:
        """The next `count` answers in the order in which they are ready, or all.

        Raises ValueError if fewer are owed.
        """
        return self._receive(self._core.owed() if count is None else count, in_order=False)

    @property
    def owed(self) -> int:
        """The number of answers that recv() has yet to give."""
        return self._core.owed()

    def question(self, slot: int) -> Question:
        """The question that the slot is playing."""
        return Question(*self._core.question(slot))

    def trajectory(self, slot: int) -> str:
        """The slot's last finished episode as JSON Lines, byte for byte that of `sqlenv run`.

        Raises Error EPISODE_RUNNING if none has finished yet, SLOT_BUSY.
        """
        return self._core.trajectory(slot)

    def snapshot(self, slot: int) -> Snapshot:
        """The slot's episode at this moment."""
        return Snapshot(self._core.snapshot(slot))

    def restore(
        self, snapshots: Snapshot | Sequence[Snapshot], slots: Sequence[int] | Integers
    ) -> VectorStep:
        """Puts snapshots into slots (one snapshot: the same into each, which clones an episode) and
        gives what was last answered in them.

        Raises Error MISMATCH if one is of another catalog, SLOT_BUSY.
        """
        chosen = self._slots(slots)
        one = [snapshots] * len(chosen) if isinstance(snapshots, Snapshot) else list(snapshots)
        self._core.restore(chosen, [each._core for each in one])
        return self._receive(len(chosen), in_order=True)

    def clone(self, source: int, slots: Sequence[int] | Integers) -> VectorStep:
        """Copies the episode of slot `source` into `slots`, where each continues on its own."""
        return self.restore(self.snapshot(source), slots)

    def save(self, slot: int) -> bytes:
        """The slot's episode as text (sqlenv-episode/1), as Env.save gives it."""
        return self._core.save(slot)

    def load(self, saved: bytes | Sequence[bytes], slots: Sequence[int] | Integers) -> VectorStep:
        """Continues, in each of the slots, from what `save` gave.

        Raises Error BAD_SAVE, NOT_FOUND, BAD_OPTION, MISMATCH or SLOT_BUSY.
        """
        chosen = self._slots(slots)
        each = [saved] * len(chosen) if isinstance(saved, bytes) else list(saved)
        self._core.load(chosen, each)
        return self._receive(len(chosen), in_order=True)

    def close(self) -> None:
        """Ends the worker threads. Nothing else may be called after it."""
        self._core.close()

    def __enter__(self) -> VectorEnv:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _receive(self, count: int, in_order: bool) -> VectorStep:
        return VectorStep(self._core.recv(count, in_order))

    def _slots(self, slots: Sequence[int] | Integers | None) -> list[int]:
        if slots is None:
            return list(range(self.num_envs))
        if isinstance(slots, np.ndarray):
            numbers: list[int] = slots.tolist()
            return numbers
        return [int(slot) for slot in slots]

    def _seeds(
        self, seed: int | Sequence[int | None] | None, slots: list[int]
    ) -> list[int | None]:
        if isinstance(seed, int):
            return [(seed + slot) % 2**64 for slot in slots]
        seeds = [None] * len(slots) if seed is None else list(seed)
        fresh = set(self._core.unseeded())
        return [
            secrets.randbits(63) if one is None and slot in fresh else one
            for slot, one in zip(slots, seeds, strict=True)
        ]


def _options(
    options: Mapping[str, Any] | Sequence[Mapping[str, Any]] | None, count: int
) -> list[dict[str, Any]]:
    if options is None or isinstance(options, Mapping):
        return [dict(options or {})] * count
    if len(options) != count:
        raise ValueError(f"{len(options)} options for {count} slots")
    return [dict(each) for each in options]
