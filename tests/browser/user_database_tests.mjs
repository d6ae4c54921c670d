// A visitor's database: chosen or dropped, made into a pack in a worker, played; or refused.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

const run = promisify(execFile);
const root = fileURLToPath(new URL("../..", import.meta.url));
const sqlenv = process.env.SQLENV_BIN ?? join(root, "build/native/bin/sqlenv");

const make_shop = `
import sqlite3, sys
shop = sqlite3.connect(sys.argv[1])
shop.executescript("""
  CREATE TABLE customer (customer_id INTEGER PRIMARY KEY, name TEXT, city TEXT, age INTEGER);
  CREATE TABLE purchase (purchase_id INTEGER PRIMARY KEY, customer_id INTEGER REFERENCES customer, amount REAL);
""")
for i in range(24):
    shop.execute("INSERT INTO customer VALUES (?, ?, ?, ?)", (i, "Käufer " + chr(65 + i), ["Oslo", "Roma"][i % 2], 20 + i * 3))
for i in range(80):
    shop.execute("INSERT INTO purchase VALUES (?, ?, ?)", (i, i * 7 % 19, 3.5 + i * 1.25))
shop.commit()
`;

// Calls `use` with a folder that holds "Läden.sqlite" and removes it afterwards.
async function with_shop(use) {
  const folder = await mkdtemp(join(tmpdir(), "sqlenv-own-"));
  try {
    const file = join(folder, "Läden.sqlite");
    await run("python3", ["-c", make_shop, file]);
    await use(file, folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function choose(player, file) {
  if (!(await player.frame.locator("#open").isVisible().catch(() => false))) {
    await player.click("header.open");
    await player.frame.locator("#open").waitFor({ state: "visible" });
  }
  const chooser = player.page.waitForEvent("filechooser");
  await player.frame.locator("#open .choose").click();
  await (await chooser).setFiles(file);
}

async function opened(player) {
  await player.frame.locator("#open").waitFor({ state: "hidden" });
  await player.settle();
}

async function refused(player, why) {
  const box = player.frame.locator("#open .why");
  await box.waitFor({ state: "visible" });
  assert.match(await box.textContent(), why);
}

async function native_pack(file, folder) {
  const pack = join(folder, "pack");
  const { stdout } = await run(sqlenv, ["pack", "import", "sqlite", file, "--output", pack, "--json"]);
  const questions = [];
  for (const split of ["train", "eval"])
    questions.push(...JSON.parse(await readFile(join(pack, `questions/questions_${split}.json`), "utf8")));
  return { digest: JSON.parse(stdout).digest, questions };
}

async function win(player, questions) {
  const { question_id } = (await player.snapshot()).playground;
  const question = questions.find((entry) => entry.question_id === question_id);
  assert.ok(question, `${question_id} is none of the native pack's`);
  await player.query(question.gold_sql ?? question.query);
  await player.click("action.kind.answer");
  await player.click("answer.use_result");
  await player.click("action.run");
  assert.deepEqual((await player.trajectory()).at(-1).verdict, { correct: true, reason: "MATCH" });
}

// The pack is the native importer's to the last byte, and is played like any other.
async function opens_and_wins({ browser, url, shot }) {
  await with_shop(async (file, folder) => {
    const native = await native_pack(file, folder);
    const player = await (await Player.open(browser, url)).ready();
    const loaded = await player.page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
    assert.deepEqual(loaded.filter((name) => /page_worker|open\.js/.test(name)), [], "it was loaded before it was wanted");
    await player.click("header.open");
    await player.frame.locator("#open").waitFor({ state: "visible" });
    await player.page.screenshot({ path: shot("own-dialog") });
    await choose(player, file);
    await opened(player);
    const { packs } = JSON.parse(await player.page.evaluate(() => sqlenv.catalog()));
    assert.deepEqual(packs.map((pack) => pack.name), ["starter", "Läden"]);
    assert.equal(packs[1].digest, native.digest);
    assert.equal(packs[1].questions.length, 100);
    assert.equal((await player.item("header.pack")).label, "Pack: Läden");
    assert.equal(await player.page.evaluate(() => document.activeElement.id), "canvas");
    await player.click("schema.customer");
    await win(player, native.questions);
    await player.page.screenshot({ path: shot("own-won") });
    // The explorer plays on it too, in a worker that sees the observations alone.
    await player.click("verdict.review");
    await player.click("replay.explorer");
    await player.frame.waitForFunction(() => JSON.parse(sqlenv.ui_snapshot()).playground.replay.runs === 2);
    await player.settle();
    const played = await player.trajectory();
    assert.equal(played[0].pack_digest, native.digest);
    assert.equal(played.at(-1).done, true);
    assert.ok(played.some((line) => line.action?.action_type === "QUERY" && line.observation.error === ""));
    await player.page.screenshot({ path: shot("own-explorer") });
    // Opened again, it takes the first one's place.
    await choose(player, file);
    await opened(player);
    assert.equal((await player.snapshot()).playground.step_count, 0);
    assert.equal(JSON.parse(await player.page.evaluate(() => sqlenv.catalog())).packs.length, 2);
    player.check_clean();
  });
}

async function refuses({ browser, url, shot }) {
  await with_shop(async (file, folder) => {
    const good = await readFile(file);
    const write = async (name, bytes) => {
      await writeFile(join(folder, name), bytes);
      return join(folder, name);
    };
    const player = await (await Player.open(browser, url, { width: 390, height: 844, colorScheme: "dark" })).ready();
    const { question_id } = (await player.snapshot()).playground;
    await choose(player, await write("short.db", good.subarray(0, good.length - 4096)));
    await refused(player, /short\.db: the file is cut short.*Copy it anew/);
    const damaged = Buffer.from(good);
    damaged.fill(0xff, 4096, 4104);
    await choose(player, await write("damaged.db", damaged));
    await refused(player, /damaged\.db: the file is damaged.*\.recover/);
    await player.page.screenshot({ path: shot("own-refused") });
    await choose(player, await write("empty.db", ""));
    await refused(player, /empty\.db: the file is empty/);
    await choose(player, await write("secret.db", Buffer.alloc(8192, 0x5a)));
    await refused(player, /secret\.db: .*encrypted/);
    await choose(player, await write("table.csv", "name,age\nAnn,3\n"));
    await refused(player, /table\.csv: .*sqlenv pack import/);
    // A sparse file of 250 MB is refused by its size, before anything is read.
    const large = await write("large.sqlite", good);
    await truncate(large, 250e6);
    await choose(player, large);
    await refused(player, /large\.sqlite: it has 250 MB.*at most 200 MB.*sqlenv-playground/);
    assert.equal((await player.snapshot()).playground.question_id, question_id, "the episode stays");
    await player.page.keyboard.press("Escape");
    await player.frame.locator("#open").waitFor({ state: "hidden" });
    player.check_clean();
  });
}

async function knows_write_ahead_logs({ browser, url, shot }) {
  await with_shop(async (file, folder) => {
    const bytes = await readFile(file);
    bytes[18] = bytes[19] = 2;
    await writeFile(file, bytes);
    const player = await (await Player.open(browser, url)).ready();
    await choose(player, file);
    await refused(player, /write-ahead mode.*-wal.*journal_mode=DELETE/);
    await player.page.screenshot({ path: shot("own-write-ahead") });
    await player.page.locator("#open .anyway").click();
    await opened(player);
    const { packs } = JSON.parse(await player.page.evaluate(() => sqlenv.catalog()));
    assert.equal(packs[1].digest, (await native_pack(file, folder)).digest);
    player.check_clean();
  });
}

// Dropped on the page, in a frame of another origin, below a path with a blank.
async function takes_drops_anywhere({ browser, site }) {
  const server = await serveSite(site, { base: "/spaces/sql env/" });
  const parent = await serveSite(".", {
    answer: (path, response) => {
      response.writeHead(200, { "Content-Type": "text/html" });
      response.end(path !== "index.html" ? "" : `<body style="margin:40px"><iframe src="${server.origin}/spaces/sql%20env/"
        style="width:1100px;height:640px;border:0"></iframe>`);
      return true;
    },
  });
  try {
    await with_shop(async (file) => {
      const player = await Player.open(browser, parent.url.replace("127.0.0.1", "localhost"));
      await player.page.waitForSelector("iframe");
      player.frame = player.page.frames()[1];
      await player.ready();
      await player.frame.evaluate((text) => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
        transfer.items.add(new File([bytes], "dropped.db"));
        for (const type of ["dragenter", "dragover", "drop"])
          document.getElementById("canvas").dispatchEvent(
            new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
      }, (await readFile(file)).toString("base64"));
      await player.frame.waitForFunction(() => JSON.parse(sqlenv.catalog()).packs.length === 2);
      await opened(player);
      assert.match((await player.snapshot()).playground.question_id, /^dropped_/);
      assert.deepEqual(player.complaints.filter((text) => !text.startsWith("a request to " + server.origin)), []);
    });
  } finally {
    await parent.close();
    await server.close();
  }
}

// The worker may fail to load, like everything on a network.
async function says_that_it_did_not_load({ browser, site }) {
  const server = await serveSite(site, {
    answer: (path, response) => {
      if (path !== "page_worker.wasm") return false;
      response.writeHead(404).end();
      return true;
    },
  });
  try {
    await with_shop(async (file) => {
      const player = await (await Player.open(browser, server.url)).ready();
      await choose(player, file);
      await refused(player, /what opens files did not load.*Check the connection/);
    });
  } finally {
    await server.close();
  }
}

export const tests = [
  { name: "user database: opens and wins", run: opens_and_wins },
  { name: "user database: refuses what is none", run: refuses },
  { name: "user database: knows write-ahead logs", run: knows_write_ahead_logs },
  { name: "user database: takes drops, in a frame at any path", run: takes_drops_anywhere },
  { name: "user database: says that it did not load", run: says_that_it_did_not_load },
];
