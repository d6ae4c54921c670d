"""SQLEnv for Python: environments to train and evaluate agents that answer questions with SQL.

In this process, without a server (needs NumPy alone):

    Env, VectorEnv       one episode; many episodes on worker threads
    Catalog, generate    the questions to play: the bundled pack, imported ones, generated ones
    evaluate             success with its 95 % interval, as `sqlenv eval` counts it
    ToolEnv              an episode as tools, for trainers of language models

    sqlenv.agents        an episode as text for language models, completions as actions

Adapters and clients, each with what it needs besides:

    sqlenv.gym           Gymnasium's Env and VectorEnv            (gymnasium)
    SQLEnv, SQLAction, SQLObservation, SQLState    a client of `sqlenv serve`    (openenv)

Equal questions, seeds and actions give equal bytes here, in `sqlenv run`, on the page and behind
the server.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .catalog import Catalog, Question, generate
    from .client import SQLEnv
    from .env import Action, Env, Observation, Outcome, Snapshot, Step
    from .errors import Error
    from .evaluation import Evaluation, Policy, evaluate, wilson_interval
    from .models import SQLAction, SQLObservation, SQLState
    from .tools import ToolEnv
    from .vector import Autoreset, ObservationBatch, VectorEnv, VectorStep

    __all__ = [
        "Action",
        "Autoreset",
        "Catalog",
        "Env",
        "Error",
        "Evaluation",
        "Observation",
        "ObservationBatch",
        "Outcome",
        "Policy",
        "Question",
        "SQLAction",
        "SQLEnv",
        "SQLObservation",
        "SQLState",
        "Snapshot",
        "Step",
        "ToolEnv",
        "VectorEnv",
        "VectorStep",
        "evaluate",
        "generate",
        "wilson_interval",
    ]

_HOMES = {
    "Catalog": "catalog",
    "Question": "catalog",
    "generate": "catalog",
    "SQLEnv": "client",
    "Action": "env",
    "Env": "env",
    "Observation": "env",
    "Outcome": "env",
    "SQLEnvHarness": "verifiers",
    "SQLEnvTaskset": "verifiers",
    "SQLEnvVerifiersEnv": "verifiers",
    "Snapshot": "env",
    "Step": "env",
    "Error": "errors",
    "Evaluation": "evaluation",
    "Policy": "evaluation",
    "evaluate": "evaluation",
    "wilson_interval": "evaluation",
    "SQLAction": "models",
    "SQLObservation": "models",
    "SQLState": "models",
    "ToolEnv": "tools",
    "Autoreset": "vector",
    "ObservationBatch": "vector",
    "VectorEnv": "vector",
    "VectorStep": "vector",
}

_CLIENT = frozenset(("SQLEnv", "SQLAction", "SQLObservation", "SQLState"))
_VERIFIERS = frozenset(("SQLEnvHarness", "SQLEnvTaskset", "SQLEnvVerifiersEnv"))
"""what `vf-eval sqlenv` looks for among the public names of a module of this name"""


def _public_names() -> list[str]:
    """The names whose packages are installed, and those for verifiers once it has been imported."""
    names = set(_HOMES)
    if find_spec("openenv") is None:
        names -= _CLIENT
    if "verifiers" not in sys.modules:
        names -= _VERIFIERS
    return sorted(names)


def __getattr__(name: str) -> Any:
    """Loads what is asked for when it is: the client needs openenv, the environments do not."""
    if name == "__all__":
        return _public_names()
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{home}", __name__), name)
