"""`sqlenv eval --model` against servers that behave, and against servers that do not."""

from __future__ import annotations

import itertools
import json
import os
import re
import signal
import socket
import subprocess
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from tests.cli.scripted_models import GOLD, analyst, at, certificate, knows
from tests.cli.test_cli import NATIVE
from tests.model_server import ModelServer, Reply, Request, calls, refuses, says, usage

KEY = "sk-test-7f3a9c-never-to-be-seen"
DIALECTS = ("compact", "chat")


class Run:
    """One run of the command in a folder of its own, with everything it wrote."""

    def __init__(self, folder: Path, url: str, *arguments: object, dialect: str = "compact", episodes: int = 6,
                 key: str | None = None) -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        self.trajectories = folder / "run.jsonl"
        self.completions = folder / "run.completions.jsonl"
        given = [str(argument) for argument in arguments]
        self.command = [NATIVE, "eval", "--split", "eval", "--episodes", str(episodes), "--model", url,
                        "--dialect", dialect, "--trajectories", self.trajectories, "--json", *given]
        if "--resume" not in given:
            self.command += ["--completions", self.completions]
        self.environment = dict(os.environ)
        if key is not None:
            self.environment["TEST_MODEL_KEY"] = key
            self.command += ["--api-key-env", "TEST_MODEL_KEY"]

    def start(self) -> subprocess.Popen:
        return subprocess.Popen(self.command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def finish(self, timeout: float = 60) -> Run:
        begun = time.monotonic()
        done = subprocess.run(self.command, env=self.environment, capture_output=True, timeout=timeout, check=False)
        self.seconds = time.monotonic() - begun
        self.status, self.stdout, self.stderr = done.returncode, done.stdout, done.stderr.decode()
        return self

    @property
    def result(self) -> dict:
        return json.loads(self.stdout)

    @property
    def model(self) -> dict:
        return self.result["model"]

    def everything(self) -> bytes:
        """All that this run left anywhere."""
        files = [path.read_bytes() for path in sorted(self.folder.rglob("*")) if path.is_file()]
        return b"\n".join([self.stdout, self.stderr.encode(), *files])


@pytest.fixture
def play(tmp_path):
    """play(model, …) runs the command against a server of that model and gives back run and server."""
    numbers = itertools.count()

    def run(model, *arguments, **options) -> tuple[Run, ModelServer]:
        with ModelServer(model) as server:
            return Run(tmp_path / str(next(numbers)), server.url, *arguments, **options).finish(), server

    return run


def verdicts(path: Path) -> list[bool]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line["verdict"]["correct"] for line in lines if "verdict" in line]


def questions(path: Path) -> list[str]:
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [line["observation"]["question"] for line in lines if "format" in line]


# ---------------------------------------------------------------------- servers that behave


@pytest.mark.parametrize("dialect", DIALECTS)
def test_what_the_model_answers_is_what_is_counted(play, dialect):
    run, server = play(analyst, "--model-name", "tiny", dialect=dialect, episodes=30)
    assert run.status == 0, run.stderr
    asked = questions(run.trajectories)
    assert verdicts(run.trajectories) == [knows(question) for question in asked]
    assert run.result["episodes"] == 30
    assert run.result["successes"] == sum(map(knows, asked))
    assert 0 < sum(map(knows, asked)) < 30
    assert run.model["turns"] == server.turns == 90
    assert run.model["prompt_tokens"] == sum(usage(r, "")["prompt_tokens"] for r in server.requests)
    assert run.model["unreadable"] == 0 and run.model["lost"] == {}
    path = "/v1/completions" if dialect == "compact" else "/v1/chat/completions"
    for request in server.requests:
        assert request.path == path
        assert request.body["model"] == "tiny" and request.body["temperature"] == 0
        assert not request.body.get("stream")
        assert "authorization" not in request.headers
        assert request.headers["content-type"].startswith("application/json")
        assert not any(GOLD[q]["gold_sql"] in request.text for q in asked if not knows(q))


