"""sdist and wheel, as far as seconds go: `make wheel` builds both and tries the wheel by the same check."""

from __future__ import annotations

import email
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from .conftest import GOLDEN, PACKAGE, ROOT

pytest.importorskip("scikit_build_core", reason="scikit-build-core is not installed: run scripts/setup python")


def ask_backend(hook: str, folder: Path) -> Path:
    """Calls the build backend as a front end does; gives the path of the file in `folder`."""
    code = f"import sys; from scikit_build_core.build import {hook} as hook; print(hook(sys.argv[1]))"
    done = subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / done.stdout.split()[-1]


def test_the_sdist_holds_every_file_that_the_module_is_compiled_from(tmp_path):
    with tarfile.open(ask_backend("build_sdist", tmp_path)) as archive:
        held = {name.partition("/")[2] for name in archive.getnames()}
    dependencies = subprocess.run(["ninja", "-C", PACKAGE.parent, "-t", "deps"], capture_output=True, text=True, check=True)
    read = set()
    ours = re.compile(r"(core/|app/python/|app/CMakeFiles/sqlenv_packs)")
    for entry in dependencies.stdout.split("\n\n"):
        target, *files = entry.splitlines() or [""]
        if ours.match(target):
            read |= {os.path.relpath(PACKAGE.parent / file.strip(), ROOT) for file in files}
    read = {file for file in read if not file.startswith(("../", "/", "build/"))}
    assert "core/episode/episode.cc" in read and "app/packs.h" in read and "app/python/core/pool.cc" in read
    assert read <= held, sorted(read - held)
    others = {"LICENSE", "build/deps/src/sqlite3/sqlite3.c", "scripts/pack_archive.py", "data/pack.json",
              "third_party/sqlite/meter.patch"}
    cmake = {str(path.relative_to(ROOT)) for folder in ("core", "data", "app/python", "cmake")
             for path in (ROOT / folder).rglob("*") if path.name == "CMakeLists.txt" or path.suffix == ".cmake"}  # fmt: skip
    assert others | cmake <= held, sorted((others | cmake) - held)
    assert not {name.split("/")[0] for name in held} & {"tests", "web", "docs"}


def test_what_a_wheel_installs_plays_outside_the_checkout(tmp_path):
    """The installation rules, the package's own files and the metadata, with the module of this build."""
    site = tmp_path / "site"
    shutil.copytree(ROOT / "app/python/sqlenv", site / "sqlenv", ignore=shutil.ignore_patterns("__pycache__", "CMakeLists.txt"))
    subprocess.run(
        ["cmake", "--install", PACKAGE.parent, "--component", "python", "--prefix", site], capture_output=True, check=True
    )
    metadata = email.message_from_bytes((ask_backend("prepare_metadata_for_build_wheel", site) / "METADATA").read_bytes())
    assert set(metadata.get_all("Provides-Extra")) >= {"agents", "client", "gym", "inspect", "ray", "trl", "verifiers"}
    required = [one for one in metadata.get_all("Requires-Dist") if "extra ==" not in one]
    assert [re.match(r"\w+", one)[0] for one in required] == ["numpy"]
    version = re.search(r"^project\(sqlenv VERSION (\S+)", (ROOT / "CMakeLists.txt").read_text(), re.M)[1]
    assert metadata["Version"] == version
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/wheel_check.py", GOLDEN, site],
        cwd=tmp_path, env={"PYTHONPATH": str(site)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    assert f"sqlenv {version} in" in done.stdout
