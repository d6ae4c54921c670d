// Replays, links, comparing and the tour in the page.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Player } from "./player.mjs";

const run = promisify(execFile);
const sqlenv = process.env.SQLENV_BIN ?? fileURLToPath(new URL("../../build/native/bin/sqlenv", import.meta.url));

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
  for (const [button, begin] of [["save", '{"format":"sqlenv-trajectory/1"'], ["report", "# "]]) {
    const saved = (await downloaded(player, `replay.${button}`)).toString("utf8");
    assert.ok(saved.startsWith(begin), button);
    if (button === "save") assert.equal(saved, text);
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

async function downloaded(player, control) {
  const [download] = await Promise.all([player.page.waitForEvent("download"), player.click(control)]);
  return readFile(await download.path());
}

// The size of a PNG and the number of its colours.
async function picture(player, bytes) {
  assert.deepEqual([...bytes.subarray(1, 4)], [0x50, 0x4e, 0x47]);
  return player.page.evaluate(async (base64) => {
    const image = new Image();
    image.src = `data:image/png;base64,${base64}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const colours = new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer));
    return { width: image.width, height: image.height, colours: colours.size };
  }, bytes.toString("base64"));
}

// A saved picture has the device's pixel ratio and shows the panel alone.
async function takes_pictures({ browser, url }) {
  const ratio = 1.5;
  const player = await (await Player.open(browser, url + question, { ratio })).ready();
  await player.click("schema.vocalist");
  const area = await player.item("panel.result");
  await player.page.mouse.move(area.x + area.w / 2, area.y + area.h - 8);
  await player.settle();
  await player.page.mouse.down({ button: "right" });
  await player.next_frame();
  await player.page.mouse.up({ button: "right" });
  await player.settle();
  const result = await picture(player, await downloaded(player, "picture.result"));
  assert.deepEqual([result.width, result.height], [Math.floor(area.w * ratio), Math.floor(area.h * ratio)]);
  assert.ok(result.colours > 30, `${result.colours} colours`);
  await player.answer("24");
  await player.click("verdict.review");
  for (const panel of ["verdict", "reward", "replay", "everything"]) {
    await player.click("replay.picture");
    const { width, height, colours } = await picture(player, await downloaded(player, `picture.${panel}`));
    assert.ok(colours > 30, `${panel} has ${colours} colours`);
    if (panel === "everything") assert.deepEqual([width, height], [1280 * ratio, 800 * ratio]);
    else assert.ok(width < 1280 * ratio && height < 800 * ratio && height > 60, `${panel}: ${width} × ${height}`);
  }
  player.check_clean();
}

// ------------------------------------------------------------------ evaluations

// Calls `use` with the file of an evaluation, as text, and what was counted.
async function with_evaluation(use, policy = "explorer") {
  const folder = await mkdtemp(join(tmpdir(), "sqlenv-lab-"));
  try {
    const file = join(folder, `${policy}.jsonl`);
    const { stdout } = await run(sqlenv, ["eval", "--policy", policy, "--split", "eval", "--trajectories", file, "--json"]);
    await use(await readFile(file, "utf8"), JSON.parse(stdout), file);
  } finally {
    await rm(folder, { recursive: true });
  }
}

const episodes_of = (text) => text.split(/^(?=\{"format":)/m);

async function listed(player) {
  await player.frame.waitForFunction(() =>
    JSON.parse(sqlenv.ui_snapshot()).playground.items.some((item) => item.id === "evaluation.close"));
  await player.settle();
}

async function lists_an_evaluation({ browser, url, shot }) {
  await with_evaluation(async (text, counted) => {
    const episodes = episodes_of(text);
    assert.equal(episodes.length, counted.episodes);
    for (const [width, height, colorScheme] of [[1280, 800, "light"], [390, 844, "dark"], [1920, 1080, "dark"]]) {
      const player = await (await Player.open(browser, url, { width, height, colorScheme })).ready();
      await drop(player, "explorer.jsonl", text);
      await listed(player);
      for (const [name, group] of [...Object.entries(counted.by_difficulty).map(([n, g]) => [`difficulty.${n}`, g]),
                                   ...Object.entries(counted.by_database).map(([n, g]) => [`database.${n}`, g])])
        assert.match((await player.find(`evaluation.${name}`)).label,
                     new RegExp(`: ${group.episodes}, ${(100 * group.success_rate).toFixed(1)} %$`));
      await player.page.screenshot({ path: shot(`evaluation-${width}`) });
      if (width < 1000) {
        player.check_clean();
        continue;
      }
      await player.click("evaluation.rows.3");
      await replayed(player);
      assert.equal(await player.frame.evaluate(() => sqlenv.ui_trajectory()), episodes[2]);
      assert.equal(await player.find("replay.warning"), undefined);
      await player.click("header.episodes");
      const right = episodes.map((episode) => JSON.parse(episode.trim().split("\n").at(-1)).verdict?.correct === true);
      await player.click("evaluation.right");
      await player.item(`evaluation.rows.${right.indexOf(true) + 1}`);
      assert.equal(await player.find(`evaluation.rows.${right.indexOf(false) + 1}`), undefined);
      await player.click("evaluation.all");
      await player.click("evaluation.filter");
      await player.type(JSON.parse(episodes[4].split("\n")[0]).observation.question.slice(0, 40));
      await player.press("Tab");
      await player.item("evaluation.rows.5");
      assert.equal(await player.find("evaluation.rows.4"), undefined);
      await player.page.screenshot({ path: shot(`evaluation-filtered-${width}`) });
      player.check_clean();
    }
  });
}

// Repeats the trajectories up to `megabytes`, with one line that belongs to no trajectory.
async function drop_long(player, name, text, megabytes) {
  await player.frame.evaluate(([file, contents, size]) => {
    const data = new DataTransfer();
    const parts = Array(Math.ceil(size * 1e6 / contents.length)).fill(contents);
    data.items.add(new File([...parts, "no line\n", contents.slice(0, -30)], file));
    for (const type of ["dragenter", "dragover", "drop"])
      window.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
  }, [name, text, megabytes]);
}

async function reads_a_long_one_and_stops({ browser, url }) {
  await with_evaluation(async (text) => {
    const player = await (await Player.open(browser, url)).ready();
    await drop_long(player, "long.jsonl", text, 6);
    await listed(player);
    assert.match((await player.item("evaluation.note")).label, /^2 lines are not of a trajectory. Line \d+: /);
    await player.click("evaluation.rows.head.4");
    await player.click("evaluation.close");
    await drop_long(player, "longer.jsonl", text, 200);
    await player.frame.locator("#open .state", { hasText: "Reading longer.jsonl: " }).waitFor();
    await player.frame.locator("#open .close").click();
    await listed(player);
    assert.match((await player.item("evaluation.note")).label, /^Stopped after [\d.]+ of 2\d\d MB\.$/);
    await player.click("evaluation.rows.2");
    await replayed(player);
    assert.equal(await player.frame.evaluate(() => sqlenv.ui_trajectory()), episodes_of(text)[1]);
    await drop(player, "empty.jsonl", "\n".repeat(5) + "{}\n".repeat(9));
    await player.frame.waitForFunction(() => JSON.parse(sqlenv.ui_snapshot()).playground.items.some(
      (item) => item.id === "notice" && /line 1/.test(item.label)));
    player.check_clean();
  });
}

// ------------------------------------------------------------------ links

// A blog embeds the page in a frame of another origin, whose address alone decides what it shows.
async function shows_a_link_in_a_frame({ browser, url, shot }) {
  const trajectory = fileURLToPath(new URL("../golden/concert_singer_win.trajectory.jsonl", import.meta.url));
  const { stdout } = await run(sqlenv, ["share", trajectory, "--step", "2", "--base", url]);
  const parent = createServer((request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(
    request.url !== "/" ? "" : `<body style="margin:40px"><iframe src="${stdout.trim()}" style="width:1100px;height:640px;border:0"></iframe>`));
  await new Promise((resolve) => parent.listen(0, "127.0.0.1", resolve));
  try {
    const player = await Player.open(browser, `http://localhost:${parent.address().port}/`, { width: 1200, height: 760 });
    await player.page.waitForSelector("iframe");
    player.frame = player.page.frames()[1];
    await player.started();
    await replayed(player);
    assert.notEqual(new URL(player.frame.url()).origin, new URL(player.page.url()).origin);
    const { step, of } = await replay(player);
    assert.equal(step, 2);
    assert.equal((await player.snapshot()).playground.step_count, 2);
    await player.page.screenshot({ path: shot("link-in-a-frame") });
    await player.click("replay.forth");
    assert.equal((await replay(player)).step, 3);
    await player.press("End");
    assert.equal((await replay(player)).step, of);
    assert.equal(await player.frame.evaluate(() => sqlenv.ui_trajectory()), await readFile(trajectory, "utf8"));
    assert.deepEqual(player.complaints.filter((text) => !text.startsWith(`a request to ${new URL(url).origin}`)), []);
  } finally {
    parent.closeAllConnections();
    parent.close();
  }
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
  { name: "takes pictures of panels", run: takes_pictures },
  { name: "lists the episodes of an evaluation", run: lists_an_evaluation },
  { name: "lists a long evaluation, which is stopped", run: reads_a_long_one_and_stops },
  { name: "shows a link in a frame of another origin", run: shows_a_link_in_a_frame },
  { name: "shares an episode by a link", run: shares_a_link, alone: true },
  { name: "asks what if, compares with policies and branches", run: asks_and_compares },
  { name: "gives a tour by keys", run: gives_a_tour },
];
