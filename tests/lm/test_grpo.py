"""GRPO: its slope, and a tiny model that learns from reward which of two lines is right."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from sqlenv import Catalog, Env  # noqa: E402
from sqlenv.agents import AgentEpisode  # noqa: E402
from sqlenv.errors import Error  # noqa: E402
from sqlenv.lm.__main__ import main  # noqa: E402
from sqlenv.lm.objective import slope  # noqa: E402

COMMON = ["--threads", "1", "--dtype", "float32", "--no-compile"]
QUESTIONS = {
    "How many pets?": "SELECT count(*) FROM pet",
    "The top age?": "SELECT max(age) FROM pet",
}


def test_the_slope_is_that_of_the_objective():
    draws = torch.Generator().manual_seed(1)
    log_p, drawn, reference = (-3 * torch.rand(400, generator=draws) for _ in range(3))
    drawn = log_p + 0.8 * (torch.rand(400, generator=draws) - 0.5)
    advantage = torch.randn(400, generator=draws)
    log_p.requires_grad_()
    ratio = (log_p - drawn).exp()
    pushed = torch.minimum(ratio * advantage, ratio.clamp(0.8, 1.2) * advantage)
    kl = (reference - log_p).exp() - (reference - log_p) - 1
    (pushed - 0.05 * kl).sum().backward()
    found = slope(log_p.detach(), drawn, reference, advantage, clip=0.2, beta=0.05)
    assert torch.allclose(found.by_log_p, log_p.grad, atol=1e-6)
    assert torch.allclose(found.kl, kl.detach()) and found.kl.min() >= 0
    assert 0 < found.clipped.float().mean() < 0.5


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two questions about one small table."""
    folder = tmp_path_factory.mktemp("pack") / "pets"
    (folder / "databases").mkdir(parents=True)
    with sqlite3.connect(folder / "databases" / "pets.sqlite") as database:
        database.execute("CREATE TABLE pet (id INTEGER PRIMARY KEY, age INTEGER)")
        database.executemany("INSERT INTO pet (age) VALUES (?)", [(3,), (5,), (4,)])
    database.close()
    questions = [
        {"question_id": f"q{i}", "question_text": text, "database_name": "pets", "gold_sql": sql,
         "difficulty": "easy", "split": "train"}
        for i, (text, sql) in enumerate(QUESTIONS.items())
    ]  # fmt: skip
    manifest = {
        "format": "sqlenv-pack/1", "name": "pets", "title": "Pets", "license": "MIT",
        "databases": [{"name": "pets", "file": "databases/pets.sqlite", "title": "Pets"}],
        "questions": ["questions.json"],
    }  # fmt: skip
    (folder / "questions.json").write_text(json.dumps(questions))
    (folder / "pack.json").write_text(json.dumps(manifest))
    return folder


@pytest.fixture(scope="module")
def undecided(pack, tiny_folder, tmp_path_factory) -> Path:
    """An adapter that answers every question rightly and wrongly in turns."""
    folder = tmp_path_factory.mktemp("undecided")
    lines = []
    catalog = Catalog(pack)
    for question in catalog.questions():
        env = Env(catalog)
        prompt = AgentEpisode(env.reset(question_id=question.id).observation, "compact").prompt
        for query in QUESTIONS.values():
            env.reset(question_id=question.id)
            step = env.step(("QUERY", query))
            value = step.observation["result"].splitlines()[1]
            text = f"{prompt}Q {query}\n= {value}\nA =\n"
            start = len(prompt)
            ranges = [[start, start + len(query) + 3], [len(text) - 4, len(text)]]
            lines.append(json.dumps({"text": text, "agent": ranges}))
    (folder / "transcripts.jsonl").write_text("\n".join(lines) + "\n")
    assert main(["imitate", *COMMON, "--model", str(tiny_folder), "--rank", "16", "--rate", "1e-2",
                 "--transcripts", str(folder / "transcripts.jsonl"), "--output", str(folder),
                 "--tokens", "100000", "--batch-tokens", "1000"]) == 0  # fmt: skip
    return folder / "adapter.safetensors"


def grpo(tiny: Path, adapter: Path, pack: Path, output: Path, *more: str) -> list[dict]:
    arguments = ["grpo", *COMMON, "--model", str(tiny), "--adapter", str(adapter), "--pack",
                 str(pack), "--output", str(output), "--questions", "2", "--group", "32",
                 "--updates", "1", "--step-budget", "3", *more]  # fmt: skip
    assert main(arguments) == 0
    return [json.loads(line) for line in (output / "log.jsonl").read_text().splitlines()]


def test_reward_decides_what_imitation_left_open(tiny_folder, undecided, pack, tmp_path):
    log = grpo(tiny_folder, undecided, pack, tmp_path / "run", "--iterations", "25", "--reward",
               "terminal", "--rate", "1e-3")  # fmt: skip
    success = [entry["success_drawn"] for entry in log]
    first, last = sum(success[:5]) / 5, sum(success[-5:]) / 5
    assert 0.1 < first < 0.6
    assert last > first + 0.06
    assert log[-1]["kl"] > 0


def test_a_run_that_stopped_goes_on_as_if_it_had_not(tiny_folder, undecided, pack, tmp_path):
    run = (tiny_folder, undecided, pack)
    whole = grpo(*run, tmp_path / "whole", "--iterations", "4")
    grpo(*run, tmp_path / "cut", "--iterations", "2")
    cut = grpo(*run, tmp_path / "cut", "--iterations", "4")
    assert [entry["return"] for entry in cut] == [entry["return"] for entry in whole]
    files = [tmp_path / name / "adapter.safetensors" for name in ("whole", "cut")]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_an_unknown_reward_is_refused(tiny_folder, undecided, pack, tmp_path):
    with pytest.raises(Error, match="BAD_OPTION"):
        grpo(tiny_folder, undecided, pack, tmp_path / "run", "--reward", "v9")
