// Pictures of every state of the page in three sizes and both themes, and sheets of several, to be looked at.
// usage: node gallery.mjs [--site FOLDER] [--out FOLDER] [--sizes 390,1280,1920] [--themes dark,light] [WORD…]
//
// With words, only of the scenes whose names hold one of them. A picture is SIZE-THEME-STATE.png; one of a
// phone is followed by the whole column, as if the screen were that high.

import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { launchBrowser } from "./browser.mjs";
import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: "string", default: join(root, "build/web/site") },
    out: { type: "string", default: join(root, "build/gallery") },
    sizes: { type: "string", default: "390,1280,1920" },
    themes: { type: "string", default: "dark,light" },
  },
});

const heights = { 390: 844, 1280: 800, 1920: 1080 };
const question = "question=concert_singer_train_001&seed=7";
const long_query = "SELECT v.stage_name, v.home_country, COUNT(*) AS gigs, MIN(g.gig_date) AS first_gig FROM vocalist AS v " +
  "JOIN gig_set AS s ON s.vocalist_id = v.vocalist_id JOIN gig AS g ON g.gig_id = s.gig_id WHERE v.debut_year > 1990 " +
  "GROUP BY v.vocalist_id ORDER BY gigs DESC";
const many_rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 10000) SELECT i, i * i AS square, " +
  "'row ' || i AS words, i / 7.0 AS part, NULL AS missing, 'a rather long text that does not fit its column at all' AS text FROM n";
const endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT COUNT(*) FROM n";

// Brings a control of the column into sight, and presses it.
async function press(player, id) {
  for (let turn = 0; turn < 24 && !(await player.find(id))?.visible; ++turn) {
    await player.page.mouse.move(20, 500);
    await player.page.mouse.wheel(0, turn === 0 ? -4000 : 250);
    await player.settle();
  }
  return player.click(id);
}

async function write(player, kind, text) {
  await press(player, `action.kind.${kind}`);
  await press(player, "action.editor");
  await player.press("Control+A");
  await player.page.keyboard.insertText(text);
  await player.settle();
}

async function query(player, sql) {
  await write(player, "query", sql);
  await player.press("Control+Enter");
  while (await player.find("action.progress")) await player.next_frame();
  await player.settle();
}

async function answer(player, text) {
  await write(player, "answer", text);
  await player.press("Control+Enter");
}

async function top(player) {
  await player.page.mouse.move(20, 500);
  await player.page.mouse.wheel(0, -9000);
  await player.settle();
}

