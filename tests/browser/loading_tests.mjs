// The page loads, at any path, in a frame, at any pixel ratio; and where it cannot, it shows why.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

async function third_frame_ms(player) {
  return player.page.evaluate(() => performance.getEntriesByName("sqlenv-third-frame")[0].startTime);
}

// The page hears of a new size by an event, some time after it was set.
async function wait_for_size(player, width, ratio) {
  await player.frame.waitForFunction(
    (pixels) => document.getElementById("canvas").width === pixels, Math.round(width * ratio));
  await player.settle();
}

async function check_pixels(player, width, height, ratio) {
  await wait_for_size(player, width, ratio);
  const { canvas, pixel_ratio } = await player.snapshot();
  assert.equal(pixel_ratio, ratio);
  assert.deepEqual(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const drawn = await player.frame.evaluate(() => {
    const element = document.getElementById("canvas");
    const { width, height } = element.getBoundingClientRect();
    return { width: element.width, height: element.height, css: { width, height } };
  });
  assert.deepEqual(drawn, { ...canvas, css: { width, height } });
}

async function loads({ browser, url, note }) {
  const times = [];
  for (let round = 0; round < 3; ++round) {
    const player = await Player.open(browser, url);
    await player.ready();
    times.push(Math.round(await third_frame_ms(player)));
    assert.equal(await player.page.title(), "SQLEnv playground");
    assert.equal(await player.page.evaluate(() => document.activeElement.id), "canvas");
    assert.equal(await player.page.locator("#cover").isVisible(), false);
    player.check_clean();
    await player.close();
  }
  note(`third frame after ${times.join(", ")} ms (the first starts the graphics process)`);
}

async function rests({ browser, url, note }) {
  const player = await (await Player.open(browser, url)).ready();
  await player.page.mouse.move(400, 300);
  await player.rest();
  const before = (await player.snapshot()).frames;
  await player.page.waitForTimeout(5000);
  const drawn = (await player.snapshot()).frames - before;
  note(`${drawn} frames in 5 s`);
  assert.equal(drawn, 0);
  assert.ok(before > 3);
}

async function fits_pixel_ratios({ browser, url }) {
  for (const ratio of [1, 1.25, 2]) {
    const player = await (await Player.open(browser, url, { width: 1001, height: 703, ratio })).ready();
    await check_pixels(player, 1001, 703, ratio);
    await player.page.setViewportSize({ width: 777, height: 555 });
    await player.settle();
    await check_pixels(player, 777, 555, ratio);
    await player.close();
  }
}

async function follows_pixel_ratio({ browser, url }) {
  const player = await (await Player.open(browser, url)).ready();
  const before = await player.item("header.next");
  const session = await player.context.newCDPSession(player.page);
  for (const ratio of [2, 1.25]) {
    await session.send("Emulation.setDeviceMetricsOverride",
                       { width: 1280, height: 800, deviceScaleFactor: ratio, mobile: false });
    await player.page.mouse.move(300 + ratio, 300);  // the emulation tells the page nothing
    await player.settle();
    await check_pixels(player, 1280, 800, ratio);
  }
  const after = await player.item("header.next");
  for (const key of ["x", "y", "w", "h"])
    assert.ok(Math.abs(after[key] - before[key]) <= 3, `header.next has another ${key}`);
  player.check_clean();
}

async function works_at_any_path({ browser, site }) {
  const server = await serveSite(site, { base: "/spaces/sql env/" });
  try {
    const player = await Player.open(browser, server.origin + "/spaces/sql%20env/?question=flight_2_train_010");
    await player.ready();
    await player.click("schema.country");
    assert.equal((await player.snapshot()).playground.step_count, 1);
    player.check_clean();
  } finally {
    await server.close();
  }
}

// A parent of another origin, as a Space has, without any permission for the frame.
async function works_in_a_frame({ browser, url, shot }) {
  const parent = await serveSite(".", {
    answer: (path, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end(path !== "index.html" ? "" : `<body style="margin:40px"><iframe src="${url}?database=concert_singer&seed=1"
        style="width:1100px;height:640px;border:0"></iframe>`);
      return true;
    },
  });
  try {
    const player = await Player.open(browser, parent.url.replace("127.0.0.1", "localhost"));
    player.complaints.length = 0;  // the frame's own address is another origin on purpose
    await player.page.waitForSelector("iframe");
    player.frame = player.page.frames()[1];
    await player.ready();
    await player.query("SELECT 'framed' AS word");
    await player.press("Control+A");
    await player.press("Control+C");
    await player.press("End");
    await player.press("Control+V");
    const { step_count } = (await player.snapshot()).playground;
    assert.equal(step_count, 1);
    assert.deepEqual(player.complaints.filter((text) => !text.startsWith("a request to")), []);
    await player.page.screenshot({ path: shot("in-a-frame") });
  } finally {
    await parent.close();
  }
}

// ------------------------------------------------------------------ what may go wrong

async function says({ browser, shot }, server, { title, advice, name }) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: "dark" });
  const page = await context.newPage();
  await page.goto(server.url);
  await page.waitForSelector("#trouble h2", { state: "visible" });
  assert.equal(await page.textContent("#trouble h2"), title);
  assert.match(await page.textContent("#trouble"), advice);
  assert.equal(await page.evaluate(() => document.activeElement.id), "again");
  await page.screenshot({ path: shot(name) });
  await context.close();
}

