"""The official framework's server around an environment that does nothing but echo.

usage: python -m tests.bench.echo_server PORT. What `scripts/bench-server` compares with: whatever
time a step takes here is the framework's own.
"""

import sys
import uuid

import uvicorn
from openenv.core.env_server.http_server import create_app
from openenv.core.env_server.interfaces import Environment
from openenv.core.env_server.types import Action, Observation, State


class EchoAction(Action):
    message: str


class EchoObservation(Observation):
    echoed_message: str
    message_length: int


class EchoEnvironment(Environment):
    SUPPORTS_CONCURRENT_SESSIONS = True

    def __init__(self) -> None:
        self._state = State(episode_id=str(uuid.uuid4()), step_count=0)

    def reset(self, seed=None, episode_id=None, **_):
        self._state = State(episode_id=episode_id or str(uuid.uuid4()), step_count=0)
        return EchoObservation(echoed_message="ready", message_length=5, done=False, reward=0.0)

    def step(self, action, timeout_s=None, **_):
        self._state.step_count += 1
        length = len(action.message)
        return EchoObservation(
            echoed_message=action.message, message_length=length, done=False, reward=length * 0.1
        )

    @property
    def state(self) -> State:
        return self._state


if __name__ == "__main__":
    app = create_app(EchoEnvironment, EchoAction, EchoObservation, env_name="echo", max_concurrent_envs=100_000)
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