def test_options_reach_the_server(play):
    _, server = play(analyst, "--temperature", "0.7", "--max-tokens", "33", "--grammar", key=KEY)
    for request in server.requests:
        assert request.body["temperature"] == 0.7 and request.body["max_tokens"] == 33
        assert request.headers["authorization"] == f"Bearer {KEY}"
        assert "root ::=" in request.body["grammar"]
        table = request.text.splitlines()[1].split()[0]
        assert table in request.body["grammar"]


def test_examples_stand_before_the_prompt(play):
    run, server = play(analyst, "--examples")
    prompts = [request.body["prompt"] for request in server.requests]
    assert len({prompt.rpartition("\nA =\n\n")[0] for prompt in prompts}) == 1 and "\nA =\n\n" in prompts[0]
    assert all(prompt.rpartition("\nA =\n\n")[2] for prompt in prompts)


def test_connections_are_used_again(play):
    _, server = play(analyst, "--concurrency", "4", episodes=20)
    assert server.turns == 60
    assert len({request.connection for request in server.requests}) <= 8


@pytest.mark.parametrize("dialect", DIALECTS)
def test_64_at_once(play, dialect):
    def slow(request: Request) -> Reply:
        reply = analyst(request)
        reply.delay = 0.15
        return reply

    run, server = play(slow, "--concurrency", "64", dialect=dialect, episodes=128)
    one_by_one, _ = play(analyst, "--concurrency", "1", dialect=dialect, episodes=128)
    assert run.status == one_by_one.status == 0, run.stderr
    assert 48 <= server.most_at_once <= 64
    assert run.trajectories.read_bytes() == one_by_one.trajectories.read_bytes()
    assert run.completions.read_bytes() == one_by_one.completions.read_bytes()
    assert run.stdout == one_by_one.stdout


def test_samples_are_counted_as_pass_at_k_and_majority(play):
    def sometimes(request: Request) -> Reply:
        return analyst(request) if request.body["seed"] % 2 or not request.is_chat else says(request, "No idea.")

    run, server = play(sometimes, "--samples", "4", "--temperature", "1", episodes=8, dialect="chat")
    assert run.result["episodes"] == 32
    assert len({r.body["seed"] for r in server.requests if r.turn == 0}) == 32
    rates = [run.model["pass_at"][str(k)]["rate"] for k in (1, 2, 4)]
    assert 0 < rates[0] < rates[1] < rates[2] <= 1
    assert rates[0] == pytest.approx(run.result["successes"] / 32)
    assert run.model["majority"]["tasks"] == 8


# ---------------------------------------------------------------------- replay and resume


@pytest.mark.parametrize("dialect", DIALECTS)
def test_completions_replay_to_equal_bytes(play, tmp_path, dialect):
    def odd(request: Request) -> Reply:
        return says(request, "Hmm, let me think.") if request.number % 5 == 0 else analyst(request)

    run, _ = play(odd, "--concurrency", "1", dialect=dialect, episodes=12)
    again = tmp_path / "again.jsonl"
    replay = [NATIVE, "eval", "--replay-completions", run.completions, "--trajectories", again, "--json"]
    done = subprocess.run(replay, capture_output=True, timeout=60, check=False)
    assert done.returncode == run.status == 0, done.stderr
    assert again.read_bytes() == run.trajectories.read_bytes()
    assert done.stdout == run.stdout
    equal = subprocess.run([NATIVE, "replay", run.trajectories], capture_output=True, timeout=60, check=False)
    assert equal.returncode == 0, equal.stdout


