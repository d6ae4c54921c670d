"""Writes the seeds of the fuzz targets, from the golden scenarios: make_seeds.py FOLDER.

FOLDER/<target>/ is made for each target. Names are digests, so that running it again adds nothing.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path

GOLDEN = Path(__file__).resolve().parents[1] / "golden"


def seeds() -> Iterator[tuple[str, str]]:
    """(target, text) of every seed."""
    for path in sorted(GOLDEN.glob("*.reset.json")):
        reset = path.read_text(encoding="utf-8")
        yield "reset_json", reset
        yield "protocol", json.dumps({"type": "reset", "data": json.loads(reset)})
        yield "protocol", reset
        script = path.with_name(path.name.replace(".reset.json", ".jsonl"))
        for line in script.read_text(encoding="utf-8").splitlines():
            yield from seeds_of_action(line)
        arguments = [json.loads(line)["argument"] for line in script.read_text().splitlines() if line]
        yield "share", " " + "\n".join(arguments)
        yield "server", conversation(json.loads(reset), script.read_text(encoding="utf-8"))
    yield from (("server", text) for text in SERVER)
    yield from (("dump", text) for text in DUMPS)
    yield from (("completion", choice + text) for choice in "\x00\x01\x02" for text in COMPLETIONS)
    yield from (("completion", choice + text) for choice in "\x08\x09" for text in MODEL_REPLIES)
    yield from (("csv", "\x00\x01" + text) for text in CSV)
    for path in sorted(GOLDEN.glob("*.trajectory.jsonl")):
        yield "trajectory", path.read_text(encoding="utf-8")
    yield from (("answer", "\x01" + text) for text in ANSWERS)


# What servers of language models answer: whole and streamed.
MODEL_REPLIES = (
    '{"choices":[{"text":"D pet","finish_reason":"length"}],"usage":{"completion_tokens":3}}',
    '{"choices":[{"message":{"content":[{"type":"text","text":"I look."}],"tool_calls":[{"index":1,"id":"c",'
    '"function":{"name":"query","arguments":"{\\"sql\\":\\"SELECT 1\\"}"}}]}}]}',
    '{"choices":[{"message":{"function_call":{"name":"answer","arguments":{"value":"9"}}}}]}',
    'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"qu"}}]}}]}\n\n'
    'data: {"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"ery"}}]}}]}\n\ndata: [DONE]\n',
    '{"error":{"message":"no such model"}}',
)

# HTTP, MCP and attached sessions, which the golden scenarios do not use.
CREATE = 'POST /mcp {"jsonrpc":"2.0","id":1,"method":"openenv/session/create"}\n'
CALL = '{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"%s","arguments":%s}}\n'
SERVER = (
    'POST /reset {"episode_id":"a","question_id":"music_train_001"}\n'
    'POST /step {"action":{"action_type":"QUERY","argument":"SELECT 1"},"episode_id":"a"}\n'
    'POST /step {"action":{"action_type":"ANSWER","argument":"3"},"episode_id":"a"}\n'
    "GET /state?episode_id=a\nGET /metrics\nGET /health\n",
    CREATE + 'attach\nws {"type":"reset"}\nws {"type":"state"}\nleave\n'
    'POST /mcp {"jsonrpc":"2.0","id":3,"method":"openenv/session/close","params":{"session_id":"$"}}\n',
    "mcp " + CALL % ("reset", "{}") + "mcp " + CALL % ("query", '{"sql":"SELECT 1"}'),
    CREATE + "POST /mcp! " + CALL % ("reset", '{"seed":1}') + "DELETE /mcp!\n",
    'OPTIONS /reset^\nPOST /reset~ {}\nGET /%2e%2e/x\nGET /web/index.html\nbin\nPOST /nope\n',
    'POST /sql_env/tasks {"split":"train"}\nPOST /sql_env/task {"split":"eval","index":0}\n'
    'POST /sql_env/task_range {"split":"train","start":0,"stop":2}\nGET /sql_env/splits\n',
    "GET /watch@\nGET /health@\nPOST /reset@ {}\nGET /state?episode_id=a%00b%zz\nGET /%ff/tasks\n"
    'POST /reset {"episode_id":"a\\u0000b"}\nws {"type":"reset","data":{"episode_id":"a\\n"}}\n',
    "head GET / HTTP/1.1|Host: localhost||\nhead POST /reset HTTP/1.1|host:[::1]:80|Transfer-Encoding: chunked||\n"
    "head GET http://a.example/ HTTP/1.1|Host: A.example:80|Content-Length: 12||\nhead GET / HTTP/1.0||\n"
    "head GET / HTTP/1.1|Host: a|X: b| c||\nhead OPTIONS * HTTP/1.1|Host: a|Content-Length: 1, 1||\n",
)  # fmt: skip


# Scripts of each system, for the reader of dumps.
DUMPS = (
    "PRAGMA foreign_keys=OFF;\nBEGIN;\nCREATE TABLE t(a);\nINSERT INTO t VALUES(unistr('a\\u000ab'));\n"
    "CREATE TRIGGER g AFTER INSERT ON t BEGIN SELECT 1; END;\nCOMMIT;\n",
    "-- MySQL dump\nUSE `d`;\nCREATE TABLE `d`.`t` (`a` int(11) AUTO_INCREMENT COMMENT 'x', `b` int AS (a + 1), "
    "PRIMARY KEY (`a`), KEY k (`b`(3))) ENGINE=InnoDB;\nINSERT INTO t SET a = 15;\n"
    "/*!50001 CREATE VIEW `v` AS SELECT 1 */;\nDELIMITER ;;\nCREATE PROCEDURE p() BEGIN x; END;;\nDELIMITER ;\n"
    "INSERT INTO t (a) VALUES (1), (NOW()) ON DUPLICATE KEY UPDATE a = VALUES(a);\nALTER TABLE `t`\n  ADD UNIQUE KEY (`b`);\n",
    "-- PostgreSQL database dump\n\\connect d\nCREATE TYPE e AS ENUM ('x');\nCREATE TABLE public.t (a serial, b e[], "
    "c bytea DEFAULT 'x'::bytea, d boolean);\nCOPY public.t (a, d) FROM stdin;\n1\tt\n\\N\t\\x41\n\\.\n"
    "INSERT INTO t VALUES (DEFAULT, E'\\n', $$x$$, true);\nCREATE TABLE p PARTITION OF t FOR VALUES IN (1);\n"
    "ALTER TABLE ONLY t\n    ADD CONSTRAINT k PRIMARY KEY (a);\n",
    "USE [d]\nGO\nIF NOT EXISTS (SELECT 1)\nBEGIN\nCREATE TABLE [dbo].[t]([a] [int] IDENTITY(1,1), [b] [nvarchar](max))\n"
    "END\nGO\nINSERT [dbo].[t] ([b]) VALUES (N'x' + CHAR(13))\nINSERT t (b) VALUES (CAST(0x0000A0F300C5C100 AS DateTime))\nGO\n",
    "REM x\nSET DEFINE OFF\nCREATE TABLE t (a NUMBER(10,2), b VARCHAR2(3 CHAR));\nINSERT ALL INTO t VALUES (1, 'x') INTO t "
    "(a) VALUES (2) SELECT * FROM dual;\nINSERT INTO t VALUES (1, TO_DATE('1-JAN-20','dd-mon-rr'))\n/\nBEGIN x; END;\n/\n",
)  # fmt: skip


# What language models write around an action.
COMPLETIONS = (
    "D pet\nQ SELECT count(*) FROM pet\nA =", "Let me see.\n```sql\nSELECT 1\nFROM pet;\n```", "<think>Hm.</think>Answer: 9",
    '{"name": "query", "arguments": "{\\"sql\\": \\"SELECT 1\\"}"}', "Action: query\nAction Input: {'sql': 'SELECT 1'}",
    '<tool_call>{"name": "describe", "arguments": {"table": "pet"}}</tool_call><|im_end|>', "[query(sql=\"SELECT ')'\")]",
    "<function=sample><parameter=table>order items</parameter></function>", "答案：9", "So the final answer is **9**.",
)  # fmt: skip


# One of each kind of table that the importer tells apart.
CSV = (
    "id,name,n\n1,Ann,5\n2,\"Bob, \"\"B\"\"\",6\n",
    "country;2019;2020\nFrance;1,5;2.500\nSpain;3,25;NA\n\nTotal;4;5\n",
    "# made by hand\n\n#id\tname\n1\ta\n2\t\\N\n",
    'id,said\n1,"a \\"b\\", c"\n2,"d"\n',
    "\"mpg\" \"cyl\"\n\"Mazda\" 21 6\n\"Fiat\" 1e-5 4\n",
    "sep=|\na|b\n'x, y'|1\n'z'|2\n",
    "Report,,\n,,\na, b, c\n1, 2, 3\n,,\n",
    "a\x1eb\x1ec, d\x1e\x1e\n\x1e\"",
    "id,name\n1,Ann\n".encode("utf-16-le").decode("latin-1"),
)  # fmt: skip


def conversation(reset: dict, script: str) -> str:
    actions = [json.loads(line) for line in script.splitlines() if line.strip()]
    # The questions belong to another pack, whose databases this one does not have.
    messages = [{"type": "reset", "data": {"seed": reset.get("seed", 0)}}]
    messages += [{"type": "step", "data": action} for action in actions]
    messages += [{"type": "state"}, {"type": "trajectory"}, {"type": "close"}]
    return "".join(f"ws {json.dumps(message)}\n" for message in messages)


def seeds_of_action(line: str) -> Iterator[tuple[str, str]]:
    if not line.strip():
        return
    action = json.loads(line)
    yield "action_json", line
    yield "protocol", json.dumps({"type": "step", "data": action})
    yield "protocol", json.dumps({"action": action})
    if action.get("action_type") == "QUERY":
        yield "sql", action["argument"]
    if action.get("action_type") == "ANSWER":
        yield "answer", "\x00" + action["argument"]


# Each is an answer, and a gold table whose cells end at \x01.
ANSWERS = (
    "a|b\x01\x0212\x01`c`\x01\x020.5", '"q"\x01---\x01(2 rows)\x01\x03x', "| a | b |\n|---|---|\n| c | d |",
    "+---+\n| a |\n+---+\n1 row in set", "┌───┐\n│ a │\n├───┤\n│ 7 │\n└───┘", "a  b\n-  -\n1  2",
    '[{"c0": 1, "c1": "x"}]', "Answer: **x**", "c0,c1\n\"a, b\",\"say \"\"hi\"\"\"\n(1 row)",
)  # fmt: skip


def main(folder: Path) -> None:
    for target, text in seeds():
        data = text.encode("utf-8")
        place = folder / target
        place.mkdir(parents=True, exist_ok=True)
        (place / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
