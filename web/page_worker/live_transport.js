// Performs what the connection to a server wants (live.cc): requests by fetch(), one at a time, and
// waiting times. Sent {connect: {address, token, watch, reset}, page, wasm}, `reset` being JSON and `page`
// the page's origin, it answers {error} or any number of {transcript, farewell}: the transcript to show, as
// JSON, and what to fetch when the player leaves. {act: [action_type, argument]} and {choose: id} are what
// the player does.
const connection = { api: null, page: "", underWay: null, timer: 0 };

async function connectServer({ connect: { address, token, watch, reset }, page, wasm }) {
  const module = await load(wasm);
  if (!module) return;
  Object.assign(connection, { api: module["sqlenv"], page });
  const answer = JSON.parse(connection.api["call"](
    "live_connect", address, token, reset, watch ? 1 : 0, Math.floor(Math.random() * 2 ** 32)));
  if (answer.error) return postMessage(answer);
  perform(answer);
}

// Calls a function of live.cc and does what it answers.
function tellLive(name, ...inputs) {
  if (connection.api) perform(JSON.parse(connection.api["call"](`live_${name}`, ...inputs)));
}

// A new request or waiting time takes the place of the one before.
function perform({ request, timer, transcript, farewell }) {
  if (request || timer) {
    connection.underWay?.abort();
    clearTimeout(connection.timer);
  }
  if (timer) connection.timer = setTimeout(() => tellLive("tick", timer.number), timer.seconds * 1000);
  if (request) send(request);
  postMessage({ transcript: transcript && JSON.stringify(transcript), farewell });
}

async function send({ number, explain, url, limit_ms, ...options }) {
  const mine = connection.underWay = new AbortController();
  const signal = AbortSignal.any([mine.signal, AbortSignal.timeout(limit_ms)]);
  let status = 0;
  let body = "";
  let reason = "";
  try {
    const response = await fetch(url, { ...options, cache: "no-store", signal });
    body = await response.text();
    status = response.status;
    reason = response.statusText;
  } catch {
    if (explain && !mine.signal.aborted) reason = await whyNot(new URL(url));
  }
  if (!mine.signal.aborted) tellLive("reply", number, status, body, reason);
}

// Browsers do not say why a request failed; whether anything answers at all can be found out.
async function whyNot({ origin, protocol, hostname }) {
  const local = /^(localhost|127\.|\[::1\])/.test(hostname);
  if (connection.page.startsWith("https:") && protocol === "http:" && !local)
    return "This page came by https, so the browser lets it speak to https servers and this machine alone. Give an https address, or open the page that the server itself serves.";
  const answers = origin !== connection.page &&
    await fetch(`${origin}/health`, { mode: "no-cors", signal: AbortSignal.timeout(3000) }).then(() => true, () => false);
  return answers
    ? `The server answers, but does not let this page ask: start it with --allow-origin ${connection.page}` : "";
}
