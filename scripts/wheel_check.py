#!/usr/bin/env python3
"""Plays with an installed sqlenv and fails if it is not what the checkout's is.

usage: wheel_check.py GOLDEN_FOLDER PLACE, by an interpreter for which sqlenv is installed under PLACE.
"""

from __future__ import annotations

import importlib.metadata
import json
import sys
import warnings
from pathlib import Path

import sqlenv

CHECKOUT = Path(__file__).resolve().parents[1]


def check_place(place: Path) -> None:
    package = Path(sqlenv.__file__).resolve().parent
    assert CHECKOUT not in package.parents, f"{package} is the checkout's own"
    assert place.resolve() in package.parents, f"{package} is not under {place}"
    for name in ("starter.tar", "py.typed", "_core.pyi"):
        assert (package / name).is_file(), f"the wheel lacks {name}"
    print(f"wheel: sqlenv {importlib.metadata.version('sqlenv')} in {package}")


def check_trajectories(golden: Path) -> None:
    """The bytes that every face must give."""
    played = 0
    catalog = sqlenv.Catalog()
    for path in sorted(golden.glob("*.reset.json")):
        options = json.loads(path.read_text("utf-8"))
        if options.get("pack", "starter") != "starter":
            continue
        stem = golden / path.name.removesuffix(".reset.json")
        env = sqlenv.Env(catalog)
        env.reset(**options)
        for line in stem.with_suffix(".jsonl").read_text("utf-8").splitlines():
            if line.strip():
                env.step(json.loads(line))
        expected = stem.with_suffix(".trajectory.jsonl").read_bytes().decode("utf-8")
        assert env.trajectory() == expected, f"{path.name}: another trajectory"
        played += 1
    assert played > 2, f"{golden} holds no golden episodes"
    print(f"wheel: {played} episodes, byte for byte the golden ones")


def check_gymnasium() -> None:
    import gymnasium
    from gymnasium.utils.env_checker import check_env

    import sqlenv.gym  # noqa: F401  (registers the environment)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        check_env(gymnasium.make("sqlenv/SQL-v0", render_mode="ansi", split="train").unwrapped)
    print("wheel: Gymnasium's checker has nothing to say")


def check_evaluation() -> None:
    found = sqlenv.evaluate("explorer", database="concert_singer", threads=2)
    assert found.success_rate > 0, str(found)
    with sqlenv.VectorEnv(16, threads=2) as envs:
        first = envs.reset(seed=0)
        step = envs.step([("QUERY", "SELECT 1")] * 16)
    assert len(first) == 16 and step.rewards.shape == (16,) and not step.failed.any()
    print(f"wheel: {found}")


if __name__ == "__main__":
    check_place(Path(sys.argv[2]))
    check_trajectories(Path(sys.argv[1]))
    check_gymnasium()
    check_evaluation()
