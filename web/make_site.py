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


def smaller(text):
    """Without what nobody reads in a browser: indentation, lines that are comments, empty lines."""
    text = re.sub(r"^\s*/\*.*?\*/\s*$", "", text, flags=re.DOTALL | re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "".join(line + "\n" for line in lines if line and not line.startswith("//"))


def worker_build(page, files, arguments):
    """What the service worker keeps, and a digest of all of it."""
    kept = [describe(path)["url"] for path in files] + ["favicon.svg"]
    favicon = (arguments.page / "favicon.svg").read_text(encoding="utf-8")
    digest = hashlib.sha256(json.dumps([kept, page, favicon]).encode()).hexdigest()[:12]
    return json.dumps({"digest": digest, "files": kept})


def replace_once(text, old, new):
    if text.count(old) != 1:
        sys.exit(f"make_site: index.html must hold {old!r} exactly once")
    return text.replace(old, new)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--page", type=pathlib.Path, required=True, help="folder of index.html")
    parser.add_argument("--module", type=pathlib.Path, required=True,
                        help="playground.js, beside playground.wasm")
    parser.add_argument("--pack", type=pathlib.Path, required=True, help="the starter pack's archive")
    parser.add_argument("--version", required=True, help="the project's version")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the folder to make")
    arguments = parser.parse_args()

    files = [arguments.module, arguments.module.with_suffix(".wasm"), arguments.pack]
    shutil.rmtree(arguments.out, ignore_errors=True)
    arguments.out.mkdir(parents=True)
    for path in [*files, arguments.page / "favicon.svg"]:
        shutil.copyfile(path, arguments.out / path.name)

    build = json.dumps({"version": arguments.version, "files": [describe(path) for path in files]})
    own = {name: smaller((arguments.page / name).read_text(encoding="utf-8"))
           for name in ("style.css", "text_mode.js", "boot.js", "sw.js")}
    page = (arguments.page / "index.html").read_text(encoding="utf-8")
    page = replace_once(page, "@BUILD@", build)
    page = replace_once(page, '<link rel="stylesheet" href="style.css">', f"<style>\n{own['style.css']}</style>")
    for name in ("text_mode.js", "boot.js"):
        page = replace_once(page, f'<script src="{name}"></script>', f"<script>\n{own[name]}</script>")
    (arguments.out / "index.html").write_text(page, encoding="utf-8")
    worker = replace_once(own["sw.js"], "@BUILD@", worker_build(page, files, arguments))
    (arguments.out / "sw.js").write_text(worker, encoding="utf-8")


if __name__ == "__main__":
    main()
