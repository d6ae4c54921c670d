"""GPU training through the real trainer: TRL's GRPOTrainer on the processor, with a tiny Qwen3 model
that is made on the spot. `make tiny-model` installs what it needs and runs this; elsewhere it is
skipped.
"""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sqlenv import Env
from sqlenv.agents import AgentEnv
from sqlenv.tools import ToolEnv
from sqlenv.trl_compact import CompactRollouts
from sqlenv.trl_training import (
    NEEDS,
    TOOLS,
    TrlSettings,
    gpu_reason,
    make_trainer,
    model_completer,
    play_chat,
    success_curve,
    train_rows,
)

from . import tiny_model
from .conftest import ROOT
from .tiny_model import call_text

missing = [name for name in NEEDS if importlib.util.find_spec(name) is None]
pytestmark = pytest.mark.skipif(
    bool(missing), reason=f"not installed: {', '.join(missing)}; `make tiny-model` installs them"
)

QUESTION = "flight_2_train_022"
LOOK = call_text("describe", table="codeshare")
ASK = call_text("query", sql="SELECT COUNT(*) FROM codeshare WHERE seat_quota IS NULL")
# A number in place of a text, as models send it; the trainer must accept both in one group.
RIGHT, WRONG = call_text("answer", value=21), call_text("answer", value="7")
NO_TOOL, BAD = call_text("drop", table="codeshare"), "<tool_call>\n{oops\n</tool_call>"
# The texts of a group's rollouts in order, with the return of each under v3.
GROUP = [
    ([LOOK, ASK, RIGHT, "Done."], 1.15),
    ([LOOK, WRONG, "Done."], -0.005),
    ([NO_TOOL, LOOK, ASK, RIGHT, LOOK, "Done."], 1.15),
    ([BAD], 0.0),
]
OTHER = "poker_player_train_001"
OTHER_ASKED = [
    call_text("describe", table="player"),
    call_text("query", sql="SELECT COUNT(*) FROM player WHERE nickname IS NULL"),
    call_text("answer", value="24"),
    "Done.",
]


@pytest.fixture(scope="module")
def row(catalog) -> dict[str, Any]:
    return next(row for row in train_rows(catalog) if row["question_id"] == QUESTION)


@pytest.fixture(scope="module")
def folder(catalog, row, tmp_path_factory) -> Path:
    """A model's folder."""
    import torch
    from transformers.utils import get_json_schema

    torch.set_num_threads(1)  # on a busy machine two wait for each other
    env = ToolEnv(catalog)
    spoken = [m["content"] for m in tiny_model.conversation(env, row, GROUP[0][0])]
    schemas = [json.dumps(get_json_schema(getattr(env, name))) for name in TOOLS]
    names = [env.reset(question_id=OTHER), *OTHER_ASKED, env.describe("player")]
    tokenizer = tiny_model.make_tokenizer([*schemas, *spoken, *names])
    model = tiny_model.make_model(tokenizer)
    return tiny_model.save(model, tokenizer, tmp_path_factory.mktemp("model") / "tiny")


def tiny_settings(folder: Path, **more: Any) -> TrlSettings:
    return TrlSettings(
        **{"model": str(folder), "output": str(folder.parent / "run"), "cpu": True, "steps": 2,
           "prompts": 1, "group": 4, "rate": 1e-3, "completion_tokens": 1000, **more}
    )  # fmt: skip


