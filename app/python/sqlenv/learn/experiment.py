"""The whole experiment: every reward and seed, held-out questions and baselines, as JSON and Markdown.

One process a run, `jobs` at a time. A finished run is kept (`runs/REWARD-seedN.json` and `.npz`) and
not made again while its settings are the same, so that an interrupted table goes on.
"""

from __future__ import annotations

import json
import multiprocessing
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np

from ..catalog import Catalog, Question, generate
from ..env import Env
from ..evaluation import PlannedEpisode, play_planned, tally
from .grpo import Progress, Settings, train
from .held_out import HeldOut, Score, estimate
from .model import Floats
from .reference import reference_weights
from .rollout import REWARDS

FAMILIES = (
    "count", "count_filter", "list_filter", "range_filter", "distinct_values", "count_distinct",
    "look_up", "null_count", "superlative", "top_k", "sorted_list", "extreme_value", "average",
    "total", "above_average", "group_count", "group_amount", "group_having", "most_frequent",
    "child_filter", "parent_value", "children_per_parent", "most_children", "parents_having",
    "childless",
)  # fmt: skip
"""the families of generated questions: those whose queries a Sketch can express"""
GENERATED_SEED = 1
"""the share of generated questions in the eval split; questions that differ only in values stay together"""


@dataclass(frozen=True)
class Plan:
    out: Path
    settings: Settings = Settings()
    rewards: tuple[str, ...] = REWARDS
    seeds: tuple[int, ...] = (0, 1, 2, 3, 4)
    generated: int = 60
    """questions generated for each database"""
    held_out: int = 0
    """the most questions of each held-out set; 0 for all"""
    watched: int = 60
    """questions of each set for the learning curve"""
    watch_every: int = 10
    """iterations between two points of the learning curve"""
    spider: str = ""
    """an imported pack of Spider's questions; left out if empty"""
    jobs: int = 1


SHARES = (0.125, 0.875)
"""shares of bundled and generated questions in an iteration"""


def train_catalogs(plan: Plan) -> list[Catalog]:
    """The catalogs to train on: bundled train questions, and generated ones on the same databases."""
    generated = generate(
        "starter", count=plan.generated, seed=GENERATED_SEED, families=FAMILIES
    )
    return [Catalog("starter"), generated]


def held_out_sets(
    plan: Plan, catalogs: Sequence[Catalog]
) -> dict[str, tuple[Catalog, list[Question]]]:
    """Questions that are never trained on. Spider's databases are not the bundled ones."""
    starter, generated = catalogs
    sets = {
        "starter": (starter, starter.questions(split="eval")),
        "generated": (generated, generated.questions(split="eval")),
    }
    if plan.spider:
        spider = Catalog(plan.spider)
        sets["spider"] = (spider, spider.questions())
    return {name: (c, spread(q, plan.held_out)) for name, (c, q) in sets.items()}


