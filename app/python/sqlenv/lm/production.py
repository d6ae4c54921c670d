"""From databases to transcripts: variants, questions about them, play. One variant is one task, so
that processes share the work; equal recipes give equal transcripts in equal order, with any number
of them."""

from __future__ import annotations

import json
import multiprocessing
import os
import tempfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from random import Random

from ..catalog import STARTER, Catalog, generate
from ..env import Env
from ..errors import Error
from .augment import Variant, make_variant
from .database_copy import Database, read_database, read_script, write_database
from .domains import DOMAINS, make_database, words_of
from .held_out import LEFT_OUT_DATABASES, SETS, held_out_questions, read_pack
from .leaks import Keys
from .naming import Synonyms
from .packs import PackDatabase, PackQuestion, write_pack
from .playing import Transcript, play_lines, too_long
from .questions import questions_about
from .scripts import KINDS, Task, draw_kind, normalised

TRAIN = "questions/questions_train.json"
_DRAWS = 3
"""kinds tried for a question before it is played right, since not every kind fits"""


@dataclass(frozen=True)
class Source:
    """A database to make variants of, and questions that people asked about it."""

    name: str
    database: Database = field(default_factory=list)
    questions: list[PackQuestion] = field(default_factory=list)
    domain: str = ""
    """of a synthetic database, which is filled anew for each variant; else empty"""

    def filled(self, folder: Path, seed: int) -> Database:
        if not self.domain:
            return self.database
        path = folder / f"{self.name}.sqlite"
        make_database(self.domain, path, seed)
        return read_database(path)


@dataclass(frozen=True)
class Recipe:
    seed: int = 0
    questions: int = 120
    """made about each variant"""
    tokens: int = 380
    """longer transcripts are left out"""
    gold_only: bool = False
    plain: bool = False
    """leave databases as they are, and ask only what the core's generator asks: quickly learnt"""


@dataclass
class Made:
    """What came of one variant."""

    source: str
    pack: PackDatabase
    transcripts: list[Transcript]


def load_sources(files: Sequence[Path] = (), *, domains: bool = True) -> list[Source]:
    """The bundled databases that are not left out, with their train questions; those in the files
    (SQLite or SQL; a folder stands for the files in it); the synthetic ones, if `domains`.

    Raises Error BAD_OPTION for a left-out database or a path with none.
    """
    read = read_pack(STARTER)
    asked = json.loads(read(TRAIN))
    sources = [
        Source(
            one["name"],
            read_script(read(one["file"]).decode()),
            [
                PackQuestion(q["question_text"], normalised(q["gold_sql"]), q["difficulty"])
                for q in asked
                if q["database_name"] == one["name"]
            ],
        )
        for one in json.loads(read("pack.json"))["databases"]
        if one["name"] not in LEFT_OUT_DATABASES
    ]
    sources += [Source(path.stem, read_database(path)) for path in _files(files)]
    return sources + [Source(name, domain=name) for name in DOMAINS if domains]


def held_out_keys() -> Keys:
    """What training must not hold: the questions and queries of every held-out set that is here."""
    keys = Keys()
    for name in SETS:
        try:
            questions = held_out_questions(name)
        except Error as error:
            if error.code != "NOT_FOUND":
                raise
            print(f"not compared with held-out set {name}: {error}")
            continue
        for question in questions:
            keys.add(question.question, question.gold_sql)
    return keys


@contextmanager
def produced(
    sources: Sequence[Source], recipe: Recipe, tasks: Iterable[int], workers: int = 0
) -> Iterator[Iterator[Made]]:
    """What comes of each task, in their order. A task's number draws its variant and its source;
    synthetic databases are every second source. `workers`: 0 for one a core; 1 works in this
    process."""
    count = workers or os.cpu_count() or 1
    arguments = ((source_of(sources, task), recipe, task) for task in tasks)
    if count == 1:
        yield map(_produce, arguments)
        return
    pool = ProcessPoolExecutor(count, multiprocessing.get_context("spawn"))
    try:
        yield _in_order(pool, arguments, 2 * count)
    finally:
        pool.shutdown(cancel_futures=True)


