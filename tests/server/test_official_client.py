"""The framework's own client, unmodified, plays whole episodes."""

import pytest

core = pytest.importorskip(
    "openenv.core", reason="the Python package openenv is not installed: run scripts/setup python"
)


@pytest.fixture
def environment(server):
    with core.GenericEnvClient(base_url=f"http://{server.address}").sync() as client:
        yield client


def test_plays_an_episode(environment):
    result = environment.reset(question_id="music_train_001", seed=3, episode_id="official")
    assert result.observation["question"] == "How many singers are there?"
    assert result.reward is None and result.done is False
    result = environment.step({"action_type": "DESCRIBE", "argument": "singer"})
    assert "age REAL" in result.observation["result"] and result.reward is not None
    result = environment.step({"action_type": "QUERY", "argument": "SELECT count(*) FROM singer"})
    assert "\n3\n" in result.observation["result"]
    assert environment.state() == {"episode_id": "official", "step_count": 2}
    result = environment.step({"action_type": "ANSWER", "argument": "3", "metadata": {}})
    assert result.reward == 1.0 and result.done is True
    assert environment.reset(question_id="music_eval_001").done is False


def test_errors_reach_the_caller_and_the_session_goes_on(environment):
    with pytest.raises(RuntimeError, match="EXECUTION_ERROR"):
        environment.step({"action_type": "SAMPLE", "argument": "band"})
    with pytest.raises(RuntimeError, match="VALIDATION_ERROR"):
        environment.reset(database="nope")
    assert environment.reset(database="music").done is False
    with pytest.raises(RuntimeError, match="VALIDATION_ERROR"):
        environment.step({"sql": "SELECT 1"})
    result = environment.step({"action_type": "QUERY", "argument": "SELEC 1"})
    assert result.observation["error"].startswith("SYNTAX")
