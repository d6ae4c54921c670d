"""Evaluation on Ray: the numbers of the single process, also when workers die on the way."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sqlenv import Error, evaluate

from .conftest import PACKAGE, sqlenv_program

ray = pytest.importorskip("ray", reason="ray is not installed: run scripts/setup python")

from sqlenv import ray_eval  # noqa: E402


class Mortal:
    """Queries and answers by the seed. Kills its process once, if it finds a file, which it removes."""

    def __init__(self, traps: Path) -> None:
        self.traps = traps

    def begin(self, observation, seed):
        if trap := next(iter(sorted(self.traps.iterdir())), None):
            if trap.name == "always":
                trap.write_text(trap.read_text() + "killed\n")
            else:
                trap.unlink()
            os.kill(os.getpid(), signal.SIGKILL)
        self.answer = str(seed % 7)

    def act(self, observation):
        return ("QUERY", "SELECT 1") if observation["step_count"] == 0 else ("ANSWER", self.answer)


@pytest.fixture(scope="module")
def local_cluster():
    """The cluster's address. Its workers find the package as this process does."""
    ray.cloudpickle.register_pickle_by_value(sys.modules[__name__])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(PACKAGE))
        with ray_eval.cluster(None, 2):
            address = ray.get_runtime_context().gcs_address
            assert address.startswith("127.")
            yield address


def test_a_killed_worker_changes_nothing(local_cluster, catalog, tmp_path):
    arguments = {"seed": 4, "episodes": 90, "reward": "v1"}
    expected = evaluate(Mortal(tmp_path), catalog, **arguments)
    for number in range(2):
        (tmp_path / f"once{number}").touch()
    seen = []
    found = ray_eval.evaluate_on_ray(
        Mortal(tmp_path), workers=2, shard=8, progress=lambda *at: seen.append(at), **arguments
    )
    assert not list(tmp_path.iterdir()), "no worker was killed"
    assert found.results == expected.results
    assert found.as_dict() == expected.as_dict()
    assert seen[-1] == (90, 90) and len(seen) == 12


def test_a_worker_that_always_dies_is_an_error(local_cluster, tmp_path):
    (tmp_path / "always").touch()
    with pytest.raises(Error, match="INTERNAL: shard 0"):
        ray_eval.evaluate_on_ray(Mortal(tmp_path), workers=1, retries=1, episodes=3)
    assert (tmp_path / "always").read_text() == "killed\n" * 2


def test_what_an_actor_raises_is_what_evaluate_raises(local_cluster):
    with pytest.raises(Error, match="reward preset"):
        ray_eval.evaluate_on_ray("random", reward="v9")


def test_the_program_prints_what_sqlenv_eval_prints(local_cluster):
    command = [sys.executable, "-m", "sqlenv.ray_eval", "--policy", "explorer", "--json", "--address", local_cluster]
    chosen = ["--seed", "5", "--episodes", "60", "--difficulty", "easy", "--step-budget", "9"]
    done = subprocess.run(
        [*command, *chosen], env={**os.environ, "PYTHONPATH": str(PACKAGE)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == json.loads(sqlenv_program("eval", "--policy", "explorer", "--json", *chosen))


@pytest.mark.parametrize(("arguments", "words"), [
    (["--policy", "genius"], "there is no policy"),
    (["--policy", "sqlenv.nowhere:policy"], "cannot be imported"),
    (["--database", "atlantis"], "atlantis"),
    (["--workers", "0"], "workers"),
])  # fmt: skip
def test_what_cannot_be_done_is_said_before_a_cluster_starts(capsys, monkeypatch, arguments, words):
    monkeypatch.setattr(ray, "init", lambda **_: pytest.fail("a cluster was started"))
    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    assert ray_eval.main(arguments) == 1
    assert words in capsys.readouterr().err
