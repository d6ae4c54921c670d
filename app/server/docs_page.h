// The page at /docs: the HTTP routes, read from /openapi.json, and the messages of the WebSocket.
// It loads nothing else, so that it works offline.
#pragma once

namespace sqlenv {

extern const char kDocsPage[];

// The page's Content-Security-Policy: it may run its own script and send requests to this server.
extern const char kDocsPolicy[];

}  // namespace sqlenv
