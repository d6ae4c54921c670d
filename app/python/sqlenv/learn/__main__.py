"""python -m sqlenv.learn: train one policy, evaluate one, or make the whole table."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np

from ..env import DEFAULT_REWARD
from .experiment import SHARES, Plan, held_out_sets, make, train_catalogs
from .grpo import Progress, Settings, train
from .held_out import HeldOut
from .model import Floats
from .rollout import REWARDS

QUICK = {"iterations": 6, "questions": 8, "group": 8}
QUICK_GENERATED = 20
QUICK_HELD_OUT = 40


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    chosen = {
        name: getattr(options, name)
        for name in ("iterations", "questions", "group")
        if getattr(options, name, None) is not None
    }
    settings = replace(Settings(), **{**(QUICK if options.quick else {}), **chosen})
    plan = Plan(
        out=Path(options.out),
        settings=settings,
        spider=options.spider,
        generated=QUICK_GENERATED if options.quick else Plan.generated,
        held_out=QUICK_HELD_OUT if options.quick else Plan.held_out,
        watched=QUICK_HELD_OUT if options.quick else Plan.watched,
    )
    return {"train": _train, "evaluate": _evaluate, "table": _table}[options.command](options, plan)


def _train(options: argparse.Namespace, plan: Plan) -> int:
    settings = replace(plan.settings, reward=options.reward, seed=options.seed)
    sources = list(zip(train_catalogs(plan), SHARES))
    without = options.without.split(",")
    training = train(sources, settings, threads=options.threads, without=without, report=_say)
    path = plan.out / f"{settings.reward}-seed{settings.seed}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, weights=training.weights)
    path.with_suffix(".json").write_text(json.dumps(training.as_dict(), indent=1))
    print(f"written to {path}")
    return 0


def _say(progress: Progress, _: Floats) -> None:
    print(
        f"{progress.iteration:4}  success {100 * progress.success:5.1f} %  "
        f"return {progress.mean_return:6.3f}  steps {progress.mean_steps:4.1f}  "
        f"KL {progress.kl:.3f}  clipped {100 * progress.clipped:4.1f} %  {progress.seconds:.2f} s",
        flush=True,
    )


def _evaluate(options: argparse.Namespace, plan: Plan) -> int:
    weights = np.load(options.policy)["weights"]
    held_out = HeldOut(held_out_sets(plan, train_catalogs(plan)), threads=options.threads)
    scores = held_out.measure(weights, seed=options.seed, greedy=not options.drawn)
    held_out.close()
    for name, score in scores.items():
        print(
            f"{name}: {score.successes} of {score.episodes} right "
            f"({100 * score.success:.1f} %), mean return {score.mean_return:.3f}, "
            f"{score.mean_steps:.1f} steps"
        )
    return 0


def _table(options: argparse.Namespace, plan: Plan) -> int:
    from .plots import write_all

    plan = replace(
        plan, seeds=tuple(range(options.seeds)), rewards=tuple(options.rewards), jobs=options.jobs
    )
    table = make(plan, say=lambda line: print(line, flush=True))
    write_all(table, plan.out)
    print((plan.out / "table.md").read_text())
    print(f"table, plots and runs are in {plan.out}")
    return 0


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--quick", action="store_true", help="a few iterations: to see that it runs")
    shared.add_argument("--out", default="build/training", help="folder (default: %(default)s)")
    shared.add_argument("--spider", default="", help="an imported Spider pack, to measure on too")
    shared.add_argument("--threads", type=int, default=1, help="of the environments (default: 1)")
    size = argparse.ArgumentParser(add_help=False)
    size.add_argument("--iterations", type=int)
    size.add_argument("--questions", type=int, help="for each iteration")
    size.add_argument("--group", type=int, help="rollouts of each question")
    parser = argparse.ArgumentParser(prog="python -m sqlenv.learn", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("train", parents=[shared, size], help="train one policy")
    one.add_argument("--reward", choices=REWARDS, default=DEFAULT_REWARD)
    one.add_argument("--seed", type=int, default=0)
    one.add_argument("--without", default="", help="databases to leave out, separated by commas")
    other = commands.add_parser("evaluate", parents=[shared], help="measure one on held-out questions")
    other.add_argument("--policy", required=True, help="the .npz that train wrote")
    other.add_argument("--seed", type=int, default=0)
    other.add_argument("--drawn", action="store_true", help="draw choices instead of the likeliest")
    whole = commands.add_parser("table", parents=[shared, size], help="every reward and seed")
    whole.add_argument("--seeds", type=int, default=5, help="how many (default: %(default)s)")
    whole.add_argument("--rewards", nargs="+", choices=REWARDS, default=list(REWARDS))
    whole.add_argument("--jobs", type=int, default=2, help="runs at once (default: %(default)s)")
    return parser


if __name__ == "__main__":
    sys.exit(main())
