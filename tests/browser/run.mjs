// Tests of the page in Chromium. usage: node run.mjs [--site FOLDER] [--shots FOLDER] [--update] [WORD…]
//
// With words, only the tests whose name holds one of them; --update writes the golden pictures anew.
// One Chromium runs several tests at a time, each in contexts of its own; those marked `alone` share
// the clipboard or look at the clock, and come last. Ends with "N passed, N failed".

import { mkdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { launchBrowser } from "./browser.mjs";
import { serveSite } from "./site_server.mjs";
import { tests as input } from "./input_tests.mjs";
import { tests as replay } from "./replay_tests.mjs";
import { tests as live } from "./live_tests.mjs";
import { tests as model } from "./model_tests.mjs";
import { tests as loading } from "./loading_tests.mjs";
import { tests as database } from "./user_database_tests.mjs";
import { tests as offline } from "./offline_tests.mjs";
import { tests as playing } from "./playing_tests.mjs";
import { tests as pictures } from "./picture_tests.mjs";
import { tests as space } from "./space_tests.mjs";
import { tests as text } from "./text_tests.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { values, positionals: words } = parseArgs({
  allowPositionals: true,
  options: {
    site: { type: "string", default: join(root, "build/web/site") },
    shots: { type: "string", default: join(root, "build/screenshots") },
    update: { type: "boolean", default: false },
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

// The browser as one test sees it: the contexts that it opens are closed after it.
function browser_of_a_test() {
  const contexts = [];
  return {
    contexts,
    newContext: async (options) => {
      contexts.push(await browser.newContext(options));
      return contexts.at(-1);
    },
  };
}

async function run_one(test) {
  const started = performance.now();
  const notes = [];
  const own = browser_of_a_test();
  let line;
  try {
    await within(test.run({
      browser: own,
      site: values.site,
      url: server.url,
      update: values.update,
      shot: (name) => join(values.shots, `${name}.png`),
      note: (line_of_it) => notes.push(line_of_it),
    }));
    ++passed;
    line = `ok    ${test.name} (${((performance.now() - started) / 1000).toFixed(1)} s)`;
  } catch (error) {
    ++failed;
    line = `FAIL  ${test.name}\n${error.stack ?? error}`;
  }
  console.log([line, ...notes.map((note) => `      ${note}`)].join("\n"));
  for (const context of own.contexts) await context.close();
}

async function run_all(tests, at_once) {
  const left = [...tests];
  await Promise.all(Array.from({ length: at_once }, async () => {
    while (left.length > 0) await run_one(left.shift());
  }));
}

const chosen = [...pictures, ...playing, ...replay, ...live, ...model, ...database, ...text, ...offline, ...space, ...loading, ...input].filter(
  (test) => words.length === 0 || words.some((word) => test.name.includes(word)));
await run_all(chosen.filter((test) => !test.alone), Math.max(2, Math.min(4, availableParallelism())));
await run_all(chosen.filter((test) => test.alone), 1);
await browser.close();
await server.close();
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
