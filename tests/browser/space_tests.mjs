// What is handed out: the static Space, served by a plain file server below a path, in a frame of
// another origin; and the page as one file, opened from the disk.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { serveModel } from "./model_server.mjs";
import { appears, let_play } from "./model_tests.mjs";
import { Player } from "./player.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const question = "?question=concert_singer_train_001&seed=7";

async function with_space(site, test, ...options) {
  const folder = await mkdtemp(join(tmpdir(), "sqlenv-space-"));
  try {
    const space = join(folder, "spaces", "sqlenv");
    const single = join(folder, "sqlenv.html");
    execFileSync(join(root, "scripts/space"),
                 ["--site", site, "--out", space, "--single", single, ...options], { stdio: "pipe" });
    return await test({ folder, space, single });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

// Python's file server knows nothing of wasm, caching or frames beyond what any host does.
async function plain_server(folder) {
  const server = spawn("python3", ["-u", "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, "0"],
                       { stdio: ["ignore", "pipe", "pipe"] });
  const asked = [];
  server.stderr.on("data", (lines) => asked.push(...String(lines).split("\n").filter(Boolean)));
  const port = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`the file server ended: ${asked.join("\n")}`)));
    server.stdout.on("data", (text) => {
      const found = /port (\d+)/.exec(text);
      if (found) resolve(found[1]);
    });
  });
  return { origin: `http://127.0.0.1:${port}`, asked, close: () => server.kill() };
}

// The frame as the Hub makes it: of another origin, in a sandbox.
async function parent_of(address) {
  const server = createServer((request, response) => response.writeHead(200, { "Content-Type": "text/html" }).end(
    request.url !== "/" ? "" : `<body style="margin:40px"><iframe src="${address}" style="width:1100px;height:660px;border:0"
      sandbox="allow-downloads allow-forms allow-modals allow-popups allow-same-origin allow-scripts"></iframe>`));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://localhost:${server.address().port}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function wins(player) {
  await player.click("schema.vocalist");
  await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
  await player.answer("23");
  assert.deepEqual((await player.trajectory()).at(-1).verdict, { correct: true, reason: "MATCH" });
}

async function plays_in_a_frame({ browser, site, shot }) {
  await with_space(site, async ({ folder }) => {
    const server = await plain_server(folder);
    const parent = await parent_of(`${server.origin}/spaces/sqlenv/${question}`);
    try {
      const player = await Player.open(browser, parent.url, { width: 1200, height: 760 });
      const foreign = [];
      player.page.on("request", (request) => {
        const url = request.url();
        if (!url.startsWith(`${server.origin}/spaces/sqlenv/`) && !/^(data|blob):/.test(url)) foreign.push(url);
      });
      await player.page.waitForSelector("iframe");
      player.frame = player.page.frames()[1];
      await player.ready();
      assert.notEqual(new URL(player.frame.url()).origin, new URL(player.page.url()).origin);
      await wins(player);
      await player.page.screenshot({ path: shot("space-in-a-frame") });
      assert.deepEqual(foreign, []);
      assert.deepEqual(player.complaints.filter((text) => !text.startsWith(`a request to ${server.origin}/`)), []);
      // All of it lay below the path, and nothing was missing.
      const replies = server.asked.filter((line) => line.includes('"GET '));
      assert.ok(replies.length >= 4, replies.join("\n"));
      for (const line of replies) assert.match(line, /"GET \/spaces\/sqlenv\/[^"]*" (200|304) /);
      for (const line of replies) assert.doesNotMatch(line, /icon-\d+\.png|card\.png/);
    } finally {
      parent.close();
      server.close();
    }
  });
}

