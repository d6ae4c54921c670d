"""Recorded completions with the oddities of language models. TABLE stands for the first table."""

from __future__ import annotations

LONG = "I think that I should look at the tables first. " * 300
ENDLESS = "D nothing_of_the_kind\n" * 2000


def call(name: str, arguments: str, number: int = 0) -> dict:
    return {"id": f"call_{number}", "name": name, "arguments": arguments}


def said(text: str = "", *calls: dict, cut: bool = False) -> dict:
    """In the form of completion_json()."""
    return {"text": text, **({"tool_calls": list(calls)} if calls else {}), **({"cut": True} if cut else {})}


COMPACT = [
    said("D TABLE"),
    said("Sure! Let me look at it.\n\nS TABLE\nS TABLE\nS TABLE"),
    said("```sql\nSELECT count(*),\n       'é🙂日' -- comment\nFROM TABLE\n```\nThis counts the rows."),
    said(ENDLESS),
    said(LONG),
    said("<think>D TABLE? No: first\nthe question.</think>Q SELECT * FROM TABLE<|im_end|>"),
    said('{"action_type": "QUERY", "argument": "SELECT 1'),
    said("Q SELECT count(*) FROM TABLE WHERE", cut=True),
    said("{'action': 'query', 'sql': 'SELECT 0.1 + 0.2'"),
    said("Antwort"),
    said(""),
    said("\x00\x07\u2028\ufeffQ SELECT '\u202e'"),
    said("QUERY[SELECT name FROM no_such_table]"),
    said("Q SELECT 1.0 / 3, NULL, x'00ff'"),
    said("Respuesta final: ="),
]

CHAT = [
    said("", call("describe", '{"table": "TABLE"}')),
    said("I will look at two tables.", call("sample", '{"table":"TABLE"}', 1), call("describe", '{"table":"x"}', 2)),
    said("", call("query", '{"sql": "SELECT count(*) FROM TABLE', 3), cut=True),
    said("", call("functions.query", '{"query": "SELECT \'é🙂日\', 1e308 * 10"}', 4)),
    said('{"action_type": "DESCRIBE", "argument": "TABLE"}'),
    said("Here is it:\n```json\n{\"name\": \"query\", \"arguments\": \"{\\\"sql\\\": \\\"SELECT 7 / 2\\\"}\"}\n```"),
    said("", call("weather", '{"city": "Oslo"}', 5)),
    said("", call("query", "not json at all {", 6)),
    said(LONG + ENDLESS),
    said("<tool_call>{\"name\": \"sample\", \"arguments\": {\"table\": \"TABLE\"}}</tool_call>"),
    said("I do not know.", cut=True),
    said("", call("answer", '{"value": [[1, "ü"], [2.50, null]]}', 7)),
]

SCRIPTS = {"compact": COMPACT, "chat": CHAT}


def script(dialect: str, table: str) -> list[dict]:
    """The completions of a dialect, with a table of the database."""

    def put(value):
        if isinstance(value, str):
            return value.replace("TABLE", table)
        if isinstance(value, dict):
            return {key: put(each) for key, each in value.items()}
        return [put(each) for each in value] if isinstance(value, list) else value

    return put(SCRIPTS[dialect])
