"""The memory of this process."""

from __future__ import annotations

import contextlib
import ctypes
import resource


def trim_memory() -> None:
    """Gives free memory back to the system.

    Batches differ in length, so what one gave up rarely fits the next; without this a process grows
    to several times of what it needs.
    """
    with contextlib.suppress(OSError, AttributeError):  # glibc alone has the function
        ctypes.CDLL(None).malloc_trim(0)


def memory_mb() -> int:
    """The most memory that the process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000
