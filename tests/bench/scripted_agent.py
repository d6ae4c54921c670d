"""The agent of scripts/bench-python: for each train question a fixed episode of seven steps.

It looks at two tables, samples one, counts its rows, reads some of them, asks the gold query and
answers: exploration as an agent does it, over queries of all the kinds that the pack's questions need.
It finds its place from the observation alone, so that any environment can be driven by it.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "data"
STEPS = 7


def _script(entry: dict[str, Any]) -> list[tuple[str, str]]:
    tables = entry["tables_involved"]
    gold = entry["gold_answer"]
    return [
        ("DESCRIBE", tables[0]),
        ("DESCRIBE", tables[-1]),
        ("SAMPLE", tables[0]),
        ("QUERY", f"SELECT COUNT(*) FROM {tables[0]}"),
        ("QUERY", f"SELECT * FROM {tables[-1]} LIMIT 40"),
        ("QUERY", entry["gold_sql"]),
        ("ANSWER", gold if isinstance(gold, str) else json.dumps(gold, ensure_ascii=False)),
    ]


def scripts() -> dict[str, list[tuple[str, str]]]:
    """The actions by the question's text; an eighth stands where the next episode begins. Texts that
    two questions share are played by the first one's script and so left out."""
    entries = json.loads((DATA / "questions" / "questions_train.json").read_text("utf-8"))
    counts = Counter(entry["question_text"] for entry in entries)
    assert max(counts.values()) == 1, "two questions have one text"
    return {entry["question_text"]: [*_script(entry), ("QUERY", "")] for entry in entries}
