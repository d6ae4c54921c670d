"""Action, observation and state as the framework's models, as they are sent.

The conformance suite compares them with the server's /schema, word for word.
"""

from __future__ import annotations

from openenv.core.env_server.types import Action, Observation, State
from pydantic import Field


class SQLAction(Action):
    """One action of an agent: explore the database, or answer the question."""

    action_type: str = Field(
        description="DESCRIBE, SAMPLE, QUERY or ANSWER, in any case",
        examples=["DESCRIBE", "SAMPLE", "QUERY", "ANSWER"],
    )
    argument: str = Field(
        description="A table for DESCRIBE and SAMPLE, one SELECT for QUERY, the answer for ANSWER"
    )


class SQLObservation(Observation):
    """Everything an agent may read after a reset or a step."""

    question: str = Field(description="The question in plain language")
    schema_info: str = Field(description="The tables, and the columns of those described so far")
    result: str = Field(description="What the action found; empty if it failed")
    error: str = Field(description="CODE: message if the action failed, else empty")
    step_count: int = Field(ge=0, description="Steps taken in this episode")
    budget_remaining: int = Field(ge=0, description="Steps left")
    action_history: list[str] = Field(description="One line for each step so far")


class SQLState(State):
    """The name of the episode and how many steps it has taken."""
