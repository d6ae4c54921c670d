"""The one exception that callers can cause, with a stable code."""

from __future__ import annotations


class Error(ValueError):
    """A request that cannot be met: `code` is stable, `message` says what to do.

    Codes: BAD_OPTION (a reset option), NOT_FOUND and BAD_PACK (a pack), BAD_SAVE and MISMATCH (a
    saved episode), NOT_FOUND, BAD_MODEL and MISMATCH (a language model or an adapter of one),
    MISSING_PACKAGE (a Python package that a part of this one needs), EPISODE_RUNNING (asked for what is hidden until the end), NO_EPISODE (nothing
    was reset yet), SLOT_BUSY (the slot's answer was not received yet), INTERNAL. A wrong *action*
    is never an exception: the observation's `error` says what was wrong, and a step is spent.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message

    def __reduce__(self) -> tuple[type[Error], tuple[str, str]]:
        return type(self), (self.code, self.message)
