"""Many episodes played by a language model at once, each token for all of them in one product.

An episode holds a row of the cache. A tick reads one token in every row, and draws the next where
all is read. Once a quarter of the episodes have more to read, a tick reads that alone, at one go.
The compact dialect's lines end a turn. Equal seeds give equal rollouts for equal questions in equal
order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import torch
from torch import Tensor

from ..agent_text import LINE_TOKENS, AgentVectorEnv, Completion
from ..catalog import Catalog, Question
from ..env import Outcome
from ..vector import Autoreset, VectorEnv
from .model import Cache, LanguageModel
from .tokenizer import Tokenizer


class Piece(NamedTuple):
    """A run of text that a model has read and written, for training on it."""

    tokens: list[int]
    written: list[bool]
    """which tokens the model drew"""
    log_p: list[float]
    """of each token when it was drawn; 0 for one that was read"""


@dataclass
class Rollout:
    """One episode."""

    question: Question
    pieces: list[Piece] = field(default_factory=list)
    """usually one; more if the dialect wrote a line in another way than the model did"""
    text: str = ""
    """the episode as the model saw it, with its last line"""
    turns: int = 0
    outcome: Outcome | None = None
    """None where the text outgrew the cache"""
    total: float = 0.0
    """the rewards of all turns"""

    @property
    def correct(self) -> bool:
        return self.outcome is not None and self.outcome.correct


class _Episode:
    """An episode in play. `held` of its `tokens` are in the cache; the others are to be read."""

    def __init__(self, rollout: Rollout, slot: int) -> None:
        self.rollout = rollout
        self.slot = slot
        self.prompt = ""
        self.tokens: list[int] = []
        self.written: list[bool] = []
        self.log_p: list[float] = []
        self.held = 0
        self.line: list[int] = []

    def read(self, tokens: Sequence[int]) -> None:
        self.tokens += tokens
        self.written += [False] * len(tokens)
        self.log_p += [0.0] * len(tokens)

    def write(self, token: int, log_p: float) -> None:
        self.tokens.append(token)
        self.written.append(True)
        self.log_p.append(log_p)
        self.line.append(token)

    def begin_anew(self, tokens: list[int]) -> None:
        """Goes on with another text, of which the cache keeps what it has in common."""
        common = 0
        for ours, theirs in zip(self.tokens[: self.held], tokens[:-1]):
            if ours != theirs:
                break
            common += 1
        self.close_piece()
        self.tokens, self.written, self.log_p = [], [], []
        self.held = common
        self.read(tokens)

    def close_piece(self) -> None:
        if any(self.written):
            self.rollout.pieces.append(Piece(self.tokens, self.written, self.log_p))


class Player:
    """Plays questions of one catalog with one model. Close it after use; belongs to one thread."""

    def __init__(
        self,
        model: LanguageModel,
        tokenizer: Tokenizer,
        catalog: Catalog,
        *,
        rows: int = 64,
        length: int = 768,
        **options: Any,
    ) -> None:
        """`rows`: episodes at once; `length`: the most tokens of one; `options`: of the
        environment, such as reward."""
        self.model = model
        self.tokenizer = tokenizer
        self.cache = Cache(model, rows)
        self.length = length
        self.envs = VectorEnv(rows, catalog, autoreset=Autoreset.DISABLED, **options)
        self.agents = AgentVectorEnv(self.envs, "compact")

    def close(self) -> None:
        self.envs.close()

    def __enter__(self) -> Player:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def play(
        self, questions: Sequence[Question], *, temperature: float = 0.0, seed: int = 0
    ) -> list[Rollout]:
        """One episode of each question, in order; greedy where the temperature is 0."""
        draws = torch.Generator().manual_seed(seed)
        rollouts = [Rollout(question) for question in questions]
        waiting = iter(rollouts)
        live: list[_Episode] = []
        free = list(range(self.envs.num_envs))
        while True:
            while free and self._begin(live, free, waiting):
                pass
            if not live:
                self.cache.shrink(0)
                return rollouts
            chosen, logits = self._tick(live)
            for row, (token, log_p) in zip(chosen, _draw(logits, temperature, draws)):
                live[row].write(token, log_p)
            self._play_lines(live, free)

    def _begin(self, live: list[_Episode], free: list[int], waiting: Iterator[Rollout]) -> bool:
        """Gives free slots to the next episodes, if there are any; one whose first text leaves no
        room for a line is over at once."""
        begun = [_Episode(rollout, free.pop()) for rollout in _take(waiting, len(free))]
        if not begun:
            return False
        options = [
            {"question_id": one.rollout.question.id, "pack": one.rollout.question.pack}
            for one in begun
        ]
        self.agents.reset(slots=[one.slot for one in begun], options=options, seed=0)
        for one in begun:
            one.prompt = self.agents.agents[one.slot].prompt
            one.read(self.tokenizer.encode(one.prompt))
            one.rollout.text = one.prompt
            if self._has_room(one):
                live.append(one)
            else:
                free.append(one.slot)
        return True

    def _tick(self, live: list[_Episode]) -> tuple[list[int], Tensor]:
        """One pass of the model: the rows that may write now, and their logits."""
        self.cache.shrink(max(one.held for one in live) + 1)
        readers = [i for i, one in enumerate(live) if len(one.tokens) - one.held > 1]
        if readers and 4 * len(readers) >= len(live):
            return readers, self._read(live, readers)
        following = torch.tensor([[one.tokens[one.held]] for one in live])
        starts = torch.tensor([one.held for one in live])
        hidden = self.model.extend(self.cache, slice(0, len(live)), following, starts)[:, 0]
        for one in live:
            one.held += 1
        writers = [i for i, one in enumerate(live) if one.held == len(one.tokens)]
        return writers, self.model.logits(hidden[writers])

    def _read(self, live: list[_Episode], rows: list[int]) -> Tensor:
        """Reads what is new to these rows."""
        new = [live[i].tokens[live[i].held :] for i in rows]
        longest = max(map(len, new))
        tokens = torch.tensor([part + [0] * (longest - len(part)) for part in new])
        starts = torch.tensor([live[i].held for i in rows])
        hidden = self.model.extend(self.cache, torch.tensor(rows), tokens, starts)
        for i in rows:
            live[i].held = len(live[i].tokens)
        ends = torch.tensor([len(part) - 1 for part in new])
        return self.model.logits(hidden[torch.arange(len(rows)), ends])

    def _play_lines(self, live: list[_Episode], free: list[int]) -> None:
        """Plays the lines that are finished, and frees the rows of episodes that are over."""
        ended = [one for one in live if one.line and self._is_line(one.line)]
        if not ended:
            return
        completions = [
            Completion(
                self.tokenizer.decode(one.line).rstrip("\n"), cut=len(one.line) >= LINE_TOKENS
            )
            for one in ended
        ]
        step = self.agents.step(completions, [one.slot for one in ended])
        outcomes = step.outcomes
        for i, one in enumerate(ended):
            one.rollout.turns += 1
            one.rollout.total += float(step.rewards[i])
            if not self._go_on(one, completions[i].text, outcomes.get(i)):
                row = live.index(one)
                last = live.pop()
                if last is not one:
                    self.cache.move(len(live), row)
                    live[row] = last
                free.append(one.slot)

    def _go_on(self, one: _Episode, line: str, outcome: Outcome | None) -> bool:
        """Whether the episode goes on; then its next observation is to be read."""
        if outcome is not None:
            one.rollout.outcome = outcome
            one.rollout.text = f"{one.prompt}{line}\n"
            one.close_piece()
            return False
        before, one.prompt = one.prompt, self.agents.agents[one.slot].prompt
        expected = f"{before}{line}\n"
        if one.prompt.startswith(expected) and one.line[-1] == self.tokenizer.newline_id:
            one.read(self.tokenizer.encode(one.prompt[len(expected) :]))
        else:
            one.begin_anew(self.tokenizer.encode(one.prompt))
        one.line = []
        one.rollout.text = one.prompt
        if not self._has_room(one):
            one.close_piece()
            return False
        return True

    def _has_room(self, one: _Episode) -> bool:
        """Whether another line fits into the cache."""
        return len(one.tokens) + LINE_TOKENS <= self.length

    def _is_line(self, line: list[int]) -> bool:
        ends = (self.tokenizer.newline_id, self.tokenizer.end_id)
        return line[-1] in ends or len(line) >= LINE_TOKENS


def _take(waiting: Iterator[Rollout], count: int) -> list[Rollout]:
    return [rollout for _, rollout in zip(range(count), waiting)]


def _draw(logits: Tensor, temperature: float, draws: torch.Generator) -> list[tuple[int, float]]:
    """A token for each row, and its log-probability (at the temperature, if it is not 0)."""
    log_p = torch.log_softmax(logits / temperature if temperature else logits, dim=-1)
    if temperature:
        # torch.multinomial does the same and takes eight times as long on a large vocabulary.
        sums = log_p.exp().cumsum(-1)
        at = torch.rand(len(sums), 1, generator=draws) * sums[:, -1:]
        picked = torch.searchsorted(sums, at, right=True).clamp_(max=sums.shape[1] - 1)
    else:
        picked = log_p.argmax(-1, keepdim=True)
    chosen = log_p.gather(1, picked)[:, 0].tolist()
    return list(zip(picked[:, 0].tolist(), chosen))
