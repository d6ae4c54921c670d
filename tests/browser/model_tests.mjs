// Language models behind scripted servers play in the page: to the end, stopped, refused.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { call, serveModel } from "./model_server.mjs";
import { Player } from "./player.mjs";

const question = "?question=concert_singer_train_003&seed=7";
const golden = (name) => readFile(new URL(`../golden/${name}`, import.meta.url), "utf8");
const key = "sk-only-in-memory-4711";

// What wins, as a chat model says it: by tools, in prose, in a fence, with thoughts.
const winning = [
  call("describe", { table: "band" }, { reasoning_content: "The question is about bands. I should look at that table first." }),
  "SAMPLE band",
  "<think>Genres are spelled in several ways. I count them.</think>\nI look at the genres.\n```sql\n" +
    "SELECT genre, COUNT(*) FROM band GROUP BY genre ORDER BY genre\n```",
  call("query", { sql: "SELECT band_name FROM band WHERE LOWER(TRIM(genre)) = 'jazz'" }),
  'Final answer: ["Тиха Гара", "Lantern District", "Pepperbox Nine"]',
];

// Runs `work` with model servers that are closed after it.
async function with_models(work) {
  const servers = [];
  try {
    await work(async (...script) => {
      servers.push(await serveModel(...script));
      return servers.at(-1);
    });
  } finally {
    for (const server of servers) await server.close();
  }
}

// Opens the dialog, enters these and has the model play.
export async function let_play(player, { address, name = "", secret = "", compact = false, button = "question.model" }) {
  if (!(await player.page.isVisible("#model"))) await player.click(button);
  await player.page.waitForSelector("#model[open]");
  await player.page.fill("#model [name=address]", address);
  await player.page.fill("#model [name=name]", name);
  await player.page.fill("#model [name=key]", secret);
  await player.page.check(`#model [value=${compact ? "compact" : "chat"}]`);
  await player.page.click("#model form button:not([type])");
}

// Waits until the snapshot holds an item of this name, and returns it.
export async function appears(player, id) {
  await player.frame.waitForFunction((name) =>
    JSON.parse(sqlenv.ui_snapshot()).playground.items.some((item) => item.id === name), id, { timeout: 30_000 })
    .catch(async () => { throw new Error(`${id} does not appear, only ${(await player.items()).map((item) => item.id)}`); });
  await player.settle();
  return (await player.items()).find((item) => item.id === id);
}

// The dialog is open again and says why.
async function refused(player, words) {
  await player.page.waitForFunction((wanted) => {
    window.lastWhy = document.querySelector("#model[open] .why:not([hidden])")?.textContent;
    return window.lastWhy?.includes(wanted);
  }, words, { timeout: 30_000 }).catch(async () => {
    throw new Error(`it does not say “${words}” but “${await player.page.evaluate(() => window.lastWhy)}”`);
  });
}

// Asking other origins is what these tests are about, and the browser writes its own errors about it.
function check_clean(player) {
  player.complaints = player.complaints.filter((text) =>
    !/^a request to http:\/\/127\.0\.0\.1:|^Failed to load resource|blocked by CORS policy/.test(text));
  player.check_clean();
}

