"""An episode as text for a language model, and what a model wrote as an action (see agents.py)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from . import _core
from .env import Action, Env, Observation, Step
from .vector import Integers, VectorEnv, VectorStep

if TYPE_CHECKING:
    from .models import SQLObservation

DIALECTS = ("compact", "chat")
LINE_TOKENS = 120
"""the most that a model in the compact dialect writes in a turn while it is trained or measured"""
ObservationLike: TypeAlias = "Observation | SQLObservation"


class ToolCall(NamedTuple):
    """A call of a tool, as chat models make it."""

    id: str
    name: str
    """such as "query" """
    arguments: str
    """a JSON object, or what the model took for one"""


class Completion(NamedTuple):
    """What a model wrote in one turn."""

    text: str
    tool_calls: tuple[ToolCall, ...] = ()
    cut: bool = False
    """ended by a limit of tokens"""

    def json(self) -> str:
        """The completion as files of completions hold it."""
        return _core.completion_json(self)

    @classmethod
    def from_json(cls, text: str) -> Completion:
        """Reads what `json` gives. Raises ValueError."""
        fields = _core.parse_completion(text)
        if fields is None:
            raise ValueError("not a completion: an object with a text is expected")
        return cls._of(fields)

    @classmethod
    def from_message(cls, message: Mapping[str, Any], *, cut: bool = False) -> Completion:
        """An assistant's message as servers with OpenAI's interface write it, read as tolerantly as
        a server's reply. Raises Error BAD_MODEL_REPLY."""
        choice = {"message": message, "finish_reason": "length" if cut else "stop"}
        return read_reply(json.dumps({"choices": [choice]}).encode())[0]

    @classmethod
    def _of(cls, fields: _core._Completion) -> Completion:
        text, calls, cut = fields
        return cls(text, tuple(ToolCall(*call) for call in calls), cut)


CompletionLike: TypeAlias = "Completion | str"


class Reading(NamedTuple):
    """What was read from a completion."""

    action: Action
    """the action to play; its type is UNREADABLE if the completion holds none"""
    readable: bool
    several: bool
    """more actions followed, which are not played"""
    message: str
    """for the model: why it is not readable"""


class AgentEpisode:
    """An episode as a language model sees it, in one dialect. It holds only what an agent may see.

    `observation`: the reset's, as Env, VectorEnv and the server's clients give it. Belongs to one
    thread. Raises Error BAD_OPTION for an unknown dialect.
    """

    def __init__(self, observation: ObservationLike, dialect: str = "chat") -> None:
        self._core = _core.AgentEpisode(dialect, observation)

    @classmethod
    def _of(cls, core: _core.AgentEpisode) -> AgentEpisode:
        agent = cls.__new__(cls)
        agent._core = core
        return agent

    @property
    def dialect(self) -> str:
        """ "compact" or "chat" """
        return self._core.dialect()

    @property
    def version(self) -> str:
        """The dialect with its version, such as "chat/1"."""
        return self._core.version()

    @property
    def prompt(self) -> str:
        """compact: the text so far, which the model continues by a line. Empty in chat."""
        return self._core.prompt()

    @property
    def messages(self) -> list[dict[str, Any]]:
        """chat: the conversation so far, as OpenAI's interface takes it. Empty in compact."""
        messages: list[dict[str, Any]] = json.loads(self._core.messages_json())
        return messages

    @property
    def tools(self) -> list[dict[str, Any]]:
        """The four actions as functions with a JSON Schema, as OpenAI's interface takes them."""
        return model_tools()

    @property
    def grammar(self) -> str:
        """GBNF that allows one line of the compact dialect, and only the tables that there are."""
        return self._core.grammar()

    def request(
        self,
        *,
        model: str = "",
        temperature: float | None = 0,
        max_tokens: int = 256,
        grammar: str = "",
        examples: bool = False,
        seed: int | None = None,
    ) -> str:
        """The body of the request that asks a server for the next turn, byte for byte that of
        `sqlenv eval`: for /completions in compact, for /chat/completions in chat."""
        options = {
            "model": model,
            "temperature": temperature,
            "max_tokens": max_tokens,
            "grammar": grammar,
            "examples": examples,
            "seed": seed,
        }
        return self._core.request_json(options)

    def read(self, completion: CompletionLike) -> Reading:
        """The action to play. Never fails: what cannot be read is a wrong action with a message."""
        kind, argument, readable, several, message = self._core.read(as_completion(completion))
        return Reading(Action(kind, argument), readable, several, message)

    def add(
        self, completion: CompletionLike, reading: Reading, observation: ObservationLike
    ) -> None:
        """Adds a turn: what the model wrote, what was read from it, and what it observed."""
        fields = (*reading.action, reading.readable, reading.several, reading.message)
        self._core.add(as_completion(completion), fields, observation)


