// Plays recorded completions of a language model with the wasm core in node and prints each turn.
// usage: node model_turns_in_node.mjs SQLENV_NODE_JS PACK_ARCHIVE OPTIONS_JSON DIALECT COMPLETIONS

import { createRequire } from "node:module";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";

const [module, pack, options, dialect, completions] = process.argv.slice(2);
const createSqlenv = createRequire(import.meta.url)(resolve(module));
const { sqlenv } = await createSqlenv();
const loaded = JSON.parse(sqlenv.load_pack(new Uint8Array(await readFile(pack))));
if (loaded.error) throw new Error(loaded.error.message);
const texts = [await readFile(options, "utf8"), dialect, await readFile(completions, "utf8")];
const answer = sqlenv.call("model_turns", ...texts);
const { error } = JSON.parse(answer.slice(0, answer.indexOf("\n") + 1 || undefined));
if (error) throw new Error(`${error.code}: ${error.message}`);
process.stdout.write(answer);
