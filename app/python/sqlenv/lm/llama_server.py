"""llama.cpp's server out of PyPI's xllamacpp, on loopback, with OpenAI's interface.

This file is also a program, `python llama_server.py GGUF`, for a Python that has xllamacpp and may
lack everything else: it prints the address and serves until its standard input ends. `serving` starts
it.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CONTEXT = 4096
"""tokens of one episode: room for 15 turns of the compact dialect"""
CHECKOUT_PYTHON = Path("build/deps/venv-model/bin/python")
"""where `scripts/setup model` installs xllamacpp"""


def python_with_llama() -> str:
    """A Python that has xllamacpp: this one or the checkout's. Raises ImportError."""
    if importlib.util.find_spec("xllamacpp") is not None:
        return sys.executable
    if CHECKOUT_PYTHON.exists():
        return str(CHECKOUT_PYTHON.absolute())
    raise ImportError(
        "playing a GGUF file needs xllamacpp: run scripts/setup model in a checkout, or pip install "
        "xllamacpp"
    )


@contextmanager
def serving(gguf: Path, *, slots: int, threads: int, log: Path) -> Iterator[str]:
    """The address of a server of these weights, which ends with the block.

    `slots`: episodes at once; `log`: the file for the server's messages.
    Raises ImportError without xllamacpp, RuntimeError if the server does not start.
    """
    command = [
        python_with_llama(), str(Path(__file__).resolve()), str(gguf), "--slots", str(slots),
        "--threads", str(threads), "--log", str(log),
    ]  # fmt: skip
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                raise RuntimeError(f"the server of {gguf} did not start: see {log}")
            yield address
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()


def serve(
    gguf: Path, *, slots: int, threads: int, context: int = CONTEXT, port: int = 0,
    log: Path | None = None,
) -> None:  # fmt: skip
    """Serves until SIGTERM or Ctrl-C. `log`: None for standard error."""
    import xllamacpp

    if log:
        file = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
        os.dup2(file, 2)
    params = xllamacpp.CommonParams()
    params.model.path = str(gguf)
    params.model_alias = {gguf.stem}
    params.hostnames = ["127.0.0.1"]
    params.port = port
    params.n_ctx = context * slots
    params.n_parallel = slots
    for cpu in (params.cpuparams, params.cpuparams_batch):
        cpu.n_threads = threads
        cpu.poll = 0  # threads that wait sleep: other programs need the processors too
    server = xllamacpp.Server(params)
    print(f"{server.listening_address}/v1", flush=True)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        signal.pause()
    except KeyboardInterrupt:
        pass


def _end_with_input() -> None:
    """Ends this process when the one that started it is gone, however it ended."""
    while sys.stdin.read(1):
        pass
    os._exit(0)


def main() -> None:
    parser = argparse.ArgumentParser(description="Serves a GGUF file on loopback.")
    parser.add_argument("gguf", type=Path)
    parser.add_argument("--slots", type=int, default=1, help="episodes at once")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--log", type=Path)
    options = parser.parse_args()
    threading.Thread(target=_end_with_input, daemon=True).start()
    serve(options.gguf, slots=options.slots, threads=options.threads, log=options.log)


if __name__ == "__main__":
    sys.path.pop(0)  # the modules beside this file hide none that xllamacpp imports
    main()
