"""Adjectives and verbs that go with columns: older for an age, founded for a founding year."""

from __future__ import annotations

from .schema import Column, Role
from .words import is_plural

# By a word of the column: more, less, most, least.
COMPARED: dict[str, tuple[str, str, str, str]] = {
    "age": ("older", "younger", "oldest", "youngest"),
    "price": ("more expensive", "cheaper", "most expensive", "cheapest"),
    "cost": ("more expensive", "cheaper", "most expensive", "cheapest"),
    "height": ("taller", "shorter", "tallest", "shortest"),
    "weight": ("heavier", "lighter", "heaviest", "lightest"),
    "length": ("longer", "shorter", "longest", "shortest"),
    "duration": ("longer", "shorter", "longest", "shortest"),
    "runtime": ("longer", "shorter", "longest", "shortest"),
    "pages": ("longer", "shorter", "longest", "shortest"),
    "distance": ("longer", "shorter", "longest", "shortest"),
    "area": ("larger", "smaller", "largest", "smallest"),
    "size": ("larger", "smaller", "largest", "smallest"),
    "depth": ("deeper", "shallower", "deepest", "shallowest"),
    "speed": ("faster", "slower", "fastest", "slowest"),
}
# By a word of a year's or a date's column: "founded in 1990"; ACTIVE: "who joined in 1990".
PASSIVE = {
    "birth": "born",
    "born": "born",
    "birthday": "born",
    "founding": "founded",
    "founded": "founded",
    "foundation": "founded",
    "opening": "opened",
    "opened": "opened",
    "publication": "published",
    "published": "published",
    "release": "released",
    "released": "released",
    "hire": "hired",
    "hired": "hired",
    "construction": "built",
    "built": "built",
    "purchase": "bought",
    "acquisition": "acquired",
    "creation": "created",
    "established": "established",
    "installation": "installed",
    "completion": "completed",
    "launch": "launched",
    "licensed": "licensed",
    "writing": "written",
    "planting": "planted",
}
ACTIVE = {
    "join": "joined",
    "joined": "joined",
    "start": "started",
    "started": "started",
    "registration": "registered",
    "departure": "departed",
    "enrollment": "enrolled",
    "arrival": "arrived",
    "retirement": "retired",
    "graduation": "graduated",
}
BEFORE_NOUNS = {"genre", "type", "kind", "category", "style", "cuisine", "seniority", "status"}
PLACES = {"city", "country", "town", "state", "region", "district", "village", "county"}


def compared(column: Column) -> tuple[str, str, str, str] | None:
    """Adjectives of the row itself, where the column's main word has some."""
    words = column.spoken[0].split()
    if column.role is not Role.NUMBER or words[0] == "number" and "pages" not in words:
        return None
    main = [word for word in words if word in COMPARED]
    plain = len(words) == 1 or words[1:2] == ["in"] or words[-1] == "pages"
    return COMPARED[main[0]] if main and plain else None


def unit(said: str) -> str:
    """What a column counts, as it stands behind a number: "5 pages", "12 years of experience"."""
    if said.startswith("number of "):
        return said[10:]
    return said if is_plural(said) and said.split()[-1] not in ("assets", "millions") else ""


def happened(column: Column) -> tuple[str, bool] | None:
    """The verb of a year's or date's column, and whether it needs who or that before it."""
    if column.role not in (Role.YEAR, Role.DATE):
        return None
    for word in column.spoken[0].split():
        if word in PASSIVE:
            return PASSIVE[word], False
        if word in ACTIVE:
            return ACTIVE[word], True
    return None


def is_place(column: Column) -> bool:
    return column.spoken[0].split()[-1] in PLACES and column.spoken[0].split()[0] not in (
        "departure",
        "arrival",
        "destination",
        "birth",
    )
