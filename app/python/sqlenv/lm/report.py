"""python -m sqlenv.lm report: the table of players and held-out sets, from what `evaluate` left.

Intervals, paired tests and bootstrap are those of `sqlenv compare`. Writes Markdown to DIR/report,
plots too where matplotlib is installed, and with --document the blocks of a document:

    held-out               success of each player on each set
    held-out-pairs         paired differences between players
    held-out-difficulty    success by difficulty
    held-out-failures      why episodes failed
    held-out-leaks         what the check for leaks found, and success on the questions whose queries
                           have no counterpart in training; if leaks.json is there
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from ..errors import Error
from ..evaluation import wilson_interval
from .evaluate import GRAMMAR_SUFFIX, OUTPUT
from .held_out import FOLDER, SETS, held_out_set, program
from .leaks import Pair, SetReport, markdown

Result: TypeAlias = "Mapping[str, Any]"
Results: TypeAlias = "Mapping[str, Mapping[str, Result]]"
"""of each player, in the table's order, the result of each set that it played"""

PLAYERS = {
    "base": "SmolLM2-135M, untrained",
    "imitation": "imitation",
    "grpo": "imitation + GRPO",
    "numpy": "NumPy policy",
    "explorer": "explorer (rules)",
}
"""known players and their titles, in the table's order; others follow by name"""
PAIRS = (("grpo", "imitation"), ("imitation", "explorer"), ("grpo", "explorer"))
"""compared in pairs, with and without a grammar, where both were played"""
LEVELS = ("easy", "medium", "hard")
LEAKS = Path("build/lm/leaks.json")
BLOCK_WRITER = Path("scripts/lib/document_block.py")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("results", type=Path, nargs="?", default=OUTPUT, help="evaluate's folder")
    parser.add_argument("--document", type=Path, help="rewrite the blocks of this document")
    parser.add_argument("--held-out", type=Path, default=FOLDER, help="folder of the sets")
    parser.add_argument("--leaks", type=Path, default=LEAKS, help="what the leak check found")


def run(options: argparse.Namespace) -> int:
    try:
        blocks = make_report(options.results, options.held_out, options.leaks)
    except Error as error:
        print(f"report: {error}", file=sys.stderr)
        return 1
    folder = options.results / "report"
    folder.mkdir(exist_ok=True)
    for name, text in blocks.items():
        (folder / f"{name}.md").write_text(text, "utf-8")
        if options.document:
            _write_block(options.document, name, text)
    write_plots(read_results(options.results), folder)
    print("\n".join(blocks.values()))
    return 0


def make_report(results: Path, held_out: Path = FOLDER, leaks: Path = LEAKS) -> dict[str, str]:
    """The blocks of the report by their names. Raises Error NOT_FOUND without results."""
    read = read_results(results)
    if not read:
        raise Error("NOT_FOUND", f"{results} holds no results: run python -m sqlenv.lm evaluate.")
    blocks = {
        "held-out": table(read),
        "held-out-pairs": pairs_table(compared_pairs(results, read, held_out)),
        "held-out-difficulty": difficulty_table(read),
        "held-out-failures": failures_table(read),
    }
    if leaks.exists():
        blocks["held-out-leaks"] = leaks_block(json.loads(leaks.read_text("utf-8")), read)
    return {name: text for name, text in blocks.items() if text}


def read_results(folder: Path) -> dict[str, dict[str, Result]]:
    """What `evaluate` left in the folder."""
    found = {
        player.name: {
            name: json.loads((player / f"{name}.json").read_text("utf-8"))
            for name in SETS
            if (player / f"{name}.json").exists()
        }
        for player in sorted(folder.iterdir() if folder.is_dir() else [])
        if player.is_dir()
    }
    played = [name for name in found if found[name]]
    return {name: found[name] for name in sorted(played, key=_place)}


def title(player: str) -> str:
    plain = player.removesuffix(GRAMMAR_SUFFIX)
    return PLAYERS.get(plain, plain) + (", grammar" if player != plain else "")


def table(results: Results) -> str:
    """Success of each player on each set, with Wilson's 95 % interval."""
    names = _sets(results)
    sizes = {
        name: max(played[name]["episodes"] for played in results.values() if name in played)
        for name in names
    }
    rows = [
        [title(player), *(_cell(played.get(name), sizes[name]) for name in names)]
        for player, played in results.items()
    ]
    return _markdown(["player", *(f"{name} ({sizes[name]})" for name in names)], rows)


