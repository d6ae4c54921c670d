"""Rewrites blocks of a document that commands generate.

A block stands between the lines <!-- begin NAME --> and <!-- end NAME -->.
usage: document_block.py FILE NAME < CONTENT
"""

import datetime
import os
import sys
from pathlib import Path


def replaced(document, name, content):
    """The document's text with `content` in its block of that name; ValueError if there is none."""
    begin, end = f"<!-- begin {name} -->\n", f"<!-- end {name} -->"
    before, found, rest = document.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"the lines {begin.strip()} and {end} are missing")
    return before + begin + content.rstrip("\n") + "\n" + end + after


def write_blocks(files, contents):
    """Rewrites in each file those blocks of `contents` {name: text} that it holds."""
    for file in map(Path, files):
        text = file.read_text(encoding="utf-8")
        held = [name for name in contents if f"<!-- begin {name} -->" in text]
        if not held:
            sys.exit(f"{file} holds no block named {' or '.join(contents)}")
        for name in held:
            text = replaced(text, name, contents[name])
        file.write_text(text, encoding="utf-8")


def markdown_table(head, rows, align="---"):
    """`align` is the mark of every column but the first."""
    lines = [head, ["---"] + [align] * (len(head) - 1), *rows]
    rendered = ["| " + " | ".join(map(str, line)) + " |" for line in lines]
    rendered[1] = rendered[1].replace(" ", "")
    return "\n".join(rendered) + "\n"


def add_document_option(parser):
    parser.add_argument("--document", nargs="+", default=[], metavar="FILE",
                        help="rewrite the blocks of these files that hold this command's tables")


def conditions(command, how):
    """The line below a table that says how, when and on what its figures were measured."""
    date, load, cores = datetime.date.today(), os.getloadavg()[0], len(os.sched_getaffinity(0))
    return f"\nMeasured by `{command}` on {date}, {cores} cores, load {load:.0f}: {how}.\n"


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    write_blocks([sys.argv[1]], {sys.argv[2]: sys.stdin.read()})
