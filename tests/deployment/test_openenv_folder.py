"""The OpenEnv environment folder that scripts/openenv assembles."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.deployment.play_episode import play

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(os.environ.get("SQLENV_BIN", ROOT / "build/native/bin/sqlenv"))
OPENENV = Path(sys.executable).parent / "openenv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """The folder without its lock file, which would need the package index."""
    out = tmp_path_factory.mktemp("openenv") / "sql_env"
    subprocess.run([ROOT / "scripts/openenv", "--no-lock", "--out", out], check=True)
    return out


def test_the_frameworks_validator_passes(folder):
    report = subprocess.run(
        [OPENENV, "validate", folder, "--skip-build"], capture_output=True, text=True, check=False
    )
    assert report.returncode == 0, report.stdout
    assert "PASS  static.manifest" in report.stdout and "FAIL" not in report.stdout


def test_what_push_and_build_want_is_there(folder):
    for name in (
        "openenv.yaml", "README.md", "__init__.py", "client.py", "models.py", "pyproject.toml",
        "Dockerfile", "LICENSE", "server/__init__.py", "server/app.py", "outputs",
    ):  # fmt: skip
        assert (folder / name).exists(), name
    project = tomllib.loads((folder / "pyproject.toml").read_text())["project"]
    version = re.search(r"^project\(sqlenv VERSION ([0-9.]+)", (ROOT / "CMakeLists.txt").read_text(), re.M)
    assert project["version"] == version[1]
    assert project["scripts"]["server"].endswith("server.app:main")
    assert "@VERSION@" not in (folder / "openenv.yaml").read_text()
    dockerfile = (folder / "Dockerfile").read_text()
    assert "ARG SOURCE=source\n" in dockerfile
    for copied in re.findall(r"^COPY \$\{SOURCE\}/(.+) \S+$", dockerfile, re.M):
        for path in copied.replace("${SOURCE}/", "").split():
            assert (folder / "source" / path).exists(), path


def test_the_sources_are_whole(folder, tmp_path):
    """CMake finds every file that the server is built from, and nothing of a test is needed."""
    options = [f"-DSQLENV_{name}_DIR={ROOT}/build/deps/src/{name.lower()}" for name in ("IMGUI",)]
    options.append(f"-DSQLENV_SQLITE_DIR={ROOT}/build/deps/src/sqlite3")
    made = subprocess.run(
        ["cmake", "-S", folder / "source", "--preset", "native", "-B", tmp_path, "-DSQLENV_DESKTOP=OFF",
         "-DSQLENV_BENCHMARKS=OFF", "-DBUILD_TESTING=OFF", *options],
        cwd=folder / "source", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr


@pytest.fixture
def launcher(folder):
    processes = []

    def start(program: Path | str) -> subprocess.Popen:
        environment = {**os.environ, "SQLENV_PROGRAM": str(program), "HOST": "127.0.0.1", "PORT": "0"}
        processes.append(
            subprocess.Popen(
                [sys.executable, folder / "server/app.py"],
                env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
        )
        return processes[-1]

    yield start
    for process in processes:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_the_launcher_starts_the_server_and_a_client_plays(launcher):
    server = launcher(PROGRAM)
    url = re.search(r"http://\S+", server.stdout.readline())[0]
    assert play(url) == 1.0
    server.send_signal(signal.SIGTERM)
    assert server.wait(timeout=10) == 0


def test_a_wrong_program_is_named(launcher):
    server = launcher("/no/such/program")
    assert server.wait(timeout=10) == 1
    assert "SQLENV_PROGRAM" in server.stderr.read()


def test_a_python_web_server_reports_what_to_run(folder):
    asked = subprocess.run(
        [sys.executable, "-m", "uvicorn", "--app-dir", folder, "server.app:app", "--port", "0", "--lifespan", "on"],
        capture_output=True, text=True, timeout=30, check=False,
    )  # fmt: skip
    assert asked.returncode != 0 and "start it by `server`" in asked.stderr