// Width and height in a PNG's header.
async function size_of(path) {
  const bytes = await readFile(path);
  assert.equal(bytes.toString("latin1", 1, 4), "PNG", path);
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

async function is_whole({ site }) {
  const address = "https://someone-sqlenv.static.hf.space";
  await with_space(site, async ({ space }) => {
    const matter = Object.fromEntries((await readFile(join(space, "README.md"), "utf8")).split("---\n")[1]
      .split("\n").filter((line) => line.includes(": ")).map((line) => line.split(/: (.*)/)));
    assert.equal(matter.sdk, "static");
    assert.equal(matter.license, "mit");
    assert.ok(matter.short_description.length <= 60, "the Hub takes 60 characters");
    assert.equal(matter.thumbnail, `${address}/card.png`);
    const page = await readFile(join(space, matter.app_file), "utf8");
    assert.match(page, new RegExp(`property="og:image" content="${address}/card.png"`));
    assert.deepEqual(await size_of(join(space, "card.png")), [1200, 630]);
    assert.match(await readFile(join(space, "LICENSE"), "utf8"), /MIT License/);

    const manifest = JSON.parse(await readFile(join(space, "manifest.webmanifest"), "utf8"));
    for (const { src, sizes, type } of manifest.icons)
      if (type === "image/png") assert.equal((await size_of(join(space, src))).join("x"), sizes);
    for (const [, file] of page.matchAll(/<link rel="(?:icon|manifest|apple-touch-icon)" href="([^"]+)"/g))
      await readFile(join(space, file));

    // What is not text goes to the Hub as a large file.
    const large = (await readFile(join(space, ".gitattributes"), "utf8")).match(/^\*\.\w+(?= filter=lfs)/gm)
      .map((pattern) => pattern.slice(1));
    for (const file of await readdir(space)) {
      const is_text = !(await readFile(join(space, file))).subarray(0, 8000).includes(0);
      assert.notEqual(is_text, large.includes(extname(file)), file);
    }
  }, "--url", `${address}/`);
}

async function opens_from_disk({ browser, site, shot, note }) {
  await with_space(site, async ({ single, folder }) => {
    const address = pathToFileURL(single).href;
    const player = await Player.open(browser, address + question);
    await player.ready();
    const drawn = await player.page.evaluate(() => performance.getEntriesByName("sqlenv-third-frame")[0].startTime);
    note(`third frame of the one file after ${Math.round(drawn)} ms`);
    await wins(player);
    await player.page.screenshot({ path: shot("single-file") });
    player.check_clean();

    const database = join(folder, "mine.sqlite");
    execFileSync("python3", ["-c", `
import sqlite3, sys
with sqlite3.connect(sys.argv[1]) as db:
    db.execute("CREATE TABLE heron (heron_id INTEGER PRIMARY KEY, name TEXT, wing_cm INTEGER)")
    db.executemany("INSERT INTO heron (name, wing_cm) VALUES (?, ?)", [(f"heron {i}", 90 + i * 7 % 60) for i in range(40)])
`, database]);
    await player.click("header.open");
    await player.page.waitForSelector("#open[open]");
    await player.page.setInputFiles("#open input[type=file]", database);
    await player.page.waitForSelector("#open", { state: "hidden" });
    await player.settle();
    await player.item("schema.heron");
    player.check_clean();

    const model = await serveModel(["S heron", "A 1"]);
    try {
      await let_play(player, { address: model.address, compact: true });
      await appears(player, "verdict.card");
    } finally {
      await model.close();
    }
  });
}

async function says_what_is_missing({ site }) {
  const folder = await mkdtemp(join(tmpdir(), "sqlenv-space-"));
  try {
    const fails = (...options) => {
      try {
        execFileSync(join(root, "scripts/space"), ["--single", join(folder, "s.html"), ...options], { stdio: "pipe" });
      } catch (error) {
        return `${error.status} ${error.stderr}`;
      }
      return "0";
    };
    assert.match(fails("--site", folder, "--out", join(folder, "a")), /^1 .*no page in .*make web/);
    await writeFile(join(folder, "precious"), "");
    assert.match(fails("--site", site, "--out", folder), /^1 .*is no Space/);
    await readFile(join(folder, "precious"));
    assert.match(fails("--site", site, "--out", join(folder, "b"), "--url", "sqlenv"), /^2 .*--url wants/);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const tests = [
  { name: "the Space plays in a frame of another origin, below a path", run: plays_in_a_frame },
  { name: "the Space is whole: front matter, card, icons, large files", run: is_whole },
  { name: "the single file opens from the disk and plays", run: opens_from_disk },
  { name: "scripts/space says what is missing", run: says_what_is_missing },
];
