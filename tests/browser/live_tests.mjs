// The page and a real server: played on, watched, refused, lost and resumed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";

import { Player } from "./player.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const program = process.env.SQLENV_BIN ?? join(root, "build/native/bin/sqlenv");
const question = "question=concert_singer_train_001";

// Starts a server of the page's folder with these options.
async function serve(site, ...options) {
  const process = spawn(program, ["serve", "--host", "127.0.0.1", "--web", site, ...(options.includes("--port") ? [] : ["--port", "0"]),
                                  "--threads", "1", "--drain", "0", ...options], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([once(process.stdout, "data"),
    once(process, "exit").then(() => { throw new Error("the server did not start"); })]);
  const url = /http:\/\/\S+/.exec(String(line))[0].replace("localhost", "127.0.0.1");
  return {
    url, port: new URL(url).port,
    async stop() {
      if (process.exitCode !== null || process.signalCode !== null) return;
      process.kill("SIGKILL");
      await once(process, "exit");
    },
  };
}

// Runs `work` with servers that are stopped after it.
async function with_servers(site, work) {
  const servers = [];
  try {
    await work(async (...options) => {
      servers.push(await serve(site, ...options));
      return servers.at(-1);
    });
  } finally {
    for (const server of servers) await server.stop();
  }
}

async function shows(player, words) {
  await player.frame.waitForFunction((wanted) => {
    const state = JSON.parse(sqlenv.ui_snapshot()).playground.items.find(({ id }) => id === "live.state");
    window.lastState = state?.label;
    return state?.label.includes(wanted);
  }, words, { timeout: 30_000 }).catch(async () => {
    throw new Error(`it does not show “${words}” but “${await player.frame.evaluate(() => window.lastState)}”`);
  });
  await player.settle();
}

async function post(url, path, body) {
  const response = await fetch(url + path, { method: "POST", body: JSON.stringify(body) });
  return response.json();
}

async function plays_and_resumes({ browser, site, shot }) {
  await with_servers(site, async (start) => {
    const server = await start();
    const player = await (await Player.open(browser, `${server.url}/?server=${server.url}&${question}`)).ready();
    await shows(player, "Connected");
    await player.click("action.table.vocalist");
    await player.click("action.run");
    await shows(player, "Connected");
    await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
    await player.frame.waitForFunction(() =>
      JSON.parse(sqlenv.ui_snapshot()).playground.items.some(({ id }) => id === "recorded.2"));
    await player.settle();
    await player.page.screenshot({ path: shot("live-1280") });
    player.check_clean();

    await server.stop();
    await shows(player, "connection is lost");
    assert.equal((await player.item("action.run")).enabled, false);
    await player.page.screenshot({ path: shot("live-lost-1280") });
    const second = await start("--port", server.port);
    await shows(player, "does not have the episode any more");
    await player.click("live.replay");
    await shows(player, "the episode is where it was");
    assert.ok(await player.find("recorded.2"));
    await player.answer("23");
    await shows(player, "over: right");
    await player.click("live.again");
    await shows(player, "Connected");
    assert.equal(await player.find("recorded.1"), undefined);
    await player.click("live.leave");
    assert.equal(await player.find("live.state"), undefined);
    await second.stop();
  });
}

async function watches({ browser, site, shot }) {
  await with_servers(site, async (start) => {
    const server = await start("--watch");
    const player = await (await Player.open(browser, `${server.url}/?server=${server.url}&watch`,
      { width: 390, height: 844, colorScheme: "dark" })).ready();
    await shows(player, "No session plays yet");
    const mine = { episode_id: "mine", question_id: "concert_singer_train_001" };
    await post(server.url, "/reset", mine);
    await post(server.url, "/step", { episode_id: "mine", action: { action_type: "DESCRIBE", argument: "vocalist" } });
    await shows(player, "1 session.");
    await player.click("live.session.1");
    await shows(player, "read only");
    await post(server.url, "/step", { episode_id: "mine", action: { action_type: "QUERY", argument: "SELECT 17" } });
    await player.frame.waitForFunction(() =>
      JSON.parse(sqlenv.ui_snapshot()).playground.items.some(({ id }) => id === "recorded.2"));
    assert.equal(await player.find("action.run"), undefined);
    await player.settle();
    await player.page.screenshot({ path: shot("live-watch-390") });
    player.check_clean();
    await server.stop();
    await shows(player, "connection is lost");
    await start("--watch", "--port", server.port);
    await shows(player, "started anew");
  });
}

async function says_why_not({ browser, site, url }) {
  await with_servers(site, async (start) => {
    const closed = await start();
    const player = await (await Player.open(browser, `${closed.url}/?server=http://127.0.0.1:1`)).ready();
    await shows(player, "does not answer");
    await player.item("live.retry");
    await player.page.goto(`${closed.url}/?server=${closed.url}&watch`);
    await (await player.started()).settle();
    await shows(player, "sqlenv serve --watch");
    const full = await start("--max-sessions", "1", "--allow-origin", new URL(url).origin);
    await post(full.url, "/mcp", { jsonrpc: "2.0", id: 1, method: "openenv/session/create", params: {} });
    await player.page.goto(`${url}?server=${full.url}`);
    await (await player.started()).settle();
    await shows(player, "The server is full");
    await player.page.goto(`${url}?server=${closed.url}`);
    await (await player.started()).settle();
    await shows(player, `--allow-origin ${new URL(url).origin}`);

    const token = "0123456789abcdef";
    const guarded = await start("--token", token, "--allow-origin", new URL(url).origin);
    await player.page.goto(`${url}?server=${guarded.url}`);
    await (await player.started()).settle();
    await shows(player, "asks for a token");
    await player.click("live.token");
    await player.page.fill("#open [name=token]", token);
    await player.page.click("#open form button:not([value])");
    await shows(player, "Connected");
    assert.ok(!(await player.page.evaluate(() => JSON.stringify({ ...localStorage }) + location.href)).includes(token));
  });
}

// An episode that cannot be executed here is still shown.
async function shows_an_unknown_pack({ browser, url, shot }) {
  const player = await (await Player.open(browser, url, { width: 390, height: 844 })).ready();
  const text = await readFile(new URL("../golden/concert_singer_win.trajectory.jsonl", import.meta.url), "utf8");
  await player.frame.evaluate((contents) => {
    const data = new DataTransfer();
    data.items.add(new File([contents], "run.jsonl"));
    for (const type of ["dragenter", "dragover", "drop"])
      window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, text.replace('"pack":"starter"', '"pack":"elsewhere"'));
  await shows(player, "cannot be played again here");
  await player.page.screenshot({ path: shot("unknown-pack-390") });
  await player.click("live.leave");
  player.check_clean();
}

export const tests = [
  { name: "plays on a server, and resumes after a loss", run: plays_and_resumes },
  { name: "watches a server's sessions", run: watches },
  { name: "says why a server cannot be played on", run: says_why_not },
  { name: "shows an episode of an unknown pack", run: shows_an_unknown_pack },
];
