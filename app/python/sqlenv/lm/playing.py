"""Plays given lines of the compact dialect through the real environment, and keeps what wins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from ..agent_text import AgentEpisode
from ..env import Env

BYTES_PER_TOKEN = 3.0
"""bytes of a transcript a token of SmolLM2, about"""


class Line(NamedTuple):
    """A line to play."""

    text: str
    learn: bool = True
    """False for a wrong action, shown only so that what follows it is learnt"""
    must: str = ""
    """what has to come of it: "error", "empty" (no rows, 0 or NULL), or anything"""


class Transcript(NamedTuple):
    """An episode that was won, as training reads it."""

    text: str
    agent: list[list[int]]
    """ranges of characters that the model learns to write: whole lines"""
    database: str
    question_id: str
    kind: str
    sql: str
    """the gold query; not part of the line in the file"""

    @property
    def question(self) -> str:
        return self.text.split("\n", 1)[0]

    def as_json(self) -> dict[str, Any]:
        return {
            "text": self.text, "agent": self.agent, "database": self.database,
            "question_id": self.question_id, "kind": self.kind,
        }  # fmt: skip


def play_lines(
    env: Env, question_id: str, lines: Sequence[Line]
) -> tuple[str, list[list[int]]] | None:
    """The episode's text and the ranges to learn, or None if it is not won exactly so.

    The text is what AgentEpisode shows in play, ending with the line of the answer.
    """
    observation = env.reset(seed=0, question_id=question_id).observation
    agent = AgentEpisode(observation, "compact")
    ranges: list[list[int]] = []
    text = agent.prompt
    for line in lines:
        before = agent.prompt
        text = before + line.text + "\n"
        reading = agent.read(line.text)
        step = env.step(reading.action)
        agent.add(line.text, reading, step.observation)
        if line.learn:
            ranges.append([len(before), len(text)])
        shown = agent.prompt[len(text) :]
        if step.done:
            break
        if not agent.prompt.startswith(text) or not _came(line.must, shown):
            return None
    outcome = env.outcome
    won = outcome is not None and outcome.correct and text.endswith("\nA =\n")
    return (text, ranges) if won else None


def too_long(text: str, tokens: int) -> bool:
    """Whether the text has more tokens than this, by an estimate."""
    return len(text.encode()) > tokens * BYTES_PER_TOKEN


def _came(must: str, shown: str) -> bool:
    failed = shown.startswith("! ")
    if must == "error":
        return failed
    if must == "empty":
        return shown in ("= (0 rows)\n", "= 0\n", "= NULL\n")
    return not failed
