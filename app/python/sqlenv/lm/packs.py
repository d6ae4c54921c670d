"""Packs written from Python: folders that Catalog loads and every program plays.

`python -m sqlenv.lm packs` makes build/lm/packs/train: questions on augmented databases to play
while learning from reward. Its variants are others than those of the transcripts.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from .database_copy import Database, write_database

_TEXT = re.compile(r"'(?:[^']|'')*'")
_TABLE = re.compile(r"\b(?:FROM|JOIN)\s+(\w+)", re.IGNORECASE)
_NESTED = re.compile(
    r"\(\s*SELECT\b|\b(?:UNION|INTERSECT|EXCEPT|OVER)\b|\bLEFT\s+JOIN\b", re.IGNORECASE
)

PACK_VARIANTS = 1_000_000
"""variants of packs are counted from here, so that transcripts never share one"""


@dataclass(frozen=True)
class PackQuestion:
    text: str
    sql: str
    difficulty: str = ""
    """that of the query's form where it is empty"""
    id: str = ""
    """given by the pack where it is empty"""


@dataclass
class PackDatabase:
    name: str
    database: Database
    questions: list[PackQuestion] = field(default_factory=list)


def write_pack(
    folder: Path, name: str, databases: Sequence[PackDatabase], *, split: str = "train"
) -> None:
    """Writes a pack's folder anew. Equal arguments give equal bytes."""
    if folder.exists():
        shutil.rmtree(folder)
    (folder / "databases").mkdir(parents=True)
    (folder / "questions").mkdir()
    for one in databases:
        write_database(one.database, folder / "databases" / f"{one.name}.sqlite")
    questions = [
        {
            "question_id": question.id or f"{one.name}_{number:03}",
            "question_text": question.text,
            "database_name": one.name,
            "gold_sql": question.sql,
            "difficulty": question.difficulty or difficulty_of(question.sql),
            "split": split,
        }
        for one in databases
        for number, question in enumerate(one.questions, 1)
    ]
    listed = [
        {"name": one.name, "file": f"databases/{one.name}.sqlite", "title": one.name}
        for one in databases
    ]
    file = f"questions/questions_{split}.json"
    manifest = {
        "format": "sqlenv-pack/1", "name": name, "title": "Augmented databases",
        "license": "MIT", "databases": listed, "questions": [file],
    }  # fmt: skip
    _write_json(folder / file, questions)
    _write_json(folder / "pack.json", manifest)


def difficulty_of(sql: str) -> str:
    """easy, medium or hard by the rule of the bundled pack (data/README.md): the tables that the
    query reads, and whether it is nested."""
    text = _TEXT.sub("", sql)
    tables = len({name.lower() for name in _TABLE.findall(text)})
    nested = bool(_NESTED.search(text))
    if tables > 2 or (tables == 2 and nested):
        return "hard"
    return "medium" if tables == 2 or nested or " GROUP BY " in text.upper() else "easy"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--databases", type=int, default=60, help="how many variants")
    parser.add_argument("--questions", type=int, default=60, help="at most, about each of them")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--sources", type=Path, nargs="*", default=[], help="more databases")
    add_plain_argument(parser)
    parser.add_argument("--output", type=Path, default=Path("build/lm/packs/train"))
    parser.add_argument("--workers", type=int, default=0, help="processes; 0: one for each core")


def add_plain_argument(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain",
        action="store_true",
        help="databases as they are, no synthetic ones, and the core's generated questions alone",
    )


def run(options: argparse.Namespace) -> int:
    from .production import Recipe, held_out_keys, load_sources, produced

    began = time.monotonic()
    sources = load_sources(options.sources, domains=not options.plain)
    recipe = Recipe(
        seed=options.seed, questions=options.questions * 2, gold_only=True, plain=options.plain
    )
    tasks = range(PACK_VARIANTS, PACK_VARIANTS + options.databases)
    held_out = held_out_keys()
    databases = []
    with produced(sources, recipe, tasks, options.workers) as variants:
        for made in variants:
            won = {transcript.question_id for transcript in made.transcripts}
            asked = [question for question in made.pack.questions if question.id in won]
            kept = [one for one in asked if not held_out.hold(one.text, one.sql)]
            Random(f"pack {made.pack.name}").shuffle(kept)
            kept = sorted(kept[: options.questions], key=lambda question: question.id)
            databases.append(PackDatabase(made.pack.name, made.pack.database, kept))
    write_pack(options.output, "train", databases)
    count = sum(len(one.questions) for one in databases)
    seconds = time.monotonic() - began
    print(f"{options.output}: {len(databases)} databases, {count} questions, {seconds:.0f} s")
    return 0


def _write_json(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", "utf-8")
