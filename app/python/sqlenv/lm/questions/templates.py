"""Sentences with alternatives, as wordings.txt holds them: `{Show|List} [all] the <names>`.

`{a|b}` takes one of the alternatives, `[a]` is there or not, `<slot>` is filled. Both nest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from random import Random

INNERMOST = re.compile(r"\{([^{}\[\]]*)\}|\[([^{}\[\]]*)\]")
SLOT = re.compile(r"<(\w+)>")
SHOW = "{Show|List|Give|Find|Return|Display|Get|Show me|Give me|Tell me}"


@cache
def sections() -> dict[str, list[str]]:
    """The sentences of wordings.txt and the phrases of phrases.txt by section."""
    found: dict[str, list[str]] = {}
    for file in ("wordings.txt", "phrases.txt"):
        text = (resources.files(__package__) / file).read_text("utf-8")
        for block in re.split(r"(?m)^# ", text)[1:]:
            name, *lines = block.splitlines()
            found[name] = [line.replace("<SHOW>", SHOW) for line in lines if line.strip()]
    return found


def wordings(section: str) -> list[str]:
    return sections()[section]


def drawn(source: Random, text: str) -> str:
    """The text with each choice made."""
    while True:
        match = INNERMOST.search(text)
        if match is None:
            return text
        if match[1] is not None:
            chosen = source.choice(match[1].split("|"))
        else:
            chosen = source.choice([match[2], ""])
        text = text[: match.start()] + chosen + text[match.end() :]


@cache
def slots(template: str) -> frozenset[str]:
    return frozenset(SLOT.findall(template))


def sentence(
    source: Random,
    templates: Sequence[str],
    filling: Mapping[str, str],
    change: Callable[[str], str] | None = None,
) -> str:
    """One of the templates whose slots can all be filled, changed and filled, as a sentence."""
    return finished(phrase(source, templates, filling, change))


def phrase(
    source: Random,
    templates: Sequence[str],
    filling: Mapping[str, str],
    change: Callable[[str], str] | None = None,
) -> str:
    """The same as part of a sentence."""
    fitting = [each for each in templates if all(filling.get(name) for name in slots(each))]
    text = drawn(source, source.choice(fitting))
    return re.sub(r"\s+", " ", filled(change(text) if change else text, filling)).strip()


def filled(text: str, filling: Mapping[str, str]) -> str:
    return SLOT.sub(lambda match: filling[match[1]], text)


def finished(text: str) -> str:
    text = re.sub(r" ([,.?!])", r"\1", text)
    return text[:1].upper() + text[1:]
