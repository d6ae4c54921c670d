"""The promise of the project: equal actions on an equal question give equal bytes on every face."""

from __future__ import annotations

import json

import pytest

from . import faces, scripts

CASES = {
    "starter/concert_singer": ("starter", *scripts.golden("concert_singer_win")),
    "starter/flight_2": ("starter", *scripts.golden("flight_2_win")),
    "starter/bad_input": ("starter", *scripts.golden("bad_input")),
    "starter/concert_singer/torture": (
        "starter",
        {"database": "concert_singer", "seed": 1, "step_budget": 200, "reward": "v1"},
        None,
    ),
    "starter/flight_2/torture": (
        "starter",
        {"database": "flight_2", "seed": 2, "step_budget": 200, "reward": "potential"},
        None,
    ),
    "spider/concert_singer": (
        "spider",
        {"pack": "spider", "question_id": "concert_singer_eval_001", "seed": 3, "reward": "v1.5"},
        scripts.CONCERT_SINGER,
    ),
    "spider/world_1": ("spider", {"pack": "spider", "database": "world_1", "seed": 11}, scripts.WORLD),
}


def tables_of(sqlenv, pack, options: dict, folder) -> list[str]:
    """The tables that the reset's observation names."""
    probe = faces.Script(folder, options, [])
    header = json.loads(faces.through_command_line(sqlenv, pack, probe).splitlines()[0])
    return header["observation"]["schema_info"].removeprefix("Tables: ").split(", ")


@pytest.mark.parametrize("case", CASES)
def test_all_faces_give_the_same_bytes(case, request, tmp_path, sqlenv, node, node_module, site, serve):
    pack_name, options, actions = CASES[case]
    pack = request.getfixturevalue(pack_name)
    if actions is None:
        actions = scripts.torture(tables_of(sqlenv, pack, options, tmp_path), "nothing of the kind")
    script = faces.Script(tmp_path, options, actions)

    native = faces.through_command_line(sqlenv, pack, script)
    lines = [json.loads(line) for line in native.splitlines()]
    assert len(lines) == len(actions) + 2, "the script does not run to its end"
    assert lines[-1]["done"] is True

    in_node = faces.through_node(node, node_module, pack, script)
    assert in_node == native
    in_chromium = faces.through_chromium(node, site, pack, script)
    assert in_chromium == native
    over_socket, observations = faces.through_websocket(serve(pack), script)
    assert over_socket == native
    assert faces.replayed(sqlenv, pack, native + in_node + in_chromium + over_socket) == {"equal": 4}

    if all(action["action_type"] in faces.TOOLS for action in actions):
        over_pipes, by_tools = faces.through_mcp(sqlenv, pack, script, tmp_path)
        assert over_pipes == native
        assert by_tools == observations

    # What the client was sent step by step is what the trajectory says.
    assert observations[0]["observation"] == lines[0]["observation"]
    for sent, line in zip(observations[1:], lines[1:-1], strict=True):
        assert sent == {key: line[key] for key in ("observation", "reward", "done")}


@pytest.mark.parametrize("case", ["starter/concert_singer", "starter/flight_2", "starter/bad_input"])
def test_golden_scripts_win(case, request, tmp_path, sqlenv):
    pack_name, options, actions = CASES[case]
    script = faces.Script(tmp_path, options, actions)
    lines = faces.through_command_line(sqlenv, request.getfixturevalue(pack_name), script).splitlines()
    assert json.loads(lines[-1])["verdict"] == {"correct": True, "reason": "MATCH"}
