"""The questions that no training uses, as four sets of equal bytes on every machine.

    starter    the eval questions of the bundled pack
    seen       generated questions about bundled databases that training may use
    left_out   generated questions about bundled databases that training never uses
    spider     Spider's dev questions about its own databases; only where Spider's release lies

A set is the eval split of a pack. Those of `seen` and `left_out` are made under build/lm/held_out
from a seed of their own, those of `spider` by the importer. Training drops every question that a
set holds too (leaks.py).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, NamedTuple

from ..catalog import STARTER, Catalog, Question, generate
from ..env import Env
from ..errors import Error
from ..learn.experiment import spread

SETS = ("starter", "seen", "left_out", "spider")
LEFT_OUT_DATABASES = ("pets_1", "world_1")
"""bundled databases that are never used for training, in no form"""
HELD_OUT_SEED = 20261
"""of the generated sets; training generates from other seeds"""
GENERATED = 300
"""questions of each generated set"""
FOLDER = Path("build/lm/held_out")
SPIDER = Path(os.environ.get("SPIDER", "../shared/spider"))
SPLIT = "eval"


class HeldOutQuestion(NamedTuple):
    """A question with its gold query, for the check against training questions."""

    question_id: str
    question: str
    gold_sql: str
    database: str


class HeldOutSet(NamedTuple):
    """The eval questions of one pack."""

    name: str
    pack: str
    """the pack's folder or archive"""

    def catalog(self) -> Catalog:
        return Catalog(self.pack)

    def questions(self, limit: int = 0) -> list[Question]:
        """All, or `limit` of them taken evenly over the pack's order."""
        return spread(self.catalog().questions(split=SPLIT), limit)


def held_out_set(name: str, folder: Path = FOLDER, *, spider: Path = SPIDER) -> HeldOutSet:
    """The set, which is made in `folder` if it is not there.

    Raises Error NOT_FOUND where Spider's release, or the program that imports it, is absent.
    """
    if name == "starter":
        return HeldOutSet(name, str(STARTER))
    if name == "spider":
        return HeldOutSet(name, str(_imported(Path(folder) / name, Path(spider))))
    if name not in SETS:
        raise Error("BAD_OPTION", f'there is no held-out set "{name}". Known: {", ".join(SETS)}.')
    bundled = json.loads(read_pack(STARTER)("pack.json"))["databases"]
    databases = [one["name"] for one in bundled]
    chosen = [one for one in databases if (one in LEFT_OUT_DATABASES) == (name == "left_out")]
    return HeldOutSet(name, str(_generated(Path(folder) / name, chosen)))


def held_out_sets(
    names: Sequence[str] = SETS,
    folder: Path = FOLDER,
    *,
    spider: Path = SPIDER,
    say: Callable[[str], None] = print,
) -> list[HeldOutSet]:
    """The named sets. `spider` is left out, and `say` told so, where it cannot be made."""
    found = []
    for name in names:
        try:
            found.append(held_out_set(name, folder, spider=spider))
        except Error as error:
            if name != "spider" or error.code != "NOT_FOUND":
                raise
            say(f"the set spider is left out: {error}")
    return found


def held_out_questions(
    name: str, folder: Path = FOLDER, *, spider: Path = SPIDER
) -> list[HeldOutQuestion]:
    """The questions of a set with their gold queries. Raises as held_out_set does."""
    read = read_pack(Path(held_out_set(name, folder, spider=spider).pack))
    entries: list[dict[str, Any]] = []
    for file in json.loads(read("pack.json"))["questions"]:
        entries += json.loads(read(file))
    members = ("question_id", "question_text", "gold_sql", "database_name")
    return [
        HeldOutQuestion(*(str(one[member]) for member in members))
        for one in entries
        if one["split"] == SPLIT
    ]


def read_pack(pack: Path) -> Callable[[str], bytes]:
    """Reads the files of a pack, a folder or an archive, by their names in it."""
    if pack.is_dir():
        return lambda name: (pack / name).read_bytes()

    def read(name: str) -> bytes:
        with ExitStack() as stack:
            archive = stack.enter_context(tarfile.open(pack))
            file = archive.extractfile(name)
            assert file is not None, name
            return stack.enter_context(file).read()

    return read


