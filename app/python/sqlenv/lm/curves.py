"""The learning curve of a run, drawn again and again while it runs. Without matplotlib: nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any


def draw_curves(entries: Sequence[dict[str, Any]], path: Path) -> None:
    """Loss and success by tokens (imitation), or return and success by iteration (GRPO)."""
    try:
        from ..learn import plots
    except ImportError:
        return
    if entries:
        plots.save(plots.training_curves(entries), path)