def scripted(folder: Path, script: list[list[str]]) -> Any:
    """The tiny model, except that `generate` gives the script's next text for each rollout. `prompts`
    holds what each call was given."""
    import torch
    from transformers import AutoTokenizer, Qwen3ForCausalLM

    tokenizer = AutoTokenizer.from_pretrained(folder)

    class Scripted(Qwen3ForCausalLM):  # type: ignore[misc]
        def generate(self, input_ids: Any, attention_mask: Any, **_: Any) -> Any:
            texts = tokenizer.batch_decode(input_ids)
            self.prompts.append([text.replace(tiny_model.TEXT_END, "") for text in texts])
            # The trainer goes on with the rollouts that called a tool, in their order.
            self.turns = [rest[1:] for rest in self.turns if is_call(rest[0])] or script
            assert len(self.turns) == len(input_ids)
            said = [tokenizer(rest[0] + tiny_model.END)["input_ids"] for rest in self.turns]
            longest = max(map(len, said))
            rows = [ids + [tokenizer.pad_token_id] * (longest - len(ids)) for ids in said]
            return torch.cat([input_ids, torch.tensor(rows)], dim=1)

    model = Scripted.from_pretrained(folder)
    model.prompts, model.turns = [], []
    return model


def is_call(text: str) -> bool:
    return text.startswith("<tool_call>") and text != BAD


def weights(model: Any) -> dict[str, Any]:
    return {name: value.detach().clone() for name, value in model.named_parameters()}


def logged(trainer: Any, name: str) -> list[float]:
    return [float(entry[name]) for entry in trainer.state.log_history if name in entry]


def test_a_processor_is_taken_only_when_asked_for(folder) -> None:
    import torch

    assert gpu_reason(cpu=True) == ""
    if not torch.cuda.is_available():
        assert gpu_reason() == "torch sees no GPU"


def test_a_model_that_talks_nonsense_is_trained_for_two_steps(catalog, row, folder) -> None:
    """The tiny model itself generates. It calls no tool and gets no reward of the environment, so
    another reward moves its weights."""

    def brevity(completion_ids: list[list[int]], **_: Any) -> list[float]:
        return [-len(set(ids)) / len(ids) for ids in completion_ids]

    settings = tiny_settings(folder, completion_tokens=24)
    trainer = make_trainer(
        settings, catalog, rows=[row], reward_funcs=[brevity],
        # Most completions are cut off.
        overrides={"mask_truncated_completions": False, "save_strategy": "no"},
    )  # fmt: skip
    before = weights(trainer.model)
    trainer.train()
    assert trainer.state.global_step == 2
    assert any((before[name] != value).any() for name, value in weights(trainer.model).items())
    assert logged(trainer, "rewards/ToolEnv/mean") == [0.0, 0.0]
    assert len(success_curve(trainer.state.log_history)) == 2


def test_an_episode_is_won_through_the_trainers_own_tool_loop(catalog, row, folder) -> None:
    script = [said for said, _ in GROUP]
    model = scripted(folder, script)
    trainer = make_trainer(
        tiny_settings(folder), catalog, model=model, rows=[row], overrides={"save_strategy": "no"}
    )
    before = weights(trainer.model)
    trainer.train()
    paid = [reward for _, reward in GROUP]
    assert logged(trainer, "rewards/ToolEnv/mean") == pytest.approx(2 * [sum(paid) / 4], abs=0.01)
    assert logged(trainer, "tools/call_frequency") == 2 * [10 / 4]
    assert logged(trainer, "tools/failure_frequency") == 2 * [pytest.approx(1 / 10)]  # no tool drop
    assert logged(trainer, "reward_std")[0] > 0.5 and logged(trainer, "grad_norm")[0] > 0
    assert any((before[name] != value).any() for name, value in weights(trainer.model).items())

    first, second, third = model.prompts[0][0], model.prompts[1][0], model.prompts[2][0]
    assert f"{ToolEnv(catalog).reset(question_id=QUESTION)}{tiny_model.END}" in first
    assert "with the tool answer.\n\nQuestion: " in first
    schemas = [json.loads(line) for line in first.split("\n") if line.startswith('{"type"')]
    assert [schema["function"]["name"] for schema in schemas] == [*TOOLS]
    assert "seat_quota INTEGER" in second and "\n21\n(1 row)\nSteps left: 13" in third
    after = [text for call in model.prompts for text in call if "Correct (MATCH)" in text]
    assert len(after) == 2 * 3  # of two steps: two winners, and one of them once more
    assert any("EPISODE_OVER" in text for text in after)


