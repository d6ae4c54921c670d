"""Gymnasium's Env and VectorEnv on SQLEnv. Needs gymnasium.

    import gymnasium, sqlenv.gym            # the import registers the environment
    env = gymnasium.make("sqlenv/SQL-v0", split="train")
    envs = gymnasium.make_vec("sqlenv/SQL-v0", num_envs=64,
                              vectorization_mode="vector_entry_point", threads=2)

Actions: {"action_type": 0 to 3 for DESCRIBE, SAMPLE, QUERY and ANSWER, "argument": text}.
Observations: the seven members of sqlenv.Observation; action_history is a tuple of texts. Of a batch
the texts are tuples and the counts arrays of shape (num_envs,).

An episode ends by ANSWER or with its budget. Both are terminations, since the steps left are part
of the observation. info holds "question_id" and, at the end, "outcome" as a dict, without the seed,
which can be larger than the integers that Gymnasium batches.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import gymnasium
import numpy as np
from gymnasium import spaces
from gymnasium.vector import AutoresetMode
from gymnasium.vector.utils import batch_space

from .catalog import CatalogLike
from .env import Action, Env, Observation, Outcome
from .vector import Autoreset, Floats, Flags, VectorEnv, VectorStep

ACTION_TYPES = ("DESCRIBE", "SAMPLE", "QUERY", "ANSWER")
MAX_TEXT = 1 << 20
MAX_BUDGET = 1000

GymObservation: TypeAlias = "dict[str, Any]"
GymAction: TypeAlias = "dict[str, Any]"


class AnyText(spaces.Text):
    """Texts of any characters, unlike Gymnasium's Text. Samples are short printable ASCII."""

    def __init__(self, max_length: int = MAX_TEXT, *, seed: int | None = None) -> None:
        printable = "".join(chr(code) for code in range(32, 127))
        super().__init__(max_length, min_length=0, charset=printable, seed=seed)

    def contains(self, x: Any) -> bool:
        return isinstance(x, str) and len(x) <= self.max_length

    def sample(self, mask: Any = None, probability: Any = None) -> str:
        if mask is None and probability is None:
            mask = (int(self.np_random.integers(0, min(self.max_length, 40) + 1)), None)
        return super().sample(mask, probability)

    def __repr__(self) -> str:
        return f"AnyText({self.max_length})"


def action_space() -> spaces.Dict:
    return spaces.Dict({"action_type": spaces.Discrete(4), "argument": AnyText()})


def observation_space() -> spaces.Dict:
    return spaces.Dict(
        {
            "question": AnyText(),
            "schema_info": AnyText(),
            "result": AnyText(),
            "error": AnyText(),
            "step_count": spaces.Discrete(MAX_BUDGET + 1),
            "budget_remaining": spaces.Discrete(MAX_BUDGET + 1),
            "action_history": spaces.Sequence(AnyText()),
        }
    )


class SQLGymEnv(gymnasium.Env[GymObservation, GymAction]):
    """One episode after another. `catalog` and `options` as for sqlenv.Env."""

    metadata: dict[str, Any] = {"render_modes": ["ansi"], "render_fps": 1}

    def __init__(
        self, catalog: CatalogLike = None, *, render_mode: str | None = None, **options: Any
    ) -> None:
        self.render_mode = render_mode
        self.action_space = action_space()
        self.observation_space = observation_space()
        self.env = Env(catalog, **options)

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[GymObservation, dict[str, Any]]:
        """`options` as for sqlenv.Env.reset."""
        super().reset(seed=seed)
        step = self.env.reset(seed=seed, **(options or {}))
        self._last = step.observation
        return _observation(step.observation), self._info()

    def step(
        self, action: GymAction
    ) -> tuple[GymObservation, float, bool, bool, dict[str, Any]]:
        step = self.env.step(_action(action["action_type"], action["argument"]))
        self._last = step.observation
        return _observation(step.observation), step.reward or 0.0, step.done, False, self._info()

    def render(self) -> Any:
        """"ansi": the last observation as text."""
        if self.render_mode != "ansi":
            return None
        shown = self._last
        return "\n".join(
            (shown["question"], shown["schema_info"], *shown["action_history"],
             shown["error"] or shown["result"])
        )

    def _info(self) -> dict[str, Any]:
        info: dict[str, Any] = {"question_id": self.env.question.id}
        if (outcome := self.env.outcome) is not None:
            info["outcome"] = _outcome(outcome)
        return info


