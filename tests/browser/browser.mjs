// Chromium, driven by playwright-core: software rendering, no traffic of its own.

import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

const flags = [
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--no-sandbox",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];

export async function launchBrowser() {
  let playwright;
  try {
    playwright = require("playwright-core");
  } catch {
    throw new Error("playwright-core is not installed: run 'scripts/setup browser'");
  }
  return playwright.chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: flags,
  });
}
