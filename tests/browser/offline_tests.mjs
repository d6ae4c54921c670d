// The service worker: the next visit needs no network, and a new build takes the old one's place.

import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { Player } from "./player.mjs";
import { serveSite } from "./site_server.mjs";

const with_worker = { serviceWorkers: "allow", width: 900, height: 700 };

async function worker_is_ready(player) {
  await player.page.evaluate(async () => { await navigator.serviceWorker.ready; });
}

async function works_offline({ browser, site }) {
  const server = await serveSite(site, { base: "/a/path/" });
  let open = true;
  try {
    const player = await Player.open(browser, `${server.url}?theme=dark`, with_worker);
    await player.ready();
    await worker_is_ready(player);
    await server.close();
    open = false;
    for (const query of ["", "?database=flight_2&seed=3"]) {
      await player.page.goto(server.url + query);
      await player.ready();
      await player.query("SELECT 1");
      assert.equal((await player.snapshot()).playground.step_count, 1);
    }
  } finally {
    if (open) await server.close();
  }
}

// A build that differs in its page and in its program's address.
async function rebuilt(site) {
  const folder = await mkdtemp(join(tmpdir(), "sqlenv-site-"));
  await cp(site, folder, { recursive: true });
  for (const name of ["index.html", "sw.js"]) {
    const text = (await readFile(join(folder, name), "utf8")).replace(/playground\.js\?v=[0-9a-f]+/, "playground.js?v=0123456789ab")
      .replace(/"digest": ?"[0-9a-f]+"/, '"digest": "0123456789ab"').replace("<title>SQLEnv", "<title>New SQLEnv");
    await writeFile(join(folder, name), text);
  }
  return folder;
}

async function updates({ browser, site }) {
  const next = await rebuilt(site);
  let updated = false;
  const server = await serveSite(site, {
    answer: async (name, response) => {
      if (!updated || !["index.html", "sw.js"].includes(name)) return false;
      const types = { "index.html": "text/html", "sw.js": "text/javascript" };
      response.writeHead(200, { "Content-Type": types[name] }).end(await readFile(join(next, name)));
      return true;
    },
  });
  try {
    const player = await Player.open(browser, server.url, with_worker);
    await player.ready();
    await worker_is_ready(player);
    const caches_now = () => player.page.evaluate(() => caches.keys());
    const [first] = await caches_now();
    updated = true;
    await player.page.goto(server.url);  // under the old worker, and yet the new page
    await player.ready();
    assert.match(await player.page.title(), /^New/);
    await player.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      await registration.update();
      const worker = registration.installing ?? registration.waiting;
      while (worker && worker.state === "installing")
        await new Promise((resolve) => worker.addEventListener("statechange", resolve, { once: true }));
    });
    await player.page.goto("about:blank");
    const again = await player.context.newPage();
    await again.goto(server.url);
    await again.evaluate(() => window.sqlenv.ready);
    await again.waitForFunction(async (old) => {
      const names = await caches.keys();
      return names.length === 1 && names[0] !== old;
    }, first);
  } finally {
    await server.close();
    await rm(next, { recursive: true });
  }
}

export const tests = [
  { name: "works offline after the first load", run: works_offline },
  { name: "takes up a new build", run: updates },
];
