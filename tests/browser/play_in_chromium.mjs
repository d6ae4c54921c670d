// Plays a script of actions in the page, in Chromium, and prints the trajectory.
// usage: node play_in_chromium.mjs SITE_FOLDER OPTIONS_JSON ACTIONS [PACK_ARCHIVE…]
// The page has the starter pack; those named here are added and chosen by the option "pack".

import { readFile } from "node:fs/promises";

import { launchBrowser } from "./browser.mjs";
import { serveSite } from "./site_server.mjs";

const [site, options, actions, ...packs] = process.argv.slice(2);
if (actions === undefined) {
  console.error("usage: play_in_chromium.mjs SITE_FOLDER OPTIONS_JSON ACTIONS [PACK_ARCHIVE…]");
  process.exit(2);
}

// Runs in the page.
async function play([archives, options_text, actions_text]) {
  await sqlenv.ready;
  for (const base64 of archives) {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const { error } = JSON.parse(sqlenv.load_pack(bytes));
    if (error) throw new Error(`${error.code}: ${error.message}`);
  }
  return sqlenv.play_script(options_text, actions_text);
}

const server = await serveSite(site);
const browser = await launchBrowser();
try {
  const page = await browser.newPage();
  page.on("console", (message) => console.error(`page: ${message.text()}`));
  await page.goto(server.url);
  const archives = await Promise.all(packs.map((file) => readFile(file, "base64")));
  const texts = [await readFile(options, "utf8"), await readFile(actions, "utf8")];
  const answer = await page.evaluate(play, [archives, ...texts]);
  const { error } = JSON.parse(answer.slice(0, answer.indexOf("\n") + 1 || undefined));
  if (error) throw new Error(`${error.code}: ${error.message}`);
  process.stdout.write(answer);
} catch (error) {
  console.error(`play_in_chromium: ${error.message}`);
  process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