async function plays_to_the_end({ browser, url, shot }) {
  await with_models(async (serve) => {
    const busy = (response) => response.writeHead(429, { "Retry-After": "0", "Access-Control-Expose-Headers": "Retry-After" }).end("{}");
    const server = await serve([winning[0], busy, ...winning.slice(1)]);
    const player = await (await Player.open(browser, url + question)).ready();
    await player.click("question.model");
    await player.page.waitForSelector("#model[open]");
    await player.page.screenshot({ path: shot("model-dialog-1280") });
    await let_play(player, { address: server.address, name: "parrot-1", secret: key });
    await appears(player, "verdict.card");
    assert.equal(await player.frame.evaluate(() => sqlenv.ui_trajectory()),
                 await golden("concert_singer_win.trajectory.jsonl"));
    assert.equal((await player.find("history.1.said")).label, 'describe({"table":"band"})');
    assert.ok(await player.find("history.1.thoughts"));
    assert.equal(await player.find("history.2.thoughts"), undefined);
    assert.match((await player.find("history.3.said")).label, /^I look at the genres/);
    await player.page.screenshot({ path: shot("model-won-1280") });
    for (let step = 5; step > 1; --step) await player.press("ArrowLeft");
    await player.click("history.1.thoughts");
    assert.match((await player.find("history.1.thoughts.text")).label, /look at that table first/);
    await player.page.screenshot({ path: shot("model-thoughts-1280") });

    assert.equal(server.requests.length, 6);
    assert.deepEqual(server.requests[1].body, server.requests[2].body, "the busy server is asked the same again");
    for (const { headers, body, url: path } of server.requests) {
      assert.equal(headers.authorization, `Bearer ${key}`);
      assert.equal(body.model, "parrot-1");
      assert.equal(path, "/v1/chat/completions");
      assert.ok(!JSON.stringify(body).includes("gold"));
    }
    const kept = await player.page.evaluate(() => JSON.stringify([
      { ...localStorage }, { ...sessionStorage }, location.href, document.cookie, sqlenv.ui_trajectory(), sqlenv.ui_snapshot()]));
    assert.ok(!kept.includes(key), "the key is in memory only");
    check_clean(player);
  });
}

// The player's episode stands beside the model's, and goes on where it was.
async function plays_beside_the_player({ browser, url, shot }) {
  await with_models(async (serve) => {
    const server = await serve(["D vocalist", "D band", "S band",
      "Q SELECT band_name FROM band WHERE LOWER(TRIM(genre)) = 'jazz'", "A ="]);
    const player = await (await Player.open(browser, url + question, { width: 390, height: 844, colorScheme: "dark" })).ready();
    await player.click("action.run");
    await player.click("question.model");
    await player.page.waitForSelector("#model[open]");
    await player.page.screenshot({ path: shot("model-dialog-390") });
    await let_play(player, { address: server.address, compact: true });
    await appears(player, "verdict.card");
    assert.equal((await player.snapshot()).playground.replay.runs, 2);
    assert.equal(server.requests[0].url, "/v1/completions");
    assert.match(server.requests[4].body.prompt, /Lantern District/);
    await player.page.screenshot({ path: shot("model-won-390") });
    await player.click("replay.close");
    const { playground } = await player.snapshot();
    assert.equal(playground.replay, undefined);
    assert.equal(playground.step_count, 1);
    check_clean(player);
  });
}

async function is_stopped({ browser, url, shot }) {
  await with_models(async (serve) => {
    let gone;
    const given_up = new Promise((resolve) => { gone = resolve; });
    const server = await serve([winning[0], (response) => response.on("close", gone)]);
    const player = await (await Player.open(browser, url + question, { width: 1920, height: 1080 })).ready();
    await let_play(player, { address: server.address, name: "slow-parrot" });
    await appears(player, "history.1.said");
    await player.page.screenshot({ path: shot("model-playing-1920") });
    await player.rest();
    const { frames } = await player.snapshot();
    await new Promise((resolve) => { setTimeout(resolve, 500); });
    assert.equal((await player.snapshot()).frames, frames, "waiting for a model draws nothing");
    await player.click("replay.stop");
    await given_up;
    assert.equal((await player.item("replay.warning")).label, "Stopped after 1 step.");
    await player.page.screenshot({ path: shot("model-stopped-1920") });
    await let_play(player, { address: (await serve(winning)).address, button: "replay.model" });
    await appears(player, "verdict.card");
    assert.equal((await player.snapshot()).playground.replay.runs, 2);
    check_clean(player);
  });
}

