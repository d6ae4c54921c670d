#!/usr/bin/env python3
"""Packs a pack's folder into a ustar archive, the same bytes on every machine.

usage: scripts/pack_archive.py FOLDER ARCHIVE

The page downloads it, so the JSON is written without blanks, and without the answers to the questions,
which the program computes. The pack's digest does not depend on either.
"""

import io
import json
import sys
import tarfile
from pathlib import Path


def compact(path):
    content = json.loads(path.read_text(encoding="utf-8"))
    if isinstance(content, list):
        for entry in content:
            if isinstance(entry, dict):
                entry.pop("gold_answer", None)
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def files_of(folder):
    """Path in the archive and bytes of everything that pack.json names, and of pack.json."""
    manifest = json.loads((folder / "pack.json").read_text(encoding="utf-8"))
    yield "pack.json", compact(folder / "pack.json")
    for database in manifest["databases"]:
        yield database["file"], (folder / database["file"]).read_bytes()
    for name in manifest["questions"]:
        yield name, compact(folder / name)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    folder, archive = map(Path, sys.argv[1:])
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT) as out:
        for name, content in files_of(folder):
            entry = tarfile.TarInfo(name)
            entry.size = len(content)
            entry.mtime = 946684800  # the year 2000: equal contents make equal archives
            out.addfile(entry, io.BytesIO(content))


if __name__ == "__main__":
    main()
