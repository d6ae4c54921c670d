"""A server with OpenAI's interface on loopback, whose replies a test writes.

    with ModelServer(analyst) as server:
        evaluate(ModelPolicy(server.url), …)
    assert len(server.requests) == …

A *model* is a function of a Request that returns a Reply; it is called by many threads at once.
"""

from __future__ import annotations

import json
import re
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@dataclass
class Request:
    path: str
    headers: dict[str, str]  # with names in lower case
    raw: bytes  # the body as it was sent
    body: dict
    number: int  # from 1, in the order in which they came
    connection: int  # the client's port
    begun: float = 0.0

    @property
    def is_chat(self) -> bool:
        return self.path.endswith("/chat/completions")

    @property
    def text(self) -> str:
        """What the model reads."""
        if not self.is_chat:
            return self.body["prompt"]
        return "\n".join(str(message.get("content") or "") for message in self.body["messages"])

    @property
    def question(self) -> str:
        if self.is_chat:
            return re.search(r"^Question: (.*)$", self.text, re.MULTILINE).group(1)
        return self.text.splitlines()[0]

    @property
    def turn(self) -> int:
        """How many turns the model has had in this episode."""
        if self.is_chat:
            return sum(message["role"] == "assistant" for message in self.body["messages"])
        return sum(line[:2] in ("D ", "S ", "Q ", "A ") for line in self.text.splitlines()[2:])


@dataclass
class Reply:
    """`body`: a dict becomes JSON; an iterable of bytes is sent piece by piece, without a length."""

    body: dict | str | bytes | Iterable[bytes] = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    delay: float = 0
    cut: int | None = None  # the connection is reset after so many bytes of the body
    claims: int | None = None  # the length that the header states


Model = Callable[[Request], Reply]


class ModelServer:
    def __init__(self, model: Model, *, certificate: Path | None = None) -> None:
        self.model = model
        self.requests: list[Request] = []
        self.most_at_once = 0
        self._at_once = 0
        self._lock = threading.Lock()
        self._server = _Listener(("127.0.0.1", 0), _handler(self))
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True)
        scheme = "https" if certificate else "http"
        self.url = f"{scheme}://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ModelServer:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def turns(self) -> int:
        return len(self.requests)

    def answer(self, path: str, headers: dict, body: bytes, port: int) -> Reply:
        with self._lock:
            request = Request(path, headers, body, json.loads(body), len(self.requests) + 1, port, time.monotonic())
            self.requests.append(request)
            self._at_once += 1
            self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            reply = self.model(request)
            if reply.delay:
                time.sleep(reply.delay)
            return reply
        finally:
            with self._lock:
                self._at_once -= 1


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, *_: object) -> None:
        """A client that left is no news."""


def _handler(server: ModelServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            self.send(server.answer(self.path, headers, body, self.client_address[1]))

        def send(self, reply: Reply) -> None:
            body = reply.body
            if isinstance(body, dict):
                body = json.dumps(body)
            if isinstance(body, str):
                body = body.encode()
            self.send_response(reply.status)
            self.send_header("Content-Type", reply.content_type)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            if isinstance(body, bytes):
                self.send_header("Content-Length", str(len(body) if reply.claims is None else reply.claims))
                self.end_headers()
                self.wfile.write(body if reply.cut is None else body[: reply.cut])
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
                self.end_headers()
                for piece in body:
                    self.wfile.write(piece)
                    self.wfile.flush()
            self.wfile.flush()
            if reply.cut is not None:
                self.close_connection = True
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

        def log_message(self, *_: object) -> None:
            """Says nothing on standard error."""

    return Handler


# ---------------------------------------------------------------------- replies


def usage(request: Request, text: str) -> dict:
    """Counts four bytes a token, as a rule of thumb does."""
    prompt, completion = len(request.text) // 4 + 1, len(text) // 4 + 1
    return {"prompt_tokens": prompt, "completion_tokens": completion, "total_tokens": prompt + completion}


def _completion(request: Request, inner: dict, finish: str, text: str) -> dict:
    kind = "chat.completion" if request.is_chat else "text_completion"
    return {"id": f"reply_{request.number}", "object": kind, "created": 1, "model": request.body.get("model", ""),
            "choices": [{"index": 0, **inner, "finish_reason": finish}], "usage": usage(request, text)}


def says(request: Request, text: str, finish: str = "stop", **more) -> Reply:
    """A completion that is text."""
    inner = {"message": {"role": "assistant", "content": text}} if request.is_chat else {"text": text}
    return Reply(_completion(request, inner, finish, text), **more)


def calls(request: Request, name: str, arguments: dict | str, **more) -> Reply:
    """A completion that calls a tool."""
    text = arguments if isinstance(arguments, str) else json.dumps(arguments)
    call = {"id": f"call_{request.turn}", "type": "function", "function": {"name": name, "arguments": text}}
    message = {"role": "assistant", "content": None, "tool_calls": [call]}
    return Reply(_completion(request, {"message": message}, "tool_calls", text), **more)


def refuses(status: int, message: str, headers: dict | None = None, **fields) -> Reply:
    return Reply({"error": {"message": message, **fields}}, status, headers or {})
