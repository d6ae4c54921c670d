"""The intended differences between the two servers, and why. docs/protocol.md has the same list.

A difference names a request of test_http.py or test_websocket.py by its title. A request that is
listed here and is answered alike fails its test, so that the list stays true.
"""

HTTP = {
    "metadata": "the name, description, version and author are the environment's own",
    "openapi": "the document is ours: it names our models and describes /mcp's request",
    "reset null": "null stands for no body, as in older releases of the framework",
    "redoc": "one page of documentation is enough",
    "oauth redirect": "there is no sign-in",
    "reset unknown option": "a misspelt option is an error instead of another question than meant",
    "reset seed as text": "a number in a text is not a number",
    "reset seed as true": "a truth value is not a number",
    "reset seed above 64 bits": "seeds have 64 bits",
    "step timeout as text": "a number in a text is not a number",
    "reset body of another type": "the body is JSON whatever its Content-Type says",
    "reset body without a type": "the body is JSON whatever its Content-Type says",
    "reset broken json": "no position is given in broken JSON",
    "reset not utf-8": "the framework answers 400 to what is not UTF-8 and 422 to other broken JSON",
    "reset blank body": "no position is given in broken JSON",
    "step blank body": "no position is given in broken JSON",
    "step broken json": "no position is given in broken JSON",
    "step action with lone surrogate": "text that is not Unicode is refused as broken JSON",
    "step episode that is not kept": "an episode_id names a kept episode here, and nothing there",
    "state episode that is not kept": "an episode_id names a kept episode here, and nothing there",
    "step alone": "an episode is over that never began, where the framework steps a new environment",
    "task index as text": "a number in a text is not a number",
    "task index negative": "the environment's choice: an index is from 0",
    "tasks of unknown split": "404 with what there is, where the framework fails with 500",
    "mcp delete": "ends a session of a client of MCP itself",
    "mcp initialize": "clients of MCP itself begin so, and the framework does not know it",
    "mcp notification": "clients of MCP itself send it, and want no answer",
    "mcp ping": "clients of MCP itself send it",
    "mcp tools list": "reset is a tool too, so that a client of MCP alone can begin an episode",
    "mcp call without episode": "there is nothing to call before the tool reset",
    "wrong method GET /mcp": "DELETE is allowed too",
    "wrong method PUT /mcp": "DELETE is allowed too",
}

WEBSOCKET = {
    "step before reset": "the framework leaves it to the environment; here it is EXECUTION_ERROR",
    "reset unknown option": "a misspelt option is an error instead of another question than meant",
    "reset seed negative": "checked as over HTTP",
    "reset seed as text": "checked as over HTTP",
    "reset seed with fraction": "checked as over HTTP",
    "reset episode_id a number": "checked as over HTTP",
    "reset episode_id too long": "checked as over HTTP",
    "step lone surrogate": "text that is not Unicode is refused as broken JSON, and the session lives",
    "byte order mark": "the parser skips it",
    "too deep": "the framework's session dies; here it is an error like any other",
    "trajectory": "ours: the finished episode",
    "mcp initialize": "clients of MCP itself begin so, and the framework does not know it",
    "mcp notification": "clients of MCP itself send it; a message has a reply all the same",
    "mcp ping": "clients of MCP itself send it",
    "mcp tools list": "reset is a tool too, so that a client of MCP alone can begin an episode",
}

# In replies that are otherwise alike.
EVERYWHERE = {
    "errors[].url": "a link to the framework's library explains nothing about this server",
    "errors[].input": "structures are shown as {} or [] and texts cut at 200 bytes: no echo",
    "message of VALIDATION_ERROR": "begins with `Invalid message`, then says what is wrong",
    "messages in JSON-RPC errors": "say what is wrong in our words; the codes are the same",
    "observation.metadata, metadata": "there is nothing to say there; clients default it to {}",
    "tools: fields that are null": "left out; clients default them",
    "a body or message over 1 MiB": "413, or close 1009; the framework's limit is 16 MiB and 1009",
    "/docs": "the page is ours and works offline",
    "server, date": "the header names us, and no time of day is sent",
}
