"""Two servers side by side: the framework's own around a small environment, and ours."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator

import pytest

from tests.server.conftest import ROOT, Server, launch, pack, start  # noqa: F401

sys.path.append(str(ROOT / "app" / "python"))

CAPACITY = 16
MISSING = "the Python package openenv is not installed: run scripts/setup python"
START_SECONDS = 120  # importing the framework takes long


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_healthy(address: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://{address}/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.05)
    pytest.fail("the framework's server did not start")


@pytest.fixture(scope="session")
def reference_process() -> Iterator[Server]:
    """Starts without waiting; the fixture `reference` waits until it is healthy."""
    pytest.importorskip("openenv.core", reason=MISSING)
    address = f"127.0.0.1:{free_port()}"
    command = [sys.executable, "-m", "tests.conformance.reference_server", address.split(":")[1]]
    process = subprocess.Popen(
        [*command, str(CAPACITY)], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    yield Server(process, address)
    process.kill()
    process.wait()


@pytest.fixture(scope="session")
def reference(reference_process: Server) -> Server:
    wait_until_healthy(reference_process.address, reference_process.process)
    return reference_process


@pytest.fixture(scope="session")
def ours(reference_process, start) -> Iterator[Server]:  # noqa: F811
    running = start("--threads", "2", "--max-sessions", CAPACITY)
    yield running
    running.process.terminate()
    assert running.process.wait(timeout=10) == 0
