"""The parts of two replies that must be equal: all of an error, the shape of everything else."""

from __future__ import annotations

from typing import Any

# Said by one environment and not by the other.
OWN_FIELDS = {"metadata"}


def shape(value: Any) -> Any:
    """The keys and types of a JSON value; of a list those of its first item."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items() if key not in OWN_FIELDS}
    if isinstance(value, list):
        return [shape(item) for item in value[:1]]
    if isinstance(value, bool) or value is None:
        return value
    return "number" if isinstance(value, int | float) else type(value).__name__


def shown_input(value: Any) -> Any:
    if isinstance(value, dict | list):
        return type(value)()
    return value[:60] if isinstance(value, str) else value


def validation_item(item: dict) -> dict:
    kept = {key: value for key, value in item.items() if key != "url"}
    return {**kept, "input": shown_input(kept.get("input"))}


def rpc_error(error: dict) -> dict:
    return {"code": error["code"], "data": error["data"], "message": type(error["message"])}


def rpc(reply: dict) -> Any:
    if "error" in reply:
        return {"id": reply["id"], "error": rpc_error(reply["error"])}
    result = reply["result"]
    if isinstance(result, dict) and "tools" in result:
        tools = [(tool["name"], tool["description"], tool["inputSchema"]) for tool in result["tools"]]
        return {"id": reply["id"], "tools": tools}
    if isinstance(result, dict) and "content" in result:
        # The environment decides is_error; the rest of a result is the framework's.
        keys = {key for key in result if key not in {"meta", "structuredContent", "isError"}}
        return {"id": reply["id"], "keys": keys, "data": shape(result["data"])}
    return {"id": reply["id"], "result": shape(result)}


def comparable(body: Any) -> Any:
    """The parts of a JSON body that must be equal on both servers."""
    if isinstance(body, dict) and "jsonrpc" in body:
        return rpc(body)
    if isinstance(body, dict) and isinstance(body.get("detail"), list):
        return {"detail": [validation_item(item) for item in body["detail"]]}
    if isinstance(body, dict) and "detail" in body:
        return body
    return shape(body)


def message(reply: dict) -> Any:
    """The parts of a message of the WebSocket that must be equal on both servers."""
    data = reply["data"]
    if reply["type"] == "mcp":
        return {"type": "mcp", "data": rpc(data)}
    if reply["type"] != "error":
        return {"type": reply["type"], "data": shape(data)}
    kept = {**data, "errors": [validation_item(item) for item in data.get("errors", [])]}
    if data["code"] == "VALIDATION_ERROR":
        assert data["message"].startswith("Invalid message")
        kept["message"] = "Invalid message"
    if data["code"] == "INVALID_JSON":
        assert data["message"].startswith("Invalid JSON: ")
        kept["message"] = "Invalid JSON"
    if data["code"] in {"SESSION_ERROR", "EXECUTION_ERROR"} and "session_id" not in data["message"]:
        kept["message"] = "some text"
    return {"type": "error", "data": kept}
