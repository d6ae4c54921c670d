#!/usr/bin/env python3
"""Puts the page together in one folder that any static host can serve from any path.

The style sheet and the loader go into index.html, so that the splash shows with the first reply. The
other files are asked for by addresses that name their contents (playground.wasm?v=…), so that a
browser never mixes two builds, and their true sizes are written into the page for its progress bar.
"""

import argparse
import hashlib
import json
import pathlib
import re
import shutil
import sys


def describe(path):
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:12]
    return {"name": path.name, "url": f"{path.name}?v={digest}", "bytes": len(data)}


def replace_once(text, old, new):
    if text.count(old) != 1:
        sys.exit(f"make_site: index.html must hold {old!r} exactly once")
    return text.replace(old, new)


def without_comments(text, comment):
    """The lines of `text` without indentation, blank ones and those that are comments: both
    languages read them alike, and every visitor downloads them."""
    lines = (line.strip() for line in re.sub(comment, "", text, flags=re.M | re.S).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=pathlib.Path, required=True, help="folder of index.html")
    parser.add_argument("--module", type=pathlib.Path, required=True,
                        help="playground.js, beside playground.wasm")
    parser.add_argument("--pack", type=pathlib.Path, required=True, help="the starter pack's archive")
    parser.add_argument("--importer", type=pathlib.Path, required=True,
                        help="importer.js, beside importer.wasm")
    parser.add_argument("--version", required=True, help="the project's version")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the folder to make")
    arguments = parser.parse_args()

    files = [arguments.module, arguments.module.with_suffix(".wasm"), arguments.pack]
    later = [arguments.page / "importer" / "open.js", arguments.importer,
             arguments.importer.with_suffix(".wasm")]
    shutil.rmtree(arguments.out, ignore_errors=True)
    arguments.out.mkdir(parents=True)
    for path in [*files, *later, arguments.page / "favicon.svg"]:
        shutil.copyfile(path, arguments.out / path.name)

    build = json.dumps({"version": arguments.version, "files": [describe(path) for path in files],
                        "later": [describe(path) for path in later]})
    style = (arguments.page / "style.css").read_text(encoding="utf-8")
    boot = (arguments.page / "boot.js").read_text(encoding="utf-8")
    page = (arguments.page / "index.html").read_text(encoding="utf-8")
    page = replace_once(page, "@BUILD@", build)
    style = without_comments(style, r"/\*.*?\*/")
    boot = without_comments(boot, r"^ *//[^\n]*$")
    page = replace_once(page, '<link rel="stylesheet" href="style.css">', f"<style>\n{style}</style>")
    page = replace_once(page, '<script src="boot.js"></script>', f"<script>\n{boot}</script>")
    (arguments.out / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
