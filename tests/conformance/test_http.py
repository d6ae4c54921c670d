"""Every request gets the same answer from the framework's server and from ours."""

from __future__ import annotations

import json

import pytest

from tests.conformance.cases import INVALID, MESSAGES_INVALID, VALID, Request
from tests.conformance.compare import comparable
from tests.conformance.differences import HTTP
from tests.server.conftest import Reply, Server


def answer(server: Server, request: Request) -> dict:
    return seen(server.request(request.method, request.target, request.body, request.headers), server)


def seen(reply: Reply, server: Server) -> dict:
    headers = {name.lower(): value for name, value in reply.headers.items()}
    kind = headers.get("content-type", "").split(";")[0]
    is_json = kind == "application/json" and reply.body
    return {
        "status": reply.status,
        "type": kind,
        "allow": sorted(headers.get("allow", "").split(", ")),
        "location": headers.get("location", "").removeprefix(f"http://{server.address}"),
        "body": comparable(json.loads(reply.body)) if is_json else bool(reply.body),
    }


@pytest.mark.parametrize("request_", VALID + INVALID, ids=lambda request: request.title)
def test_the_same_answer(reference, ours, request_):
    expected, actual = answer(reference, request_), answer(ours, request_)
    if request_.title in HTTP:
        assert actual != expected, "alike: take it out of differences.py"
        assert actual["status"] < 500
    else:
        assert actual == expected


def test_there_are_at_least_a_hundred_invalid_requests():
    assert len(INVALID) >= 100 and len(INVALID) + len(MESSAGES_INVALID) >= 180
    titles = [request.title for request in VALID + INVALID]
    assert len(titles) == len(set(titles)) and set(HTTP) <= set(titles)


def test_the_schemas_are_those_of_the_models(reference, ours):
    theirs, own = (s.request("GET", "/schema").json() for s in (reference, ours))
    assert own == theirs


def test_the_openapi_document_has_the_framework_s_routes(reference, ours):
    theirs, own = (s.request("GET", "/openapi.json").json() for s in (reference, ours))
    routes = [
        {(path, method) for path, methods in document["paths"].items() for method in methods}
        for document in (theirs, own)
    ]
    assert routes[0] == routes[1] - {("/mcp", "delete")}
    assert own["info"]["version"] == theirs["info"]["version"]
    for path, methods in theirs["paths"].items():
        for method, operation in methods.items():
            mine = own["paths"][path][method]
            if "tags" in operation:
                assert mine["tags"] == operation["tags"], (path, method)


def test_production_mode_has_no_control_routes(start):
    server = start("--mode", "production")
    try:
        for method, target in (("POST", "/reset"), ("POST", "/step"), ("GET", "/state")):
            assert server.request(method, target, b"{}").json() == {"detail": "Not Found"}
        paths = server.request("GET", "/openapi.json").json()["paths"]
        assert not {"/reset", "/step", "/state"} & set(paths) and "/mcp" in paths
        with server.session() as session:
            session.reset()
    finally:
        server.process.kill()
        server.process.wait()
