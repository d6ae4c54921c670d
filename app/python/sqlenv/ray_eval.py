"""Evaluation on a Ray cluster: the episodes of `evaluate`, played by actors. Needs ray.

    python -m sqlenv.ray_eval --policy explorer --split eval --workers 8
    python -m sqlenv.ray_eval --policy mypackage.agent:policy --address auto --json

    from sqlenv.ray_eval import evaluate_on_ray
    print(evaluate_on_ray(MyPolicy(), workers=8, split="eval"))

The plan of episodes is cut into shards; each actor plays one shard after another in an environment of
its own. What comes of an episode follows from its seed, so the result is that of `evaluate` with the
same arguments, wherever a shard was played and however often a worker died: Ray starts another in its
place, which plays the lost shard again.

Packs are named, not sent: every machine of the cluster must be able to load them (by the same path)
and import sqlenv and the policy's module. Another content under the same name is an Error.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import Any

from .catalog import Catalog, PackName
from .env import Env
from .errors import Error
from .evaluation import (
    CORE_POLICIES,
    EpisodeResult,
    Evaluation,
    PlannedEpisode,
    PolicyLike,
    make_evaluation,
    plan_evaluation,
    play_planned,
)

PLAY_OPTIONS = ("step_budget", "reward", "verifier")
LOOPBACK = "127.0.0.2"
"""a loopback address that Ray keeps; it replaces 127.0.0.1 by the machine's outward address"""
OBJECT_STORE_BYTES = 100 << 20
"""the object store of a cluster that is started here; plans and results are small"""


class Worker:
    """The work of an actor: an environment, a policy and the options of play."""

    def __init__(
        self, packs: PackName | list[PackName], digests: dict[str, str], policy: PolicyLike, options: dict[str, Any]
    ) -> None:
        catalog = Catalog(packs)
        if catalog.digests != digests:
            raise Error("MISMATCH", f"a worker's packs are {catalog.digests}, not {digests}.")
        self._env, self._policy, self._options = Env(catalog), find_policy(policy), options

    def play(self, shard: list[PlannedEpisode]) -> list[EpisodeResult]:
        return play_planned(self._env, self._policy, shard, **self._options)


def find_policy(policy: PolicyLike) -> PolicyLike:
    """A core policy's name and an object stay what they are; "module:name" is imported, and called if
    it is a class.

    Raises Error BAD_OPTION.
    """
    if not isinstance(policy, str) or policy in CORE_POLICIES:
        return policy
    module, colon, name = policy.partition(":")
    if not colon:
        known = ", ".join(CORE_POLICIES)
        raise Error("BAD_OPTION", f'there is no policy "{policy}". Known: {known}, or module:name.')
    try:
        found: Any = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise Error("BAD_OPTION", f'the policy "{policy}" cannot be imported: {error}.') from None
    made: PolicyLike = found() if isinstance(found, type) else found
    return made


