"""python -m sqlenv.lm COMMAND: each command is a module of the same name (see its --help)."""

from __future__ import annotations

import argparse
import importlib
import sys

COMMANDS = {
    "transcripts": "make transcripts of good play on augmented databases",
    "packs": "make a pack of questions on augmented databases",
    "leaks": "compare transcripts with the held-out questions",
    "imitate": "train a model to imitate transcripts",
    "grpo": "train a model on the environment's reward",
    "evaluate": "play held-out questions",
    "report": "write the table of held-out results",
    "export": "write a model as GGUF",
}
MODULES = {"imitate": "imitation"}


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m sqlenv.lm", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        commands.add_parser(name, help=text, description=text, add_help=False)
    given = sys.argv[1:] if arguments is None else arguments
    chosen, rest = parser.parse_known_args(given)
    module = importlib.import_module(f"{__package__}.{MODULES.get(chosen.command, chosen.command)}")
    own = argparse.ArgumentParser(
        prog=f"python -m sqlenv.lm {chosen.command}",
        description=COMMANDS[chosen.command],
        formatter_class=argparse.ArgumentDefaultsHelpFormatter,
    )
    module.add_arguments(own)
    return int(module.run(own.parse_args(rest)) or 0)


if __name__ == "__main__":
    sys.exit(main())
