// The worker around the module of what the page has no room for; each is sent what it works on first.
// {file, wasm}: a database, of which it makes a pack. It answers any number of {read} (bytes so far) and
// {questions, of}, then {error} or {texts, image}, two buffers that are handed over. {index, wasm}: a File
// of many trajectories. It answers {summaries, read} again and again (core/wire/evaluation_summary.h, and
// bytes so far), and at the end {problems}, or {error}. {policy, wasm}: a question of
// core/wire/policy_json.h; it answers {action}, again and again. {connect, …}: see live_transport.js.
let policies = null;

const refuse = (message) => postMessage({ error: { message } });

const load = (wasm) => createPageWorker({ locateFile: () => wasm }).catch((error) => refuse(
  `what opens files did not load (${error.message || error}). Check the connection and try again.`));

function refuseFile(error) {
  if (error instanceof DOMException)
    return refuse("it cannot be read. Is it a folder, or was it moved or changed? Choose it anew.");
  refuse(`there was not enough memory for it, or the program failed (${error.message || error}). ` +
         "Close other pages and try again, or use the desktop program.");
}

async function askPolicy({ policy, wasm }) {
  try {
    policies ||= createPageWorker({ locateFile: () => wasm });
    postMessage({ action: (await policies)["sqlenv"]["call"]("worker_policy", policy) });
  } catch {
    postMessage({ action: "" });
  }
}

// Calls `take` with the file's bytes, so many at a time, and where they begin.
function readPieces(file, piece, take) {
  const reader = new FileReaderSync();
  for (let at = 0; at < file.size; at += piece)
    take(new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + piece))), at);
}

// No larger than the file's pieces and the longest line in it, whatever the file.
function list({ sqlenv: api }, file) {
  readPieces(file, 1 << 20, (bytes, at) =>
    postMessage({ summaries: api["call"]("worker_list_add", bytes), read: at + bytes.length }));
  postMessage({ summaries: api["call"]("worker_list_end"), read: file.size });
  postMessage({ problems: api["call"]("worker_list_problems") });
}

function makePack(module, file) {
  const address = module["_sqlenv_worker_begin"](file.size);
  readPieces(file, 4 << 20, (bytes, at) => {
    module["HEAPU8"].set(bytes, address + at);
    postMessage({ read: at + bytes.length });
  });
  const result = JSON.parse(module["sqlenv"]["call"]("worker_make_pack", file.name));
  if (result.error) return postMessage(result);
  const copy = (from, size) => module["HEAPU8"].slice(from, from + size);
  const texts = copy(module["_sqlenv_worker_texts"](), result.texts);
  const image = copy(module["_sqlenv_worker_image"](), result.image);
  postMessage({ texts, image }, [texts.buffer, image.buffer]);
}

onmessage = async ({ data }) => {
  if (data.policy) return askPolicy(data);
  if (data.connect) return connectServer(data);
  if (data.act) return tellLive("act", ...data.act);
  if (data.choose) return tellLive("choose", data.choose);
  const module = await load(data.wasm);
  if (!module) return;
  try {
    if (data.index) list(module, data.index);
    else makePack(module, data.file);
  } catch (error) {
    refuseFile(error);
  }
};
