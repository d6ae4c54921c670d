"""Plots of training runs, with matplotlib: learning curves, success by difficulty, rewards compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg", force=False)
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402
from matplotlib.ticker import MaxNLocator  # noqa: E402

from .held_out import estimate  # noqa: E402

# Okabe and Ito's colours, which most people can tell apart.
COLOURS = {
    "v3": "#000000", "v2": "#0072B2", "v1.5": "#009E73", "v1": "#E69F00", "potential": "#D55E00",
    "terminal": "#CC79A7",
}  # fmt: skip
GREY = "#777777"
POLICIES = {"untrained": GREY, "explorer": "#56B4E9"}
# Of players in the order in which they are named.
PLAYER_COLOURS = (
    GREY, "#0072B2", "#E69F00", "#009E73", "#D55E00", "#56B4E9", "#CC79A7", "#F0E442",
)  # fmt: skip


def learning_curves(runs: Sequence[Mapping[str, Any]], window: int = 5) -> Any:
    """Success of training's own rollouts by iteration: each seed thin, the mean thick."""
    figure, axes = plt.subplots(figsize=(7, 4), layout="constrained")
    for reward in dict.fromkeys(run["settings"]["reward"] for run in runs):
        histories = [
            [entry["success"] for entry in run["history"]]
            for run in runs
            if run["settings"]["reward"] == reward
        ]
        colour = COLOURS.get(reward, GREY)
        for history in histories:
            axes.plot(*_smooth(history, window), color=colour, alpha=0.25, linewidth=0.8)
        axes.plot(
            *_smooth(np.mean(histories, axis=0), window), color=colour, linewidth=2, label=reward
        )
    axes.set(xlabel="iteration", ylabel="success in training (drawn)", ylim=(0, None))
    axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    axes.legend(title="reward", frameon=False)
    return _plain(figure)


def held_out_curves(runs: Sequence[Mapping[str, Any]], sets: Sequence[str]) -> Any:
    """Success on held-out questions while training, with 95 % intervals over seeds."""
    figure, all_axes = plt.subplots(
        1, len(sets), figsize=(3.6 * len(sets), 3.6), layout="constrained", squeeze=False
    )
    for axes, name in zip(all_axes[0], sets):
        for reward in dict.fromkeys(run["settings"]["reward"] for run in runs):
            mine = [run["curve"] for run in runs if run["settings"]["reward"] == reward]
            x = [point["iteration"] for point in mine[0]]
            found = [estimate([curve[i][name] for curve in mine]) for i in range(len(x))]
            mean = np.array([each.mean for each in found])
            half = np.nan_to_num([each.half_width for each in found])
            colour = COLOURS.get(reward, GREY)
            axes.plot(x, mean, color=colour, label=reward, marker=".")
            axes.fill_between(x, mean - half, mean + half, color=colour, alpha=0.12, linewidth=0)
        axes.set(title=name, xlabel="iteration", ylim=(0, None))
        axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    all_axes[0][0].set_ylabel("success on held-out questions")
    handles, labels = all_axes[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, title="reward", frameon=False, loc="outside right center")
    return _plain(figure)


def training_curves(entries: Sequence[Mapping[str, Any]]) -> Any:
    """A run by its log: loss or return, and success by the names under which it was measured."""
    unit = "tokens" if "tokens" in entries[-1] else "iteration"
    measured = "loss" if unit == "tokens" else "return"
    watched = [entry for entry in entries if "success" in entry]
    figure, all_axes = plt.subplots(
        1, 2 if watched else 1, figsize=(9 if watched else 5, 3.6), layout="constrained", squeeze=False
    )
    points = [entry for entry in entries if measured in entry]
    all_axes[0][0].plot(
        [entry[unit] for entry in points], [entry[measured] for entry in points], color=COLOURS["v2"]
    )
    all_axes[0][0].set(xlabel=unit, ylabel=measured)
    all_axes[0][0].xaxis.set_major_locator(MaxNLocator(4, integer=True))
    if measured == "loss":
        all_axes[0][0].set_yscale("log")
    if watched:
        _draw_success(all_axes[0][1], watched, unit)
    return _plain(figure)


def _draw_success(axes: Any, entries: Sequence[Mapping[str, Any]], unit: str) -> None:
    for colour, name in zip(PLAYER_COLOURS[1:], entries[0]["success"]):
        x = [entry[unit] for entry in entries]
        y = [entry["success"][name] for entry in entries]
        axes.plot(x, y, marker=".", color=colour, label=name)
    axes.set(xlabel=unit, ylabel="success", ylim=(0, 1))
    axes.xaxis.set_major_locator(MaxNLocator(4, integer=True))
    axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    axes.legend(frameon=False)