def completed_lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") - 1 if path.exists() else 0


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("dialect", DIALECTS)
def test_an_interrupted_run_goes_on_to_the_same_bytes(tmp_path, dialect, number):
    def slowly(request: Request) -> Reply:
        reply = analyst(request)
        reply.delay = 0.01 + 0.03 * (len(request.question) % 4)
        return reply

    options = {"dialect": dialect, "episodes": 40}
    with ModelServer(slowly) as server:
        whole = Run(tmp_path / "whole", server.url, "--concurrency", "4", **options).finish()
        assert whole.status == 0, whole.stderr
        resumed = Run(tmp_path / "resumed", server.url, "--concurrency", "4",
                      "--resume", tmp_path / "resumed" / "run.completions.jsonl", **options)
        process = resumed.start()
        while completed_lines(resumed.completions) < 8:
            assert process.poll() is None
            time.sleep(0.01)
        process.send_signal(number)
        _, said = process.communicate(timeout=10)
        assert process.returncode == (-number if number == signal.SIGKILL else 1)
        if number != signal.SIGKILL:
            assert b"interrupted" in said and b"--resume" in said
            assert 0 < len(verdicts(resumed.trajectories)) < 40
        assert 8 <= completed_lines(resumed.completions) < 40
        before = server.turns
        resumed.finish()
    assert resumed.status == 0, resumed.stderr
    assert server.turns - before < 40 * 3  # what was played is not asked again
    assert resumed.trajectories.read_bytes() == whole.trajectories.read_bytes()
    assert resumed.completions.read_bytes() == whole.completions.read_bytes()
    assert resumed.stdout == whole.stdout


def test_a_file_that_was_cut_in_the_middle_of_a_line_goes_on(tmp_path):
    with ModelServer(analyst) as server:
        whole = Run(tmp_path / "whole", server.url).finish()
        kept = tmp_path / "cut" / "run.completions.jsonl"
        cut = Run(tmp_path / "cut", server.url, "--resume", kept)
        kept.write_bytes(whole.completions.read_bytes()[:-70])
        cut.finish()
    assert cut.status == 0, cut.stderr
    assert kept.read_bytes() == whole.completions.read_bytes()
    assert cut.trajectories.read_bytes() == whole.trajectories.read_bytes()


def test_a_run_is_not_written_over_another(tmp_path):
    with ModelServer(analyst) as server:
        whole = Run(tmp_path / "run", server.url).finish()
        kept = whole.completions.read_bytes()
        before = server.turns
        again = Run(tmp_path / "run", server.url).finish()
        assert server.turns == before
    assert again.status == 1 and "--resume" in again.stderr
    assert whole.completions.read_bytes() == kept


@pytest.mark.parametrize("arguments", [("--temperature", "0.5"), ("--seed", "9"), ("--max-tokens", "3"),
                                       ("--step-budget", "4"), ("--model-name", "other")])
def test_a_run_with_other_options_is_not_mixed_in(tmp_path, arguments):
    with ModelServer(analyst) as server:
        whole = Run(tmp_path / "whole", server.url).finish()
        kept = whole.completions.read_bytes()
        other = Run(tmp_path / "other", server.url, "--resume", whole.completions, *arguments).finish()
    assert other.status == 1 and "go on with the options with which it began" in other.stderr
    assert whole.completions.read_bytes() == kept


def test_a_damaged_file_is_an_error_that_names_the_line(tmp_path):
    with ModelServer(analyst) as server:
        whole = Run(tmp_path / "whole", server.url).finish()
        lines = whole.completions.read_bytes().splitlines(keepends=True)
        lines[2] = b'{"episode": "two"}\n'
        whole.completions.write_bytes(b"".join(lines))
        again = Run(tmp_path / "again", server.url, "--resume", whole.completions).finish()
    assert again.status == 1 and "line 3" in again.stderr
    assert whole.completions.read_bytes() == b"".join(lines)


# ---------------------------------------------------------------------- servers that are tried again


def waits(server: ModelServer) -> list[float]:
    begun = [request.begun for request in server.requests]
    return [later - sooner for sooner, later in itertools.pairwise(begun)]


def test_429_waits_as_long_as_the_server_says(play):
    busy = at(2, lambda r: refuses(429, "slow down", {"Retry-After": "2"}))
    run, server = play(busy, "--concurrency", "1", episodes=2)
    assert run.status == 0 and run.result["episodes"] == 2
    assert server.turns == 7
    assert waits(server)[1] >= 1.9 and waits(server)[0] < 1
    assert server.requests[1].body == server.requests[2].body


def test_429_waits_until_the_date_that_the_server_says(play):
    def busy(_: Request) -> Reply:
        until = datetime.now(UTC) + timedelta(seconds=3)
        return refuses(429, "slow down", {"Retry-After": format_datetime(until, usegmt=True)})

    run, server = play(at(2, busy), "--concurrency", "1", episodes=1)
    assert run.status == 0
    assert 1.5 <= waits(server)[1] < 5  # a date has whole seconds


