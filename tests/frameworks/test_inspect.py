"""sqlenv.inspect in the real package: its registry, its run and its program `inspect eval`."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("inspect_ai", reason="inspect-ai is not installed: run scripts/setup frameworks")

from inspect_ai import eval as inspect_eval  # noqa: E402
from inspect_ai.model import ModelOutput, ModelUsage, get_model  # noqa: E402
from inspect_ai.tool import ToolCall  # noqa: E402

from sqlenv.agents import model_tools  # noqa: E402

from .conftest import SITE, program  # noqa: E402

USAGE = ModelUsage(input_tokens=5, output_tokens=3, total_tokens=8)

# A model that answers 1 after one query, for the program, which takes models by their names.
PLUGIN = '''
from inspect_ai.model import ChatMessageAssistant, ModelAPI, ModelOutput, ModelUsage, modelapi

@modelapi(name="scripted")
class Scripted(ModelAPI):
    async def generate(self, input, tools, tool_choice, config):
        asked = sum(message.role == "assistant" for message in input)
        name, arguments = [("query", {"sql": "SELECT 1"}), ("answer", {"value": "1"})][asked]
        output = ModelOutput.for_tool_call("scripted", name, arguments)
        output.usage = ModelUsage(input_tokens=5, output_tokens=3, total_tokens=8)
        return output
'''


def calls(*some: tuple[str, dict]) -> ModelOutput:
    output = ModelOutput.for_tool_call("mockllm", *some[0])
    output.message.tool_calls += [ToolCall(id=name, function=name, arguments=args) for name, args in some[1:]]
    output.usage = USAGE
    return output


def says(text: str, stop_reason: str = "stop") -> ModelOutput:
    output = ModelOutput.from_content("mockllm", text, stop_reason)
    output.usage = USAGE
    return output


def run(model, folder, **options):
    arguments = {"database": "pets_1", **options.pop("task_args", {})}
    (log,) = inspect_eval(
        "sqlenv/starter", model=get_model("mockllm/model", custom_outputs=model), task_args=arguments,
        display="none", log_dir=str(folder), **options,
    )  # fmt: skip
    assert log.status == "success", log.error
    return log


def turn_of(messages) -> int:
    return sum(message.role == "assistant" for message in messages)


def test_right_play_is_scored_right(oracle, expected, tmp_path):
    def model(messages, tools, tool_choice, config):
        assert [tool.name for tool in tools] == ["describe", "sample", "query", "answer"]
        question = messages[1].content.removeprefix("Question: ").split("\n\nTables: ")[0]
        return calls(oracle[question][turn_of(messages)])

    log = run(model, tmp_path)
    assert log.eval.task == "sqlenv/starter"
    (score,) = log.results.scores
    assert score.metrics["accuracy"].value == 1.0 and score.scored_samples == 15
    assert {"stderr", "easy", "medium", "hard"} <= set(score.metrics)
    # Samples are played at the same time, each with an episode of its own.
    assert [sample.scores["verdict"].metadata["trajectory"] for sample in log.samples] == expected
    for sample in log.samples:
        assert sample.metadata["difficulty"] in ("easy", "medium", "hard") and sample.target == ""
        assert sample.messages[2].tool_calls[0].function in ("describe", "query", "answer")
        assert sample.messages[3].tool_call_id == sample.messages[2].tool_calls[0].id


def test_the_tools_are_those_of_the_dialect(tmp_path):
    seen = []

    def model(messages, tools, tool_choice, config):
        seen.append(tools)
        return calls(("answer", {"value": "x"}))

    run(model, tmp_path, limit=1)
    for tool, ours in zip(seen[0], model_tools(), strict=True):
        assert (tool.name, tool.description) == (ours["function"]["name"], ours["function"]["description"])
        assert list(tool.parameters.properties) == list(ours["function"]["parameters"]["properties"])


def test_text_nonsense_and_several_calls(tmp_path):
    def model(messages, tools, tool_choice, config):
        return [
            says("Hm."),
            says(""),
            calls(("query", {"sql": "SELECT 1"}), ("answer", {"value": "1"})),
            says("Q", "max_tokens"),
            says("Final answer: nothing"),
        ][turn_of(messages)]

    log = run(model, tmp_path, limit=4, epochs=2)
    assert len(log.samples) == 8
    for sample in log.samples:
        record = sample.scores["verdict"].metadata
        assert (sample.scores["verdict"].value, record["steps"], record["answer"]) == ("I", 5, "nothing")
        assert "cut off" in sample.messages[9].content and sample.messages[3].role == "user"
        assert len(sample.messages[6].tool_calls) == 1, "a call without an answer is an error to servers"


def test_plain_text_and_limits(tmp_path):
    def model(messages, tools, tool_choice, config):
        assert not tools
        return says('{"action_type": "QUERY", "argument": "SELECT 1"}')

    spent = run(model, tmp_path, task_args={"tools": False, "step_budget": 3}, limit=2)
    for sample in spent.samples:
        assert sample.scores["verdict"].explanation == "NO_ANSWER"
        assert sample.scores["verdict"].metadata["steps"] == 3
    stopped = run(model, tmp_path, task_args={"tools": False}, limit=2, token_limit=20)
    assert {sample.scores["verdict"].explanation for sample in stopped.samples} == {"NOT_ENDED"}
    assert {sample.limit.type for sample in stopped.samples} == {"token"}


@pytest.fixture
def scripted_model():
    """A package with a model, as an installed one registers it."""
    info = SITE / "scripted_models-1.0.dist-info"
    info.mkdir()
    (SITE / "scripted_models.py").write_text(PLUGIN)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted-models\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[inspect_ai]\nscripted_models = scripted_models\n")
    return "scripted/model"


def test_the_program(scripted_model, tmp_path):
    done = program(
        "inspect", "eval", "sqlenv/starter", "--model", scripted_model, "-T", "difficulty=easy", "--limit", 5,
        "--display", "plain", "--log-format", "json", folder=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    (file,) = tmp_path.glob("logs/*.json")
    log = json.loads(file.read_text())
    assert log["status"] == "success" and len(log["samples"]) == 5
    assert {sample["metadata"]["difficulty"] for sample in log["samples"]} == {"easy"}
    assert {sample["scores"]["verdict"]["metadata"]["steps"] for sample in log["samples"]} == {2}
