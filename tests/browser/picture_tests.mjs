// Pictures of the page at three sizes and in both themes, to be looked at, of a won episode in its
// middle and at its end; and golden pictures, which the page must draw again. Checked is that the page
// fills the window and is not one colour.

import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";

import { Player } from "./player.mjs";

const sizes = [[1280, 800], [1920, 1080], [390, 844]];
const question = "?question=concert_singer_train_001&seed=7";

// How many colours a grid of points over the picture has. Runs in the page.
async function count_colours(base64) {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const pen = canvas.getContext("2d");
  pen.drawImage(image, 0, 0);
  const data = pen.getImageData(0, 0, image.width, image.height).data;
  const colours = new Set();
  for (let at = 0; at < data.length; at += 4 * 7) colours.add(data[at] << 16 | data[at + 1] << 8 | data[at + 2]);
  return colours.size;
}

async function shoot(player, shot, name) {
  await player.page.mouse.move(1, 1);
  await player.rest();
  const picture = await player.page.screenshot({ path: shot(name) });
  const colours = await player.page.evaluate(count_colours, picture.toString("base64"));
  assert.ok(colours > 40, `${name} has only ${colours} colours`);
}

async function tap(player, id) {
  if ((await player.find(id))?.visible !== false) return player.click(id);
  await player.page.mouse.wheel(0, 400);
  await player.settle();
  return player.click(id);
}

function picture(width, height, theme) {
  const size = width === 390 ? "390" : String(width);
  return {
    name: `picture ${width}×${height} ${theme}`,
    run: async ({ browser, url, shot }) => {
      const player = await Player.open(browser, `${url}${question}&theme=${theme}`, { width, height });
      await player.ready();
      await shoot(player, shot, `start-${size}-${theme}`);
      await tap(player, "action.kind.describe");
      await tap(player, "action.table.vocalist");
      await tap(player, "action.run");
      await player.query("SELECT stage_name, legal_name, home_country, debut_year FROM vocalist LIMIT 12");
      await shoot(player, shot, `result-${size}-${theme}`);
      await player.query("SELECT COUNT(*) FROM vocalist WHERE legal_name IS NULL");
      await player.answer("23");
      await shoot(player, shot, `won-${size}-${theme}`);
      player.check_clean();
    },
  };
}

// ------------------------------------------------------------------ golden pictures

const golden_folder = new URL("golden/", import.meta.url);
const tolerance = 12;       // of a colour channel, of 255
const most_others = 0.001;  // of all points

// The part of the points that differ by more than the tolerance; 1 if the sizes do. Runs in the page.
async function difference([first, second, most]) {
  const points = await Promise.all([first, second].map(async (base64) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
    const pen = new OffscreenCanvas(image.width, image.height).getContext("2d");
    pen.drawImage(image, 0, 0);
    return pen.getImageData(0, 0, image.width, image.height);
  }));
  const [a, b] = points;
  if (a.width !== b.width || a.height !== b.height) return 1;
  let others = 0;
  for (let at = 0; at < a.data.length; at += 4)
    if ([0, 1, 2].some((channel) => Math.abs(a.data[at + channel] - b.data[at + channel]) > most)) ++others;
  return others / (a.width * a.height);
}

// The whole page at a fixed size and seed, after the same steps. `node run.mjs --update golden`
// takes what is drawn now as right; look at the pictures before keeping them.
function golden(name, theme, options, play) {
  return {
    name: `golden picture ${name}`,
    run: async ({ browser, url, shot, update, note }) => {
      const player = await (await Player.open(browser, `${url}${question}&theme=${theme}`, options)).ready();
      await play(player);
      await player.page.mouse.move(1, 1);
      await player.rest();
      const picture = await player.page.screenshot({ path: shot(`golden-${name}`) });
      const file = new URL(`${name}.png`, golden_folder);
      if (update) return writeFile(file, picture);
      const right = await readFile(file);
      const part = await player.page.evaluate(
        difference, [right.toString("base64"), picture.toString("base64"), tolerance]);
      note(`${(part * 100).toFixed(3)} % of the points differ`);
      assert.ok(part <= most_others, `${(part * 100).toFixed(2)} % of the points differ from tests/browser/golden/${name}.png`);
    },
  };
}

async function describe_and_query(player) {
  await player.click("schema.vocalist");
  await player.query("SELECT stage_name, debut_year FROM vocalist ORDER BY stage_name LIMIT 8");
}

const goldens = [
  golden("result-1280-dark", "dark", {}, describe_and_query),
  golden("won-1280-light", "light", {}, (player) => player.answer("23")),
  golden("start-390-dark", "dark", { width: 390, height: 844 }, async () => {}),
];

export const tests = sizes.flatMap(([width, height]) =>
  ["dark", "light"].map((theme) => picture(width, height, theme))).concat(goldens);