def source_of(sources: Sequence[Source], task: int) -> Source:
    """The task's source: real and synthetic databases take turns, and so do those of each sort."""
    real = [source for source in sources if not source.domain]
    synthetic = [source for source in sources if source.domain]
    if not real or not synthetic:
        return sources[task % len(sources)]
    chosen = synthetic if task % 2 else real
    return chosen[task // 2 % len(chosen)]


def _in_order(
    pool: Executor, arguments: Iterator[tuple[Source, Recipe, int]], ahead: int
) -> Iterator[Made]:
    waiting = deque(pool.submit(_produce, one) for one in islice(arguments, ahead))
    while waiting:
        made = waiting.popleft().result()
        waiting.extend(pool.submit(_produce, one) for one in islice(arguments, 1))
        yield made


def _produce(arguments: tuple[Source, Recipe, int]) -> Made:
    source, recipe, task = arguments
    label = f"{source.name} {recipe.seed} {task}"
    dice = Random(f"play {label}")
    name = f"{source.name}_{recipe.seed}_{task}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        base = source.filled(path, dice.getrandbits(32))
        words = words_of(source.domain) if source.domain else None
        synonyms = Synonyms(words.tables, words.columns) if words else None
        kind = "plain" if recipe.plain else ""
        variant = make_variant(base, label, synonyms=synonyms, kind=kind)
        questions = _questions(source, variant, path, recipe, dice)
        if variant.whole and source.questions and not recipe.plain:
            sql = [question.sql for question in source.questions]
            asked = variant.source_queries(source.database, sql)
            questions += _rewritten(source.questions, asked)
        numbered = [
            PackQuestion(q.text, q.sql, q.difficulty, f"{name}_{i:03}")
            for i, q in enumerate(questions, 1)
        ]
        pack = PackDatabase(name, variant.written, numbered)
        write_pack(path / "pack", "variant", [pack])
        env = Env(Catalog(path / "pack"))
        transcripts = [
            transcript for question in numbered
            if (transcript := _play(env, variant, name, question, recipe, dice)) is not None
        ]
    return Made(source.name, pack, transcripts)


def _questions(
    source: Source, variant: Variant, folder: Path, recipe: Recipe, dice: Random
) -> list[PackQuestion]:
    """Questions about the spoken names, their queries about the written ones: some of the core's
    generator, some worded as people do."""
    path = folder / "spoken" / f"{source.name}.sqlite"
    path.parent.mkdir()
    write_database(variant.spoken, path)
    worded = 0 if recipe.plain else recipe.questions * (70 if source.domain else 35) // 100
    words = words_of(source.domain) if source.domain else None
    asked = [
        PackQuestion(one.question, normalised(one.sql))
        for one in questions_about(path, dice.getrandbits(32), worded, words)
    ]
    asked += _generated(path, recipe.questions - worded, dice)
    return _rewritten(asked, variant.written_queries([question.sql for question in asked]))


def _generated(path: Path, count: int, dice: Random) -> list[PackQuestion]:
    """Questions of the core's generator about the database."""
    try:
        catalog = generate(path, count=count, seed=dice.getrandbits(32), eval_share=0)
    except Error:
        return []
    env = Env(catalog)
    questions = []
    for one in catalog.questions():
        env.reset(seed=0, question_id=one.id)
        questions.append(PackQuestion(one.text, _gold(env), one.difficulty))
    return questions


def _gold(env: Env) -> str:
    """The gold query of the episode that has begun: the last that the oracle runs."""
    env._core.play("oracle")
    steps = [json.loads(line) for line in env.trajectory().splitlines()]
    actions = [step["action"] for step in steps if "action" in step]
    return normalised([a["argument"] for a in actions if a["action_type"] == "QUERY"][-1])


def _rewritten(
    questions: Sequence[PackQuestion], queries: Sequence[str | None]
) -> list[PackQuestion]:
    return [
        PackQuestion(question.text, normalised(sql), question.difficulty)
        for question, sql in zip(questions, queries)
        if sql is not None
    ]


def _play(
    env: Env, variant: Variant, name: str, question: PackQuestion, recipe: Recipe, dice: Random
) -> Transcript | None:
    """A won episode of the first drawn kind that fits, else of the kind gold, else None."""
    kinds = [] if recipe.gold_only else [draw_kind(dice) for _ in range(_DRAWS)]
    task = Task(question.sql, variant.written, variant.spoken_names)
    if not task.tables:
        return None
    for tried in dict.fromkeys([*kinds, "gold"]):
        lines = KINDS[tried][0](task, dice)
        played = play_lines(env, question.id, lines) if lines else None
        if played is not None and not too_long(played[0], recipe.tokens):
            return Transcript(*played, name, question.id, tried, question.sql)
    return None


def _files(paths: Sequence[Path]) -> list[Path]:
    found: list[Path] = []
    for path in paths:
        some = sorted(path.iterdir()) if path.is_dir() else [path]
        some = [one for one in some if one.suffix in (".sqlite", ".sqlite3", ".db", ".sql")]
        if not some:
            raise Error("BAD_OPTION", f"{path} has no database: name SQLite or SQL files.")
        found += some
    for path in found:
        if path.stem in LEFT_OUT_DATABASES:
            raise Error("BAD_OPTION", f"{path.stem} is left out of training: name other files.")
    return found
