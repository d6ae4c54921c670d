// Pictures that Chromium draws: the icons (web/icons) and the social card (web/space/card.png).
// usage: node scripts/pictures.mjs OUT icons card
//        node scripts/pictures.mjs OUT crop PICTURE SNAPSHOT WORD NAME
//
// OUT is the folder that takes them, the repository's root or one like it.
// Crop cuts out of a picture of the desktop program the items whose names begin with WORD, by the places
// in the snapshot that it wrote with it.
// The card holds a picture of the playground and the fonts of the native build, so scripts/screenshots
// makes it after those.

import { mkdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";

import { launchBrowser } from "../tests/browser/browser.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [out, ...words] = process.argv.slice(2);
const text = (name) => readFile(join(root, name), "utf8");
const data = async (path, type) => `data:${type};base64,${(await readFile(path)).toString("base64")}`;

async function shoot(browser, html, { width, height, ratio = 1, path, transparent = false }) {
  const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: ratio });
  const page = await context.newPage();
  await page.setContent(`<!doctype html><style>* { box-sizing: border-box; margin: 0 }</style>${html}`);
  await page.evaluate(() => document.fonts.ready);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode())));
  await mkdir(dirname(join(out, path)), { recursive: true });
  await page.screenshot({ path: join(out, path), omitBackground: transparent });
  await context.close();
  console.log(path);
}

// A system cuts its own corners into 180 (Apple) and 512 (maskable), so these fill their square.
async function icons(browser) {
  const rounded = await text("web/favicon.svg");
  const square = rounded.replace(' rx="9"', "");
  if (square === rounded) throw new Error("favicon.svg has no rounded square any more");
  for (const [size, svg] of [[180, square], [192, rounded], [512, square]]) {
    await shoot(browser, svg.replace("<svg ", '<svg style="display: block" '), {
      width: size, height: size, path: `web/icons/icon-${size}.png`, transparent: svg === rounded,
    });
  }
}

async function card(browser) {
  const font = async (name, file, weight) => `@font-face { font-family: ${name}; font-weight: ${weight};
    src: url(${await data(join(root, "build/native/generated/fonts", file), "font/otf")}) }`;
  const html = `<style>
    ${await font("Inter", "Inter-Regular.otf", 400)}
    ${await font("Inter", "Inter-SemiBold.otf", 600)}
    body { width: 1200px; height: 630px; overflow: hidden; font: 400 27px/1.4 Inter; color: #e9ecf3;
      background: radial-gradient(900px 700px at 100% 0, #222a4d, #0d1017 75%); }
    main { position: absolute; left: 64px; top: 0; bottom: 0; width: 470px; display: flex;
      flex-direction: column; justify-content: center; gap: 26px; }
    header { display: flex; align-items: center; gap: 18px; font: 600 40px Inter; }
    header svg { width: 64px; height: 64px; }
    h1 { font: 600 52px/1.12 Inter; letter-spacing: -0.02em; }
    p { color: #98a2b5; }
    img { position: absolute; left: 590px; top: 78px; height: 474px; border: 1px solid #384152;
      border-radius: 16px; box-shadow: 0 30px 80px #000a; }
  </style>
  <main><header>${await text("web/favicon.svg")}SQLEnv</header>
  <h1>Teaching AI to think like a data analyst</h1>
  <p>One question. A database you cannot see. Fifteen steps.</p></main>
  <img src="${await data(join(out, "docs/images/playground.png"), "image/png")}">`;
  await shoot(browser, html, { width: 1200, height: 630, path: "web/space/card.png" });
}

async function crop(browser, [picture, snapshot, word, path]) {
  const items = JSON.parse(await readFile(snapshot, "utf8")).items.filter(({ id }) => id.startsWith(word));
  if (items.length === 0) throw new Error(`nothing in ${snapshot} is named ${word}…`);
  const pad = 16;
  const left = Math.min(...items.map(({ x }) => x)) - pad;
  const top = Math.min(...items.map(({ y }) => y)) - pad;
  const width = Math.max(...items.map(({ x, w }) => x + w)) + pad - left;
  const height = Math.max(...items.map(({ y, h }) => y + h)) + pad - top;
  const ratio = 2;
  await shoot(browser, `<img style="zoom: ${1 / ratio}; position: absolute; left: ${-left * ratio}px; top: ${-top * ratio}px"
    src="${await data(picture, "image/png")}">`, { width: Math.ceil(width), height: Math.ceil(height), ratio, path });
}

const known = { icons, card };
const browser = await launchBrowser();
try {
  if (words[0] === "crop") await crop(browser, words.slice(1));
  else for (const name of words) {
    if (!(name in known)) throw new Error(`there is no picture ${name}: ${Object.keys(known).join(", ")}`);
    await known[name](browser);
  }
} finally {
  await browser.close();
}
