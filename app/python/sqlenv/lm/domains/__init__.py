"""Small synthetic databases of many domains, as material to train language models on.

`DOMAINS` lists them, `make_database(domain, path, seed)` fills one, `words_of(domain)` says how
people name its tables and columns. The texts (*.txt) are of our own making; how one is written:
language.py. Neither pets nor countries have a domain: they are kept for evaluation.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

from ..questions.words import Words
from .building import build_database
from .language import Domain, read_domains


@cache
def _domains() -> dict[str, Domain]:
    found: dict[str, Domain] = {}
    files = sorted(resources.files(__package__).iterdir(), key=lambda file: file.name)
    for file in files:
        if file.name.endswith(".txt") and file.name != "pools.txt":
            found.update(read_domains(file.read_text("utf-8")))
    return dict(sorted(found.items()))


def domain_named(name: str) -> Domain:
    if name not in _domains():
        raise ValueError(f"there is no domain {name!r}; sqlenv.lm.domains.DOMAINS lists them")
    return _domains()[name]


def make_database(domain: str, path: Path, seed: int) -> None:
    """Writes the domain's database to `path` with rows of this seed; equal seeds, equal rows."""
    build_database(domain_named(domain), Path(path), seed)


def words_of(domain: str) -> Words:
    """How people say the names of the domain's tables and columns."""
    tables: dict[str, tuple[str, ...]] = {}
    columns: dict[tuple[str, str], tuple[str, ...]] = {}
    relations: dict[tuple[str, str], str] = {}
    through: dict[tuple[str, str], str] = {}
    adjectives: set[tuple[str, str]] = set()
    for table in domain_named(domain).tables:
        if table.spoken:
            tables[table.name] = table.spoken
        for column in table.columns:
            if column.spoken:
                columns[table.name, column.name] = column.spoken
            if column.relation:
                relations[table.name, column.name] = column.relation
            if column.through:
                through[table.name, column.name] = column.through
            if column.kind.startswith("~"):
                adjectives.add((table.name, column.name))
    return Words(tables, columns, relations, frozenset(adjectives), through)


DOMAINS: list[str] = list(_domains())
