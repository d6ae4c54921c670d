// Replays, links, comparing and the tour in the page.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { Player } from "./player.mjs";

const question = "?question=concert_singer_train_001&seed=7";
const golden = (name) => readFile(new URL(`../golden/${name}`, import.meta.url), "utf8");

async function drop(player, name, text) {
  await player.frame.evaluate(([file, contents]) => {
    const data = new DataTransfer();
    data.items.add(new File([contents], file));
    for (const type of ["dragenter", "dragover", "drop"])
      window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, text]);
}

const replay = async (player) => (await player.snapshot()).playground.replay;

async function replayed(player) {
  await player.frame.waitForFunction(() => {
    const { playground } = JSON.parse(sqlenv.ui_snapshot());
    return playground.replay && playground.items.some((item) => item.id === "replay.close");
  });
  await player.settle();
}

async function replays_a_file({ browser, url, shot }) {
  const player = await (await Player.open(browser, url)).ready();
  const text = await golden("concert_singer_win.trajectory.jsonl");
  await drop(player, "win.jsonl", text);
  await replayed(player);
  assert.equal(await player.frame.evaluate(() => sqlenv.ui_trajectory()), text);
  assert.equal(await player.find("replay.warning"), undefined);
  const { step, of } = await replay(player);
  assert.equal(step, of);
  await player.press("ArrowLeft");
  await player.press("ArrowLeft");
  assert.equal((await player.snapshot()).playground.step_count, of - 2);
  assert.equal((await player.snapshot()).playground.done, false);
  await player.page.screenshot({ path: shot("replay-1280") });
  for (const [button, begin] of [["save", '{"format":"sqlenv-trajectory/1"'], ["report", "# "], ["picture", ""]]) {
    const [download] = await Promise.all([player.page.waitForEvent("download"), player.click(`replay.${button}`)]);
    const saved = await readFile(await download.path());
    if (button === "picture") assert.deepEqual([...saved.subarray(1, 4)], [0x50, 0x4e, 0x47]);
    else assert.ok(saved.toString("utf8").startsWith(begin), button);
    if (button === "save") assert.equal(saved.toString("utf8"), text);
    if (button === "picture") assert.ok(saved.length > 20_000, `the picture has ${saved.length} bytes`);
  }
  await player.press("Home");
  assert.equal((await player.snapshot()).playground.step_count, 0);
  const changed = text.replace("rows shown)", "rows hidden)").replace('"step_count":1', '"step_count":2');
  await drop(player, "changed.jsonl", changed);
  await player.frame.waitForFunction(() =>
    JSON.parse(sqlenv.ui_snapshot()).playground.items.some((item) => item.id === "replay.warning"));
  assert.match((await player.item("replay.warning")).label, /Line \d+ differs/);
  player.check_clean();
}

async function shares_a_link({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  await player.click("schema.vocalist");
  await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  await player.answer("23");
  const text = await player.frame.evaluate(() => sqlenv.ui_trajectory());
  await player.click("verdict.review");
  await player.press("ArrowLeft");
  await player.context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await player.click("replay.link");
  const link = await player.page.evaluate(() => navigator.clipboard.readText());
  assert.match(link, /#e=1[\w-]+$/);
  assert.ok(link.length < 400, link);

  const other = await Player.open(browser, link, { width: 390, height: 844 });
  await other.started();
  await replayed(other);
  assert.deepEqual(await replay(other), { step: 2, of: 3, runs: 1 });
  await other.page.screenshot({ path: shot("link-390") });
  await other.press("End");
  assert.equal(await other.frame.evaluate(() => sqlenv.ui_trajectory()), text);
  other.check_clean();

  const damaged = await (await Player.open(browser, `${url}#e=1AAAA`)).ready();
  assert.match((await damaged.item("notice")).label, /link cannot be opened/);
  damaged.check_clean();
}

async function asks_and_compares({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  await player.answer("24");
  await player.click("verdict.review");
  await player.press("ArrowLeft");
  await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  assert.match((await player.item("action.what_if")).label, /It would pay \+0\.\d+/);
  await player.page.screenshot({ path: shot("what-if-1280") });
  for (const [policy, runs] of [["explorer", 2], ["random", 3], ["oracle", 4]]) {
    await player.click(`replay.${policy}`);
    await player.frame.waitForFunction((count) =>
      JSON.parse(sqlenv.ui_snapshot()).playground.replay.runs === count, runs);
    await player.settle();  // until it has shown itself
  }
  const { verdict } = (await player.trajectory()).at(-1);
  assert.equal(verdict.correct, true, "the oracle is right");
  await player.page.screenshot({ path: shot("compare-1280") });
  await player.press("Home");
  await player.press("ArrowRight");
  await player.click("replay.branch");
  assert.equal(await replay(player), undefined);
  assert.equal((await player.snapshot()).playground.step_count, 1);
  await player.answer("23");
  assert.equal((await player.trajectory()).at(-1).verdict.correct, true);
  player.check_clean();
}

async function gives_a_tour({ browser, url, shot }) {
  const player = await Player.open(browser, `${url}?tour=1`, { colorScheme: "dark" });
  await player.started();
  const seen = new Set();
  for (let tries = 0; tries < 200; ++tries) {
    await player.settle();
    const caption = await player.find("tour.caption");
    if (caption === undefined && seen.size > 0) break;
    if (caption === undefined) continue;
    seen.add(caption.label);
    if (seen.size === 4) await player.page.screenshot({ path: shot("tour-1280") });
    await player.press("ArrowRight");
  }
  assert.equal(seen.size, 11);
  assert.equal(await replay(player), undefined);
  player.check_clean();
}

export const tests = [
  { name: "replays a file of trajectories", run: replays_a_file },
  { name: "shares an episode by a link", run: shares_a_link, alone: true },
  { name: "asks what if, compares with policies and branches", run: asks_and_compares },
  { name: "gives a tour by keys", run: gives_a_tour },
];
