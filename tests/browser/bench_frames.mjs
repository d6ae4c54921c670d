// Measures how long the page's frames take at 1280×800 with a 10,000-row result open, on software WebGL,
// and how long the page stands still while long queries run.
// usage: node bench_frames.mjs [--site FOLDER] [--frames N] [--rounds N] [--document FILE]
//
// Each frame scrolls the result by one turn of the wheel. Two times are measured: what the page computes for
// a frame, and what lies between two frames, which includes painting and is never below the 16.7 ms of a
// 60 Hz screen. The round with the least median is printed, since others use the machine too. The time of
// a frame built natively is that of sqlenv_frame_bench, if it was built.
//
// A pause is the longest time in which the page answers no message.
//
// --document rewrites the blocks `frame-times` and `query-pauses` (docs/ui.md).

import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launchBrowser } from "./browser.mjs";
import { frame_table, pause_table } from "./frame_tables.mjs";
import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

const { values } = parseArgs({
  options: {
    site: { type: "string", default: fileURLToPath(new URL("../../build/web/site", import.meta.url)) },
    frames: { type: "string", default: "300" },
    rounds: { type: "string", default: "3" },
    document: { type: "string" },
  },
});

const sql = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000) " +
  "SELECT i, i * i AS square, 'row ' || i AS words, i / 7.0 AS part, NULL AS missing FROM n";

// Runs in the page.
async function scroll([x, y, count]) {
  const canvas = document.getElementById("canvas");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const computed = [];
  const between = [];
  let before = await frame();
  for (let number = 0; number < count; ++number) {
    canvas.dispatchEvent(new WheelEvent("wheel", { clientX: x, clientY: y, deltaY: 60, bubbles: true, cancelable: true }));
    const now = await frame();
    between.push(now - before);
    before = now;
    computed.push(JSON.parse(sqlenv.ui_snapshot()).frame_ms);
  }
  return { computed, between };
}

// Processor time of all pages and of the graphics process so far, in ms. Other programs do not change it.
async function processor_times(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return ["renderer", "GPU"].map((type) =>
    processInfo.filter((entry) => entry.type === type).reduce((sum, entry) => sum + entry.cpuTime * 1000, 0));
}

// Runs in the page and collects pauses in `window.pauses` until `window.stop_watching` is set.
function watch() {
  const { port1, port2 } = new MessageChannel();
  const pauses = [];
  let before = performance.now();
  port1.onmessage = () => {
    const now = performance.now();
    if (now - before > 4) pauses.push(now - before);
    before = now;
    if (!window.stop_watching) port2.postMessage(0);
  };
  window.stop_watching = false;
  window.pauses = pauses;
  port2.postMessage(0);
}

const counting = (rest) => `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n${rest}`;
const long_queries = {
  "plain recursion": `${counting(")")} SELECT COUNT(*) FROM n`,
  "big sort": `${counting(" LIMIT 500000)")} SELECT MAX(k) FROM (SELECT (i * 7919) % 1000003 AS k FROM n ORDER BY k LIMIT 1000000)`,
  "big sort of texts": `${counting(" LIMIT 90000)")} SELECT 'row ' || ((i * 7919) % 1000003) AS k FROM n ORDER BY k`,
  "big group by": `${counting(" LIMIT 400000)")} SELECT COUNT(*) FROM (SELECT (i * 7919) % 100003 AS k, SUM(i) FROM n GROUP BY k)`,
  "cross join": "SELECT COUNT(*) FROM gig a, gig b, gig c, gig d WHERE a.title || b.title LIKE '%' || c.title || d.title",
};