def test_evaluation_gives_the_model_the_prompt_of_training(catalog, row, folder) -> None:
    script = GROUP[0][0]
    model = scripted(folder, 4 * [script])
    trainer = make_trainer(
        tiny_settings(folder, steps=1), catalog, model=model, rows=[row], overrides={"save_strategy": "no"}
    )
    trainer.train()
    trained = [call[0] for call in model.prompts]
    alone = scripted(folder, [script])
    complete = model_completer(alone, trainer.processing_class, trainer.chat_template)
    chat = play_chat(ToolEnv(catalog), complete, row)
    assert chat.result.failure == "" and chat.result.total_micros == 1_150_000
    asked = [call[0] for call in alone.prompts]
    assert asked == trained[: len(asked)] and len(asked) == 3

    silent = model_completer(trainer.ref_model, trainer.processing_class, trainer.chat_template, 8)
    assert play_chat(ToolEnv(catalog), silent, row).result.failure == "NO_ANSWER"


def test_a_model_learns_the_better_of_two_known_rollouts(catalog, row, folder, tmp_path) -> None:
    """The model was taught both to look first and to answer blindly; the reward must tell it which is
    better."""
    from transformers import AutoTokenizer

    other = next(row for row in train_rows(catalog) if row["question_id"] == OTHER)
    blind = [OTHER_ASKED[0], WRONG, "Done."]
    env = ToolEnv(catalog)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = tiny_model.make_model(tokenizer)
    known = [(row, said) for said, _ in GROUP[:2]] + [(other, said) for said in (OTHER_ASKED, blind)]
    tiny_model.imitate(
        model, tokenizer, [tiny_model.conversation(env, *one) for one in known], steps=200
    )
    settings = tiny_settings(
        tiny_model.save(model, tokenizer, tmp_path / "half"),
        steps=10, prompts=2, group=8, rate=3e-4,
    )  # fmt: skip
    trainer = make_trainer(
        settings, catalog, rows=[row, other],
        overrides={"save_strategy": "no", "lr_scheduler_type": "constant"},
    )  # fmt: skip
    trainer.train()
    rewards = [reward for _, reward in success_curve(trainer.state.log_history)]
    print("mean reward of each step:", [round(reward, 2) for reward in rewards])
    assert sum(rewards[-3:]) > sum(rewards[:3]) + 0.3
    assert min(logged(trainer, "tools/call_frequency")) > 0.5


# In the compact dialect: the lines of a group's rollouts, with the return of each under v1.
LINES = [
    ["D codeshare\n", "Q SELECT COUNT(*) FROM codeshare WHERE seat_quota IS NULL\n", "A =\n"],
    ["D codeshare\n", "A 7\n"],
    ["A 7\n"],
    ["Hm.\n", "S codeshare\n", "A 21\n"],
]


def compact_returns(catalog) -> list[float]:
    paid = []
    for lines in LINES:
        player = AgentEnv(Env(catalog, reward="v1"), "compact")
        player.reset(seed=0, question_id=QUESTION)
        for line in lines:
            player.step(line.rstrip("\n"))
        paid.append(player.env.total_reward)
    return paid


def compact_settings(folder: Path, **more: Any) -> TrlSettings:
    return tiny_settings(folder, dialect="compact", reward="v1", **more)


def compact_rows(catalog, settings: TrlSettings) -> list[dict[str, str]]:
    rows = CompactRollouts(catalog, settings).rows()
    return [row for row in rows if row["question_id"] == QUESTION]


