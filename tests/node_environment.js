// Gives tests compiled to wasm the variables of node's environment. Emscripten makes ENV only for a
// program that reads variables.
Module["preRun"] = (Module["preRun"] || []).concat(() => {
  if (typeof ENV !== "undefined") Object.assign(ENV, process.env);
});