def test_429_holds_all_episodes_back(play):
    def busy(request: Request) -> Reply:
        if 9 <= request.number < 17:
            return refuses(429, "too many", {"Retry-After": "1"})
        return analyst(request)

    run, server = play(busy, "--concurrency", "8", episodes=24)
    assert run.status == 0 and run.result["episodes"] == 24
    assert run.trajectories.read_bytes() == play(analyst, episodes=24)[0].trajectories.read_bytes()


@pytest.mark.parametrize("reply", [
    lambda r: refuses(503, "loading the model", {"Retry-After": "0"}),
    lambda r: refuses(500, "oops", {"Retry-After": "0"}),
    lambda r: Reply("<html>bad gateway</html>", 502, {"Retry-After": "0"}, "text/html"),
    lambda r: Reply(says(r, "D pet").body, cut=20),
    lambda r: Reply(says(r, "D pet").body, cut=0),
    lambda r: Reply(b"", 200, claims=500, cut=0),
], ids=["503", "500", "502 in HTML", "cut in the middle", "cut at once", "shorter than it says"])
@pytest.mark.parametrize("number", [1, 3])
def test_what_may_pass_is_tried_again(play, reply, number):
    run, server = play(at(number, reply), "--concurrency", "1", episodes=2)
    assert run.status == 0, run.stderr
    assert server.turns == 7
    assert run.trajectories.read_bytes() == play(analyst, episodes=2)[0].trajectories.read_bytes()


def test_retries_end(play):
    run, server = play(lambda r: refuses(503, "down for today", {"Retry-After": "0"}), "--retries", "3")
    assert run.status == 1 and server.turns == 4
    assert "503" in run.stderr and "down for today" in run.stderr
    none, server = play(lambda r: refuses(429, "no", {"Retry-After": "0"}), "--retries", "0")
    assert none.status == 1 and server.turns == 1


def test_a_wait_of_a_day_is_an_error(play):
    run, server = play(at(2, lambda r: refuses(429, "quota", {"Retry-After": "86400"})), "--concurrency", "1")
    assert run.seconds < 20 and run.status == 1
    assert "429" in run.stderr


def test_a_slow_server_times_out(play):
    def asleep(request: Request) -> Reply:
        reply = analyst(request)
        reply.delay = 5
        return reply

    run, server = play(asleep, "--timeout", "0.5", "--retries", "1", "--concurrency", "1")
    assert run.status == 1 and server.turns == 2
    assert "in time" in run.stderr and "--timeout" in run.stderr
    assert run.seconds < 10


def test_a_reply_that_drips_times_out(play):
    def drip(request: Request) -> Reply:
        def pieces():
            for byte in json.dumps(says(request, "D pet").body):
                time.sleep(0.2)
                yield byte.encode()

        return Reply(pieces())

    run, _ = play(drip, "--timeout", "1", "--retries", "0")
    assert run.status == 1 and "in time" in run.stderr and run.seconds < 10


# ---------------------------------------------------------------------- servers that are refused


@pytest.mark.parametrize(("reply", "said"), [
    (lambda r: Reply("garbage \x00\x01"), "not a completion: garbage"),
    (lambda r: Reply("<!doctype html><title>Welcome</title>", content_type="text/html"), "not a completion: <!doctype html>"),
    (lambda r: Reply({"choices": []}), "choice"),
    (lambda r: Reply({"choices": [{"index": 0}]}), "completion|text|message"),
    (lambda r: Reply({}), "completion|choices"),
    (lambda r: Reply("[1, 2]"), "completion|object|JSON"),
    (lambda r: Reply(""), "empty|nothing|JSON"),
    (lambda r: refuses(401, "invalid api key"), "key"),
    (lambda r: refuses(403, "not for you"), "key"),
    (lambda r: refuses(402, "pay first"), "spend"),
    (lambda r: refuses(404, "The model `tiny` does not exist", code="model_not_found"), "model"),
    (lambda r: Reply("Not Found", 404, content_type="text/plain"), "/v1"),
    (lambda r: refuses(400, "unknown field grammar"), "unknown field grammar"),
    (lambda r: refuses(418, "teapot"), "418"),
], ids=itertools.count())
def test_a_server_that_cannot_play_ends_the_run_at_once(play, reply, said):
    run, server = play(reply, episodes=50)
    assert run.status == 1
    assert server.turns == 1, "a failure that every episode would meet is asked for once"
    assert re.search(said, run.stderr), run.stderr
    assert run.stderr.count("\n") <= 3 and "sqlenv eval: " in run.stderr


