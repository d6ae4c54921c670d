// Gives tests compiled to wasm the variables of node's environment. Emscripten makes ENV only for a
// program that reads variables.
Module["preRun"] = (Module["preRun"] || []).concat(() => {
  if (typeof ENV !== "undefined") Object.assign(ENV, process.env);
});

// Node's fetch refuses the path of a module that lies beside its program; without it, the file is read.
globalThis.fetch = undefined;
