// Tests of the page in Chromium. usage: node run.mjs [--site FOLDER] [--shots FOLDER] [WORD…]
//
// With words, only the tests whose name holds one of them. Ends with "N passed, N failed".

import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { launchBrowser } from "./browser.mjs";
import { serveSite } from "./site_server.mjs";
import { tests as input } from "./input_tests.mjs";
import { tests as loading } from "./loading_tests.mjs";
import { tests as own } from "./own_database_tests.mjs";
import { tests as playing } from "./playing_tests.mjs";
import { tests as pictures } from "./picture_tests.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: "string", default: join(root, "build/web/site") },
    shots: { type: "string", default: join(root, "build/screenshots") },
  },
});

const limit_ms = 120_000;

function within(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`not done after ${limit_ms / 1000} s`)), limit_ms);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

await mkdir(values.shots, { recursive: true });
const server = await serveSite(values.site);
const browser = await launchBrowser();
let passed = 0;
let failed = 0;
for (const test of [...loading, ...playing, ...own, ...input, ...pictures]) {
  if (words.length > 0 && !words.some((word) => test.name.includes(word))) continue;
  const started = performance.now();
  const notes = [];
  try {
    await within(test.run({
      browser,
      site: values.site,
      url: server.url,
      shot: (name) => join(values.shots, `${name}.png`),
      note: (text) => notes.push(text),
    }));
    ++passed;
    console.log(`ok    ${test.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    ++failed;
    console.log(`FAIL  ${test.name}\n${error.stack ?? error}`);
  }
  for (const note of notes) console.log(`      ${note}`);
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
await server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