def test_whole_episodes_in_the_compact_dialect_are_trained(catalog, folder) -> None:
    """Only what the model wrote counts as its tokens, and the reward is the environment's."""
    import torch
    from transformers import AutoTokenizer, Qwen3ForCausalLM

    tokenizer = AutoTokenizer.from_pretrained(folder)

    class Scripted(Qwen3ForCausalLM):  # type: ignore[misc]
        def generate(self, input_ids: Any, **_: Any) -> Any:
            self.turns = [rest[1:] for rest in self.turns if len(rest) > 1] or LINES
            assert len(self.turns) == len(input_ids)
            said = [tokenizer(rest[0])["input_ids"] for rest in self.turns]
            longest = max(map(len, said))
            rows = torch.tensor([ids + [tokenizer.pad_token_id] * (longest - len(ids)) for ids in said])
            scores = [torch.zeros(len(said), len(tokenizer)) for _ in range(longest)]
            return SimpleNamespace(sequences=torch.cat([input_ids, rows], dim=1), scores=scores)

    model = Scripted.from_pretrained(folder)
    model.turns = []
    settings = compact_settings(folder, steps=1)
    trainer = make_trainer(
        settings, catalog, model=model, rows=compact_rows(catalog, settings),
        overrides={"save_strategy": "no"},
    )  # fmt: skip
    before = weights(trainer.model)
    trainer.train()
    paid = compact_returns(catalog)
    assert len(set(paid)) == 4
    assert logged(trainer, "reward") == pytest.approx([sum(paid) / 4])
    assert logged(trainer, "grad_norm")[0] > 0
    assert any((before[name] != value).any() for name, value in weights(trainer.model).items())
    written = [sum(len(tokenizer(line)["input_ids"]) for line in lines) for lines in LINES]
    assert logged(trainer, "completions/mean_length") == [sum(written) / 4]
    assert logged(trainer, "completions/clipped_ratio") == [0.0]


def test_a_model_writes_lines_of_its_own(catalog, folder, monkeypatch) -> None:
    """The random model plays two steps; what it drew has the probabilities of a plain pass."""
    import torch
    from sqlenv import trl_writer

    monkeypatch.setattr(trl_writer, "LINE_TOKENS", 12)
    settings = compact_settings(folder, steps=2, step_budget=3)
    trainer = make_trainer(
        settings, catalog, rows=compact_rows(catalog, settings),
        overrides={"save_strategy": "no", "temperature": 0.7},
    )  # fmt: skip
    trainer.train()
    assert len(logged(trainer, "reward")) == 2
    assert max(logged(trainer, "completions/max_length")) <= 3 * 12
    rows = [trainer.processing_class.encode(text) for text in ("D codeshare\n", "codeshare")]
    model = trainer.model.eval()
    for row, one in zip(rows, trl_writer.model_writer(trainer)(rows), strict=True):
        assert 1 <= len(one.tokens) <= 12
        text = trainer.processing_class.decode(one.tokens[:-1])
        assert "\n" not in text
        with torch.no_grad():
            logits = model(torch.tensor([row + one.tokens])).logits[0, len(row) - 1 : -1]
        plain = (logits / 0.7).log_softmax(-1).gather(1, torch.tensor(one.tokens)[:, None])[:, 0]
        assert one.log_p == pytest.approx(plain.tolist(), abs=1e-4)


def test_the_notebook_trains_with_this_model(folder, tmp_path) -> None:
    """Runs from top to bottom in a clean kernel, with the random model in place of Qwen's."""
    pytest.importorskip("nbclient")
    notebook = ROOT / "notebooks" / "train_grpo.ipynb"
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "run_notebook.py", notebook, tmp_path, "--quick", "--road",
         "trl"],
        capture_output=True, text=True, timeout=600, check=False,
        env={**os.environ, "SQLENV_NOTEBOOK_WITHOUT_GPU": "1",
             "SQLENV_NOTEBOOK_CONNECT": "in-process", "SQLENV_NOTEBOOK_MODEL": str(folder),
             "HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    cells = json.loads((tmp_path / notebook.name).read_text())["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    printed = "".join("".join(output.get("text", [])) for output in outputs)
    assert "road: trl" in printed and "trained in" in printed
    assert "after: chat model on starter: 0 of 10 solved" in printed
    for name in ("learning_curve_grpo", "difficulty_starter", "difficulty_seen"):
        assert (tmp_path / f"{name}.png").read_bytes().startswith(b"\x89PNG")