def test_partial_results_are_kept_when_the_server_fails_later(play):
    def dies(request: Request) -> Reply:
        return analyst(request) if request.number <= 30 else refuses(401, "key revoked")

    run, _ = play(dies, "--concurrency", "1", episodes=50)
    assert run.status == 1 and "key" in run.stderr
    assert run.result["episodes"] == 10 and len(verdicts(run.trajectories)) == 10
    assert run.model["ended_early"]["reason"].startswith("KEY_")
    assert completed_lines(run.completions) == 10
    assert "--resume" in run.stderr


def test_one_lost_episode_does_not_end_the_run(play):
    run, _ = play(at(7, lambda r: refuses(400, "maximum context length exceeded", code="context_length_exceeded")),
                  "--concurrency", "1", episodes=6)
    assert run.status == 1
    assert run.result["episodes"] == 6
    assert run.model["lost"] == {"CONTEXT_EXCEEDED": 1}
    assert run.result["failures"]["MODEL_ERROR"] == 1
    assert len(verdicts(run.trajectories)) == 5


@pytest.mark.parametrize("stated", [True, False], ids=["with its length", "without"])
def test_a_reply_of_100_mb_is_broken_off(tmp_path, stated):
    sent = []

    def huge(request: Request) -> Reply:
        def pieces():
            yield b'{"choices": [{"text": "'
            for _ in range(100):
                sent.append(1)
                yield b"x" * (1 << 20)

        return Reply(b"x" * (100 << 20)) if stated else Reply(pieces())

    with ModelServer(huge) as server:
        run = Run(tmp_path / "run", server.url)
        run.command = ["sh", "-c", 'ulimit -d 131072; exec "$@"', "sh", *run.command]  # KiB of memory
        run.finish()
    assert run.status == 1 and "too large" in run.stderr
    assert server.turns == 1
    assert sum(sent) < 50


def test_a_completion_of_8_mb_is_one_unreadable_turn(play):
    run, _ = play(at(2, lambda r: says(r, "blah " * 1_000_000)), "--concurrency", "1", episodes=2)
    assert run.status == 0, run.stderr
    assert run.model["unreadable"] == 1
    assert run.trajectories.stat().st_size < 1 << 20


def sse(request: Request, pieces: list[dict]) -> Reply:
    lines = [f"data: {json.dumps(piece)}\n\n" for piece in pieces]
    return Reply("".join(lines) + "data: [DONE]\n\n", content_type="text/event-stream")


def test_streams_that_nobody_asked_for(play):
    def streams(request: Request) -> Reply:
        whole = analyst(request).body["choices"][0]
        if not request.is_chat:
            half = len(whole["text"]) // 2
            parts = [whole["text"][:half], whole["text"][half:]]
            return sse(request, [{"choices": [{"index": 0, "text": part}]} for part in parts])
        call = whole["message"]["tool_calls"][0]
        name, arguments = call["function"]["name"], call["function"]["arguments"]
        half = len(arguments) // 2
        deltas = [{"role": "assistant"},
                  {"tool_calls": [{"index": 0, "id": call["id"], "type": "function",
                                   "function": {"name": name, "arguments": ""}}]},
                  {"tool_calls": [{"index": 0, "function": {"arguments": arguments[:half]}}]},
                  {"tool_calls": [{"index": 0, "function": {"arguments": arguments[half:]}}]}]
        return sse(request, [{"choices": [{"index": 0, "delta": delta}]} for delta in deltas])

    for dialect in DIALECTS:
        run, _ = play(streams, dialect=dialect)
        assert run.status == 0, run.stderr
        assert verdicts(run.trajectories) == [knows(question) for question in questions(run.trajectories)]