def _generated(folder: Path, databases: Sequence[str]) -> Path:
    """A pack of generated questions, spread evenly over the databases."""
    digest = Catalog(STARTER).digests["starter"]
    recipe = json.dumps(
        {"from": digest, "databases": databases, "seed": HELD_OUT_SEED, "questions": GENERATED}
    )
    stamp = folder / "recipe.json"
    if stamp.exists() and stamp.read_text("utf-8") == recipe:
        return folder
    read = read_pack(STARTER)
    bundled = json.loads(read("pack.json"))
    kept = [one for one in bundled["databases"] if one["name"] in databases]
    files = {one["file"]: read(one["file"]) for one in kept}
    files["questions/eval.json"] = _json(_entries(databases))
    files["pack.json"] = _json(
        {
            "format": bundled["format"],
            "name": f"held-out-{folder.name.replace('_', '-')}",
            "title": f"Held-out generated questions: {folder.name}",
            "license": bundled["license"],
            "databases": kept,
            "questions": ["questions/eval.json"],
        }
    )
    files["recipe.json"] = recipe.encode()
    _write_folder(folder, files)
    return folder


def _entries(databases: Sequence[str]) -> list[dict[str, str]]:
    """The generated questions as a pack's file holds them."""
    counts = {
        name: GENERATED * (i + 1) // len(databases) - GENERATED * i // len(databases)
        for i, name in enumerate(databases)
    }
    catalog = generate(
        STARTER, count=max(counts.values()), seed=HELD_OUT_SEED, eval_share=1, databases=databases
    )
    env = Env(catalog)
    return [
        {
            "question_id": question.id,
            "question_text": question.text,
            "database_name": name,
            "gold_sql": _gold(env, question),
            "difficulty": question.difficulty,
            "split": question.split,
        }
        for name in databases
        for question in catalog.questions(database=name)[: counts[name]]
    ]


def _gold(env: Env, question: Question) -> str:
    """The gold query, which is the last one that the oracle runs."""
    env.reset(seed=0, question_id=question.id)
    env._core.play("oracle")
    steps = [json.loads(line) for line in env.trajectory().splitlines()]
    actions = [one["action"] for one in steps if "action" in one]
    queries = [one["argument"] for one in actions if one["action_type"] == "QUERY"]
    return str(queries[-1])


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=1, ensure_ascii=False) + "\n").encode()


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """Writes the folder whole: beside its place first, then renamed into it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=folder.parent) as beside:
        part = Path(beside) / "part"
        for name, content in files.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(content)
        if folder.exists():
            os.replace(folder, Path(beside) / "old")
        os.replace(part, folder)


def _imported(folder: Path, release: Path) -> Path:
    """Spider's pack, imported by the program `sqlenv` from the folder of its release."""
    if (folder / "pack.json").exists():
        return folder
    if not (release / "dev.json").exists():
        raise Error(
            "NOT_FOUND",
            f"Spider's release is not in {release}: name its folder by the variable SPIDER.",
        )
    folder.parent.mkdir(parents=True, exist_ok=True)
    command = [program(), "pack", "import", "spider", str(release), "--output", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Error("BAD_PACK", f"Spider's release was not imported: {done.stderr.strip()[-500:]}")
    return folder


def program() -> str:
    """The program `sqlenv`: SQLENV_BIN names it, else it is the checkout's or one on the PATH.

    Raises Error NOT_FOUND.
    """
    built = Path("build/native/bin/sqlenv")
    found = os.environ.get("SQLENV_BIN") or (built if built.exists() else shutil.which("sqlenv"))
    if not found:
        raise Error(
            "NOT_FOUND",
            "the program sqlenv is not there: build it (make native), or name it by the variable "
            "SQLENV_BIN.",
        )
    return str(Path(found).resolve())
