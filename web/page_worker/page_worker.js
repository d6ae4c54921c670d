// The worker around the module that makes packs. It is sent {file, wasm} once: the File, and the address
// of page_worker.wasm. It answers any number of {read} (bytes so far) and {questions, of}, then either
// {refusal, code} or {texts, image}, two buffers that are handed over. Sent {policy, wasm}, bytes for
// sqlenv_worker_policy(), it answers {action}. Sent {index, wasm}, a File of many trajectories, it
// answers {rows, read} again and again, lines of core/wire/evaluation_index.h and bytes so far, and at
// the end {problems}, or {refusal, code}.
let policies = null;

const load = (wasm) => createPageWorker({ locateFile: () => wasm }).catch((error) => postMessage({
  code: "NOT_FOUND",
  refusal: `what opens files did not load (${error.message || error}). Check the connection and try again.`,
}));

function refuse(error) {
  const gone = error instanceof DOMException;
  postMessage(gone
    ? { code: "NOT_FOUND", refusal: "it cannot be read. Is it a folder, or was it moved or changed? Choose it anew." }
    : { code: "INTERNAL", refusal: `there was not enough memory for it, or the program failed (${error.message || error}). ` +
                                   "Close other pages and try again, or use the desktop program." });
}

// Asked again and again, by one module.
async function ask({ policy, wasm }) {
  try {
    policies ||= createPageWorker({ locateFile: () => wasm });
    const module = await policies;
    const place = module["_malloc"](policy.length);
    module["HEAPU8"].set(policy, place);
    const answer = module["_sqlenv_worker_policy"](place, policy.length);
    postMessage({ action: new TextDecoder().decode(module["HEAPU8"].slice(
      answer, answer + module["_sqlenv_worker_answer_size"]())) });
    module["_free"](place);
  } catch {
    postMessage({ action: "" });
  }
}

// No larger than the file's pieces and the longest line in it, whatever the file.
async function list({ index: file, wasm }) {
  const piece = 1 << 20;
  const module = await load(wasm);
  if (!module) return;
  try {
    const reader = new FileReaderSync();
    const place = module["_malloc"](piece);
    const answer = (address) => module["HEAPU8"].slice(address, address + module["_sqlenv_worker_answer_size"]());
    for (let at = 0; at <= file.size; at += piece) {
      const bytes = new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + piece)));
      module["HEAPU8"].set(bytes, place);
      const rows = answer(module["_sqlenv_index_add"](place, bytes.length));
      postMessage({ rows, read: at + bytes.length }, [rows.buffer]);
    }
    const rows = answer(module["_sqlenv_index_end"]());
    postMessage({ rows, read: file.size }, [rows.buffer]);
    postMessage({ problems: new TextDecoder().decode(answer(module["_sqlenv_index_problems"]())) });
  } catch (error) {
    refuse(error);
  }
}

onmessage = async ({ data }) => {
  if (data.policy) return ask(data);
  if (data.index) return list(data);
  const { file, wasm } = data;
  const piece = 4 << 20;
  const module = await load(wasm);
  if (!module) return;
  try {
    const reader = new FileReaderSync();
    const address = module["_sqlenv_worker_begin"](file.size);
    for (let at = 0; at < file.size; at += piece) {
      const bytes = new Uint8Array(reader.readAsArrayBuffer(file.slice(at, at + piece)));
      module["HEAPU8"].set(bytes, address + at);
      postMessage({ read: Math.min(at + piece, file.size) });
    }
    const name = new TextEncoder().encode(file.name);
    const place = module["_malloc"](name.length + 1);
    module["HEAPU8"].set(name, place);
    const answer = module["_sqlenv_worker_run"](place, name.length);
    const copy = (from, size) => module["HEAPU8"].slice(from, from + size);
    const result = JSON.parse(new TextDecoder().decode(
      copy(answer, module["_sqlenv_worker_answer_size"]())));
    if (result.refusal !== undefined) return postMessage(result);
    const texts = copy(module["_sqlenv_worker_texts"](), result.texts);
    const image = copy(module["_sqlenv_worker_image"](), result.image);
    postMessage({ texts, image }, [texts.buffer, image.buffer]);
  } catch (error) {
    refuse(error);
  }
};
