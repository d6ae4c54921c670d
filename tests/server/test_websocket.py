"""The WebSocket at /ws: whole episodes, and everything a client can get wrong."""

import json
import re

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus

ENDLESS = "WITH RECURSIVE t(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM t) SELECT x FROM t"
MILLION = ENDLESS + " LIMIT 1000000"


def test_a_whole_episode(server):
    with server.session() as session:
        first = session.reset(question_id="music_train_001", seed=5, episode_id="mine")
        assert first["reward"] is None and first["done"] is False
        observation = first["observation"]
        assert set(observation) == {
            "question", "schema_info", "result", "error", "step_count", "budget_remaining",
            "action_history",
        }  # fmt: skip
        assert observation["question"] == "How many singers are there?"
        assert "band" in observation["schema_info"]
        assert session.state() == {"episode_id": "mine", "step_count": 0}

        described = session.step("describe", "singer")
        assert "age REAL" in described["observation"]["result"]
        assert isinstance(described["reward"], float) and described["done"] is False
        sampled = session.step("SAMPLE", "band")
        assert "Die Ärzte" in sampled["observation"]["result"]
        queried = session.step("QUERY", "SELECT count(*) FROM singer")
        assert "\n3\n" in queried["observation"]["result"]
        answered = session.step("ANSWER", "3")
        assert answered["reward"] == 1.0 and answered["done"] is True
        assert session.state() == {"episode_id": "mine", "step_count": 4}

        lines = session.say({"type": "trajectory"})["data"]["jsonl"].splitlines()
        assert json.loads(lines[0])["seed"] == 5
        assert [json.loads(line)["reward"] for line in lines[1:-1]][-1] == 1.0
        assert json.loads(lines[-1])["verdict"]["correct"] is True

        again = session.reset(question_id="music_eval_001")
        assert again["observation"]["step_count"] == 0
        assert session.step("ANSWER", "Bo")["reward"] == 1.0


def test_equal_actions_give_equal_bytes(server):
    def play() -> list[str]:
        with server.websocket() as socket:
            replies = []
            for message in (
                {"type": "reset", "data": {"seed": 11}},
                {"type": "step", "data": {"action_type": "SAMPLE", "argument": "singer"}},
                {"type": "step", "data": {"action_type": "QUERY", "argument": "SELECT 1.5, 'ä'"}},
                {"type": "step", "data": {"action_type": "ANSWER", "argument": "x"}},
                {"type": "trajectory"},
            ):
                socket.send(json.dumps(message))
                replies.append(socket.recv(timeout=10))
            return replies

    assert play() == play()


def test_an_episode_without_a_name_gets_one(server):
    with server.session() as session:
        session.reset()
        uuid4 = r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"
        assert re.fullmatch(uuid4, session.state()["episode_id"])


def test_sessions_are_apart(server):
    with server.session() as one, server.session() as two:
        one.reset(episode_id="one")
        two.reset(episode_id="two")
        one.step("SAMPLE", "band")
        assert one.state() == {"episode_id": "one", "step_count": 1}
        assert two.state() == {"episode_id": "two", "step_count": 0}


def test_requests_may_be_sent_ahead(server):
    with server.websocket() as socket:
        socket.send('{"type": "reset", "data": {"step_budget": 100}}')
        for number in range(50):
            action = {"action_type": "QUERY", "argument": f"SELECT {number}"}
            socket.send(json.dumps({"type": "step", "data": action}))
        replies = [json.loads(socket.recv(timeout=10))["data"]["observation"] for _ in range(51)]
        assert [reply["step_count"] for reply in replies] == list(range(51))
        assert replies[-1]["result"].splitlines()[1] == "49"


# Stopped by the budget of operations or, on a slow machine, by the clock.
STOPPED = "OPERATION_BUDGET|TIMEOUT"

WRONG_ACTIONS = [
    ("DANCE", "singer", "UNKNOWN_ACTION"),
    ("", "singer", "UNKNOWN_ACTION"),
    ("QUERY", " \t", "BLANK_ARGUMENT"),
    ("DESCRIBE", "", "BLANK_ARGUMENT"),
    ("DESCRIBE", "singr", "NO_SUCH_TABLE"),
    ("SAMPLE", "../../etc/passwd", "NO_SUCH_TABLE"),
    ("QUERY", "SELEC 1", "SYNTAX"),
    ("QUERY", "SELECT nme FROM singer", "NO_SUCH_COLUMN"),
    ("QUERY", "SELECT * FROM nowhere", "NO_SUCH_TABLE"),
    ("QUERY", "DELETE FROM singer", "NOT_READ_ONLY"),
    ("QUERY", "INSERT INTO band VALUES (2, 'x')", "NOT_READ_ONLY"),
    ("QUERY", "CREATE TABLE x (y)", "NOT_READ_ONLY"),
    ("QUERY", "ATTACH '/etc/passwd' AS p", "NOT_READ_ONLY"),
    ("QUERY", "PRAGMA writable_schema = 1", "NOT_READ_ONLY"),
    ("QUERY", "SELECT 1; SELECT 2", "MULTIPLE_STATEMENTS"),
    ("QUERY", "SELECT 1; DROP TABLE singer", "MULTIPLE_STATEMENTS"),
    ("QUERY", ENDLESS, "TOO_LARGE"),
    ("QUERY", f"SELECT count(*) FROM ({ENDLESS})", STOPPED),
    ("QUERY", MILLION, "TOO_LARGE"),
]