const missing = (name) => ({
  answer: (path, response) => {
    if (path !== name) return false;
    response.writeHead(404).end();
    return true;
  },
});

const cut_short = (name, text) => ({
  answer: (path, response) => {
    if (path !== name) return false;
    response.writeHead(200, { "Content-Type": "application/wasm" }).end(text);
    return true;
  },
});

function trouble(name, faults, expected) {
  return {
    name: `says what to do: ${name}`,
    run: async (test) => {
      const server = await serveSite(test.site, faults);
      try {
        await says(test, server, { name: `trouble-${name.replaceAll(" ", "-")}`, ...expected });
      } finally {
        await server.close();
      }
    },
  };
}

const troubles = [
  trouble("no wasm", missing("playground.wasm.gz"),
          { title: "The program did not load", advice: /playground\.wasm.*404/s }),
  trouble("no script", missing("playground.js"),
          { title: "The program did not load", advice: /playground\.js could not be loaded/ }),
  trouble("broken wasm", cut_short("playground.wasm.gz", "not wasm"),
          { title: "The program did not load", advice: /make web/ }),
  trouble("no pack", missing("starter.tar.gz"),
          { title: "The questions did not load", advice: /starter\.tar.*404/s }),
  trouble("broken pack", cut_short("starter.tar.gz", "x".repeat(2000)),
          { title: "The questions did not load", advice: /BAD_PACK/ }),
  trouble("torn pack", cut_short("starter.tar.gz", gzipSync("x".repeat(2000)).subarray(0, 20)),
          { title: "The questions did not load", advice: /starter\.tar/ }),
];

// Some hosts declare a .gz to be the compressed file; the browser then unpacks it itself.
async function takes_declared_gzip({ browser, site }) {
  const server = await serveSite(site, {
    answer: async (path, response) => {
      if (!path.endsWith(".gz")) return false;
      response.writeHead(200, { "Content-Encoding": "gzip" }).end(await readFile(`${site}/${path}`));
      return true;
    },
  });
  try {
    const player = await Player.open(browser, server.url);
    await player.ready();
    await player.close();
  } finally {
    await server.close();
  }
}

async function shows_progress({ browser, site, shot }) {
  const bytes = await readFile(`${site}/playground.wasm.gz`);
  let release;
  const held = new Promise((resolve) => { release = resolve; });
  const server = await serveSite(site, {
    answer: async (path, response) => {
      if (path !== "playground.wasm.gz") return false;
      response.writeHead(200, { "Content-Type": "application/wasm" });
      response.write(bytes.subarray(0, bytes.length / 3));
      await new Promise((resolve) => setTimeout(resolve, 1300));
      response.write(bytes.subarray(bytes.length / 3, bytes.length / 2));
      await held;
      response.end(bytes.subarray(bytes.length / 2));
      return true;
    },
  });
  try {
    for (const theme of ["dark", "light"]) {
      const player = await Player.open(browser, server.url, { colorScheme: theme });
      await player.page.waitForFunction(() => /^\d\.\d of \d\.\d MB$/.test(
        document.getElementById("progress").textContent));
      const part = await player.page.getAttribute("#bar", "aria-valuenow");
      assert.ok(part > 30 && part < 80, `the bar says ${part} %`);
      await player.page.screenshot({ path: shot(`splash-${theme}`) });
      if (theme === "light") release();
      if (theme === "light") await player.ready();
      await player.close();
    }
  } finally {
    release();
    await server.close();
  }
}

export const tests = [
  { name: "loads clean", run: loads, alone: true },
  { name: "loads from a host that declares its gzip", run: takes_declared_gzip },
  { name: "rests when nothing happens", run: rests },
  { name: "one canvas pixel for each device pixel at 1, 1.25 and 2", run: fits_pixel_ratios },
  { name: "follows a change of the pixel ratio", run: follows_pixel_ratio },
  { name: "works at any path", run: works_at_any_path },
  { name: "works in a frame", run: works_in_a_frame },
  { name: "shows honest progress", run: shows_progress },
  ...troubles,
];
