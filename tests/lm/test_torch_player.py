"""A model in this process as a player of held-out sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from sqlenv import Env  # noqa: E402
from sqlenv.agents import AgentEnv, Completion  # noqa: E402
from sqlenv.evaluation import plan_evaluation  # noqa: E402
from sqlenv.lm import generation  # noqa: E402
from sqlenv.lm.__main__ import main  # noqa: E402
from sqlenv.lm.evaluate import play_sets  # noqa: E402
from sqlenv.lm.generation import Player  # noqa: E402
from sqlenv.lm.held_out import HeldOutSet, held_out_set  # noqa: E402
from sqlenv.lm.line_grammar import line_grammar  # noqa: E402
from sqlenv.lm.model import LanguageModel  # noqa: E402
from sqlenv.lm.tokenizer import load_tokenizer  # noqa: E402
from sqlenv.lm.torch_player import language_model_player  # noqa: E402
from sqlenv.lm.weights import load_weights  # noqa: E402

LIMIT = 4
LENGTH = 500
torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A random model seldom ends its lines."""
    monkeypatch.setattr(generation, "LINE_TOKENS", 16)


@pytest.fixture(scope="module")
def loaded(tiny_folder: Path):
    """A random model that ends its lines now and then, and its tokenizer."""
    config, weights = load_weights(tiny_folder)
    tokenizer = load_tokenizer(tiny_folder)
    weights["model.embed_tokens.weight"][tokenizer.newline_id] *= 1.5
    return LanguageModel(config, weights), tokenizer


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> HeldOutSet:
    return held_out_set("seen", tmp_path_factory.mktemp("held_out"))


def test_what_is_recorded_gives_the_episodes_that_the_model_played(loaded, seen, tmp_path):
    model, tokenizer = loaded
    play_sets(language_model_player(model, tokenizer, rows=3, length=LENGTH), [seen], tmp_path, LIMIT)
    catalog = seen.catalog()
    asked = [one.question_id for one in plan_evaluation(catalog, episodes=LIMIT, split="eval")]
    known = {one.id: one for one in catalog.questions()}
    with Player(model, tokenizer, catalog, rows=3, length=LENGTH) as player:
        rollouts = player.play([known[one] for one in asked])
    lines = (tmp_path / "seen.completions.jsonl").read_text("utf-8").splitlines()[1:]
    for rollout, line in zip(rollouts, map(json.loads, lines), strict=True):
        written = [Completion.from_json(json.dumps(turn["completion"])) for turn in line["turns"]]
        env = AgentEnv(Env(catalog), "compact")
        env.reset(seed=0, question_id=line["question_id"])
        for completion in written[: rollout.turns - 1]:
            env.step(completion)
        assert line["question_id"] == rollout.question.id
        assert env.agent and rollout.text.startswith(env.agent.prompt)
        assert rollout.outcome or written[-1].text == ""  # the text outgrew the cache
    assert all(rollout.turns > 1 for rollout in rollouts)
    told = json.loads((tmp_path / "seen.json").read_text("utf-8"))
    assert list(told["questions"]) == asked
    for rollout in rollouts:
        failure = told["questions"][rollout.question.id]
        assert rollout.outcome is None or failure == ("" if rollout.correct else rollout.outcome.reason)


def test_the_command_plays_a_checkpoint(tiny_folder, tmp_path, capsys):
    output = tmp_path / "results"
    arguments = ["--sets", "left_out", "--limit", "2", "--output", str(output), "--threads", "1"]
    assert main(["evaluate", "--model", str(tiny_folder), *arguments]) == 0
    assert "tiny: " in capsys.readouterr().out
    assert json.loads((output / "tiny" / "left_out.json").read_text("utf-8"))["episodes"] == 2
    assert main(["evaluate", "--model", str(tiny_folder), "--examples", *arguments]) == 1
    assert "need --gguf or --url" in capsys.readouterr().err


def test_with_the_grammar_only_lines_of_the_dialect_are_written(loaded, seen, tmp_path):
    model, tokenizer = loaded
    player = language_model_player(model, tokenizer, rows=2, length=LENGTH, grammar=True)
    play_sets(player, [seen], tmp_path, 2)
    lines = (tmp_path / "seen.completions.jsonl").read_text("utf-8").splitlines()[1:]
    for line in map(json.loads, lines):
        written = [turn["completion"] for turn in line["turns"] if turn["completion"]["text"]]
        env = AgentEnv(Env(seen.catalog()), "compact")
        agent = env.reset(seed=0, question_id=line["question_id"])
        assert written
        for one in written:
            assert line_grammar(agent.grammar).allows(one["text"] + ("" if one.get("cut") else "\n"))
