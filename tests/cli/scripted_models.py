"""Models that the tests of `sqlenv eval --model` script."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.model_server import Model, Reply, Request, calls, says

ROOT = Path(__file__).resolve().parents[2]

GOLD = {
    question["question_text"]: question
    for question in json.loads((ROOT / "data/questions/questions_eval.json").read_text(encoding="utf-8"))
}


def knows(question: str) -> bool:
    return len(question) % 3 > 0


def analyst(request: Request) -> Reply:
    """Describes a table, runs a query and answers: rightly where it knows() the question.

    What it does depends on the request alone, so that any number of episodes may be mixed.
    """
    question = GOLD[request.question]
    known = knows(request.question)
    sql = question["gold_sql"] if known else "SELECT 'I do not know'"
    if not request.is_chat:
        table = request.text.splitlines()[1].split()[0]
        return says(request, [f"D {table}", f"Q {sql}", "A ="][request.turn % 3])
    if request.turn == 0:
        return calls(request, "describe", {"table": re.search(r"Tables: ([^,\n]+)", request.text).group(1)})
    if request.turn == 1:
        return calls(request, "query", {"sql": sql})
    answer = question["gold_answer"] if known else "I do not know"
    return calls(request, "answer", {"value": answer if isinstance(answer, str) else json.dumps(answer)})


def at(number: int, reply: Model, otherwise: Model = analyst) -> Model:
    """`reply` to the request of this number, counted from 1."""
    return lambda request: (reply if request.number == number else otherwise)(request)


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that nobody has signed, with its key, as one PEM file."""
    path = folder / "self_signed.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                    "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                    "-keyout", path, "-out", folder / "public.pem"], check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + (folder / "public.pem").read_bytes())
    return path
