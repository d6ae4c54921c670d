// Text mode: whole episodes by the keyboard, what is announced, and axe-core's findings.

import assert from "node:assert/strict";
import { createRequire } from "node:module";

import { Player } from "./player.mjs";

const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const question = "question=concert_singer_train_001&seed=7";

const state = (player) => player.page.evaluate(() => JSON.parse(sqlenv.ui_text()));
const announced = (player) => player.page.textContent("#live");

async function open({ browser, url }, query = `?text=1&${question}`, options = {}) {
  return (await Player.open(browser, url + query, options)).started();
}

async function act(player, kind, argument) {
  const { page } = player;
  await page.getByRole("radio", { name: kind }).check();
  if (kind === "DESCRIBE" || kind === "SAMPLE") await page.getByLabel("Table", { exact: true }).selectOption(argument);
  else await page.getByLabel(kind === "QUERY" ? "Query" : "Answer", { exact: true }).fill(argument);
  await page.getByRole("button", { name: "Run", exact: true }).click();
}

async function check_accessible(player, where) {
  if (!(await player.page.evaluate(() => "axe" in window))) await player.page.addScriptTag({ path: axe });
  const { violations } = await player.page.evaluate(() => axe.run({ resultTypes: ["violations"] }));
  const serious = violations.filter((found) => ["serious", "critical"].includes(found.impact));
  assert.deepEqual(serious.map((found) => `${found.id}: ${found.nodes.map((node) => node.html).join(" ")}`), [], where);
}

async function wins_as_text({ browser, url, shot }) {
  const player = await open({ browser, url });
  const { page } = player;
  assert.equal(await page.evaluate(() => document.activeElement.className), "question");
  assert.match(await announced(player), /^New question: .* 15 steps\.$/);
  await act(player, "DESCRIBE", "vocalist");
  assert.match(await announced(player), /^Step 1 of 15\. DESCRIBE: .* Reward .* 14 steps left\.$/);
  await act(player, "QUERY", "SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  assert.equal(await page.locator("[aria-labelledby=text-result] td").textContent(), "23");
  await page.screenshot({ path: shot("text-playing-1280") });
  await page.getByRole("button", { name: "Answer with this result" }).click();
  assert.equal(await page.getByLabel("Answer", { exact: true }).inputValue(), "23");
  await page.keyboard.press("Control+Enter");
  assert.match(await announced(player), /Correct\. .* Total \+/);
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Next question");
  assert.match(await page.textContent("[aria-labelledby=text-verdict]"), /Correct.*SELECT.*Expected: 1 row/s);
  // The same actions played by a script give the same bytes.
  const trajectory = await player.trajectory();
  const script = trajectory.slice(1, -1).map((line) => JSON.stringify(line.action)).join("\n");
  const [screen, scripted] = await page.evaluate((text) => [sqlenv.ui_trajectory(), sqlenv.play_script(
    JSON.stringify({ question_id: "concert_singer_train_001", seed: 7 }), text)], script);
  assert.equal(screen, scripted);
  await page.keyboard.press("Enter");
  assert.equal((await state(player)).steps.length, 0);
  assert.notEqual((await state(player)).question_id, "concert_singer_train_001");
  player.check_clean();
}

async function plays_by_keyboard({ browser, url }) {
  const player = await open({ browser, url });
  const { page } = player;
  const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); };
  await press("Tab", "ArrowDown", "ArrowDown", "ArrowDown", "Tab");
  await page.keyboard.type("no idea");
  await press("Tab", "Enter");
  const { done, verdict } = await state(player);
  assert.deepEqual([done, verdict.won], [true, false]);
  await press("Tab", "Enter");
  assert.deepEqual((({ done: over, question_id, steps }) => [over, question_id, steps.length])(await state(player)),
                   [false, "concert_singer_train_001", 0]);
  player.check_clean();
}

async function loses_by_budget({ browser, url, shot }) {
  const player = await open({ browser, url });
  for (let step = 1; step <= 15; ++step) await act(player, "QUERY", `SELECT ${step}`);
  assert.match(await announced(player), /Step 15 of 15.*Out of steps/);
  assert.deepEqual(await player.page.evaluate(() => JSON.parse(sqlenv.ui_trajectory().trim().split("\n").at(-1)).verdict),
                   null);
  await player.page.screenshot({ path: shot("text-out-of-steps") });
  player.check_clean();
}

async function shows_rows_and_errors({ browser, url, shot }) {
  const player = await open({ browser, url });
  const { page } = player;
  await act(player, "QUERY", "SELECT * FROM vocalists");
  assert.match(await page.textContent(".error"), /NO_SUCH_TABLE/);
  assert.match(await announced(player), /NO_SUCH_TABLE/);
  await page.screenshot({ path: shot("text-error-1280") });
  await act(player, "QUERY", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 250) " +
            "SELECT i, 'é 日本語 🙂 <b>' AS words, NULL AS missing, 0.5 AS half FROM n");
  const rows = () => page.locator("[aria-labelledby=text-result] tbody tr").count();
  assert.equal(await rows(), 100);
  const more = page.getByRole("button", { name: "Show more of 250 rows" });
  await more.click();
  await more.click();
  assert.equal(await rows(), 250);
  assert.equal(await more.isVisible(), false);
  assert.deepEqual(await page.locator("[aria-labelledby=text-result] tbody tr:last-child td").allTextContents(),
                   ["250", "é 日本語 🙂 <b>", "NULL", "0.5"]);
  player.check_clean();
}

