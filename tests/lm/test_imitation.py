"""Imitation by the command: it learns, goes on after an interruption, refuses what is wrong."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
from conftest import PACKAGE

torch = pytest.importorskip("torch")
from sqlenv import Catalog, Env  # noqa: E402
from sqlenv.agents import AgentEpisode, Completion  # noqa: E402
from sqlenv.errors import Error  # noqa: E402
from sqlenv.lm.__main__ import main  # noqa: E402
from sqlenv.lm.adapter import read_adapter  # noqa: E402
from sqlenv.lm.examples import batches, read_examples, to_example  # noqa: E402
from sqlenv.lm.generation import Player  # noqa: E402
from sqlenv.lm.model import LanguageModel  # noqa: E402
from sqlenv.lm.tokenizer import load_tokenizer  # noqa: E402
from sqlenv.lm.weights import load_weights  # noqa: E402

COMMAND = ["imitate", "--threads", "1", "--dtype", "float32", "--no-compile"]


def transcript(catalog: Catalog, number: int) -> dict:
    """The oracle's play of a train question in the compact dialect."""
    question = catalog.questions(split="train", difficulty="easy")[number]
    env = Env(catalog)
    env.reset(seed=0, question_id=question.id)
    env._core.play("oracle")
    steps = [json.loads(line) for line in env.trajectory().splitlines()]
    sql = [
        s["action"]["argument"] for s in steps if s.get("action", {}).get("action_type") == "QUERY"
    ]
    agent = AgentEpisode(env.reset(seed=0, question_id=question.id).observation, "compact")
    ranges = []
    for line in (f"Q {' '.join(sql[-1].split())}", "A ="):
        text = agent.prompt
        ranges.append([len(text), len(text) + len(line) + 1])
        reading = agent.read(Completion(line))
        step = env.step(reading.action)
        if step.done:
            assert env.outcome.correct
            return {"text": f"{text}{line}\n", "agent": ranges, "question_id": question.id}
        agent.add(Completion(line), reading, step.observation)
    raise AssertionError("the episode did not end")


