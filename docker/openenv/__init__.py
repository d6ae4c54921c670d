"""SQLEnv as an OpenEnv environment: a client of its server, and the messages between them."""

from .client import SQLEnv
from .models import SQLAction, SQLObservation, SQLState

__all__ = ["SQLAction", "SQLEnv", "SQLObservation", "SQLState"]