// Both views show one episode; F2 goes from one to the other, and so does a button.
async function shares_the_episode({ browser, url }) {
  const player = await (await Player.open(browser, `${url}?${question}`)).ready();
  await player.click("schema.vocalist");
  assert.match(await announced(player), /Step 1 of 15\. DESCRIBE/);
  await player.page.keyboard.press("F2");
  assert.equal(await player.page.locator("#canvas").isVisible(), false);
  assert.match(await player.page.textContent("[aria-labelledby=text-history]"), /DESCRIBE.*vocalist/s);
  await act(player, "QUERY", "SELECT 1");
  await player.page.getByRole("button", { name: "Graphic view" }).click();
  await player.settle();
  assert.equal((await player.snapshot()).playground.step_count, 2);
  assert.equal(await player.page.evaluate(() => document.activeElement.id), "canvas");
  await player.query("SELECT 2");
  assert.equal((await state(player)).steps.length, 3);
  player.check_clean();
}

// A browser without WebGL plays as text at once.
async function falls_back({ browser, url, shot }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  await page.addInitScript(() => { HTMLCanvasElement.prototype.getContext = () => null; });
  const player = new Player(context, page, url);
  await page.goto(`${url}?${question}`);
  await player.started();
  assert.match(await page.textContent("#notice"), /no WebGL 2/);
  await page.screenshot({ path: shot("text-without-webgl") });
  await act(player, "ANSWER", "23");
  assert.equal((await state(player)).verdict.won, true);
  assert.equal(await page.getByRole("button", { name: "Graphic view" }).count(), 0);
  await page.keyboard.press("F2");
  assert.equal(await page.locator("#text").isVisible(), true);
}

async function keeps_settings({ browser, url, shot }) {
  const player = await open({ browser, url });
  const { page } = player;
  await page.getByLabel("Colours").selectOption("light");
  await page.getByLabel("Size").selectOption("150");
  await page.getByLabel("Motion").selectOption("1");
  const look = () => page.evaluate(() => [document.documentElement.dataset.theme,
    getComputedStyle(document.getElementById("text")).fontSize, document.documentElement.dataset.motion]);
  const wanted = ["light", "22.5px", "reduced"];
  assert.deepEqual(await look(), wanted);
  await page.screenshot({ path: shot("text-large") });
  await page.goto(`${url}?${question}`);
  await player.ready();
  assert.deepEqual(await look(), wanted);
  assert.equal((await player.snapshot()).playground.theme, "light");
  await player.page.screenshot({ path: shot("large") });
  player.check_clean();
}

// The canvas keeps its settings in the same place: here the theme, by its button in the header.
async function keeps_settings_of_canvas({ browser, url }) {
  const player = await (await Player.open(browser, `${url}?${question}`, { colorScheme: "dark" })).ready();
  assert.equal((await player.snapshot()).playground.theme, "dark");
  await player.click("header.theme");
  await player.page.waitForFunction(() => document.documentElement.dataset.theme === "light");
  await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  await player.page.reload();
  await player.ready();
  assert.equal((await player.snapshot()).playground.theme, "light");
  player.check_clean();
}

async function stops_a_query({ browser, url }) {
  const player = await open({ browser, url });
  const { page } = player;
  await act(player, "QUERY", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await page.getByRole("button", { name: "Run", exact: true }).waitFor();
  assert.equal((await state(player)).steps.length, 0);
  await act(player, "DESCRIBE", "vocalist");
  assert.equal((await state(player)).steps.length, 1);
  player.check_clean();
}

// Settings hold for the visit where the browser lets nothing be kept.
async function does_without_storage({ browser, url }) {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
  });
  const player = new Player(context, page, url);
  await page.goto(`${url}?text=1`);
  await player.started();
  await page.getByLabel("Colours").selectOption("light");
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "light");
  player.check_clean();
}

function accessible(width, height, theme) {
  return {
    name: `text mode is accessible at ${width}×${height} ${theme}`,
    run: async ({ browser, url, shot }) => {
      const player = await open({ browser, url }, `?text=1&${question}&theme=${theme}`, { width, height });
      await check_accessible(player, "start");
      await act(player, "DESCRIBE", "vocalist");
      await act(player, "SAMPLE", "vocalist");
      await player.page.screenshot({ path: shot(`text-result-${width}-${theme}`), fullPage: true });
      await act(player, "QUERY", "SELECT nothing FROM vocalist");
      await check_accessible(player, "middle");
      await act(player, "ANSWER", "24");
      await check_accessible(player, "end");
      const over = await player.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.getElementById("text");
        return scrollWidth - clientWidth;
      });
      assert.ok(over <= 0, `it is ${over} px too wide`);
      await player.page.screenshot({ path: shot(`text-lost-${width}-${theme}`) });
      player.check_clean();
    },
  };
}

async function canvas_is_accessible({ browser, url }) {
  const player = await (await Player.open(browser, `${url}?${question}`)).ready();
  await check_accessible(player, "canvas");
}

export const tests = [
  { name: "wins as text", run: wins_as_text },
  { name: "plays as text by the keyboard alone", run: plays_by_keyboard },
  { name: "loses by the budget", run: loses_by_budget },
  { name: "shows rows and errors as text", run: shows_rows_and_errors },
  { name: "both views share the episode", run: shares_the_episode },
  { name: "falls back to text without WebGL", run: falls_back },
  { name: "keeps settings", run: keeps_settings },
  { name: "keeps settings of the canvas", run: keeps_settings_of_canvas },
  { name: "stops a query as text", run: stops_a_query },
  { name: "does without storage", run: does_without_storage },
  { name: "the page around the canvas is accessible", run: canvas_is_accessible },
  accessible(1280, 800, "dark"), accessible(1280, 800, "light"),
  accessible(390, 844, "dark"), accessible(390, 844, "light"),
];
