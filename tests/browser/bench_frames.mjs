// How long the page's frames take at 1280×800 with a 10,000-row result open, on software WebGL.
// usage: node bench_frames.mjs [--site FOLDER] [--frames N]
//
// The result is scrolled by a turn of the wheel in each frame. Printed are the medians and 95th
// percentiles of two times: what the page computes for a frame, and what lies between two frames,
// which holds the painting too and is never below the 16.7 ms of a 60 Hz screen.

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { launchBrowser } from "./browser.mjs";
import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

const { values } = parseArgs({
  options: {
    site: { type: "string", default: fileURLToPath(new URL("../../build/web/site", import.meta.url)) },
    frames: { type: "string", default: "300" },
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

function line(name, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (part) => sorted[Math.floor(part * (sorted.length - 1))].toFixed(2);
  return `${name.padEnd(16)} median ${at(0.5)} ms, 95th percentile ${at(0.95)} ms, most ${at(1)} ms`;
}

const server = await serveSite(values.site);
const browser = await launchBrowser();
try {
  const player = await (await Player.open(browser, `${server.url}?question=concert_singer_train_001&seed=7`)).ready();
  await player.query(sql);
  const grid = await player.item("result.grid");
  await player.page.mouse.move(grid.x + grid.w / 2, grid.y + grid.h / 2);
  await player.rest();
  const { computed, between } = await player.page.evaluate(
    scroll, [grid.x + grid.w / 2, grid.y + grid.h / 2, Number(values.frames)]);
  console.log(line("computing", computed.slice(10)));
  console.log(line("frame to frame", between.slice(10)));
} finally {
  await browser.close();
  await server.close();
}
