"""Episodes played by a model, many at once, against one token after another in one episode."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from sqlenv import Catalog, Env  # noqa: E402
from sqlenv.agents import AgentEpisode, Completion  # noqa: E402
from sqlenv.lm import generation  # noqa: E402
from sqlenv.lm.generation import Player  # noqa: E402
from sqlenv.lm.model import LanguageModel  # noqa: E402
from sqlenv.lm.tokenizer import load_tokenizer  # noqa: E402
from sqlenv.lm.weights import load_weights  # noqa: E402

LENGTH = 500
BUDGET = 3
LINE_TOKENS = 16
torch.set_num_threads(1)


@pytest.fixture(autouse=True)
def _short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """A random model seldom ends its lines."""
    monkeypatch.setattr(generation, "LINE_TOKENS", LINE_TOKENS)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog()


@pytest.fixture(scope="module")
def loaded(tiny_folder: Path):
    """A random model that ends its lines now and then, and its tokenizer."""
    config, weights = load_weights(tiny_folder)
    tokenizer = load_tokenizer(tiny_folder)
    weights["model.embed_tokens.weight"][tokenizer.newline_id] *= 1.5
    return LanguageModel(config, weights), tokenizer


def played(loaded, catalog, count=5, rows=3, temperature=0.0, seed=0, **options):
    questions = catalog.questions(split="train")[:count]
    options = {"rows": rows, "length": LENGTH, "step_budget": BUDGET, **options}
    with Player(*loaded, catalog, **options) as player:
        return player.play(questions, temperature=temperature, seed=seed)


def one_by_one(loaded, catalog, question) -> tuple[str, bool]:
    """The text of a greedy episode, each token from a pass over all before it."""
    model, tokenizer = loaded
    env = Env(catalog, step_budget=BUDGET)
    agent = AgentEpisode(env.reset(seed=0, question_id=question.id).observation, "compact")
    tokens = tokenizer.encode(agent.prompt)
    while True:
        line: list[int] = []
        while not line or not (
            line[-1] in (tokenizer.newline_id, tokenizer.end_id) or len(line) >= LINE_TOKENS
        ):
            hidden = model.hidden(torch.tensor([tokens + line]))
            line.append(int(model.logits(hidden[-1:]).argmax()))
        text = tokenizer.decode(line).rstrip("\n")
        before = agent.prompt
        completion = Completion(text, cut=len(line) >= LINE_TOKENS)
        reading = agent.read(completion)
        step = env.step(reading.action)
        if step.done:
            return f"{before}{text}\n", bool(env.outcome and env.outcome.correct)
        agent.add(completion, reading, step.observation)
        if agent.prompt.startswith(f"{before}{text}\n") and line[-1] == tokenizer.newline_id:
            tokens += line + tokenizer.encode(agent.prompt[len(before) + len(text) + 1 :])
        else:
            tokens = tokenizer.encode(agent.prompt)
        if len(tokens) + LINE_TOKENS > LENGTH:
            return agent.prompt, False


def test_greedy_play_of_many_is_greedy_play_of_each(loaded, catalog):
    rollouts = played(loaded, catalog)
    assert [len(r.pieces) > 0 for r in rollouts] == [True] * 5
    for rollout in rollouts:
        text, correct = one_by_one(loaded, catalog, rollout.question)
        assert (rollout.text, rollout.correct) == (text, correct)


def test_the_number_of_rows_changes_nothing(loaded, catalog):
    texts = [[r.text for r in played(loaded, catalog, rows=rows)] for rows in (1, 2, 5)]
    assert texts[0] == texts[1] == texts[2]


def test_equal_seeds_draw_equal_rollouts(loaded, catalog):
    first, again, other = (
        [r.text for r in played(loaded, catalog, temperature=1.0, seed=seed)] for seed in (1, 1, 2)
    )
    assert first == again != other


def test_pieces_hold_what_was_drawn_and_its_log_p(loaded, catalog):
    model, _ = loaded
    for rollout in played(loaded, catalog, temperature=1.0, seed=4):
        for piece in rollout.pieces:
            tokens = torch.tensor([piece.tokens])
            written = torch.tensor([piece.written])
            assert not piece.written[0] and written.any()
            drawn = torch.tensor([p for p, mine in zip(piece.log_p, piece.written) if mine])
            assert torch.allclose(model.log_p(tokens, written), drawn, atol=1e-3)


def test_every_question_is_played_in_order(loaded, catalog):
    questions = catalog.questions(split="train")[:5]
    rollouts = played(loaded, catalog, rows=2)
    assert [rollout.question.id for rollout in rollouts] == [question.id for question in questions]
    # A random model spends its budget, unless its text outgrew the cache.
    assert all(r.outcome is None or r.turns == BUDGET for r in rollouts)
    assert all(rollout.total <= 0.2 for rollout in rollouts)
    ended = [rollout for rollout in rollouts if rollout.outcome]
    assert all(r.total == pytest.approx(r.outcome.total_reward) for r in ended)


def test_an_episode_that_outgrew_its_room_keeps_what_its_turns_cost(loaded, catalog):
    rollouts = played(loaded, catalog, length=120, reward="v3")
    outgrew = [rollout for rollout in rollouts if rollout.outcome is None]
    assert any(rollout.turns for rollout in outgrew)
    assert all(rollout.total < 0 for rollout in outgrew if rollout.turns)