@pytest.mark.parametrize(("action_type", "argument", "code"), WRONG_ACTIONS)
def test_a_wrong_action_spends_a_step_and_the_episode_goes_on(server, action_type, argument, code):
    with server.session() as session:
        session.reset(question_id="music_train_001")
        observation = session.step(action_type, argument)["observation"]
        assert re.match(f"({code}): ", observation["error"]), observation["error"]
        assert observation["result"] == "" and observation["step_count"] == 1
        queried = session.step("QUERY", "SELECT count(*), (SELECT count(*) FROM band) FROM singer")
        assert "\n3 | 1\n" in queried["observation"]["result"]  # nothing was written
        assert session.step("ANSWER", "3")["reward"] == 1.0


MALFORMED = [
    ("not json", "INVALID_JSON"),
    ("", "INVALID_JSON"),
    ('{"type": "step", "data": {"action_type": "QUERY", "argument": "\\ud800"}}', "INVALID_JSON"),
    ("{}", "UNKNOWN_TYPE"),
    ('{"type": null}', "UNKNOWN_TYPE"),
    ('{"type": "ping"}', "UNKNOWN_TYPE"),
    ('{"type": "step"}', "VALIDATION_ERROR"),
    ('{"type": "step", "data": null}', "VALIDATION_ERROR"),
    ('{"type": "step", "data": {"action_type": "QUERY"}}', "VALIDATION_ERROR"),
    ('{"type": "step", "data": {"action_type": "QUERY", "argument": 1}}', "VALIDATION_ERROR"),
    ('{"type": "step", "data": {"action": {}}}', "VALIDATION_ERROR"),
    ('{"type": "reset", "data": []}', "VALIDATION_ERROR"),
    ('{"type": "reset", "data": {"seed": -1}}', "VALIDATION_ERROR"),
    ('{"type": "reset", "data": {"question_id": "nope"}}', "VALIDATION_ERROR"),
    ('{"type": "reset", "data": {"difficulty": "impossible"}}', "VALIDATION_ERROR"),
    ('{"type": "state", "data": {}}', "VALIDATION_ERROR"),
    ('{"type": "trajectory"}', "EXECUTION_ERROR"),
    ('{"type":"reset","data":' + "[" * 100_000 + "]" * 100_000 + "}", "VALIDATION_ERROR"),
]


@pytest.mark.parametrize(("text", "code"), MALFORMED, ids=lambda value: str(value)[:40])
def test_a_malformed_message_spends_nothing(server, text, code):
    with server.session() as session:
        session.reset(episode_id="kept")
        error = session.error(text)
        assert error["code"] == code and error["message"]
        assert ("errors" in error) == (code == "VALIDATION_ERROR")
        assert session.state() == {"episode_id": "kept", "step_count": 0}
        assert session.step("SAMPLE", "band")["observation"]["error"] == ""


def test_step_before_reset(server):
    with server.session() as session:
        assert session.state() == {"episode_id": None, "step_count": 0}
        action = {"action_type": "SAMPLE", "argument": "band"}
        error = session.error({"type": "step", "data": action})
        assert error["code"] == "EXECUTION_ERROR" and "reset" in error["message"]
        session.reset()


@pytest.mark.parametrize("message", ["[1]", "7", "null", '"reset"', b'{"type": "state"}'])
def test_an_invalid_message_ends_the_session(server, message):
    with server.websocket() as socket:
        socket.send(message)
        reply = json.loads(socket.recv(timeout=10))
        assert (reply["type"], reply["data"]["code"]) == ("error", "SESSION_ERROR")
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=10)
        assert closed.value.rcvd.code == 1000


def test_close_is_answered_by_closing(server):
    with server.websocket() as socket:
        socket.send('{"type": "close"}')
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=10)
        assert closed.value.rcvd.code == 1000


def test_a_message_over_a_mebibyte_is_too_big(server):
    with server.websocket() as socket:
        socket.send("x" * (1 << 20))
        assert json.loads(socket.recv(timeout=10))["data"]["code"] == "INVALID_JSON"
        socket.send("x" * ((1 << 20) + 1))
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(timeout=10)
        assert closed.value.rcvd.code == 1009


def test_other_paths_refuse_the_handshake(server):
    with pytest.raises(InvalidStatus) as refused:
        server.websocket("/elsewhere")
    assert refused.value.response.status_code == 403


def test_a_client_that_offers_compression_is_served_without(server):
    from websockets.sync.client import connect

    with connect(f"ws://{server.address}/ws") as socket:
        socket.send('{"type": "state"}')
        assert json.loads(socket.recv(timeout=10))["type"] == "state"
        assert not socket.protocol.extensions


def test_nothing_of_the_gold_before_the_end_and_no_secret_ever(server, pack):
    from tests.server.conftest import SECRET

    with server.websocket() as socket:
        replies = []

        def say(message: object) -> None:
            socket.send(message if isinstance(message, str) else json.dumps(message))
            replies.append(socket.recv(timeout=10))

        say({"type": "reset", "data": {"question_id": "music_train_001"}})
        for action_type, argument, _ in WRONG_ACTIONS[:14]:
            action = {"action_type": action_type, "argument": argument}
            say({"type": "step", "data": action})
            assert "gold" not in replies[-1] and "progress" not in replies[-1]
        say({"type": "trajectory"})
        for text, _ in MALFORMED:
            say(text)
        assert not any("gold" in text or "progress" in text for text in replies)
        assert not any(SECRET in text or str(pack) in text for text in replies)
