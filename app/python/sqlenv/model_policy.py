"""ModelPolicy: a language model behind an address, asked with httpx (see agents.py)."""

from __future__ import annotations

import asyncio
import os
import random
import ssl
import time
import warnings
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

from . import _core
from .agent_text import DIALECTS, AgentEpisode, Completion
from .errors import Error

if TYPE_CHECKING:
    import httpx

    from .agent_evaluation import ModelEvaluation

DEFAULT_TIMEOUT = 300.0
MOST_REPLY_BYTES = 8 << 20
"""a longer reply is broken off; `sqlenv eval` takes as much"""


class ModelError(Error):
    """A model's server gave no completion. `code` is one of UNREACHABLE, TLS_REFUSED, TIMED_OUT,
    REPLY_BROKEN, REPLY_TOO_LARGE, REDIRECTED, KEY_MISSING, KEY_REFUSED, QUOTA_SPENT, PATH_NOT_FOUND,
    MODEL_NOT_FOUND, CONTEXT_EXCEEDED, REQUEST_REFUSED, RATE_LIMITED, SERVER_FAILED, NO_COMPLETION
    and NO_TOKEN_COUNTS; the message says what to do and holds no key."""

    def __init__(
        self, code: str, message: str, *, evaluation: ModelEvaluation | None = None
    ) -> None:
        super().__init__(code, message)
        self.evaluation = evaluation
        """of evaluate(): what was played before"""


class Reply(NamedTuple):
    """A completion with the tokens that the server counted, 0 where it does not."""

    completion: Completion
    prompt_tokens: int = 0
    completion_tokens: int = 0


