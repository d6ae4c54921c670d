// A static file server on a free port of the loopback interface, for a site's folder.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".tar": "application/x-tar",
};

// Serves `folder` under `base` ("/" or "/a/path/"). `answer`, if given, is asked first: it is called
// with the path below the base and the response, and returns true if it has answered.
export async function serveSite(folder, { base = "/", answer = () => false } = {}) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
    const name = path.startsWith(base) ? path.slice(base.length) || "index.html" : null;
    if (name !== null && (await answer(name, response))) return;
    const file = name === null ? null : normalize(name);
    const bytes = file === null || file.startsWith("..")
      ? null : await readFile(join(folder, file)).catch(() => null);
    if (bytes === null) {
      response.writeHead(404, { "Content-Type": "text/plain" }).end("not here\n");
      return;
    }
    response.writeHead(200, {
      "Content-Type": types[extname(file)] ?? "application/octet-stream",
      "Content-Length": bytes.length,
      "Cache-Control": "no-store",
    }).end(bytes);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    url: origin + base,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}
