// A server with OpenAI's interface for language models, on a port of the loopback interface, whose model
// says what it is told to say.
//
// As a program it says the messages of a file, a JSON object a line, in their order and again from the first:
//   node model_server.mjs FILE PORT

import { createServer } from "node:http";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

// One turn is a text, a message (an object with "content"), or a function that gets the response and answers
// it itself. After the last one comes the first again. `origin` is the page that may ask; none: no page may.
export async function serveModel(turns, { origin = "*", port = 0 } = {}) {
  const requests = [];
  const server = createServer(async (request, response) => {
    if (origin !== null) {
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Allow-Headers", "authorization, content-type");
    }
    if (request.method !== "POST") return response.writeHead(origin === null ? 403 : 204).end();
    let body = "";
    for await (const piece of request) body += piece;
    const turn = turns[requests.length % turns.length];
    requests.push({ url: request.url, headers: request.headers, body: JSON.parse(body) });
    if (typeof turn === "function") return turn(response);
    const message = typeof turn === "string" ? { content: turn } : turn;
    const choice = request.url.endsWith("/chat/completions")
      ? { message: { role: "assistant", ...message } } : { text: message.content };
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify({
      object: "completion", choices: [{ index: 0, finish_reason: "stop", ...choice }],
    }));
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    requests,
    address: `http://127.0.0.1:${server.address().port}/v1`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

// A message that calls a tool.
export const call = (name, given, more = {}) => ({
  content: null, ...more,
  tool_calls: [{ id: "call_1", type: "function", function: { name, arguments: JSON.stringify(given) } }],
});

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [file, port] = process.argv.slice(2);
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const { address } = await serveModel(lines.map((line) => JSON.parse(line)), { port: Number(port) });
  console.log(`ready at ${address}`);
}
