"""How many steps a second the framework's own client takes, one after the other.

usage: python -m tests.bench.framework_client URL sql|echo SECONDS. Prints the number.
"""

import sys
import time

from openenv.core.generic_client import GenericEnvClient

ACTIONS = {
    "sql": {"action_type": "QUERY", "argument": "SELECT DISTINCT home_city FROM band ORDER BY 1"},
    "echo": {"message": "Are you there? This is a no-op step."},
}
RESETS = {"sql": {"question_id": "concert_singer_train_021"}, "echo": {}}


def main(url: str, kind: str, seconds: float) -> None:
    steps = 0
    with GenericEnvClient(base_url=url).sync() as client:
        begin = time.perf_counter()
        while time.perf_counter() - begin < seconds:
            client.reset(**RESETS[kind])
            for _ in range(14):
                client.step(ACTIONS[kind])
                steps += 1
        print(steps / (time.perf_counter() - begin))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], float(sys.argv[3]))
