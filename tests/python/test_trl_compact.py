"""Rollouts in the compact dialect for TRL, written by scripts in place of a model. What TRL makes of
them is tested in test_learn_tiny_model.py."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sqlenv import Env
from sqlenv.agents import AgentEnv, Completion
from sqlenv.errors import Error
from sqlenv.trl_compact import CompactRollouts, Written, environment_return
from sqlenv.trl_training import TrlSettings, make_trainer

QUESTION, OTHER = "flight_2_train_022", "poker_player_train_001"
RIGHT = ["D codeshare\n", "Q SELECT COUNT(*) FROM codeshare WHERE seat_quota IS NULL\n", "A =\n"]
CLUMSY = ["   \n", "x\n", "describe codeshare\n", "S codeshare" + chr(0), "A 7\n"]
END = chr(0)


class Characters:
    """A tokenizer whose tokens are characters."""

    eos_token_id = ord(END)

    def encode(self, text: str, *, add_special_tokens: bool) -> list[int]:
        return [ord(character) for character in text]

    def decode(self, tokens: Sequence[int], *, skip_special_tokens: bool) -> str:
        return "".join(chr(token) for token in tokens).replace(END, "")


class Scripts:
    """Writes the next line of the script of the prompt with which a row begins."""

    def __init__(self, scripts: dict[str, list[str]]) -> None:
        self.left = {prompt: iter(lines) for prompt, lines in scripts.items()}
        self.shown: list[str] = []

    def __call__(self, rows: Sequence[list[int]]) -> list[Written]:
        texts = ["".join(map(chr, row)) for row in rows]
        self.shown += texts
        lines = [
            next(script)
            for text in texts
            for prompt, script in self.left.items()
            if text.startswith(prompt)
        ]
        return [Written([ord(c) for c in line], [-0.5] * len(line)) for line in lines]


def prompt_of(rollouts: CompactRollouts, question: str) -> str:
    return next(row["prompt"] for row in rollouts.rows() if row["question_id"] == question)


def compact(catalog, **settings) -> CompactRollouts:
    return CompactRollouts(catalog, TrlSettings(dialect="compact", **settings))


def by_hand(catalog, lines: list[str], **options) -> tuple[float, str]:
    """The return of these lines, and the text of the episode before the last of them."""
    player = AgentEnv(Env(catalog, **options), "compact")
    agent = player.reset(seed=0, question_id=QUESTION)
    text = ""
    for line in lines:
        text = agent.prompt
        player.step(Completion(line.split("\n")[0].replace(END, "")))
    return player.env.total_reward, text


@pytest.mark.parametrize("script", [RIGHT, CLUMSY])
def test_the_mask_covers_what_was_written_and_nothing_else(catalog, script) -> None:
    rollouts = compact(catalog, reward="v1")
    prompt = prompt_of(rollouts, QUESTION)
    (played,) = rollouts.play([prompt], Scripts({prompt: script}), Characters())
    assert "".join(map(chr, played.prompt)) == prompt
    marked = zip(played.completion, played.written, played.log_p, strict=True)
    written = [(chr(token), log_p) for token, mine, log_p in marked if mine]
    assert "".join(token for token, _ in written) == "".join(script)
    assert {log_p for _, log_p in written} == {-0.5}
    others = [(t, p) for t, mine, p in zip(played.completion, played.written, played.log_p) if not mine]
    assert {log_p for _, log_p in others} == {0.0} and others[-1][0] == ord(END)
    paid, _ = by_hand(catalog, script, reward="v1")
    assert played.total == pytest.approx(paid) and paid != 0
    assert played.correct == (script is RIGHT)


def test_a_model_reads_the_episode_as_the_dialect_writes_it(catalog) -> None:
    rollouts = compact(catalog)
    prompt = prompt_of(rollouts, QUESTION)
    scripts = Scripts({prompt: RIGHT})
    rollouts.play([prompt], scripts, Characters())
    assert scripts.shown[0] == prompt and scripts.shown[-1] == by_hand(catalog, RIGHT)[1]
    # Words of its own stay as the model wrote them; what they found follows on a line of its own.
    scripts = Scripts({prompt: CLUMSY})
    rollouts.play([prompt], scripts, Characters())
    assert scripts.shown[1].startswith(f"{prompt}   \n! ")
    assert "\ndescribe codeshare\ncodeshare(" in scripts.shown[-1]
    assert f"S codeshare{END}\n= " in scripts.shown[-1]


def test_episodes_of_different_lengths_are_played_together(catalog) -> None:
    rollouts = compact(catalog)
    long, short = prompt_of(rollouts, QUESTION), prompt_of(rollouts, OTHER)
    played = rollouts.play([short, long], Scripts({short: ["A 0\n"], long: RIGHT}), Characters())
    assert [one.correct for one in played] == [False, True]
    assert rollouts.success == [0.5]
    assert environment_return([one.total for one in played], other=1) == [one.total for one in played]


def test_an_episode_that_grows_too_long_has_no_end(catalog) -> None:
    rollouts = compact(catalog, completion_tokens=200)
    prompt = prompt_of(rollouts, QUESTION)
    (played,) = rollouts.play([prompt], Scripts({prompt: RIGHT}), Characters())
    assert not played.correct and played.completion[-1] != ord(END)
    assert len(played.completion) == len(played.written) == len(played.log_p)


def test_a_line_that_was_cut_off_is_ended_by_the_environment(catalog) -> None:
    rollouts = compact(catalog, step_budget=2)
    prompt = prompt_of(rollouts, QUESTION)
    scripts = Scripts({prompt: ["Q SELECT COUNT(*) FROM codesh", "A 7\n"]})
    (played,) = rollouts.play([prompt], scripts, Characters())
    assert "FROM codesh\n! " in scripts.shown[1]
    assert sum(played.written) == len("Q SELECT COUNT(*) FROM codesh" + "A 7\n")


def test_rows_have_one_prompt_a_question(catalog) -> None:
    rows = compact(catalog).rows()
    assert len({row["prompt"] for row in rows}) == len(rows) > 300
    shown = compact(catalog, examples=True)
    assert prompt_of(shown, QUESTION).endswith(prompt_of(compact(catalog), QUESTION))
    assert "\nA =\n" in prompt_of(shown, QUESTION)


def test_settings_that_cannot_be_are_refused(catalog) -> None:
    with pytest.raises(Error, match="BAD_OPTION.*tools or compact"):
        make_trainer(TrlSettings(dialect="chat"), catalog)
    with pytest.raises(Error, match="BAD_OPTION.*vllm"):
        make_trainer(TrlSettings(dialect="compact", vllm=True), catalog)
