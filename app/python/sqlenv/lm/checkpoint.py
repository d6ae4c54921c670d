"""Files of a training run in its folder, written so that an interruption loses little.

    state.pt              all that the run needs to go on exactly: parameters, optimiser, position
    adapter.safetensors   the adapter alone, a few MB, from which a run can go on elsewhere
    log.jsonl             what was measured on the way, a line each
    run.json              the settings that the run must keep

A file is replaced in one go: whoever reads it sees the old or the new one whole.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from ..errors import Error

STATE = "state.pt"
LOG = "log.jsonl"
SETTINGS = "run.json"


class RunFolder:
    """The folder of one run.

    `settings`: what must be equal when a run goes on. Raises Error BAD_OPTION if the folder holds a
    run with others.
    """

    def __init__(self, path: Path, settings: Mapping[str, Any]) -> None:
        self.path = path
        path.mkdir(parents=True, exist_ok=True)
        file = path / SETTINGS
        text = json.dumps(settings, indent=1, sort_keys=True)
        if file.exists() and (changed := _changed(json.loads(file.read_text()), settings)):
            message = (
                f"{path} holds a run with another {', '.join(changed)}: name another --output, "
                "or repeat the options of that run to go on with it"
            )
            raise Error("BAD_OPTION", message)
        _replace(file, text.encode())

    def load(self) -> dict[str, Any] | None:
        """The state that save() wrote last; None in a new folder. Cuts the log back to it."""
        file = self.path / STATE
        if not file.exists():
            return None
        state: dict[str, Any] = torch.load(file, map_location="cpu")
        log = self.path / LOG
        if log.exists():
            with log.open("r+b") as lines:
                lines.truncate(state["log_bytes"])
        return state

    def save(self, state: Mapping[str, Any]) -> None:
        """Keeps the state, and how far the log belongs to it."""
        log = self.path / LOG
        kept = {**state, "log_bytes": log.stat().st_size if log.exists() else 0}
        partial = self.path / f"{STATE}.partial"
        torch.save(kept, partial)
        os.replace(partial, self.path / STATE)

    def note(self, entry: Mapping[str, Any]) -> None:
        """Adds a line to the log."""
        with (self.path / LOG).open("a", encoding="utf-8") as log:
            log.write(json.dumps(entry) + "\n")

    def entries(self) -> list[dict[str, Any]]:
        """The log's lines."""
        log = self.path / LOG
        return [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []


def _changed(kept: Mapping[str, Any], settings: Mapping[str, Any]) -> list[str]:
    names = sorted({*kept, *settings})
    return [name for name in names if kept.get(name) != settings.get(name)]


def _replace(file: Path, content: bytes) -> None:
    partial = file.with_name(f"{file.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, file)
