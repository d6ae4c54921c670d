"""Plays an episode on a running server with the framework's own client. usage: play_episode.py URL [PACK]

With PACK, begins an episode on that pack too. Also requests the page. On a failure ends with status 1 and
the reason.
"""

from __future__ import annotations

import sys
import urllib.request

from openenv.core import GenericEnvClient


def play(url: str) -> float:
    """Plays to a right answer. Returns the reward of the last step."""
    with GenericEnvClient(base_url=url).sync() as client:
        first = client.reset(question_id="pets_1_train_001", seed=7)
        assert first.observation["question"] and first.reward is None and not first.done
        described = client.step({"action_type": "DESCRIBE", "argument": "pet"})
        assert "died_on" in described.observation["result"], described.observation
        queried = client.step(
            {"action_type": "QUERY", "argument": "SELECT count(died_on) AS n FROM pet"}
        )
        rows = [line.strip() for line in queried.observation["result"].splitlines()]
        answer = next(line for line in rows if line.isdigit())
        return client.step({"action_type": "ANSWER", "argument": answer}).reward


def begin_on(url: str, pack: str) -> None:
    with GenericEnvClient(base_url=url).sync() as client:
        first = client.reset(pack=pack, seed=7)
        table = first.observation["schema_info"].split()[-1]
        described = client.step({"action_type": "DESCRIBE", "argument": table})
        assert not described.observation["error"], described.observation
    print(f"played: the pack {pack} is there")


def main(url: str, packs: list[str]) -> None:
    with urllib.request.urlopen(f"{url}/web/", timeout=10) as page:
        assert page.status == 200 and b"SQLEnv" in page.read()
    reward = play(url)
    assert reward == 1.0, f"the right answer paid {reward}"
    print("played: the page is there, and a right answer paid 1")
    for pack in packs:
        begin_on(url, pack)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