@pytest.mark.parametrize("shape", ["object", "function_call", "text", "parts", "fenced", "two", "no id"])
def test_tool_calls_in_odd_shapes(play, shape):
    def odd(request: Request) -> Reply:
        reply = analyst(request)
        message = reply.body["choices"][0]["message"]
        call = message["tool_calls"][0]["function"]
        arguments = json.loads(call["arguments"])
        action = {"action_type": call["name"].upper(), "argument": next(iter(arguments.values()))}
        if shape == "object":
            call["arguments"] = arguments
        elif shape == "function_call":
            message["function_call"] = call
            del message["tool_calls"]
        elif shape == "two":
            message["tool_calls"].append({"id": "b", "type": "function",
                                          "function": {"name": "answer", "arguments": '{"value": "0"}'}})
        elif shape == "no id":
            del message["tool_calls"][0]["id"]
        else:
            text = json.dumps(action)
            content = {"text": text, "parts": [{"type": "text", "text": text}],
                       "fenced": f"Let me look.\n```json\n{text}\n```"}[shape]
            reply.body["choices"][0]["message"] = {"role": "assistant", "content": content}
        return reply

    run, _ = play(odd, dialect="chat")
    assert run.status == 0, run.stderr
    assert verdicts(run.trajectories) == [knows(question) for question in questions(run.trajectories)]
    assert run.model["several"] == (18 if shape == "two" else 0)


# ---------------------------------------------------------------------- models that do not play well


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_model_that_never_stops(play, dialect):
    run, server = play(lambda r: says(r, "the the the " * 300, "length"), "--step-budget", "5", dialect=dialect)
    assert run.status == 0, run.stderr
    assert server.turns == 6 * 5
    assert run.model["unreadable"] == run.model["cut"] == 30
    assert run.model["budget_spent"] == 6
    assert run.result["successes"] == 0


@pytest.mark.parametrize("dialect", DIALECTS)
def test_a_model_that_repeats_one_wrong_action(play, dialect):
    def stubborn(request: Request) -> Reply:
        return calls(request, "describe", {"table": "nope"}) if request.is_chat else says(request, "D nope")

    run, server = play(stubborn, "--step-budget", "5", dialect=dialect)
    assert run.status == 0, run.stderr
    assert server.turns == 6 * 5
    assert run.model["repeats"] == 6 * 4
    assert run.result["step_errors"]["NO_SUCH_TABLE"] == 6 * 5


@pytest.mark.parametrize("dialect", DIALECTS)
def test_silent_models_spend_their_steps(play, dialect):
    run, server = play(lambda r: says(r, ""), "--step-budget", "3", dialect=dialect, episodes=2)
    assert run.status == 0, run.stderr
    assert server.turns == 6 and run.model["unreadable"] == 6


