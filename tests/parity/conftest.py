"""What the parity tests need: the built programs, the packs, and a running server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NATIVE = Path(os.environ.get("SQLENV_BIN", ROOT / "build/native/bin/sqlenv"))
WEB = Path(os.environ.get("SQLENV_WEB_BUILD", ROOT / "build/web"))
SPIDER = ROOT.parent / "shared" / "spider"
STARTER = ROOT / "build/native/share/sqlenv/starter.tar"


@dataclass(frozen=True)
class Pack:
    """One pack in the two forms that the faces read: a path for native programs, an archive for wasm."""

    path: Path
    archive: Path


def require(path: Path, how: str) -> Path:
    if not path.exists():
        pytest.fail(f"{path.name} is not built: {how}")
    return path


@pytest.fixture(scope="session")
def sqlenv() -> Path:
    return require(NATIVE, "run make native")


@pytest.fixture(scope="session")
def site() -> Path:
    return require(WEB / "site", "run make web")


@pytest.fixture(scope="session")
def node_module() -> Path:
    return require(WEB / "bin" / "sqlenv_node.js", "run make web")


@pytest.fixture(scope="session")
def starter(sqlenv: Path) -> Pack:
    archive = sqlenv.parent.parent / "share" / "sqlenv" / "starter.tar"
    return Pack(archive, archive)


@pytest.fixture(scope="session")
def spider(sqlenv: Path, tmp_path_factory: pytest.TempPathFactory) -> Pack:
    if not SPIDER.is_dir():
        pytest.skip("Spider's release is not beside the project; its databases are not ours to ship")
    folder = tmp_path_factory.mktemp("packs") / "spider"
    command = [sqlenv, "pack", "import", "spider", SPIDER, "--output", folder]
    subprocess.run(command, check=True, capture_output=True)
    archive = folder.with_suffix(".tar")
    with tarfile.open(archive, "w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            tar.add(path, arcname=str(path.relative_to(folder)))
    return Pack(folder, archive)


@pytest.fixture(scope="session")
def serve(sqlenv: Path) -> Iterator[callable]:
    """serve(pack) is the address of a server that plays the pack."""
    servers: dict[Path, tuple[subprocess.Popen, str]] = {}

    def start(pack: Pack) -> str:
        if pack.path not in servers:
            command = [sqlenv, "serve", "--host", "127.0.0.1", "--port", "0", "--pack", pack.path]
            process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
            line = process.stdout.readline()
            address = re.search(r"http://(\S+)", line)
            assert address, f"the server did not say where it is: {line!r}"
            servers[pack.path] = (process, address.group(1))
        return servers[pack.path][1]

    yield start
    for process, _ in servers.values():
        process.terminate()
        assert process.wait(timeout=10) == 0


@pytest.fixture(scope="session")
def node() -> str:
    found = shutil.which("node")
    assert found, "node is not installed: run scripts/setup browser"
    return found
