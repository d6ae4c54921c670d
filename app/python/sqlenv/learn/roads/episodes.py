"""Episodes out of files of trajectories, as people look at them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

SHOWN_LINES = 6
"""of what an action found"""
SHOWN_WIDTH = 110
"""characters of a line"""


@dataclass
class Episode:
    """The members of one `sqlenv-trajectory/1`: its header, its steps and its footer."""

    header: dict[str, Any]
    steps: list[dict[str, Any]] = field(default_factory=list)
    footer: dict[str, Any] = field(default_factory=dict)

    @property
    def question_id(self) -> str:
        return str(self.header["question_id"])

    @property
    def correct(self) -> bool:
        return bool((self.footer.get("verdict") or {}).get("correct"))

    @property
    def terms(self) -> dict[str, float]:
        """The sum of each reward term."""
        sums: dict[str, float] = {}
        for step in self.steps:
            for name, value in step["terms"].items():
                sums[name] = sums.get(name, 0.0) + value
        return sums

    def __str__(self) -> str:
        """The episode action by action, with what each found and earned."""
        lines = [f"Question: {self.header['observation']['question']}"]
        for _, same in groupby(self.steps, lambda step: step["action"]):
            first, *others = same
            lines += _step_lines(first)
            if others:
                lines.append(f"       … the same {len(others)} more times in a row")
        verdict = self.footer.get("verdict") or {"correct": False, "reason": "no answer"}
        solved = "solved" if verdict["correct"] else f"not solved ({verdict['reason']})"
        return "\n".join([*lines, f"{solved}, return {self.footer.get('total_reward', 0):.3f}"])


def read_episodes(path: Path) -> list[Episode]:
    """The episodes of a file, in its order."""
    episodes: list[Episode] = []
    for line in path.read_text("utf-8").splitlines():
        entry = json.loads(line)
        if "format" in entry:
            episodes.append(Episode(entry))
        elif "step" in entry:
            episodes[-1].steps.append(entry)
        else:
            episodes[-1].footer = entry
    return episodes


def mean_terms(episodes: Sequence[Episode]) -> dict[str, float]:
    """The mean sum of each reward term in an episode."""
    sums: dict[str, float] = {}
    for episode in episodes:
        for name, value in episode.terms.items():
            sums[name] = sums.get(name, 0.0) + value
    return {name: value / len(episodes) for name, value in sums.items()}


def _step_lines(step: dict[str, Any]) -> Iterable[str]:
    action, observation = step["action"], step["observation"]
    yield _cut(f"{step['step']:3}  {action['action_type']} {action['argument']}")
    found = (observation["error"] or observation["result"]).splitlines()
    for line in found[:SHOWN_LINES]:
        yield _cut(f"       {line}")
    if len(found) > SHOWN_LINES:
        yield f"       … {len(found) - SHOWN_LINES} more lines"
    paid = ", ".join(f"{name} {value:+.3f}" for name, value in step["terms"].items() if value)
    yield f"       reward {step['reward']:+.3f}" + (f" ({paid})" if paid else "")


def _cut(line: str) -> str:
    line = line.replace("\n", " ")
    return line if len(line) <= SHOWN_WIDTH else line[: SHOWN_WIDTH - 1] + "…"
