"""Whole episodes in the compact dialect as rollouts of TRL's GRPOTrainer (its `rollout_func`).

    settings = TrlSettings(model="path/to/model", dialect="compact")
    make_trainer(settings).train()

A rollout is one row of tokens: the prompt, which is the question with the tables, then by turns what
the model wrote and what it read. The row holds the very tokens that the model drew, never a text that
was cut into tokens anew. `env_mask` is 1 for them and 0 for what was read, so that only they are
trained. An episode that is over ends with the model's own end token, which it did not write; one that
grew too long has none, so that TRL's `mask_truncated_completions` leaves it out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from .agent_text import LINE_TOKENS, AgentEpisode, AgentVectorEnv, Completion
from .catalog import Catalog
from .env import Env
from .vector import Autoreset, VectorEnv

if TYPE_CHECKING:
    from .trl_training import TrlSettings

RETURN = "episode_return"
"""under this name TRL hands the returns to `environment_return`"""


class Written(NamedTuple):
    """What a model wrote in one turn."""

    tokens: list[int]
    """up to the first that ends a line, or LINE_TOKENS"""
    log_p: list[float]
    """of each when it was drawn"""


Write: TypeAlias = Callable[[Sequence[list[int]]], "list[Written]"]
"""continues each row of tokens by one line"""


class Tokens(Protocol):
    """What is needed of a tokenizer."""

    eos_token_id: int

    def encode(self, text: str, *, add_special_tokens: bool) -> list[int]: ...

    def decode(self, tokens: list[int], *, skip_special_tokens: bool) -> str: ...


@dataclass
class CompactRollout:
    """One episode. `written` and `log_p` belong to the tokens of `completion`."""

    prompt: list[int]
    completion: list[int] = field(default_factory=list)
    written: list[int] = field(default_factory=list)
    log_p: list[float] = field(default_factory=list)
    total: float = 0.0
    """the return"""
    correct: bool = False

    def write(self, one: Written) -> None:
        self._add(one.tokens, 1, one.log_p)

    def read(self, tokens: list[int]) -> None:
        self._add(tokens, 0, [0.0] * len(tokens))

    def _add(self, tokens: list[int], written: int, log_p: list[float]) -> None:
        self.completion += tokens
        self.written += [written] * len(tokens)
        self.log_p += log_p


class CompactRollouts:
    """TRL's `rollout_func`: plays the episodes whose prompts it is given."""

    def __init__(self, catalog: Catalog, settings: TrlSettings) -> None:
        self.catalog = catalog
        self.settings = settings
        self.success: list[float] = []
        """the share of rollouts that were right, of each call"""
        self._questions: dict[str, dict[str, str]] = {}
        env = Env(catalog)
        for question in catalog.questions(split="train"):
            options = {"pack": question.pack, "question_id": question.id}
            agent = AgentEpisode(env.reset(seed=0, **options).observation, "compact")
            # Two questions with the same words about the same tables are one to a model.
            self._questions.setdefault(_opening(agent, settings.examples), options)

    def rows(self) -> list[dict[str, str]]:
        """The data set: the prompt of each train question."""
        return [{"prompt": prompt, **options} for prompt, options in self._questions.items()]

    def __call__(self, prompts: list[str], trainer: Any) -> dict[str, list[Any]]:
        from .trl_writer import model_writer

        rollouts = self.play(prompts, model_writer(trainer), trainer.processing_class)
        return {
            "prompt_ids": [one.prompt for one in rollouts],
            "completion_ids": [one.completion for one in rollouts],
            "logprobs": [one.log_p for one in rollouts],
            "env_mask": [one.written for one in rollouts],
            RETURN: [one.total for one in rollouts],
        }

    def play(self, prompts: Sequence[str], write: Write, tokens: Tokens) -> list[CompactRollout]:
        """One episode for each prompt, all of them a line at a time."""
        settings = self.settings
        rollouts = [
            CompactRollout(tokens.encode(prompt, add_special_tokens=True)) for prompt in prompts
        ]
        envs = VectorEnv(
            len(prompts), self.catalog, autoreset=Autoreset.DISABLED,
            reward=settings.reward, step_budget=settings.step_budget,
        )  # fmt: skip
        try:
            agents = AgentVectorEnv(envs, "compact")
            options = [self._questions[prompt] for prompt in prompts]
            agents.reset(slots=range(len(prompts)), options=options, seed=0)
            live = list(range(len(prompts)))
            while live:
                written = write([rollouts[slot].prompt + rollouts[slot].completion for slot in live])
                for slot, one in zip(live, written, strict=True):
                    rollouts[slot].write(one)
                live = self._turn(agents, rollouts, live, written, tokens)
        finally:
            envs.close()
        self.success.append(sum(rollout.correct for rollout in rollouts) / len(rollouts))
        return rollouts

    def _turn(
        self,
        agents: AgentVectorEnv,
        rollouts: list[CompactRollout],
        live: list[int],
        written: list[Written],
        tokens: Tokens,
    ) -> list[int]:
        """Plays the lines, and adds what they found; gives the slots whose episodes go on."""
        texts = [tokens.decode(one.tokens, skip_special_tokens=True) for one in written]
        ended = [
            "\n" in text or tokens.eos_token_id in one.tokens for text, one in zip(texts, written)
        ]
        lines = [text.split("\n", 1)[0] for text in texts]
        before = [len(agents.agents[slot].prompt) for slot in live]
        completions = [Completion(line, cut=not end) for line, end in zip(lines, ended)]
        step = agents.step(completions, live)
        going_on = []
        for i, slot in enumerate(live):
            rollout = rollouts[slot]
            rollout.total += float(step.rewards[i])
            if (outcome := step.outcomes.get(i)) is not None:
                rollout.total, rollout.correct = outcome.total_reward, outcome.correct
                rollout.read([tokens.eos_token_id])
                continue
            text = agents.agents[slot].prompt[before[i] :]
            # The dialect repeats the line that was written, unless it was blank.
            found = text.split("\n", 1)[1] if lines[i].strip() else text
            found = found if "\n" in texts[i] else "\n" + found
            rollout.read(tokens.encode(found, add_special_tokens=False))
            if len(rollout.completion) + LINE_TOKENS < self.settings.completion_tokens:
                going_on.append(slot)
        return going_on


def environment_return(episode_return: list[float], **_: Any) -> list[float]:
    """The reward function: the return that the environment paid."""
    return episode_return


def _opening(agent: AgentEpisode, examples: bool) -> str:
    """The first prompt, with two solved episodes before it for a model that does not know the
    dialect."""
    return str(json.loads(agent.request(examples=True))["prompt"]) if examples else agent.prompt