def difficulty_table(results: Results) -> str:
    """Success by difficulty: percent of the questions of a level."""
    names = _sets(results)
    rows = [
        [title(player), *(_levels(played.get(name)) for name in names)]
        for player, played in results.items()
    ]
    return _markdown(["easy / medium / hard, %", *names], rows)


def failures_table(results: Results) -> str:
    """Why episodes failed, over all sets; what models wrote wrong besides."""
    rows = []
    for player, played in results.items():
        counts: dict[str, int] = {}
        for one in played.values():
            for reason, count in one["failures"].items():
                counts[reason] = counts.get(reason, 0) + count
        episodes = sum(one["episodes"] for one in played.values())
        models = [one["model"] for one in played.values() if "model" in one]
        rows.append([
            title(player), str(episodes), _ranked(counts), _share(models, "unreadable"),
            _share(models, "repeats"), _share(models, "cut"), _mean_steps(played.values()),
        ])  # fmt: skip
    head = ["player", "episodes", "failures", "unreadable", "repeats", "cut off", "mean steps"]
    return _markdown(head, rows)


def compared_pairs(folder: Path, results: Results, held_out: Path = FOLDER) -> list[dict[str, Any]]:
    """The pairs of PAIRS on each set that both played, as `sqlenv compare --json` tells them."""
    chosen = [
        (first + suffix, second + (suffix if second in _MODELS else ""))
        for suffix in ("", GRAMMAR_SUFFIX)
        for first, second in PAIRS
    ] + [(name + GRAMMAR_SUFFIX, name) for name in _MODELS]
    return [
        {"set": name, **_compared(folder, first, second, name, held_out)}
        for first, second in chosen
        if first in results and second in results
        for name in _sets(results)
        if name in results[first] and name in results[second]
    ]


def pairs_table(pairs: Sequence[Mapping[str, Any]]) -> str:
    """Paired differences; empty without pairs."""
    if not pairs:
        return ""
    rows = [
        [
            f"{title(pair['first'])} − {title(pair['second'])}", pair["set"], str(pair["tasks"]),
            f"{pair['ahead']} / {pair['behind']}",
            _difference(pair["success_difference"], pair["success_interval"]),
            "< 0.0001" if pair["p"] < 1e-4 else f"{pair['p']:.4f}",
        ]
        for pair in pairs
    ]  # fmt: skip
    head = ["pair", "set", "questions", "ahead / behind", "points, 95 % interval", "p"]
    return _markdown(head, rows) + (
        "\nAhead and behind count the questions that only the one or the other solved. p is McNemar's"
        " exact two-sided test;\nthe interval is a percentile bootstrap over questions"
        " (`sqlenv compare`). Neither is corrected for the number of pairs.\n"
    )


def leaks_block(found: Mapping[str, Any], results: Results) -> str:
    """The report of the leak check, and success on queries of a form that training does not hold."""
    reports = [
        SetReport(**{**one, "nearest": [Pair(*pair) for pair in one["nearest"]]})
        for one in found["sets"]
    ]
    known = {one.name: set(one.same_form) for one in reports}
    names = [name for name in _sets(results) if name in known]
    sizes = {one.name: one.questions - len(one.same_form) for one in reports}
    rows = []
    for player, played in results.items():
        cells = [_cell(_apart(played.get(name), known[name]), sizes[name]) for name in names]
        rows.append([title(player), *cells])
    head = ["player, on the other forms", *(f"{name} ({sizes[name]})" for name in names)]
    return f"{markdown(reports, found['transcripts'])}\n\n{_markdown(head, rows)}"


def _apart(result: Result | None, known: Collection[str]) -> Result | None:
    """The result on the questions that are not among the known ones."""
    if result is None:
        return None
    failures = [failure for one, failure in result["questions"].items() if one not in known]
    if not failures:
        return None
    right = failures.count("")
    return {
        "episodes": len(failures),
        "success_rate": right / len(failures),
        "success_interval": wilson_interval(right, len(failures)),
    }


