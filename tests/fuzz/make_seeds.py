"""Writes the seeds of the fuzz targets, from the golden scenarios: make_seeds.py FOLDER.

FOLDER/<target>/ is made for each target. Names are digests, so that running it again adds nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def seeds() -> Iterator[tuple[str, str]]:
    """(target, text) of every seed."""
    for path in sorted(GOLDEN.glob("*.reset.json")):
        reset = path.read_text(encoding="utf-8")
        yield "reset_json", reset
        yield "protocol", json.dumps({"type": "reset", "data": json.loads(reset)})
        yield "protocol", reset
        script = path.with_name(path.name.replace(".reset.json", ".jsonl"))
        for line in script.read_text(encoding="utf-8").splitlines():
            yield from seeds_of_action(line)
    for path in sorted(GOLDEN.glob("*.trajectory.jsonl")):
        yield "trajectory", path.read_text(encoding="utf-8")


def seeds_of_action(line: str) -> Iterator[tuple[str, str]]:
    if not line.strip():
        return
    action = json.loads(line)
    yield "action_json", line
    yield "protocol", json.dumps({"type": "step", "data": action})
    yield "protocol", json.dumps({"action": action})
    if action.get("action_type") == "QUERY":
        yield "sql", action["argument"]
    if action.get("action_type") == "ANSWER":
        yield "answer", "\x00" + action["argument"]


def main(folder: Path) -> None:
    for target, text in seeds():
        data = text.encode("utf-8")
        place = folder / target
        place.mkdir(parents=True, exist_ok=True)
        (place / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