// Each scene is one page; `show` takes a picture of the state it is in.
const scenes = {
  start: async (player, show) => {
    await show("start");
    await press(player, "header.database");
    await show("databases", true);
    await player.press("Escape");
    if (await player.find("header.keys")) await press(player, "header.keys");
    else await player.press("F1");
    await show("keys", true);
    await player.press("Escape");
    await press(player, "header.settings");
    await show("settings", true);
    await player.press("Escape");
    for (let hint = 0; hint < 3; ++hint) await press(player, "question.hint");
    await show("hints");
  },
  work: async (player, show) => {
    await press(player, "schema.vocalist");
    await press(player, "schema.gig");
    await show("described");
    await press(player, "schema.view.diagram");
    await show("diagram");
    if (await player.find("diagram.resize")) await press(player, "diagram.resize");
    await show("diagram-large");
    if (await player.find("diagram.resize")) await press(player, "diagram.resize");
    await write(player, "query", "SELECT stage_name FROM vocalist ORDER BY ");
    await player.type("de");
    await show("completion", true);
    await player.press("Escape");
    await query(player, "SELECT stage_name, legal_name, home_country, debut_year FROM vocalist LIMIT 12");
    await show("result");
    await query(player, long_query);
    await show("long-query");
    await query(player, "SELECT stage_name, debut_yaer FROM vocalist WHERE debut_year > 1990 ORDER BY debut_year DESC");
    await show("error");
    await query(player, many_rows);
    await show("long-result");
    await write(player, "query", endless);
    await player.page.keyboard.press("Control+Enter");
    while (!(await player.find("action.progress"))) await player.next_frame();
    await show("running", true);
    await player.page.keyboard.press("Escape");
    await player.settle();
    await write(player, "answer", "[[\"Ada\", 3], [\"Grace\", 5]]");
    await show("answering");
    await press(player, "action.kind.sample");
    await show("sampling");
  },
  won: async (player, show) => {
    await press(player, "schema.vocalist");
    await query(player, "SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
    await answer(player, "23");
    await top(player);
    await show("won");
    await press(player, "verdict.tab.plan");
    await show("plan");
  },
  lost: async (player, show) => {
    await query(player, "SELECT COUNT(*) FROM vocalist");
    await answer(player, "[[24, \"x\"], [25, \"y\"]]");
    await top(player);
    await show("lost");
    await press(player, "verdict.tab.expected");
    await show("expected");
    await press(player, "verdict.review");
    await player.press("ArrowLeft");
    await top(player);
    await show("replay");
    await query(player, "SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
    await show("what-if");
    for (const policy of ["explorer", "random", "oracle"]) {
      const { runs } = (await player.snapshot()).playground.replay;
      await press(player, `replay.${policy}`);
      await player.frame.waitForFunction((count) => JSON.parse(sqlenv.ui_snapshot()).playground.replay.runs > count, runs);
      await player.settle();
    }
    await top(player);
    await show("compare");
  },
  spent: async (player, show) => {
    for (let step = 0; step < 15; ++step) await query(player, `SELECT ${step}`);
    await top(player);
    await show("spent");
  },
  dialog: async (player, show) => {
    await press(player, "header.open");
    await player.page.locator("#open").waitFor({ state: "visible" });
    await show("own", true);
    const chooser = player.page.waitForEvent("filechooser");
    await player.page.locator("#open .choose").click();
    await (await chooser).setFiles([{ name: "damaged.db", mimeType: "", buffer: Buffer.alloc(8192, 0x5a) }]);
    await player.page.locator("#open .why").waitFor({ state: "visible" });
    await show("own-refused", true);
  },
};

// Pages that are not one canvas at rest.
const others = {
  splash: async (open, show, { site, theme }) => {
    const wasm = await readFile(join(site, "playground.wasm"));
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    const server = await serveSite(site, {
      answer: async (path, response) => {
        if (path !== "playground.wasm") return false;
        response.writeHead(200, { "Content-Type": "application/wasm" });
        response.write(wasm.subarray(0, wasm.length / 2));
        await held;
        response.end(wasm.subarray(wasm.length / 2));
        return true;
      },
    });
    const player = await open(`?theme=${theme}`, server.url);
    await player.page.waitForTimeout(1500);
    await show(player, "splash");
    release();
    await player.ready();
    await server.close();
  },
  trouble: async (open, show, { site, theme }) => {
    const server = await serveSite(site, {
      answer: (path, response) => path === "starter.tar" && Boolean(response.writeHead(404).end()),
    });
    const player = await open(`?theme=${theme}`, server.url);
    await player.page.waitForSelector("#trouble h2", { state: "visible" });
    await show(player, "trouble");
    await server.close();
  },
  tour: async (open, show, { theme }) => {
    const player = await (await open(`?tour=1&theme=${theme}`)).started();
    for (let caption = 0; caption < 8; ++caption) {
      await player.frame.waitForFunction(() =>
        JSON.parse(sqlenv.ui_snapshot()).playground.items.some((item) => item.id === "tour.caption"));
      await player.settle();
      if (caption % 3 === 1) await show(player, `tour-${caption}`);
      await player.press("ArrowRight");
    }
  },
  text: async (open, show, { theme }) => {
    const player = await (await open(`?text=1&${question}&theme=${theme}`)).started();
    const { page } = player;
    const act = async (kind, label, text) => {
      await page.getByRole("radio", { name: kind }).check();
      await page.getByLabel(label, { exact: true }).fill(text);
      await page.getByRole("button", { name: "Run", exact: true }).click();
    };
    await show(player, "text-start");
    await act("QUERY", "Query", "SELECT stage_name, home_country, debut_year FROM vocalist");
    await show(player, "text-result");
    await act("QUERY", "Query", "SELECT * FROM vocalists");
    await show(player, "text-error");
    await act("ANSWER", "Answer", "23");
    await show(player, "text-won");
  },
};

const wanted = (name) => words.length === 0 || words.some((word) => name.includes(word));
const server = await serveSite(values.site);
const browser = await launchBrowser();
await mkdir(values.out, { recursive: true });
let failed = 0;

async function shoot(player, look, state, pictures) {
  const take = async (name) => {
    const path = join(values.out, `${name}.png`);
    await player.page.screenshot({ path });
    pictures.push({ name, path });
  };
  await take(`${look.width}-${look.theme}-${state}`);
}

async function shoot_canvas(player, look, state, moving, pictures) {
  if (!moving) {
    await player.page.mouse.move(1, 1);
    await player.rest();
  }
  await shoot(player, look, state, pictures);
  if (look.width > 400 || moving) return;
  await player.page.setViewportSize({ width: look.width, height: 2000 });
  await player.settle();
  await shoot(player, look, `${state}-whole`, pictures);
  await player.page.setViewportSize({ width: look.width, height: heights[look.width] });
  await player.settle();
}

async function scene(name, look, pictures) {
  const players = [];
  const open = async (query, url = server.url) => {
    players.push(await Player.open(browser, url + query, { ...look, colorScheme: look.theme }));
    return players.at(-1);
  };
  try {
    if (name in others)
      return await others[name](open, (player, state) => shoot(player, look, state, pictures), { site: values.site, ...look });
    const player = await (await open(`?${question}&theme=${look.theme}`)).ready();
    await scenes[name](player, (state, moving = false) => shoot_canvas(player, look, state, moving, pictures));
  } catch (error) {
    ++failed;
    console.log(`FAIL ${look.width} ${look.theme} ${name}: ${error.stack ?? error}`);
  } finally {
    for (const player of players) await player.close();
  }
}

// Several pictures on one, each with its name.
async function sheet(path, pictures, columns, width) {
  const cells = await Promise.all(pictures.map(async ({ name, path: file }) =>
    `<figure><img src="data:image/png;base64,${(await readFile(file)).toString("base64")}"><figcaption>${name}</figcaption></figure>`));
  const page = await browser.newPage({ viewport: { width: columns * (width + 8) + 8, height: 400 } });
  await page.setContent(`<style>body { margin: 8px; background: #777; display: grid; gap: 8px; font: 14px sans-serif;
    grid-template-columns: repeat(${columns}, ${width}px) } figure { margin: 0 } img { width: 100%; display: block }</style>${cells.join("")}`);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await page.screenshot({ path, fullPage: true });
  await page.close();
  console.log(path);
}

for (const width of values.sizes.split(",").map(Number)) {
  for (const theme of values.themes.split(",")) {
    const pictures = [];
    const left = [...Object.keys(scenes), ...Object.keys(others)].filter(wanted);
    const looks = { width, height: heights[width], theme };
    await Promise.all([1, 2].map(async () => {
      while (left.length > 0) await scene(left.shift(), looks, pictures);
    }));
    const [columns, at_once, each] = width < 400 ? [5, 5, 390] : [2, 4, 960];
    for (const [kind, some] of [["", pictures.filter(({ name }) => !name.endsWith("-whole"))],
                                ["-whole", pictures.filter(({ name }) => name.endsWith("-whole"))]])
      for (let at = 0; at < some.length; at += at_once)
        await sheet(join(values.out, `sheet-${width}-${theme}${kind}-${at / at_once + 1}.png`),
                    some.slice(at, at + at_once), columns, each);
  }
}
await browser.close();
await server.close();
process.exitCode = failed > 0 ? 1 : 0;