class SQLGymVectorEnv(gymnasium.vector.VectorEnv[GymObservation, GymAction, Any]):
    """sqlenv.VectorEnv as Gymnasium's. `options` to reset are those of sqlenv.Env.reset, one mapping
    for all, and "reset_mask", a boolean array of the slots to reset (the others keep what they
    have)."""

    def __init__(
        self,
        num_envs: int = 1,
        catalog: CatalogLike = None,
        *,
        threads: int = 1,
        autoreset_mode: AutoresetMode | str = AutoresetMode.NEXT_STEP,
        **options: Any,
    ) -> None:
        mode = AutoresetMode(autoreset_mode)
        self.metadata = {"autoreset_mode": mode, "render_modes": []}
        self.num_envs = num_envs
        self.single_action_space = action_space()
        self.single_observation_space = observation_space()
        self.action_space = batch_space(self.single_action_space, num_envs)
        self.observation_space = batch_space(self.single_observation_space, num_envs)
        self.envs = VectorEnv(
            num_envs, catalog, threads=threads, autoreset=Autoreset(mode.value), **options
        )
        self._shown: list[Observation | None] = [None] * num_envs

    def reset(
        self,
        *,
        seed: int | Sequence[int | None] | None = None,
        options: dict[str, Any] | None = None,
    ) -> tuple[GymObservation, dict[str, Any]]:
        chosen = dict(options or {})
        mask = chosen.pop("reset_mask", None)
        slots = np.arange(self.num_envs) if mask is None else np.flatnonzero(mask)
        if isinstance(seed, Sequence):
            seed = [seed[int(slot)] for slot in slots]
        step = self.envs.reset(seed=seed, slots=slots, options=chosen)
        return self._show(step), {}

    def step(
        self, actions: GymAction
    ) -> tuple[GymObservation, Floats, Flags, Flags, dict[str, Any]]:
        kinds, arguments = actions["action_type"], actions["argument"]
        pairs = [_action(kind, text) for kind, text in zip(kinds, arguments, strict=True)]
        step = self.envs.step(pairs)
        infos: dict[str, Any] = {}
        finals = step.final_observations
        for place, outcome in step.outcomes.items():
            info: dict[str, Any] = {"outcome": _outcome(outcome)}
            if place in finals:
                info = {"final_obs": _observation(finals[place]), "final_info": info}
            infos = self._add_info(infos, info, place)
        return self._show(step), step.rewards, step.terminated, step.truncated, infos

    def close_extras(self, **kwargs: Any) -> None:
        self.envs.close()

    def _show(self, step: VectorStep) -> GymObservation:
        for slot, observation in zip(step.slots, step.observations, strict=True):
            self._shown[slot] = observation
        shown = [_observation(one) for one in self._shown if one is not None]
        batch: dict[str, Any] = {name: tuple(one[name] for one in shown) for name in shown[0]}
        for name in ("step_count", "budget_remaining"):
            batch[name] = np.array(batch[name], dtype=np.int64)
        return batch


def _action(kind: Any, argument: str) -> Action:
    return Action(kind if isinstance(kind, str) else ACTION_TYPES[int(kind)], argument)


def _outcome(outcome: Outcome) -> dict[str, Any]:
    shown = outcome._asdict()
    del shown["seed"]
    return shown


def _observation(observation: Observation) -> GymObservation:
    shown: dict[str, Any] = dict(observation)
    shown["action_history"] = tuple(observation["action_history"])
    return shown


__all__ = ["ACTION_TYPES", "AnyText", "SQLGymEnv", "SQLGymVectorEnv"]

if "sqlenv/SQL-v0" not in gymnasium.registry:
    gymnasium.register(
        "sqlenv/SQL-v0",
        entry_point="sqlenv.gym:SQLGymEnv",
        vector_entry_point="sqlenv.gym:SQLGymVectorEnv",
    )
