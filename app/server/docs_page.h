// The page at /docs: the HTTP routes, read from /openapi.json, and the messages of the WebSocket.
// One document without anything from elsewhere, so that it works offline.
#pragma once

namespace sqlenv {

extern const char kDocsPage[];

// What the page may do: run what is in it and ask this server.
extern const char kDocsPolicy[];

}  // namespace sqlenv
