"""The files of an evaluation with a language model: trajectories and completions."""

from __future__ import annotations

import json
import os
from contextlib import ExitStack
from types import TracebackType
from typing import TextIO, TypeAlias

from .agent_text import Completion

PathName: TypeAlias = "str | os.PathLike[str]"


class EpisodeFiles:
    """Writes episodes as `sqlenv eval` does, as soon as they end, so that a run that is killed can go
    on. A name of None stands for no file."""

    def __init__(
        self,
        trajectories: PathName | None,
        completions: PathName | None,
        header: str,
        kept: list[str] | None,
    ) -> None:
        """`kept`: the lines that the file of completions holds already."""
        self._stack = ExitStack()
        self._trajectories = self._opened(trajectories)
        self._path = completions
        self._header = header if kept is None else kept[0] + "\n"
        self._lines = {
            int(json.loads(line)["episode"]): line + "\n" for line in (kept or [])[1:]
        }
        self._completions = self._opened(completions)
        if self._completions is not None:
            self._completions.write("".join((self._header, *self._lines.values())))
            self._completions.flush()

    def __enter__(self) -> EpisodeFiles:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()
        if self._path is not None:
            self._put_in_order(self._path)

    def add(self, trajectory: str) -> None:
        """The next episode's trajectory, in the evaluation's order."""
        if self._trajectories is not None:
            self._trajectories.write(trajectory)
            self._trajectories.flush()

    def keep(self, number: int, line: str) -> None:
        """An episode's completions; of several lines for one episode the last counts."""
        if self._completions is not None:
            self._lines[number] = line
            self._completions.write(line)
            self._completions.flush()

    def _opened(self, path: PathName | None) -> TextIO | None:
        if path is None:
            return None
        return self._stack.enter_context(open(path, "w", encoding="utf-8", newline="\n"))

    def _put_in_order(self, path: PathName) -> None:
        whole = os.fspath(path)
        if not os.path.isfile(whole):
            return
        part = whole + ".part"
        with open(part, "w", encoding="utf-8", newline="\n") as file:
            file.write(self._header)
            file.writelines(self._lines[number] for number in sorted(self._lines))
        os.replace(part, whole)


def read_lines(path: PathName) -> list[str] | None:
    """The lines of a file of completions, without a last one that was not written to its end; None
    if there are none."""
    with open(path, encoding="utf-8", newline="\n") as file:
        lines = file.read().split("\n")[:-1]
    return lines or None


def read_completions(path: PathName) -> dict[tuple[str, int], list[Completion]]:
    """What a model wrote, by question and sample. Raises ValueError for another file."""
    lines = read_lines(path) or []
    header = json.loads(lines[0]) if lines else {}
    if header.get("format") != "sqlenv-completions/1":
        raise ValueError(f"{os.fspath(path)} is no file of completions (sqlenv-completions/1)")
    read: dict[tuple[str, int], list[Completion]] = {}
    for line in lines[1:]:
        one = json.loads(line)
        sample = (one["episode"] - 1) % header["samples"]
        read[one["question_id"], sample] = [
            Completion.from_json(json.dumps(turn["completion"])) for turn in one["turns"]
        ]
    return read