def test_a_budget_of_tokens_stops_cleanly(play, tmp_path):
    whole, _ = play(analyst, "--concurrency", "1", episodes=20)
    spent = whole.model["prompt_tokens"] + whole.model["completion_tokens"]
    run, server = play(analyst, "--concurrency", "1", "--max-total-tokens", spent // 2, episodes=20)
    assert run.status == 0
    assert run.model["ended_early"]["reason"] == "TOKEN_BUDGET"
    used = sum(sum(usage(r, "").values()) // 2 for r in server.requests)
    assert spent // 2 - 300 < used < spent // 2 + 300
    played = run.result["episodes"]
    assert 5 < played < 15
    assert whole.trajectories.read_bytes().startswith(run.trajectories.read_bytes())
    with ModelServer(analyst) as server:
        rest = Run(run.folder, server.url, "--resume", run.completions, episodes=20).finish()
    assert rest.status == 0, rest.stderr
    assert rest.trajectories.read_bytes() == whole.trajectories.read_bytes()


# ---------------------------------------------------------------------- addresses and keys


def test_a_dead_address(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens
        run = Run(tmp_path / "run", f"http://127.0.0.1:{taken.getsockname()[1]}/v1").finish()
    assert run.status == 1 and run.seconds < 10
    assert "cannot be reached" in run.stderr
    nowhere = Run(tmp_path / "nowhere", "http://no-such-host.invalid/v1").finish()
    assert nowhere.status == 1 and "cannot be reached" in nowhere.stderr


def test_a_certificate_that_nobody_signed(tmp_path):
    with ModelServer(analyst, certificate=certificate(tmp_path)) as server:
        run = Run(tmp_path / "run", server.url, key=KEY).finish()
        assert server.turns == 0
    assert run.status == 1 and "certificate" in run.stderr.lower()
    with ModelServer(analyst) as server:
        plain = Run(tmp_path / "plain", server.url.replace("http:", "https:")).finish()
    assert plain.status == 1 and "secure connection" in plain.stderr


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(tmp_path, status):
    with ModelServer(analyst) as elsewhere:
        target = elsewhere.url + "/completions?token=secret-in-link"
        with ModelServer(lambda r: Reply(b"", status, {"Location": target})) as server:
            run = Run(tmp_path / "run", server.url, key=KEY).finish()
        assert elsewhere.turns == 0
    assert server.turns == 1
    assert run.status == 1 and "sends elsewhere" in run.stderr
    assert "secret-in-link" not in run.stderr


def test_a_redirect_to_the_same_server_is_named(tmp_path):
    def moved(request: Request) -> Reply:
        return Reply(b"", 308, {"Location": "/api/v1/completions"}) if request.path.startswith("/v1") else analyst(request)

    with ModelServer(moved) as server:
        run = Run(tmp_path / "run", server.url).finish()
        assert run.status == 1 and "/api/v1/completions" in run.stderr
        right = Run(tmp_path / "right", server.url.replace("/v1", "/api/v1")).finish()
    assert right.status == 0, right.stderr


@pytest.mark.parametrize(("value", "said"), [(None, "is not set"), ("", "holds no key"), ("two words", "holds no key"),
                                             ("line\nbreak", "holds no key"), ("clé", "holds no key")])
def test_keys_that_are_missing_or_none(tmp_path, value, said):
    with ModelServer(analyst) as server:
        run = Run(tmp_path / "run", server.url, key=value if value is not None else "x")
        if value is None:
            del run.environment["TEST_MODEL_KEY"]
        run.finish()
        assert server.turns == 0
    assert run.status == 1 and said in run.stderr and "TEST_MODEL_KEY" in run.stderr
    if value:
        assert value not in run.stderr


@pytest.mark.parametrize("url", ["ftp://127.0.0.1/v1", "127.0.0.1:8080", "http://", "http://user:pass@127.0.0.1/v1",
                                 "http://127.0.0.1:99999/v1", "http://127.0.0.1/v1?key=abc", "http://127.0.0.1/v1#x"])
def test_addresses_that_are_none(tmp_path, url):
    run = Run(tmp_path / "run", url).finish()
    assert run.status in (1, 2) and run.stderr
    assert "pass" not in run.stderr.replace("password", "") and "key=abc" not in run.stderr


@pytest.mark.parametrize("status", [200, 400, 401, 404, 429, 500])
def test_the_key_is_nowhere(play, status):
    """Also where the server repeats it, in words, in headers and in what the model says."""
    def echo(request: Request) -> Reply:
        seen = request.headers["authorization"]
        if status == 200 and request.turn < 2:
            return says(request, f"Q SELECT '{seen}'")
        if status == 200:
            return analyst(request)
        return refuses(status, f"Incorrect API key provided: {seen}",
                       {"Retry-After": "0", "X-Seen": seen, "WWW-Authenticate": f"Bearer {seen}"})

    run, server = play(echo, "--retries", "1", "--failures", key=KEY, episodes=2)
    assert all(request.headers["authorization"] == f"Bearer {KEY}" for request in server.requests)
    assert run.status == (0 if status == 200 else 1)
    assert KEY.encode() not in run.everything()


def test_the_key_is_not_on_the_command_line_of_any_process(tmp_path):
    seen = []

    def look(request: Request) -> Reply:
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                seen.append(KEY.encode() in path.read_bytes())
            except OSError:
                continue
        return analyst(request)

    with ModelServer(look) as server:
        assert Run(tmp_path / "run", server.url, key=KEY, episodes=1).finish().status == 0
    assert seen and not any(seen)