class ModelPolicy:
    """A model behind a server with OpenAI's interface: llama.cpp, vLLM, Ollama, a hosted one.

        url          its address, mostly ending with /v1
        model        its name on the server; a server with one model needs none
        dialect      "chat" or "compact" (see docs/agents.md)
        api_key_env  the environment variable that holds the key. The key is sent to `url` alone and
                     appears in no text, error or file.
        grammar      compact: send a grammar that allows one line and the listed tables only, for
                     servers that take GBNF, such as llama.cpp
        examples     compact: begin the prompt with two worked examples, for models that were not
                     trained on the dialect
        temperature  None: the server's own
        max_tokens   of one completion; None: 256 in compact, 1024 in chat; 0: the server's own
        timeout      seconds for one request
        retries      how often a request is sent again after 408, 429, 5xx or a broken reply: after
                     the server's Retry-After, else after 1, 2, 4 … 30 seconds

    Redirects are not followed. `async with policy:` keeps connections open between requests;
    `evaluate` does so. Needs httpx (pip install sqlenv[agents]).

    Raises Error BAD_OPTION for what cannot be asked.
    """

    def __init__(
        self,
        url: str,
        *,
        model: str = "",
        dialect: str = "chat",
        api_key_env: str | None = None,
        grammar: bool = False,
        examples: bool = False,
        temperature: float | None = 0.0,
        max_tokens: int | None = None,
        timeout: float = DEFAULT_TIMEOUT,
        retries: int = 5,
    ) -> None:
        if dialect not in DIALECTS:
            raise Error("BAD_OPTION", f'there is no dialect "{dialect}". Known: compact, chat.')
        if grammar and dialect != "compact":
            raise Error("BAD_OPTION", "the grammar is one of the compact dialect.")
        if examples and dialect != "compact":
            raise Error("BAD_OPTION", "the worked examples are in the compact dialect.")
        key = None if api_key_env is None else _key_of(api_key_env)
        self.dialect = dialect
        self.model = model
        self.grammar = grammar
        self.timeout = timeout
        self.retries = retries
        self.options: dict[str, Any] = {
            "model": model,
            "temperature": temperature,
            "examples": examples,
            "max_tokens": _core.default_max_tokens(dialect) if max_tokens is None else max_tokens,
        }
        self._server = _core.ModelServer(url, key)
        if key and self.address.startswith("http://") and not self._server.is_local():
            warnings.warn(
                "the key is sent without encryption: the address begins with http://", stacklevel=2
            )
        self._client: httpx.AsyncClient | None = None
        self._users = 0
        self._proven = False

    @property
    def address(self) -> str:
        """The server's address as it is asked."""
        return self._server.address()

    def __repr__(self) -> str:
        name = f", model={self.model!r}" if self.model else ""
        return f"ModelPolicy({self.address!r}{name}, dialect={self.dialect!r})"

    async def __aenter__(self) -> ModelPolicy:
        if self._users == 0:
            self._client = _new_client(self.timeout)
        self._users += 1
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._users -= 1
        if self._users == 0 and self._client is not None:
            client, self._client = self._client, None
            await client.aclose()

    async def __call__(self, agent: AgentEpisode) -> Reply:
        """The model's next turn. Raises ModelError."""
        options = dict(self.options)
        if self.grammar:
            options["grammar"] = agent.grammar
        async with self:
            number = 1
            while True:
                reply = await self._send(*self._server.request(agent._core, options))
                read = self._server.outcome(
                    self.dialect, options, reply, number, 1 + self.retries, self._proven,
                    int(time.time()), random.random(),
                )  # fmt: skip
                if read[0] is not None:
                    self._proven = True
                    fields, prompt_tokens, completion_tokens = read[0]
                    return Reply(Completion._of(fields), prompt_tokens, completion_tokens)
                if read[3] is None:
                    raise ModelError(read[1], read[2])
                await asyncio.sleep(read[3])
                number += 1

    def _described(self, dialect: str) -> dict[str, Any]:
        """For _core.ModelRun."""
        return {
            "server": self._server,
            "model": self.options,
            "dialect": dialect,
            "grammar": self.grammar,
            "retries": self.retries,
            "timeout": self.timeout,
        }

    async def _send(
        self, url: str, headers: list[tuple[str, str]], body: bytes
    ) -> _core._HttpReply:
        """One exchange, whose failure is a value, too."""
        import httpx

        reply: _core._HttpReply = {
            "status": 0, "body": b"", "failure": "broken", "retry_after": "", "location": ""
        }  # fmt: skip
        try:
            await asyncio.wait_for(self._exchange(url, headers, body, reply), self.timeout)
        except (asyncio.TimeoutError, httpx.TimeoutException):
            reply["failure"] = "timed_out"
        except httpx.ConnectError as error:
            reply["failure"] = "tls" if _is_tls(error) else "unreachable"
        except (httpx.HTTPError, httpx.InvalidURL, OSError):
            pass  # broken
        else:
            return reply
        reply["status"] = 0
        return reply

    async def _exchange(
        self, url: str, headers: list[tuple[str, str]], body: bytes, reply: _core._HttpReply
    ) -> None:
        assert self._client is not None
        request = self._client.stream("POST", url, headers=headers, content=body)
        async with request as response:
            held = bytearray()
            async for piece in response.aiter_bytes():
                held += piece
                if len(held) > MOST_REPLY_BYTES:
                    reply["failure"] = "too_large"
                    return
            reply["status"] = response.status_code
            reply["body"] = bytes(held)
            reply["retry_after"] = response.headers.get("retry-after", "")
            reply["location"] = response.headers.get("location", "")


def _new_client(timeout: float) -> httpx.AsyncClient:
    try:
        import httpx
    except ImportError:
        raise ImportError("ModelPolicy needs httpx: pip install sqlenv[agents]") from None
    # evaluate() limits how many are under way; here every one gets a connection.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None)
    return httpx.AsyncClient(timeout=timeout, limits=limits, follow_redirects=False)


def _key_of(variable: str) -> str:
    key = os.environ.get(variable, "")
    if not key.strip():
        raise Error(
            "BAD_OPTION",
            f"the environment variable {variable} holds no key. Set it, or leave api_key_env out.",
        )
    return key


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