@contextlib.contextmanager
def cluster(address: str | None, workers: int) -> Iterator[Any]:
    """Ray's module, connected: to the cluster that this process already uses, to `address`, or to one
    that is started here for as long as it is needed, on loopback, without dashboard or statistics."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    import ray

    if ray.is_initialized():
        yield ray
        return
    if address is not None:
        ray.init(address=address, log_to_driver=False)
    else:
        ray.init(
            num_cpus=workers,
            include_dashboard=False,
            log_to_driver=False,
            logging_level="WARNING",
            object_store_memory=OBJECT_STORE_BYTES,
            _node_ip_address=LOOPBACK,
        )
    try:
        yield ray
    finally:
        ray.shutdown()


def evaluate_on_ray(
    policy: PolicyLike,
    packs: PackName | list[PackName] = "starter",
    *,
    workers: int = 2,
    shard: int = 16,
    retries: int = 3,
    address: str | None = None,
    seed: int = 0,
    episodes: int = 0,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Evaluation:
    """`evaluate` by `workers` actors, `shard` episodes at a time; each actor takes one core.

    `policy`: as for `evaluate`, or "module:name"; an object is copied to each actor. `packs`: as for
    Catalog. `retries`: how often a shard is played again whose worker died. `address`: of a running
    cluster ("auto" finds this machine's); without one, and if this process uses none yet, a cluster is
    started here. The other arguments are those of `evaluate`.

    Raises what `evaluate` does, Error INTERNAL if a shard's worker died each time, ImportError without
    ray.
    """
    if workers < 1 or shard < 1 or retries < 0:
        raise ValueError("workers and shard must be from 1, retries from 0")
    catalog = Catalog(packs)
    plan = plan_evaluation(catalog, seed=seed, episodes=episodes, **options)
    found = find_policy(policy)
    name = found if isinstance(found, str) else type(found).__name__
    play_options = {key: options[key] for key in PLAY_OPTIONS if key in options}
    shards = [plan[at : at + shard] for at in range(0, len(plan), shard)]
    with cluster(address, workers) as ray:
        actor = ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=retries)(Worker)
        made = (packs, catalog.digests, policy, play_options)
        actors = [actor.remote(*made) for _ in range(min(workers, len(shards)))]
        results = _play(ray, actors, shards, progress)
        for one in actors:
            ray.kill(one)
    return make_evaluation(name, catalog, plan, results, seed=seed, episodes=episodes, **options)


def _play(
    ray: Any,
    actors: list[Any],
    shards: list[list[PlannedEpisode]],
    progress: Callable[[int, int], None] | None,
) -> list[EpisodeResult]:
    """Gives every actor one shard, and the next one whenever it is ready."""
    done: dict[int, list[EpisodeResult]] = {}
    waiting = iter(enumerate(shards))
    playing: dict[Any, tuple[int, Any]] = {}

    def hand_out(actor: Any) -> None:
        if (following := next(waiting, None)) is not None:
            number, shard = following
            playing[actor.play.remote(shard)] = (number, actor)

    for actor in actors:
        hand_out(actor)
    while playing:
        (ready,), _ = ray.wait(list(playing), num_returns=1)
        number, actor = playing.pop(ready)
        try:
            done[number] = ray.get(ready)
        except ray.exceptions.RayActorError as error:
            raise Error("INTERNAL", f"shard {number} could not be played: {error}") from error
        hand_out(actor)
        if progress is not None:
            progress(sum(map(len, done.values())), sum(map(len, shards)))
    return [result for number in range(len(shards)) for result in done[number]]


def _arguments(words: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m sqlenv.ray_eval", description="Evaluates a policy on a Ray cluster."
    )
    parser.add_argument("--policy", default="explorer", help="random, explorer, oracle, or module:name")
    parser.add_argument("--pack", action="append", help="folder, archive or name; may be repeated (starter)")
    parser.add_argument("--workers", type=int, default=2, help="actors, each on a core (2)")
    parser.add_argument("--shard", type=int, default=16, help="episodes handed out at once (16)")
    parser.add_argument("--retries", type=int, default=3, help="if a shard's worker died (3)")
    parser.add_argument("--address", help="of a running cluster, or auto; without it one is started here")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--episodes", type=int, default=0, help="drawn by the seed (0: every question once)")
    for name in ("database", "difficulty", "split", "reward", "verifier"):
        parser.add_argument(f"--{name}")
    parser.add_argument("--step-budget", type=int)
    parser.add_argument("--json", action="store_true", help="as `sqlenv eval --json` prints it")
    return parser.parse_args(words)


def _show(done: int, of: int) -> None:
    print(f"\r{done} of {of} episodes", end="" if done < of else "\n", file=sys.stderr, flush=True)


def main(words: list[str] | None = None) -> int:
    chosen = _arguments(words)
    names = ("database", "difficulty", "split", "reward", "verifier", "step_budget")
    options = {name: value for name in names if (value := getattr(chosen, name)) is not None}
    try:
        found = evaluate_on_ray(
            chosen.policy, chosen.pack or "starter", workers=chosen.workers, shard=chosen.shard,
            retries=chosen.retries, address=chosen.address, seed=chosen.seed, episodes=chosen.episodes,
            progress=_show if sys.stderr.isatty() else None, **options,
        )  # fmt: skip
    except ImportError as error:
        print(f"ray_eval: {error}: install ray (pip install 'sqlenv[ray]')", file=sys.stderr)
        return 1
    except ValueError as error:  # Error among them
        print(f"ray_eval: {error}", file=sys.stderr)
        return 1
    print(found.json() if chosen.json else found)
    return 0


if __name__ == "__main__":
    # By its name, so that actors find the classes of this module by the same name.
    sys.exit(importlib.import_module("sqlenv.ray_eval").main())
