"""Catalog: the databases and questions that environments play. Immutable; environments share it."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple, TypeAlias

from . import _core

PackName: TypeAlias = "str | os.PathLike[str]"
CatalogLike: TypeAlias = "Catalog | PackName | Sequence[PackName] | None"

STARTER = Path(__file__).parent / "starter.tar"


class Question(NamedTuple):
    """A question as it may be known before it is played, without its gold."""

    pack: str
    id: str
    text: str
    database: str
    difficulty: str
    """easy, medium or hard"""
    split: str
    """train or eval"""


class Catalog:
    """The packs to play, in memory. Loading them is slow; environments share the result.

    `packs`: "starter" (the bundled one, and the default), a folder or .tar archive, a name that
    `sqlenv pack list` shows, or several of these; the first is the default pack of a reset.

    Raises Error: NOT_FOUND or BAD_PACK.
    """

    def __init__(self, packs: PackName | Sequence[PackName] = "starter") -> None:
        self._core = _core.load_catalog(_paths(packs))

    @classmethod
    def _of(cls, core: _core.Catalog) -> Catalog:
        catalog = cls.__new__(cls)
        catalog._core = core
        return catalog

    @classmethod
    def of(cls, catalog: CatalogLike) -> Catalog:
        """The catalog itself, or a new one from what `Catalog(...)` takes; None is the bundled pack."""
        if isinstance(catalog, Catalog):
            return catalog
        return cls("starter" if catalog is None else catalog)

    @property
    def packs(self) -> list[str]:
        """The packs' names; the first is the default one."""
        return [name for name, _ in self._core.packs()]

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each pack, as trajectories name it."""
        return dict(self._core.packs())

    def questions(
        self,
        *,
        pack: str | None = None,
        database: str | None = None,
        difficulty: str | None = None,
        split: str | None = None,
        question_id: str | None = None,
    ) -> list[Question]:
        """The matching questions in the pack's order, from which a reset with these options draws.

        Raises Error BAD_OPTION if a name is unknown or nothing matches.
        """
        found = self._core.questions(pack, database, difficulty, split, question_id)
        return [Question(*fields) for fields in found]

    def __repr__(self) -> str:
        return f"Catalog({self.packs})"


def generate(
    source: CatalogLike = None,
    *,
    count: int = 100,
    seed: int = 0,
    eval_share: float = 0.3,
    families: Sequence[str] = (),
    databases: Sequence[str] = (),
) -> Catalog:
    """A catalog of generated questions about the databases of `source`'s first pack.

    The same questions as `sqlenv pack generate` makes: `count` for each database (fewer where the
    data gives no more), every one run before it is given out. `families`: only these kinds (see
    docs/questions.md); `databases`: only these. `source` may also be a SQLite database file;
    what of it cannot be read is a warning.
    Takes about a second for some thousand questions.

    Raises Error BAD_OPTION, NOT_FOUND or BAD_PACK.
    """
    if source is not None and not isinstance(source, Catalog):
        one = source if isinstance(source, (str, os.PathLike)) else None
        if one is not None and _is_database(one):
            core = _core.generate_about_file(
                os.fspath(one), count, seed, eval_share, list(families)
            )
            return Catalog._of(core)
    made = Catalog.of(source)._core.generate(
        count, seed, eval_share, list(families), list(databases)
    )
    return Catalog._of(made)


def _is_database(path: PackName) -> bool:
    try:
        with open(path, "rb") as file:
            return file.read(15) == b"SQLite format 3"
    except OSError:
        return False


def _paths(packs: PackName | Sequence[PackName]) -> list[str]:
    names = [packs] if isinstance(packs, (str, os.PathLike)) else list(packs)
    return [str(STARTER) if name == "starter" else os.fspath(name) for name in names]
