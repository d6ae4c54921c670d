// Whole episodes on the screen, with a mouse and a keyboard, and by the functions for scripts.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { Player } from "./player.mjs";

const question = "?question=concert_singer_train_001&seed=7";

function script_of(trajectory) {
  return trajectory.slice(1, -1).map((line) => JSON.stringify(line.action)).join("\n");
}

async function wins({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  assert.equal((await player.snapshot()).playground.question_id, "concert_singer_train_001");
  await player.click("schema.vocalist");
  await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  await player.page.screenshot({ path: shot("playing-1280") });
  await player.answer("23");
  assert.equal((await player.snapshot()).playground.done, true);
  await player.item("verdict.card");
  const trajectory = await player.trajectory();
  const footer = trajectory.at(-1);
  assert.deepEqual(footer.verdict, { correct: true, reason: "MATCH" });
  assert.deepEqual(trajectory.slice(1, -1).map((line) => line.action.action_type),
                   ["DESCRIBE", "QUERY", "ANSWER"]);
  // The same actions played by a script give the same bytes.
  const options = JSON.stringify({ question_id: "concert_singer_train_001", seed: 7 });
  const [screen, script] = await player.page.evaluate(
    ([text, script]) => [sqlenv.ui_trajectory(), sqlenv.play_script(text, script)],
    [options, script_of(trajectory)]);
  assert.equal(screen, script);
  player.check_clean();
}

async function shows_errors({ browser, url, shot }) {
  const player = await (await Player.open(browser, url + question)).ready();
  for (const [sql, code] of [
    ["SELECT * FROM vocalists", "NO_SUCH_TABLE"],
    ["DROP TABLE vocalist", "NOT_READ_ONLY"],
    ["SELECT 1; SELECT 2", "MULTIPLE_STATEMENTS"],
    ["WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n",
     "OPERATION_BUDGET"],
  ]) {
    await player.query(sql);
    const error = await player.item("result.error");
    assert.match(error.label, new RegExp(code), `after ${sql}`);
  }
  await player.page.screenshot({ path: shot("error-1280") });
  await player.query("SELECT COUNT(*) FROM vocalist");
  assert.equal(await player.find("result.error"), undefined);
  const { step_count, done } = (await player.snapshot()).playground;
  assert.deepEqual({ step_count, done }, { step_count: 5, done: false });
  player.check_clean();
}

async function loses({ browser, url }) {
  const player = await (await Player.open(browser, url + question)).ready();
  await player.answer("24");
  const { verdict, total_reward } = (await player.trajectory()).at(-1);
  assert.equal(verdict.correct, false);
  assert.equal(total_reward, 0);
  await player.click("verdict.again");
  assert.deepEqual((({ step_count, done }) => ({ step_count, done }))((await player.snapshot()).playground),
                   { step_count: 0, done: false });
  player.check_clean();
}

// The page gives a script nothing of the gold before the end.
async function serves_scripts({ browser, url }) {
  const player = await (await Player.open(browser, url)).ready();
  const call = (name, ...texts) => player.page.evaluate(
    ([method, inputs]) => sqlenv[method](...inputs), [name, texts]);
  const error_of = async (...parts) => JSON.parse(await call(...parts)).error?.code;

  assert.match(await call("version"), /^\d+\.\d+\.\d+$/);
  const catalog = await call("catalog");
  const starter = JSON.parse(await readFile(new URL("../../data/pack.json", import.meta.url), "utf8"));
  const [pack] = JSON.parse(catalog).packs;
  assert.deepEqual(pack.databases.map((database) => database.name),
                   starter.databases.map((database) => database.name));
  const asked = new Set(pack.questions.map((question) => question.database_name));
  assert.equal(asked.size, pack.databases.length, "there are questions about each database");
  assert.ok(!/gold_|SELECT /.test(catalog), "the catalog holds gold");

  assert.equal(await error_of("step", '{"action_type":"QUERY","argument":"SELECT 1"}'), "NO_EPISODE");
  assert.equal(await error_of("reset", '{"seed":-1}'), "BAD_OPTION");
  assert.equal(await error_of("reset", "no json"), "BAD_JSON");
  const first = JSON.parse(await call("reset", '{"question_id":"concert_singer_train_001"}'));
  assert.deepEqual([first.reward, first.done, first.observation.budget_remaining], [null, false, 15]);
  assert.equal(await error_of("step", "{}"), "BAD_JSON");
  assert.equal(await error_of("trajectory"), "EPISODE_RUNNING");
  assert.equal(await error_of("play_script", '{"seed":1}', '{"action_type":"SAMPLE","argument":"gig"}'),
               "EPISODE_RUNNING");
  const last = JSON.parse(await call("step", '{"action_type":"answer","argument":"23"}'));
  assert.deepEqual([last.reward, last.done], [1, true]);
  assert.match(await call("trajectory"), /^\{"format":"sqlenv-trajectory\/1"/);
  assert.equal((await player.snapshot()).playground.step_count, 0, "the screen's episode is another");
  player.check_clean();
}

async function plays_scripts_alike({ browser, url }) {
  const player = await (await Player.open(browser, url)).ready();
  const folder = new URL("../golden/", import.meta.url);
  for (const name of ["concert_singer_win", "flight_2_win", "bad_input"]) {
    const options = await readFile(new URL(`${name}.reset.json`, folder), "utf8");
    const actions = await readFile(new URL(`${name}.jsonl`, folder), "utf8");
    const play = () => player.page.evaluate((texts) => sqlenv.play_script(...texts), [options, actions]);
    const once = await play();
    assert.match(once, /"verdict":\{"correct":true/);
    assert.equal(await play(), once);
  }
  player.check_clean();
}

async function obeys_the_address({ browser, url }) {
  const open = async (query, options) => (await Player.open(browser, url + query, options)).ready();
  const state = async (player) => (await player.snapshot()).playground;

  const light = await open("?theme=light", { colorScheme: "dark" });
  assert.equal((await state(light)).theme, "light");
  const dark = await open("", { colorScheme: "dark" });
  assert.equal((await state(dark)).theme, "dark");
  await dark.page.emulateMedia({ colorScheme: "light" });
  await dark.page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await dark.settle();
  assert.equal((await state(dark)).theme, "light");

  const flights = await open("?database=flight_2&seed=5");
  const again = await open("?database=flight_2&seed=5");
  assert.match((await state(flights)).question_id, /^flight_2_/);
  assert.equal((await state(flights)).question_id, (await state(again)).question_id);

  const unknown = await open("?question=nothing_like_it");
  assert.match((await unknown.item("notice")).label, /nothing_like_it/);
  assert.notEqual((await state(unknown)).question_id, "");
  const seedless = await open("?seed=many");
  assert.match(await seedless.page.textContent("#notice"), /“many”/);
  assert.equal(await seedless.page.locator("#notice").isVisible(), true);
  for (const player of [light, dark, flights, again, unknown, seedless]) player.check_clean();
}

export const tests = [
  { name: "wins an episode", run: wins },
  { name: "shows errors and goes on", run: shows_errors },
  { name: "loses and plays again", run: loses },
  { name: "has functions for scripts", run: serves_scripts },
  { name: "plays scripts the same each time", run: plays_scripts_alike },
  { name: "does what the address asks", run: obeys_the_address },
];
