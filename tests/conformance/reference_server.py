"""The framework's own server around an environment like ours: `python -m … PORT`.

The environment answers every action alike. The tests compare not its observations but what the framework
does with requests: routes, statuses, shapes, errors, sessions, tools.
"""

from __future__ import annotations

import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "app" / "python"))

import uvicorn  # noqa: E402
from fastmcp import FastMCP  # noqa: E402
from openenv.core.env_server.http_server import create_app  # noqa: E402
from openenv.core.env_server.interfaces import Environment  # noqa: E402
from openenv.core.env_server.mcp_environment import MCPEnvironment  # noqa: E402
from sqlenv import SQLAction, SQLObservation, SQLState  # noqa: E402

BUDGET = 15
TASKS = {
    "train": [{"question_id": "music_train_001", "question": "How many singers are there?",
               "database": "music", "difficulty": "easy", "split": "train"}],
    "eval": [{"question_id": "music_eval_001", "question": "Which singer is oldest?",
              "database": "music", "difficulty": "medium", "split": "eval"}],
}  # fmt: skip


class ReferenceEnvironment(MCPEnvironment):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self) -> None:
        server = FastMCP("sql_env")

        @server.tool
        def describe(table: str) -> dict:
            """The columns, types, keys and row count of a table. Costs a step."""
            return self._tool("DESCRIBE", table)

        @server.tool
        def sample(table: str) -> dict:
            """A few rows of a table. Costs a step."""
            return self._tool("SAMPLE", table)

        @server.tool
        def query(sql: str) -> dict:
            """Run one SELECT statement in SQLite's dialect. Costs a step."""
            return self._tool("QUERY", sql)

        @server.tool
        def answer(value: str) -> dict:
            """Answer the question and end the episode."""
            return self._tool("ANSWER", value)

        super().__init__(server)
        self._state = SQLState()
        self._history: list[str] = []
        self._done = False

    def reset(self, seed: int | None = None, episode_id: str | None = None, **_: object):
        self._state = SQLState(episode_id=episode_id or str(uuid.uuid4()))
        self._history, self._done = [], False
        return self._observe(reward=None)

    def _step_impl(self, action, timeout_s: float | None = None, **_: object):
        self._state.step_count += 1
        self._history.append(action.action_type)
        self._done = action.action_type.upper() == "ANSWER"
        return self._observe(reward=1.0 if self._done else 0.0)

    def _tool(self, action_type: str, argument: str) -> dict:
        observation = self._step_impl(SQLAction(action_type=action_type, argument=argument))
        step = observation.model_dump(exclude={"metadata"})
        return {"reward": step.pop("reward"), "done": step.pop("done"), "observation": step}

    def _observe(self, reward: float | None) -> SQLObservation:
        return SQLObservation(
            question="How many singers are there?", schema_info="Tables: band, singer",
            result="", error="", step_count=self._state.step_count,
            budget_remaining=BUDGET - self._state.step_count,
            action_history=list(self._history), reward=reward, done=self._done,
        )  # fmt: skip

    @property
    def state(self) -> SQLState:
        return self._state

    def list_splits(self) -> list:
        return [{"name": "train", "type": "train"}, {"name": "eval", "type": "validation"}]

    def list_tasks(self, split: str) -> list:
        return TASKS[split]

    def num_tasks(self, split: str) -> int:
        return len(TASKS[split])

    def get_task(self, split: str, index: int) -> dict:
        if index < 0:
            raise IndexError
        return TASKS[split][index]

    def get_task_range(self, split: str, start: int | None, stop: int | None) -> list:
        return TASKS[split][start:stop]


def main(port: int, max_sessions: int) -> None:
    app = create_app(
        ReferenceEnvironment, SQLAction, SQLObservation, env_name="sql_env", state_cls=SQLState,
        max_concurrent_envs=max_sessions,
    )  # fmt: skip
    uvicorn.run(app, host="127.0.0.1", port=port, log_level="warning", lifespan="on")


if __name__ == "__main__":
    assert issubclass(ReferenceEnvironment, Environment)
    main(int(sys.argv[1]), int(sys.argv[2]))
