// Plays a script of actions with the wasm core in node and prints the trajectory.
// usage: node play_in_node.mjs SQLENV_NODE_JS PACK_ARCHIVE OPTIONS_JSON ACTIONS [PACK_ARCHIVE…]

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const [module, pack, options, actions, ...packs] = process.argv.slice(2);
if (actions === undefined) {
  console.error("usage: play_in_node.mjs SQLENV_NODE_JS PACK_ARCHIVE OPTIONS_JSON ACTIONS [PACK_ARCHIVE…]");
  process.exit(2);
}

function check(answer) {
  const line = answer.slice(0, answer.indexOf("\n") + 1 || undefined);
  const { error } = JSON.parse(line);
  if (error) throw new Error(`${error.code}: ${error.message}`);
  return answer;
}

const createSqlenv = createRequire(import.meta.url)(resolve(module));
const { sqlenv } = await createSqlenv();
try {
  for (const archive of [pack, ...packs]) check(sqlenv.load_pack(new Uint8Array(await readFile(archive))));
  const texts = [await readFile(options, "utf8"), await readFile(actions, "utf8")];
  process.stdout.write(check(sqlenv.play_script(...texts)));
} catch (error) {
  console.error(`play_in_node: ${error.message}`);
  process.exitCode = 1;
}
