"""python -m sqlenv.lm evaluate: plays the held-out sets with a model or a policy.

A player has a folder, OUTPUT/NAME (with a grammar OUTPUT/NAME+grammar), which holds for each set
SET.json (the numbers), SET.jsonl (trajectories) and, of models, SET.completions.jsonl. A run that
was interrupted goes on where it ended. `report` writes the table of all folders.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from ..errors import Error
from ..evaluation import Evaluation
from .held_out import SETS, HeldOutSet, held_out_sets
from .players import (
    Files,
    Player,
    compact_policy,
    gguf_player,
    model_player,
    named_policy,
    policy_player,
)

OUTPUT = Path("build/lm/results")
GRAMMAR_SUFFIX = "+grammar"
SLOTS = 16
"""episodes at once of a server on a few cores"""
ROWS = 64
"""of a model in this process"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--gguf", type=Path, help="weights for llama.cpp, which is started")
    who.add_argument("--url", help="a server with OpenAI's interface")
    who.add_argument("--model", help="a base, for torch: smollm2, a checkpoint, a hub's name")
    who.add_argument("--policy", help="explorer, random, oracle or weights of sqlenv.learn (.npz)")
    parser.add_argument("--adapter", type=Path, help="of --model, which is smollm2 without")
    parser.add_argument("--name", help="the player's name in the table (default: the file's)")
    parser.add_argument("--sets", default=",".join(SETS), help="separated by commas")
    parser.add_argument(
        "--grammar", choices=("no", "yes", "both"), default="no",
        help="allow only lines of the dialect and the listed tables",
    )  # fmt: skip
    parser.add_argument(
        "--examples", action="store_true", help="two worked examples, for an untrained model"
    )
    parser.add_argument("--output", type=Path, default=OUTPUT)
    parser.add_argument("--limit", type=int, default=0, help="questions of a set; 0 for all")
    parser.add_argument(
        "--slots", type=int, help=f"episodes at once (default: {SLOTS}, with --model {ROWS})"
    )
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))


def run(options: argparse.Namespace) -> int:
    try:
        sets = held_out_sets(options.sets.split(","), options.output.parent / "held_out")
        for grammar in {"no": (False,), "yes": (True,), "both": (False, True)}[options.grammar]:
            folder = options.output / (_name(options) + (GRAMMAR_SUFFIX if grammar else ""))
            folder.mkdir(parents=True, exist_ok=True)
            with _player(options, grammar, folder) as player:
                play_sets(player, sets, folder, options.limit)
    except (Error, ImportError) as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 1
    return 0


def play_sets(player: Player, sets: Sequence[HeldOutSet], folder: Path, limit: int = 0) -> None:
    """Plays the sets into the folder, and prints the success in each."""
    for held_out in sets:
        files = Files(folder, held_out.name)
        begun = time.monotonic()
        evaluation = player(held_out, files, limit)
        seconds = time.monotonic() - begun
        write_result(evaluation, files, seconds)
        rate = evaluation.all.episodes / seconds
        print(f"{folder.name}: {evaluation}; {rate:.1f} episodes/s", flush=True)


def write_result(evaluation: Evaluation, files: Files, seconds: float) -> None:
    """Writes the numbers of one set beside its trajectories."""
    told = {
        "set": files.name,
        "seconds": round(seconds, 1),
        **evaluation.as_dict(),
        "questions": {one.question_id: one.failure for one in evaluation.results},
    }
    files.result.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", "utf-8")


@contextmanager
def _player(options: argparse.Namespace, grammar: bool, folder: Path) -> Iterator[Player]:
    if options.policy:
        if grammar:
            raise Error("BAD_OPTION", "a policy writes no text: leave --grammar out.")
        yield policy_player(named_policy(options.policy))
    elif options.url:
        policy = compact_policy(options.url, "", grammar=grammar, examples=options.examples)
        yield model_player(policy, slots=options.slots or SLOTS)
    elif options.model or options.adapter:
        if options.examples:
            raise Error("BAD_OPTION", "worked examples need --gguf or --url.")
        from .torch_player import torch_player

        yield torch_player(
            options.model, options.adapter, rows=options.slots or ROWS, threads=options.threads,
            grammar=grammar,
        )  # fmt: skip
    elif not options.gguf:
        raise Error("BAD_OPTION", "say who plays: --model, --adapter, --gguf, --url or --policy.")
    else:
        with gguf_player(
            options.gguf, slots=options.slots or SLOTS, threads=options.threads,
            log=folder / "server.log", grammar=grammar, examples=options.examples,
        ) as player:  # fmt: skip
            yield player


def _name(options: argparse.Namespace) -> str:
    known = options.gguf or options.policy or options.adapter or options.model or "model"
    return str(options.name or Path(known).stem)