class AgentEnv:
    """An Env that a language model plays: completions in place of actions."""

    def __init__(self, env: Env, dialect: str = "chat") -> None:
        self.env = env
        self.dialect = dialect
        self.agent: AgentEpisode | None = None

    def reset(self, *, seed: int | None = None, **options: Any) -> AgentEpisode:
        """Starts an episode, as Env.reset does; gives its text."""
        observation = self.env.reset(seed=seed, **options).observation
        self.agent = AgentEpisode(observation, self.dialect)
        return self.agent

    def step(self, completion: CompletionLike) -> Step:
        """Plays what the completion says and adds the turn to the text."""
        if self.agent is None:
            raise ValueError("reset before anything else")
        reading = self.agent.read(completion)
        step = self.env.step(reading.action)
        self.agent.add(completion, reading, step.observation)
        return step


class AgentVectorEnv:
    """A VectorEnv whose slots a language model plays."""

    def __init__(self, envs: VectorEnv, dialect: str = "chat") -> None:
        self.envs = envs
        self.dialect = dialect
        self.agents: dict[int, AgentEpisode] = {}
        """the text of each slot's episode"""

    def reset(self, **arguments: Any) -> VectorStep:
        """Starts episodes with the arguments of VectorEnv.reset."""
        step = self.envs.reset(**arguments)
        self._begin(step, range(len(step)))
        return step

    def step(
        self, completions: Sequence[CompletionLike], slots: Sequence[int] | Integers | None = None
    ) -> VectorStep:
        """One completion for every slot (or for each of `slots`), answered in the same order.

        A slot whose episode ends goes on as VectorEnv's `autoreset` says: where the next episode
        began, the slot's text is that of the new one.
        """
        chosen = range(self.envs.num_envs) if slots is None else [int(slot) for slot in slots]
        pairs = zip(chosen, completions, strict=True)
        readings = [self.agents[slot].read(completion) for slot, completion in pairs]
        step = self.envs.step([reading.action for reading in readings], slots)
        began = step.began
        for i, slot in enumerate(chosen):
            if not began[i]:
                self.agents[slot].add(completions[i], readings[i], step.observations[i])
        self._begin(step, [i for i in range(len(step)) if began[i]])
        return step

    def _begin(self, step: VectorStep, positions: Sequence[int]) -> None:
        for i in positions:
            slot = int(step.slots[i])
            self.agents[slot] = AgentEpisode(step.observations[i], self.dialect)


def model_tools() -> list[dict[str, Any]]:
    """The four actions as functions with a JSON Schema, as OpenAI's interface takes them."""
    tools: list[dict[str, Any]] = json.loads(_core.model_tools_json())
    return tools


def read_reply(body: bytes) -> tuple[Completion, int, int]:
    """A completion from the body of a server's reply, with the tokens of prompt and completion (0
    where the server does not count). Raises Error BAD_MODEL_REPLY."""
    fields, prompt_tokens, completion_tokens = _core.read_model_reply(body)
    return Completion._of(fields), prompt_tokens, completion_tokens


def as_completion(completion: CompletionLike) -> Completion:
    """A completion, or a text as one."""
    return Completion(completion) if isinstance(completion, str) else completion
