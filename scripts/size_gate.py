#!/usr/bin/env python3
"""Prints what the page downloads, file by file, and fails if the sum is too large.

Three sizes: as it lies on the host, which one that does not compress sends; gzipped, which one that
does sends (what lies there as .gz stays as it is); and plain, with the program unpacked, as the browser
compiles it, and the pack in its archive.

What opens files and servers, and what has language models play, is loaded only when it is wanted,
and has limits of its own. Icons are for systems that put the page among their programs; the page asks for none (a browser test looks).

usage: scripts/size_gate.py SITE-FOLDER [--fonts FOLDER]
"""

import argparse
import gzip
import pathlib
import sys
import typing

MAX_RAW = 2_200_000
MAX_GZIP = 900_000
MAX_PLAIN = 2_200_000
ICONS = ("icon-180.png", "icon-192.png", "icon-512.png")


class Later(typing.NamedTuple):
    """What the page loads when something is wanted."""
    wanted: str
    files: tuple
    max_raw: int
    max_gzip: int


LATER = (
    Later("open a file or a server", ("open.js", "page_worker.js", "page_worker.wasm"),
          1_200_000, 500_000),
    Later("have a language model play", ("model.js", "model_worker.js", "model_worker.wasm"),
          250_000, 110_000),
)
LATER_FILES = tuple(name for group in LATER for name in group.files)
NEEDED = (*LATER_FILES, "index.html", "playground.js", "playground.wasm.gz", "starter.tar.gz")


def sizes(path):
    data = path.read_bytes()
    if path.suffix == ".gz":
        plain = gzip.decompress(data) if path.name.endswith(".wasm.gz") else data
        return len(data), len(data), len(plain)
    return len(data), len(gzip.compress(data, 9, mtime=0)), len(data)


def added(sums, more):
    return [one + other for one, other in zip(sums, more)]


def print_row(name, raw, packed, plain):
    print(f"{name:<36}{raw:>12,}{packed:>12,}{plain:>12,}")


def print_fonts(folder):
    """The fonts are part of the wasm, so they are shown but not added."""
    paths = sorted(path for path in folder.iterdir() if path.suffix in (".otf", ".ttf"))
    for path in paths:
        print_row(f"  of which {path.name}", *sizes(path))


def print_later(site, group):
    """Whether it is small enough."""
    print(f"\nwhat it downloads to {group.wanted}")
    totals = [0, 0, 0]
    for name in group.files:
        own = sizes(site / name)
        totals = added(totals, own)
        print_row(name, *own)
    print_row("total", *totals)
    print_row("allowed", group.max_raw, group.max_gzip, group.max_raw)
    return totals[0] <= group.max_raw and totals[1] <= group.max_gzip


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path, help="the folder of the page")
    parser.add_argument("--fonts", type=pathlib.Path, help="the fonts that were compiled in "
                        "(default: generated/fonts beside the site)")
    arguments = parser.parse_args()
    missing = [name for name in NEEDED if not (arguments.site / name).is_file()]
    if missing:
        sys.exit(f"size gate: {arguments.site} has no {', '.join(missing)}: build the page first "
                 "(make web)")

    print(f"{'what the page downloads':<36}{'on the host':>12}{'gzip -9':>12}{'plain':>12}")
    totals = [0, 0, 0]
    fonts = arguments.fonts or arguments.site.parent / "generated" / "fonts"
    for path in sorted(path for path in arguments.site.rglob("*") if path.is_file()):
        if path.name in (*LATER_FILES, *ICONS):
            continue
        own = sizes(path)
        totals = added(totals, own)
        print_row(path.relative_to(arguments.site).as_posix(), *own)
        if path.name == "playground.wasm.gz" and fonts.is_dir():
            print_fonts(fonts)
    print_row("total", *totals)
    print_row("allowed", MAX_RAW, MAX_GZIP, MAX_PLAIN)
    too_large = [group.wanted for group in LATER if not print_later(arguments.site, group)]
    if any(have > most for have, most in zip(totals, (MAX_RAW, MAX_GZIP, MAX_PLAIN))):
        sys.exit("size gate: the page has grown past what is allowed")
    if too_large:
        sys.exit(f"size gate: what it downloads to {too_large[0]} has grown past what is allowed")


if __name__ == "__main__":
    main()