def write_plots(results: Results, folder: Path) -> list[Path]:
    """Success of each player on each set, and by difficulty, as PNG; nothing without matplotlib."""
    try:
        from .held_out_plots import by_difficulty, by_set
    except ImportError:
        print("report: matplotlib is not installed, so no plots are made", file=sys.stderr)
        return []
    titled = {title(player): played for player, played in results.items()}
    figures = {"held_out": by_set(titled, _sets(results))}
    for name in _sets(results):
        figures[f"difficulty_{name}"] = by_difficulty(
            {player: played[name] for player, played in titled.items() if name in played}, name
        )
    paths = []
    for name, figure in figures.items():
        paths.append(folder / f"{name}.png")
        figure.savefig(paths[-1], dpi=110)
    return paths


_MODELS = ("base", "imitation", "grpo")


def _place(player: str) -> tuple[int, str]:
    plain = player.removesuffix(GRAMMAR_SUFFIX)
    known = list(PLAYERS)
    return (known.index(plain) if plain in known else len(known), player)


def _sets(results: Results) -> list[str]:
    return [name for name in SETS if any(name in played for played in results.values())]


def _cell(result: Result | None, size: int) -> str:
    if result is None:
        return ""
    low, high = result["success_interval"]
    of = "" if result["episodes"] == size else f" of {result['episodes']}"
    return f"{100 * result['success_rate']:.1f} % [{100 * low:.1f}, {100 * high:.1f}]{of}"


def _levels(result: Result | None) -> str:
    if result is None:
        return ""
    found = result["by_difficulty"]
    rates = [f"{100 * found[level]['success_rate']:.0f}" if level in found else "–" for level in LEVELS]
    return " / ".join(rates)


def _ranked(counts: Mapping[str, int], most: int = 4) -> str:
    """The most frequent reasons with their counts, and how many others there were."""
    ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    told = [f"{reason} {count}" for reason, count in ranked[:most]]
    rest = sum(count for _, count in ranked[most:])
    return ", ".join(told + ([f"others {rest}"] if rest else []))


def _share(models: Sequence[Result], member: str) -> str:
    """The share of a model's turns; nothing for players that write no text."""
    turns = sum(one["turns"] for one in models)
    return f"{100 * sum(one[member] for one in models) / turns:.1f} %" if turns else ""


def _mean_steps(played: Iterable[Result]) -> str:
    some = list(played)
    episodes = sum(one["episodes"] for one in some)
    return f"{sum(one['mean_steps'] * one['episodes'] for one in some) / episodes:.1f}"


def _difference(value: float, interval: Sequence[float]) -> str:
    low, high = interval
    return f"{100 * value:+.1f} [{100 * low:+.1f}, {100 * high:+.1f}]"


def _compared(folder: Path, first: str, second: str, name: str, held_out: Path) -> dict[str, Any]:
    files = [str(folder / player / f"{name}.jsonl") for player in (first, second)]
    command = [
        program(), "compare", *files, "--name", first, "--name", second, "--json",
        "--pack", str(Path(held_out_set(name, held_out).pack).resolve()),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Error("BAD_JSON", f"{files[0]} and {files[1]}: {done.stderr.strip()[-500:]}")
    pair: dict[str, Any] = next(
        one
        for one in json.loads(done.stdout)["pairs"]
        if {one["first"], one["second"]} == {first, second}
    )
    return pair if pair["first"] == first else _turned(pair)


def _turned(pair: Mapping[str, Any]) -> dict[str, Any]:
    """The same comparison, told from the other side."""
    low, high = pair["success_interval"]
    return {
        **pair,
        "first": pair["second"],
        "second": pair["first"],
        "ahead": pair["behind"],
        "behind": pair["ahead"],
        "success_difference": -pair["success_difference"],
        "success_interval": [-high, -low],
    }


def _markdown(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines).replace("| --- ", "|---")


def _write_block(document: Path, name: str, text: str) -> None:
    """Rewrites a block of the document, if it has one of this name."""
    if f"<!-- begin {name} -->" not in document.read_text("utf-8"):
        return
    if not BLOCK_WRITER.exists():
        raise Error("NOT_FOUND", f"{BLOCK_WRITER} is not here: run this in the checkout's folder.")
    command = [sys.executable, str(BLOCK_WRITER), str(document), name]
    subprocess.run(command, input=text, text=True, check=True)
