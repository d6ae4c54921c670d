// Pictures of the page at three sizes and in both themes, to be looked at, of a won episode in its
// middle and at its end. What is checked is that the page fills the window and is not one colour.

import assert from "node:assert/strict";

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
  await player.page.waitForTimeout(800);
  await player.settle();
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

export const tests = sizes.flatMap(([width, height]) =>
  ["dark", "light"].map((theme) => picture(width, height, theme)));
