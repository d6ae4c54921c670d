"""Held-out questions played by everybody on a road: numbers and trajectories in files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...lm.evaluate import play_sets
from ...lm.held_out import held_out_sets
from ...lm.players import Files
from .episodes import Episode, read_episodes
from .road import Road

FOLDER = "results"


@dataclass(frozen=True)
class Results:
    """What lies in a folder: PLAYER/SET.json and PLAYER/SET.jsonl, as `sqlenv.lm evaluate` has it."""

    folder: Path
    players: Sequence[str]
    sets: Sequence[str]

    def numbers(self, player: str, name: str) -> dict[str, Any]:
        """sqlenv-evaluation/1 of one player on one set."""
        numbers: dict[str, Any] = json.loads(self._files(player, name).result.read_text("utf-8"))
        return numbers

    def episodes(self, player: str, name: str) -> list[Episode]:
        return read_episodes(self._files(player, name).trajectories)

    def _files(self, player: str, name: str) -> Files:
        return Files(self.folder / player, name)


def play_held_out(road: Road, held_out: Path = Path("build/lm/held_out")) -> Results:
    """Everybody on the road plays its held-out sets, which are made in a folder of their own."""
    sets = held_out_sets(road.sets, held_out)
    folder = road.out / FOLDER
    players = road.players()
    for name, make in players.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        play_sets(make(), sets, folder / name, road.limit)
    return Results(folder, list(players), [one.name for one in sets])
