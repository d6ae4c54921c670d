// Module.sqlenv: the exported functions as JavaScript functions, text in and text out. Part of every
// module; script_api.h describes the functions that have a name of their own here.
Module["sqlenv"] = (() => {
  const encoder = new TextEncoder();
  const decoder = new TextDecoder();

  // Hands over a number as it is, and a text or bytes as a copy in the module's memory: a pointer and a size.
  function call(name, ...inputs) {
    const copies = [];
    const parameters = [];
    try {
      for (const input of inputs) {
        if (typeof input === "number") {
          parameters.push(input);
          continue;
        }
        const bytes = input instanceof Uint8Array ? input : encoder.encode(String(input));
        const address = Module["_malloc"](Math.max(bytes.length, 1));
        if (address === 0) throw new RangeError("sqlenv: out of memory");
        copies.push(address);
        HEAPU8.set(bytes, address);
        parameters.push(address, bytes.length);
      }
      const answer = Module["_sqlenv_" + name](...parameters);
      return decoder.decode(HEAPU8.subarray(answer, answer + Module["_sqlenv_answer_size"]()));
    } finally {
      for (const address of copies) Module["_free"](address);
    }
  }

  return {
    "call": call,
    "version": () => call("version"),
    "load_pack": (archive) => call("load_pack", archive),
    "catalog": () => call("catalog"),
    "reset": (options = "{}") => call("reset", options),
    "step": (action) => call("step", action),
    "trajectory": () => call("trajectory"),
    "play_script": (options, actions) => call("play", options, actions),
  };
})();