async function longest_pauses(player, query) {
  await player.click("action.kind.query");
  await player.click("action.editor");
  await player.press("Control+A");
  await player.page.keyboard.insertText(query);
  await player.settle();
  const { step_count } = (await player.snapshot()).playground;
  await player.page.evaluate(watch);
  await player.page.keyboard.press("Control+Enter");
  await player.page.waitForFunction((count) => JSON.parse(sqlenv.ui_snapshot()).playground.step_count > count,
                                    step_count, { polling: 400, timeout: 120_000 });
  return player.page.evaluate(() => {
    window.stop_watching = true;
    return window.pauses;
  });
}

const sorted = (times) => [...times].sort((a, b) => a - b);
const at = (times, part) => times[Math.floor(part * (times.length - 1))];

function best_round(rounds) {
  return rounds.map(sorted).sort((a, b) => at(a, 0.5) - at(b, 0.5))[0];
}

function line(name, times) {
  return `${name.padEnd(18)} median ${at(times, 0.5).toFixed(2)} ms, 95th percentile ${at(times, 0.95).toFixed(2)} ms, ` +
    `most ${at(times, 1).toFixed(2)} ms`;
}

// Median time in ms of a frame built natively; undefined if the program was not built.
function native_median() {
  const program = fileURLToPath(new URL("../../build/native/bin/sqlenv_frame_bench", import.meta.url));
  return existsSync(program) ? Number(/median ([\d.]+) ms/.exec(execFileSync(program, { encoding: "utf8" }))[1]) : undefined;
}

function write_block(name, content) {
  const writer = fileURLToPath(new URL("../../scripts/lib/document_block.py", import.meta.url));
  execFileSync("python3", [writer, values.document, name], { input: content });
}

const conditions = `\nMeasured by \`make bench-frames\` on ${new Date().toISOString().slice(0, 10)}, ` +
  `${availableParallelism()} cores, load ${loadavg()[0].toFixed(0)}: `;
const rounds = Array.from({ length: Number(values.rounds) });
const server = await serveSite(values.site);
const browser = await launchBrowser();
try {
  const address = `${server.url}?question=concert_singer_train_001&seed=7`;
  const player = await (await Player.open(browser, address)).ready();
  await player.query(sql);
  const grid = await player.item("result.grid");
  await player.page.mouse.move(grid.x + grid.w / 2, grid.y + grid.h / 2);
  await player.rest();
  const measured = [];
  const processor = [];
  for (const _ of rounds) {
    const before = await processor_times(browser);
    measured.push(await player.page.evaluate(scroll, [grid.x + grid.w / 2, grid.y + grid.h / 2, Number(values.frames)]));
    const after = await processor_times(browser);
    processor.push(after.map((ms, place) => (ms - before[place]) / Number(values.frames)));
  }
  const computed = best_round(measured.map((round) => round.computed.slice(10)));
  const between = best_round(measured.map((round) => round.between.slice(10)));
  console.log(line("computing", computed));
  console.log(line("frame to frame", between));
  const [page_time, paint_time] = [0, 1].map((place) => Math.min(...processor.map((times) => times[place])));
  console.log(`processor time     ${page_time.toFixed(1)} ms a frame in the page, ${paint_time.toFixed(1)} ms in what paints`);
  await player.close();
  const pauses = {};
  for (const [name, query] of Object.entries(long_queries)) {
    const most = [];
    for (const _ of rounds) {
      const visitor = await (await Player.open(browser, address)).ready();
      most.push(Math.max(0, ...await longest_pauses(visitor, query)));
      await visitor.close();
    }
    most.sort((a, b) => a - b);
    pauses[name] = at(most, 0.5);
    console.log(`${name.padEnd(18)} longest pause ${most.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  }
  if (values.document) {
    const frames = { between: at(between, 0.5), computed: at(computed, 0.5), paint: paint_time, native: native_median() };
    write_block("frame-times", frame_table(frames) + conditions + `the best of ${rounds.length} rounds.`);
    write_block("query-pauses", pause_table(pauses) + conditions + `medians of ${rounds.length} rounds.`);
  }
  console.log(`load average ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores`);
} finally {
  await browser.close();
  await server.close();
}