@pytest.fixture(scope="module")
def transcripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("data") / "transcripts.jsonl"
    catalog = Catalog()
    lines = [json.dumps(transcript(catalog, number)) for number in range(3)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def options(tiny: Path, transcripts: Path, output: Path, *more: str) -> list[str]:
    return [*COMMAND, "--model", str(tiny), "--transcripts", str(transcripts),
            "--output", str(output), "--batch-tokens", "800", *more]  # fmt: skip


def entries(output: Path, member: str) -> list:
    lines = (output / "log.jsonl").read_text().splitlines()
    return [entry[member] for entry in map(json.loads, lines) if member in entry]


@pytest.mark.parametrize("kind", [["--rank", "16", "--rate", "1e-2"], ["--full", "--rate", "2e-3"]])
def test_a_tiny_model_learns_to_play_what_it_is_shown(tiny_folder, transcripts, tmp_path, kind):
    output = tmp_path / "run"
    assert main(options(tiny_folder, transcripts, output, "--tokens", "150000", *kind)) == 0
    loss = entries(output, "loss")
    assert loss[-1] < 0.02 < 1 < loss[0]
    if "--full" in kind:
        return
    adapter = read_adapter(output / "adapter.safetensors")
    config, weights = load_weights(tiny_folder)
    model = LanguageModel(config, weights)
    model.adapt(adapter.rank, adapter.alpha)
    model.load_factors(adapter.factors)
    catalog = Catalog()
    lines = transcripts.read_text("utf-8").splitlines()
    shown = {json.loads(line)["question_id"]: json.loads(line)["text"] for line in lines}
    questions = [question for question in catalog.questions() if question.id in shown]
    with Player(model, load_tokenizer(tiny_folder), catalog, rows=3) as player:
        rollouts = player.play(questions)
    assert [rollout.text for rollout in rollouts] == [shown[q.id] for q in questions]
    assert all(rollout.correct for rollout in rollouts)


def start(arguments: list[str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "sqlenv.lm", *arguments],
        env={**os.environ, "PYTHONPATH": str(PACKAGE)},
        stdout=subprocess.DEVNULL,
    )


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_an_interrupted_run_ends_as_one_that_was_not(tiny_folder, transcripts, tmp_path, number):
    def arguments(name: str) -> list[str]:
        output = tmp_path / name
        return options(tiny_folder, transcripts, output, "--tokens", "60000", "--rank", "4",
                       "--save-seconds", "0")  # fmt: skip

    assert main(arguments("whole")) == 0
    process = start(arguments("cut"))
    state, log = (tmp_path / "cut" / name for name in ("state.pt", "log.jsonl"))
    end = time.monotonic() + 60
    while not (state.exists() and log.exists() and log.stat().st_size > 100):
        assert time.monotonic() < end and process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    process.wait(timeout=60)
    cut = torch.load(state)["position"]["tokens"]
    assert 0 < cut < 60000
    assert main(arguments("cut")) == 0
    files = [tmp_path / name / "adapter.safetensors" for name in ("whole", "cut")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert entries(tmp_path / "whole", "loss")[-1] == entries(tmp_path / "cut", "loss")[-1]


def test_a_run_goes_on_elsewhere_from_its_adapter(tiny_folder, transcripts, tmp_path):
    first = tmp_path / "first"
    main(options(tiny_folder, transcripts, first, "--tokens", "60000", "--rank", "8"))
    second = tmp_path / "second"
    more = ["--adapter", str(first / "adapter.safetensors"), "--tokens", "20000"]
    main(options(tiny_folder, transcripts, second, *more))
    assert entries(second, "loss")[0] < entries(first, "loss")[0] * 0.9


def test_other_options_do_not_go_on_with_a_run(tiny_folder, transcripts, tmp_path):
    output = tmp_path / "run"
    main(options(tiny_folder, transcripts, output, "--tokens", "1000", "--rank", "4"))
    with pytest.raises(Error, match="BAD_OPTION.*another rank"):
        main(options(tiny_folder, transcripts, output, "--tokens", "1000", "--rank", "8"))


def test_only_the_agents_tokens_are_learnt(tiny_folder):
    tokenizer = load_tokenizer(tiny_folder)
    text = "How many?\npet\nD pet\npet(id*)\nQ SELECT 1\n"
    example = to_example(text, [[14, 20], [29, 40]], tokenizer)
    written = tokenizer.decode([int(t) for t in example.tokens[example.written]])
    assert written == "D pet\nQ SELECT 1\n"


def test_batches_hold_every_example_once_before_any_again(tiny_folder, transcripts):
    examples = read_examples(transcripts, load_tokenizer(tiny_folder)) * 5
    total = sum(len(example.tokens) for example in examples)
    seen = 0
    for batch in batches(examples, 700, seed=3):
        assert batch.tokens.shape == batch.written.shape
        assert not batch.written[:, 0].any()
        seen += batch.size
        if seen >= total:
            break
    assert seen == total
    later = [next(batches(examples, 700, seed=3, skip=number)) for number in (2, 2, 3)]
    assert np.array_equal(later[0].tokens, later[1].tokens)
    assert later[2].tokens.shape != later[0].tokens.shape or not np.array_equal(
        later[2].tokens, later[0].tokens
    )


@pytest.mark.parametrize("line", ["{", '{"text": 1, "agent": []}', '{"text": "a"}'])
def test_a_broken_file_is_named_with_its_line(tiny_folder, tmp_path, line):
    path = tmp_path / "broken.jsonl"
    path.write_text(line + "\n")
    with pytest.raises(Error, match="BAD_TRANSCRIPTS: line 1 of .*broken.jsonl"):
        read_examples(path, load_tokenizer(tiny_folder))
    with pytest.raises(Error, match="NOT_FOUND"):
        read_examples(tmp_path / "none.jsonl", load_tokenizer(tiny_folder))