async function says_why_not({ browser, url, shot }) {
  await with_models(async (serve) => {
    const answer = (status, body, type = "application/json") => [(response) => response.writeHead(status, { "Content-Type": type }).end(body)];
    const error = (status, message) => answer(status, JSON.stringify({ error: { message } }));
    const player = await (await Player.open(browser, url + question)).ready();
    await let_play(player, { address: "localhost" });
    await refused(player, "must begin with http:// or https://");
    const closed = await serve(winning, { origin: null });
    const reasons = [
      ["nobody", "http://127.0.0.1:1/v1", "No answer came from http://127.0.0.1:1"],
      ["cors", closed.address, `OLLAMA_ORIGINS=${new URL(url).origin}`],
      ["key", (await serve(error(401, `Incorrect API key provided: ${key}`))).address, "refuses the key"],
      ["model", (await serve(error(404, "model 'parrot-1' not found, try pulling it first"))).address, "does not know the model \"parrot-1\""],
      ["garbage", (await serve(answer(200, "<html>It works!</html>", "text/html"))).address, "is not a completion"],
      ["large", (await serve(answer(200, "a".repeat(9 << 20)))).address, "too large"],
      ["context", (await serve(error(400, "This model's maximum context length is 512 tokens"))).address, "longer than the model's context"],
      ["redirect", (await serve([(response) => response.writeHead(302, { Location: "http://127.0.0.1:1/" }).end()])).address, "Redirects are not followed"],
    ];
    for (const [name, address, words] of reasons) {
      await let_play(player, { address, name: "parrot-1", secret: key });
      await refused(player, words);
      const why = await player.page.textContent("#model .why");
      assert.ok(!why.includes(key), why);
      if (["nobody", "cors", "key"].includes(name)) await player.page.screenshot({ path: shot(`model-${name}-1280`) });
    }
    assert.equal(closed.requests.length, 0, "a page that may not ask sends no key");
    await player.page.click("#model .close");
    assert.match((await player.item("replay.warning")).label, /Redirects are not followed/);
    await player.page.screenshot({ path: shot("model-refused-1280") });
    await player.click("replay.close");
    assert.equal((await player.snapshot()).playground.replay, undefined);
    check_clean(player);
  });
}

// What holds no action costs a step like any wrong action, and the model goes on.
async function goes_on_after_an_unreadable_turn({ browser, url, shot }) {
  await with_models(async (serve) => {
    const server = await serve(["Polly wants a cracker!", ...winning.slice(3)]);
    const player = await (await Player.open(browser, url + question, { colorScheme: "dark" })).ready();
    await let_play(player, { address: server.address, name: "parrot-1" });
    await appears(player, "verdict.card");
    assert.equal((await player.find("history.1.said")).label, "Polly wants a cracker!");
    assert.match(JSON.stringify(server.requests[1].body.messages), /call one of the tools/);
    const steps = (await player.trajectory()).filter((line) => line.action);
    assert.equal(steps[0].action.action_type, "UNREADABLE");
    await player.page.screenshot({ path: shot("model-unreadable-1280") });
    check_clean(player);
  });
}

// A page that came by https may not speak to http servers elsewhere, and says so before it tries.
async function says_what_https_forbids({ browser, site, url }) {
  const player = await Player.open(browser, url);
  await player.context.route("https://playground.example/**", async (route) => {
    const path = new URL(route.request().url()).pathname.slice(1) || "index.html";
    await route.fulfill({ path: join(site, path) });
  });
  player.complaints = [];
  await player.page.goto("https://playground.example/" + question);
  await (await player.started()).settle();
  await let_play(player, { address: "http://models.example:8000/v1" });
  await refused(player, "This page came by https");
  assert.deepEqual(player.complaints.filter((text) => text.includes("models.example")), []);
}

export const tests = [
  { name: "a model plays to the end", run: plays_to_the_end },
  { name: "a model plays beside the player", run: plays_beside_the_player },
  { name: "a model is stopped", run: is_stopped },
  { name: "says why a model cannot play", run: says_why_not },
  { name: "a model goes on after an unreadable turn", run: goes_on_after_an_unreadable_turn },
  { name: "a model on http and a page on https", run: says_what_https_forbids },
];
