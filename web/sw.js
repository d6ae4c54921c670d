// Keeps the page for the next visit without a network. One cache for one build, named by what is in
// it: a new build waits until the pages of the old one are closed, and then throws its cache away.
// Addresses are relative, so that any folder of a host will do.
"use strict";

const build = @BUILD@;
const here = new URL("./", self.location).href;
const family = `sqlenv ${here} `;
const cacheName = family + build.digest;
const kept = new Set(build.files.map((file) => new URL(file, here).href));

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(cacheName).then((cache) => cache.addAll([here, ...kept])));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) => Promise.all(names
    .filter((name) => name.startsWith(family) && name !== cacheName)
    .map((name) => caches.delete(name)))));
});

// The page itself comes from the network while there is one; what its address names by content
// never changes.
async function page(request) {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(4000) });
  } catch {
    return (await caches.open(cacheName)).match(here);
  }
}

async function file(request) {
  return (await (await caches.open(cacheName)).match(request)) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = request.url.split(/[?#]/)[0];
  if (request.mode === "navigate" && (path === here || path === here + "index.html"))
    event.respondWith(page(request));
  else if (kept.has(request.url)) event.respondWith(file(request));
});
