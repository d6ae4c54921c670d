"""Starts SQLEnv's server, a native program, and takes its options.

    server --port 8000                  (or: python -m sql_env.server.app)

The program is looked for in $SQLENV_PROGRAM, beside this file (build/bin, where build() puts it), then on
PATH. Where it is in none of these, it is built from the sources in source/, which takes a C++20 compiler,
CMake and what source/scripts/setup names, and some minutes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
SOURCE = FOLDER / "source"
BUILT = SOURCE / "build/native/bin/sqlenv"


def find() -> Path | None:
    """The server's program, or None."""
    named = os.environ.get("SQLENV_PROGRAM")
    if named:
        if not os.access(named, os.X_OK):
            sys.exit(f"server: SQLENV_PROGRAM names no program that can be run: {named}")
        return Path(named)
    if BUILT.is_file():
        return BUILT
    on_path = shutil.which("sqlenv")
    return Path(on_path) if on_path else None


def build() -> Path:
    """Builds the program from source/ and returns its path. On failure ends with what to do."""
    print("server: building SQLEnv from source, once; this takes some minutes", file=sys.stderr)
    steps = (
        ["scripts/setup", "build"],
        ["cmake", "--preset", "native", "-DSQLENV_UNITY=ON", "-DSQLENV_DESKTOP=OFF",
         "-DSQLENV_BENCHMARKS=OFF", "-DBUILD_TESTING=OFF"],
        ["cmake", "--build", "--preset", "native", "--target", "sqlenv"],
    )
    for step in steps:
        if subprocess.run(step, cwd=SOURCE, stdout=sys.stderr, check=False).returncode != 0:
            sys.exit(f"server: `{' '.join(step)}` failed in {SOURCE}; mend what it says, or use the Dockerfile")
    return BUILT


def main() -> None:
    """Becomes the server: signals and the exit status are the program's own."""
    program = find() or build()
    os.environ.setdefault("HOST", "0.0.0.0")
    os.execv(program, [str(program), "serve", *sys.argv[1:]])


async def app(scope, receive, send) -> None:
    """The ASGI application that openenv.yaml names. It only reports what to run instead."""
    if scope["type"] == "lifespan":
        await receive()
        await send({
            "type": "lifespan.startup.failed",
            "message": "SQLEnv's server is a program of its own: start it by `server`",
        })
        return
    raise RuntimeError("SQLEnv's server is a program of its own: start it by `server`")


if __name__ == "__main__":
    main()
