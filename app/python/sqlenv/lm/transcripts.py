"""Transcripts of good play to learn from: `python -m sqlenv.lm transcripts`.

Variants of bundled and synthetic databases (augment.py, domains/), questions about them from the
core's generator, from questions/ and from the bundled pack's train split, played through the real
environment in the compact dialect. Only won episodes are kept, most of them right play, some with a
mistake and the way out (scripts.py).
Questions that a held-out set holds too are dropped. Equal options give equal bytes.

A line of the file is {"text", "agent", "database", "question_id", "kind"}; `agent` are the ranges
of characters of `text`, whole lines, that a model should learn to write.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random

from .leaks import Keys, query_shape
from .packs import add_plain_argument
from .playing import BYTES_PER_TOKEN, Transcript
from .production import Recipe, Source, held_out_keys, load_sources, produced
from .scripts import RECOVERY

_LISTED = 16
"""databases in the summary"""
_DRY = 40
"""after so many variants without a new transcript there are no more"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--count", type=int, default=50_000, help="transcripts")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--questions", type=int, default=120, help="made about each variant")
    parser.add_argument("--tokens", type=int, default=380, help="longer transcripts are left out")
    parser.add_argument("--sources", type=Path, nargs="*", default=[], help="more databases")
    parser.add_argument("--gold-only", action="store_true", help="no mistakes and no second looks")
    add_plain_argument(parser)
    parser.add_argument("--workers", type=int, default=0, help="processes; 0: one for each core")
    parser.add_argument("--output", type=Path, default=Path("build/lm/transcripts.jsonl"))


def run(options: argparse.Namespace) -> int:
    began = time.monotonic()
    recipe = Recipe(
        options.seed, options.questions, options.tokens, options.gold_only, options.plain
    )
    sources = load_sources(options.sources, domains=not options.plain)
    found, dropped = make_transcripts(
        sources, recipe, options.count, held_out_keys(), workers=options.workers
    )
    write_transcripts(options.output, found)
    print(summary(found, dropped, time.monotonic() - began))
    return 0


def make_transcripts(
    sources: Sequence[Source], recipe: Recipe, count: int, held_out: Keys, *, workers: int = 0
) -> tuple[list[Transcript], Counter[str]]:
    """`count` transcripts (fewer if there are no more) in a shuffled order, and how many were
    dropped for what."""
    found: list[Transcript] = []
    dropped: Counter[str] = Counter()
    known: set[tuple[str, str]] = set()
    dry = 0
    with produced(sources, recipe, itertools.count(), workers) as variants:
        for made in variants:
            before = len(found)
            for transcript in made.transcripts:
                key = (transcript.question, transcript.sql)
                if key in known:
                    dropped["duplicate"] += 1
                elif held_out.hold(*key):
                    dropped["held out"] += 1
                else:
                    known.add(key)
                    found.append(transcript)
            dropped["not won or too long"] += len(made.pack.questions) - len(made.transcripts)
            dry = dry + 1 if len(found) == before else 0
            if len(found) >= count or dry >= _DRY:
                break
    found = found[:count]
    Random(f"order {recipe.seed}").shuffle(found)
    return found, dropped


def write_transcripts(path: Path, transcripts: Sequence[Transcript]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = (json.dumps(one.as_json(), ensure_ascii=False) + "\n" for one in transcripts)
    path.write_text("".join(lines), "utf-8")


def summary(found: Sequence[Transcript], dropped: Counter[str], seconds: float) -> str:
    """Counts by kind, database and shape of query, lengths and speed, for people."""
    if not found:
        return "no transcripts"
    mean = sum(len(one.text.encode()) for one in found) / len(found)
    databases = Counter(one.database.rsplit("_", 2)[0] for one in found)
    few = Counter(dict(databases.most_common(_LISTED)))
    variants = len({one.database for one in found})
    mistakes = sum(one.kind in RECOVERY for one in found)
    return "\n".join([
        f"{len(found)} transcripts in {seconds:.0f} s ({len(found) / seconds:.0f} a second),"
        f" of {variants} variants; {100 * mistakes / len(found):.0f} % recover from a mistake",
        f"mean length {mean:.0f} bytes, about {mean / BYTES_PER_TOKEN:.0f} tokens",
        "kinds: " + _counts(Counter(one.kind for one in found)),
        f"databases ({len(databases)}): {_counts(few)}, …",
        "queries: " + _counts(Counter(query_shape(one.sql) for one in found)),
        "dropped: " + (_counts(dropped) or "none"),
    ])  # fmt: skip


def _counts(counter: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in counter.most_common())
