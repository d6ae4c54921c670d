// The tests as wasm see the variables of node's environment, as programs do natively. (Emscripten
// makes ENV only for a program that asks for variables.)
Module["preRun"] = (Module["preRun"] || []).concat(() => {
  if (typeof ENV !== "undefined") Object.assign(ENV, process.env);
});
