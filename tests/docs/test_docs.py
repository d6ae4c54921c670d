"""Commands, options, links and pictures of the documents exist."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SQLENV_BIN", ROOT / "build/native/bin/sqlenv"))
PAGES = sorted([ROOT / "README.md", ROOT / "data/README.md", *ROOT.glob("docs/*.md")])
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), re.M))

DOCUMENTS = [*PAGES, ROOT / "CHANGELOG.md", ROOT / "docker/openenv/README.md", ROOT / "web/space/README.md"]

page = pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.M | re.S)


def command_lines(text: str) -> list[list[str]]:
    """The words of every command in a block of sh, and of every `command` in prose that names one of our
    programs. Comments are dropped and continued lines joined."""
    lines = []
    for block in blocks(text, "sh"):
        lines += block.replace("\\\n", " ").splitlines()
    running = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    for code in re.findall(r"`([^`]+)`", running):
        if re.match(r"(build/native/bin/)?sqlenv [a-z-]|make [a-z]|scripts/|python3 \S+\.py", code):
            lines.append(code.replace("\n", " "))
    commands = []
    for line in lines:
        for part in re.split(r"&&|\||;", line.split("  #")[0]):
            words = shlex.split(part, comments=True, posix=True) if part.count("'") % 2 == 0 else part.split()
            if words:
                commands.append(words)
    return commands


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@page
def test_links_lead_somewhere(page):
    text = page.read_text()
    prose = re.sub(r"^```.*?^```", "", text, flags=re.M | re.S)
    tags = re.findall(r'(?:src|srcset|href)="([^"]+)"', prose)
    for target in re.findall(r"\]\(([^)\s]+)\)", prose) + tags:
        if re.match(r"[a-z]+:", target):
            continue
        path, _, fragment = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{page.name} links to {target}"
        if fragment and file.suffix == ".md":
            headings = re.findall(r"^#+ (.*)$", file.read_text(), re.M)
            assert fragment in {anchor(heading) for heading in headings}, f"{page.name}: {target}"


@page
def test_commands_exist(page):
    for words in command_lines(page.read_text()):
        if words[0] == "make":
            named = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
            assert set(named) <= TARGETS, f"{page.name}: {' '.join(words)}"
        elif words[0].startswith(("scripts/", "./scripts/")):
            assert (ROOT / words[0]).exists(), f"{page.name}: {' '.join(words)}"
        elif words[0] == "python3" and len(words) > 1 and words[1].endswith(".py"):
            assert (ROOT / words[1]).exists(), f"{page.name}: {' '.join(words)}"


def known_options() -> dict[tuple[str, ...], str]:
    """The help of every command of sqlenv, by its words."""
    found: dict[tuple[str, ...], str] = {}
    waiting: list[tuple[str, ...]] = [()]
    while waiting:
        command = waiting.pop()
        text = subprocess.run([PROGRAM, *command, "--help"], capture_output=True, text=True, check=True).stdout
        found[command] = text
        if "Subcommands:" in text:
            below = re.findall(r"^  ([a-z-]+) ", text.split("Subcommands:")[1], re.M)
            waiting += [(*command, name) for name in below]
    return found


@pytest.fixture(scope="module")
def helps():
    return known_options()


@page
def test_options_of_sqlenv_exist(page, helps):
    for words in command_lines(page.read_text()):
        if Path(words[0]).name != "sqlenv":
            continue
        command: tuple[str, ...] = ()
        rest = words[1:]
        while rest and (*command, rest[0]) in helps:
            command = (*command, rest.pop(0))
        wrong = [word for word in rest if word.startswith("--") and word.split("=")[0] not in helps[command]]
        assert not wrong, f"{page.name}: {' '.join(words)}: {wrong}"
        subcommands = "Subcommands:" in helps[command]
        plain = rest and re.fullmatch(r"[a-z]+", rest[0])
        assert not (subcommands and plain), f"{page.name}: no command {rest[0]!r} in: {' '.join(words)}"


def test_options_in_the_image_exist(helps):
    """Checks the sqlenv commands of docker/Dockerfile, some of which only some builds run."""
    text = (ROOT / "docker/Dockerfile").read_text()
    runs = re.findall(r"bin/sqlenv ((?:[a-z]+ )+)(.*?)[;&\n]", text)
    assert runs
    for command, rest in runs:
        known = helps[tuple(command.split())]
        for option in re.findall(r"--[a-z-]+", rest):
            assert re.search(rf"{option}\b", known) and f"{option} " in known, f"{command}{option}"


def test_pictures_are_used_and_made_here():
    """Each picture of docs/images is on a page, and is one that scripts/screenshots makes."""
    pages = "".join(path.read_text() for path in PAGES)
    maker = (ROOT / "scripts/screenshots").read_text()
    pictures = sorted(path for path in (ROOT / "docs/images").iterdir() if path.is_file())
    assert len(pictures) > 8
    for picture in pictures:
        assert f"images/{picture.name}" in pages, f"no page shows {picture.name}"
        name = picture.stem.removeprefix("badge-")
        made = rf"(?m)^(shoot|look|badge) {re.escape(name)} |images/{re.escape(picture.name)}"
        assert re.search(made, maker), f"scripts/screenshots does not make {picture.name}"


def test_lines_are_at_most_120_wide():
    """Rows of tables, links and tags are excepted, since they cannot be broken."""
    long = []
    for path in DOCUMENTS:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if len(line) > 120 and not re.match(r"\||<|.*\]\(", line):
                long.append(f"{path.relative_to(ROOT)}:{number}: {len(line)}")
    assert not long


def test_there_is_something_to_check():
    commands = [words for path in PAGES for words in command_lines(path.read_text())]
    assert sum(Path(words[0]).name == "sqlenv" for words in commands) > 20
    assert sum(words[0] == "make" for words in commands) > 8


