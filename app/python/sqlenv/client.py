"""SQLEnv: the framework's client with our types.

    with SQLEnv(base_url="http://localhost:8000").sync() as env:
        result = env.reset(difficulty="easy", seed=7)
        result = env.step(SQLAction(action_type="DESCRIBE", argument="singer"))
        result = env.step(SQLAction(action_type="ANSWER", argument="3"))

One client is one session of the server. `reset` takes the options of docs/protocol.md.
"""

from __future__ import annotations

from typing import Any

from openenv.core.client_types import StepResult
from openenv.core.env_client import EnvClient

from .models import SQLAction, SQLObservation, SQLState


class SQLEnv(EnvClient[SQLAction, SQLObservation, SQLState]):
    def _step_payload(self, action: SQLAction) -> dict[str, Any]:
        return action.model_dump()

    def _parse_result(self, payload: dict[str, Any]) -> StepResult[SQLObservation]:
        reward, done = payload.get("reward"), payload.get("done", False)
        observation = SQLObservation(
            **{**payload["observation"], "reward": reward, "done": done}
        )
        return StepResult(observation=observation, reward=reward, done=done)

    def _parse_state(self, payload: dict[str, Any]) -> SQLState:
        return SQLState(**payload)
