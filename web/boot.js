// Loads the playground: its wasm module and the starter pack, with honest progress, then opens it on
// the canvas. Whatever fails ends in a page that says what to do. Scripts find the same episodes
// under window.sqlenv once sqlenv.ready has resolved.
(() => {
  "use strict";

  const build = JSON.parse(document.getElementById("build").textContent);
  const parameters = new URLSearchParams(location.search);
  const prefersLight = matchMedia("(prefers-color-scheme: light)");
  const prefersStill = matchMedia("(prefers-reduced-motion: reduce)");
  const find = (selector) => document.querySelector(selector);
  const canvas = find("#canvas");

  // ------------------------------------------------------------------ what may go wrong

  const troubles = {
    file: {
      title: "The page was opened as a file",
      what: "Browsers do not let a file load the playground's program.",
      advice: ["In the folder of this page run: python3 -m http.server 8000",
               "Then open http://localhost:8000/",
               "Or open the page as one file: make space"],
    },
    browser: {
      title: "This browser cannot run the playground",
      what: "It needs WebAssembly, which this browser does not offer.",
      advice: ["Use a current Chrome, Edge, Firefox or Safari.",
               "Or play in a window of its own: the project's desktop program is sqlenv-playground."],
    },
    program: {
      title: "The program did not load",
      what: "The playground's program could not be fetched or started.",
      advice: ["Check the connection and try again.",
               "A content blocker may have stopped playground.js or playground.wasm.gz: allow them here.",
               "If you serve this page yourself, build it anew: make web"],
    },
    pack: {
      title: "The questions did not load",
      what: "The pack of databases and questions could not be fetched or read.",
      advice: ["Check the connection and try again.",
               "If you serve this page yourself, see that starter.tar.gz lies beside index.html."],
    },
    graphics: {
      title: "The graphics stopped",
      what: "The browser took the graphics away, and has not given them back. Your episode is kept.",
      advice: ["Wait a moment: the playground goes on by itself when they return.",
               "Close other pages that draw a lot.",
               "Or go on in text mode: press F2.",
               "Trying again starts a new episode."],
    },
    crash: {
      title: "The playground stopped",
      what: "It found a mistake of its own and stopped, rather than show you something wrong.",
      advice: ["Try again: it starts anew.",
               "If it happens again, send us the details below with what you did last."],
    },
  };

  let failed = false;
  let ready;
  const running = new Promise((resolve) => { ready = resolve; });  // the module

  function showTrouble(kind, detail) {
    const trouble = troubles[kind];
    const section = find("#trouble");
    section.dataset.kind = kind;
    section.querySelector("h2").textContent = trouble.title;
    section.querySelector(".what").textContent = trouble.what;
    section.querySelector(".advice").replaceChildren(...trouble.advice.map((line) => {
      const item = document.createElement("li");
      item.textContent = line;
      return item;
    }));
    section.querySelector(".details").textContent =
      `SQLEnv ${build.version}\n${detail}\n${navigator.userAgent}`;
    section.hidden = false;
    find("#loading").hidden = true;
    document.body.classList.remove("ready");
    find("#again").focus();
  }

  // The first trouble is the cause and is shown; those that follow from it are not.
  function fail(kind, detail) {
    if (failed) return;
    failed = true;
    find("#stage").hidden = true;
    find("#text").hidden = true;
    document.body.classList.remove("text");
    showTrouble(kind, detail);
  }

  class Trouble extends Error {
    constructor(kind, detail) {
      super(detail);
      this.kind = kind;
    }
  }

  find("#again").addEventListener("click", () => location.reload());
  find("#copy").addEventListener("click", async (event) => {
    const details = find("#trouble .details");
    getSelection().selectAllChildren(details);
    try {
      await navigator.clipboard.writeText(details.textContent);
    } catch {
      document.execCommand("copy");
    }
    event.target.textContent = "Copied";
  });

  function notify(text) {
    const notice = find("#notice");
    notice.textContent = text;
    notice.hidden = false;
    setTimeout(() => { notice.hidden = true; }, 8000);
  }

  // ------------------------------------------------------------------ what is kept for the next visit

  // Settings are lines "name=value". A setting that equals the system's is not kept, so that it is followed
  // when it changes; what the address asks for holds for this visit. A browser may forbid keeping
  // anything; then nothing is.
  const asSystem = () =>
    ({ theme: prefersLight.matches ? "light" : "dark", reduced_motion: prefersStill.matches ? "1" : "0" });
  const entries = (text) => Object.fromEntries(text.split("\n").filter((line) => line.includes("="))
    .map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
  const lines = (named) => Object.entries(named).map((pair) => pair.join("=")).join("\n");

  const asked = /^(light|dark)$/.test(parameters.get("theme")) ? { theme: parameters.get("theme") } : {};
  let kept = {};
  try {
    kept = entries(localStorage.getItem("sqlenv.settings") ?? "");
  } catch { /* as if nothing had been kept */ }
  const settings = { scale: "100", ...asSystem(), ...kept, ...asked };

  function keepSettings(text) {
    Object.assign(settings, entries(text));
    showSettings();
    const system = asSystem();
    const before = kept;
    kept = Object.fromEntries(Object.entries(settings).filter(([name, value]) => value !== system[name]));
    for (const [name, value] of Object.entries(asked)) {
      if (settings[name] !== value) continue;
      delete kept[name];
      if (name in before) kept[name] = before[name];
    }
    try {
      localStorage.setItem("sqlenv.settings", lines(kept));
    } catch { /* it holds for this visit */ }
  }

  // On what is not drawn by the program.
  function showSettings() {
    document.documentElement.dataset.theme = settings.theme;
    document.documentElement.dataset.motion = settings.reduced_motion === "1" ? "reduced" : "";
    find("#text").style.fontSize = `${settings.scale}%`;
  }

  // ------------------------------------------------------------------ loading, with progress

  const total = build.files.reduce((sum, file) => sum + file.bytes, 0);
  const started = performance.now();
  let loaded = 0;

  function countBytes(bytes) {
    loaded += bytes;
    const part = Math.min(loaded / total, 1);
    find("#bar").setAttribute("aria-valuenow", String(Math.floor(part * 100)));
    find("#bar i").style.transform = `scaleX(${part})`;
    if (performance.now() - started < 1000) return;
    const megabytes = (count) => (count / 1e6).toFixed(1);
    find("#progress").textContent = loaded < total
      ? `${megabytes(loaded)} of ${megabytes(total)} MB` : "Starting…";
  }

  const file = (name) => [...build.files, ...build.later].find((entry) => entry.name === name);
  const address = (name) => new URL(file(name).url, document.baseURI).href;

  // A host may declare a file to be compressed; then the browser has unpacked it already.
  async function unpacked(bytes) {
    const [look, all] = bytes.tee();
    const reader = look.getReader();
    const { value } = await reader.read();
    reader.cancel();
    return value?.[0] === 0x1f ? all.pipeThrough(new DecompressionStream("gzip")) : all;
  }

  // The response, unpacked, with its bytes counted as they come. Sizes are those of the build, since
  // a server that compresses tells another.
  async function fetchCounted(name, type, kind) {
    const response = await fetch(file(name).url).catch((error) => {
      throw new Trouble(kind, `${name}: ${error.message}`);
    });
    if (!response.ok)
      throw new Trouble(kind, `${name}: the server answered ${response.status} ${response.statusText}`);
    const counter = new TransformStream({
      transform(chunk, controller) {
        countBytes(chunk.byteLength);
        controller.enqueue(chunk);
      },
    });
    const bytes = await unpacked(response.body.pipeThrough(counter)).catch((error) => {
      throw new Trouble(kind, `${name}: ${error.message}`);
    });
    return new Response(bytes, { headers: { "Content-Type": type } });
  }

  function loadScript(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = file(name).url;
      script.onload = () => { countBytes(file(name).bytes); resolve(); };
      script.onerror = () => reject(new Trouble("program", `${name} could not be loaded`));
      document.head.append(script);
    });
  }

  let lostTimer = 0;

  // A context that comes back within a moment is nobody's trouble.
  function onGraphics(good) {
    clearTimeout(lostTimer);
    if (failed || views?.shown()) return;
    if (!good) {
      lostTimer = setTimeout(() => showTrouble("graphics", "the WebGL context was lost"), 2000);
    } else if (!find("#trouble").hidden) {
      find("#trouble").hidden = true;
      document.body.classList.add("ready");
      canvas.focus({ preventScroll: true });
    }
  }

  async function startModule() {
    const wasm = fetchCounted("playground.wasm", "application/wasm", "program");
    wasm.catch(() => {});  // said below, once the script is there
    await loadScript("playground.js");
    return new Promise((resolve, reject) => {
      const instantiate = async (imports, done) => {
        try {
          const result = await WebAssembly.instantiateStreaming(wasm, imports);
          done(result.instance, result.module);
        } catch (error) {
          reject(error instanceof Trouble ? error : new Trouble("program", String(error)));
        }
      };
      createSqlenv({
        instantiateWasm: (imports, done) => { instantiate(imports, done); return {}; },
        onAbort: (reason) => fail("crash", String(reason)),
        onGraphics,
        onOpen: () => openFile(),
        onAct: async (...action) => (await opening)?.act(action),
        onChoose: async (id) => (await opening)?.choose(id),
        onEpisode: async (...place) => (await opening).episode(...place),
        onPolicy: (question) => askPolicy(question),
        onModel: (why) => chooseModel(why),
        onAskModel: async (question) => (await modelling).ask(question),
        onStopModel: async () => (await modelling).stop(),
        onChange: () => views?.follow(),
        onSettings: (text) => keepSettings(text),
      }).then(resolve, reject);
    });
  }

  async function loadPack() {
    const response = await fetchCounted("starter.tar", "application/x-tar", "pack");
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (error) {
      throw new Trouble("pack", `starter.tar: ${error.message}`);
    }
  }

  // ------------------------------------------------------------------ what the address asks for

  // A newcomer starts with an easy question.
  function defaultOptions(catalog) {
    const easy = catalog.packs[0].questions.some((question) => question.difficulty === "easy");
    return easy ? { difficulty: "easy" } : {};
  }

  function wantedOptions() {
    const options = {};
    if (parameters.has("question")) options.question_id = parameters.get("question");
    if (parameters.has("database")) options.database = parameters.get("database");
    if (!parameters.has("seed")) return options;
    const seed = parameters.get("seed");
    // A text: it has 64 bits, more than numbers here.
    if (/^\d{1,20}$/.test(seed) && BigInt(seed) < 2n ** 64n) options.seed = String(BigInt(seed));
    else notify(`The address asks for the seed “${seed}”, which is not a whole number: one was drawn.`);
    return options;
  }

  // Writes options as JSON, in which the seed is a number.
  const optionsText = (options) => JSON.stringify(options).replace(/("seed":)"(\d+)"/, "$1$2");

  function startEpisode(api) {
    const start = (options) => api.call("ui_start", optionsText(options));
    const standard = defaultOptions(JSON.parse(api.catalog()));
    const wanted = wantedOptions();
    const chooses = "question_id" in wanted || "database" in wanted;
    // The screen shows what the pack lacks, over an episode that can be played.
    if (chooses) {
      start(standard);
      start(wanted);
    } else {
      start({ ...standard, ...wanted });
    }
  }

  // ------------------------------------------------------------------ the start

  const check = (kind, answer) => {
    const { error } = JSON.parse(answer);
    if (error) throw new Trouble(kind, `${error.code}: ${error.message}`);
  };

  // Early, so that the graphics process gets ready while the program is still on its way, which is
  // given the same context later. The attributes are those of html5_backend.cc.
  function openGraphics() {
    try {
      return canvas.getContext("webgl2", {
        alpha: false, depth: false, stencil: false, antialias: false, premultipliedAlpha: true,
        preserveDrawingBuffer: true, failIfMajorPerformanceCaveat: false,
      }) !== null;
    } catch {
      return false;
    }
  }

  function revealWhenDrawn(api) {
    const frames = JSON.parse(api.call("ui_snapshot")).frames;
    if (frames >= 1) document.body.classList.add("ready");
    if (frames < 3) requestAnimationFrame(() => revealWhenDrawn(api));
    else performance.mark("sqlenv-third-frame");
  }

  const focusCanvas = () => { if (!views.shown()) canvas.focus({ preventScroll: true }); };

  // ------------------------------------------------------------------ language models

  let modelling = null;  // what has them play, which comes when it is first wanted

  async function chooseModel(why) {
    modelling ||= loadScript("model.js").then(() => playModels({
      address,
      play: (name) => views.act("ui_model_play", name),
      tell: (...news) => views.act("ui_model", ...news),
      closed: focusCanvas,
    }));
    try {
      (await modelling).show(why);
    } catch (error) {
      modelling = null;
      notify(`What speaks to models did not load (${error.message}). Check the connection and try again.`);
    }
  }

  // ------------------------------------------------------------------ files and servers

  let opening = null;  // what opens them, which comes when it is first wanted

  async function openFile(chosen) {
    const module = await running;
    opening ||= loadScript("open.js").then(() => openDatabases({
      address,
      theme: () => settings.theme,
      add(texts, image) {
        const place = module._sqlenv_ui_database_begin(image.length);  // which may grow the memory
        module.HEAPU8.set(image, place);
        return JSON.parse(module.sqlenv.call("ui_database_open", texts));
      },
      mostReplayBytes: module._sqlenv_ui_most_replay_bytes(),
      isReplay: (text) => JSON.parse(module.sqlenv.call("ui_is_replay", text)),
      replay: (name, text) => views.act("ui_replay", name, text),
      listBegin: (name) => module.sqlenv.call("ui_list_begin", name),
      listAdd: (summaries) => module.sqlenv.call("ui_list_add", summaries),
      listShow(note) {
        views.show(false);  // text mode has no place for it
        module.sqlenv.call("ui_list_show", note);
      },
      notify,
      inText: () => views.shown(),
      transcript: (text) => views.act("ui_transcript", text),
      closed: focusCanvas,
    }));
    try {
      await (await opening).show(chosen);
    } catch (error) {
      opening = null;
      notify(`What opens files did not load (${error.message}). Check the connection and try again.`);
    }
  }

  // ------------------------------------------------------------------ replays and policies

  let policies = null;

  async function askPolicy(question) {
    const { sqlenv: api } = await running;
    const answer = (action) => api.call("ui_policy", action);
    try {
      policies ||= new Worker(address("page_worker.js"));
    } catch {
      return answer("");
    }
    policies.onerror = (event) => { event.preventDefault(); policies = null; answer(""); };
    policies.onmessage = ({ data }) => answer(data.action);
    policies.postMessage({ policy: question, wasm: address("page_worker.wasm") });
  }

  const linked = () => location.hash.startsWith("#e=") && location.hash.slice(3);

  function takeDrops() {
    const files = (event) => [...event.dataTransfer.types].includes("Files");
    window.addEventListener("dragenter", (event) => { if (files(event)) openFile(); });
    window.addEventListener("dragover", (event) => { if (files(event)) event.preventDefault(); });
    window.addEventListener("drop", (event) => {
      if (!files(event)) return;
      event.preventDefault();
      openFile(event.dataTransfer.files[0]);
    });
  }

  // ------------------------------------------------------------------ two views of one episode

  const stage = find("#stage");
  let views = null;

  // `graphics`: whether there is a canvas to go back to.
  function createViews(api, graphics) {
    const root = find("#text");
    let stopping = false;
    const hooks = { graphics, settings, act, stop: () => { stopping = true; },
                    change: (name, value) => api.call("ui_set", `${name}=${value}`),
                    leave: () => show(false) };
    const text = createTextMode(root, api, hooks);

    function follow() {
      const said = text.update();
      if (said !== "") find("#live").textContent = said;
    }

    // Answers a promise while a query is long.
    function act(name, ...given) {
      const answer = JSON.parse(api.call(name, ...given));
      if (answer.error) notify(answer.error.message);
      if (answer.running) return carryOn();
      follow();
      return null;
    }

    async function carryOn() {
      stopping = false;
      let answer = { running: true };
      while (answer.running) {
        await new Promise((resolve) => { setTimeout(resolve); });
        // Where the canvas is shown, it carries on.
        answer = JSON.parse(api.call(root.hidden ? "ui_running" : stopping ? "ui_stop" : "ui_run_on"));
      }
      follow();
    }

    function show(on) {
      if (!on && !graphics) return;
      document.body.classList.toggle("text", on);
      find("#trouble").hidden = true;
      stage.hidden = on;
      if (on) {
        document.body.classList.add("ready");
        return text.open();
      }
      root.hidden = true;
      api.wake();
      canvas.focus({ preventScroll: true });
      revealWhenDrawn(api);
    }

    return { act, follow, show, shown: () => !root.hidden };
  }

  function followSystem(api) {
    for (const query of [prefersLight, prefersStill]) query.addEventListener("change", () => {
      api.call("ui_set", lines({ ...asSystem(), ...kept, ...asked }));
    });
  }

  function toggleByKey(event) {
    if (event.code !== "F2" || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (!failed) views.show(!views.shown());
  }

  // The next visit needs no network. Where a browser or a frame has no service worker, it does.
  function keepOffline() {
    try {
      navigator.serviceWorker?.register("sw.js").catch(() => {});
    } catch { /* forbidden here */ }
  }

  async function start() {
    if (location.protocol === "file:" && !build.single) throw new Trouble("file", location.protocol);
    if (!("WebAssembly" in window)) throw new Trouble("browser", "WebAssembly is missing");
    const loading = Promise.all([startModule(), loadPack()]);
    loading.catch(() => {});  // awaited below
    const context = openGraphics();
    const [module, pack] = await loading;
    ready(module);
    const api = module.sqlenv;
    api.wake = () => module["_sqlenv_page_wake"]();
    performance.mark("sqlenv-runtime-ready");
    check("pack", api.load_pack(pack));
    const graphics = !JSON.parse(api.call("ui_open", lines(settings))).error && context;
    startEpisode(api);
    followSystem(api);
    views = createViews(api, graphics);
    views.follow();
    takeDrops();
    const openLink = () => { if (linked()) views.act("ui_open_link", linked()); };
    openLink();
    if (parameters.has("server"))
      openFile({ address: parameters.get("server"), watch: parameters.has("watch"),
                 reset: optionsText(wantedOptions()) });
    if (parameters.get("tour") === "1") views.act("ui_tour");
    window.addEventListener("hashchange", openLink);
    window.addEventListener("keydown", toggleByKey, true);
    find("#to-text").addEventListener("click", () => views.show(true));
    if (!graphics) notify("This browser has no WebGL 2: this is text mode, with the same episodes.");
    if (!graphics || parameters.get("text") === "1") views.show(true);
    else {
      canvas.focus({ preventScroll: true });
      revealWhenDrawn(api);
    }
    keepOffline();
    return api;
  }

  // What scripts may use; see script_api.h for the texts that go in and out.
  function publish(api) {
    const { version, load_pack, catalog, reset, step, trajectory, play_script } = api;
    Object.assign(window.sqlenv,
                  { version, load_pack, catalog, reset, step, trajectory, play_script });
    window.sqlenv.ui_snapshot = () => api.call("ui_snapshot");
    window.sqlenv.ui_text = () => api.call("ui_text");
    window.sqlenv.ui_trajectory = () => api.call("ui_trajectory");
  }

  showSettings();
  canvas.addEventListener("pointerdown", () => {
    if (document.activeElement !== find("#agent")) canvas.focus({ preventScroll: true });
  });
  canvas.addEventListener("contextmenu", (event) => { if (!event.shiftKey) event.preventDefault(); });
  window.addEventListener("error", (event) => {
    if (event.error instanceof WebAssembly.RuntimeError || event.error instanceof RangeError)
      fail("crash", String(event.error.stack || event.error));
  });
  window.sqlenv = {};
  window.sqlenv.ready = start().then(publish);
  window.sqlenv.ready.catch((error) => {
    fail(error instanceof Trouble ? error.kind : "crash", String(error.message || error));
  });
})();
