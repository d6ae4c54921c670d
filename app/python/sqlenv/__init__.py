"""SQLEnv for Python: a client of `sqlenv serve` for people who train and evaluate agents."""

from .client import SQLEnv
from .models import SQLAction, SQLObservation, SQLState

__all__ = ["SQLAction", "SQLEnv", "SQLObservation", "SQLState"]