def save(figure: Any, path: Path) -> None:
    """Writes a figure as PNG and gives it up."""
    figure.savefig(path, dpi=110)
    plt.close(figure)


def by_difficulty(
    scores: Mapping[str, Sequence[Mapping[str, Any]]], *, title: str = ""
) -> Any:
    """Success by difficulty of named policies on one set. A policy has one score a seed."""
    levels = ("easy", "medium", "hard")
    figure, axes = plt.subplots(figsize=(6, 3.6), layout="constrained")
    width = 0.8 / len(scores)
    for i, (policy, seeds) in enumerate(scores.items()):
        x = np.arange(len(levels)) + (i - (len(scores) - 1) / 2) * width
        found = [
            estimate([_rate(each["by_difficulty"].get(level, (0, 0))) for each in seeds])
            for level in levels
        ]
        axes.bar(
            x,
            [each.mean for each in found],
            width * 0.9,
            yerr=[each.half_width for each in found] if len(seeds) > 1 else None,
            color=COLOURS.get(policy, POLICIES.get(policy, COLOURS["v2"])),
            label=policy,
            capsize=2,
        )
    axes.set(xticks=range(len(levels)), xticklabels=levels, ylabel="success", ylim=(0, None))
    axes.set_title(title)
    axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    axes.legend(frameon=False)
    return _plain(figure)


def reward_terms(terms: Mapping[str, Mapping[str, float]]) -> Any:
    """The mean sum of each reward term in an episode, for named players."""
    names = list(next(iter(terms.values())))
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    width = 0.8 / len(terms)
    for i, (player, means) in enumerate(terms.items()):
        x = np.arange(len(names)) + (i - (len(terms) - 1) / 2) * width
        colour = PLAYER_COLOURS[i % len(PLAYER_COLOURS)]
        axes.bar(x, [means[name] for name in names], width * 0.9, label=player, color=colour)
    axes.axhline(0, color="black", linewidth=0.8)
    axes.set(xticks=range(len(names)), ylabel="mean sum in an episode")
    axes.set_xticklabels(names, rotation=20, ha="right")
    axes.legend(frameon=False)
    return _plain(figure)


def episode_lengths(steps: Mapping[str, Sequence[int]]) -> Any:
    """How many steps the episodes of named players took: the share of each length."""
    longest = max(max(lengths) for lengths in steps.values())
    figure, axes = plt.subplots(figsize=(7, 3.6), layout="constrained")
    for i, (player, lengths) in enumerate(steps.items()):
        shares = np.bincount(lengths, minlength=longest + 1)[1:] / len(lengths)
        axes.step(
            range(1, longest + 1), shares, where="mid", label=player, linewidth=1.8,
            color=PLAYER_COLOURS[i % len(PLAYER_COLOURS)],
        )  # fmt: skip
    axes.set(xlabel="steps of an episode", ylabel="episodes", xlim=(0.5, longest + 0.5), ylim=(0, None))
    axes.yaxis.set_major_formatter(matplotlib.ticker.PercentFormatter(1.0))
    axes.legend(frameon=False)
    return _plain(figure)


def write_all(table: Mapping[str, Any], folder: Path) -> list[Path]:
    """Writes the table's plots as PNG files."""
    runs, sets = table["runs"], list(table["untrained"])
    best = runs[0]["settings"]["reward"]
    mine = [run for run in runs if run["settings"]["reward"] == best]
    figures = {
        "learning_curves": learning_curves(runs),
        "held_out_curves": held_out_curves(runs, sets),
    }
    for name in sets:
        figures[f"difficulty_{name}"] = by_difficulty(
            {
                "untrained": table["untrained"][name],
                best: [run["held_out"][name] for run in mine],
                "explorer": table["baselines"]["explorer"][name],
            },
            title=f"held-out questions: {name}, trained on {best}",
        )
    paths = []
    for name, figure in figures.items():
        paths.append(folder / f"{name}.png")
        save(figure, paths[-1])
    return paths


def _smooth(values: Any, window: int) -> tuple[Any, Any]:
    """The running mean, placed at the middle of its window."""
    values = np.asarray(values, dtype=float)
    window = max(1, min(window, len(values)))
    mean = np.convolve(values, np.ones(window) / window, mode="valid")
    return np.arange(len(mean)) + (window - 1) / 2, mean


def _rate(counts: Sequence[int]) -> float:
    return counts[0] / counts[1] if counts[1] else 0.0


def _plain(figure: Any) -> Any:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
        axes.grid(axis="y", alpha=0.25)
    return figure
