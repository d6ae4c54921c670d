"""Plots of the held-out table, with matplotlib."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from matplotlib import pyplot as plt
from matplotlib.ticker import PercentFormatter

from ..learn.plots import PLAYER_COLOURS, _plain

Result = Mapping[str, Any]


def by_set(results: Mapping[str, Mapping[str, Result]], names: Sequence[str]) -> Any:
    """Success of each player on each set, with 95 % intervals."""
    groups = {
        player: [played.get(name) for name in names] for player, played in results.items()
    }
    sizes = [max(one[name]["episodes"] for one in results.values() if name in one) for name in names]
    return _bars(groups, [f"{name} ({size})" for name, size in zip(names, sizes)], "held-out questions")


def by_difficulty(results: Mapping[str, Result], name: str) -> Any:
    """Success of each player on one set by difficulty, with 95 % intervals."""
    levels = ("easy", "medium", "hard")
    groups = {
        player: [result["by_difficulty"].get(level) for level in levels]
        for player, result in results.items()
    }
    return _bars(groups, levels, f"held-out questions: {name}")


def _bars(
    groups: Mapping[str, Sequence[Result | None]], labels: Sequence[str], title: str
) -> Any:
    """A group of bars for each label, one bar for each player that has a result there."""
    figure, axes = plt.subplots(figsize=(1.6 + 1.6 * len(labels), 4), layout="constrained")
    width = 0.8 / len(groups)
    for i, (player, results) in enumerate(groups.items()):
        shown = [(x, one) for x, one in enumerate(results) if one is not None]
        rates = [one["success_rate"] for _, one in shown]
        ends = [one["success_interval"] for _, one in shown]
        axes.bar(
            [x + (i - (len(groups) - 1) / 2) * width for x, _ in shown],
            rates,
            width * 0.9,
            yerr=[
                [max(0.0, rate - low) for rate, (low, _) in zip(rates, ends)],
                [max(0.0, high - rate) for rate, (_, high) in zip(rates, ends)],
            ],
            error_kw={"linewidth": 0.8},
            capsize=2,
            color=PLAYER_COLOURS[i % len(PLAYER_COLOURS)],
            label=player,
        )
    axes.set(xticks=range(len(labels)), xticklabels=labels, ylabel="success", ylim=(0, 1))
    axes.set_title(title)
    axes.yaxis.set_major_formatter(PercentFormatter(1.0))
    figure.legend(frameon=False, loc="outside lower center", ncols=3)
    return _plain(figure)
