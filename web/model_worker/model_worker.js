// The worker in which a language model behind an address plays an episode (model.cc). Sent {choose: {address,
// model, key, compact}, page, wasm}, `page` being the page's origin, it answers {ready} or {error}. Sent
// {ask}, a question of core/wire/policy_json.h, it answers any number of {note}, then {turn} or {problem}.
// The key is in this worker's memory alone, and goes to the server that was named.
const server = { api: null, page: "" };

// Longer replies are no completions.
const mostBytes = 8 << 20;

// The numbers of HttpFailure (app/http/http_request.h).
const failures = { unreachable: 0, timed_out: 1, too_large: 3, broken: 4 };

const failed = (failure, reason = "") => ({ status: 0, body: "", failure: failures[failure], reason, retry_after: "" });

async function chooseModel({ choose: { address, model, key, compact }, page, wasm }) {
  let module;
  try {
    module = await createModelWorker({ locateFile: () => wasm });
  } catch (error) {
    return postMessage({ error: { message: `What speaks to models did not load (${error.message || error}). ` +
                                           "Check the connection and try again." } });
  }
  Object.assign(server, { api: module["sqlenv"], page });
  const answer = JSON.parse(server.api["call"]("model_choose", address, model, key, compact ? 1 : 0, page));
  postMessage(answer.error ? answer : { ready: true });
}

const pause = (time) => new Promise((done) => { setTimeout(done, time); });

async function play(question) {
  let next = JSON.parse(server.api["call"]("model_ask", question));
  while (next.request) {
    if (next.note) postMessage({ note: next.note });
    await pause(next.wait_ms);
    const { status, body, failure, reason, retry_after } = await send(next.request);
    next = JSON.parse(server.api["call"]("model_reply", status, body, failure, reason, retry_after,
                                         Date.now() / 1000, Math.random()));
  }
  postMessage(next);
}

// No redirect is followed, so that the key goes to the address that was given alone.
async function send({ url, limit_ms, ...options }) {
  const signal = AbortSignal.timeout(limit_ms);
  let response;
  try {
    response = await fetch(url, { ...options, signal, redirect: "manual", cache: "no-store",
                                  credentials: "omit", referrerPolicy: "no-referrer" });
  } catch {
    return signal.aborted ? failed("timed_out") : failed("unreachable", await whyNot(new URL(url)));
  }
  if (response.type === "opaqueredirect") return { ...failed("unreachable"), status: 302 };
  try {
    const body = await read(response);
    if (body === null) return failed("too_large");
    return { status: response.status, body, failure: 0, reason: response.statusText,
             retry_after: response.headers.get("Retry-After") ?? "" };
  } catch {
    return failed(signal.aborted ? "timed_out" : "broken");
  }
}

// The reply's text; null if it is too long.
async function read(response) {
  const decoder = new TextDecoder();
  const reader = response.body.getReader();
  let text = "";
  for (let bytes = 0; ;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > mostBytes) {
      reader.cancel();
      return null;
    }
    text += decoder.decode(value, { stream: true });
  }
}

// Browsers do not say why a request failed; whether anything answers at all can be found out.
async function whyNot({ origin, protocol, hostname }) {
  const answers = await fetch(`${origin}/v1/models`, { mode: "no-cors", credentials: "omit", signal: AbortSignal.timeout(3000) })
    .then(() => true, () => false);
  const page = server.page === "null" ? "*" : server.page;
  const allow = `allows this page: Ollama by OLLAMA_ORIGINS=${page}, vLLM by --allowed-origins '["${page}"]', ` +
    `llama.cpp's server by --cors-origins ${page} if it does not by itself.`;
  if (answers) return `${origin} answers, but does not let this page ask (CORS). Start it so that it ${allow}`;
  const local = /^(localhost|127\.|\[::1\])/.test(hostname) && server.page.startsWith("https:")
    ? " The browser may ask whether this page may reach your network: allow it. Safari never lets an https page do so." : "";
  return `No answer came from ${origin}. Is the server running, and are host and port right?${local} ` +
    `A browser does not say why. If it does run, start it so that it ${allow}`;
}

onmessage = ({ data }) => data.choose ? chooseModel(data) : play(data.ask);
