#!/usr/bin/env python3
"""Puts the page into one HTML file that opens from a disk, with no server and no network.

It is the page that make_site.py made. What that fetches lies in this file, compressed and as text; it
is unpacked into blobs at the start, and the page's list of files then names those, so that the loader
works as always. What opens files and servers is in it, too.
"""

import argparse
import base64
import gzip
import json
import pathlib
import re
import sys
import urllib.parse

TYPES = {".js": "text/javascript", ".wasm": "application/wasm", ".tar": "application/x-tar"}

# Runs the page's scripts once all that they load is there.
LOADER = """
(async () => {
  const list = document.getElementById("build");
  const build = JSON.parse(list.textContent);
  const unpack = async (file) => {
    const element = document.getElementById(`packed ${file.name}`);
    const bytes = Uint8Array.from(atob(element.textContent), (character) => character.charCodeAt(0));
    element.remove();
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const unpacked = new Blob([await new Response(stream).arrayBuffer()], { type: element.dataset.type });
    file.bytes = unpacked.size;
    file.url = file.name.endsWith("_worker.wasm") ? await as_data(unpacked) : URL.createObjectURL(unpacked);
  };
  // A worker of a page from the disk is of another origin, to which the page's blobs are closed.
  const as_data = (blob) => new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
  await Promise.all([...build.files, ...build.later].map(unpack));
  list.textContent = JSON.stringify({ ...build, single: true });
  run();
})().catch((error) => {
  document.getElementById("progress").textContent =
    `This browser cannot unpack the playground (${error.message}): use a current Chrome, Edge, Firefox or Safari.`;
});
"""


def once(text, pattern, replacement):
    text, count = re.subn(pattern, lambda _: replacement, text, flags=re.S)
    if count != 1:
        sys.exit(f"make_single: index.html must have {pattern!r} exactly once, and has it {count} times")
    return text


def packed(site, entry):
    path = site / entry["url"].split("?")[0]
    data = path.read_bytes() if path.suffix == ".gz" else gzip.compress(path.read_bytes(), 9, mtime=0)
    kind = TYPES[pathlib.Path(entry["name"]).suffix]
    return (f'<script type="text/plain" id="packed {entry["name"]}" data-type="{kind}">'
            f"{base64.b64encode(data).decode()}</script>\n")


def single(site):
    page = (site / "index.html").read_text(encoding="utf-8")
    build = json.loads(re.search(r'id="build">(.*?)</script>', page, re.S).group(1))
    icon = urllib.parse.quote((site / "favicon.svg").read_text(encoding="utf-8").strip(), safe=" =:/'")
    page = once(page, r'href="favicon\.svg"', f'href="data:image/svg+xml,{icon}"')
    page = once(page, r'<link rel="apple-touch-icon"[^>]*>\n', "")
    page = once(page, r'<link rel="manifest"[^>]*>\n', "")
    scripts = re.findall(r"<script>\n(.*?)</script>\n", page, re.S)
    page = re.sub(r"<script>\n.*?</script>\n", "", page, flags=re.S)
    files = "".join(packed(site, entry) for entry in [*build["files"], *build["later"]])
    program = f"<script>\nfunction run() {{\n{''.join(scripts)}}}\n{LOADER}</script>\n"
    return once(page, r"</body>", f"{files}{program}</body>")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("site", type=pathlib.Path, help="the folder that make_site.py made")
    parser.add_argument("out", type=pathlib.Path, help="the file to write")
    arguments = parser.parse_args()
    text = single(arguments.site)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_text(text, encoding="utf-8")
    print(f"single: {arguments.out} ({len(text.encode()):,} bytes), opens from the disk")


if __name__ == "__main__":
    main()
