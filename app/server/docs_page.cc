#include "app/server/docs_page.h"

namespace sqlenv {

const char kDocsPolicy[] =
    "default-src 'none'; connect-src 'self'; script-src 'unsafe-inline'; style-src "
    "'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'";

const char kDocsPage[] = R"html(<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SQLEnv API</title>
<style>
  :root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 18%, transparent); }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 54rem; margin: 2rem auto; padding: 0 1rem; }
  h2 { margin-top: 2.5rem; border-bottom: 1px solid var(--line); }
  details { border: 1px solid var(--line); border-radius: .4rem; margin: .4rem 0; padding: .4rem .8rem; }
  summary { cursor: pointer; }
  code, pre { font: 14px/1.45 ui-monospace, monospace; }
  pre { overflow-x: auto; background: color-mix(in srgb, currentColor 7%, transparent); padding: .6rem; border-radius: .3rem; }
  .method { display: inline-block; min-width: 3.2rem; font-weight: 600; }
</style>
<h1>SQLEnv API</h1>
<p id="about"></p>
<p>The whole description as data: <a href="openapi.json">openapi.json</a>. Counters: <a href="metrics">metrics</a>.</p>
<div id="routes"><noscript>This list is made by a script from openapi.json.</noscript></div>
<h2>WebSocket /ws</h2>
<p>One connection is one session. Each message has one reply, in order.</p>
<pre>
{"type": "reset", "data": {"seed": 7, "difficulty": "easy"}}
{"type": "step", "data": {"action_type": "DESCRIBE", "argument": "singer"}}
{"type": "state"}
{"type": "mcp", "data": {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}}
{"type": "trajectory"}
{"type": "close"}
</pre>
<p>Replies are of type observation, state, mcp, trajectory or error; an error has a code and a message.</p>
<h2>WebSocket /mcp</h2>
<p>One request of JSON-RPC 2.0 a message, as for POST /mcp; one connection is one session.</p>
<script>
const make = (name, text = "", parent = null) => {
  const element = document.createElement(name);
  element.textContent = text;
  parent?.append(element);
  return element;
};
const resolve = (schema, all, depth = 0) => {
  if (Array.isArray(schema)) return schema.map((item) => resolve(item, all, depth + 1));
  if (schema === null || typeof schema !== "object" || depth > 12) return schema;
  if (schema.$ref) return resolve(all[schema.$ref.split("/").pop()], all, depth + 1);
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, resolve(value, all, depth + 1)]));
};
const schemaOf = (part) => part?.content?.["application/json"]?.schema;
fetch("openapi.json").then((reply) => reply.json()).then((api) => {
  document.getElementById("about").textContent = api.info.description;
  const routes = document.getElementById("routes");
  routes.textContent = "";
  for (const tag of api.tags) {
    const inTag = Object.entries(api.paths).flatMap(([path, methods]) =>
      Object.entries(methods).filter(([, operation]) => operation.tags.includes(tag.name))
        .map(([method, operation]) => ({path, method, operation})));
    if (inTag.length === 0) continue;
    make("h2", tag.name, routes);
    make("p", tag.description, routes);
    for (const {path, method, operation} of inTag) {
      const details = make("details", "", routes);
      const summary = make("summary", "", details);
      make("span", method.toUpperCase(), summary).className = "method";
      make("code", path, summary);
      summary.append(" " + operation.summary);
      for (const parameter of operation.parameters ?? [])
        make("p", `${parameter.name} (${parameter.in}): ${parameter.description}`, details);
      const show = (title, schema) => {
        if (schema === undefined) return;
        make("p", title, details);
        make("pre", JSON.stringify(resolve(schema, api.components.schemas), null, 2), details);
      };
      show("Body", schemaOf(operation.requestBody));
      for (const [status, reply] of Object.entries(operation.responses))
        show(`${status}: ${reply.description}`, schemaOf(reply));
    }
  }
}).catch(() => { document.getElementById("routes").textContent = "openapi.json could not be read."; });
</script>
</html>
)html";

}  // namespace sqlenv
