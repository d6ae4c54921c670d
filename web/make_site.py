#!/usr/bin/env python3
"""Puts the page together in one folder that any static host can serve from any path.

The style sheet and the loader go into index.html, so that the splash shows with the first reply. The
other files are asked for by addresses that name their contents (playground.wasm?v=…), so that a
browser never mixes two builds, and their sizes are written into the page for its progress bar. What is
large lies there compressed, since many hosts do not compress, and none does it as well.
"""

import argparse
import gzip
import hashlib
import json
import pathlib
import shutil
import subprocess
import sys


def describe(path):
    data = path.read_bytes()
    digest = hashlib.sha256(data).hexdigest()[:12]
    return {"name": path.name.removesuffix(".gz"), "url": f"{path.name}?v={digest}", "bytes": len(data)}


def compress(path):
    """Replaces the file by a gzip one; zopfli, where it is, makes that 5 % smaller than gzip can."""
    packed = path.with_name(path.name + ".gz")
    if shutil.which("zopfli"):
        subprocess.run(["zopfli", "--i5", str(path)], check=True)
    else:
        packed.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    path.unlink()
    return packed


def minified(text, name, minifier):
    """The script or style sheet, smaller if there is esbuild. Top-level names stay."""
    if minifier is None:
        return text
    command = [minifier, "--minify", f"--loader={name.rsplit('.', 1)[1]}", "--log-level=warning"]
    return subprocess.run(command, input=text, capture_output=True, encoding="utf-8",
                          check=True).stdout


# Kept for a visit without a network, beside what the page names by its contents.
PLAIN = ("favicon.svg", "manifest.webmanifest")
# The loader unpacks these.
COMPRESSED = (".wasm", ".tar")
# What a system asks for when it puts the page among its programs.
ICONS = ("icon-180.png", "icon-192.png", "icon-512.png")


def worker_build(page, files, arguments):
    """What the service worker keeps, and a digest of all of it."""
    kept = [*(describe(path)["url"] for path in files), *PLAIN]
    plain = [(arguments.page / name).read_text(encoding="utf-8") for name in PLAIN]
    digest = hashlib.sha256(json.dumps([kept, page, *plain]).encode()).hexdigest()[:12]
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
    parser.add_argument("--page-worker", type=pathlib.Path, required=True,
                        help="page_worker.js, beside page_worker.wasm")
    parser.add_argument("--model-worker", type=pathlib.Path, required=True,
                        help="model_worker.js, beside model_worker.wasm")
    parser.add_argument("--version", required=True, help="the project's version")
    parser.add_argument("--out", type=pathlib.Path, required=True, help="the folder to make")
    parser.add_argument("--minifier", type=pathlib.Path, help="esbuild's program, if there is one")
    arguments = parser.parse_args([word for word in sys.argv[1:] if word])

    files = [arguments.module, arguments.module.with_suffix(".wasm"), arguments.pack]
    later = [arguments.page / "page_worker" / "open.js", arguments.page_worker,
             arguments.page_worker.with_suffix(".wasm"),
             arguments.page / "model_worker" / "model.js", arguments.model_worker,
             arguments.model_worker.with_suffix(".wasm")]
    shutil.rmtree(arguments.out, ignore_errors=True)
    arguments.out.mkdir(parents=True)
    plain = [arguments.page / name for name in PLAIN]
    icons = [arguments.page / "icons" / name for name in ICONS]
    for path in [*files, *later, *plain, *icons]:
        shutil.copyfile(path, arguments.out / path.name)
    files = [arguments.out / path.name for path in files]
    later = [arguments.out / path.name for path in later]
    for script in (path for path in [*files, *later] if path.suffix == ".js"):
        script.write_text(minified(script.read_text(encoding="utf-8"), script.name,
                                   arguments.minifier), encoding="utf-8")

    files = [compress(path) if path.suffix in COMPRESSED else path for path in files]
    build = json.dumps({"version": arguments.version, "files": [describe(path) for path in files],
                        "later": [describe(path) for path in later]})
    own = {name: minified((arguments.page / name).read_text(encoding="utf-8"), name,
                          arguments.minifier)
           for name in ("style.css", "text_mode.js", "boot.js")}
    page = (arguments.page / "index.html").read_text(encoding="utf-8")
    page = replace_once(page, "@BUILD@", build)
    page = replace_once(page, '<link rel="stylesheet" href="style.css">', f"<style>\n{own['style.css']}</style>")
    for name in ("text_mode.js", "boot.js"):
        page = replace_once(page, f'<script src="{name}"></script>', f"<script>\n{own[name]}</script>")
    (arguments.out / "index.html").write_text(page, encoding="utf-8")
    worker = (arguments.page / "sw.js").read_text(encoding="utf-8")
    worker = replace_once(worker, "@BUILD@", worker_build(page, [*files, *later], arguments))
    worker = minified(worker, "sw.js", arguments.minifier)
    (arguments.out / "sw.js").write_text(worker, encoding="utf-8")


if __name__ == "__main__":
    main()
