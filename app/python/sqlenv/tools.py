"""ToolEnv: an episode as tools, for trainers that let a language model call functions.

It has the form that TRL's GRPOTrainer takes as `environment_factory`: reset(**row) gives the text
that is put right behind the prompt, each public method is a tool whose schema comes from its signature and
docstring, and get_reward() is the episode's reward.

    trainer = GRPOTrainer(..., train_dataset=dataset_rows(split="train"),
                          environment_factory=ToolEnv)
"""

from __future__ import annotations

import functools
import json
from typing import Any

from .catalog import Catalog, CatalogLike
from .env import Env

PROMPT = (
    "Answer a question about a SQLite database that you cannot see. Explore it with the tools "
    "describe, sample and query; you have a limited number of steps. End with the tool answer.\n\n"
)


@functools.cache
def _starter() -> Catalog:
    return Catalog()


class ToolEnv:
    """One episode at a time. `catalog` and `options` as for Env; without them, the bundled pack."""

    def __init__(self, catalog: CatalogLike = None, **options: Any) -> None:
        self._env = Env(_starter() if catalog is None else catalog, **options)

    def reset(self, seed: int | None = None, **row: Any) -> str:
        """Starts an episode and gives its first text: question, tables and steps left.

        `row` may hold reset options (question_id, database, difficulty, split, pack, step_budget,
        reward, verifier); other members, such as a data set's prompt, are left alone.
        """
        options = {name: value for name, value in row.items() if name in _OPTIONS}
        observation = self._env.reset(seed=seed, **options).observation
        return (
            f"Question: {observation['question']}\n{observation['schema_info']}\n"
            f"Steps left: {observation['budget_remaining']}"
        )

    def describe(self, table: str) -> str:
        """Shows a table's columns with their types, its keys and its number of rows.

        Args:
            table: The name of the table.

        Returns:
            The description, or an error that says what to do.
        """
        return self._act("DESCRIBE", table)

    def sample(self, table: str) -> str:
        """Shows the first five rows of a table.

        Args:
            table: The name of the table.

        Returns:
            The rows, or an error that says what to do.
        """
        return self._act("SAMPLE", table)

    def query(self, sql: str) -> str:
        """Runs one read-only SQL statement of SQLite and shows at most twenty rows of its result.

        Args:
            sql: One SELECT statement.

        Returns:
            The rows, or an error that says what to do.
        """
        return self._act("QUERY", sql)

    def answer(self, value: str) -> str:
        """Gives the answer to the question and ends the episode.

        Args:
            value: The answer: one value, or rows as JSON or with cells separated by |.

        Returns:
            Whether the answer was right.
        """
        return self._act("ANSWER", value)

    def get_reward(self) -> float:
        """The sum of the episode's rewards so far, in reward units: a right answer pays 1."""
        return self._env.total_reward

    def _act(self, kind: str, argument: Any) -> str:
        # A model's JSON may hold a number or rows in place of a text.
        text = argument if isinstance(argument, str) else json.dumps(argument)
        step = self._env.step((kind, text))
        shown = step.observation["error"] or step.observation["result"]
        if step.done:
            return shown + "\nThe episode is over."
        return f"{shown}\nSteps left: {step.observation['budget_remaining']}"


_OPTIONS = frozenset(
    ("pack", "database", "difficulty", "split", "question_id", "step_budget", "reward", "verifier")
)


def dataset_rows(catalog: CatalogLike = None, **options: Any) -> list[dict[str, Any]]:
    """Rows for a trainer's data set, one for each matching question: a prompt and the options
    that reset() takes. `datasets.Dataset.from_list` makes a data set of them."""
    chosen = _starter() if catalog is None else Catalog.of(catalog)
    return [
        {
            "prompt": [{"role": "user", "content": PROMPT}],
            "pack": question.pack,
            "question_id": question.id,
        }
        for question in chosen.questions(**options)
    ]