def spread(questions: Sequence[Question], most: int) -> list[Question]:
    """At most `most` questions, taken evenly over the list; 0 for all."""
    if not most or len(questions) <= most:
        return list(questions)
    return [questions[i * len(questions) // most] for i in range(most)]


def run(plan: Plan, reward: str, seed: int) -> dict[str, Any]:
    """Trains and measures one policy. Writes its record and returns it."""
    name = f"{reward}-seed{seed}"
    settings = replace(plan.settings, reward=reward, seed=seed)
    path = plan.out / "runs" / f"{name}.json"
    signature = _signature(plan, settings)
    if path.exists():
        kept: dict[str, Any] = json.loads(path.read_text())
        if kept["signature"] == signature:
            return kept
    catalogs = train_catalogs(plan)
    held_out = HeldOut(held_out_sets(plan, catalogs))
    watched = HeldOut(
        {n: (c, spread(q, plan.watched)) for n, (c, q) in held_out_sets(plan, catalogs).items()}
    )
    curve = [_point(watched, reference_weights(plan.settings.prior), 0, seed)]

    def watch(progress: Progress, weights: Floats) -> None:
        done = progress.iteration + 1
        if done % plan.watch_every == 0 or done == settings.iterations:
            curve.append(_point(watched, weights, done, seed))

    training = train(list(zip(catalogs, SHARES)), settings, report=watch)
    record = {
        "signature": signature,
        "reward": reward,
        "seed": seed,
        **training.as_dict(),
        "curve": curve,
        "held_out": _scores(held_out.measure(training.weights, seed=seed)),
    }
    held_out.close()
    watched.close()
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path.with_suffix(".npz"), weights=training.weights)
    path.write_text(json.dumps(record))
    return record


def untrained(plan: Plan) -> dict[str, Any]:
    """Measures the reference policy with drawn choices, for each seed."""
    held_out = HeldOut(held_out_sets(plan, train_catalogs(plan)))
    records = [_scores(held_out.measure(reference_weights(plan.settings.prior), seed=seed, greedy=False))
               for seed in plan.seeds]  # fmt: skip
    held_out.close()
    return {name: [record[name] for record in records] for name in records[0]}


def baselines(plan: Plan) -> dict[str, dict[str, list[dict[str, Any]]]]:
    """Measures the built-in policies on the same questions: random for each seed, explorer once."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {"random": {}, "explorer": {}}
    for name, (catalog, questions) in held_out_sets(plan, train_catalogs(plan)).items():
        for policy in found:
            seeds = plan.seeds if policy == "random" else plan.seeds[:1]
            found[policy][name] = [_baseline(policy, catalog, questions, seed) for seed in seeds]
    return found


def _baseline(
    policy: str, catalog: Catalog, questions: Sequence[Question], seed: int
) -> dict[str, Any]:
    planned = [PlannedEpisode(q.pack, q.id, seed * 100_003 + i) for i, q in enumerate(questions)]
    results = play_planned(Env(catalog), policy, planned)
    total = tally(results)
    levels = {
        level: tally([result for result in results if result.difficulty == level])
        for level in ("easy", "hard", "medium")
    }
    failures = Counter(result.failure for result in results if result.failure)
    return Score(
        episodes=total.episodes,
        successes=total.successes,
        mean_return=total.mean_return,
        mean_steps=total.mean_steps,
        by_difficulty={level: (t.successes, t.episodes) for level, t in levels.items()},
        failures=dict(sorted(failures.items())),
    )._asdict()


def make(plan: Plan, say: Any = print) -> dict[str, Any]:
    """Makes all runs and baselines. Writes table.json, table.md and the plots into plan.out."""
    plan.out.mkdir(parents=True, exist_ok=True)
    wanted = [(reward, seed) for seed in plan.seeds for reward in plan.rewards]
    records: list[dict[str, Any]] = []
    if plan.jobs > 1:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(plan.jobs, mp_context=context) as pool:
            waiting = {pool.submit(run, plan, *each): each for each in wanted}
            for done in as_completed(waiting):
                records.append(done.result())
                say(_line(records[-1], len(records), len(wanted)))
    else:
        for each in wanted:
            records.append(run(plan, *each))
            say(_line(records[-1], len(records), len(wanted)))
    records.sort(key=lambda record: (plan.rewards.index(record["reward"]), record["seed"]))
    table = {
        "plan": _jsonable(plan),
        "python": sys.version.split()[0],
        "numpy": np.__version__,
        "untrained": untrained(plan),
        "baselines": baselines(plan),
        "runs": records,
    }
    (plan.out / "table.json").write_text(json.dumps(table, indent=1))
    (plan.out / "table.md").write_text(markdown(table))
    return table


def markdown(table: Mapping[str, Any]) -> str:
    """Success on held-out questions: the mean over seeds and its 95 % interval. Below, by how much
    the first reward's policies are ahead of each other reward's, paired by seed."""
    sets = list(table["untrained"])
    sizes = [table["untrained"][name][0]["episodes"] for name in sets]
    lines = ["| policy | " + " | ".join(f"{n} ({s})" for n, s in zip(sets, sizes)) + " |"]
    lines.append("|---|" + "---|" * len(sets))
    for policy, scores in table["baselines"].items():
        lines.append(_row(policy, [scores[name] for name in sets]))
    lines.append(_row("untrained", [table["untrained"][name] for name in sets]))
    trained: dict[str, list[list[Mapping[str, Any]]]] = {}
    for reward in dict.fromkeys(record["reward"] for record in table["runs"]):
        records = [each for each in table["runs"] if each["reward"] == reward]
        trained[reward] = [[each["held_out"][name] for each in records] for name in sets]
        lines.append(_row(f"trained on `{reward}`", trained[reward]))
    first, *others = trained
    if len(trained[first][0]) > 1:
        lines += [
            _lead_row(f"`{first}` ahead of `{other}`, points", trained[first], trained[other])
            for other in others
        ]
    return "\n".join(lines) + "\n"


Cells: TypeAlias = Sequence[Sequence[Mapping[str, Any]]]
"""for each set of questions, the score of each seed"""


def _rates(scores: Sequence[Mapping[str, Any]]) -> list[float]:
    return [each["successes"] / each["episodes"] for each in scores]


def _lead_row(title: str, ours: Cells, theirs: Cells) -> str:
    texts = []
    for pair in zip(ours, theirs):
        lead = estimate([a - b for a, b in zip(*map(_rates, pair))])
        texts.append(f"{100 * lead.mean:+.1f} ± {100 * lead.half_width:.1f}")
    return f"| {title} | " + " | ".join(texts) + " |"


def _row(title: str, cells: Cells) -> str:
    texts = []
    for scores in cells:
        rates = _rates(scores)
        texts.append(str(estimate(rates)) if len(rates) > 1 else f"{100 * rates[0]:.1f} %")
    return f"| {title} | " + " | ".join(texts) + " |"


def _point(watched: HeldOut, weights: Floats, iteration: int, seed: int) -> dict[str, Any]:
    scores = watched.measure(weights, seed=seed, greedy=iteration > 0)
    return {"iteration": iteration, **{name: each.success for name, each in scores.items()}}


def _scores(scores: Mapping[str, Score]) -> dict[str, Any]:
    return {name: each._asdict() for name, each in scores.items()}


def _line(record: Mapping[str, Any], done: int, of: int) -> str:
    rates = ", ".join(
        f"{name} {100 * each['successes'] / each['episodes']:.1f} %"
        for name, each in record["held_out"].items()
    )
    seconds = sum(entry["seconds"] for entry in record["history"])
    return f"[{done}/{of}] {record['reward']} seed {record['seed']}: {rates} ({seconds:.0f} s)"


def _signature(plan: Plan, settings: Settings) -> str:
    return json.dumps({**_jsonable(plan), **asdict(settings), "out": "", "jobs": 0, "rewards": [],
                       "seeds": []}, sort_keys=True)  # fmt: skip


def _jsonable(plan: Plan) -> dict[str, Any]:
    return {**asdict(plan), "out": str(plan.out), "rewards": list(plan.rewards),
            "seeds": list(plan.seeds)}  # fmt: skip
